//! Fusion as the lists of a key show it: like a provider with one model.

use super::part;
use crate::decision::Scope;
use crate::manifest::{Manifest, Manifests};
use clawctl_wire::catalog::{Readiness, ReadinessStatus};
use clawctl_wire::fusion::FusionConfig;

/// The provider that there is none of.
pub(crate) const PROVIDER: &str = "clawrouter";

pub(crate) const DISPLAY_NAME: &str = "ClawRouter Fusion";

/// Whether keys of a policy can use fusion. Nothing where they are not to know of it: it is off, or
/// the model that answers is beyond their reach.
pub(crate) fn readiness(
    config: &FusionConfig,
    manifests: &Manifests,
    scope: &Scope<'_>,
    of: &dyn Fn(&Manifest) -> Readiness,
) -> Option<Readiness> {
    if !config.enabled {
        return None;
    }
    let (aggregator, endpoint) = part(manifests, &config.aggregator_model)?;
    let provider = &aggregator.manifest.provider;
    if !scope.has_provider(&provider.id) || !scope.has_model(&aggregator.model.id) {
        return None;
    }
    let own = of(aggregator.manifest);
    let priced = !scope.lacks_price(&aggregator.model);
    let executable = own.executable_endpoints.contains(&endpoint.id) && priced;
    let mut reasons = Vec::new();
    if !priced {
        reasons.push("A budget counts what its aggregator costs, and nothing says that.".into());
    } else if !executable {
        let reason = own.reasons.into_iter().next();
        reasons.push(reason.unwrap_or_else(|| "Its aggregator cannot be called.".to_owned()));
    }
    let is_ready = |model: &&String| {
        part(manifests, model).is_some_and(|(adviser, endpoint)| {
            let provider = &adviser.manifest.provider;
            scope.has_provider(&provider.id)
                && scope.has_model(&adviser.model.id)
                && of(adviser.manifest).executable_endpoints.contains(&endpoint.id)
        })
    };
    let (ready, all) =
        (config.adviser_models.iter().filter(is_ready).count(), config.adviser_models.len());
    if ready < all {
        let advisers = if all == 1 { "adviser" } else { "advisers" };
        reasons.push(format!(
            "{ready} of {all} {advisers} can be asked; it answers without the rest."
        ));
    }
    Some(Readiness {
        id: PROVIDER.to_owned(),
        display_name: DISPLAY_NAME.to_owned(),
        class: "virtual_router".to_owned(),
        service_kind: "model_router".to_owned(),
        required_config: Vec::new(),
        optional_config: Vec::new(),
        missing_config: Vec::new(),
        config_present: true,
        connection_enabled: true,
        oauth_grant_required: false,
        oauth_grant_count: 0,
        upstream_grant_count: own.upstream_grant_count,
        openai_compatible: true,
        manifest_routes: 1,
        executable_endpoints: if executable {
            vec!["chat_completions".to_owned()]
        } else {
            Vec::new()
        },
        model_count: 1,
        executable,
        verified: executable && own.verified,
        last_checked_at: own.last_checked_at,
        latency_ms: own.latency_ms,
        status: ReadinessStatus::from(if executable { "configured" } else { "unavailable" }),
        reasons,
    })
}
