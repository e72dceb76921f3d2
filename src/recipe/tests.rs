use serde_json::json;

use super::*;
use crate::foreign::{json, toml};
use crate::report::catalog::{Basis, Use};
use clawctl_secret::Secret;

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
    Needs { url: URL, variable: KEY_VARIABLE, models, model, project: None, is_metered: false }
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
    let by_name = json!({ "source": "env", "provider": "default", "id": KEY_VARIABLE });
    assert_eq!(get(&["models", "providers", "clawrouter", "apiKey"]), Some(by_name));
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
    let shown = codex::text(&needs).unwrap();
    assert_eq!(sorted(&text), sorted(&shown), "what is shown is what is written");
    assert!(
        text.contains("[model_providers.clawrouter.http_headers]\nX-ClawRouter-Client = \"codex\"")
    );
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
    let cautions = claude_code::cautions(&document).unwrap();
    assert!(cautions.len() == 1 && cautions[0].contains("`env.ANTHROPIC_API_KEY`"), "{cautions:?}");
    claude_code::merge(&mut document, &needs, Some(&key())).unwrap();
    assert_eq!(document.get(&["env", "ANTHROPIC_AUTH_TOKEN"]), Ok(Some(json!(key().expose()))));
    let changed = claude_code::merge(&mut document, &needs, None).unwrap();
    assert!(!document.text().contains("canary"), "the helper takes its place");
    assert_eq!((changed.len(), changed[0].after.as_str()), (2, "gone"), "{changed:?}");
    assert_eq!(document.get(&["env", "CLAUDE_CODE_MAX_RETRIES"]), Ok(Some(json!("2"))));
    document.set(&["apiKeyHelper"], &json!("pass show mine")).unwrap();
    claude_code::merge(&mut document, &needs, Some(&key())).unwrap();
    assert_eq!(document.get(&["apiKeyHelper"]), Ok(Some(json!("pass show mine"))));
    assert!(!format!("{changed:?}").contains("canary"), "{changed:?}");
}

/// OpenClaw has had two shapes for the list of allowed models.
#[test]
fn openclaw_allows_the_model_in_each_of_its_lists() {
    let models = [row("openai/gpt-5.6", Transport::OpenaiResponses)];
    let merged = |before: &str| {
        let mut document = json::Document::parse(before).unwrap();
        openclaw::merge(&mut document, &needs(&models, &models[0]), None).unwrap();
        document.get(&["agents", "defaults"]).unwrap().unwrap()
    };
    let of = |defaults: &str| merged(&format!("{{ agents: {{ defaults: {{ {defaults} }} }} }}"));
    let (reference, every) = ("clawrouter/openai/gpt-5.6", "clawrouter/*");
    let newer = of("modelPolicy: { allow: ['x/y'] }");
    assert_eq!(newer["modelPolicy"]["allow"], json!(["x/y", reference]));
    assert_eq!(newer.get("models"), None, "no limit is made where there was none");
    let open =
        of("modelPolicy: { allow: ['x/y', 'clawrouter/*'] }, models: { 'clawrouter/*': {} }");
    assert_eq!(open["modelPolicy"]["allow"], json!(["x/y", every]));
    assert_eq!(open["models"], json!({ every: {} }));
    let both = of("modelPolicy: { allow: [] }, models: { 'x/y': {} }");
    assert_eq!(both["modelPolicy"]["allow"], json!([reference]));
    assert_eq!(both["models"], json!({ "x/y": {}, reference: {} }));
    let without = of("modelPolicy: {}");
    assert_eq!(without["modelPolicy"], json!({}), "every model is allowed already");
}

/// A patch replaces a list as a whole, and merges all else.
#[test]
fn a_patch_for_openclaw_loses_nothing_of_a_list() {
    let models = [row("openai/gpt-5.6", Transport::OpenaiResponses)];
    let there = "{ plugins: { allow: ['memory'] }, agents: { defaults: { model: 'x/y', \
                 modelPolicy: { allow: ['x/y'] }, models: { 'x/y': { alias: 'z' } } } }, mine: 1 }";
    let there = json::Document::parse(there).unwrap();
    let patch = openclaw::patch(&there, &needs(&models, &models[0])).unwrap();
    let patch: serde_json::Value = serde_json::from_str(&patch).unwrap();
    let reference = "clawrouter/openai/gpt-5.6";
    assert_eq!(patch["plugins"]["allow"], json!(["memory", "clawrouter"]));
    assert_eq!(patch["plugins"]["entries"]["clawrouter"]["enabled"], true);
    let defaults = &patch["agents"]["defaults"];
    assert_eq!(defaults["modelPolicy"]["allow"], json!(["x/y", reference]));
    assert_eq!(defaults["models"], json!({ reference: {} }), "the rest of a map stays");
    assert_eq!(defaults["model"], json!({ "primary": reference }));
    assert_eq!(patch.get("mine"), None, "what is not changed is not in it");
}

#[test]
fn every_client_says_who_it_is_and_for_which_project() {
    let codex = row("openai/gpt-5.6", Transport::OpenaiResponses);
    let models = [
        codex.clone(),
        row("groq/llama", Transport::OpenaiCompletions),
        row("anthropic/claude-opus-4-8", Transport::AnthropicMessages),
        row("google-gemini/gemini-3", Transport::GoogleGenerativeAi),
    ];
    let with = |model, project| Needs { project, ..needs(&models, model) };
    for client in [Client::Curl, Client::Python, Client::Node] {
        for model in &models {
            let text = client.sample(&with(model, Some("web/shop"))).unwrap();
            for word in [CLIENT_HEADER, client.as_str(), PROJECT_HEADER, "web/shop"] {
                assert!(text.contains(word), "{word}: {text}");
            }
            let text = client.sample(&with(model, None)).unwrap();
            assert!(text.contains(CLIENT_HEADER) && !text.contains(PROJECT_HEADER), "{text}");
        }
    }
    let text = codex::text(&with(&codex, Some("shop"))).unwrap();
    let document = toml::Document::parse(&text).unwrap();
    let header = |name| document.get(&["model_providers", "clawrouter", "http_headers", name]);
    assert_eq!(header(CLIENT_HEADER).as_deref(), Some("\"codex\""));
    assert_eq!(header(PROJECT_HEADER).as_deref(), Some("\"shop\""));
    let mut document = json::Document::parse("").unwrap();
    openclaw::merge(&mut document, &with(&codex, Some("shop")), None).unwrap();
    let headers = document.get(&["models", "providers", "clawrouter", "headers"]);
    assert_eq!(headers, Ok(Some(json!({ PROJECT_HEADER: "shop" }))), "it names itself");
}

#[test]
fn codex_sends_no_tool_that_a_budget_refuses() {
    let models = [row("openai/gpt-5.5", Transport::OpenaiResponses)];
    let metered = Needs { is_metered: true, ..needs(&models, &models[0]) };
    let search = |needs: &Needs<'_>| {
        let document = toml::Document::parse(&codex::text(needs).unwrap()).unwrap();
        document.get(&["web_search"])
    };
    assert_eq!(search(&metered).as_deref(), Some("\"disabled\""));
    assert_eq!(
        search(&needs(&models, &models[0])),
        None,
        "without a budget it is the user's choice"
    );
    let says = |needs: &Needs<'_>| Client::Codex.notes(needs).concat().contains("Web search");
    assert!(says(&metered) && !says(&needs(&models, &models[0])));
}

/// Headers of others stay, and a number that somebody chose.
#[test]
fn claude_code_keeps_the_headers_and_the_retries_that_it_had() {
    let models = claude();
    let needs = Needs { project: Some("shop"), ..needs(&models, &models[0]) };
    let before = json!({ "env": { "CLAUDE_CODE_MAX_RETRIES": "5",
        "ANTHROPIC_CUSTOM_HEADERS": "X-Mine: canary\nx-clawrouter-client: other" } });
    let mut document = json::Document::parse(&before.to_string()).unwrap();
    let changed = claude_code::merge(&mut document, &needs, None).unwrap();
    let env = document.get(&["env"]).unwrap().unwrap();
    assert_eq!(env["CLAUDE_CODE_MAX_RETRIES"], "5");
    let headers = "X-Mine: canary\nX-ClawRouter-Client: claude-code\nX-ClawRouter-Project-Id: shop";
    assert_eq!(env["ANTHROPIC_CUSTOM_HEADERS"], headers);
    assert!(!format!("{changed:?}").contains("canary"), "it may be a secret: {changed:?}");
    assert_eq!(claude_code::merge(&mut document, &needs, None).unwrap(), [], "once is enough");
}

#[test]
fn projects_have_the_names_that_routers_take() {
    assert!(is_project("shop") && is_project("a._~:/+@=-Z9") && is_project(&"x".repeat(256)));
    for bad in ["", "two words", "a\nb", "é", "a;b", &"x".repeat(257)] {
        assert!(!is_project(bad), "{bad:?}");
    }
}
