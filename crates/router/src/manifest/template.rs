//! Texts with `${name}` in them, which stand for the configuration of a provider.

use std::borrow::Cow;

use clawctl_wire::provider::{AuthScheme, Provider};

/// The names in a text, in the order in which they stand.
pub(crate) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split("${").skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

/// The text with each name replaced by its value; nothing if one of them has none.
pub(crate) fn fill<'t>(
    text: &'t str,
    value: impl Fn(&str) -> Option<String>,
) -> Option<Cow<'t, str>> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, (name, after))) =
        rest.split_once("${").and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
    {
        filled.push_str(before);
        filled.push_str(&value(name)?);
        rest = after;
    }
    if filled.is_empty() && rest.len() == text.len() {
        return Some(Cow::Borrowed(text));
    }
    filled.push_str(rest);
    Some(Cow::Owned(filled))
}

/// The value that the configuration gives to a name: that of the first key which has one.
pub(crate) fn configured(
    provider: &Provider,
    name: &str,
    config: &dyn Fn(&str) -> Option<String>,
) -> Option<String> {
    let mut values = config_keys(provider, name).filter_map(config);
    values.find_map(|value| {
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    })
}

/// The configuration keys that can give a name its value: `api_version` is served by
/// `API_VERSION` and by `AZURE_OPENAI_API_VERSION`.
pub(crate) fn config_keys<'p>(provider: &'p Provider, name: &str) -> impl Iterator<Item = &'p str> {
    let upper = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    let wanted: String = name.chars().map(upper).collect();
    provider.config_keys.iter().map(String::as_str).filter(move |key| {
        key.strip_suffix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('_'))
    })
}

/// The configuration keys that hold the operator's own credential for requests to a provider.
pub(crate) fn secret_keys(provider: &Provider) -> impl Iterator<Item = &str> {
    let names = provider.auth.schemes.iter().flat_map(secret_names);
    names.flat_map(|name| config_keys(provider, name))
}

fn secret_names(scheme: &AuthScheme) -> Vec<&str> {
    match scheme {
        AuthScheme::Bearer { secret_kind, .. }
        | AuthScheme::ApiKey { secret_kind, .. }
        | AuthScheme::QueryApiKey { secret_kind, .. } => vec![secret_kind],
        AuthScheme::SigV4 { .. } => vec!["access_key_id", "secret_access_key", "session_token"],
        AuthScheme::Oauth { .. } | AuthScheme::CloudflareBinding | AuthScheme::Unknown => vec![],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_needs_a_value() {
        let check = |text: &str, expected: Option<&str>| {
            let filled = fill(text, |name| (name != "unset").then(|| name.to_uppercase()));
            assert_eq!(filled.as_deref(), expected, "{text}");
        };
        check("plain", Some("plain"));
        check("", Some(""));
        check("${a}", Some("A"));
        check("https://${region}.x/${b}/c", Some("https://REGION.x/B/c"));
        check("${a}${unset}", None);
        check("${open", Some("${open"));
        check("x ${", Some("x ${"));
        check("${a}${open", Some("A${open"));
    }

    #[test]
    fn the_first_key_with_a_value_counts() {
        let keys = ["ACME_URL", "URL", "ACME_REGION"].map(str::to_owned);
        let provider = Provider { config_keys: keys.to_vec(), ..Provider::default() };
        let config = |key: &str| match key {
            "ACME_URL" => Some(" ".to_owned()),
            "URL" => Some(" https://x ".to_owned()),
            _ => None,
        };
        assert_eq!(configured(&provider, "url", &config).as_deref(), Some("https://x"));
        assert_eq!(configured(&provider, "region", &config), None);
    }
}
