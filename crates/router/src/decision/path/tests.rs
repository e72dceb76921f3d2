use std::collections::BTreeMap;

use http::Method;
use proptest::prelude::*;
use url::Url;

use super::*;
use crate::decision::{Reach, RequestSize};
use crate::manifest::{Manifest, Manifests};

fn selection<'m>(
    manifest: &'m Manifest,
    endpoint: &'m Endpoint,
    params: &[(&str, &str)],
) -> Selection<'m> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Selection {
        manifest,
        endpoint,
        model: None,
        capability: &endpoint.id,
        method: Method::POST,
        path_params: params.iter().map(owned).collect(),
        query: Vec::new(),
        body: None,
        streams: false,
        usage_added: false,
        size: RequestSize::default(),
        unpriced: None,
        reach: Reach::default(),
    }
}

fn endpoint(path: &str, style: Option<&str>) -> Endpoint {
    let styles = style.map(|style| ("x".to_owned(), style.to_owned()));
    Endpoint {
        path: path.to_owned(),
        path_params: vec!["x".to_owned()],
        path_param_styles: BTreeMap::from_iter(styles),
        ..Endpoint::default()
    }
}

fn filled(style: Option<&str>, value: &str) -> Result<String, &'static str> {
    let manifests = Manifests::bundled();
    let endpoint = endpoint("/a/${x}/z", style);
    let selection = selection(manifests.get("openai").unwrap(), &endpoint, &[("x", value)]);
    fill_path(&selection, &|_| None).map_err(|refusal| refusal.code)
}

#[test]
fn each_style_keeps_a_value_in_its_place() {
    let bad = Err(code::INVALID_PATH_PARAM);
    let check = |style, value, expected: Result<&str, _>| {
        assert_eq!(filled(style, value), expected.map(str::to_owned), "{style:?} {value:?}");
    };
    for style in [None, Some("segment")] {
        check(style, "nova-lite-v1:0", Ok("/a/nova-lite-v1%3A0/z"));
        check(style, "a b?c#d%2f", Ok("/a/a%20b%3Fc%23d%252f/z"));
        check(style, "...", Ok("/a/.../z"));
        for value in ["", ".", "..", "a/b", "/", "a\\b", "a\nb"] {
            check(style, value, bad);
        }
    }
    let opaque = Some("opaque_segment");
    check(opaque, "arn:aws:bedrock:x/y", Ok("/a/arn%3Aaws%3Abedrock%3Ax%2Fy/z"));
    for value in ["", ".", "..", "../b", "a/..", "a/./b", "a\\..\\b", "a\0"] {
        check(opaque, value, bad);
    }
    let relative = Some("relative_path");
    check(relative, "a/b c", Ok("/a/a/b%20c/z"));
    for value in ["", "/a", "a/", "a//b", "..", "a/../b", "a\\b", "./a"] {
        check(relative, value, bad);
    }
}

#[test]
fn what_the_request_does_not_say_comes_from_the_configuration() {
    let manifests = Manifests::bundled();
    let manifest = manifests.get("cloudflare-ai-gateway").unwrap();
    let endpoint = Endpoint { path: "/v1/${account_id}/run".to_owned(), ..Endpoint::default() };
    let selection = selection(manifest, &endpoint, &[("account_id", "not asked for")]);
    let check = |value: Option<&str>, expected: Result<&str, &str>| {
        let config =
            |key: &str| value.filter(|_| key == "CLOUDFLARE_ACCOUNT_ID").map(str::to_owned);
        let filled = fill_path(&selection, &config).map_err(|refusal| refusal.code);
        assert_eq!(filled, expected.map(str::to_owned));
    };
    check(Some("acc 1"), Ok("/v1/acc%201/run"));
    check(Some("../x"), Err(code::PROVIDER_NOT_CONFIGURED));
    check(None, Err(code::PROVIDER_NOT_CONFIGURED));
}

#[test]
fn a_parameter_that_is_not_given_is_missing() {
    let manifests = Manifests::bundled();
    let endpoint = endpoint("/a/${x}", None);
    let selection = selection(manifests.get("openai").unwrap(), &endpoint, &[("y", "1")]);
    let refusal = fill_path(&selection, &|_| Some("configured".to_owned())).unwrap_err();
    assert_eq!(refusal.code, code::MISSING_PATH_PARAM);
}

proptest! {
    #[test]
    fn no_value_leaves_its_place(
        style in prop::sample::select(vec!["segment", "opaque_segment", "relative_path"]),
        value in "[a.%2eE/\\\\?#:@;\u{e9}\\n ]{0,8}",
    ) {
        if let Ok(path) = filled(Some(style), &value) {
            let url = Url::parse(&format!("https://host{path}")).unwrap();
            // Nothing was resolved away, cut off, or moved to another part of the address.
            prop_assert_eq!(url.path(), path.as_str());
            prop_assert!(path.starts_with("/a/") && path.ends_with("/z"));
            let segments = if style == "relative_path" { 3 + value.split('/').count() } else { 4 };
            prop_assert_eq!(path.split('/').count(), segments);
        }
    }
}
