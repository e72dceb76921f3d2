//! What is changed in a body because of who gets it, as far as manifests say so.

use serde_json::value::{RawValue, to_raw_value};

use super::Body;
use super::select::Config;
use crate::manifest::{Manifest, is_openai_compatible, template};
use clawctl_wire::provider::{Endpoint, Provider, RenameField};

/// The format in which a stream says how much was used only if it is asked to.
const CHAT_FORMAT: &str = "openai.chat_completions";

/// Gives members the names that the model upstream knows them by.
pub(super) fn rename(
    provider: &Provider,
    route: &str,
    upstream: &str,
    config: &Config<'_>,
    body: &mut Body<'_>,
) {
    for rule in &provider.adapter.request_transforms.rename_fields {
        let here = rule.paths.is_empty() || rule.paths.iter().any(|path| path == route);
        if here && concerns(rule, provider, upstream, config) {
            body.rename(&rule.from, &rule.to);
        }
    }
}

fn concerns(rule: &RenameField, provider: &Provider, upstream: &str, config: &Config<'_>) -> bool {
    let Some(name) = &rule.upstream_config else {
        return rule.upstreams.is_empty() || rule.upstreams.iter().any(|model| model == upstream);
    };
    let listed = template::configured(provider, name, config).unwrap_or_default();
    let mut models = listed.split([',', ' ', '\n']).map(str::trim);
    rule.upstreams.iter().any(|model| model == upstream)
        || (!upstream.is_empty() && models.any(|model| model == upstream))
}

/// Whether every answer of an endpoint is a stream, as its path says where another endpoint is for
/// answers that are not.
pub(super) fn always_streams(endpoint: &Endpoint) -> bool {
    let last = endpoint.path.rsplit('/').next().unwrap_or_default();
    endpoint.streaming.is_some() && last.to_ascii_lowercase().contains("stream")
}

/// Whether a stream of this endpoint says what was used, once it is asked to.
pub(super) fn tells_usage(manifest: &Manifest, endpoint: &Endpoint) -> bool {
    endpoint.request_format == CHAT_FORMAT
        && is_openai_compatible(&manifest.provider)
        && !manifest.body_quirks.no_stream_usage
}

/// Asks a stream for its usage, and says whether that was not in the body yet.
pub(super) fn ask_for_usage(body: &mut Body<'_>) -> bool {
    let edited = edited_options(body.get("stream_options").map(RawValue::get));
    match edited {
        Some(options) => {
            body.set("stream_options", options);
            true
        }
        None => false,
    }
}

/// The options of a stream with usage asked for; nothing if they ask for it already, or are no
/// options at all, which is for the provider to refuse.
fn edited_options(options: Option<&str>) -> Option<Box<RawValue>> {
    let options = options.filter(|text| *text != "null").unwrap_or("{}");
    let mut options: Body<'_> = serde_json::from_str(options).ok()?;
    if options.read("include_usage") == Some(true) {
        return None;
    }
    options.set("include_usage", to_raw_value(&true).ok()?);
    RawValue::from_string(String::from_utf8(options.to_bytes().to_vec()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usage_is_asked_for_once() {
        let check = |came: &str, expected: Option<&str>| {
            let mut body = Body::parse(came.as_bytes()).unwrap();
            let added = ask_for_usage(&mut body);
            assert_eq!(added, expected.is_some(), "{came}");
            assert_eq!(body.to_bytes(), expected.unwrap_or(came).as_bytes(), "{came}");
        };
        let added = r#"{"a":1,"stream_options":{"include_usage":true}}"#;
        check(r#"{"a":1}"#, Some(added));
        check(r#"{"a":1,"stream_options":null}"#, Some(added));
        check(r#"{"a":1,"stream_options":{"include_usage":false}}"#, Some(added));
        check(added, None);
        check(
            r#"{"stream_options":{"x":[1.0],"include_usage":0,"y":2},"b":1}"#,
            Some(r#"{"stream_options":{"x":[1.0],"include_usage":true,"y":2},"b":1}"#),
        );
        check(r#"{"stream_options":"yes"}"#, None);
    }
}
