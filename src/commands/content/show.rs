use clap::Args;

use crate::client;
use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::view;

/// The longest tenant or reference that a router looks up.
const PARAM_CHARS_MAX: usize = 256;

/// Show a request that was kept, with its prompt
///
/// A router keeps the bodies of requests to models for thirty days, where their policy says so
/// (`clawctl policy show`). It is the body as it went to the provider: whatever a person typed is
/// in it in clear. `usage events` names the reference in `content_ref` and the tenant in
/// `tenant_id`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl usage events --columns time,tenant_id,content_ref
  clawctl content show acme content_01j9
  clawctl content show acme content_01j9 --body | jq .messages")]
pub struct Show {
    /// Tenant of the policy, at the time of the request
    #[arg(add = complete::tenants())]
    tenant: String,

    /// Reference of the content
    #[arg(value_name = "REF", add = complete::contents())]
    reference: String,

    /// Print only the body, as JSON
    #[arg(long)]
    body: bool,
}

pub(super) async fn run(ctx: &Ctx, args: Show) -> Result<view::content::Content> {
    for (what, text) in [("tenant", &args.tenant), ("reference", &args.reference)] {
        if !(1..=PARAM_CHARS_MAX).contains(&text.chars().count()) {
            return Err(Error::usage(format!("a {what} has 1 to {PARAM_CHARS_MAX} characters")));
        }
    }
    let request = ctx.client()?.content(&args.tenant, &args.reference).await.map_err(explained)?;
    ctx.ui.warning("this is a prompt in clear text; anyone who sees the output can read it");
    Ok(view::content::Content { request, body_only: args.body })
}

fn explained(e: client::Error) -> Error {
    let missing = matches!(e, client::Error::Missing { .. });
    let error = Error::from(e);
    if !missing {
        return error;
    }
    error
        .hint("it is kept for a while, and only if the policy says so; tenants count, too")
        .hint("`clawctl usage events --columns time,tenant_id,content_ref` names what there is")
}
