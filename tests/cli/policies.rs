//! Policies, budgets and providers, as an operator changes them.

use serde_json::json;

use crate::harness::Sandbox;

fn with_team() -> Sandbox {
    let sandbox = Sandbox::new();
    let words = ["policy", "create", "team", "--provider", "openai", "--budget", "$5"];
    sandbox.ok(&[words.as_slice(), &["--tenant", "acme", "--request-cost", "0.25"]].concat());
    sandbox
}

#[test]
fn a_change_says_its_effect_and_touches_nothing_else() {
    let sandbox = with_team();
    let before = sandbox.json(&["policy", "show", "team"]);
    let changed = sandbox.json(&["policy", "set", "team", "--no-budget", "--yes"]);
    assert_eq!(changed["effects"][0]["word"], "UN-METERS");
    assert_eq!(changed["dryRun"], false);
    let mut expected = before;
    expected["monthlyBudgetMicros"] = json!(null);
    assert_eq!(sandbox.json(&["policy", "show", "team"]), expected);
    assert_eq!(changed["now"], expected);
}

#[test]
fn a_dry_run_sends_nothing() {
    let sandbox = with_team();
    let before = sandbox.json(&["policy", "show", "team"]);
    for words in [
        ["policy", "set", "team", "--budget", "$9", "--dry-run"].as_slice(),
        &["policy", "scope", "team", "--all-providers", "--dry-run"],
        &["policy", "disable", "team", "--dry-run"],
        &["policy", "set", "team", "--tenant", "other", "--dry-run"],
        &["budget", "set", "team", "$7", "--dry-run"],
        &["policy", "create", "new_one", "--provider", "xai", "--no-budget", "--dry-run"],
        &["key", "issue", "alice", "--policy", "team", "--dry-run"],
        &["provider", "disable", "openai", "--dry-run"],
    ] {
        let run = sandbox.run(words);
        assert_eq!(run.code, Some(0), "{words:?}\n{run}");
    }
    assert_eq!(sandbox.json(&["policy", "show", "team"]), before);
    assert_eq!(sandbox.json(&["policy", "list"]).as_array().unwrap().len(), 1);
    assert_eq!(sandbox.json(&["key", "list"]), json!([]));
    let shown = sandbox.ok(&["policy", "set", "team", "--budget", "$9", "--dry-run"]);
    assert!(shown.contains("PUT /v1/admin/policies/team"), "{shown}");
    assert!(shown.contains("$5.00 → $9.00"), "{shown}");
}

#[test]
fn scope_is_added_and_taken_away_by_name() {
    let sandbox = with_team();
    let scope =
        |more: &[&str]| sandbox.json(&[&["policy", "scope", "team", "--yes"], more].concat());
    let providers = |more: &[&str]| scope(more)["now"]["providers"].clone();
    assert_eq!(
        providers(&["--add-provider", "xai,anthropic"]),
        json!(["anthropic", "openai", "xai"])
    );
    assert_eq!(providers(&["--remove-provider", "xai"]), json!(["anthropic", "openai"]));
    let all = scope(&["--all-providers"]);
    assert_eq!(all["now"]["providers"], json!([]));
    assert_eq!(all["effects"][0]["word"], "WIDENS");
    let budget = sandbox.json(&["policy", "set", "team", "--budget", "$6"]);
    assert_eq!(budget["now"]["providers"], json!([]), "all stays all");
    let named = providers(&["--remove-provider", "openai"]);
    assert_eq!(named.as_array().unwrap().len(), 22);
    let models = |more: &[&str]| scope(more)["now"]["models"].clone();
    assert_eq!(models(&["--add-model", "anthropic/*"]), json!(["anthropic/*"]));
    assert_eq!(models(&["--add-model", "xai/grok-4.3"]), json!(["anthropic/*", "xai/grok-4.3"]));
    assert_eq!(models(&["--remove-model", "anthropic/*"]), json!(["xai/grok-4.3"]));
    let emptied = sandbox.run(&["policy", "scope", "team", "--remove-model", "xai/grok-4.3"]);
    assert_eq!(emptied.code, Some(2), "{emptied}");
    assert_eq!(models(&["--all-models"]), json!(null));
}

#[test]
fn a_disabled_policy_takes_its_keys_with_it_and_brings_them_back() {
    let sandbox = with_team();
    sandbox.ok(&["key", "issue", "alice", "--policy", "team", "--to", "file:k"]);
    let inspect = || sandbox.run(&["key", "inspect", "--key-file", "k"]).code;
    assert_eq!(inspect(), Some(0));
    let changed = sandbox.json(&["policy", "disable", "team", "--yes"]);
    let text = "1 key stops working at once; nobody used it this month";
    assert_eq!(changed["effects"][0]["text"], text);
    assert_eq!(inspect(), Some(34));
    sandbox.ok(&["policy", "enable", "team"]);
    assert_eq!(inspect(), Some(0));
    assert_eq!(sandbox.json(&["policy", "show", "team"])["monthlyBudgetMicros"], 5_000_000);
}

#[test]
fn a_moved_ledger_is_asked_about() {
    let sandbox = with_team();
    for words in [["--tenant", "other"], ["--budget-scope", "principal"]] {
        let words = [["policy", "set", "team"].as_slice(), &words].concat();
        let run = sandbox.run(&words);
        assert_eq!(run.code, Some(7), "{run}");
        assert!(run.stderr.contains("MOVES LEDGER"), "{run}");
        sandbox.ok(&[words.as_slice(), &["--yes"]].concat());
    }
}

#[test]
fn what_blocks_widens_to_all_or_narrows_is_asked_about() {
    let sandbox = with_team();
    let before = sandbox.json(&["policy", "show", "team"]);
    let asked = |words: &[&str], said: &str| {
        let run = sandbox.run(words);
        assert_eq!(run.code, Some(7), "{words:?}\n{run}");
        assert!(run.stderr.contains(said), "{words:?}\n{run}");
    };
    asked(&["policy", "set", "team", "--budget", "0"], "BLOCKS");
    asked(&["budget", "set", "team", "0"], "BLOCKS");
    asked(&["policy", "scope", "team", "--all-providers"], "WIDENS: to ALL providers");
    // The verb adds, and the effect takes away: everything else would be refused.
    let narrows = "NARROWS: from all models to the named ones; every other one is refused; nobody";
    asked(&["policy", "scope", "team", "--add-model", "openai/gpt-5*"], narrows);
    sandbox.ok(&["policy", "scope", "team", "--add-provider", "xai"]);
    let narrows = "NARROWS: openai is no longer allowed; nobody used it this month";
    asked(&["policy", "scope", "team", "--remove-provider", "openai"], narrows);
    asked(&["budget", "set", "--provider", "openai", "0"], "BLOCKS");
    // The operator's own key pays then.
    asked(&["policy", "set", "team", "--environment-fallback"], "FALLS BACK");
    sandbox.ok(&["policy", "scope", "team", "--remove-provider", "xai", "--yes"]);
    assert_eq!(sandbox.json(&["policy", "show", "team"]), before);
    // One that is made so blocks nobody who was let through before.
    sandbox.ok(&["policy", "create", "frozen", "--provider", "xai", "--budget", "0"]);
}

#[test]
fn a_key_that_moves_says_what_it_gains_and_loses_and_is_asked_about() {
    let sandbox = with_team();
    sandbox.ok(&["policy", "create", "open", "--all-providers", "--no-budget"]);
    let create = ["policy", "create", "small", "--provider", "xai", "--model", "xai/*"];
    sandbox.ok(&[create.as_slice(), &["--budget", "0"]].concat());
    sandbox.ok(&["key", "issue", "alice", "--policy", "team", "--to", "file:k"]);
    let moved = |to: &str, said: &[&str]| {
        let words = ["key", "move", "alice", "--policy", to];
        let run = sandbox.run(&words);
        assert_eq!(run.code, Some(7), "{run}");
        for text in said {
            assert!(run.stderr.contains(text), "{text}\n{run}");
        }
        let done = sandbox.json(&[words.as_slice(), &["--yes"]].concat());
        assert_eq!(done["now"]["policyId"], to);
        done["effects"].as_array().unwrap().iter().map(|it| it["word"].clone()).collect::<Vec<_>>()
    };
    let gains = ["UN-METERS: the key spends without a limit", "WIDENS: to ALL providers"];
    assert_eq!(moved("open", &gains), ["MOVES", "WIDENS", "UN-METERS"]);
    let losses = ["NARROWS: from all providers", "NARROWS: from all models", "BLOCKS"];
    let words = ["MOVES", "NARROWS", "NARROWS", "METERS", "BLOCKS"];
    assert_eq!(moved("small", &losses), words);
    // The same words where a manifest moves it.
    let manifest = "version: 1\nkeys: { alice: { policy: open } }\n";
    let plan = sandbox.run_with_input(&["diff", "-f", "-", "-o", "json"], manifest);
    assert_eq!(plan.code, Some(10), "{plan}");
    let plan: serde_json::Value = serde_json::from_str(&plan.stdout).unwrap();
    let effects = plan["changes"][0]["effects"].as_array().unwrap();
    let words: Vec<_> = effects.iter().map(|effect| effect["word"].as_str().unwrap()).collect();
    assert_eq!(words, ["MOVES", "WIDENS", "WIDENS", "UN-METERS"]);
    // To a policy that is alike, nobody has to be asked.
    sandbox.ok(&["policy", "copy", "small", "alike"]);
    sandbox.ok(&["key", "move", "alice", "--policy", "alike"]);
}

#[test]
fn a_copy_has_everything_but_the_keys() {
    let sandbox = with_team();
    sandbox.ok(&["policy", "copy", "team", "team_two", "--budget", "$1"]);
    let mut copy = sandbox.json(&["policy", "show", "team_two"]);
    assert_eq!(copy["monthlyBudgetMicros"], 1_000_000);
    copy["policyId"] = json!("team");
    copy["monthlyBudgetMicros"] = json!(5_000_000);
    assert_eq!(copy, sandbox.json(&["policy", "show", "team"]));
}

#[test]
fn a_killed_provider_stays_killed_when_its_budget_is_set() {
    let sandbox = with_team();
    sandbox.ok(&["provider", "disable", "openai", "--label", "incident 12", "--yes"]);
    sandbox.ok(&["budget", "set", "--provider", "openai", "$100"]);
    let rows = sandbox.json(&["api", "GET", "/v1/admin/connections"]);
    let rows = rows["connections"].as_array().unwrap();
    let row = rows.iter().find(|row| row["providerId"] == "openai").unwrap();
    assert_eq!((&row["enabled"], &row["label"]), (&json!(false), &json!("incident 12")));
    assert_eq!(row["monthlyBudgetMicros"], 100_000_000);
    sandbox.ok(&["provider", "enable", "openai"]);
    let run = sandbox.run(&["budget", "clear", "--provider", "openai"]);
    assert_eq!(run.code, Some(7), "un-metering is asked about\n{run}");
}

#[test]
fn budgets_are_checked_by_exit_code() {
    let sandbox = with_team();
    let check = |more: &[&str]| sandbox.run(&[&["budget", "check"], more].concat()).code;
    assert_eq!(check(&[]), Some(0));
    assert_eq!(check(&["--policy", "team", "--need", "$6"]), Some(21));
    assert_eq!(check(&["--policy", "team", "--need", "$5"]), Some(0));
    sandbox.ok(&["budget", "set", "team", "0", "--yes"]);
    assert_eq!(check(&["--policy", "team"]), Some(21));
    sandbox.ok(&["budget", "clear", "team", "--yes"]);
    assert_eq!(check(&["--policy", "team"]), Some(0));
}

const OUR_MANIFEST: &str = "schema: clawrouter.service-provider.v1
id: house-llm
displayName: House LLM
class: openai_compatible
service:
  platform: house
  kind: model_provider
  configKeys: [HOUSE_LLM_KEY]
baseUrls:
  default: http://127.0.0.1:9999
auth:
  schemes:
    - type: bearer
      header: Authorization
      format: \"Bearer ${secret}\"
      secretKind: api_key
routing:
  modelPrefixes: [house/]
  nativePrefixes: [house-llm]
adapter:
  request: openai
  response: openai
  stream: openai_sse
  error: openai_error
endpoints:
  chat_completions:
    path: /v1/chat/completions
    requestFormat: openai.chat_completions
    responseFormat: openai.chat_completions
    streaming: sse
capabilities:
  - id: llm.chat
    endpoint: chat_completions
models:
  entries:
    - id: house/small
      upstream: small
      capabilities: [llm.chat]
billing:
  meter: clawrouter.tokens
  dimensions: [provider, model]
";

#[test]
fn a_manifest_of_ones_own_is_a_provider_and_a_bad_one_harms_no_other() {
    let sandbox = Sandbox::new().with("HOUSE_LLM_KEY", "not-a-key");
    let folder = sandbox.path("clawctl/providers");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("house-llm.yaml"), OUR_MANIFEST).unwrap();
    let create = ["policy", "create", "team", "--provider", "house-llm", "--model", "house/*"];
    sandbox.ok(&[create.as_slice(), &["--no-budget"]].concat());
    let rows = sandbox.json(&["catalog", "list", "--policy", "team"]);
    assert_eq!((&rows[0]["model"], &rows[0]["state"]), (&json!("house/small"), &json!("ready")));
    let good = sandbox.run(&["router", "provider", "check"]);
    assert_eq!(good.code, Some(0), "{good}");
    std::fs::write(folder.join("broken.yaml"), OUR_MANIFEST.replace("class:", "clas:")).unwrap();
    let bad = sandbox.run(&["router", "provider", "check"]);
    assert_eq!(bad.code, Some(1), "{bad}");
    assert!(bad.to_string().contains("broken.yaml:4:"), "the place is told\n{bad}");
    let rows = sandbox.json(&["catalog", "list", "--policy", "team"]);
    assert_eq!(rows[0]["model"], "house/small", "the good one still stands");
}

#[test]
fn the_choice_among_grants_is_changed_member_by_member() {
    let sandbox = with_team();
    let set = |more: &[&str]| sandbox.json(&[&["policy", "set", "team"], more].concat());
    let routing = |more: &[&str]| set(more)["now"]["grantRouting"].clone();
    let mut expected = json!({"strategy": "most_remaining", "stickiness": "none",
        "failover": true, "staleState": "allow", "staleAfterSeconds": 300, "eligibleGrants": {}});
    expected["strategy"] = json!("priority");
    expected["failover"] = json!(false);
    assert_eq!(routing(&["--grant-strategy", "priority", "--no-grant-failover"]), expected);
    expected["eligibleGrants"] = json!({"openai": ["a", "b"], "xai": ["x"]});
    let named = set(&["--eligible-grant", "openai/b,openai/a,xai/x"]);
    assert_eq!(named["now"]["grantRouting"], expected);
    assert_eq!(named["effects"][0]["text"], "to a, b of openai");
    expected["eligibleGrants"] = json!({"openai": ["a", "b"]});
    expected["staleAfterSeconds"] = json!(30);
    expected["staleState"] = json!("deny");
    let more = ["--any-grant-of", "xai", "--grant-stale-after", "30", "--grant-stale", "deny"];
    assert_eq!(routing(&more), expected);
    // An edit of something else sends all of it back.
    assert_eq!(set(&["--budget", "$6"])["now"]["grantRouting"], expected);
    let refused = |more: &[&str]| {
        let run = sandbox.run(&[&["policy", "set", "team"], more].concat());
        assert_eq!(run.code, Some(2), "{more:?}\n{run}");
    };
    refused(&["--remove-eligible-grant", "openai/a,openai/b"]);
    refused(&["--eligible-grant", "nobody/a"]);
    refused(&["--eligible-grant", "openai"]);
    refused(&["--grant-stale-after", "29"]);
    refused(&["--grant-strategy", "fastest"]);
    let back = routing(&["--default-grant-routing", "--grant-stickiness", "session"]);
    let defaults = json!({"strategy": "most_remaining", "stickiness": "session",
        "failover": true, "staleState": "allow", "staleAfterSeconds": 300, "eligibleGrants": {}});
    assert_eq!(back, defaults);
}
