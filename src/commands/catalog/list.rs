use clap::Args;

use super::from::FromFlags;
use crate::commands::complete;
use crate::commands::policy::flags::{known_providers, nearest};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::view::catalog::{COLUMNS, CatalogList};
use clawctl_wire::model::ModelPattern;
use clawctl_wire::provider::ProviderSnapshot;

/// List models, with how to reach them, what they cost, and whether they are ready
///
/// Without `--policy` or a key it is everything that the router knows. Prices are per million
/// tokens. The transport is the one that a client such as OpenClaw would take; a model without
/// one is not for chat. Under a budget, of the policy or of the provider, a model without a price
/// is refused unless the policy has a request cost: it "needs a fixed price".
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl catalog list --ready
  clawctl catalog list --policy team_alpha
  clawctl catalog list --provider openai --capability llm.chat
  clawctl catalog list --model '*mini*' --columns model,contextTokens,reason
  pass show alice | clawctl catalog list --key-stdin -o json")]
pub struct List {
    #[command(flatten)]
    from: FromFlags,

    /// Only models of this provider; repeat it for more
    #[arg(long = "provider", value_name = "ID", value_delimiter = ',')]
    #[arg(add = complete::providers())]
    providers: Vec<String>,

    /// Only models that can do this, such as `llm.chat`
    #[arg(long, value_name = "NAME")]
    capability: Option<String>,

    /// Only models that can be used now
    #[arg(long)]
    ready: bool,

    /// Only models whose id matches, `*` for any run of characters
    #[arg(long, value_name = "PATTERN", add = complete::models())]
    model: Option<ModelPattern>,
}

pub(super) async fn run(ctx: &Ctx, args: List) -> Result<CatalogList> {
    ctx.check_columns(COLUMNS)?;
    let mut found = args.from.find(ctx).await?;
    known_providers(&found.snapshot, &args.providers)?;
    if let Some(capability) = &args.capability {
        check_capability(&found.snapshot, capability)?;
    }
    found.rows.retain(|row| {
        (args.providers.is_empty() || args.providers.contains(&row.provider))
            && args.capability.as_ref().is_none_or(|wanted| row.capabilities.contains(wanted))
            && args.model.as_ref().is_none_or(|pattern| pattern.matches(&row.model))
            && (!args.ready || row.is_ready())
    });
    Ok(CatalogList { rows: found.rows, notes: found.notes })
}

/// A mistyped capability would look like a router that has no such model.
fn check_capability(snapshot: &ProviderSnapshot, wanted: &str) -> Result<()> {
    let models = snapshot.providers.iter().flat_map(|provider| &provider.models);
    let mut known: Vec<&str> =
        models.flat_map(|model| &model.capabilities).map(String::as_str).collect();
    known.sort_unstable();
    known.dedup();
    if known.contains(&wanted) {
        return Ok(());
    }
    let error = Error::usage(format!("no model of this router can do `{wanted}`"));
    Err(match nearest(wanted, &known) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint(format!("there are: {}", known.join(", "))),
    })
}
