//! What the router's usage says of a key and of those whose place it took.

use std::time::Duration;

use jiff::Timestamp;

use super::family::Family;
use crate::client::Client;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::report::Event;
use crate::report::coverage::{Coverage, Interval};
use crate::report::handover::{Handover, Seen, WHO, coverage_of_newest};
use clawctl_wire::credential::Credential;
use clawctl_wire::health::Extension;
use clawctl_wire::lineage::Lineage;
use clawctl_wire::usage_query::{EventQuery, QueryWindow, UsageFilter};

/// Looks once.
pub(crate) async fn look(ctx: &Ctx, family: &Family, idle: Duration) -> Result<Handover> {
    let client = ctx.client()?;
    match client.has(Extension::UsageQuery).await? {
        true => by_query(client, family, idle).await,
        false => by_newest(ctx, client, family, idle).await,
    }
}

/// Who used one key since a moment, and whether all of them would have been seen.
pub(crate) async fn of_one(
    client: &Client,
    key: &Credential,
    since: Timestamp,
) -> Result<(Seen, Coverage)> {
    if client.has(Extension::UsageQuery).await? {
        let (seen, window) = seen(client, key, since).await?;
        return Ok((seen, Coverage::of_window(Some(since.as_millisecond()), &window)));
    }
    let usage = client.admin_usage().await?.usage;
    let events = Event::all(usage.events);
    let seen = Seen::of_events(&key.credential_id, &events, since).and_recorded(key.last_used_at);
    Ok((seen, coverage_of_newest(&events, usage.summary.request_count, since)))
}

async fn by_query(client: &Client, family: &Family, idle: Duration) -> Result<Handover> {
    // The router's clock stamps the events, so it is the one to measure by.
    let now_query = EventQuery { limit: Some(1), ..EventQuery::default() };
    let until_ms = client.usage_events(&now_query).await?.window.until_ms;
    let to = Timestamp::from_millisecond(until_ms).unwrap_or_default();
    let from = to.checked_sub(idle).unwrap_or(Timestamp::MIN);
    let mut coverage = Coverage::Complete;
    let mut predecessors = Vec::new();
    for old in &family.older {
        let (seen, window) = seen(client, old, from).await?;
        if coverage == Coverage::Complete {
            coverage = Coverage::of_window(Some(from.as_millisecond()), &window);
        }
        predecessors.push(seen);
    }
    let (successor, _) = seen(client, &family.newest, since(&family.newest)).await?;
    let window = Interval { from, to };
    Ok(Handover { successor, predecessors, window, coverage, newest_only: false })
}

async fn seen(client: &Client, key: &Credential, since: Timestamp) -> Result<(Seen, QueryWindow)> {
    let filter = UsageFilter {
        credential: Some(key.credential_id.clone()),
        since: Some(since.as_millisecond()),
        ..UsageFilter::default()
    };
    let page = client.usage_groups(&WHO, &filter).await?;
    let seen = Seen::of_groups(&key.credential_id, &page.groups).and_recorded(key.last_used_at);
    Ok((seen, page.window))
}

async fn by_newest(
    ctx: &Ctx,
    client: &Client,
    family: &Family,
    idle: Duration,
) -> Result<Handover> {
    let usage = client.admin_usage().await?.usage;
    let (events, to) = (Event::all(usage.events), ctx.now());
    let from = to.checked_sub(idle).unwrap_or(Timestamp::MIN);
    let seen = |key: &Credential, since| {
        Seen::of_events(&key.credential_id, &events, since).and_recorded(key.last_used_at)
    };
    Ok(Handover {
        successor: seen(&family.newest, since(&family.newest)),
        predecessors: family.older.iter().map(|old| seen(old, from)).collect(),
        window: Interval { from, to },
        coverage: coverage_of_newest(&events, usage.summary.request_count, from),
        newest_only: true,
    })
}

/// A key cannot have been used before it was made.
fn since(key: &Credential) -> Timestamp {
    let made = Lineage::of(&key.credential_id).since;
    made.or(key.created_at).unwrap_or(Timestamp::UNIX_EPOCH)
}
