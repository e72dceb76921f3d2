//! The way of every policy change: plan, say the effect, ask, write, show.

use crate::client::{Client, Planned};
use crate::commands::caution::{ask, cautions, say};
use crate::commands::reservation;
use crate::commands::uses::say_who_loses;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::plan::policy_change;
use crate::resource::Resource;
use crate::view::change::{Changed, HeldBack};
use clawctl_wire::budget::BudgetStatus;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::Policy;

/// Carries out a planned change, or only shows it in a dry run.
pub(crate) async fn carry_out(
    ctx: &Ctx,
    client: &Client,
    planned: Planned<Policy>,
) -> Result<Changed<Policy>> {
    let id = planned.after.policy_id.clone();
    let keys = if planned.before.is_some() { Some(enabled_keys(client, &id).await?) } else { None };
    let mut change = policy_change(planned.before.as_ref(), &planned.after, keys);
    if planned.before.is_some() && planned.changes_nothing() {
        return Ok(Changed { change, now: planned.after, dry_run: false, request: None });
    }
    say_who_loses(ctx, client, [&mut change]).await;
    let cautions = match &planned.before {
        Some(before) => {
            let (old, new) = (before.monthly_budget_micros, planned.after.monthly_budget_micros);
            cautions(old, new, spent(client, before, &planned.after).await)
        }
        None => Vec::new(),
    };
    say(ctx, &cautions);
    let before = planned.before.as_ref();
    if before.is_none_or(|before| prices(before) != prices(&planned.after)) {
        reservation::warn(ctx, client, &planned.after, before.is_none()).await?;
    }
    if ctx.settings.dry_run {
        let request = HeldBack {
            method: "PUT",
            path: format!("/v1/admin/policies/{id}"),
            body: planned.after.sent(client.offers().await?),
        };
        return Ok(Changed { change, now: planned.after, dry_run: true, request: Some(request) });
    }
    ask(ctx, &change, &cautions)?;
    let now = client.write(&planned).await?;
    Ok(Changed { change, now, dry_run: false, request: None })
}

/// How many enabled keys live under a policy.
pub(super) async fn enabled_keys(client: &Client, id: &str) -> Result<usize> {
    let mut keys = client.credential_rows().await?;
    let mut count = 0;
    while let Some(key) = keys.next().await? {
        count += usize::from(key.policy_id == id && key.enabled);
    }
    Ok(count)
}

/// The most that anybody has spent of the budget, where a new limit could lie below it.
///
/// It is asked for a warning only, so a router that cannot tell does not stop the change. Another
/// tenant or scope is another ledger, where nothing is spent yet.
async fn spent(client: &Client, before: &Policy, after: &Policy) -> Option<Micros> {
    let (old, new) = (before.monthly_budget_micros, after.monthly_budget_micros?);
    let same_ledger =
        before.tenant_id == after.tenant_id && before.budget_scope == after.budget_scope;
    if !same_ledger || old.is_none_or(|old| new >= old) {
        return None;
    }
    most_spent(&budget_of(client, &after.policy_id).await?)
}

/// What is spent of a policy's budget, where the router can tell.
pub(crate) async fn budget_of(client: &Client, id: &str) -> Option<BudgetStatus> {
    let usage = client.admin_usage().await.ok()?;
    usage.policies.into_iter().find(|row| row.policy.policy_id == id).map(|row| row.budget)
}

/// What decides whether a request fits into a policy's budget.
fn prices(policy: &Policy) -> (Option<Micros>, Option<Micros>) {
    (policy.monthly_budget_micros, policy.request_cost_micros)
}

fn most_spent(status: &BudgetStatus) -> Option<Micros> {
    let parts = status.breakdown.iter().flatten().filter_map(|part| part.spent_micros);
    parts.chain(status.spent_micros).max()
}
