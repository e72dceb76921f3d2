use clap::Args;

use super::list::row;
use super::vitals;
use crate::commands::complete;
use crate::commands::policy::flags::unknown_provider;
use crate::commands::terms::notice;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::provider::ProviderDetail;

/// Show one provider with its endpoints, models and prices
///
/// A provider whose manifest says where it tells how it is, such as a local server, is asked there,
/// for three seconds at most. That costs nothing and carries no secret; `provider check` makes a
/// real request.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl provider show openai
  clawctl provider show azure-openai -o json | jq .missingConfig")]
pub struct Show {
    /// Id of the provider
    #[arg(add = complete::providers())]
    id: String,
}

pub(super) async fn run(ctx: &Ctx, args: Show) -> Result<ProviderDetail> {
    let client = ctx.client()?;
    ctx.say_judge();
    let status = client.provider_status().await?;
    let known: Vec<&str> = status.iter().map(|ready| ready.id.as_str()).collect();
    let Some(ready) = status.iter().find(|ready| ready.id == args.id) else {
        return Err(unknown_provider(&args.id, &known));
    };
    let connections = client.connections().await?;
    let connection = connections.iter().find(|c| c.provider_id == args.id);
    let snapshot = client.providers().await?;
    let provider = snapshot.providers.into_iter().find(|p| p.id == args.id).unwrap_or_default();
    Ok(ProviderDetail {
        row: row(ctx, ready, connection),
        required_config: ready.required_config.clone(),
        optional_config: ready.optional_config.clone(),
        executable_endpoints: ready.executable_endpoints.clone(),
        last_checked_at: ready.last_checked_at.clone(),
        endpoints: provider.endpoints,
        models: provider.models,
        notice: notice(ctx, &args.id),
        health: vitals::look(ctx, &args.id).await,
    })
}
