//! The request that a provider gets: its address, the headers that may pass, and the secret.

use std::borrow::Cow;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;
use url::Url;

use super::sigv4::{Signer, Unsigned};
use crate::decision::{Config, Selection, fill_path};
use crate::grants::UpstreamCredential;
use crate::grants::attach::{attach, attach_token, scheme, set, unusable};
use crate::manifest::template;
use crate::outbound::{Mask, Outgoing};
use crate::refusal::Refusal;
use clawctl_secret::Secret;
use clawctl_wire::error::code;
use clawctl_wire::key::ProxyKey;
use clawctl_wire::provider::{AuthScheme, Provider};

/// Where clients put the router's key. None of these goes on, whatever a manifest lists.
const KEY_HEADERS: [&str; 4] = ["authorization", "x-api-key", "x-goog-api-key", "api-key"];

/// What there is to authenticate with, without the secrets.
pub(crate) enum Held<'a> {
    Environment,
    Grant {
        /// Whether there is one secret that can stand alone.
        has_secret: bool,
        /// The names of those that belong together.
        fields: &'a [&'a str],
    },
}

/// Refuses a provider that nobody asked for, or for which a secret or a setting is missing, before
/// money is reserved. `is_written` tells whether its connection was ever written.
pub(crate) fn check(
    selection: &Selection<'_>,
    credential: &UpstreamCredential,
    is_written: bool,
    config: &Config<'_>,
) -> Result<(), Refusal> {
    let UpstreamCredential::Grant(grant) = credential else {
        let is_set = |name: &str| config(name).is_some_and(|value| !value.trim().is_empty());
        if !selection.manifest.is_wanted(is_written, &is_set) {
            let id = &selection.manifest.provider.id;
            let message = format!("provider {id} is not configured: nobody has enabled it");
            return Err(Refusal::unavailable(code::PROVIDER_NOT_CONFIGURED, message));
        }
        return check_held(selection, &Held::Environment, config);
    };
    let fields: Vec<_> = grant.bundle.keys().map(String::as_str).collect();
    let has_secret = grant.secret.is_some() || !fields.is_empty();
    check_held(selection, &Held::Grant { has_secret, fields: &fields }, config)
}

/// The same for what is known to be there.
pub(crate) fn check_held(
    selection: &Selection<'_>,
    held: &Held<'_>,
    config: &Config<'_>,
) -> Result<(), Refusal> {
    let provider = &selection.manifest.provider;
    let missing = |what: &str| {
        let message = format!("provider {} is not configured: it has no {what}", provider.id);
        Refusal::new(http::StatusCode::SERVICE_UNAVAILABLE, code::PROVIDER_NOT_CONFIGURED, message)
    };
    base_url(provider, config).ok_or_else(|| missing("address"))?;
    let is_set = |name: &str| template::configured(provider, name, config).is_some();
    let endpoint = selection.endpoint;
    let (headers, query) = (&provider.adapter.inject_headers, &provider.adapter.inject_query);
    let sent = headers.iter().chain(&endpoint.headers).chain(query).chain(&endpoint.query);
    for name in sent.flat_map(|(_, value)| template::names(value)) {
        if !is_set(name) {
            return Err(missing(&format!("`{name}`")));
        }
    }
    let given = |name: &&str| endpoint.path_params.iter().any(|param| param == name);
    if let Some(name) = template::names(&endpoint.path).find(|name| !given(name) && !is_set(name)) {
        return Err(missing(&format!("`{name}`")));
    }
    let has = |field: &str, name: &str| match held {
        Held::Environment => is_set(name),
        Held::Grant { fields, .. } => fields.contains(&field),
    };
    let (is_enough, what) = match scheme(provider) {
        Some(AuthScheme::Bearer { required: false, .. } | AuthScheme::CloudflareBinding) | None => {
            (true, "")
        }
        Some(AuthScheme::SigV4 { .. }) => {
            let id = has("accessKeyId", "access_key_id");
            let keys = id && has("secretAccessKey", "secret_access_key");
            (keys && is_set("region"), "AWS access keys")
        }
        Some(scheme) => {
            let is_held = match held {
                Held::Grant { has_secret, .. } => *has_secret,
                Held::Environment => secret_kind(scheme).is_some_and(is_set),
            };
            (is_held, "upstream credential")
        }
    };
    if is_enough { Ok(()) } else { Err(missing(what)) }
}

/// The name of the one secret that a scheme takes.
fn secret_kind(scheme: &AuthScheme) -> Option<&str> {
    match scheme {
        AuthScheme::Bearer { secret_kind, .. }
        | AuthScheme::ApiKey { secret_kind, .. }
        | AuthScheme::QueryApiKey { secret_kind, .. } => Some(secret_kind),
        _ => None,
    }
}

/// Puts the request together.
pub(super) fn request(
    selection: &Selection<'_>,
    credential: &UpstreamCredential,
    client: &HeaderMap,
    config: &Config<'_>,
    parse: &Parse<'_>,
    now: Timestamp,
) -> Result<Outgoing, Refusal> {
    let provider = &selection.manifest.provider;
    let mut headers = HeaderMap::new();
    for (name, value) in &provider.adapter.inject_headers {
        set(&mut headers, name, &fill(provider, value, config)?)?;
    }
    let endpoint = selection.endpoint;
    for name in provider.adapter.passthrough_headers.iter().chain(&endpoint.request_headers) {
        let key = KEY_HEADERS.iter().any(|taken| taken.eq_ignore_ascii_case(name));
        if let (false, Some(value)) = (key, client.get(name))
            && let Ok(name) = HeaderName::try_from(name.as_str())
        {
            headers.insert(name, value.clone());
        }
    }
    let json = HeaderValue::from_static("application/json");
    headers.insert(CONTENT_TYPE, client.get(CONTENT_TYPE).cloned().unwrap_or(json));
    for (name, value) in &endpoint.headers {
        set(&mut headers, name, &fill(provider, value, config)?)?;
    }
    let mut url = url(selection, config, parse)?;
    let mut mask = Mask::default();
    match scheme(provider) {
        Some(AuthScheme::SigV4 { service, .. }) => {
            let keys = aws(provider, credential, config).ok_or_else(|| unusable(provider))?;
            let payload = selection.body.as_deref().unwrap_or_default();
            let (method, url, sent) = (&selection.method, &url, &headers);
            let unsigned = Unsigned { method, url, headers: sent, payload };
            let signed = keys.signer(service).sign(unsigned, now);
            headers.extend(signed.ok_or_else(|| unusable(provider))?);
            let sent = [Some(&keys.secret_access_key), keys.session_token.as_ref()];
            sent.into_iter().flatten().for_each(|secret| mask.hide(secret));
        }
        Some(scheme) => {
            if let Some(secret) = secret(provider, scheme, credential, config) {
                mask.hide(&secret);
                match credential.token_type() {
                    Some(word) => attach_token(scheme, word, &secret, &mut headers)?,
                    None => attach(scheme, &secret, &mut headers, &mut url)?,
                }
            }
        }
        None => {}
    }
    let (method, body) = (selection.method.clone(), selection.body.clone());
    Ok(Outgoing { method, url, headers, body, mask })
}

/// Reads an address, or remembers how it was read before.
pub(super) type Parse<'p> = dyn Fn(String) -> Option<Url> + 'p;

fn url(selection: &Selection<'_>, config: &Config<'_>, parse: &Parse<'_>) -> Result<Url, Refusal> {
    let provider = &selection.manifest.provider;
    let base = base_url(provider, config).ok_or_else(|| unusable(provider))?;
    let path = fill_path(selection, config)?;
    let address = format!("{}{path}", base.trim_end_matches('/'));
    let mut url = parse(address).ok_or_else(|| unusable(provider))?;
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut put = |name: &str, value: String| {
        pairs.retain(|(taken, _)| taken != name);
        pairs.push((name.to_owned(), value));
    };
    for (name, value) in &selection.query {
        // Some clients put their key here, which is none of the provider's business.
        if ProxyKey::parse(value).is_err() {
            put(name, value.clone());
        }
    }
    for (name, value) in provider.adapter.inject_query.iter().chain(&selection.endpoint.query) {
        put(name, fill(provider, value, config)?.into_owned());
    }
    if !pairs.is_empty() {
        url.query_pairs_mut().extend_pairs(pairs);
    }
    Ok(url)
}

/// The address that all of a provider's paths are behind.
pub(crate) fn base_url(provider: &Provider, config: &Config<'_>) -> Option<String> {
    let base = provider.base_urls.get("default")?;
    let value = |name: &str| template::configured(provider, name, config);
    template::fill(base, value).map(Cow::into_owned)
}

fn fill<'t>(
    provider: &Provider,
    text: &'t str,
    config: &Config<'_>,
) -> Result<Cow<'t, str>, Refusal> {
    let value = |name: &str| template::configured(provider, name, config);
    template::fill(text, value).ok_or_else(|| unusable(provider))
}

/// The one secret of a scheme: the grant's, or the one that the configuration holds.
fn secret(
    provider: &Provider,
    scheme: &AuthScheme,
    credential: &UpstreamCredential,
    config: &Config<'_>,
) -> Option<Secret> {
    if let UpstreamCredential::Grant(grant) = credential {
        return grant
            .secret
            .as_ref()
            .or_else(|| grant.bundle.values().next())
            .map(Secret::duplicate);
    }
    let kind = secret_kind(scheme)?;
    template::configured(provider, kind, config).map(Secret::new)
}

/// The keys of AWS, from a grant's bundle or from the configuration.
struct AwsKeys {
    access_key_id: Secret,
    secret_access_key: Secret,
    session_token: Option<Secret>,
    region: String,
}

impl AwsKeys {
    fn signer<'a>(&'a self, service: &'a str) -> Signer<'a> {
        Signer {
            access_key: self.access_key_id.expose(),
            secret_key: self.secret_access_key.expose(),
            session_token: self.session_token.as_ref().map(Secret::expose),
            region: &self.region,
            service,
        }
    }
}

fn aws(
    provider: &Provider,
    credential: &UpstreamCredential,
    config: &Config<'_>,
) -> Option<AwsKeys> {
    let setting = |name: &str| template::configured(provider, name, config);
    let value = |field: &str, name: &str| match credential {
        UpstreamCredential::Grant(grant) => grant.bundle.get(field).map(Secret::duplicate),
        UpstreamCredential::Environment => setting(name).map(Secret::new),
    };
    Some(AwsKeys {
        access_key_id: value("accessKeyId", "access_key_id")?,
        secret_access_key: value("secretAccessKey", "secret_access_key")?,
        session_token: value("sessionToken", "session_token"),
        region: setting("region")?,
    })
}
