//! Texts with `${name}` in them, which stand for the configuration of a provider.

use crate::wire::provider::Provider;

/// The names in a text, in the order in which they stand.
pub fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split("${").skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

/// The configuration keys that can give a name its value: `api_version` is served by
/// `API_VERSION` and by `AZURE_OPENAI_API_VERSION`.
pub fn config_keys<'p>(provider: &'p Provider, name: &str) -> impl Iterator<Item = &'p str> {
    let upper = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    let wanted: String = name.chars().map(upper).collect();
    provider.config_keys.iter().map(String::as_str).filter(move |key| {
        key.strip_suffix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('_'))
    })
}
