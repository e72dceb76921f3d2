//! Keys as a manifest says them. There may be very many, so they are kept in little room.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::json;

use crate::plan::manifest::emit::{Members, Things};
use crate::resource::Offers;
use crate::resource::value::time;
use clawctl_wire::credential::Credential;
use clawctl_wire::health::Extension;

/// What a manifest says of all keys.
#[derive(Debug, Default)]
pub struct Keys {
    rows: Vec<Row>,
    policies: Vec<String>,
    policy_numbers: HashMap<String, u32>,
}

#[derive(Debug)]
struct Row {
    /// The id, the principal and the label, one behind the other.
    text: Box<str>,
    id_bytes: u32,
    principal_bytes: Option<u32>,
    has_label: bool,
    enabled: bool,
    policy: u32,
    expires_at: Option<Timestamp>,
    secret_sha256: Option<Box<str>>,
}

impl Row {
    fn id(&self) -> &str {
        self.split().0
    }

    fn split(&self) -> (&str, Option<&str>, Option<&str>) {
        let (id, rest) = self.text.split_at(self.id_bytes as usize);
        let (principal, label) = rest.split_at(self.principal_bytes.unwrap_or(0) as usize);
        (id, self.principal_bytes.map(|_| principal), self.has_label.then_some(label))
    }
}

impl Keys {
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn add(&mut self, key: &Credential) {
        let Credential { credential_id, principal_id, label, .. } = key;
        let parts = [principal_id.as_deref(), label.as_deref()];
        let text = credential_id.clone() + &parts.map(Option::unwrap_or_default).concat();
        let policy = self.policy(&key.policy_id);
        let bytes = |text: &String| u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.rows.push(Row {
            text: text.into(),
            id_bytes: bytes(credential_id),
            principal_bytes: principal_id.as_ref().map(bytes),
            has_label: label.is_some(),
            enabled: key.enabled,
            policy,
            expires_at: key.expires_at,
            secret_sha256: None,
        });
    }

    fn policy(&mut self, id: &str) -> u32 {
        if let Some(number) = self.policy_numbers.get(id) {
            return *number;
        }
        let number = u32::try_from(self.policies.len()).unwrap_or(u32::MAX);
        self.policies.push(id.to_owned());
        self.policy_numbers.insert(id.to_owned(), number);
        number
    }

    /// After all keys were added.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.rows.sort_unstable_by(|a, b| a.id().cmp(b.id()));
        self
    }

    /// Notes the hash of a secret, in keys that are sorted.
    pub fn set_hash(&mut self, id: &str, secret_sha256: String) {
        if let Ok(place) = self.rows.binary_search_by(|row| row.id().cmp(id)) {
            self.rows[place].secret_sha256 = Some(secret_sha256.into());
        }
    }

    pub(super) fn things(self, offers: Offers) -> Things {
        let count = self.rows.len();
        let make = Box::new(move |index: usize| self.members(&self.rows[index], offers));
        Things::Made { count, make }
    }

    fn members(&self, row: &Row, offers: Offers) -> (String, Members) {
        let (id, principal, label) = row.split();
        let mut members = vec![
            ("policy", json!(self.policies[row.policy as usize])),
            ("enabled", json!(row.enabled)),
            ("principal", json!(principal)),
        ];
        if offers.has(Extension::CredentialMetadata) {
            members.push(("label", json!(label)));
        }
        if offers.has(Extension::CredentialExpiresAt) {
            members.push(("expires", time(row.expires_at)));
        }
        members.extend(row.secret_sha256.as_ref().map(|hash| ("secret_sha256", json!(hash))));
        (id.to_owned(), members)
    }
}
