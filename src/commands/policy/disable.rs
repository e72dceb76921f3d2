use clap::Args;

use super::change::enabled_keys;
use crate::client::PolicyEdit;
use crate::commands::caution::ask;
use crate::commands::complete;
use crate::commands::uses::say_who_loses;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::plan::policy_change;
use crate::view::change::{Changed, HeldBack};
use clawctl_wire::id::check_id;
use clawctl_wire::policy::Policy;

/// Switch a policy off; its keys stop working at once
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl policy disable team_alpha
  clawctl policy disable team_alpha --yes")]
pub struct Disable {
    /// Id of the policy
    #[arg(add = complete::policies())]
    id: String,
}

pub(super) async fn run(ctx: &Ctx, args: Disable) -> Result<Changed<Policy>> {
    check_id(&args.id)?;
    let client = ctx.client()?;
    let before = client.policy(&args.id).await?;
    let edit = PolicyEdit { enabled: Some(false), ..PolicyEdit::default() };
    let after = edit.apply(&before);
    let keys = enabled_keys(client, &args.id).await?;
    let mut change = policy_change(Some(&before), &after, Some(keys));
    if change.is_empty() {
        return Ok(Changed { change, now: before, dry_run: false, request: None });
    }
    say_who_loses(ctx, client, [&mut change]).await;
    if ctx.settings.dry_run {
        let request = HeldBack {
            method: "POST",
            path: format!("/v1/admin/policies/{}/revoke", args.id),
            body: serde_json::Value::Null,
        };
        return Ok(Changed { change, now: after, dry_run: true, request: Some(request) });
    }
    ask(ctx, &change, &[])?;
    // The router's own verb changes nothing else, whatever somebody else wrote meanwhile.
    let now = client.disable_policy(&args.id).await?;
    Ok(Changed { change, now, dry_run: false, request: None })
}
