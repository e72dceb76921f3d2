use clap::Args;

use super::from::{Found, FromFlags};
use crate::commands::complete;
use crate::commands::policy::flags::nearest;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::view::catalog::CatalogDetail;

/// Show one model with all of its prices
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl catalog show openai/gpt-5.6
  clawctl catalog show anthropic/claude-opus-4-8 --policy team_alpha
  clawctl catalog show openai/gpt-5.6 -o json | jq .pricing")]
pub struct Show {
    /// Id of the model, with its provider
    #[arg(add = complete::models())]
    model: String,

    #[command(flatten)]
    from: FromFlags,
}

pub(super) async fn run(ctx: &Ctx, args: Show) -> Result<CatalogDetail> {
    let found = args.from.find(ctx).await?;
    match found.rows.iter().find(|row| row.model == args.model) {
        Some(row) => Ok(CatalogDetail { row: row.clone(), notes: found.notes }),
        None => Err(missing(&found, &args.model)),
    }
}

/// The router may know a model that is not in reach here, or pass on one that it does not list.
fn missing(found: &Found, model: &str) -> Error {
    let providers = &found.snapshot.providers;
    let listed = providers.iter().any(|p| p.models.iter().any(|known| known.id == model));
    if listed {
        return Error::not_found(format!("model `{model}` is not in reach of that policy or key"))
            .hint("leave out `--policy` or the key to see it among all");
    }
    let error = Error::not_found(format!("this router lists no model `{model}`"));
    let ids: Vec<&str> = found.rows.iter().map(|row| row.model.as_str()).collect();
    let error = match nearest(model, &ids) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint("`clawctl catalog list` shows those it lists"),
    };
    let passed_on = providers.iter().find(|provider| {
        let prefixes = &provider.routing.model_prefixes;
        provider.class == "openai_compatible"
            && prefixes.iter().any(|prefix| model.starts_with(prefix.as_str()))
    });
    match passed_on {
        Some(provider) => {
            error.hint(format!("a request for it is passed on to {} by its prefix", provider.id))
        }
        None => error,
    }
}
