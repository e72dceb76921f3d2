//! Where a secret goes in a request to a provider.

use std::borrow::Cow;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::OpenGrant;
use crate::refusal::Refusal;
use clawctl_secret::Secret;
use clawctl_wire::error::code;
use clawctl_wire::provider::{AuthScheme, Provider};

/// The way in that a secret is good for. OAuth is a way to come by one, not to use it.
pub(crate) fn scheme(provider: &Provider) -> Option<&AuthScheme> {
    let schemes = &provider.auth.schemes;
    let plain = schemes.iter().find(|scheme| !matches!(scheme, AuthScheme::Oauth { .. }));
    plain.or_else(|| schemes.first())
}

/// An access token goes where OAuth puts it, also where a provider's keys go elsewhere.
pub(crate) fn attach_token(
    scheme: &AuthScheme,
    word: &str,
    token: &Secret,
    headers: &mut HeaderMap,
) -> Result<(), Refusal> {
    match scheme {
        AuthScheme::Bearer { header, format, .. } => {
            set_secret(headers, header, &format.replace("${secret}", token.expose()))
        }
        _ => set_secret(headers, AUTHORIZATION.as_str(), &format!("{word} {}", token.expose())),
    }
}

/// Puts a grant's secret where the provider looks for it.
pub(crate) fn authorize(
    provider: &Provider,
    grant: &OpenGrant,
    headers: &mut HeaderMap,
    url: &mut Url,
) -> Result<(), Refusal> {
    let (Some(scheme), Some(secret)) = (scheme(provider), &grant.secret) else {
        return Err(unusable(provider));
    };
    match &grant.token_type {
        Some(word) => attach_token(scheme, word, secret, headers),
        None => attach(scheme, secret, headers, url),
    }
}

pub(crate) fn attach(
    scheme: &AuthScheme,
    secret: &Secret,
    headers: &mut HeaderMap,
    url: &mut Url,
) -> Result<(), Refusal> {
    match scheme {
        AuthScheme::Bearer { header, format, .. } => {
            set_secret(headers, header, &format.replace("${secret}", secret.expose()))
        }
        AuthScheme::ApiKey { header, .. } => set_secret(headers, header, secret.expose()),
        AuthScheme::QueryApiKey { param, .. } => {
            let others: Vec<(String, String)> =
                url.query_pairs().filter(|(name, _)| name != param).map(owned).collect();
            let mut pairs = url.query_pairs_mut();
            pairs.clear().extend_pairs(others).append_pair(param, secret.expose());
            Ok(())
        }
        AuthScheme::Oauth { .. } => {
            set_secret(headers, AUTHORIZATION.as_str(), &format!("Bearer {}", secret.expose()))
        }
        AuthScheme::SigV4 { .. } | AuthScheme::CloudflareBinding | AuthScheme::Unknown => Ok(()),
    }
}

fn owned((name, value): (Cow<'_, str>, Cow<'_, str>)) -> (String, String) {
    (name.into_owned(), value.into_owned())
}

pub(crate) fn set(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), Refusal> {
    let pair = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(value).ok());
    let (name, value) = pair.ok_or_else(|| Refusal::internal("a header cannot be written"))?;
    headers.insert(name, value);
    Ok(())
}

/// As [`set`], for a value that must not be shown.
fn set_secret(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), Refusal> {
    set(headers, name, value)?;
    if let Some(value) = headers.get_mut(name) {
        value.set_sensitive(true);
    }
    Ok(())
}

pub(crate) fn unusable(provider: &Provider) -> Refusal {
    let message = format!("no request to provider {} can be made from its settings", provider.id);
    Refusal::new(http::StatusCode::SERVICE_UNAVAILABLE, code::PROVIDER_REQUEST_INVALID, message)
}
