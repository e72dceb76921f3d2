//! A successor with an id of its own, beside the old key.

use http::HeaderValue;
use jiff::Timestamp;

use super::family::{self, is_lease};
use super::steps::{Done, Holds, Steps, holds, is_lost, make_key};
use super::way::Way;
use crate::client::{self, sensitive};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::journal::{Entry, Step};
use clawctl_secret::Secret;
use clawctl_secret::issued::IssuedKey;
use clawctl_wire::credential::Credential;
use clawctl_wire::key::ProxyKey;
use clawctl_wire::lineage;
use clawctl_wire::policy::{BudgetScope, Policy};

/// The old key, where it is at hand: then the router is shown that it works, before and after.
pub(crate) struct OldKey(Option<HeaderValue>);

impl OldKey {
    pub(crate) fn unknown() -> Self {
        Self(None)
    }

    /// As somebody gave it.
    pub(crate) fn given(key: &Secret, id: &str) -> Result<Self> {
        match ProxyKey::parse(key.expose().trim()) {
            Ok(parsed) if parsed.id == id => Self::of(key),
            Ok(parsed) => {
                Err(Error::usage(format!("the key that was given is `{}`, not `{id}`", parsed.id)))
            }
            Err(e) => Err(Error::usage("what was given is not a key").cause(e)),
        }
    }

    /// As it stands in the sinks that are about to be rewritten.
    pub(crate) fn in_sinks(held: Vec<Secret>, id: &str) -> Result<Self> {
        let ours = |key: &&Secret| {
            ProxyKey::parse(key.expose().trim()).is_ok_and(|parsed| parsed.id == id)
        };
        held.iter().find(ours).map_or(Ok(Self(None)), Self::of)
    }

    fn of(key: &Secret) -> Result<Self> {
        Ok(Self(Some(sensitive(&format!("Bearer {}", key.expose().trim()))?)))
    }

    pub(crate) fn is_known(&self) -> bool {
        self.0.is_some()
    }

    /// Proves that the old key works: to the router, or else by the router's own record.
    pub(crate) async fn check(&self, ctx: &Ctx, id: &str) -> Result<()> {
        let client = ctx.client()?;
        let refused = match &self.0 {
            Some(key) => match client.inspect_key(key).await {
                Ok(_) => return Ok(()),
                Err(client::Error::Refused { problem, .. }) => problem.message,
                Err(e) => return Err(e.into()),
            },
            None if client.credential(id).await?.active => return Ok(()),
            None => "its record says so".to_owned(),
        };
        Err(Error::conflict(format!("the old key `{id}` does not work")).cause(refused))
    }
}

/// Only a key that works can overlap with a successor.
pub(crate) fn refuse_what_has_none(ctx: &Ctx, old: &Credential) -> Result<()> {
    let id = &old.credential_id;
    if is_lease(id) {
        return Err(Error::usage(format!("`{id}` is a lease, which ends and is not succeeded")));
    }
    if let Some(entry) = family::unfinished(ctx, id)? {
        return Err(Error::conflict(format!("a rotation of `{id}` was cut off"))
            .hint(format!("finish it with `{}`", entry.resume_command())));
    }
    if !old.active {
        return Err(Error::conflict(format!("key `{id}` does not work, so nothing can overlap"))
            .hint(format!("see why: `clawctl key show {id}`"))
            .hint(format!("give it a new secret in place: `clawctl key rotate {id}`")));
    }
    Ok(())
}

/// A budget for each principal is counted by the principal, or by the id of a key without one. Then a
/// key with another id begins at zero.
pub(crate) fn guard_counter(old: &Credential, policy: &Policy, reset_counter: bool) -> Result<()> {
    let counts_by_id = counts_by_principal(policy) && old.principal_id.is_none();
    if !counts_by_id || reset_counter {
        return Ok(());
    }
    let (id, policy) = (&old.credential_id, &policy.policy_id);
    Err(Error::usage(format!(
        "key `{id}` has no principal and policy `{policy}` counts by principal, so a successor would \
         begin the month at zero"
    ))
    .hint(format!("keep the id and the counter: `clawctl key rotate {id}`"))
    .hint("or accept a second budget for this month: `--reset-counter`"))
}

/// Is the budget of a policy one for each principal?
pub(crate) fn counts_by_principal(policy: &Policy) -> bool {
    policy.budget_scope == BudgetScope::Principal && policy.monthly_budget_micros.is_some()
}

pub(crate) fn next_id(id: &str, now: Timestamp) -> Result<String> {
    let next = lineage::successor(id, now).ok_or_else(|| {
        Error::usage(format!("`{id}` is too long to carry the time of a rotation"))
    })?;
    if next == id {
        return Err(Error::conflict(format!("`{id}` was made this very minute"))
            .hint("rotate it again in a minute, or in place"));
    }
    Ok(next)
}

/// Can the old key of a rotation never work again? It was revoked, it expired, or it is gone.
/// A policy that is disabled may be enabled again, so such a key has not ended.
pub(crate) async fn has_ended(ctx: &Ctx, entry: &Entry) -> Result<bool> {
    let old = ctx.client()?.find_one::<Credential>(entry.before()).await?;
    Ok(old.is_none_or(|old| !old.enabled || old.expires_at.is_some_and(|at| at <= ctx.now())))
}

/// Ends a rotation whose old key has ended. A successor that works stays, because its user may
/// hold it already. One that does not is given up: someone revoked the key and wanted no other.
async fn end_without_old(ctx: &Ctx, mut steps: Steps<'_>) -> Result<Done> {
    let entry = steps.entry().clone();
    let (id, old) = (&entry.credential_id, entry.before());
    let there = ctx.client()?.find_one::<Credential>(id).await?;
    if let Some(now) = there.filter(|there| there.enabled && !is_lost(&entry)) {
        steps.enabled().await?;
        return steps.end(now);
    }
    // It was registered disabled, and nobody enabled it: nothing has to be taken back.
    steps.abandon().await?;
    let mut error = Error::conflict(format!(
        "key `{old}` was revoked or expired, so its rotation was dropped; no successor is enabled"
    ));
    if entry.step != Step::Prepared {
        let sinks = entry.sinks.join(" and ");
        error = error.cause(format!("{sinks} may hold key `{id}`, which does not work"));
    }
    Err(error.hint("to go on with another key: `clawctl key issue ID`").hint(format!(
        "to go on with this one: `clawctl key rotate {old}`, then `clawctl key enable {old}`"
    )))
}

/// Goes on with one that was cut off.
pub(super) async fn go_on(ctx: &Ctx, mut steps: Steps<'_>, way: &mut Way<'_>) -> Result<Done> {
    let proof = &OldKey::unknown();
    let Entry { credential_id, key_mode, step, .. } = steps.entry().clone();
    let client = ctx.client()?;
    if has_ended(ctx, steps.entry()).await? {
        return end_without_old(ctx, steps).await;
    }
    if matches!(step, Step::Prepared | Step::Registered) {
        let there = client.find_one::<Credential>(&credential_id).await?;
        let (key, hash) = make_key(&key_mode, &credential_id)?;
        steps.restart(hash).await?;
        let steps = steps.register_again(&key, there.as_ref()).await?;
        return complete(ctx, steps, proof, way, &key).await;
    }
    if step == Step::Delivered {
        steps.enable(&credential_id).await?;
    }
    both_work(ctx, steps, proof).await
}

/// Registered already: delivers and enables the successor, and proves that both keys work.
pub(super) async fn complete(
    ctx: &Ctx,
    mut steps: Steps<'_>,
    proof: &OldKey,
    way: &mut Way<'_>,
    key: &IssuedKey,
) -> Result<Done> {
    way.deliver(ctx, key).await.map_err(|e| steps.resumable(e))?;
    steps.delivered().await?;
    steps.enable(key.id()).await?;
    let new = holds(ctx.client()?, key).await.map_err(|e| steps.resumable(e.into()))?;
    if new != Holds::Working {
        return Err(steps.resumable(Error::failed("the router does not accept the successor")));
    }
    both_work(ctx, steps, proof).await
}

/// The old key still works, and the successor is enabled.
async fn both_work(ctx: &Ctx, steps: Steps<'_>, proof: &OldKey) -> Result<Done> {
    let Entry { credential_id: id, .. } = steps.entry();
    proof.check(ctx, steps.entry().before()).await.map_err(|e| steps.resumable(e))?;
    let now = ctx.client()?.credential(id).await.map_err(|e| steps.resumable(e.into()))?;
    steps.end(now)
}
