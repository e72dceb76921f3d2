//! A case, played on the router; and what its client got of it.

use reqwest::Response;
use serde_json::{Value, json};

use super::case::{Case, Client, Payer};
use super::oracle;
use crate::protocol::Protocol;
use crate::world::World;

/// More than any of these requests sets aside.
const BUDGET: u64 = 9_000_000;

/// What a client saw.
#[derive(Debug, Default)]
pub(super) struct Got {
    /// Bytes of text in the events that it read to their end.
    pub text: usize,
}

pub(super) async fn play(world: &World, case: &Case) -> Result<(), String> {
    let mut policy = json!({ "allProviders": true, "retainRequestContent": false });
    match case.payer {
        Payer::Budget => policy["monthlyBudgetMicros"] = json!(BUDGET),
        Payer::Fixed(price) => {
            policy["monthlyBudgetMicros"] = json!(BUDGET);
            policy["requestCostMicros"] = json!(price);
        }
        Payer::Nobody => {}
    }
    let team = world.team(policy).await;
    let body = case.body(&team.say(&case.orders()));
    let request = world.request(&team, &case.protocol.path(case.stream)).json(&body);
    let got = match case.moment.client {
        Client::Stays => read(case, request.send().await, usize::MAX).await,
        Client::LeavesWithin => read(case, request.send().await, 1).await,
        Client::LeavesBehind => {
            // The last event comes, and the end of the body does not.
            let answer = request.send().await.map_err(|error| error.to_string())?;
            until_last(case.protocol, answer).await
        }
        Client::LeavesBefore => {
            let asked = tokio::spawn(async move { request.send().await.map(drop) });
            world.upstream.come(&team.policy).await;
            asked.abort();
            Got::default()
        }
    };
    let event = &world.events(&team, 1).await[0];
    let spent = match case.payer {
        Payer::Nobody => None,
        Payer::Budget | Payer::Fixed(_) => Some(world.spent(&team).await),
    };
    oracle::judge(case, event, spent, &got)
        .map_err(|problem| format!("{problem}: {event}, {got:?}"))
}

/// Reads at most so many events, and leaves.
async fn read(case: &Case, answer: reqwest::Result<Response>, events: usize) -> Got {
    let Ok(mut answer) = answer else { return Got::default() };
    let mut read = String::new();
    while ends(&read) < events || events == usize::MAX {
        match answer.chunk().await {
            Ok(Some(piece)) => read.push_str(&String::from_utf8_lossy(&piece)),
            Ok(None) | Err(_) => break,
        }
    }
    Got { text: text(case.protocol, &read) }
}

async fn until_last(protocol: Protocol, mut answer: Response) -> Got {
    let last = match protocol {
        Protocol::Chat => "[DONE]",
        Protocol::Responses => "event: response.completed",
        Protocol::Messages => "event: message_stop",
        Protocol::Gemini => "\"finishReason\":\"STOP\"",
    };
    let mut read = String::new();
    while !read.contains(last) || !(read.ends_with("\n\n") || read.ends_with("\r\n\r\n")) {
        match answer.chunk().await {
            Ok(Some(piece)) => read.push_str(&String::from_utf8_lossy(&piece)),
            Ok(None) | Err(_) => return Got::default(),
        }
    }
    Got { text: text(protocol, &read) }
}

fn ends(read: &str) -> usize {
    read.matches("\n\n").count() + read.matches("\r\n\r\n").count()
}

/// The text in whole events, as the SDK of this protocol would put it together.
fn text(protocol: Protocol, read: &str) -> usize {
    let read = read.replace("\r\n", "\n");
    let Some((whole, _)) = read.rsplit_once("\n\n") else { return 0 };
    let data = whole.split("\n\n").filter_map(|event| {
        event.lines().find_map(|line| line.strip_prefix("data: ")).map(str::to_owned)
    });
    let events = data.filter_map(|data| serde_json::from_str::<Value>(&data).ok());
    let said = |event: Value| {
        let text = match protocol {
            Protocol::Chat => &event["choices"][0]["delta"]["content"],
            Protocol::Responses => &event["delta"],
            Protocol::Messages => &event["delta"]["text"],
            Protocol::Gemini => &event["candidates"][0]["content"]["parts"][0]["text"],
        };
        text.as_str().map_or(0, str::len)
    };
    events.map(said).sum()
}
