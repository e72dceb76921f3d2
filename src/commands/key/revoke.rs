use clap::Args;

use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::view;
use crate::view::key::COLUMNS;
use crate::view::router::counted;
use clawctl_wire::credential::Credential;
use clawctl_wire::id::check_id;

/// Revoke keys; they stop working at once
///
/// A request that is under way is not interrupted. A revoked key can be enabled again.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl key revoke alice
  clawctl key revoke alice bob --yes
  clawctl key list --policy 'trial_*' -o csv --columns credentialId --no-header | \\
    xargs clawctl key revoke --yes")]
pub struct Revoke {
    /// Ids of the keys
    #[arg(required = true, value_name = "ID", add = complete::keys())]
    ids: Vec<String>,
}

pub(super) async fn run(ctx: &Ctx, args: Revoke) -> Result<view::List<Credential>> {
    for id in &args.ids {
        check_id(id)?;
    }
    ctx.check_columns(COLUMNS)?;
    let client = ctx.client()?;
    let known = client.credentials_where(|key| args.ids.contains(&key.credential_id)).await?;
    let find = |id: &String| known.iter().find(|key| key.credential_id == *id);
    let named: Vec<_> = args.ids.iter().filter_map(find).collect();
    let live = named.iter().filter(|key| key.enabled).count();
    let list = |rows| view::List { rows, columns: COLUMNS, empty: "No key was revoked." };
    for id in args.ids.iter().filter(|id| find(id).is_none()) {
        let missing = Error::not_found(format!("no key `{id}` on this router"));
        if args.ids.len() == 1 {
            return Err(missing);
        }
        ctx.ui.failure(&missing);
    }
    if ctx.settings.dry_run {
        let keys = counted(named.len() as u64, "key", "keys");
        ctx.ui.status(format!("{live} enabled of {keys} would be revoked."));
        return Ok(list(named.into_iter().cloned().collect()));
    }
    if live > 0 {
        let question = match named.as_slice() {
            [one] => format!("Revoke key {} of policy {}?", one.credential_id, one.policy_id),
            many => format!("Revoke {} keys, {live} of them enabled?", many.len()),
        };
        ctx.confirm(&question)?;
    }
    let mut rows = Vec::new();
    for key in named {
        match client.revoke_credential(&key.credential_id).await {
            Ok(revoked) => rows.push(revoked),
            Err(e) if args.ids.len() == 1 => return Err(e.into()),
            Err(e) => {
                let mut error = Error::from(e);
                error.message = format!("key `{}`: {}", key.credential_id, error.message);
                ctx.ui.failure(&error);
            }
        }
    }
    Ok(list(rows))
}
