//! Fusion, as an operator sees and changes it.

use serde_json::json;

use crate::harness::Sandbox;

const MODELS: [&str; 6] = [
    "--adviser",
    "local/a",
    "--adviser",
    "groq/gpt-oss-120b",
    "--aggregator",
    "openai/gpt-4.1-mini",
];

#[test]
fn a_change_touches_what_it_names_and_says_what_it_opens() {
    let sandbox = Sandbox::new();
    let before = sandbox.json(&["fusion", "show"]);
    assert_eq!(before["enabled"], false);
    let set =
        sandbox.json(&[&["fusion", "set", "--temperature", "1.5"], MODELS.as_slice()].concat());
    assert_eq!(set["effects"], json!([]), "it is off");
    let mut expected = before.clone();
    expected["temperature"] = json!(1.5);
    expected["adviserModels"] = json!(["local/a", "groq/gpt-oss-120b"]);
    assert_eq!(sandbox.json(&["fusion", "show"]), expected);
    let enabled = sandbox.json(&["fusion", "enable"]);
    let words: Vec<_> =
        enabled["effects"].as_array().unwrap().iter().map(|effect| &effect["word"]).collect();
    assert_eq!(words, ["OPENS", "DISCLOSES"]);
    expected["enabled"] = json!(true);
    assert_eq!(enabled["now"], expected);
    // Without a terminal and without `--yes`, what is in use is not switched off.
    let stopped = sandbox.run(&["fusion", "disable"]);
    assert_eq!(stopped.code, Some(7), "{stopped}");
    sandbox.ok(&["fusion", "disable", "--yes"]);
    expected["enabled"] = json!(false);
    assert_eq!(sandbox.json(&["fusion", "show"]), expected);
}

#[test]
fn what_a_router_would_change_is_refused() {
    let sandbox = Sandbox::new();
    let before = sandbox.json(&["fusion", "show"]);
    let five = "local/a,local/b,local/c,local/d,local/e";
    for (words, said) in [
        (["--adviser", five], "at most 4 advisers"),
        (["--adviser", "local/a,local/a"], "named twice"),
        (["--adviser", "clawrouter/fusion"], "cannot ask itself"),
        (["--adviser-timeout", "500ms"], "adviserTimeoutMs is 500"),
        (["--max-output-tokens", "5000"], "would make it 4096"),
        (["--temperature", "-1"], "would make it 0"),
    ] {
        let run = sandbox.run(&[["fusion", "set"].as_slice(), &words].concat());
        assert_eq!(run.code, Some(2), "{words:?}\n{run}");
        assert!(run.stderr.contains(said), "{words:?}\n{run}");
    }
    let nothing = sandbox.run(&["fusion", "set"]);
    assert_eq!(nothing.code, Some(2), "{nothing}");
    // What only the router can know, it says.
    let unknown = sandbox.run(&["fusion", "set", "--adviser", "nobody/x"]);
    assert_eq!(unknown.code, Some(1), "{unknown}");
    assert!(unknown.stderr.contains("fusion_model_not_found"), "{unknown}");
    let shown = sandbox.ok(&["fusion", "enable", "--dry-run"]);
    assert!(shown.contains("PUT /v1/admin/fusion"), "{shown}");
    assert_eq!(sandbox.json(&["fusion", "show"]), before);
}

#[test]
fn a_preview_shows_each_call_and_what_it_reserves() {
    let sandbox = Sandbox::new().with("OPENAI_API_KEY", "sk-fusion-canary");
    sandbox.ok(&["policy", "create", "team", "--provider", "openai", "--budget", "$5"]);
    let words = [["fusion", "preview", "--policy", "team"].as_slice(), &MODELS].concat();
    insta::assert_snapshot!(sandbox.run(&words), @r"
    requests of policy team would be answered, once fusion is switched on
    advisers ready    0 of 2
    reserves at most  $0.47146
    budget left       $5.00
    enough for all    yes

    STAGE        MODEL                PROVIDER      STATE        RESERVES  WHY
    adviser 1    local/a              local-openai  blocked         $0.00  The policy does not reach
                                                                           Local OpenAI-compatible.
    adviser 2    groq/gpt-oss-120b    groq          blocked     $0.020122  The policy does not reach
                                                                           Groq.
    synthesizer  openai/gpt-4.1-mini  openai        unverified   $0.47146  It can be called; no live
                                                                           check has confirmed it within
                                                                           a day.
    -- stderr --
    Advisers are taken at their limits, the synthesizer at its model's longest input and usual output; a request that asks for more output reserves more.
    ");
    let found = sandbox.json(&words);
    assert_eq!(found["readyAdviserCount"], 0);
    assert_eq!(found["calls"].as_array().unwrap().len(), 3);
    assert_eq!(sandbox.json(&["fusion", "show"])["adviserModels"], json!(["local/qwen3:8b"]));
    let missing = sandbox.run(&["fusion", "preview", "--policy", "ghost"]);
    assert_eq!(missing.code, Some(3), "{missing}");
    insta::assert_snapshot!(sandbox.run(&["fusion", "show"]), @r"
    clawrouter/fusion
    switch           disabled
    advisers         local/qwen3:8b
    aggregator       openai/gpt-4.1-mini
    adviser timeout  15000 ms
    adviser output   at most 768 tokens
    adviser input    the last 24000 characters
    proposals        the first 6000 characters of each
    temperature      0.2
    ");
}
