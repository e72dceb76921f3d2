//! The families of many keys, as little of them as tells which there are.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;

use super::family::{Family, is_lease};
use super::members::Members;
use crate::client::Client;
use crate::error::Result;
use clawctl_wire::credential::Credential;
use clawctl_wire::lineage::{Lineage, id_of};

/// Families of which a key waits to be retired, by the id of the first.
#[derive(Default)]
pub(crate) struct Families(BTreeMap<Box<str>, Found>);

#[derive(Default)]
struct Found {
    /// Since when each enabled key of it is there, the oldest first; nothing for the first of all.
    since: Vec<Option<Timestamp>>,
    is_chosen: bool,
}

impl Families {
    /// Reads all keys twice: most have no successor, and only of the others anything is kept.
    pub(crate) async fn find(
        client: &Client,
        is_chosen: impl Fn(&Credential) -> bool,
    ) -> Result<Self> {
        let mut succeeded = HashSet::<Box<str>>::new();
        let mut keys = client.credential_rows().await?;
        while let Some(key) = keys.next().await? {
            let Lineage { base, since } = Lineage::of(&key.credential_id);
            if key.enabled && since.is_some() && !succeeded.contains(base) {
                succeeded.insert(base.into());
            }
        }
        let mut families = Self::default();
        let mut keys = client.credential_rows().await?;
        while let Some(key) = keys.next().await? {
            let Lineage { base, since } = Lineage::of(&key.credential_id);
            if !key.enabled || !(succeeded.contains(base) || families.0.contains_key(base)) {
                continue;
            }
            let base = succeeded.take(base).unwrap_or_else(|| base.into());
            let found = families.0.entry(base).or_default();
            found.since.push(since);
            found.is_chosen |= !is_lease(&key.credential_id) && is_chosen(&key);
        }
        families.0.retain(|_, found| {
            found.since.sort_unstable();
            found.is_chosen && found.since.len() > 1
        });
        Ok(families)
    }

    /// The ids of the keys that wait.
    pub(crate) fn older(&self) -> impl Iterator<Item = String> {
        self.0.iter().flat_map(|(base, found)| {
            let older = found.since.iter().take(found.since.len() - 1);
            older.map(|since| id(base, *since))
        })
    }

    /// The ids of each family.
    pub(crate) fn ids(&self) -> impl Iterator<Item = Vec<String>> {
        self.0.iter().map(|(base, found)| found.since.iter().map(|at| id(base, *at)).collect())
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.0.contains_key(Lineage::of(id).base)
    }
}

fn id(base: &str, since: Option<Timestamp>) -> String {
    since.and_then(|at| id_of(base, at)).unwrap_or_else(|| base.to_owned())
}

impl Family {
    /// Reads a family when it is its turn.
    pub(crate) async fn read(members: &Members<'_>, ids: &[String]) -> Result<Self> {
        let mut keys = Vec::new();
        for id in ids {
            keys.extend(members.read(id).await?);
        }
        Self::of(&ids[0], &keys)
    }
}
