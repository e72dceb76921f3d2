//! What a real router says, and what the types make of it.
//!
//! The fixtures have the shapes of recorded exchanges, with values of our own. Each is read as it
//! stands; then again with a member more in every one of its objects, and with every word in it
//! replaced by one that nobody knows, as a newer router might say it.

use clawctl_wire::binding::BindingList;
use clawctl_wire::catalog::{Catalog, ProviderHealthList, ReadinessList};
use clawctl_wire::connection::ConnectionList;
use clawctl_wire::content::RetainedRequest;
use clawctl_wire::credential::{CredentialList, Inspection};
use clawctl_wire::error::ErrorEnvelope;
use clawctl_wire::fusion::{FusionConfig, FusionPreview};
use clawctl_wire::grant::GrantList;
use clawctl_wire::health::Health;
use clawctl_wire::overview::{Bootstrap, Overview, TenantList};
use clawctl_wire::policy::PolicyList;
use clawctl_wire::provider::ProviderSnapshot;
use clawctl_wire::rule::{ReconciledList, RuleList};
use clawctl_wire::usage::{AdminUsage, KeyUsage};
use clawctl_wire::usage_event::UsageEvent;
use clawctl_wire::user::AccessUserList;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Something that a router says.
struct Fixture {
    name: &'static str,
    text: &'static str,
    /// Reads it as its type, and writes that again.
    read: fn(&Value) -> Result<Value, String>,
    /// Whether an edit sends it back, so that no member of it may get lost.
    is_edited: bool,
}

fn reread<T: Serialize + DeserializeOwned>(body: &Value) -> Result<Value, String> {
    let read: T = serde_json::from_value(body.clone()).map_err(|e| e.to_string())?;
    serde_json::to_value(read).map_err(|e| e.to_string())
}

macro_rules! fixtures {
    ($($name:literal => $type:ty, $edited:literal;)+) => {
        vec![$(Fixture {
            name: $name,
            text: include_str!(concat!("fixtures/", $name, ".json")),
            read: reread::<$type>,
            is_edited: $edited,
        },)+]
    };
}

fn fixtures() -> Vec<Fixture> {
    fixtures! {
        "access_users" => AccessUserList, true;
        "admin_usage" => AdminUsage, false;
        "bindings" => BindingList, true;
        "bootstrap" => Bootstrap, false;
        "catalog" => Catalog, false;
        "connections" => ConnectionList, true;
        "content" => RetainedRequest, false;
        "credentials" => CredentialList, true;
        "event" => UsageEvent, false;
        "fusion" => FusionConfig, true;
        "fusion_preview" => FusionPreview, false;
        "grants" => GrantList, true;
        "health" => Health, false;
        "inspection" => Inspection, false;
        "key_usage" => KeyUsage, false;
        "overview" => Overview, false;
        "policies" => PolicyList, true;
        "provider_health" => ProviderHealthList, false;
        "providers" => ProviderSnapshot, false;
        "readiness" => ReadinessList, false;
        "reconciled" => ReconciledList, false;
        "rules" => RuleList, true;
        "tenants" => TenantList, false;
    }
}

impl Fixture {
    fn body(&self) -> Value {
        serde_json::from_str(self.text).unwrap_or_else(|e| panic!("{}: {e}", self.name))
    }

    #[track_caller]
    fn reads(&self, body: &Value, what: &str) -> Value {
        (self.read)(body).unwrap_or_else(|e| panic!("{} {what}: {e}", self.name))
    }
}

/// The place of every value in a document that is of a kind.
fn places(of: &Value, wanted: fn(&Value) -> bool) -> Vec<String> {
    fn walk(value: &Value, at: &str, wanted: fn(&Value) -> bool, found: &mut Vec<String>) {
        if wanted(value) {
            found.push(at.to_owned());
        }
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    let name = name.replace('~', "~0").replace('/', "~1");
                    walk(value, &format!("{at}/{name}"), wanted, found);
                }
            }
            Value::Array(items) => {
                for (index, value) in items.iter().enumerate() {
                    walk(value, &format!("{at}/{index}"), wanted, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(of, "", wanted, &mut found);
    found
}

#[test]
fn what_a_router_says_is_read() {
    for fixture in fixtures() {
        let body = fixture.body();
        let again = fixture.reads(&body, "as it stands");
        if fixture.is_edited {
            assert_eq!(again, body, "{} loses something", fixture.name);
        }
        assert_eq!(fixture.reads(&again, "as it was written"), again, "{}", fixture.name);
    }
}

/// Objects whose members are data: what is new there is an entry of the same kind.
const DICTIONARIES: [&str; 9] = [
    "base_urls",
    "capability_index",
    "headers",
    "injectHeaders",
    "injectQuery",
    "model_index",
    "path_param_styles",
    "query",
    "grantTransports",
];

#[test]
fn a_member_more_stops_nobody() {
    for fixture in fixtures() {
        let body = fixture.body();
        for place in places(&body, Value::is_object) {
            if DICTIONARIES.contains(&place.rsplit('/').next().unwrap()) {
                continue;
            }
            let mut newer = body.clone();
            let object = newer.pointer_mut(&place).unwrap();
            object["fromTheFuture"] = json!({ "of": [1, null] });
            let again = fixture.reads(&newer, &format!("with a member more at `{place}`"));
            // What an edit sends back is a row, or the one thing that there is.
            let rows = place.split('/').count() == 3 || body.pointer("/adviserModels").is_some();
            if fixture.is_edited && rows {
                assert_eq!(again, newer, "{} loses what is new at `{place}`", fixture.name);
            }
        }
    }
}

/// Members that are moments, which have a form of their own.
const MOMENTS: [&str; 3] = ["createdAt", "expiresAt", "lastUsedAt"];

#[test]
fn a_word_that_nobody_knows_stops_nobody() {
    for fixture in fixtures() {
        let body = fixture.body();
        for place in places(&body, Value::is_string) {
            let name = place.rsplit('/').next().unwrap();
            if fixture.name == "credentials" && MOMENTS.contains(&name) {
                continue;
            }
            let mut newer = body.clone();
            *newer.pointer_mut(&place).unwrap() = json!("a_word_from_the_future");
            let again = fixture.reads(&newer, &format!("with a new word at `{place}`"));
            if fixture.is_edited {
                assert_eq!(again, newer, "{} loses the word at `{place}`", fixture.name);
            }
        }
    }
}

#[test]
fn the_members_of_extensions_may_be_missing_and_may_be_there() {
    let mut policies = fixtures().into_iter().find(|f| f.name == "policies").unwrap().body();
    policies["policies"][0]["models"] = json!(["openai/gpt-5*"]);
    assert_eq!(reread::<PolicyList>(&policies).unwrap(), policies);
    let mut keys = fixtures().into_iter().find(|f| f.name == "credentials").unwrap().body();
    keys["credentials"][0]["expiresAt"] = json!("2027-01-01T00:00:00Z");
    keys["credentials"][0]["label"] = json!("laptop");
    assert_eq!(reread::<CredentialList>(&keys).unwrap(), keys);
}

#[test]
fn an_error_is_read_whatever_its_code_is() {
    let errors: Vec<Value> = serde_json::from_str(include_str!("fixtures/errors.json")).unwrap();
    for error in errors {
        let read = ErrorEnvelope::read(error["body"].as_str().unwrap().as_bytes());
        let code = read.map(|problem| problem.code);
        assert_eq!(code.as_ref(), error.get("code"), "{error}");
    }
}
