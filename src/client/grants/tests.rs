use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Value, json};

use super::*;
use crate::client::{Credentials, Handler, Transport};
use crate::resource::Change;
use clawctl_secret::Secret;
use clawctl_wire::grant::GrantRefresh;

/// A grant as a router returns it, with these members changed.
fn grant(changes: &Value) -> Value {
    let mut grant = json!({
        "key": "oauth/team/main", "scope": "policies", "scopeId": "team", "tokenRef": "main",
        "version": 1, "enabled": true, "kind": "api_key", "provider": "openai", "label": "first",
        "tokenType": "Bearer", "expiresAt": null, "scopes": ["a"], "accountId": null,
        "subscription": null, "createdAt": "2026-11-20T17:21:05.954Z",
        "updatedAt": "2026-11-20T17:21:05.954Z", "revokedAt": null, "hasCredential": true,
        "credentialFields": [], "hasAccessToken": false, "hasRefreshToken": false,
        "refreshConfigured": false, "refreshTokenUrl": null, "clientIdConfig": null,
        "clientSecretConfig": null, "usable": true, "priority": 5, "weight": 2.5,
        "selectedCount": 0, "lastSelectedAt": null, "quotaStatus": "unknown",
        "quotaObservedAt": null, "cooldownUntil": null, "quotaSource": null,
        "lastProviderSignal": null, "quotaWindows": [], "ofANewerRouter": 1,
    });
    for (name, value) in changes.as_object().unwrap() {
        grant[name] = value.clone();
    }
    grant
}

type Seen = Arc<Mutex<Vec<(String, Value)>>>;

/// A router that lists these in turn, the last one for ever, and answers a write as it is told to.
fn router(lists: Vec<Value>, put: (u16, Value)) -> (Client, Seen) {
    let seen = Seen::default();
    let lists = Arc::new(Mutex::new(lists));
    let noted = Arc::clone(&seen);
    let handler: Handler = Box::new(move |request: Request<Bytes>| {
        let line = format!("{} {}", request.method(), request.uri());
        let body = serde_json::from_slice(request.body()).unwrap_or(Value::Null);
        let (status, answer) = match request.method().as_str() {
            "GET" if request.uri() == "/v1/providers" => {
                let transport = json!({ "maintenance": { "keepWarm": { "default": true } } });
                let warm = json!({ "grantTransports": { "subscription": transport } });
                let providers = json!([{ "id": "anthropic", "auth": warm }, { "id": "openai" }]);
                (200, json!({ "version": "v", "providers": providers }))
            }
            "GET" => {
                let mut lists = lists.lock().unwrap();
                let next = if lists.len() > 1 { lists.remove(0) } else { lists[0].clone() };
                (200, json!({ "grants": next }))
            }
            _ => put.clone(),
        };
        noted.lock().unwrap().push((line, body));
        Box::pin(async move {
            let body = Bytes::from(answer.to_string());
            Ok(Response::builder().status(status).body(body).unwrap())
        })
    });
    let transport = Transport::InProcess { handler, place: "here".to_owned() };
    (Client::new(transport, Credentials::default()), seen)
}

fn key() -> GrantKey {
    "policies/team/main".parse().unwrap()
}

fn secret(text: &str) -> Option<Secret> {
    Some(Secret::new(text.to_owned()))
}

#[tokio::test]
async fn an_edit_sends_everything_but_secrets_and_unknown_members() {
    let renamed = grant(&json!({ "label": "second" }));
    let before = grant(&json!({}));
    let (client, seen) =
        router(vec![json!([before]), json!([before]), json!([renamed])], (200, renamed));
    let edit = GrantEdit { label: Change::Set("second".into()), ..GrantEdit::default() };
    let planned = client.plan_grant(&key(), &edit, GrantSecrets::default(), None).await.unwrap();
    client.write_grant(&planned).await.unwrap();
    let seen = seen.lock().unwrap();
    let (line, body) = seen.iter().find(|(line, _)| line.starts_with("PUT")).unwrap();
    assert_eq!(line, "PUT /v1/admin/upstream-grants/policies/team/main");
    assert_eq!(
        *body,
        json!({
            "provider": "openai", "enabled": true, "kind": "api_key", "label": "second",
            "tokenType": "Bearer", "expiresAt": null, "scopes": ["a"], "accountId": null,
            "subscription": null, "priority": 5, "weight": 2.5,
        })
    );
}

#[tokio::test]
async fn what_reads_back_otherwise_is_named() {
    let check = async |edit: GrantEdit, secrets: GrantSecrets, after: Value, field: &str| {
        let (before, after) = (grant(&json!({})), grant(&after));
        let lists = vec![json!([before]), json!([before]), json!([after])];
        let (client, _) = router(lists, (200, after));
        let planned = client.plan_grant(&key(), &edit, secrets, None).await.unwrap();
        match client.write_grant(&planned).await.unwrap_err() {
            Error::Mismatch { field: named, .. } => assert_eq!(named, field),
            other => panic!("{field}: {other}"),
        }
    };
    let label = || GrantEdit { label: Change::Set("second".into()), ..GrantEdit::default() };
    let none = GrantSecrets::default;
    check(label(), none(), json!({}), "label").await;
    check(label(), none(), json!({ "label": "second", "kind": "oauth" }), "kind").await;
    check(label(), none(), json!({ "label": "second", "hasCredential": false }), "hasCredential")
        .await;
    let refresh = GrantRefresh { token_url: "https://x.example".into(), ..GrantRefresh::default() };
    let edit = GrantEdit { refresh: Change::Set(refresh), ..GrantEdit::default() };
    check(edit, none(), json!({}), "refreshTokenUrl").await;
    let bundle = [("accessKeyId".to_owned(), Secret::new("AKIA".into()))].into();
    let secrets = GrantSecrets { bundle, ..GrantSecrets::default() };
    check(
        GrantEdit::default(),
        secrets,
        json!({ "credentialFields": ["other"] }),
        "credentialFields",
    )
    .await;
}

#[tokio::test]
async fn nothing_is_written_over_what_somebody_else_wrote() {
    let check = async |first: Value, then: Value| {
        let (client, seen) = router(vec![first, then], (200, grant(&json!({}))));
        let edit = GrantEdit { priority: Some(7), ..GrantEdit::default() };
        let new = PutGrant::with_defaults("openai", GrantKind::ApiKey);
        let planned =
            client.plan_grant(&key(), &edit, GrantSecrets::default(), Some(new)).await.unwrap();
        let error = client.write_grant(&planned).await.unwrap_err();
        assert!(seen.lock().unwrap().iter().all(|(line, _)| line.starts_with("GET")), "{error}");
    };
    let before = grant(&json!({}));
    check(json!([before]), json!([grant(&json!({ "label": "theirs" }))])).await;
    check(json!([before]), json!([grant(&json!({ "hasAccessToken": true }))])).await;
    check(json!([before]), json!([])).await;
    check(json!([]), json!([before])).await;
}

#[tokio::test]
async fn a_refusal_that_repeats_the_secret_is_shown_without_it() {
    let refusal = json!({ "error": { "code": "invalid_upstream_grant",
        "message": "`canary-upstream-key` and `canary-access-id` are no good" } });
    let (client, _) = router(vec![json!([])], (400, refusal));
    let secrets = GrantSecrets {
        credential: secret("canary-upstream-key"),
        bundle: [("id".to_owned(), Secret::new("canary-access-id".into()))].into(),
        ..GrantSecrets::default()
    };
    let new = PutGrant::with_defaults("openai", GrantKind::ApiKey);
    let edit = GrantEdit::default();
    let planned = client.plan_grant(&key(), &edit, secrets, Some(new)).await.unwrap();
    assert!(!planned.shown_body().to_string().contains("canary"));
    let error = client.write_grant(&planned).await.unwrap_err();
    assert_eq!(error.code(), "invalid_upstream_grant");
    assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
}

#[tokio::test]
async fn a_revocation_that_leaves_a_secret_is_a_failure() {
    let check = async |after: Value, fine: bool| {
        let after = grant(&after);
        let (client, _) = router(vec![json!([after])], (200, after));
        assert_eq!(client.revoke_grant(&key()).await.is_ok(), fine);
    };
    check(json!({ "enabled": false, "hasCredential": false }), true).await;
    check(json!({ "enabled": false }), false).await;
    check(json!({ "enabled": true, "hasCredential": false }), false).await;
    let bundle = json!({ "enabled": false, "hasCredential": false, "credentialFields": ["a"] });
    check(bundle, false).await;
}

#[tokio::test]
async fn a_grant_that_there_is_not_is_missing() {
    let unknown = json!({ "error": { "code": "unknown_upstream_grant", "message": "no" } });
    let (client, _) = router(vec![json!([])], (404, unknown));
    let is_missing = |error: Error| matches!(error, Error::Missing { .. });
    assert!(is_missing(client.refresh_grant(&key()).await.unwrap_err()));
    assert!(is_missing(client.refresh_grant_quota(&key()).await.unwrap_err()));
    assert!(is_missing(client.revoke_grant(&key()).await.unwrap_err()));
    let edit = GrantEdit::default();
    assert!(is_missing(
        client.plan_grant(&key(), &edit, GrantSecrets::default(), None).await.unwrap_err()
    ));
}

async fn planned(
    present: Value,
    edit: GrantEdit,
    secrets: GrantSecrets,
    new: Option<PutGrant>,
) -> Value {
    let (client, _) = router(vec![present], (200, json!({})));
    client.plan_grant(&key(), &edit, secrets, new).await.unwrap().shown_body()
}

#[tokio::test]
async fn a_new_access_token_does_not_take_the_old_expiry_along() {
    let expired = json!([grant(&json!({ "kind": "oauth", "hasAccessToken": true,
        "expiresAt": "2020-01-01T00:00:00Z" }))]);
    let token = || GrantSecrets { access_token: secret("canary-at"), ..GrantSecrets::default() };
    let edit = GrantEdit::default();
    assert_eq!(planned(expired.clone(), edit, token(), None).await["expiresAt"], Value::Null);
    let end = "2030-01-01T00:00:00Z".to_owned();
    let edit = GrantEdit { expires_at: Change::Set(end.clone()), ..GrantEdit::default() };
    assert_eq!(planned(expired.clone(), edit, token(), None).await["expiresAt"], end);
    // Without a new token the expiry is that of the token that is there.
    let edit = GrantEdit { label: Change::Set("x".into()), ..GrantEdit::default() };
    assert_eq!(
        planned(expired, edit, GrantSecrets::default(), None).await["expiresAt"],
        "2020-01-01T00:00:00Z"
    );
}

#[tokio::test]
async fn a_subscription_is_not_kept_warm_unasked() {
    let body = async |present: Value, provider: &str, kind: GrantKind| {
        let edit = GrantEdit {
            provider: Some(provider.to_owned()),
            kind: Some(kind.clone()),
            ..GrantEdit::default()
        };
        planned(
            present,
            edit,
            GrantSecrets::default(),
            Some(PutGrant::with_defaults(provider, kind)),
        )
        .await
    };
    let off = json!({ "keepWarm": false });
    let new = body(json!([]), "anthropic", GrantKind::Subscription).await;
    assert_eq!(new["maintenance"], off);
    // One that becomes a subscription is one that is made.
    let was_key = json!([grant(&json!({ "provider": "anthropic" }))]);
    let changed = body(was_key, "anthropic", GrantKind::Subscription).await;
    assert_eq!(changed["maintenance"], off);
    // Where nothing is kept warm, and where somebody has decided, nothing is sent.
    for (present, provider, kind) in [
        (json!([]), "openai", GrantKind::Subscription),
        (json!([]), "anthropic", GrantKind::Oauth),
        (
            json!([grant(&json!({ "kind": "subscription", "provider": "anthropic",
                "maintenance": { "keepWarm": true } }))]),
            "anthropic",
            GrantKind::Subscription,
        ),
    ] {
        let body = body(present, provider, kind).await;
        assert!(body.get("maintenance").is_none(), "{body}");
    }
}

#[tokio::test]
async fn what_a_router_does_not_know_of_an_old_grant_is_not_made_up() {
    let old = grant(&json!({ "provider": null, "createdAt": null, "updatedAt": null }));
    let renamed = grant(&json!({ "provider": null, "createdAt": null, "updatedAt": null,
        "label": "second" }));
    let (client, seen) =
        router(vec![json!([old]), json!([old]), json!([old]), json!([renamed])], (200, renamed));
    assert_eq!(serde_json::to_value(&client.grants().await.unwrap()[0]).unwrap(), old);
    let edit = GrantEdit { label: Change::Set("second".into()), ..GrantEdit::default() };
    let planned = client.plan_grant(&key(), &edit, GrantSecrets::default(), None).await.unwrap();
    client.write_grant(&planned).await.unwrap();
    let seen = seen.lock().unwrap();
    let (_, body) = seen.iter().find(|(line, _)| line.starts_with("PUT")).unwrap();
    assert!(body.get("provider").is_none(), "{body}");
}
