//! What there is to know before a policy is changed.

use crate::client::{Client, Planned};
use crate::commands::caution::{Caution, cautions, say};
use crate::commands::reservation;
use crate::commands::write::Proposal;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::plan::{ChangeSet, policy_change};
use crate::view::change::Changed;
use clawctl_wire::budget::BudgetStatus;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::Policy;

/// Carries out a planned change, or only shows it in a dry run.
pub(crate) async fn carry_out(
    ctx: &Ctx,
    client: &Client,
    planned: Planned<Policy>,
) -> Result<Changed<Policy>> {
    let change = described(client, &planned).await?;
    let cautions = say_what_is_known(ctx, client, &planned).await?;
    let proposal = Proposal::put(ctx, client, &planned, change).await?;
    Proposal { cautions, ..proposal }
        .carry_out(ctx, client, async || Ok(client.write(&planned).await?))
        .await
}

/// What a change does, with how many keys it is done to.
pub(super) async fn described(client: &Client, planned: &Planned<Policy>) -> Result<ChangeSet> {
    let Planned { before, after, .. } = planned;
    let keys = match before {
        Some(_) => Some(enabled_keys(client, &after.policy_id).await?),
        None => None,
    };
    Ok(policy_change(before.as_ref(), after, keys))
}

/// Says what there is to know of a new budget.
async fn say_what_is_known(
    ctx: &Ctx,
    client: &Client,
    Planned { before, after, .. }: &Planned<Policy>,
) -> Result<Vec<Caution>> {
    let before = before.as_ref();
    let mut found = Vec::new();
    if let Some(before) = before {
        let (old, new) = (before.monthly_budget_micros, after.monthly_budget_micros);
        found = cautions(old, new, spent(client, before, after).await);
        say(ctx, &found);
    }
    if before.is_none_or(|before| prices(before) != prices(after)) {
        reservation::warn(ctx, client, after, before.is_none()).await?;
    }
    Ok(found)
}

/// How many enabled keys live under a policy.
async fn enabled_keys(client: &Client, id: &str) -> Result<usize> {
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
