//! The keys that took each other's place, as their ids tell.

use crate::client::{self, Client};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::journal::{Entry, Kind};
use clawctl_wire::credential::Credential;
use clawctl_wire::lineage::{Lineage, by_age, lease_end};

/// The key that has the place now, and those before it that are still switched on.
#[derive(Debug)]
pub(crate) struct Family {
    pub(crate) newest: Credential,
    /// The oldest first.
    pub(crate) older: Vec<Credential>,
}

impl Family {
    /// All keys with the place of this one, whatever their state.
    pub(crate) async fn kin(client: &Client, id: &str) -> client::Result<Vec<Credential>> {
        let base = Lineage::of(id).base;
        let is_kin = |key: &Credential| Lineage::of(&key.credential_id).base == base;
        client.credentials_where(is_kin).await
    }

    /// The family of an id, among all keys of a router.
    pub(crate) fn of(id: &str, all: &[Credential]) -> Result<Self> {
        let base = Lineage::of(id).base;
        let mut members: Vec<&Credential> = all
            .iter()
            .filter(|key| key.enabled && Lineage::of(&key.credential_id).base == base)
            .collect();
        members.sort_by(|a, b| by_age(&a.credential_id, &b.credential_id));
        let Some(newest) = members.pop() else {
            return Err(Error::not_found(format!("no key of `{base}` is switched on")));
        };
        let older = members.into_iter().cloned().collect();
        Ok(Self { newest: newest.clone(), older })
    }

    /// What takes another's place must work before that one goes.
    pub(crate) fn check_newest(&self) -> Result<()> {
        let id = &self.newest.credential_id;
        if self.newest.active || self.older.is_empty() {
            return Ok(());
        }
        Err(Error::conflict(format!("the successor `{id}` does not work, so nothing is retired"))
            .hint(format!("see why: `clawctl key show {id}`")))
    }
}

/// A lease ends by itself, and is not succeeded.
pub(crate) fn is_lease(id: &str) -> bool {
    lease_end(id).is_some()
}

/// The successor that was begun for a key of this family, and is not finished.
pub(crate) fn unfinished(ctx: &Ctx, id: &str) -> Result<Option<Entry>> {
    let base = Lineage::of(id).base;
    let pending = ctx.journal().pending(&ctx.journal_target())?;
    let ours = |entry: &Entry| {
        entry.kind == Kind::Overlap && Lineage::of(&entry.credential_id).base == base
    };
    Ok(pending.entries.into_iter().find(ours))
}
