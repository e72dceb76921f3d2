//! `clawctl router provider`: the manifests that the embedded router works with.

mod check;
mod list;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::view::router::ManifestRow;
use clawctl_router::manifest::Manifest;

#[derive(Debug, Subcommand)]
pub enum Provider {
    List(list::List),
    Check(check::Check),
}

pub(super) fn run(ctx: &Ctx, verb: Provider) -> Result<Exit> {
    match verb {
        Provider::List(args) => ctx.show(list::run(ctx, &args)?),
        Provider::Check(args) => ctx.show(check::run(ctx, &args)?),
    }
}

fn row(manifest: &Manifest) -> ManifestRow {
    let provider = &manifest.provider;
    ManifestRow {
        id: provider.id.clone(),
        display_name: provider.display_name.clone(),
        status: provider.status.clone(),
        models: provider.models.len(),
        endpoints: provider.endpoints.len(),
        base_url: provider.base_urls.get("default").cloned(),
        config_keys: provider.config_keys.clone(),
        file: manifest.path.as_ref().map(|path| path.display().to_string()),
        notice: manifest.notice.clone(),
    }
}
