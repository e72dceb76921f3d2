//! What the admin API keeps, by its paths: for code that treats all kinds alike.
//!
//! Every kind is listed under a path of its own, and written at one that names it. What is
//! written is mostly what is read; the members that are the router's own business are left out.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::credential::SecretHash;
use super::error::code;
use super::percent;

const ADMIN: &str = "/v1/admin/";

/// A kind of thing that the admin API keeps: what is true of all things of the kind.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    pub noun: &'static str,
    /// The section of a manifest that holds them.
    pub section: &'static str,
    /// What the list of them is called in messages.
    pub list_name: &'static str,
    /// The path of all of them.
    pub path: &'static str,
    /// The member of the list's answer that holds them; none where there is only one thing.
    member: Option<&'static str>,
    /// The members that name one, in the order of the path.
    id: &'static [&'static str],
    /// Does the path of a write name it, or its body?
    named_by_body: bool,
    /// The members that a router says and does not take.
    own: &'static [&'static str],
    /// The code of a refusal that means: there is no such thing.
    pub unknown: Option<&'static str>,
    /// Can one be read by its id, with its revision (extensions `read.one` and `revision`)?
    pub is_read_one: bool,
    /// Can the list be read in parts (extension `list.pages`)?
    pub has_pages: bool,
}

/// What most kinds have in common.
const PLAIN: Kind = Kind {
    noun: "",
    section: "",
    list_name: "",
    path: "",
    member: None,
    id: &[],
    named_by_body: false,
    own: &[],
    unknown: None,
    is_read_one: false,
    has_pages: false,
};

pub const POLICY: Kind = Kind {
    noun: "policy",
    section: "policies",
    list_name: "policy list",
    path: "/v1/admin/policies",
    member: Some("policies"),
    id: &["policyId"],
    unknown: Some(code::UNKNOWN_POLICY),
    is_read_one: true,
    has_pages: true,
    ..PLAIN
};

pub const KEY: Kind = Kind {
    noun: "key",
    section: "keys",
    list_name: "key list",
    path: "/v1/admin/credentials",
    member: Some("credentials"),
    id: &["credentialId"],
    own: &[
        "policyEnabled",
        "generationMatches",
        "principalEnabled",
        "active",
        "createdAt",
        "lastUsedAt",
    ],
    unknown: Some(code::UNKNOWN_CREDENTIAL),
    is_read_one: true,
    has_pages: true,
    ..PLAIN
};

pub const PROVIDER: Kind = Kind {
    noun: "provider",
    section: "providers",
    list_name: "provider list",
    path: "/v1/admin/connections",
    member: Some("connections"),
    id: &["providerId"],
    own: &["spentMicros", "remainingMicros"],
    unknown: Some(code::UNKNOWN_PROVIDER),
    ..PLAIN
};

pub const GRANT: Kind = Kind {
    noun: "grant",
    section: "grants",
    list_name: "grant list",
    path: "/v1/admin/upstream-grants",
    member: Some("grants"),
    id: &["scope", "scopeId", "tokenRef"],
    own: &[
        "key",
        "version",
        "createdAt",
        "updatedAt",
        "revokedAt",
        "hasCredential",
        "credentialFields",
        "hasAccessToken",
        "hasRefreshToken",
        "refreshConfigured",
        "refreshTokenUrl",
        "clientIdConfig",
        "clientSecretConfig",
        "usable",
        "selectedCount",
        "lastSelectedAt",
        "quotaStatus",
        "quotaObservedAt",
        "cooldownUntil",
        "quotaSource",
        "lastProviderSignal",
        "quotaWindows",
        "credentialStatus",
        "credentialGeneration",
        "tokenResponseError",
        "nextRefreshAttemptAt",
        "publication",
    ],
    unknown: Some(code::UNKNOWN_UPSTREAM_GRANT),
    ..PLAIN
};

pub const USER: Kind = Kind {
    noun: "user",
    section: "users",
    list_name: "user list",
    path: "/v1/admin/access-users",
    member: Some("users"),
    id: &["email"],
    own: &["role"],
    has_pages: true,
    ..PLAIN
};

pub const BINDING: Kind = Kind {
    noun: "binding",
    section: "bindings",
    list_name: "binding list",
    path: "/v1/admin/policy-bindings",
    member: Some("bindings"),
    id: &["principalType", "principalId", "policyId"],
    named_by_body: true,
    ..PLAIN
};

pub const RULE: Kind = Kind {
    noun: "rule",
    section: "rules",
    list_name: "rule list",
    path: "/v1/admin/assignment-rules",
    member: Some("rules"),
    id: &["ruleId"],
    own: &["version", "createdAt", "updatedAt", "generatedGroup"],
    ..PLAIN
};

pub const FUSION: Kind = Kind {
    noun: "fusion",
    section: "fusion",
    list_name: "fusion configuration",
    path: "/v1/admin/fusion",
    named_by_body: true,
    own: &["version"],
    ..PLAIN
};

const KINDS: [&Kind; 8] = [&POLICY, &KEY, &PROVIDER, &GRANT, &USER, &BINDING, &RULE, &FUSION];

impl Kind {
    /// The member of the list's answer that holds all of them.
    pub const fn list(&'static self) -> Option<&'static [&'static str]> {
        match &self.member {
            Some(member) => Some(std::slice::from_ref(member)),
            None => None,
        }
    }
}

/// Members of a body that hold a secret, or the hash of one.
const SECRET_MEMBERS: [&str; 6] =
    ["secretSha256", "credential", "credentials", "accessToken", "refreshToken", "refresh"];

/// One thing that the admin API keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    pub kind: &'static Kind,
    pub id: Vec<String>,
    /// What stands behind its path: `revoke`, `refresh`.
    pub verb: Option<String>,
}

impl Resource {
    /// What a write is about, if it is a kind of thing that is known here.
    pub fn at(path: &str, body: &Value) -> Option<Self> {
        let tail = path.strip_prefix(ADMIN)?;
        let end = tail.find('/').map_or(path.len(), |at| ADMIN.len() + at);
        let (collection, rest) = path.split_at(end);
        let kind = KINDS.into_iter().find(|kind| kind.path == collection)?;
        let parts = rest.split('/').filter(|part| !part.is_empty());
        let mut parts = parts.map(|part| percent::decode(part).map(|text| text.into_owned()));
        let id: Vec<String> = if kind.named_by_body {
            let word = |name: &&str| body.get(*name).and_then(Value::as_str).map(str::to_owned);
            kind.id.iter().map(word).collect::<Option<_>>()?
        } else {
            parts.by_ref().take(kind.id.len()).collect::<Option<_>>()?
        };
        let verb = parts.next().flatten();
        let whole = id.len() == kind.id.len() && parts.next().is_none();
        // What stands behind a collection as a whole is no thing that is kept.
        (whole && !(kind.named_by_body && verb.is_some())).then_some(Self { kind, id, verb })
    }

    /// The same for a request: only a PUT and a verb behind a thing change it, and later routers
    /// create a key by a POST that names it in its body.
    pub fn written(method: &str, path: &str, body: &Value) -> Option<Self> {
        if method == "POST" && path == "/v1/admin/credentials" {
            let id = body.get("credentialId")?.as_str()?.to_owned();
            return Self::at(&format!("{path}/{id}"), body).filter(|it| it.verb.is_none());
        }
        Self::at(path, body).filter(|it| method == "PUT" || it.verb.is_some())
    }

    /// Its name among those of its kind.
    pub fn name(&self) -> String {
        self.id.join("/")
    }

    pub fn list_path(&self) -> &'static str {
        self.kind.path
    }

    /// Where it is written, and read where a router has such a route.
    pub fn path(&self) -> String {
        if self.kind.named_by_body {
            return self.list_path().to_owned();
        }
        let mut path = self.list_path().to_owned();
        for part in &self.id {
            path.push('/');
            percent::encode(&mut path, part);
        }
        path
    }

    /// Finds it in the answer of its list.
    pub fn find_in(&self, list: &Value) -> Option<Value> {
        let Some(member) = self.kind.member else { return Some(list.clone()) };
        list.get(member)?.as_array()?.iter().find(|row| self.is(row)).cloned()
    }

    /// Is it the one of this row?
    pub fn is(&self, row: &Value) -> bool {
        let mut names = self.kind.id.iter().zip(&self.id);
        names.all(|(member, id)| row.get(*member).and_then(Value::as_str) == Some(id))
    }

    /// The body that brings a state back, over another one: what is in that and not in this is
    /// cleared.
    pub fn body(&self, state: &Value, over: &Value) -> Map<String, Value> {
        let mut body = self.writable(over);
        body.values_mut().for_each(|value| *value = Value::Null);
        body.extend(self.writable(state));
        if self.kind.noun == "policy" && body.get("providers") == Some(&Value::Array(Vec::new())) {
            body.insert("allProviders".to_owned(), true.into());
        }
        body
    }

    /// The members in which two states differ, of those that are written.
    pub fn differences(&self, one: &Value, other: &Value) -> Vec<String> {
        let (one, other) = (self.writable(one), self.writable(other));
        let mut names: Vec<&String> = one.keys().chain(other.keys()).collect();
        names.sort();
        names.dedup();
        let differ = |name: &&&String| {
            one.get(**name).unwrap_or(&Value::Null) != other.get(**name).unwrap_or(&Value::Null)
        };
        names.iter().filter(differ).map(|name| (**name).clone()).collect()
    }

    fn writable(&self, state: &Value) -> Map<String, Value> {
        let Kind { own, id, named_by_body, .. } = self.kind;
        let mut members = state.as_object().cloned().unwrap_or_default();
        members.retain(|name, _| {
            !own.contains(&name.as_str()) && (*named_by_body || !id.contains(&name.as_str()))
        });
        members
    }
}

/// A body without its secrets, which are not even copied, and whether it had any.
pub fn without_secrets(body: &[u8]) -> (Value, bool) {
    let members: BTreeMap<String, &RawValue> = serde_json::from_slice(body).unwrap_or_default();
    let is_secret = |name: &str| SECRET_MEMBERS.contains(&name);
    let has_secret = members.keys().any(|name| is_secret(name));
    let plain = members.into_iter().filter(|(name, _)| !is_secret(name)).map(|(name, value)| {
        let value = serde_json::from_str(value.get()).unwrap_or_default();
        (name, value)
    });
    (Value::Object(plain.collect()), has_secret)
}

/// Adds what a write of a key says of its secret.
pub fn say_secret(body: &mut Map<String, Value>, secret: &SecretHash) {
    match secret {
        SecretHash::Sha256(hex) => body.insert("secretSha256".to_owned(), hex.as_str().into()),
        SecretHash::Keep => body.insert("keepSecret".to_owned(), true.into()),
    };
}

#[cfg(test)]
mod tests;
