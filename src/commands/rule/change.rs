//! The way of every change of a rule.

use crate::client::{Client, Console, IfMissing, Planned, RuleEdit};
use crate::commands::write;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::plan::rule_change;
use crate::view::change::Changed;
use clawctl_wire::id::check_id;
use clawctl_wire::rule::Rule;

/// Shows a planned change, or carries it out.
pub(super) async fn carry_out(
    ctx: &Ctx,
    client: &Client,
    planned: Planned<Rule>,
) -> Result<Changed<Rule>> {
    let users = client.users().await?;
    let change = rule_change(planned.before.as_ref(), &planned.after, &users);
    write::carry_out(ctx, client, &planned, change).await
}

/// Switches a rule on or off.
pub(super) async fn switch(
    ctx: &Ctx,
    id: &str,
    enabled: bool,
    console: Console,
) -> Result<Changed<Rule>> {
    check_id(id)?;
    let edit = RuleEdit { enabled: Some(enabled), ..RuleEdit::default() };
    let client = ctx.client()?;
    let planned = client.plan_put::<Rule>(id, &edit, IfMissing::Fail, console).await?;
    carry_out(ctx, client, planned).await
}
