//! Proving a login before anything is stored.

use url::Url;

use crate::client;
use crate::credential::AccessToken;
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Hint, Inspection, Result};
use crate::view::router::counted;
use clawctl_secret::Secret;

/// Asks the router at an address for its health, then for something that only an admin may see.
pub(super) async fn prove(
    ctx: &Ctx,
    url: &Url,
    insecure_http: bool,
    token: &Secret,
    access: Option<&AccessToken>,
) -> Result<()> {
    let client = ctx.dial(url, insecure_http, Some(token), access)?;
    let health = client.health().await.map_err(not_proved)?;
    let service = if health.service.is_empty() { "a router" } else { &health.service };
    ctx.ui.detail(format!("{} answers as {service}.", client.place()));
    let overview = client.overview().await.map_err(not_proved)?;
    let policies = counted(overview.policies_total, "policy", "policies");
    let keys = counted(overview.keys_total, "key", "keys");
    ctx.ui.status(format!("The router takes the token: it has {policies} and {keys}."));
    Ok(())
}

fn not_proved(e: client::Error) -> Error {
    let mut error = Error::from(e);
    if error.exit == Exit::DENIED {
        // The usual hints speak of a login that is stored; this one never was.
        error.hints.retain(|hint| !matches!(hint, Hint::AdminToken | Hint::Login));
        return error.hint("nothing was stored; check the token and the URL");
    }
    error.hints.retain(|hint| !hint.sends_to(Inspection::Status));
    error.hint("nothing was stored; `--no-check` stores it without asking the router")
}
