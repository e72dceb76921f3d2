//! The facts of the bundled manifests, as the router's contract has them.

use serde_json::{Value, json};

use super::super::Manifests;
use clawctl_wire::pricing::{self, Pricing};
use clawctl_wire::provider::{AuthScheme, ProviderSnapshot};

/// Input, output and cached input per million tokens; the default for output; the most input; and
/// where the long context starts.
type Price = (&'static str, [u64; 2], Option<u64>, u64, u64, Option<u64>);

#[rustfmt::skip]
const PRICES: &[Price] = &[
    ("anthropic/claude-haiku-4-5", [1_000_000, 5_000_000], Some(100_000), 64_000, 200_000, None),
    ("anthropic/claude-opus-4-8", [5_000_000, 25_000_000], Some(500_000), 128_000, 1_000_000, None),
    ("anthropic/claude-sonnet-4-6", [3_000_000, 15_000_000], Some(300_000), 64_000, 1_000_000, None),
    ("claude-max-proxy/claude-haiku-4", [0, 0], None, 32_000, 200_000, None),
    ("claude-max-proxy/claude-opus-4", [0, 0], None, 32_000, 200_000, None),
    ("claude-max-proxy/claude-sonnet-4", [0, 0], None, 32_000, 200_000, None),
    ("deepseek/deepseek-v4-flash", [140_000, 280_000], Some(2_800), 384_000, 1_000_000, None),
    ("deepseek/deepseek-v4-pro", [435_000, 870_000], Some(3_625), 384_000, 1_000_000, None),
    ("fireworks/glm-5.2", [1_400_000, 4_400_000], Some(260_000), 131_072, 1_048_576, None),
    ("google/gemini-3.5-flash", [1_500_000, 9_000_000], Some(150_000), 65_536, 1_048_576, None),
    ("groq/gpt-oss-120b", [150_000, 600_000], Some(75_000), 65_536, 131_072, None),
    ("local/default", [0, 0], None, 4_096, 131_072, None),
    ("minimax/MiniMax-M2.7", [300_000, 1_200_000], Some(60_000), 131_072, 204_800, None),
    ("mistral/mistral-embed", [100_000, 0], None, 0, 8_192, None),
    ("mistral/mistral-medium-3-5", [1_500_000, 7_500_000], None, 65_536, 262_144, None),
    ("mistral/mistral-small-2603", [150_000, 600_000], None, 65_536, 262_144, None),
    ("openai/gpt-4.1-mini", [400_000, 1_600_000], Some(100_000), 32_768, 1_047_576, None),
    ("openai/gpt-5.4", [2_500_000, 15_000_000], Some(250_000), 128_000, 1_050_000, Some(272_000)),
    ("openai/gpt-5.5", [5_000_000, 30_000_000], Some(500_000), 128_000, 1_050_000, Some(272_000)),
    ("openai/gpt-5.6", [5_000_000, 30_000_000], Some(500_000), 128_000, 1_050_000, Some(272_000)),
    ("openai/text-embedding-3-large", [130_000, 0], None, 0, 8_192, None),
    ("perplexity/sonar-pro", [3_000_000, 15_000_000], None, 8_192, 200_000, None),
    ("together/glm-5.2", [1_400_000, 4_400_000], Some(260_000), 131_072, 262_144, None),
    ("xai/grok-4.3", [1_250_000, 2_500_000], Some(200_000), 131_072, 1_000_000, Some(200_000)),
];

const IDS: &[&str] = &[
    "anthropic",
    "aws-bedrock",
    "azure-openai",
    "claude-max-proxy",
    "clawpool",
    "cloudflare-ai-gateway",
    "cohere",
    "deepseek",
    "firecrawl",
    "fireworks",
    "google-gemini",
    "groq",
    "huggingface",
    "local-openai",
    "minimax",
    "mistral",
    "openai",
    "openrouter",
    "perplexity",
    "replicate",
    "tavily",
    "together",
    "xai",
];

fn provider(id: &str) -> Value {
    let manifests = Manifests::bundled();
    let manifest = manifests.get(id).expect(id);
    serde_json::to_value(&manifest.provider).expect("a provider is JSON")
}

fn pricing(model: &str) -> Pricing {
    let manifests = Manifests::bundled();
    let (_, model) = manifests.model(model).expect(model);
    model.token_pricing().cloned().expect("a price")
}

#[test]
fn the_known_ids_are_in_byte_order() {
    let manifests = Manifests::bundled();
    let ids: Vec<_> = manifests.providers().map(|provider| provider.id.as_str()).collect();
    assert_eq!(ids, IDS);
    assert!(ids.is_sorted());
}

#[test]
fn every_price_is_the_one_in_the_contract() {
    let snapshot = Manifests::bundled().snapshot();
    let priced: Vec<Price> = PRICES.to_vec();
    let found: Vec<_> = snapshot
        .model_index
        .iter()
        .filter_map(|(id, model)| {
            let price = model.pricing.as_ref().and_then(pricing::Price::tokens)?;
            assert_eq!(price.input_token_overhead, 1_024, "{id}");
            let rates = [price.input_micros_per_million, price.output_micros_per_million];
            let threshold = price.long_context.as_ref().map(|long| long.threshold_input_tokens);
            let cached = price.cached_input_micros_per_million;
            let most = (price.default_max_output_tokens, price.max_input_tokens);
            Some((id.as_str(), rates, cached, most.0, most.1, threshold))
        })
        .collect();
    assert_eq!(found, priced);
}

#[test]
fn writing_to_the_cache_has_its_own_price() {
    let opus = pricing("anthropic/claude-opus-4-8");
    assert_eq!(opus.cache_write_5m_input_micros_per_million, Some(6_250_000));
    assert_eq!(opus.cache_write_1h_input_micros_per_million, Some(10_000_000));
    assert_eq!(opus.cache_write_input_micros_per_million, None);
    let gpt = pricing("openai/gpt-5.6");
    assert_eq!(gpt.cache_write_input_micros_per_million, Some(6_250_000));
    let long = gpt.long_context.expect("a long context");
    assert_eq!(long.cache_write_input_micros_per_million, Some(12_500_000));
    assert_eq!(long.output_micros_per_million, 45_000_000);
    assert_eq!(pricing("openai/text-embedding-3-large").max_request_input_tokens, Some(300_000));
}

#[test]
fn openai_is_as_recorded_without_the_sign_in_of_another_program() {
    let openai = provider("openai");
    assert_eq!(
        openai["auth"],
        json!({
            "schemes": [{
                "type": "bearer", "header": "Authorization", "format": "Bearer ${secret}",
                "secretKind": "api_key", "required": true,
            }],
            "authorization": null, "refresh": null, "grantTransports": {},
        })
    );
    assert_eq!(openai["quota"]["probes"], json!([]));
    assert_eq!(
        openai["adapter"]["requestTransforms"],
        json!({"renameFields": [{
            "from": "max_tokens", "to": "max_completion_tokens",
            "paths": ["/v1/chat/completions"], "upstreams": ["gpt-5.6", "gpt-5.5", "gpt-5.4"],
            "upstreamConfig": null,
        }]})
    );
    assert_eq!(
        openai["endpoints"][2],
        json!({
            "id": "responses", "method": "POST", "methods": ["POST"], "path": "/v1/responses",
            "native_proxy": true, "auth": null, "headers": {},
            "request_headers": ["session-id", "thread-id", "session_id", "x-client-request-id"],
            "response_headers": [], "query": {}, "path_params": [], "path_param_styles": {},
            "request_format": "openai.responses", "response_format": "openai.responses",
            "streaming": "sse", "timeout_ms": 600_000,
        })
    );
    assert_eq!(openai["models"][0]["id"], "openai/gpt-5.6");
    let efforts = json!(["none", "low", "medium", "high", "xhigh", "max"]);
    assert_eq!(openai["models"][0]["supportedReasoningEfforts"], efforts);
    assert!(openai["models"][1].get("supportedReasoningEfforts").is_none());
}

#[test]
fn the_first_model_of_a_provider_is_its_default() {
    let manifests = Manifests::bundled();
    let first = |id: &str| manifests.get(id).expect(id).provider.models[0].id.clone();
    assert_eq!(first("anthropic"), "anthropic/claude-opus-4-8");
    assert_eq!(first("mistral"), "mistral/mistral-medium-3-5");
    assert_eq!(first("deepseek"), "deepseek/deepseek-v4-pro");
}

#[test]
fn what_a_manifest_leaves_out_has_the_usual_value() {
    let groq = provider("groq");
    assert_eq!(groq["status"], "stable");
    assert_eq!(
        groq["quota"]["responseHeaders"][2],
        json!({
            "id": "generic", "kind": "generic", "unit": null, "window": null, "fixedLimit": null,
            "limitHeaders": ["ratelimit-limit", "x-ratelimit-limit"],
            "remainingHeaders": ["ratelimit-remaining", "x-ratelimit-remaining"],
            "usedHeaders": [],
            "resetHeaders": ["ratelimit-reset", "x-ratelimit-reset"],
        })
    );
    let replicate = provider("replicate");
    assert_eq!(replicate["capabilities"][1]["methods"], json!(["GET"]));
    assert_eq!(replicate["endpoints"][0]["method"], "GET");
}

#[test]
fn the_parts_that_only_some_providers_have_are_there() {
    let bedrock = provider("aws-bedrock");
    assert_eq!(
        bedrock["auth"]["schemes"],
        json!([{"type": "sig_v4", "service": "bedrock", "regionParam": "region"}])
    );
    assert_eq!(bedrock["auth_schemes"], json!(["sigv4:bedrock"]));
    assert_eq!(bedrock["base_urls"]["default"], "https://bedrock-runtime.${region}.amazonaws.com");
    assert_eq!(bedrock["endpoints"][0]["path_param_styles"], json!({"model": "opaque_segment"}));
    assert_eq!(bedrock["optional_config_keys"], json!(["AWS_SESSION_TOKEN"]));
    let azure = provider("azure-openai");
    assert_eq!(azure["adapter"]["injectQuery"], json!({"api-version": "${api_version}"}));
    let openrouter = provider("openrouter");
    let headers = json!({"HTTP-Referer": "${site_url}", "X-Title": "ClawRouter"});
    assert_eq!(openrouter["adapter"]["injectHeaders"], headers);
    assert_eq!(provider("local-openai")["auth_schemes"], json!(["bearer:api_key:optional"]));
    assert_eq!(provider("firecrawl")["models"], json!([]));
}

#[test]
fn claude_max_proxy_needs_no_key_and_costs_nothing() {
    let manifests = Manifests::bundled();
    let manifest = manifests.get("claude-max-proxy").expect("bundled");
    assert!(manifest.provider.config_keys.is_empty());
    assert_eq!(manifests.base_url("claude-max-proxy"), Some("http://localhost:3456"));
    let [AuthScheme::Bearer { required: false, .. }] = manifest.provider.auth.schemes.as_slice()
    else {
        panic!("{:?}", manifest.provider.auth.schemes);
    };
    let free = |model: &str| pricing(&format!("claude-max-proxy/{model}")).is_free();
    assert!(free("claude-opus-4") && free("claude-sonnet-4") && free("claude-haiku-4"));
    assert_eq!(manifest.body_quirks.drop_fields, ["user"]);
    assert!(manifest.body_quirks.flatten_text && manifest.body_quirks.plain_roles);
    assert!(manifest.body_quirks.empty_is_failure);
    assert!(manifest.body_quirks.no_stream_usage);
}

#[test]
fn clawpool_passes_on_what_the_client_says_of_itself() {
    let clawpool = provider("clawpool");
    let passed = json!(["anthropic-beta", "anthropic-version", "user-agent", "x-app"]);
    assert_eq!(clawpool["adapter"]["passthroughHeaders"], passed);
    assert_eq!(clawpool["auth_schemes"], json!(["bearer:api_key"]));
    assert_eq!(clawpool["config_keys"], json!(["CLAWPOOL_API_KEY"]));
    let injected = json!({"anthropic-version": "2023-06-01"});
    assert_eq!(clawpool["adapter"]["injectHeaders"], injected);
    for model in clawpool["models"].as_array().expect("a list") {
        assert_eq!(model["pricing"], Value::Null, "the pool is paid for elsewhere");
    }
}

#[test]
fn a_notice_is_for_the_operator_and_not_for_the_wire() {
    let manifests = Manifests::bundled();
    let noticed: Vec<_> = manifests
        .iter()
        .filter(|manifest| manifest.notice.is_some())
        .map(|manifest| manifest.provider.id.as_str())
        .collect();
    assert_eq!(noticed, ["claude-max-proxy", "clawpool"]);
    let published = serde_json::to_string(&manifests.snapshot()).expect("JSON");
    assert!(!published.contains("notice") && !published.contains("dropFields"));
}

#[test]
fn the_snapshot_survives_the_wire() {
    let snapshot = Manifests::bundled().snapshot();
    assert_eq!(snapshot.version, "clawrouter.provider-snapshot.v1");
    assert_eq!(snapshot.model_index.len(), 38);
    let chat = snapshot.capability_index["llm.chat"].iter();
    let chat: Vec<_> = chat.map(|source| source.provider.as_str()).collect();
    assert_eq!(chat[..3], ["azure-openai", "claude-max-proxy", "cloudflare-ai-gateway"]);
    let text = serde_json::to_string(&snapshot).expect("JSON");
    let read: ProviderSnapshot = serde_json::from_str(&text).expect("a snapshot");
    assert_eq!(read, snapshot);
}

#[test]
fn a_newer_router_may_say_more() {
    let text = r#"{
        "version": "clawrouter.provider-snapshot.v9", "mood": "fine",
        "providers": [{
            "id": "acme", "class": "telepathic", "status": "shy", "aura": {"colour": "blue"},
            "auth": {"schemes": [{"type": "handshake", "grip": 3}]},
            "models": [{"id": "acme/one", "tags": ["x"]}]
        }]
    }"#;
    let snapshot: ProviderSnapshot = serde_json::from_str(text).expect("a snapshot");
    let acme = &snapshot.providers[0];
    assert_eq!((acme.class.as_str(), acme.status.as_str()), ("telepathic", "shy"));
    assert_eq!(acme.auth.schemes, [AuthScheme::Unknown]);
    assert_eq!(acme.models[0].id, "acme/one");
}
