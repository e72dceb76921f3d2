//! DESIGN's first promise: an edit changes what it names, and nothing else.
//!
//! The client edits real records on a router with the contract's own merge rules, where every
//! member that a PUT leaves out turns into something else. It is done twice: against the embedded
//! router as it is, and against the same router without any of its extensions.

mod people;

use std::sync::Arc;

use bytes::Bytes;
use clawctl::client::{
    Answering, Change, Client, ConnectionEdit, CredentialEdit, Credentials, NewCredential,
    PolicyEdit, RoutingEdit, SetEdit, Transport,
};
use clawctl::resource::{Offers, Resource};
use clawctl_router::{Caller, Options, Router};
use clawctl_wire::connection::Connection;
use clawctl_wire::credential::{Credential, PutCredential, SecretHash};
use clawctl_wire::key::sha256_hex;
use clawctl_wire::model::ModelPattern;
use clawctl_wire::money::{MICROS_MAX, Micros};
use clawctl_wire::policy::{BudgetScope, GRANT_STRATEGIES, Policy, ProviderScope};
use http::{Method, Request, Response};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A router with a client on it.
struct House {
    client: Client,
    runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Extended,
    /// As a router that knows the contract and no more.
    Plain,
}

fn house(dialect: Dialect) -> House {
    let folder = tempfile::tempdir().unwrap();
    let clock = Box::new(|| jiff::Timestamp::from_second(1_795_000_000).unwrap());
    let router =
        Arc::new(Router::open(Options::new(folder.path().join("router.db"), clock)).unwrap());
    let handler = move |request: Request<Bytes>| {
        let answer = match dialect {
            Dialect::Extended => router.answer(request, Caller::InProcess),
            Dialect::Plain => plainly(&router, request),
        };
        let answering: Answering = Box::pin(std::future::ready(Ok(answer)));
        answering
    };
    let transport =
        Transport::InProcess { handler: Box::new(handler), place: "the test".to_owned() };
    House {
        client: Client::new(transport, Credentials::default()),
        runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
        _folder: folder,
    }
}

/// Takes away what the embedded router adds: the client has to do without.
fn plainly(router: &Router, request: Request<Bytes>) -> Response<Bytes> {
    let path = request.uri().path().to_owned();
    let one = path.starts_with("/v1/admin/policies/") || path.starts_with("/v1/admin/credentials/");
    if one && request.method() == Method::GET {
        let body = br#"{"error":{"code":"method_not_allowed","message":"no"}}"#;
        let mut response = Response::new(Bytes::from_static(body));
        *response.status_mut() = http::StatusCode::METHOD_NOT_ALLOWED;
        return response;
    }
    assert!(!request.headers().contains_key("if-match"), "a precondition nobody offered");
    assert!(!request.headers().contains_key("if-none-match"), "a precondition nobody offered");
    if one && request.method() == Method::PUT {
        let body: Value = serde_json::from_slice(request.body()).unwrap();
        for member in ["models", "label", "expiresAt", "keepSecret"] {
            assert!(body.get(member).is_none(), "{member} is sent to a router that drops it");
        }
    }
    let mut response = router.answer(request, Caller::InProcess);
    response.headers_mut().remove("etag");
    let mut body: Value = serde_json::from_slice(response.body()).unwrap();
    strip(&mut body);
    *response.body_mut() = Bytes::from(body.to_string());
    response
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for name in ["extensions", "models", "expiresAt", "createdAt", "lastUsedAt"] {
                members.remove(name);
            }
            if members.contains_key("credentialId") {
                members.remove("label");
            }
            members.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

const PROVIDERS: [&str; 4] = ["anthropic", "local-openai", "openai", "xai"];

fn micros() -> impl Strategy<Value = Micros> {
    prop_oneof![Just(0), Just(1), Just(MICROS_MAX), 0..=MICROS_MAX].prop_map(Micros)
}

fn scope() -> impl Strategy<Value = ProviderScope> {
    let some = proptest::sample::subsequence(PROVIDERS.to_vec(), 1..=4)
        .prop_map(|ids| ProviderScope::Only(ids.into_iter().map(str::to_owned).collect()));
    prop_oneof![1 => Just(ProviderScope::All), 3 => some]
}

fn budget_scope() -> impl Strategy<Value = BudgetScope> {
    prop_oneof![Just(BudgetScope::Policy), Just(BudgetScope::Principal)]
}

fn patterns() -> impl Strategy<Value = Option<Vec<ModelPattern>>> {
    let all = ["openai/*", "openai/gpt-5.5", "anthropic/claude-*"];
    proptest::option::of(proptest::sample::subsequence(all.to_vec(), 1..=3).prop_map(|texts| {
        texts.into_iter().map(|text| ModelPattern::parse(text).unwrap()).collect()
    }))
}

fn routing() -> impl Strategy<Value = Value> {
    (
        prop_oneof![Just("priority"), Just("round_robin"), Just("most_remaining")],
        any::<bool>(),
        30..=86_400_u32,
    )
        .prop_map(|(strategy, failover, stale)| {
            json!({"strategy": strategy, "stickiness": "session", "failover": failover,
                "staleState": "deny", "staleAfterSeconds": stale,
                "eligibleGrants": {"openai": ["a", "b"]}})
        })
}

prop_compose! {
    fn policy()(
        scope in scope(), enabled in any::<bool>(), budget in proptest::option::of(micros()),
        cost in proptest::option::of(micros()), share in budget_scope(),
        retain in any::<bool>(), tenant in "[a-z/é]{1,8}", role in "[a-z ]{0,4}[a-z]",
        models in patterns(), routing in routing(),
    ) -> Policy {
        let mut policy = Policy::with_defaults("it", &scope);
        policy.enabled = enabled;
        policy.monthly_budget_micros = budget;
        policy.request_cost_micros = cost;
        policy.budget_scope = share;
        policy.retain_request_content = retain;
        policy.tenant_id = tenant;
        policy.token_role = role.trim().to_owned();
        policy.models = models;
        policy.grant_routing = routing;
        policy
    }
}

/// Every edit that touches one field, with the name of the field on the wire.
fn policy_edit() -> impl Strategy<Value = (&'static str, PolicyEdit)> {
    let none = PolicyEdit::default;
    let change = |amount: Option<Micros>| amount.map_or(Change::Clear, Change::Set);
    prop_oneof![
        scope().prop_map(move |s| ("providers", PolicyEdit { scope: Some(s), ..none() })),
        proptest::option::of(micros())
            .prop_map(move |a| ("monthlyBudgetMicros", PolicyEdit { budget: change(a), ..none() })),
        proptest::option::of(micros()).prop_map(move |a| (
            "requestCostMicros",
            PolicyEdit { request_cost: change(a), ..none() }
        )),
        budget_scope()
            .prop_map(move |s| ("budgetScope", PolicyEdit { budget_scope: Some(s), ..none() })),
        "[a-z]{1,8}".prop_map(move |t| ("tenantId", PolicyEdit { tenant: Some(t), ..none() })),
        "[a-z]{1,8}".prop_map(move |t| ("tokenRole", PolicyEdit { token_role: Some(t), ..none() })),
        any::<bool>().prop_map(move |b| (
            "retainRequestContent",
            PolicyEdit { retain_content: Some(b), ..none() }
        )),
        any::<bool>().prop_map(move |b| ("enabled", PolicyEdit { enabled: Some(b), ..none() })),
        routing_edit().prop_map(move |r| ("grantRouting", PolicyEdit { routing: r, ..none() })),
        Just(("nothing", none())),
    ]
}

fn routing_edit() -> impl Strategy<Value = RoutingEdit> {
    let none = RoutingEdit::default;
    prop_oneof![
        proptest::sample::select(&GRANT_STRATEGIES)
            .prop_map(move |w| RoutingEdit { strategy: Some(w.to_owned()), ..none() }),
        any::<bool>().prop_map(move |b| RoutingEdit { failover: Some(b), ..none() }),
        (30..=86_400_u64).prop_map(move |n| RoutingEdit { stale_after_seconds: Some(n), ..none() }),
        proptest::sample::select(&PROVIDERS).prop_map(move |id| {
            let edit = SetEdit { add: ["c".to_owned()].into(), ..SetEdit::default() };
            RoutingEdit { eligible: [(id.to_owned(), edit)].into(), ..none() }
        }),
        Just(RoutingEdit { reset: true, ..none() }),
    ]
}

/// Compares two records member by member; the named one may differ.
fn only_differs_in(named: &str, before: &Value, after: &Value) -> Result<(), TestCaseError> {
    let names =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    prop_assert_eq!(names(before), names(after));
    for (name, value) in before.as_object().unwrap() {
        if name != named {
            prop_assert_eq!(value, &after[name], "{} changed with an edit of {}", name, named);
        }
    }
    Ok(())
}

fn policy_case(
    dialect: Dialect,
    mut start: Policy,
    (named, edit): (&str, PolicyEdit),
) -> Result<(), TestCaseError> {
    if dialect == Dialect::Plain {
        start.models = None;
    }
    let House { client, runtime, _folder } = house(dialect);
    runtime.block_on(async {
        let planned = client.plan_new(start.clone()).await.unwrap();
        let before = client.write(&planned).await.unwrap();
        prop_assert_eq!(&before, &start, "a new policy is stored as it was meant");
        let planned = client.plan_edit::<Policy>("it", &edit).await.unwrap();
        let expected = edit.apply(&before);
        client.write(&planned).await.unwrap();
        let after = client.policy("it").await.unwrap();
        prop_assert_eq!(&after, &expected);
        only_differs_in(named, &before.sent(Offers::ALL), &with_scope_of(&after, &before))
    })
}

/// `allProviders` is how a PUT spells an empty list; it is not a member of its own.
fn with_scope_of(after: &Policy, before: &Policy) -> Value {
    let mut body = after.sent(Offers::ALL);
    let members = body.as_object_mut().unwrap();
    members.remove("allProviders");
    if before.providers.is_empty() {
        members.insert("allProviders".to_owned(), true.into());
    }
    body
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_of_a_policy_changes_what_it_names(start in policy(), edit in policy_edit()) {
        policy_case(Dialect::Extended, start, edit)?;
    }

    #[test]
    fn so_does_one_on_a_plain_router(start in policy(), edit in policy_edit()) {
        policy_case(Dialect::Plain, start, edit)?;
    }

    #[test]
    fn an_edit_of_models_changes_the_models(start in policy(), models in patterns()) {
        let change = models.clone().map_or(Change::Clear, Change::Set);
        let edit = PolicyEdit { models: change, ..PolicyEdit::default() };
        policy_case(Dialect::Extended, start, ("models", edit))?;
    }

    #[test]
    fn an_edit_of_a_credential_changes_what_it_names(
        start in credential(), edit in credential_edit(), plain in any::<bool>(),
    ) {
        let dialect = if plain { Dialect::Plain } else { Dialect::Extended };
        credential_case(dialect, start, edit)?;
    }

    #[test]
    fn an_edit_of_a_connection_changes_what_it_names(
        enabled in any::<bool>(), label in proptest::option::of("[a-z]{1,9}"),
        budget in proptest::option::of(micros()), edit in connection_edit(),
    ) {
        connection_case(enabled, label, budget, edit)?;
    }
}

type Start = (bool, Option<String>, Option<String>, Option<i64>);

fn credential() -> impl Strategy<Value = Start> {
    (
        any::<bool>(),
        proptest::option::of("[a-z]{1,5}@[a-z]{1,5}"),
        proptest::option::of("[a-z]{1,9}"),
        proptest::option::of(1_900_000_000..2_000_000_000_i64),
    )
}

fn credential_edit() -> impl Strategy<Value = (&'static str, CredentialEdit)> {
    let none = CredentialEdit::default;
    let text = |t: Option<String>| t.map_or(Change::Clear, Change::Set);
    prop_oneof![
        any::<bool>().prop_map(move |b| ("enabled", CredentialEdit { enabled: Some(b), ..none() })),
        proptest::option::of("[a-z]{1,5}@[a-z]{1,5}")
            .prop_map(move |p| ("principalId", CredentialEdit { principal: text(p), ..none() })),
        Just(("policyId", CredentialEdit { policy_id: Some("other".to_owned()), ..none() })),
        Just(("nothing", none())),
    ]
}

fn credential_case(
    dialect: Dialect,
    (enabled, principal_id, mut label, mut expires): Start,
    (named, edit): (&str, CredentialEdit),
) -> Result<(), TestCaseError> {
    if dialect == Dialect::Plain {
        (label, expires) = (None, None);
    }
    let House { client, runtime, _folder } = house(dialect);
    let hash = sha256_hex("a-secret");
    runtime.block_on(async {
        for id in ["team", "other"] {
            let policy = Policy::with_defaults(id, &ProviderScope::All);
            let planned = client.plan_new(policy).await.unwrap();
            client.write(&planned).await.unwrap();
        }
        let new = NewCredential {
            policy_id: "team".to_owned(),
            principal_id,
            label,
            expires_at: expires.map(|s| jiff::Timestamp::from_second(s).unwrap()),
        };
        client.create_credential("some_key", &new.put(&hash, enabled)).await.unwrap();
        let read = client.read_credential("some_key").await.unwrap();
        let secret = match dialect {
            Dialect::Extended => SecretHash::Keep,
            Dialect::Plain => SecretHash::Sha256(hash.clone()),
        };
        let mut put = PutCredential::unchanged(&read.credential, secret);
        edit.apply(&mut put);
        client.edit_credential(&read, &put).await.unwrap();
        let after = client.credential("some_key").await.unwrap();
        // What follows from another member is not a member of its own.
        let own = |credential: &Credential| {
            let mut value = serde_json::to_value(credential).unwrap();
            value.as_object_mut().unwrap().remove("active");
            value
        };
        only_differs_in(named, &own(&read.credential), &own(&after))?;
        if named == "enabled" {
            prop_assert_eq!(after.enabled, edit.enabled.unwrap());
        }
        // The secret is still the one that was issued.
        let key = clawctl::client::sensitive("Bearer clawrouter-live-some_key-a-secret").unwrap();
        let refused = client.inspect_key(&key).await.err();
        prop_assert_eq!(refused.is_none(), after.enabled, "{:?}", refused);
        Ok(())
    })
}

fn connection_edit() -> impl Strategy<Value = (&'static str, ConnectionEdit)> {
    let none = ConnectionEdit::default;
    prop_oneof![
        any::<bool>().prop_map(move |b| ("enabled", ConnectionEdit { enabled: Some(b), ..none() })),
        proptest::option::of("[a-z]{1,9}").prop_map(move |t| {
            let label = t.map_or(Change::Clear, Change::Set);
            ("label", ConnectionEdit { label, ..none() })
        }),
        proptest::option::of(micros()).prop_map(move |a| {
            let budget = a.map_or(Change::Clear, Change::Set);
            ("monthlyBudgetMicros", ConnectionEdit { budget, ..none() })
        }),
        Just(("nothing", none())),
    ]
}

fn connection_case(
    enabled: bool,
    label: Option<String>,
    budget: Option<Micros>,
    (named, edit): (&str, ConnectionEdit),
) -> Result<(), TestCaseError> {
    let House { client, runtime, _folder } = house(Dialect::Plain);
    runtime.block_on(async {
        let start = ConnectionEdit {
            enabled: Some(enabled),
            label: label.map_or(Change::Clear, Change::Set),
            budget: budget.map_or(Change::Clear, Change::Set),
        };
        let planned = client.plan_edit::<Connection>("openai", &start).await.unwrap();
        let before = client.write(&planned).await.unwrap();
        let planned = client.plan_edit::<Connection>("openai", &edit).await.unwrap();
        let after = client.write(&planned).await.unwrap();
        prop_assert_eq!(edit.apply(&before).put_body(), after.put_body());
        only_differs_in(named, &before.put_body(), &after.put_body())
    })
}

/// Two writers who both read the same state: on a router with revisions the second is refused.
#[test]
fn a_write_on_top_of_another_is_refused() {
    let House { client, runtime, _folder } = house(Dialect::Extended);
    runtime.block_on(async {
        let policy = Policy::with_defaults("it", &ProviderScope::All);
        let planned = client.plan_new(policy).await.unwrap();
        client.write(&planned).await.unwrap();
        let raise =
            |amount| PolicyEdit { budget: Change::Set(Micros(amount)), ..PolicyEdit::default() };
        let first = client.plan_edit::<Policy>("it", &raise(1)).await.unwrap();
        let second = client.plan_edit::<Policy>("it", &raise(2)).await.unwrap();
        client.write(&first).await.unwrap();
        let refused = client.write(&second).await.unwrap_err();
        assert!(matches!(refused, clawctl::client::Error::Changed { .. }), "{refused}");
        let after = client.policy("it").await.unwrap();
        assert_eq!(after.monthly_budget_micros, Some(Micros(1)));
        // Repeating one's own write, as after a lost answer, is fine.
        client.write(&first).await.unwrap();
    });
}
