//! A system behind the router: looked at, switched on, and what it brings.

use crate::client::{self, ConnectionEdit};
use crate::commands::catalog::from::of_policy;
use crate::commands::policy::flags::unknown_provider;
use crate::commands::provider::change::{carry_out, plan};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::settings::Target;
use crate::view::upstream::UpstreamModel;

/// Refuses a router that does not know the provider, before anything is asked of anybody.
pub(super) async fn known(ctx: &Ctx, provider: &str) -> Result<()> {
    let connections = ctx.client()?.connections().await?;
    let ids: Vec<&str> = connections.iter().map(|c| c.provider_id.as_str()).collect();
    if ids.contains(&provider) {
        return Ok(());
    }
    let error = unknown_provider(provider, &ids);
    Err(match &ctx.settings.target {
        Target::Embedded => error,
        Target::Remote { .. } => {
            Error::not_found(format!("the router in force has no provider `{provider}`"))
                .hint("a ClawRouter has the providers that it was built with")
                .hint("the router in this program has it: `--context embedded`")
        }
    })
}

/// Its silence. The usual words and hints of that speak of the router.
pub(super) fn silent(e: client::Error, who: &str, hint: String) -> Error {
    let message = e.silence_of(who);
    Error { message, hints: vec![hint.into()], ..e.into() }
}

/// Switches the provider on, if it is off. Says whether that was so.
pub(super) async fn switch_on(ctx: &Ctx, provider: &str) -> Result<bool> {
    let client = ctx.client()?;
    let edit = ConnectionEdit { enabled: Some(true), ..ConnectionEdit::default() };
    let planned = plan(client, provider, &edit).await?;
    if planned.before.as_ref().is_some_and(|before| before.enabled && before.is_written()) {
        return Ok(false);
    }
    carry_out(ctx, client, planned, true).await?;
    Ok(true)
}

/// The models that the router has of it now.
pub(super) async fn models(ctx: &Ctx, provider: &str) -> Result<Vec<UpstreamModel>> {
    let found = of_policy(ctx, None).await?;
    let rows = found.rows.into_iter().filter(|row| row.provider == provider);
    Ok(rows
        .map(|row| UpstreamModel { ready: row.is_ready(), model: row.model, reason: row.reason })
        .collect())
}
