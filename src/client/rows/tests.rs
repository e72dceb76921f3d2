use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::split::{Fault, Splitter};
use super::*;
use crate::client::{Answering, Credentials, Transport};
use clawctl_wire::policy::Policy;

/// The rows of some lists, with the number of the list, and what is around them.
type Parts = (Vec<(usize, Vec<u8>)>, Vec<u8>);

fn split(text: &[u8], lists: &[ListPath], cuts: &[usize]) -> Result<Parts, Fault> {
    let mut splitter = Splitter::new(lists.to_vec());
    let mut rows = Vec::new();
    let mut rest = text;
    let mut cuts = cuts.iter().cycle();
    while !rest.is_empty() {
        let cut = cuts.next().map_or(rest.len(), |cut| *cut).clamp(1, rest.len());
        let (mut piece, after) = rest.split_at(cut);
        while let Some(list) = splitter.advance(&mut piece)? {
            rows.push((list, splitter.row().to_vec()));
        }
        assert!(piece.is_empty());
        rest = after;
    }
    if !splitter.may_end() {
        return Err(Fault::NotJson);
    }
    Ok((rows, splitter.around().to_vec()))
}

/// The answer put together again, if each part of it is JSON.
fn whole(parts: &Parts, lists: &[ListPath]) -> Option<Value> {
    let (rows, around) = parts;
    let mut whole: Value = serde_json::from_slice(around).ok()?;
    for (list, row) in rows {
        let place = lists[*list].iter().try_fold(&mut whole, |place, name| place.get_mut(*name))?;
        place.as_array_mut()?.push(serde_json::from_slice(row).ok()?);
    }
    Some(whole)
}

const LISTS: &[ListPath] = &[&["a"], &["b", "a"], &["b", "c"], &["q\"\\u"]];

fn document() -> impl Strategy<Value = Value> {
    let name = prop_oneof![
        Just("a".to_owned()),
        Just("b".to_owned()),
        Just("c".to_owned()),
        Just("q\"\\u".to_owned()),
        "[\\]\\[{}\",:a-c\\\\ é\n]{0,4}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(Value::from),
        "[\\]\\[{}\",:a-c\\\\ é\n]{0,8}".prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec((name.clone(), inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    });
    // Most documents have lists where they are looked for.
    let list = || vec(value.clone(), 0..6).prop_map(Value::from);
    prop_oneof![
        (list(), list(), list(), value.clone()).prop_map(|(a, ba, bc, other)| {
            let b: Map<_, _> = [("a".to_owned(), ba), ("c".to_owned(), bc)].into_iter().collect();
            json!({ "a": a, "b": b, "other": other, "q\"\\u": [1, "x", {}] })
        }),
        value.clone(),
    ]
}

/// With white space of its own wherever JSON lets some be.
fn spaced(value: &Value, pretty: bool) -> String {
    match pretty {
        true => format!("\r\n{}\t", serde_json::to_string_pretty(value).unwrap()),
        false => value.to_string(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..Default::default() })]

    #[test]
    fn rows_and_what_is_around_them_are_the_whole_answer(
        document in document(),
        pretty: bool,
        cuts in vec(1_usize..40, 1..8),
    ) {
        let text = spaced(&document, pretty);
        let parts = split(text.as_bytes(), LISTS, &cuts).unwrap();
        prop_assert_eq!(whole(&parts, LISTS), serde_json::from_str::<Value>(&text).ok());
        for (list, path) in LISTS.iter().enumerate() {
            let place = path.iter().try_fold(&document, |place, name| place.get(*name));
            let there = place.and_then(Value::as_array).map_or(0, Vec::len);
            prop_assert_eq!(parts.0.iter().filter(|(of, _)| *of == list).count(), there);
        }
    }

    #[test]
    fn what_is_no_json_is_refused_wherever_it_is_broken(
        document in document(),
        pretty: bool,
        at: prop::sample::Index,
        broken in "[\\]\\[{}\",:a0\\\\ ]{0,2}",
        cut: bool,
        cuts in vec(1_usize..40, 1..8),
    ) {
        let mut text = spaced(&document, pretty).into_bytes();
        let at = at.index(text.len());
        text.splice(at..at + 1, broken.bytes());
        if cut {
            text.truncate(at);
        }
        let is_json = serde_json::from_slice::<Value>(&text).is_ok();
        let parts = split(&text, LISTS, &cuts).ok();
        // Two members of one name are JSON, and their lists cannot be told apart.
        let read = parts.is_some_and(|(rows, around)| {
            let is_json = |text: &[u8]| serde_json::from_slice::<Value>(text).is_ok();
            is_json(&around) && rows.iter().all(|(_, row)| is_json(row))
        });
        prop_assert_eq!(read, is_json, "{}", String::from_utf8_lossy(&text));
    }
}

#[test]
fn a_row_or_a_gap_without_an_end_is_given_up() {
    let check = |head: &str, endless: u8, lists: &[ListPath]| {
        let mut splitter = Splitter::new(lists.to_vec());
        let mut text = head.as_bytes();
        assert_eq!(splitter.advance(&mut text), Ok(None));
        let piece = vec![endless; 1024 * 1024];
        let refused = (0..9).find_map(|_| splitter.advance(&mut piece.as_slice()).err());
        assert_eq!(refused, Some(Fault::TooLarge { limit_bytes: BODY_BYTES_MAX }), "{head}");
    };
    check("{\"a\":[\"", b'x', LISTS);
    check("{\"a\":[", b' ', LISTS);
    check("{\"z\":[\"", b'x', LISTS);
    check("", b' ', LISTS);
}

/// A router that answers everything with this.
fn client(answer: Value) -> Client {
    client_with(answer, Credentials::default())
}

fn client_with(answer: Value, credentials: Credentials) -> Client {
    let handler = move |request: Request<Bytes>| {
        let health = json!({ "ok": true });
        let answer = if request.uri() == "/v1/health" { &health } else { &answer };
        let answer = Bytes::from(answer.to_string());
        let answering: Answering = Box::pin(std::future::ready(Ok(Response::new(answer))));
        answering
    };
    let transport = Transport::InProcess { handler: Box::new(handler), place: "here".to_owned() };
    Client::new(transport, credentials)
}

fn policy(id: &str, more: &Value) -> Value {
    let mut policy = json!({
        "policyId": id, "enabled": true, "providers": [], "tenantId": "default",
        "tokenRole": "service", "monthlyBudgetMicros": null, "requestCostMicros": null,
        "budgetScope": "policy", "retainRequestContent": true, "grantRouting": {},
    });
    policy.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    policy
}

fn unread(client: &Client) -> Vec<String> {
    client.unread().iter().map(|(list, unread)| format!("{list}: {unread}")).collect()
}

#[tokio::test]
async fn a_row_that_cannot_be_understood_is_left_out_and_named() {
    let odd = policy("odd", &json!({ "enabled": "perhaps" }));
    let rows = json!([policy("a", &json!({})), odd, 7, policy("b", &json!({ "new": [1] }))]);
    let client = client(json!({ "policies": rows, "next": null }));
    for _ in 0..2 {
        let policies = client.policies().await.unwrap();
        let ids: Vec<_> = policies.iter().map(|policy| policy.policy_id.as_str()).collect();
        assert_eq!(ids, ["a", "b"]);
        assert_eq!(policies[1].unknown["new"], json!([1]));
    }
    let said = unread(&client);
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("policy list: 2 rows could not be read: `odd`: "), "{said:?}");
    assert!(said[0].contains("expected a boolean") && !said[0].contains(" line "), "{said:?}");
}

#[tokio::test]
async fn what_may_be_in_a_row_that_cannot_be_read_is_not_taken_for_absent() {
    let look = async |rows: Value, id: &str| {
        let found = client(json!({ "policies": rows })).policy(id).await;
        found.map(|policy| policy.policy_id).map_err(|e| e.to_string())
    };
    let odd = policy("odd", &json!({ "enabled": 5 }));
    let fine = policy("fine", &json!({}));
    assert_eq!(look(json!([odd, fine]), "fine").await.as_deref(), Ok("fine"));
    let error = look(json!([odd, fine]), "odd").await.unwrap_err();
    assert!(error.contains("`odd`") && error.contains("cannot be read"), "{error}");
    let error = look(json!([odd, fine]), "other").await.unwrap_err();
    assert!(error.contains("no policy `other`"), "{error}");
    // A row that does not say what it is may be any.
    let error = look(json!([fine, {}]), "other").await.unwrap_err();
    assert!(error.contains("cannot be read"), "{error}");
}

#[tokio::test]
async fn a_new_policy_is_not_written_over_one_that_cannot_be_read() {
    let odd = policy("odd", &json!({ "enabled": 5 }));
    let client = client(json!({ "policies": [odd] }));
    let scope = clawctl_wire::policy::ProviderScope::All;
    let planned = client.plan_new(Policy::with_defaults("odd", &scope)).await;
    assert!(matches!(planned, Err(Error::Unread { .. })), "{planned:?}");
}

#[tokio::test]
async fn lists_inside_a_row_lose_only_what_cannot_be_read() {
    let model = |id: &str, capabilities: Value| json!({ "id": id, "capabilities": capabilities });
    let models = json!([model("a/one", json!(["llm.chat"])), model("a/two", json!(5))]);
    let client = client(json!({
        "version": "v", "providers": [{ "id": "a", "models": models }], "model_index": { "x": 1 },
    }));
    let snapshot = client.providers().await.unwrap();
    let models: Vec<_> = snapshot.providers[0].models.iter().map(|m| m.id.as_str()).collect();
    assert_eq!(models, ["a/one"]);
    let said = unread(&client);
    assert!(said[0].contains("1 row could not be read: `a/two`: model: "), "{said:?}");
}

#[tokio::test]
async fn an_answer_without_its_list_is_of_another_shape() {
    for (answer, reason) in [
        (json!({ "items": [] }), "missing field `policies`"),
        (json!({ "policies": null }), "`policies` is not a list"),
        (json!({ "policies": { "a": [1] } }), "`policies` is not a list"),
        (json!([]), "missing field `policies`"),
    ] {
        let error = client(answer).policies().await.unwrap_err().to_string();
        assert!(error.contains("policy list") && error.contains(reason), "{error}");
    }
}

#[tokio::test]
async fn rows_can_be_taken_one_after_the_other() {
    let key = |n: u32| {
        json!({ "credentialId": format!("key{n}"), "policyId": "p", "enabled": true,
            "policyEnabled": true, "generationMatches": true, "active": true, "principalId": null })
    };
    let keys: Vec<_> = (0..1_000).map(key).chain([json!({ "credentialId": "odd" })]).collect();
    let client = client(json!({ "credentials": keys }));
    let mut rows = client.credential_rows().await.unwrap();
    let mut count = 0;
    while let Some(row) = rows.next().await.unwrap() {
        assert_eq!(row.credential_id, format!("key{count}"));
        count += 1;
    }
    assert!(rows.next().await.unwrap().is_none());
    drop(rows);
    assert_eq!(count, 1_000);
    assert!(unread(&client)[0].contains("`odd`"), "{:?}", unread(&client));
}

#[tokio::test]
async fn a_secret_that_a_row_repeats_is_not_said() {
    let token = "canary-admin-token";
    let row = json!({ "policyId": token, "enabled": token });
    let admin = crate::client::sensitive(&format!("Bearer {token}")).unwrap();
    let credentials = Credentials { admin: Some(admin), ..Credentials::default() };
    let client = client_with(json!({ "policies": [row] }), credentials);
    assert!(client.policies().await.unwrap().is_empty());
    let said = unread(&client);
    assert!(said[0].contains("`[secret]`") && !said[0].contains("canary"), "{said:?}");
}

#[tokio::test]
async fn time_between_two_pieces_does_not_count() {
    let mut tries = Tries::new(Duration::from_secs(3_600), true);
    assert_eq!(tries.within(std::future::ready(1)).await, Some(1));
    let mut none = Tries::new(Duration::ZERO, true);
    assert_eq!(none.within(std::future::pending::<()>()).await, None);
}
