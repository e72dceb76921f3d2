use clap::Args;
use url::Url;

use super::access::AccessFlags;
use super::proof::prove;
use super::token::TokenFlags;
use crate::config::{Config, Context, check_context, parse_url, shown};
use crate::credential::Stored;
use crate::ctx::Ctx;
use crate::env;
use crate::error::{Error, Result};
use crate::view::context::ContextDetail;

/// Where the project's own deployment is; offered, never assumed.
const OFFERED_URL: &str = "https://clawrouter.openclaw.ai";

/// Add a router, and log in to it
///
/// The admin token comes from a hidden prompt, from standard input, a file or an environment
/// variable. It is tried on the router, then kept in the keychain, or in a file for your eyes
/// only where there is none. Nothing is stored if the router does not take it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl context add prod https://clawrouter.example.com --use
  clawctl context add openclaw --yes --token-file token.txt
  pass show clawrouter | clawctl context add prod https://clawrouter.example.com --token-stdin
  clawctl context add edge https://router.example.com --access --token-env ROUTER_TOKEN
  clawctl context add lab http://10.0.0.5:8787 --insecure-http --token-file token.txt")]
pub struct Add {
    /// Name of the new context
    name: String,

    /// Address of the router; without it, https://clawrouter.openclaw.ai is offered, and taken
    /// with `--yes`
    url: Option<String>,

    /// Make it the current context
    #[arg(long = "use")]
    make_current: bool,

    /// Store the login without trying it on the router
    #[arg(long)]
    no_check: bool,

    #[command(flatten)]
    token: TokenFlags,

    #[command(flatten)]
    access: AccessFlags,
}

pub(super) async fn run(ctx: &Ctx, args: Add) -> Result<ContextDetail> {
    let name = args.name.as_str();
    let url = match &args.url {
        Some(text) => parse_url(text)?,
        None => parse_url(&ctx.ui.ask_or("URL of the router", "URL", OFFERED_URL)?)?,
    };
    check_context(name, &url)?;
    check_free(&ctx.settings.config, name, &url)?;
    let insecure_http = ctx.settings.insecure_http;
    // An address that may not be used is refused before a secret is asked for.
    ctx.dial(&url, insecure_http, None, None)?;
    let token = args.token.read(ctx, &format!("admin token for {name} (hidden)"))?;
    let access = args.access.read(ctx)?;
    if !args.no_check {
        prove(ctx, &url, insecure_http, &token, access.as_ref()).await?;
    }
    let (config, was_there) = super::edit(ctx, |config| {
        // Another process may have added one of this name since.
        check_free(config, name, &url)?;
        let was_there = config.contexts.contains_key(name);
        let context = Context { url: url.clone(), insecure_http, access: access.is_some() };
        config.put(name, context);
        if args.make_current {
            config.set_current(Some(name));
        }
        Ok(was_there)
    })?;
    let stored = Stored { admin_token: Some(token), ..Stored::default() }.with_access(access);
    let saved = match ctx.settings.dry_run {
        true => Ok(None),
        false => ctx.token_store().save(name, &url, stored).map(Some),
    };
    if saved.is_err() && !was_there {
        // A context that nobody can use would only be in the way.
        let _ = super::edit(ctx, |config| {
            config.remove(name);
            Ok(())
        });
    }
    let place = saved?;
    super::warn_of_environment(ctx, &[env::ADMIN_TOKEN]);
    if args.make_current {
        super::warn_of_environment(ctx, &[env::BASE_URL, env::CONTEXT]);
    } else {
        ctx.ui.hint(format!("`clawctl context use {name}` makes it the current one"));
    }
    let row = super::row(ctx, &config, name)?;
    Ok(ContextDetail::new(row, super::token_place(place.as_ref())).done("added"))
}

/// The same context again is a login; another one of that name is a conflict.
fn check_free(config: &Config, name: &str, url: &Url) -> Result<()> {
    match config.contexts.get(name) {
        Some(there) if there.url != *url => Err(Error::conflict(format!(
            "context `{name}` is there already, for {}",
            shown(&there.url)
        ))
        .hint("choose another name")
        .run("or remove it", format!("clawctl context remove {name}"))),
        _ => Ok(()),
    }
}
