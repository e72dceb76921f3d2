//! Which budgets are meant, where some are named.

use crate::commands::policy::flags::{nearest, unknown_provider};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::report::budget::rows;
use crate::report::{BudgetRow, Sharing, State};

/// Every budget of the router, also those that are unlimited.
pub(super) async fn all(ctx: &Ctx) -> Result<Vec<BudgetRow>> {
    let client = ctx.client()?;
    let usage = client.admin_usage().await?;
    Ok(rows(&usage, &client.connections().await?, ctx.now()))
}

/// A provider without a budget is the usual case, and nothing to list.
pub(super) fn is_set(row: &BudgetRow) -> bool {
    row.scope != Sharing::Provider || row.state != State::Unlimited
}

/// The budgets of the named policies and providers. A name that there is not is an error.
pub(super) fn named(
    rows: Vec<BudgetRow>,
    policies: &[String],
    providers: &[String],
) -> Result<Vec<BudgetRow>> {
    let known: Vec<&str> = rows.iter().filter_map(|row| row.policy_id.as_deref()).collect();
    if let Some(id) = policies.iter().find(|id| !known.contains(&id.as_str())) {
        return Err(unknown_policy(id, &known));
    }
    let known: Vec<&str> = rows.iter().filter_map(|row| row.provider_id.as_deref()).collect();
    if let Some(id) = providers.iter().find(|id| !known.contains(&id.as_str())) {
        return Err(unknown_provider(id, &known));
    }
    let is_named = |row: &BudgetRow| {
        row.policy_id.as_ref().is_some_and(|id| policies.contains(id))
            || row.provider_id.as_ref().is_some_and(|id| providers.contains(id))
    };
    Ok(rows.into_iter().filter(is_named).collect())
}

pub fn unknown_policy(id: &str, known: &[&str]) -> Error {
    let error = Error::not_found(format!("there is no policy `{id}`"));
    match nearest(id, known) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint("`clawctl policy list` shows those there are"),
    }
}
