use clap::Args;

use super::access::AccessFlags;
use super::proof::prove;
use super::token::TokenFlags;
use crate::commands::complete;
use crate::config::{Context, EMBEDDED};
use crate::credential::{self, Stored};
use crate::ctx::Ctx;
use crate::env;
use crate::error::{Error, Result};
use crate::view::context::ContextDetail;

/// Replace the admin token of a context
///
/// The new token is tried on the router first. The old one is forgotten only when the new one
/// is stored.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl context login prod
  pass show clawrouter | clawctl context login prod --token-stdin
  clawctl context login edge --access --token-env ROUTER_TOKEN")]
pub struct Login {
    /// Name of the context; without it, the one in force
    #[arg(add = complete::contexts())]
    name: Option<String>,

    /// Store the login without trying it on the router
    #[arg(long)]
    no_check: bool,

    #[command(flatten)]
    token: TokenFlags,

    #[command(flatten)]
    access: AccessFlags,
}

pub(super) async fn run(ctx: &Ctx, args: Login) -> Result<ContextDetail> {
    let name = super::named_or_in_force(ctx, args.name)?;
    if name == EMBEDDED {
        return Err(Error::usage("the router in this program needs no login")
            .hint("name a context; `clawctl context list` shows them"));
    }
    let context = ctx.settings.config.context(&name)?.clone();
    let insecure_http = context.insecure_http || ctx.settings.insecure_http;
    ctx.dial(&context.url, insecure_http, None, None)?;
    let token = args.token.read(ctx, &format!("admin token for {name} (hidden)"))?;
    let mut access = args.access.read(ctx)?;
    if access.is_none() && context.access {
        // The other half of the login stays what it was, unless it was for another router.
        let stored = ctx.token_store().load(&name)?;
        let origin = credential::origin(&context.url);
        access = stored
            .filter(|(stored, _)| stored.origin.as_ref().is_none_or(|it| *it == origin))
            .and_then(|(mut stored, _)| stored.take_access());
    }
    if !args.no_check {
        prove(ctx, &context.url, insecure_http, &token, access.as_ref()).await?;
    }
    let (config, place) = super::edit(ctx, |config| {
        let now = config.context(&name)?.clone();
        if now.url != context.url {
            return Err(Error::conflict(format!("context `{name}` was changed by someone else")));
        }
        config.put(&name, Context { access: access.is_some(), ..now });
        let stored = Stored { admin_token: Some(token), ..Stored::default() }.with_access(access);
        match ctx.settings.dry_run {
            true => Ok(None),
            false => ctx.token_store().save(&name, &context.url, stored).map(Some),
        }
    })?;
    super::warn_of_environment(ctx, &[env::ADMIN_TOKEN]);
    let row = super::row(ctx, &config, &name)?;
    Ok(ContextDetail::new(row, super::token_place(place.as_ref())).done("has a new login"))
}
