//! The way of every change of fusion: plan, say the effect, ask, write, show.

use crate::client::{Client, FusionEdit, Planned};
use crate::commands::caution::ask;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::plan::fusion_change;
use crate::resource::FUSION_ID;
use crate::view::change::{Changed, HeldBack};
use clawctl_wire::fusion::FusionConfig;

/// Thinks a change through and carries it out, or only shows it in a dry run.
pub(super) async fn change(ctx: &Ctx, edit: &FusionEdit) -> Result<Changed<FusionConfig>> {
    let client = ctx.client()?;
    let planned = client.plan_edit::<FusionConfig>(FUSION_ID, edit).await?;
    carry_out(ctx, client, planned).await
}

async fn carry_out(
    ctx: &Ctx,
    client: &Client,
    planned: Planned<FusionConfig>,
) -> Result<Changed<FusionConfig>> {
    let after = planned.after.clone();
    let change = fusion_change(planned.before.as_ref().unwrap_or(&after), &after);
    if planned.changes_nothing() {
        return Ok(Changed { change, now: after, dry_run: false, request: None });
    }
    if ctx.settings.dry_run {
        let path = "/v1/admin/fusion".to_owned();
        let request = HeldBack { method: "PUT", path, body: after.put_body() };
        return Ok(Changed { change, now: after, dry_run: true, request: Some(request) });
    }
    ask(ctx, &change, &[])?;
    let now = client.write(&planned).await?;
    Ok(Changed { change, now, dry_run: false, request: None })
}
