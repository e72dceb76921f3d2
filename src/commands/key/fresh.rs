//! A new key, and what is told of it: for `key issue` and for whatever else makes one.

use super::deliver::{Delivery, Shown};
use crate::client::NewCredential;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::journal::Entry;
use crate::lifecycle::issue;
use crate::lifecycle::sinks::Claim;
use crate::lifecycle::steps::{is_lost, refuse_other_sinks, sinks_of};
use crate::lifecycle::way::Way;
use crate::view::issued::{Holder, Issued};
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::credential::Credential;
use clawctl_wire::key::Mode;
use clawctl_wire::policy::Policy;

/// Everything about a key but its secret.
pub(in crate::commands) struct NewKey {
    pub(in crate::commands) id: String,
    pub(in crate::commands) mode: Mode,
    pub(in crate::commands) policy: Policy,
    pub(in crate::commands) holder: Holder,
    pub(in crate::commands) sinks: Vec<SinkSpec>,
}

/// Issues it over a record that is there, if there is one. The sinks were checked.
pub(in crate::commands) async fn issue(
    ctx: &Ctx,
    new: NewKey,
    there: Option<&Credential>,
    delivery: &mut Delivery,
) -> Result<Issued> {
    let NewKey { id, mode, policy, holder, sinks } = new;
    let credential = NewCredential {
        policy_id: policy.policy_id.clone(),
        principal_id: holder.principal_id.clone(),
        label: holder.label.clone(),
        expires_at: holder.expires_at,
    };
    let mut issued = issued(ctx, &id, &policy, holder);
    let new =
        issue::NewKey { id: &id, mode: mode.as_str(), credential: &credential, sinks: &sinks };
    let mut shown = Shown { delivery, issued: &mut issued };
    issue::issue(ctx, &new, there, &mut Way::Shown(&mut shown)).await?;
    if !policy.enabled {
        let policy = &policy.policy_id;
        ctx.ui.warning(format!("policy {policy} is disabled, so the key does not work yet"));
    }
    Ok(issued)
}

/// Takes up an issue that was cut off, by the sinks of the first attempt unless others are `named`.
pub(in crate::commands) async fn resume(
    ctx: &Ctx,
    entry: &Entry,
    named: Option<Vec<SinkSpec>>,
    claim: Claim<'_>,
) -> Result<Issued> {
    let mut issued = noted(ctx, entry).await?;
    if !is_lost(entry) {
        refuse_other_sinks(entry, named.as_deref())?;
        issue::resume(ctx, entry, &mut Way::Delivered).await?;
        issued.delivered_before(&entry.sinks);
        return Ok(issued);
    }
    // The sinks may be in order by now, or others may be named for this attempt.
    let specs = match named {
        Some(specs) => specs,
        None => sinks_of(entry)?,
    };
    let mut delivery = Delivery::check(ctx, specs, false, claim)?;
    let mut shown = Shown { delivery: &mut delivery, issued: &mut issued };
    issue::resume(ctx, entry, &mut Way::Shown(&mut shown)).await?;
    Ok(issued)
}

/// What is shown of the key of an operation, by what was noted of it.
pub(super) async fn noted(ctx: &Ctx, entry: &Entry) -> Result<Issued> {
    let policy = ctx.client()?.policy(&entry.put.policy_id).await?;
    let holder = Holder {
        principal_id: entry.put.principal_id.clone(),
        label: entry.put.label.clone(),
        expires_at: entry.put.expires_at,
    };
    Ok(issued(ctx, &entry.credential_id, &policy, holder))
}

pub(super) fn issued(ctx: &Ctx, id: &str, policy: &Policy, holder: Holder) -> Issued {
    let (url, serve_first) = ctx.client_url();
    Issued::new(id, policy, holder, url, serve_first)
}
