//! Routes, model references and overridden addresses.

use std::borrow::Cow;

use serde_json::json;
use url::Url;

use super::super::{BadUpstream, Manifests, template};

fn url(text: &str) -> Url {
    Url::parse(text).expect(text)
}

#[test]
fn routes_name_the_unified_paths_and_the_proxied_ones() {
    let routes = Manifests::bundled().routes();
    let openai = routes.openai_compatible.iter().find(|row| row.provider == "openai");
    let openai = serde_json::to_value(openai).expect("JSON");
    assert_eq!(openai["modelPrefixes"], json!(["openai/"]));
    let all = json!(["/v1/responses", "/v1/chat/completions", "/v1/embeddings"]);
    assert_eq!(openai["endpoints"], all);
    assert_eq!(
        openai["models"][4],
        json!({
            "id": "openai/text-embedding-3-large", "capabilities": ["llm.embeddings"],
            "endpoints": ["/v1/embeddings"],
        })
    );
    let row = |provider: &str, endpoint: &str| {
        let found = routes
            .manifest_proxy
            .iter()
            .find(|row| row.provider == provider && row.endpoint == endpoint);
        serde_json::to_value(found).expect("JSON")
    };
    assert_eq!(
        row("replicate", "prediction"),
        json!({
            "provider": "replicate", "endpoint": "prediction",
            "route": "/v1/proxy/replicate/prediction", "methods": ["GET"],
            "pathParams": ["prediction_id"], "requestFormat": "replicate.prediction_get",
            "responseFormat": "replicate.prediction", "sampleModel": "replicate/predictions",
            "models": [{
                "id": "replicate/predictions",
                "capabilities": ["media.predict", "media.prediction.read"],
            }],
            "streaming": false,
        })
    );
    assert_eq!(row("tavily", "crawl")["sampleModel"], json!(null));
    assert_eq!(row("openai", "embeddings")["sampleModel"], "openai/text-embedding-3-large");
    assert_eq!(row("openai", "responses")["streaming"], true);
}

#[test]
fn a_listed_model_is_found_by_its_whole_id_only() {
    let manifests = Manifests::bundled();
    let resolved = manifests.resolve_model("openai/gpt-5.4").expect("listed");
    assert!(matches!(resolved.model, Cow::Borrowed(_)));
    assert_eq!(resolved.model.upstream, "gpt-5.4");
    assert!(manifests.resolve_model("gpt-5.4").is_none());
    assert!(manifests.resolve_model("openai/").is_none());
    assert!(manifests.resolve_model("nobody/gpt-5.4").is_none());
    assert!(manifests.model("openai/unheard-of").is_none());
}

#[test]
fn an_unlisted_model_is_like_the_first_but_without_a_price() {
    let manifests = Manifests::bundled();
    let resolved = manifests.resolve_model("openai/ft:gpt/mine").expect("behind the prefix");
    assert!(matches!(resolved.model, Cow::Owned(_)));
    assert_eq!(resolved.manifest.provider.id, "openai");
    assert_eq!(resolved.model.upstream, "ft:gpt/mine");
    assert_eq!(resolved.model.capabilities, ["llm.responses", "llm.chat"]);
    assert_eq!((&resolved.model.pricing, &resolved.model.pricing_ref), (&None, &None));
    let gemini = manifests.resolve_model("gemini/next").expect("the second prefix");
    assert_eq!(gemini.manifest.provider.id, "google-gemini");
}

#[test]
fn an_unlisted_model_of_a_free_provider_is_free() {
    let manifests = Manifests::bundled();
    let resolved = manifests.resolve_model("local/llama").expect("any name is passed on");
    assert!(resolved.model.pricing.as_ref().is_some_and(|price| price.is_free()));
    assert!(resolved.model.pricing_ref.is_some());
    let unlisted = manifests.resolve_model("claude-max-proxy/opus");
    assert_eq!(unlisted, None, "it answers for any name, but has three models");
}

#[test]
fn an_overridden_address_is_the_one_that_is_published() {
    let manifests = Manifests::bundled()
        .with_base_url("claude-max-proxy", &url("http://127.0.0.1:4000/"))
        .expect("a good URL");
    assert_eq!(manifests.base_url("claude-max-proxy"), Some("http://127.0.0.1:4000"));
    let snapshot = manifests.snapshot();
    let row = snapshot.providers.iter().find(|provider| provider.id == "claude-max-proxy");
    assert_eq!(row.expect("bundled").base_urls["default"], "http://127.0.0.1:4000");
    assert_eq!(manifests.base_url("nobody"), None);
}

#[test]
fn a_key_that_only_said_where_is_optional_after_an_override() {
    let manifests = Manifests::bundled()
        .with_base_url("local-openai", &url("http://127.0.0.1:11434"))
        .expect("a good URL");
    let local = &manifests.get("local-openai").expect("bundled").provider;
    assert_eq!(local.optional_config_keys, ["LOCAL_OPENAI_BASE_URL"]);
    assert_eq!(local.config_keys, ["LOCAL_OPENAI_BASE_URL", "LOCAL_OPENAI_API_KEY"]);
}

#[test]
fn a_bad_override_says_why() {
    let refused = |id: &str, to: &str| {
        let outcome = Manifests::bundled().with_base_url(id, &url(to));
        outcome.expect_err("refused").to_string()
    };
    assert_eq!(refused("nobody", "http://x"), "there is no provider `nobody`");
    assert!(refused("openai", "ftp://x").contains("http or https"));
    assert!(refused("openai", "http://me:secret@x").contains("shown to everyone"));
    assert!(refused("openai", "http://x?a=b").contains("behind a `?`"));
    let unknown = BadUpstream::UnknownProvider("nobody".to_owned());
    assert_eq!(unknown.to_string(), refused("nobody", "http://x"));
}

#[test]
fn a_template_is_served_by_the_key_that_ends_like_it() {
    let manifests = Manifests::bundled();
    let azure = &manifests.get("azure-openai").expect("bundled").provider;
    let keys = |name: &str| template::config_keys(azure, name).collect::<Vec<_>>();
    assert_eq!(keys("endpoint"), ["AZURE_OPENAI_ENDPOINT"]);
    assert_eq!(keys("deployment"), ["AZURE_OPENAI_DEPLOYMENT"]);
    assert!(keys("ployment").is_empty());
    let names: Vec<_> = template::names("https://${a}.x/${b_c}/${open").collect();
    assert_eq!(names, ["a", "b_c"]);
}
