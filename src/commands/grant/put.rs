use std::slice;

use clap::Args;

use super::change::carry_out;
use super::flags::GrantFlags;
use super::name::GrantName;
use super::secrets::SecretFlags;
use crate::client::{Change, Client};
use crate::commands::complete;
use crate::commands::policy::flags::known_providers;
use crate::commands::terms::agree;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::view::View;
use clawctl_wire::grant::{GrantKey, GrantScope, PutGrant};

/// Give a policy or a tenant an upstream secret, or a grant another secret
///
/// Requests under the policy, or under any policy of the tenant, are then sent with it. Secrets
/// come from a hidden prompt, standard input, a file or an environment variable, and never come
/// back. What is not named stays as it is; a grant that was revoked works again.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl grant put policies/team/main --provider openai
  pass show openai | clawctl grant put main --policy team --provider openai --credential-stdin
  clawctl grant put shared --tenant acme --provider openai \\
    --access-token-env AT --refresh-token-env RT --expires 1h \\
    --token-url https://login.example/token --client-id my-client
  clawctl grant put aws --policy team --provider aws-bedrock \\
    --field-env accessKeyId=AWS_ACCESS_KEY_ID --field-env secretAccessKey=AWS_SECRET_ACCESS_KEY")]
pub struct Put {
    #[command(flatten)]
    name: GrantName,

    /// Provider that it is for; a new grant needs one
    #[arg(long, value_name = "ID", add = complete::providers())]
    provider: Option<String>,

    #[command(flatten)]
    flags: GrantFlags,

    #[command(flatten)]
    secrets: SecretFlags,
}

pub(super) async fn run(ctx: &Ctx, args: Put) -> Result<impl View + use<>> {
    let key = args.name.key()?;
    let mut edit = args.flags.edit(ctx)?;
    let client = ctx.client()?;
    let present = client.grants().await?.into_iter().find(|g| g.name().as_ref() == Some(&key));
    let provider = match (&args.provider, &present) {
        (Some(provider), _) => provider.clone(),
        (None, Some(grant)) if !grant.provider.is_empty() => grant.provider.clone(),
        (None, _) => ctx.ui.ask("provider that it is for", "--provider ID")?,
    };
    if present.is_none() {
        warn_of_missing_holder(ctx, client, &key).await?;
    }
    known_providers(&client.providers().await?, slice::from_ref(&provider))?;
    let kind = match (args.flags.kind(), &present) {
        (Some(kind), _) => kind,
        (None, Some(grant)) if grant.revoked_at.is_none() => grant.kind.clone(),
        (None, _) => args.secrets.kind(),
    };
    agree(ctx, &provider)?;
    let renews = matches!(edit.refresh, Change::Set(_));
    let secrets = args.secrets.read(ctx, &kind, renews)?;
    edit.provider = Some(provider.clone());
    edit.kind = Some(kind.clone());
    if present.as_ref().is_some_and(|grant| grant.revoked_at.is_some()) {
        // A grant without a secret was switched off with it, and is to be used again.
        edit.enabled = Some(true);
    }
    let new = PutGrant::with_defaults(&provider, kind);
    let planned = client.plan_grant(&key, &edit, secrets, Some(new)).await?;
    if planned.before.is_none() && planned.secrets.is_empty() {
        return Err(Error::usage("a new grant needs a secret"));
    }
    carry_out(ctx, client, planned).await
}

/// A router takes a grant of somebody who is not there, and then sends nothing with it.
async fn warn_of_missing_holder(ctx: &Ctx, client: &Client, key: &GrantKey) -> Result<()> {
    let policies = client.policies().await?;
    let id = &key.scope_id;
    let (is_there, what) = match key.scope {
        GrantScope::Policies => {
            (policies.iter().any(|p| p.policy_id == *id), format!("there is no policy `{id}`"))
        }
        GrantScope::Tenants => (
            policies.iter().any(|p| p.tenant_id == *id),
            format!("no policy belongs to a tenant `{id}`"),
        ),
    };
    if !is_there {
        ctx.ui.warning(format!("{what} on this router, so nothing is sent with the grant yet"));
    }
    Ok(())
}
