//! What a manifest must keep to beyond its shape, looked at on its own.

mod model;
mod quota;

use url::Url;

use super::problem::Fault;
use super::{Manifest, template};
use crate::address::is_safe_address;
use clawctl_wire::provider::{AuthScheme, Endpoint, Provider};

const STATUSES: &[&str] = &["stable", "experimental", "deprecated", "disabled"];
const CLASSES: &[&str] = &[
    "openai_compatible",
    "anthropic_compatible",
    "rest_json",
    "rest_form",
    "oauth_rest_json",
    "cloudflare_ai_gateway",
    "custom_adapter",
];
const KINDS: &[&str] = &[
    "api_provider",
    "model_provider",
    "tool_provider",
    "oauth_platform",
    "metering_platform",
    "gateway_platform",
];
const PATH_STYLES: &[&str] = &["segment", "opaque_segment", "relative_path"];

/// The name that the router itself answers under, in the catalog and before model ids.
const OWN_ID: &str = "clawrouter";

pub(super) fn check(manifest: &Manifest) -> Vec<Fault> {
    let provider = &manifest.provider;
    let mut faults = Faults(Vec::new());
    identity(provider, &mut faults);
    auth(provider, &mut faults);
    addresses(provider, &mut faults);
    prefixes(provider, &mut faults);
    capabilities(provider, &mut faults);
    for endpoint in &provider.endpoints {
        check_endpoint(provider, endpoint, &mut faults);
    }
    for (index, model) in provider.models.iter().enumerate() {
        model::check(provider, model, index, &mut faults);
    }
    for (index, path) in manifest.health_paths.iter().enumerate() {
        let fine = path.starts_with('/') && !path.contains("${");
        let shown = path.escape_debug();
        faults.unless(
            fine,
            format!("health/paths/{index}"),
            format!("`{shown}` is not a path: it starts with a slash, and has no names to fill"),
        );
    }
    quota::check(&provider.quota, &mut faults);
    faults.0
}

/// The faults so far.
struct Faults(Vec<Fault>);

impl Faults {
    fn unless(&mut self, fine: bool, at: impl Into<String>, reason: impl Into<String>) {
        if !fine {
            self.0.push(Fault::new(at, reason));
        }
    }

    fn word(&mut self, word: &str, words: &[&str], at: impl Into<String>) {
        let shown = word.escape_debug();
        let reason = format!("`{shown}` is not one of {}", words.join(", "));
        self.unless(words.contains(&word), at, reason);
    }
}

/// Lower-case letters, digits and dashes, as ids stand in URLs and in policies.
pub(super) fn is_provider_id(id: &str) -> bool {
    let word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    id.len() <= 64
        && id.bytes().next().is_some_and(word)
        && id.bytes().all(|b| word(b) || b == b'-')
}

fn identity(provider: &Provider, faults: &mut Faults) {
    let id = provider.id.escape_debug();
    faults.unless(
        is_provider_id(&provider.id),
        "id",
        format!("`{id}` is not an id: up to 64 of a-z, 0-9 and dash, and no dash in front"),
    );
    faults.unless(provider.id != OWN_ID, "id", format!("`{id}` is the router's own name"));
    let named = !provider.display_name.trim().is_empty();
    faults.unless(named, "displayName", "the display name is empty");
    faults.word(&provider.status, STATUSES, "status");
    faults.word(&provider.class, CLASSES, "class");
    faults.word(&provider.service_kind, KINDS, "service/kind");
    for (index, key) in provider.config_keys.iter().enumerate() {
        let fine = key.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
            && key.bytes().next().is_some_and(|b| b.is_ascii_uppercase());
        let shown = key.escape_debug();
        let reason = format!("`{shown}` is not a name such as `ACME_API_KEY`");
        faults.unless(fine, format!("service/configKeys/{index}"), reason);
    }
    for (index, key) in provider.optional_config_keys.iter().enumerate() {
        let shown = key.escape_debug();
        let reason = format!("`{shown}` is optional but is not among the configKeys");
        let at = format!("service/optionalConfigKeys/{index}");
        faults.unless(provider.config_keys.contains(key), at, reason);
    }
}

fn auth(provider: &Provider, faults: &mut Faults) {
    let auth = &provider.auth;
    faults.unless(!auth.schemes.is_empty(), "auth/schemes", "there is no auth scheme");
    for (index, scheme) in auth.schemes.iter().enumerate() {
        let at = format!("auth/schemes/{index}");
        match scheme {
            AuthScheme::Bearer { header, format, .. } => {
                faults.unless(is_token(header), &at, "the header's name is not an HTTP header");
                let placed = format.contains("${secret}");
                faults.unless(placed, &at, "the format has no `${secret}` in it");
            }
            AuthScheme::ApiKey { header, .. } => {
                faults.unless(is_token(header), &at, "the header's name is not an HTTP header");
            }
            AuthScheme::QueryApiKey { param, .. } => {
                faults.unless(!param.is_empty(), &at, "the parameter has no name");
            }
            AuthScheme::Unknown => faults.unless(
                false,
                &at,
                "the type is not one of bearer, api_key, query_api_key, oauth, sig_v4, \
                 cloudflare_binding",
            ),
            AuthScheme::Oauth { .. } | AuthScheme::SigV4 { .. } | AuthScheme::CloudflareBinding => {
            }
        }
    }
    faults.unless(
        auth.authorization.is_none(),
        "auth/authorization",
        "this router runs no browser sign-in; take `authorization` out and use grants",
    );
    faults.unless(
        auth.grant_transports.is_empty(),
        "auth/grantTransports",
        "this router has one address for every kind of grant; take `grantTransports` out",
    );
    if let Some(refresh) = &auth.refresh {
        let safe = Url::parse(&refresh.token_url).is_ok_and(|url| is_safe_address(&url));
        let reason = "the token URL must use https, or be on this machine";
        faults.unless(safe, "auth/refresh/tokenUrl", reason);
        let client = refresh.client_id.is_some() || refresh.client_id_config.is_some();
        faults.unless(client, "auth/refresh", "it needs `clientId` or `clientIdConfig`");
    }
}

fn addresses(provider: &Provider, faults: &mut Faults) {
    let default = provider.base_urls.contains_key("default");
    faults.unless(default, "baseUrls", "there is no `default` base URL");
    for (name, url) in &provider.base_urls {
        if let Err(reason) = base_url(url) {
            let shown = url.escape_debug();
            let reason = format!("`{shown}` is not a base URL: {reason}");
            faults.unless(false, format!("baseUrls/{name}"), reason);
        }
        for name in template::names(url) {
            let served = template::config_keys(provider, name).next().is_some();
            let reason = format!("no config key gives `${{{}}}` its value", name.escape_debug());
            faults.unless(served, "baseUrls/default", reason);
        }
    }
}

/// A base URL has a scheme, a host and perhaps a path; `${name}` may stand for a part or for all.
fn base_url(text: &str) -> Result<(), String> {
    let mut filled = text.to_owned();
    for name in template::names(text) {
        let value = if text.starts_with(&format!("${{{name}}}")) { "https://x" } else { "x" };
        filled = filled.replacen(&format!("${{{name}}}"), value, 1);
    }
    let url = Url::parse(&filled).map_err(|error| error.to_string())?;
    plain_http(&url).map_err(str::to_owned)
}

/// Whether paths can be put behind a URL, and whether nothing in it is secret.
pub(super) fn plain_http(url: &Url) -> Result<(), &'static str> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err("it must use http or https");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("a user name or password in it would be shown to everyone");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("a path cannot be put behind a `?` or `#`");
    }
    Ok(())
}

fn prefixes(provider: &Provider, faults: &mut Faults) {
    for (index, prefix) in provider.routing.model_prefixes.iter().enumerate() {
        let fine = prefix
            .strip_suffix('/')
            .is_some_and(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic()));
        let shown = prefix.escape_debug();
        let at = format!("routing/modelPrefixes/{index}");
        faults.unless(fine, &at, format!("`{shown}` is not a prefix such as `acme/`"));
        let own = prefix.starts_with("clawrouter/");
        faults.unless(!own, at, format!("`{shown}` is the router's own prefix"));
    }
}

fn capabilities(provider: &Provider, faults: &mut Faults) {
    let none = provider.capabilities.is_empty();
    faults.unless(!none, "capabilities", "there is no capability");
    for (index, capability) in provider.capabilities.iter().enumerate() {
        let id = capability.id.escape_debug();
        let at = format!("capabilities/{index}");
        faults.unless(!capability.id.is_empty(), &at, "the capability has no id");
        let twice = provider.capabilities[..index].iter().any(|other| other.id == capability.id);
        faults.unless(!twice, format!("{at}/id"), format!("capability `{id}` stands here twice"));
        let known = provider.endpoints.iter().any(|endpoint| endpoint.id == capability.endpoint);
        let endpoint = capability.endpoint.escape_debug();
        let reason = format!("capability `{id}` names endpoint `{endpoint}`, which does not exist");
        faults.unless(known, format!("{at}/endpoint"), reason);
        let methods = capability.methods.iter().all(|method| is_token(method));
        faults.unless(methods, format!("{at}/methods"), "this is not an HTTP method");
    }
}

fn check_endpoint(provider: &Provider, endpoint: &Endpoint, faults: &mut Faults) {
    let id = endpoint.id.escape_debug();
    let at = format!("endpoints/{}", endpoint.id);
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let fine = !endpoint.id.is_empty() && endpoint.id.bytes().all(plain);
    faults.unless(fine, &at, format!("`{id}` is not an endpoint id: a-z, 0-9, `_` and `-`"));
    let path = endpoint.path.escape_debug();
    let rooted = endpoint.path.starts_with('/');
    faults.unless(rooted, format!("{at}/path"), format!("`{path}` does not start with `/`"));
    for name in template::names(&endpoint.path) {
        let declared = endpoint.path_params.iter().any(|param| param == name)
            || template::config_keys(provider, name).next().is_some();
        let name = name.escape_debug();
        let reason = format!("`${{{name}}}` is neither in pathParams nor served by a config key");
        faults.unless(declared, format!("{at}/path"), reason);
    }
    for (index, param) in endpoint.path_params.iter().enumerate() {
        let used = template::names(&endpoint.path).any(|name| name == param);
        let reason = format!("`{}` is not in the path", param.escape_debug());
        faults.unless(used, format!("{at}/pathParams/{index}"), reason);
    }
    for (param, style) in &endpoint.path_param_styles {
        faults.word(style, PATH_STYLES, format!("{at}/pathParamStyles/{param}"));
    }
    faults.unless(is_token(&endpoint.method), format!("{at}/method"), "not an HTTP method");
    let waits = endpoint.timeout_ms != Some(0);
    faults.unless(waits, format!("{at}/timeoutMs"), "a time-out of 0 would let nothing through");
}

/// The characters that RFC 9110 allows in a method or a header's name.
fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}
