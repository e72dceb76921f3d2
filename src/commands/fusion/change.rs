//! The way of every change of fusion.

use crate::client::FusionEdit;
use crate::commands::write;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::plan::fusion_change;
use crate::resource::FUSION_ID;
use crate::view::change::Changed;
use clawctl_wire::fusion::FusionConfig;

/// Thinks a change through and carries it out, or only shows it in a dry run.
pub(super) async fn change(ctx: &Ctx, edit: &FusionEdit) -> Result<Changed<FusionConfig>> {
    let client = ctx.client()?;
    let planned = client.plan_edit::<FusionConfig>(FUSION_ID, edit).await?;
    let after = &planned.after;
    let change = fusion_change(planned.before.as_ref().unwrap_or(after), after);
    write::carry_out(ctx, client, &planned, change).await
}
