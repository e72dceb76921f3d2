//! From a manifest and the router in force to a plan.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::live;
use super::lock_file::LockFile;
use crate::commands::uses::say_who_loses;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::journal::{Kind, Step};
use crate::plan::live::Live;
use crate::plan::lock::fingerprint;
use crate::plan::made;
use crate::plan::manifest::{Manifest, Problem};
use crate::plan::{Known, Plan, diff};
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::health::Extension;
use clawctl_wire::lineage::Lineage;

/// How a plan is to be made.
#[derive(Debug, Clone, Default)]
pub(in crate::commands) struct Wishes {
    pub(in crate::commands) prune: bool,
    pub(in crate::commands) sinks: Vec<SinkSpec>,
    /// May the terminal be shown a key that has no sink?
    pub(in crate::commands) terminal: bool,
}

/// A plan, and the state that it starts from.
pub(in crate::commands) struct Planned {
    pub(in crate::commands) plan: Plan,
    pub(in crate::commands) live: Live,
}

/// Reads the router and compares; the inner error is what is wrong with the manifest there.
pub(in crate::commands) async fn plan(
    ctx: &Ctx,
    manifest: &Manifest,
    lock: &mut LockFile,
    wishes: &Wishes,
) -> Result<Result<Planned, Vec<Problem>>> {
    let with_hashes = manifest.desired.keys.values().any(|it| it.wish.secret_sha256.is_some());
    let families = families(manifest, lock);
    let is_asked_for = |id: &str| families.contains(Lineage::of(id).base);
    let live = live::read(ctx.client()?, is_asked_for, with_hashes).await?;
    let unfinished = unfinished(ctx)?;
    // A key that was begun and not delivered is not there yet, whatever the router has of it.
    let known_key = |id: &str| live.keys.get(id).filter(|it| it.enabled);
    let begun: HashSet<String> = lock
        .made()
        .things()
        .filter(|(noun, id, state)| {
            *noun == "key" && *state == crate::plan::lock::State::Making && known_key(id).is_none()
        })
        .map(|(_, id, _)| id.to_owned())
        .collect();
    lock.made().forget_pruned(|noun, id| made::is_enabled(&live, noun, id));
    lock.made().settle(&begun, |noun, id| Some(fingerprint(&made::members(&live, noun, id)?)));
    let own_hashes = match live.offers.has(Extension::CredentialKeepSecret) {
        true => HashMap::new(),
        false => {
            let known = ctx.journal().known(&ctx.journal_target())?;
            known.into_iter().map(|(id, known)| (id, known.secret_sha256)).collect()
        }
    };
    let known = Known {
        unfinished,
        own_hashes,
        made: Some(lock.made()),
        sinks: wishes.sinks.clone(),
        terminal: wishes.terminal,
        prune: wishes.prune,
    };
    let mut plan = diff(manifest, &live, &known);
    if let Ok(plan) = &mut plan {
        let changes = plan.actions.iter_mut().map(|action| &mut action.change);
        say_who_loses(ctx, ctx.client()?, changes).await;
    }
    Ok(plan.map(|plan| Planned { plan, live }))
}

/// The keys that the manifest or the lock names, each by the first of those that took its place.
fn families(manifest: &Manifest, lock: &mut LockFile) -> HashSet<String> {
    let named = manifest.desired.keys.keys().map(String::as_str);
    let made = lock.made().things().filter(|(noun, ..)| *noun == "key").map(|(_, id, _)| id);
    named.chain(made).map(|id| Lineage::of(id).base.to_owned()).collect()
}

/// The keys whose issue was cut off on this router, each with whether it was delivered.
fn unfinished(ctx: &Ctx) -> Result<BTreeMap<String, bool>> {
    let pending = ctx.journal().pending(&ctx.journal_target())?;
    for file in pending.unreadable {
        ctx.ui.warning(Error::from(crate::journal::JournalError::from(file)).message);
    }
    let issues = pending.entries.into_iter().filter(|entry| entry.kind == Kind::Issue);
    let delivered = |step| !matches!(step, Step::Prepared | Step::Registered);
    Ok(issues.map(|entry| (entry.credential_id, delivered(entry.step))).collect())
}
