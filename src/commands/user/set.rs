use clap::Args;

use super::email;
use crate::client::{IfMissing, SetEdit, UserEdit};
use crate::commands::complete;
use crate::commands::lock_out::LockOutFlag;
use crate::commands::policy::flags::{either, words};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::view::View;
use clawctl_wire::user::groups;

/// Change what is named of a user, and nothing else
///
/// The user is read, changed in the named fields, written with every field, read back and
/// compared. `--no-retention` also holds for requests with keys whose principal this is.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl user set ada@example.com --add-group platform
  clawctl user set ada@example.com --tenant acme --remove-group night --dry-run
  clawctl user set new@example.com --create --no-retention")]
pub struct Set {
    /// Address of the user
    #[arg(add = complete::users())]
    email: String,

    /// Tenant that the user belongs to
    #[arg(long, value_name = "NAME", add = complete::tenants())]
    tenant: Option<String>,

    /// Group to add
    #[arg(long = "add-group", value_name = "NAME", value_delimiter = ',')]
    #[arg(add = complete::groups())]
    add_groups: Vec<String>,

    /// Group to take away; one that a rule gives comes back with the next reconciliation
    #[arg(long = "remove-group", value_name = "NAME", value_delimiter = ',')]
    #[arg(add = complete::groups())]
    remove_groups: Vec<String>,

    /// Let the router keep request contents for thirty days
    #[arg(long)]
    retention: bool,

    /// Do not let the router keep request contents
    #[arg(long, conflicts_with = "retention")]
    no_retention: bool,

    /// Register the address if the router does not know it
    #[arg(long)]
    create: bool,

    #[command(flatten)]
    lock_out: LockOutFlag,
}

pub(super) async fn run(ctx: &Ctx, args: Set) -> Result<impl View + use<>> {
    let edit = UserEdit {
        tenant: args.tenant.as_deref().map(|text| words("--tenant", text)).transpose()?,
        groups: changed_groups(&args.add_groups, &args.remove_groups),
        retention_disabled: either(args.no_retention, args.retention),
        enabled: None,
    };
    if edit == UserEdit::default() && !args.create {
        return Err(Error::usage("nothing to change was named")
            .hint("`clawctl user set --help` lists what can be changed"));
    }
    let missing = if args.create { IfMissing::Create } else { IfMissing::Fail };
    email::edit(ctx, &args.email, &edit, missing, args.lock_out.console()).await
}

/// Groups to add and to take away, as the router spells them.
pub(in crate::commands) fn changed_groups(add: &[String], remove: &[String]) -> SetEdit {
    let spelled = |names: &[String]| groups(names.iter().map(String::as_str)).into_iter().collect();
    SetEdit { only: None, add: spelled(add), remove: spelled(remove) }
}
