use clap::Args;

use crate::config::{Config, EMBEDDED};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::settings::Source;
use crate::view::context::{COLUMNS, ContextRow};
use crate::view::{self};

/// List contexts
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl context list
  clawctl context list -o json | jq -r '.[] | select(.current) | .url'")]
pub struct List {}

pub(super) fn run(ctx: &Ctx, _: &List) -> Result<view::List<ContextRow>> {
    ctx.check_columns(COLUMNS)?;
    let config: &Config = &ctx.settings.config;
    let names = [EMBEDDED].into_iter().chain(config.contexts.keys().map(String::as_str));
    let rows = names.map(|name| super::row(ctx, config, name)).collect::<Result<Vec<_>>>()?;
    if let Some(trouble) = &ctx.settings.trouble {
        ctx.ui.warning(&trouble.message);
    } else if let source @ (Source::Flag(_) | Source::Variable(_)) = &ctx.settings.target_source {
        let name = ctx.settings.target.context().unwrap_or("an address without a context");
        ctx.ui.status(format!("In force: {name}, by {source}."));
    }
    Ok(view::List { rows, columns: COLUMNS, empty: "No contexts." })
}
