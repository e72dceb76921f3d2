use std::collections::BTreeSet;

use clap::Args;

use super::email::email;
use crate::client::{GrantsEdit, IfMissing, SetEdit, UserEdit};
use crate::commands::complete;
use crate::commands::lock_out::LockOutFlag;
use crate::commands::write::Proposal;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::plan::grants_change;
use crate::view::View;
use crate::view::change::HeldBack;
use clawctl_wire::id::check_id;
use clawctl_wire::user::grants_path;

/// Bind policies to a user's address, or unbind them
///
/// The policies that are bound already stay: the router takes a write for the whole list, so the
/// whole list is sent. What the user holds through groups and rules is not touched, and keys do
/// not depend on any of it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl user grant ada@example.com --policy team_alpha
  clawctl user grant ada@example.com --policy ops --remove-policy team_alpha --dry-run
  clawctl user grant ada@example.com --no-policies --yes")]
pub struct Grant {
    /// Address of the user
    #[arg(add = complete::users())]
    email: String,

    /// Policy to bind; repeat it for more
    #[arg(long = "policy", value_name = "ID", value_delimiter = ',')]
    #[arg(add = complete::policies())]
    policies: Vec<String>,

    /// Policy to unbind
    #[arg(long = "remove-policy", value_name = "ID", value_delimiter = ',')]
    #[arg(add = complete::policies())]
    remove_policies: Vec<String>,

    /// Unbind every policy from the address
    #[arg(long, conflicts_with_all = ["policies", "remove_policies"])]
    no_policies: bool,

    /// Register the address if the router does not know it
    #[arg(long)]
    create: bool,

    #[command(flatten)]
    lock_out: LockOutFlag,
}

pub(super) async fn run(ctx: &Ctx, args: Grant) -> Result<impl View + use<>> {
    let email = email(&args.email)?;
    if args.policies.is_empty() && args.remove_policies.is_empty() && !args.no_policies {
        return Err(Error::usage("no policy was named")
            .hint("say `--policy ID`, `--remove-policy ID` or `--no-policies`"));
    }
    for id in args.policies.iter().chain(&args.remove_policies) {
        check_id(id)?;
    }
    let policies = SetEdit {
        only: args.no_policies.then(BTreeSet::new),
        add: args.policies.into_iter().collect(),
        remove: args.remove_policies.into_iter().collect(),
    };
    let edit = GrantsEdit { policies, user: UserEdit::default() };
    let client = ctx.client()?;
    let missing = if args.create { IfMissing::Create } else { IfMissing::Fail };
    let console = args.lock_out.console();
    let planned = client.plan_user_grants(&email, &edit, missing, console).await?;
    let held = planned.before.as_ref().map(|grants| &grants.policy_ids);
    let unbound =
        edit.policies.remove.iter().find(|id| !held.is_some_and(|held| held.contains(*id)));
    if let Some(id) = unbound {
        return Err(Error::usage(format!("policy `{id}` is not bound to {email}"))
            .hint(format!("`clawctl user show {email}` says what is held through what")));
    }
    let bindings = client.bindings().await?;
    let change = grants_change(planned.before.as_ref(), &planned.after, &bindings);
    let request = HeldBack::put(grants_path(&email), planned.after.put_body());
    Proposal::new(change, planned.before.clone(), planned.after.clone(), request)
        .carry_out(ctx, client, async || Ok(client.write_user_grants(&planned).await?))
        .await
}
