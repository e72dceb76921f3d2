use std::sync::Arc;

use http::{Request, Response};
use serde_json::json;

use super::*;
use crate::client::{Answering, Client, Credentials, PolicyEdit, Transport};
use clawctl_wire::money::Micros;
use clawctl_wire::policy::Policy;

/// Writes down what it is told.
#[derive(Default)]
struct Notes(Mutex<Vec<String>>);

impl Witness for Arc<Notes> {
    fn begins(&self, change: &Change<'_>) -> Option<String> {
        let mut notes = self.0.lock().unwrap();
        let name = change.resource.as_ref().map(|it| format!("{} {}", it.kind.noun, it.name()));
        let before = match &change.before {
            Before::Known(state) => state["monthlyBudgetMicros"].to_string(),
            other => format!("{other:?}"),
        };
        notes.push(format!("{} {} from {before}", change.method, name.unwrap_or_default()));
        Some(notes.len().to_string())
    }

    fn ends(&self, id: &str, end: &End<'_>) {
        let after = end.after.as_ref().map(|state| state["monthlyBudgetMicros"].to_string());
        let text = format!("{id} {:?} {:?} {after:?}", end.outcome, end.status);
        self.0.lock().unwrap().push(text);
    }
}

fn policy(budget: u64) -> Value {
    json!({
        "policyId": "team", "enabled": true, "providers": ["openai"], "tenantId": "default",
        "tokenRole": "service", "monthlyBudgetMicros": budget, "requestCostMicros": null,
        "budgetScope": "policy", "retainRequestContent": false, "grantRouting": {},
    })
}

/// A router that answers each request as it is told, and never keeps anything.
fn client(answers: Vec<(u16, Value)>) -> (Client, Arc<Notes>) {
    let answers = Mutex::new(answers.into_iter());
    let handler = move |request: Request<Bytes>| {
        let answer = if request.uri().path() == "/v1/health" {
            (200, json!({"ok": true, "extensions": ["read.one", "policy.models"]}))
        } else {
            answers.lock().unwrap().next().unwrap()
        };
        let (status, body) = answer;
        let response = Response::builder().status(status).body(body.to_string().into()).unwrap();
        let answering: Answering = Box::pin(std::future::ready(match status {
            599 => Err("gone".to_owned()),
            _ => Ok(response),
        }));
        answering
    };
    let transport = Transport::InProcess { handler: Box::new(handler), place: "here".to_owned() };
    let notes = Arc::new(Notes::default());
    let client = Client::new(transport, Credentials::default());
    (client.with_witness(Box::new(Arc::clone(&notes))), notes)
}

async fn set_budget(answers: Vec<(u16, Value)>) -> Vec<String> {
    let (client, notes) = client(answers);
    let edit =
        PolicyEdit { budget: crate::client::Change::Set(Micros(9)), ..PolicyEdit::default() };
    let planned = client.plan_edit::<Policy>("team", &edit).await.unwrap();
    let _ = client.write(&planned).await;
    let notes = notes.0.lock().unwrap();
    notes.clone()
}

#[tokio::test]
async fn a_change_is_told_with_what_was_before_and_after() {
    let told = set_budget(vec![(200, policy(5)), (200, policy(9)), (200, policy(9))]).await;
    assert_eq!(told, ["PUT policy team from 5", "1 Done Some(200) Some(\"9\")"]);
}

#[tokio::test]
async fn a_refusal_and_an_answer_that_got_lost_are_told_apart() {
    let refused = json!({"error": {"code": "invalid_policy", "message": "no"}});
    let told = set_budget(vec![(200, policy(5)), (400, refused)]).await;
    assert_eq!(told, ["PUT policy team from 5", "1 Refused Some(400) None"]);
    let told = set_budget(vec![(200, policy(5)), (599, Value::Null)]).await;
    assert_eq!(told, ["PUT policy team from 5", "1 Unknown None None"]);
}

#[tokio::test]
async fn what_is_read_afterwards_tells_what_a_refused_repetition_did() {
    let mismatch = json!({"error": {"code": "revision_mismatch", "message": "no"}});
    let told = set_budget(vec![(200, policy(5)), (412, mismatch.clone()), (200, policy(9))]).await;
    assert_eq!(told[1..], ["1 Refused Some(412) None", "1 Done None Some(\"9\")"]);
    let told = set_budget(vec![(200, policy(5)), (412, mismatch), (200, policy(7))]).await;
    assert_eq!(told[1..], ["1 Refused Some(412) None"]);
}
