//! What the terms behind a provider may forbid. It is said once, when the provider is connected.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{lock_privately, write_privately};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::settings::Target;

/// Says what may be forbidden, and asks whether to go on all the same. A user who agreed to it for
/// this router and this provider is not asked again; a dry run only says it.
pub fn agree(ctx: &Ctx, provider: &str) -> Result<()> {
    let Some(notice) = notice(ctx, provider) else { return Ok(()) };
    let router = ctx.journal_target();
    if agreed(ctx).get(&router).is_some_and(|providers| providers.contains(provider)) {
        return Ok(());
    }
    ctx.ui.warning(format!("{provider}: {notice}"));
    if ctx.settings.dry_run {
        return Ok(());
    }
    ctx.ui.confirm(&format!("Connect {provider} all the same?"))?;
    if let Err(error) = remember(ctx, router, provider) {
        ctx.ui.detail(format!("that you agreed is not remembered: {error}"));
    }
    Ok(())
}

/// The notice of the manifest in force. A remote router does not send its manifests, so a short
/// one stands in for those providers that clawctl brings along.
pub fn notice(ctx: &Ctx, id: &str) -> Option<String> {
    match &ctx.settings.target {
        Target::Embedded => {
            let manifests = ctx.embedded().ok()?.manifests();
            manifests.get(id).and_then(|manifest| manifest.notice.clone())
        }
        Target::Remote { .. } => of_remote(id).map(str::to_owned),
    }
}

fn of_remote(id: &str) -> Option<&'static str> {
    match id {
        "claude-max-proxy" => Some(
            "This runs on one person's Claude plan, whose terms do not permit requests of others.",
        ),
        "clawpool" => Some(
            "Requests leave under the Claude account of a stranger, which its terms do not permit.",
        ),
        _ => None,
    }
}

/// The providers that were agreed to, by router.
type Agreed = BTreeMap<String, BTreeSet<String>>;

/// A file that cannot be read only means that somebody is asked once more.
fn agreed(ctx: &Ctx) -> Agreed {
    let text = std::fs::read_to_string(ctx.settings.home.agreed_terms()).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

fn remember(ctx: &Ctx, router: String, provider: &str) -> Result<()> {
    let path = ctx.settings.home.agreed_terms();
    let locked = lock_privately(&path)?;
    let mut agreed = agreed(ctx);
    agreed.entry(router).or_default().insert(provider.to_owned());
    // Text in maps with text for keys: there is nothing here that could not be written.
    let text = serde_json::to_string_pretty(&agreed).unwrap_or_default();
    write_privately(&locked, &path, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clawctl_router::manifest::Manifests;

    #[test]
    fn a_provider_with_a_notice_here_has_one_on_a_remote_router() {
        for manifest in &Manifests::bundled() {
            let id = &manifest.provider.id;
            assert_eq!(manifest.notice.is_some(), of_remote(id).is_some(), "{id}");
        }
    }
}
