//! The user's own manifests: good ones join, bad ones say why and harm nobody else.

use std::fs;

use tempfile::TempDir;

use super::super::{ManifestProblem, Manifests};

const GOOD: &str = r#"schema: clawrouter.service-provider.v1
id: acme
displayName: Acme
service: {kind: model_provider, configKeys: [ACME_API_KEY]}
baseUrls:
  default: https://api.acme.example/v1
auth:
  schemes:
    - {type: bearer, header: Authorization, format: "Bearer ${secret}", secretKind: api_key}
routing: {modelPrefixes: [acme/]}
endpoints:
  chat:
    path: /chat
    requestFormat: openai.chat_completions
    responseFormat: openai.chat_completions
capabilities:
  - {id: llm.chat, endpoint: chat}
models:
  entries:
    - id: acme/one
      upstream: one
      capabilities: [llm.chat]
      pricing:
        effectiveAt: "2026-01-01"
        source: https://acme.example/prices
        inputMicrosPerMillion: 10
        outputMicrosPerMillion: 20
        maxInputTokens: 1000
        defaultMaxOutputTokens: 100
"#;

/// Loads a directory with these files in it, and gives back the problems without the directory.
fn load(files: &[(&str, &str)]) -> (Manifests, Vec<String>) {
    let dir = TempDir::new().expect("a directory");
    for (name, text) in files {
        fs::write(dir.path().join(name), text).expect("written");
    }
    let manifests = Manifests::load(Some(dir.path()));
    let prefix = format!("{}/", dir.path().display());
    let shown = manifests.problems().iter();
    let shown = shown.map(|problem| problem.to_string().replace(&prefix, "")).collect();
    (manifests, shown)
}

/// The problems of the good file with one text in it replaced.
#[track_caller]
fn problems(from: &str, to: &str) -> Vec<String> {
    assert!(GOOD.contains(from), "{from}");
    let (manifests, problems) = load(&[("acme.yaml", &GOOD.replace(from, to))]);
    assert!(manifests.get("acme").is_none());
    assert_eq!(manifests.iter().count(), 23, "the others are untouched");
    problems
}

#[track_caller]
fn assert_problem(from: &str, to: &str, expected: &str) {
    assert_eq!(problems(from, to), [expected]);
}

#[test]
fn no_directory_is_no_problem() {
    assert!(Manifests::load(None).problems().is_empty());
    let dir = TempDir::new().expect("a directory");
    let manifests = Manifests::load(Some(&dir.path().join("absent")));
    assert!(manifests.problems().is_empty());
    assert_eq!(manifests.iter().count(), 23);
}

#[test]
fn every_bundled_manifest_passes_the_checks_of_a_users_file() {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/providers");
    let manifests = Manifests::load(Some(dir.as_ref()));
    assert_eq!(manifests.problems(), []);
    assert_eq!(manifests.snapshot(), Manifests::bundled().snapshot());
}

#[test]
fn a_good_file_joins() {
    let (manifests, problems) =
        load(&[("acme.yml", GOOD), (".acme.yaml", "{"), ("notes.txt", "{"), ("b.yaml~", "{")]);
    assert_eq!(problems, [""; 0]);
    let acme = manifests.get("acme").expect("taken up");
    assert!(acme.path.as_ref().is_some_and(|path| path.ends_with("acme.yml")));
    assert_eq!(acme.provider.class, "openai_compatible");
    assert_eq!(acme.provider.service_platform, "acme");
    let (_, model) = manifests.model("acme/one").expect("listed");
    assert_eq!(model.token_pricing().map(|price| price.input_token_overhead), Some(1_024));
    assert_eq!(manifests.iter().count(), 24);
}

#[test]
fn a_file_may_take_the_place_of_a_bundled_one() {
    let text = GOOD.replace("id: acme\n", "id: openai\n").replace("acme/", "openai/");
    let (manifests, problems) = load(&[("mine.yaml", &text)]);
    assert_eq!(problems, [""; 0]);
    assert_eq!(manifests.base_url("openai"), Some("https://api.acme.example/v1"));
    assert!(manifests.model("openai/gpt-5.4").is_none());
    assert_eq!(manifests.iter().count(), 23);
}

#[test]
fn a_bad_file_for_a_bundled_provider_leaves_it_out() {
    let steal = GOOD.replace("modelPrefixes: [acme/]", "modelPrefixes: [openai/]");
    let (manifests, problems) = load(&[("acme.yaml", &steal), ("openai.yaml", "id: [")]);
    assert_eq!(
        problems,
        [
            "openai.yaml:1:5: expected string scalar",
            "openai.yaml: the bundled provider `openai` is left out until this file is mended",
            "acme.yaml:10:27: prefix `openai/` meets `openai/` of provider `openai`",
        ]
    );
    assert!(manifests.get("openai").is_none());
    assert!(manifests.resolve_model("openai/gpt-5.4").is_none());
    assert_eq!(manifests.iter().count(), 22);
}

#[test]
fn a_problem_names_file_line_column_and_reason() {
    let negative = GOOD.replace("PerMillion: 10\n", "PerMillion: -10\n");
    let dir = TempDir::new().expect("a directory");
    let path = dir.path().join("acme.yaml");
    fs::write(&path, negative).expect("written");
    let manifests = Manifests::load(Some(dir.path()));
    let expected = ManifestProblem {
        path,
        line: Some(26),
        column: Some(32),
        reason: "`inputMicrosPerMillion` is negative".to_owned(),
    };
    assert_eq!(manifests.problems(), [expected]);
}

#[test]
fn what_is_not_a_manifest_is_told() {
    let line = "schema: clawrouter.service-provider.v1\n";
    let missing = "acme.yaml:1:1: there is no `schema: clawrouter.service-provider.v1`";
    assert_problem(line, "", missing);
    let other = "acme.yaml:1:9: schema `v2` is not `clawrouter.service-provider.v1`";
    assert_problem(line, "schema: v2\nnew: thing\n", other);
    assert_problem("displayName: Acme\n", "", "acme.yaml:1:1: `displayName` is missing here");
    let unknown = "acme.yaml:4:61: `extra` is not known here; known are platform, kind, \
                   upstreamService, oauthProvider, configKeys, optionalConfigKeys";
    assert_problem("[ACME_API_KEY]}", "[ACME_API_KEY], extra: 1}", unknown);
    let twice = "acme.yaml:13:3: duplicate mapping key: chat not allowed here";
    let chat = "  chat: {path: /, requestFormat: a, responseFormat: b}\n  chat:\n";
    assert_problem("  chat:\n", chat, twice);
    let whole = "acme.yaml:26:32: a whole number is needed here";
    assert_problem("PerMillion: 10\n", "PerMillion: 0.5\n", whole);
    let (_, several) = load(&[("list.yaml", "- a\n"), ("bytes.yaml", "a: \u{0}\n")]);
    assert_eq!(several.len(), 2);
}

#[test]
fn what_a_manifest_says_of_itself_must_hold_together() {
    let id = "acme.yaml:2:5: `Acme!` is not an id: up to 64 of a-z, 0-9 and dash, and no dash in \
              front";
    assert_problem("id: acme\n", "id: Acme!\n", id);
    assert_problem(
        "id: acme\n",
        "id: clawrouter\n",
        "acme.yaml:2:5: `clawrouter` is the router's own name",
    );
    let class = "acme.yaml:3:8: `openai` is not one of openai_compatible, anthropic_compatible, \
                 rest_json, rest_form, oauth_rest_json, cloudflare_ai_gateway, custom_adapter";
    assert_problem("displayName", "class: openai\ndisplayName", class);
    let endpoint =
        "acme.yaml:17:30: capability `llm.chat` names endpoint `talk`, which does not exist";
    assert_problem("endpoint: chat}", "endpoint: talk}", endpoint);
    let nothing = "acme.yaml:20:7: model `acme/one` has no capabilities, so nothing can use it";
    assert_problem("      capabilities: [llm.chat]\n", "", nothing);
    let foreign =
        "acme.yaml:22:22: model `acme/one` has capability `llm.sing`, which this provider has not";
    assert_problem("[llm.chat]", "[llm.sing]", foreign);
    let path = "acme.yaml:13:11: `${user}` is neither in pathParams nor served by a config key";
    assert_problem("path: /chat", "path: /${user}/chat", path);
    let date = "acme.yaml:24:22: this must be a date such as 2026-06-19";
    assert_problem("\"2026-01-01\"", "yesterday", date);
    let transport = "acme.yaml:8:20: this router has one address for every kind of grant; take \
                     `grantTransports` out";
    assert_problem("auth:\n", "auth:\n  grantTransports: {subscription: {}}\n", transport);
}

#[test]
fn a_base_url_must_be_one() {
    let url = "https://api.acme.example/v1";
    let at = "acme.yaml:6:12:";
    let no_host = format!("{at} `acme` is not a base URL: relative URL without a base");
    assert_problem(url, "acme", &no_host);
    let scheme = format!("{at} `file:///etc` is not a base URL: it must use http or https");
    assert_problem(url, "file:///etc", &scheme);
    let filled = format!("{at} no config key gives `${{zone}}` its value");
    assert_problem(url, "https://${zone}.acme.example", &filled);
    let (manifests, problems) =
        load(&[("acme.yaml", &GOOD.replace(url, "https://${api_key}.acme.example"))]);
    assert_eq!(problems, [""; 0]);
    assert!(manifests.get("acme").is_some());
}

#[test]
fn what_belongs_to_another_provider_is_refused() {
    let model = "acme.yaml:20:11: model `openai/gpt-5.4` belongs to provider `openai`";
    assert_problem("id: acme/one", "id: openai/gpt-5.4", model);
    let under = "acme.yaml:20:11: model `openai/mine` is under the prefix `openai/` of provider \
                 `openai`";
    assert_problem("id: acme/one", "id: openai/mine", under);
    let prefix = "acme.yaml:10:27: prefix `openai/mine/` meets `openai/` of provider `openai`";
    assert_problem("[acme/]", "[openai/mine/]", prefix);
    let (manifests, problems) = load(&[("a.yaml", GOOD), ("b.yaml", GOOD)]);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("b.yaml:2:5: provider `acme` is already in a.yaml"));
    assert!(manifests.get("acme").is_some());
}

#[test]
fn nothing_in_a_file_reaches_the_terminal_raw() {
    let (_, problems) = load(&[
        ("a.yaml", "schema: \"\\e[31mred\"\n"),
        ("b.yaml", &GOOD.replace("upstream:", "\"up\\estream\": x\n      upstream:")),
        ("c.yaml", "schema: x\n\"a\\e\": 1\n\"a\\e\": 2\n"),
    ]);
    assert_eq!(problems.len(), 3);
    assert!(problems.iter().all(|problem| !problem.chars().any(char::is_control)), "{problems:?}");
}
