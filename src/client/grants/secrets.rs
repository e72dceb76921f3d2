//! The secrets of a grant on their way to the router.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use clawctl_secret::Secret;

/// What JSON may make of one byte, `\u0000` at most.
const BYTES_PER_BYTE_MAX: usize = 6;

/// Room for the name of a member, its quotes and its comma.
const AROUND_MEMBER_BYTES: usize = 160;

/// Secrets that a write hands over. Each that is not here stays as the router has it; a bundle is
/// replaced as a whole.
#[derive(Debug, Default, PartialEq)]
pub struct GrantSecrets {
    pub credential: Option<Secret>,
    pub access_token: Option<Secret>,
    pub refresh_token: Option<Secret>,
    /// Secrets with names, such as `accessKeyId`.
    pub bundle: BTreeMap<String, Secret>,
}

impl GrantSecrets {
    pub fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    pub(in crate::client) fn all(&self) -> impl Iterator<Item = &Secret> {
        self.single().filter_map(|(_, secret)| secret).chain(self.bundle.values())
    }

    fn single(&self) -> impl Iterator<Item = (&'static str, Option<&Secret>)> {
        let Self { credential, access_token, refresh_token, bundle: _ } = self;
        [
            ("credential", credential.as_ref()),
            ("accessToken", access_token.as_ref()),
            ("refreshToken", refresh_token.as_ref()),
        ]
        .into_iter()
    }

    /// The members of the body, as they may be shown.
    pub(super) fn masked(&self) -> Map<String, Value> {
        let mut members = Map::new();
        for (name, secret) in self.single() {
            if let Some(secret) = secret {
                members.insert(name.to_owned(), json!(secret.to_string()));
            }
        }
        if !self.bundle.is_empty() {
            let names = self.bundle.iter();
            let shown: Map<_, _> =
                names.map(|(name, secret)| (name.clone(), json!(secret.to_string()))).collect();
            members.insert("credentials".to_owned(), Value::Object(shown));
        }
        members
    }

    /// The body of a write, in memory that is overwritten when it was sent.
    pub(super) fn body(&self, facts: &Map<String, Value>) -> Bytes {
        let bytes = |secret: &Secret| secret.expose().len() * BYTES_PER_BYTE_MAX;
        let secrets: usize = self.all().map(|secret| bytes(secret) + AROUND_MEMBER_BYTES).sum();
        let plain = Value::Object(facts.clone()).to_string().len();
        // Text that moves to where there is more room leaves a copy behind.
        let mut text = Zeroizing::new(Vec::with_capacity(plain + secrets + AROUND_MEMBER_BYTES));
        // Strings in maps with string keys: there is nothing here that could not be written.
        let _ = serde_json::to_writer(&mut *text, &Sent { facts, secrets: self });
        Bytes::from_owner(text)
    }
}

/// The one way in which secrets become JSON.
struct Sent<'a> {
    facts: &'a Map<String, Value>,
    secrets: &'a GrantSecrets,
}

impl Serialize for Sent<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut body = s.serialize_map(None)?;
        for (name, value) in self.facts {
            body.serialize_entry(name, value)?;
        }
        for (name, secret) in self.secrets.single() {
            if let Some(secret) = secret {
                body.serialize_entry(name, secret.expose())?;
            }
        }
        let bundle = &self.secrets.bundle;
        if !bundle.is_empty() {
            let exposed: BTreeMap<&str, &str> =
                bundle.iter().map(|(name, secret)| (name.as_str(), secret.expose())).collect();
            body.serialize_entry("credentials", &exposed)?;
        }
        body.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets() -> GrantSecrets {
        let secret = |text: &str| Secret::new(text.to_owned());
        GrantSecrets {
            credential: Some(secret("canary-\"1\"\n")),
            access_token: None,
            refresh_token: Some(secret("canary-2")),
            bundle: [("accessKeyId".to_owned(), secret("canary-3"))].into(),
        }
    }

    #[test]
    fn the_body_carries_what_was_given_and_nothing_else() {
        let facts = Map::from_iter([("label".to_owned(), Value::Null)]);
        let body: Value = serde_json::from_slice(&secrets().body(&facts)).unwrap();
        assert_eq!(
            body,
            json!({
                "label": null,
                "credential": "canary-\"1\"\n",
                "refreshToken": "canary-2",
                "credentials": { "accessKeyId": "canary-3" },
            })
        );
        let none = GrantSecrets::default();
        assert_eq!(&none.body(&facts)[..], br#"{"label":null}"#);
        assert!(none.is_empty() && !secrets().is_empty());
    }

    #[test]
    fn what_is_shown_of_it_are_names() {
        let shown = format!("{} {:?}", Value::Object(secrets().masked()), secrets());
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains("accessKeyId"), "{shown}");
    }

    #[test]
    fn the_body_never_moves_while_it_is_written() {
        let long = "\u{1}".repeat(4_000);
        let secrets = GrantSecrets { credential: Some(Secret::new(long)), ..secrets() };
        let facts = Map::from_iter([("label".to_owned(), json!("x".repeat(3_000)))]);
        let bytes = |secret: &Secret| secret.expose().len() * BYTES_PER_BYTE_MAX;
        let room: usize = secrets.all().map(|s| bytes(s) + AROUND_MEMBER_BYTES).sum();
        let plain = Value::Object(facts.clone()).to_string().len();
        assert!(secrets.body(&facts).len() <= plain + room + AROUND_MEMBER_BYTES);
    }
}
