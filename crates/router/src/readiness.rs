//! Whether a provider can be called: a pure function of its manifest, its switch, its
//! configuration and its last check.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::grant::record::GrantRecord;
use super::manifest::{Manifest, is_openai_compatible, template};
use super::store::connections::ConnectionRecord;
use clawctl_wire::catalog::{ProviderHealth, Readiness, ReadinessStatus};
use clawctl_wire::policy::Policy;
use clawctl_wire::provider::{AuthScheme, Endpoint, Provider};

/// How long a live check vouches for a provider.
const CHECK_LASTS: SignedDuration = SignedDuration::from_hours(24);

/// What is known of a provider beside its manifest.
pub(crate) struct Circumstances<'a> {
    pub(crate) connection: Option<&'a ConnectionRecord>,
    pub(crate) health: Option<&'a ProviderHealth>,
    pub(crate) granted: Granted,
    /// Whether a configuration name has a value.
    pub(crate) is_set: &'a dyn Fn(&str) -> bool,
    pub(crate) now: Timestamp,
}

/// What the grants for a provider are good for, as far as the caller may use them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Granted {
    usable: u64,
    with_tokens: u64,
    /// The configuration names that they stand in for.
    supplied: BTreeSet<String>,
    /// There are some, none can be used, and nothing else is used in their place.
    is_blocked: bool,
}

impl Granted {
    /// Those that a policy may use; all of them where nobody's policy is meant.
    pub(crate) fn of<'r>(
        provider: &Provider,
        records: impl IntoIterator<Item = &'r GrantRecord>,
        policy: Option<&Policy>,
        now: Timestamp,
    ) -> Self {
        let mut granted = Self::default();
        let mut any = false;
        for record in records {
            let visible = policy.is_none_or(|policy| record.is_visible_to(policy));
            if record.provider != provider.id || !visible {
                continue;
            }
            any = true;
            if record.is_usable(now) {
                granted.usable += 1;
                granted.with_tokens += u64::from(record.facts.has_access_token);
                granted.supplied.extend(supplied(provider, record));
            }
        }
        let stays = |policy: &Policy| !policy.falls_back_to_environment();
        granted.is_blocked = any && granted.usable == 0 && policy.is_some_and(stays);
        granted
    }
}

/// The configuration names that a grant stands in for: those of the one secret that a scheme takes,
/// or of what is in its bundle.
fn supplied(provider: &Provider, record: &GrantRecord) -> Vec<String> {
    let kinds = provider.auth.schemes.iter().filter_map(|scheme| match scheme {
        AuthScheme::Bearer { secret_kind, .. }
        | AuthScheme::ApiKey { secret_kind, .. }
        | AuthScheme::QueryApiKey { secret_kind, .. } => Some(secret_kind.clone()),
        _ => None,
    });
    let fields = record.facts.credential_fields.iter().map(|field| snake(field));
    let names = kinds.chain(fields);
    names.flat_map(|name| keys(provider, &name)).collect()
}

fn keys(provider: &Provider, name: &str) -> Vec<String> {
    template::config_keys(provider, name).map(str::to_owned).collect()
}

/// `accessKeyId` as `access_key_id`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

pub(crate) fn readiness(manifest: &Manifest, known: &Circumstances<'_>) -> Readiness {
    let provider = &manifest.provider;
    let (optional, required): (Vec<_>, Vec<_>) =
        provider.config_keys.iter().cloned().partition(|key| is_optional(provider, key));
    let granted = &known.granted;
    let given = |key: &&String| (known.is_set)(key) || granted.supplied.contains(*key);
    let missing: Vec<_> = required.iter().filter(|key| !given(key)).cloned().collect();
    let withdrawn = provider.status == "disabled";
    let needs_oauth = needs_oauth(provider);
    let reachable: Vec<_> = provider
        .endpoints
        .iter()
        .filter(|endpoint| resolves(provider, endpoint, known.is_set))
        .map(|endpoint| endpoint.id.clone())
        .collect();
    let is_on = manifest.is_on(known.connection.map(|connection| connection.enabled));
    let switched_on = is_on && !withdrawn;
    let is_wanted =
        granted.usable > 0 || manifest.is_wanted(known.connection.is_some(), known.is_set);
    let lacks_token = needs_oauth && granted.with_tokens == 0;
    let configured = missing.is_empty()
        && is_wanted
        && !lacks_token
        && !granted.is_blocked
        && !reachable.is_empty();
    let executable = switched_on && configured;
    let failed = known.health.is_some_and(|health| health.status == "failed");
    let verified = known.health.is_some_and(|health| !failed && is_recent(health, known.now));
    let status = if !switched_on {
        ReadinessStatus::Disabled
    } else if !configured {
        ReadinessStatus::MissingConfig
    } else if failed {
        ReadinessStatus::Failed
    } else if verified {
        ReadinessStatus::Verified
    } else {
        ReadinessStatus::Unverified
    };
    let mut reasons = Vec::new();
    if !is_on && known.connection.is_none() {
        reasons
            .push("It is disabled until its terms are agreed to and it is connected.".to_owned());
    } else if !is_on {
        reasons.push("The connection is switched off.".to_owned());
    }
    if withdrawn {
        reasons.push("The manifest marks the provider as disabled.".to_owned());
    }
    if !missing.is_empty() {
        reasons.push(format!("Not set: {}.", missing.join(", ")));
    } else if granted.is_blocked {
        reasons.push(
            "Its grants are switched off, revoked or over, and nothing is used in their place."
                .to_owned(),
        );
    } else if lacks_token {
        reasons.push("It takes an OAuth grant, and there is none.".to_owned());
    } else if reachable.is_empty() {
        reasons.push("No address can be made from its settings.".to_owned());
    } else if !is_wanted && is_on {
        reasons.push(match optional.as_slice() {
            [] => "It needs no key, so it has to be enabled.".to_owned(),
            keys => format!("Enable it, or set {}.", keys.join(", ")),
        });
    }
    match status {
        ReadinessStatus::Failed => reasons.push("The last live check failed.".to_owned()),
        ReadinessStatus::Unverified => {
            reasons.push("It is configured; no live check has confirmed it within a day.".into());
        }
        _ => {}
    }
    Readiness {
        id: provider.id.clone(),
        display_name: provider.display_name.clone(),
        class: provider.class.clone(),
        service_kind: provider.service_kind.clone(),
        required_config: required,
        optional_config: optional,
        config_present: missing.is_empty(),
        missing_config: missing,
        connection_enabled: is_on,
        oauth_grant_required: needs_oauth,
        oauth_grant_count: granted.with_tokens,
        upstream_grant_count: granted.usable,
        openai_compatible: is_openai_compatible(provider),
        manifest_routes: provider.endpoints.len() as u64,
        executable_endpoints: if executable { reachable } else { Vec::new() },
        model_count: provider.models.len() as u64,
        executable,
        verified,
        last_checked_at: known.health.map(|health| health.checked_at.clone()),
        latency_ms: known.health.and_then(|health| health.latency_ms),
        status,
        reasons,
    }
}

/// A key that the manifest calls optional, or the secret of a scheme that can do without.
fn is_optional(provider: &Provider, key: &str) -> bool {
    let dispensable = |scheme: &AuthScheme| match scheme {
        AuthScheme::Bearer { secret_kind, required: false, .. } => {
            template::config_keys(provider, secret_kind).any(|secret| secret == key)
        }
        _ => false,
    };
    provider.optional_config_keys.iter().any(|optional| optional == key)
        || provider.auth.schemes.iter().any(dispensable)
}

/// Whether nothing but a grant lets a request in.
fn needs_oauth(provider: &Provider) -> bool {
    let schemes = &provider.auth.schemes;
    !schemes.is_empty() && schemes.iter().all(|scheme| matches!(scheme, AuthScheme::Oauth { .. }))
}

/// Whether the address of an endpoint has a value for each of its names.
fn resolves(provider: &Provider, endpoint: &Endpoint, is_set: &dyn Fn(&str) -> bool) -> bool {
    let Some(base) = provider.base_urls.get("default") else { return false };
    let filled = |name: &str| template::config_keys(provider, name).any(is_set);
    let given = |name: &str| endpoint.path_params.iter().any(|param| param == name);
    template::names(base).all(filled)
        && template::names(&endpoint.path).all(|name| given(name) || filled(name))
}

fn is_recent(health: &ProviderHealth, now: Timestamp) -> bool {
    let checked: Result<Timestamp, _> = health.checked_at.parse();
    checked.is_ok_and(|checked| now.duration_since(checked) < CHECK_LASTS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Manifests;

    fn ready(id: &str, set: &[&str]) -> Readiness {
        let manifests = Manifests::bundled();
        let known = Circumstances {
            connection: None,
            health: None,
            granted: Granted::default(),
            is_set: &|name| set.contains(&name),
            now: "2026-11-20T12:00:00Z".parse().unwrap(),
        };
        readiness(manifests.get(id).unwrap(), &known)
    }

    #[test]
    fn every_required_name_must_be_set() {
        let check = |id, set: &[&str], endpoints: &[&str], missing: &[&str]| {
            let ready = ready(id, set);
            assert_eq!(ready.executable_endpoints, endpoints, "{id} with {set:?}");
            assert_eq!(ready.missing_config, missing, "{id} with {set:?}");
            assert_eq!(ready.executable, !endpoints.is_empty(), "{id} with {set:?}");
        };
        check("openai", &[], &[], &["OPENAI_API_KEY"]);
        check("openai", &["OPENAI_API_KEY"], &["chat_completions", "embeddings", "responses"], &[]);
        check("local-openai", &["LOCAL_OPENAI_BASE_URL"], &["chat_completions"], &[]);
        check("local-openai", &["LOCAL_OPENAI_API_KEY"], &[], &["LOCAL_OPENAI_BASE_URL"]);
        check("firecrawl", &["FIRECRAWL_API_KEY"], &["scrape"], &[]);
        check("aws-bedrock", &["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"], &[], &["AWS_REGION"]);
        check(
            "azure-openai",
            &[
                "AZURE_OPENAI_API_KEY",
                "AZURE_OPENAI_ENDPOINT",
                "AZURE_OPENAI_API_VERSION",
                "AZURE_OPENAI_DEPLOYMENT",
            ],
            &["chat_completions", "embeddings"],
            &[],
        );
    }

    /// With nothing set and nothing written, as on a machine where nobody connected anything.
    #[test]
    fn no_provider_is_ready_that_nobody_asked_for() {
        let manifests = Manifests::bundled();
        let written = ConnectionRecord { enabled: true, label: None, monthly_budget: None };
        let state = |manifest: &Manifest, connection| {
            let known = Circumstances {
                connection,
                health: None,
                granted: Granted::default(),
                is_set: &|_| false,
                now: "2026-11-20T12:00:00Z".parse().unwrap(),
            };
            readiness(manifest, &known)
        };
        for manifest in &manifests {
            let ready = state(manifest, None);
            assert!(!ready.executable && !ready.reasons.is_empty(), "{ready:?}");
            assert_eq!(ready.connection_enabled, manifest.notice.is_none(), "{ready:?}");
        }
        let at = "http://127.0.0.1:1".parse().unwrap();
        for id in ["firecrawl", "claude-max-proxy"] {
            assert!(state(manifests.get(id).unwrap(), Some(&written)).executable, "{id}");
            let moved = manifests.clone().with_base_url(id, &at).unwrap();
            let ready = state(moved.get(id).unwrap(), None);
            assert_eq!(ready.executable, id == "firecrawl", "an address agrees to no terms");
        }
    }

    #[test]
    fn a_secret_that_is_not_needed_is_optional() {
        let ready = ready("local-openai", &[]);
        assert_eq!(ready.required_config, ["LOCAL_OPENAI_BASE_URL"]);
        assert_eq!(ready.optional_config, ["LOCAL_OPENAI_API_KEY"]);
    }

    #[test]
    fn the_first_of_the_obstacles_names_the_status() {
        let manifests = Manifests::bundled();
        let manifest = manifests.get("openai").unwrap();
        let check = |enabled, key, health: Option<(&str, &str)>, expected: &str| {
            let health = health.map(|(status, checked_at)| ProviderHealth {
                provider_id: "openai".into(),
                status: status.into(),
                checked_at: checked_at.into(),
                latency_ms: Some(12.5),
                status_code: Some(200),
                error: None,
            });
            let connection = ConnectionRecord { enabled, label: None, monthly_budget: None };
            let known = Circumstances {
                connection: Some(&connection),
                health: health.as_ref(),
                granted: Granted::default(),
                is_set: &|_| key,
                now: "2026-11-20T12:00:00Z".parse().unwrap(),
            };
            let ready = readiness(manifest, &known);
            assert_eq!(ready.status.as_str(), expected);
            assert_eq!(ready.verified, ready.status == ReadinessStatus::Verified);
            assert_eq!(ready.reasons.is_empty(), expected == "verified");
        };
        let fresh = "2026-11-19T12:00:01Z";
        check(false, false, None, "disabled");
        check(true, false, Some(("failed", fresh)), "missing_config");
        check(true, true, Some(("failed", fresh)), "failed");
        check(true, true, Some(("verified", fresh)), "verified");
        check(true, true, Some(("verified", "2026-11-19T12:00:00Z")), "unverified");
        check(true, true, None, "unverified");
    }
}
