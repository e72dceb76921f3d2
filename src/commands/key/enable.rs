use clap::Args;

use super::edit::carry_out;
use crate::client::CredentialEdit;
use crate::commands::complete;
use crate::commands::key_source::KeySourceFlags;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::journal::Kind;
use crate::lifecycle::steps::unfinished;
use crate::view::change::Changed;
use clawctl_wire::credential::Credential;
use clawctl_wire::id::check_key_id;

/// Make a revoked key work again
///
/// A router of the plain contract wants the hash of the secret for this. It is known here if the
/// key was issued from here; else give the key itself.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl key enable alice
  pass show router/alice | clawctl key enable alice --key-stdin")]
pub struct Enable {
    /// Id of the key
    #[arg(add = complete::keys())]
    id: String,

    #[command(flatten)]
    key_source: KeySourceFlags,
}

/// A key whose issue was cut off is one that nobody may hold yet. Who has it can show it.
fn refuse_unfinished(ctx: &Ctx, args: &Enable) -> Result<()> {
    let id = &args.id;
    // A rotation, and a key that is about to be succeeded, leave the old secret as it was.
    let unfinished = unfinished(ctx, id)?
        .filter(|entry| entry.kind != Kind::Rotate && entry.credential_id == *id);
    match unfinished {
        Some(entry) if !args.key_source.is_given() => {
            Err(Error::conflict(format!("the issue of key `{id}` was cut off"))
                .hint(format!("finish it with `{}`", entry.resume_command())))
        }
        _ => Ok(()),
    }
}

pub(super) async fn run(ctx: &Ctx, args: Enable) -> Result<Changed<Credential>> {
    check_key_id(&args.id)?;
    refuse_unfinished(ctx, &args)?;
    let edit = CredentialEdit { enabled: Some(true), ..CredentialEdit::default() };
    let changed = carry_out(ctx, &args.id, &edit, &args.key_source).await?;
    if !changed.now.policy_enabled {
        ctx.ui.warning(format!(
            "its policy {} is disabled, so it does not work",
            changed.now.policy_id
        ));
    }
    if changed.now.principal_enabled == Some(false) {
        let owner = changed.now.principal_id.as_deref().unwrap_or_default();
        ctx.ui.warning(format!("its owner {owner} is disabled, so it does not work"));
        ctx.ui.hint(format!("run `clawctl user enable {owner}`"));
    }
    Ok(changed)
}
