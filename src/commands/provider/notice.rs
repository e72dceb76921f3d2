//! What to know of a provider before it is used.

use crate::ctx::Ctx;
use crate::router::manifest::Manifests;
use crate::settings::Target;

/// The notice of the manifest in force. A remote router does not send its manifests, so a short
/// one stands in for those providers that clawctl brings along.
pub(super) fn notice(ctx: &Ctx, id: &str) -> Option<String> {
    match &ctx.settings.target {
        Target::Embedded => {
            let manifests = Manifests::load(Some(&ctx.settings.home.providers()));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_a_notice_here_has_one_on_a_remote_router() {
        for manifest in &Manifests::bundled() {
            let id = &manifest.provider.id;
            assert_eq!(manifest.notice.is_some(), of_remote(id).is_some(), "{id}");
        }
    }
}
