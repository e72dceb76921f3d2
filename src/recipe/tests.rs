use serde_json::json;

use super::*;
use crate::foreign::{json, toml};
use crate::report::catalog::{Basis, Use};
use crate::secret::Secret;

const URL: &str = "http://127.0.0.1:8787";

fn row(model: &str, transport: Transport) -> CatalogRow {
    let (provider, upstream) = model.split_once('/').unwrap();
    CatalogRow {
        model: model.to_owned(),
        provider: provider.to_owned(),
        upstream: upstream.to_owned(),
        capabilities: Vec::new(),
        transports: vec![transport],
        context_tokens: None,
        max_output_tokens: None,
        input_micros_per_million: None,
        output_micros_per_million: None,
        cached_input_micros_per_million: None,
        pricing: None,
        state: Use::Ready,
        reason: None,
        basis: Basis::Key,
    }
}

fn claude() -> Vec<CatalogRow> {
    ["anthropic/claude-opus-4-8", "anthropic/claude-sonnet-4-6", "anthropic/claude-haiku-4-5"]
        .map(|model| row(model, Transport::AnthropicMessages))
        .to_vec()
}

fn needs<'a>(models: &'a [CatalogRow], model: &'a CatalogRow) -> Needs<'a> {
    Needs { url: URL, variable: KEY_VARIABLE, models, model }
}

fn key() -> Secret {
    Secret::new("clawrouter-live-alice-canarycanary".to_owned())
}

#[test]
fn every_sample_names_the_address_and_never_holds_a_key() {
    let rows = [
        row("openai/gpt-5.6", Transport::OpenaiResponses),
        row("groq/llama", Transport::OpenaiCompletions),
        row("anthropic/claude-opus-4-8", Transport::AnthropicMessages),
        row("google-gemini/gemini-3", Transport::GoogleGenerativeAi),
    ];
    for client in [Client::Openclaw, Client::Env, Client::Curl, Client::Python, Client::Node] {
        for row in &rows {
            let text = client.sample(&needs(&rows, row)).unwrap();
            assert!(text.contains(URL), "{client:?}: {text}");
            if client != Client::Env {
                assert!(text.contains(&client.reference(row)), "{client:?}: {text}");
            }
        }
    }
}

#[test]
fn a_client_is_offered_only_what_it_can_speak_to() {
    let check = |client: Client, row: &CatalogRow, usable| {
        assert_eq!(client.transport(row).is_some(), usable, "{client:?} {}", row.model);
    };
    let opus = claude().remove(0);
    check(Client::Codex, &opus, false);
    check(Client::ClaudeCode, &opus, true);
    check(Client::Openclaw, &opus, true);
    check(Client::Openclaw, &row("clawrouter/fusion", Transport::OpenaiCompletions), false);
    check(Client::Curl, &row("clawrouter/fusion", Transport::OpenaiCompletions), true);
    check(Client::Codex, &row("groq/llama", Transport::OpenaiCompletions), false);
}

#[test]
fn claude_code_is_pinned_to_models_that_there_are() {
    let all = claude();
    let pins = |models: &[CatalogRow], model: &CatalogRow| {
        let variables = claude_code::variables(&needs(models, model));
        variables.into_iter().map(|(_, value)| value).collect::<Vec<_>>()
    };
    let (opus, sonnet, haiku) = ("claude-opus-4-8", "claude-sonnet-4-6", "claude-haiku-4-5");
    assert_eq!(pins(&all, &all[1]), [URL, sonnet, opus, sonnet, haiku]);
    assert_eq!(pins(&all[2..], &all[2]), [URL, haiku, haiku, haiku, haiku]);
    let other = row("clawpool/claude-opus-4-8", Transport::AnthropicMessages);
    let mixed = [other.clone(), all[1].clone()];
    let native = format!("{URL}/v1/native/clawpool");
    assert_eq!(pins(&mixed, &other), [native.as_str(), opus, opus, opus, opus]);
}

#[test]
fn openclaw_keeps_what_it_had() {
    let models = [row("openai/gpt-5.6", Transport::OpenaiResponses)];
    let merged = |before: &str, key: Option<&Secret>| {
        let mut document = json::Document::parse(before).unwrap();
        let changed = openclaw::merge(&mut document, &needs(&models, &models[0]), key).unwrap();
        (document, changed)
    };
    let before = "{\n  // my agent\n  agents: { defaults: { model: 'x/y', models: { 'x/y': {} } } },\
                  \n  plugins: { allow: ['memory'], entries: { clawrouter: { enabled: false } } },\n}\n";
    let (document, changed) = merged(before, None);
    let get = |path: &[&str]| document.get(path).unwrap();
    assert_eq!(get(&["agents", "defaults", "model"]), Some(json!("clawrouter/openai/gpt-5.6")));
    let allowed = ["agents", "defaults", "models", "clawrouter/openai/gpt-5.6"];
    assert_eq!(get(&allowed), Some(json!({})));
    assert_eq!(get(&["plugins", "allow"]), Some(json!(["memory", "clawrouter"])));
    assert_eq!(get(&["plugins", "entries", "clawrouter", "enabled"]), Some(json!(true)));
    assert_eq!(get(&["models", "providers", "clawrouter", "baseUrl"]), Some(json!(URL)));
    assert_eq!(get(&["models", "providers", "clawrouter", "apiKey"]), None, "the plugin knows it");
    assert_eq!(changed.len(), 5);
    let (_, changed) = merged(document.text(), None);
    assert_eq!(changed, [], "once is enough");
    let (document, changed) = merged(document.text(), Some(&key()));
    assert!(document.text().contains("canary"));
    assert!(!format!("{changed:?}").contains("canary"), "{changed:?}");
    let (document, changed) = merged(document.text(), None);
    assert!(!document.text().contains("canary"), "the variable takes its place");
    assert!(!format!("{changed:?}").contains("canary"), "{changed:?}");
}

#[test]
fn codex_gets_a_provider_of_its_own() {
    let models = [row("openai/gpt-5.6", Transport::OpenaiResponses)];
    let needs = needs(&models, &models[0]);
    let merged = |before: &str, key: Option<&Secret>| {
        let mut document = toml::Document::parse(before).unwrap();
        let changed = codex::merge(&mut document, &needs, key).unwrap();
        (document.text(), changed)
    };
    let (text, _) = merged("", None);
    let sorted = |text: &str| {
        let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&text), sorted(&codex::text(&needs)), "what is shown is what is written");
    let (text, changed) = merged("model = \"o3\" # fast\n[tui]\n", Some(&key()));
    assert!(text.starts_with("model = \"openai/gpt-5.6\" # fast\nmodel_provider"), "{text}");
    assert!(text.contains("canary") && !text.contains("env_key"), "{text}");
    assert!(!format!("{changed:?}").contains("canary"), "{changed:?}");
    assert_eq!(changed[0].before.as_deref(), Some("\"o3\""));
    let (text, changed) = merged(&text, None);
    assert!(!text.contains("canary") && text.contains("env_key"), "{text}");
    assert!(!format!("{changed:?}").contains("canary"), "{changed:?}");
}

#[test]
fn claude_code_asks_a_helper_for_the_key() {
    let models = claude();
    let needs = needs(&models, &models[0]);
    let mut document = json::Document::parse("{\"env\": {\"ANTHROPIC_API_KEY\": \"x\"}}").unwrap();
    claude_code::merge(&mut document, &needs, None).unwrap();
    assert_eq!(document.get(&["apiKeyHelper"]), Ok(Some(json!("printenv CLAWROUTER_API_KEY"))));
    assert_eq!(claude_code::in_the_way(&document).unwrap(), ["env.ANTHROPIC_API_KEY"]);
    claude_code::merge(&mut document, &needs, Some(&key())).unwrap();
    assert_eq!(document.get(&["env", "ANTHROPIC_AUTH_TOKEN"]), Ok(Some(json!(key().expose()))));
    let changed = claude_code::merge(&mut document, &needs, None).unwrap();
    assert!(!document.text().contains("canary"), "the helper takes its place");
    assert_eq!((changed.len(), changed[0].after.as_str()), (2, "gone"), "{changed:?}");
    document.set(&["apiKeyHelper"], &json!("pass show mine")).unwrap();
    claude_code::merge(&mut document, &needs, Some(&key())).unwrap();
    assert_eq!(document.get(&["apiKeyHelper"]), Ok(Some(json!("pass show mine"))));
    assert!(!format!("{changed:?}").contains("canary"), "{changed:?}");
}
