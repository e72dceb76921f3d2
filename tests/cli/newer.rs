//! What a ClawRouter after 0.2 answers otherwise: new prices, members, nulls and refusals.

use serde_json::{Value, json};

use crate::harness::{Run, Sandbox, Served};
use crate::later::{Later, Version};

const TOKEN: &str = "admin-token-of-a-later-router";

/// A later router, and somebody who administers it.
struct World {
    operator: Sandbox,
    later: Later,
    _served: Served,
    _home: Sandbox,
}

impl World {
    fn new(version: Version) -> Self {
        let home = Sandbox::new()
            .with("OPENAI_API_KEY", "not-a-key")
            .with("CLAWROUTER_ADMIN_TOKEN_SHA256", &clawctl_wire::key::sha256_hex(TOKEN));
        let served = home.serve();
        let later = Later::start(&served.url, version);
        let operator = Sandbox::new()
            .with("CLAWROUTER_BASE_URL", later.url())
            .with("CLAWROUTER_ADMIN_TOKEN", TOKEN);
        Self { operator, later, _served: served, _home: home }
    }

    /// With a policy that has a budget, and a key of somebody under it.
    fn with_key(version: Version) -> Self {
        let world = Self::new(version);
        let words = ["policy", "create", "team", "--provider", "openai", "--budget", "$5"];
        let _ = world.operator.ok(&words);
        let words = ["key", "issue", "alice", "--policy", "team", "--principal", "ada@example.com"];
        let _ = world.operator.ok(&[words.as_slice(), &["--to", "file:alice.key"]].concat());
        world
    }

    fn json(&self, words: &[&str]) -> Value {
        self.operator.json(words)
    }

    /// The bodies of all writes to paths that begin so.
    fn written(&self, path: &str) -> Vec<Value> {
        let heard = self.later.heard();
        let writes = heard.iter().filter(|heard| {
            let mut words = heard.line.split(' ');
            words.next() == Some("PUT") && words.next().is_some_and(|it| it.starts_with(path))
        });
        writes.map(|heard| serde_json::from_slice(&heard.body).unwrap()).collect()
    }
}

#[track_caller]
fn says(run: &Run, code: i32, texts: &[&str]) {
    assert_eq!(run.code, Some(code), "{run}");
    for text in texts {
        assert!(run.stdout.contains(text) || run.stderr.contains(text), "`{text}`\n{run}");
    }
}

#[test]
fn a_policy_is_made_and_reset_although_the_router_adds_members() {
    let world = World::new(Version::V03);
    let made =
        world.operator.run(&["policy", "create", "team", "--provider", "openai", "--budget", "$5"]);
    says(&made, 0, &[]);
    let set = ["policy", "set", "team", "--grant-strategy", "priority", "--yes"];
    says(&world.operator.run(&set), 0, &[]);
    let reset = ["policy", "set", "team", "--default-grant-routing", "--yes"];
    says(&world.operator.run(&reset), 0, &[]);
    // What the router added travels along with every write of the whole.
    let routing = world.written("/v1/admin/policies/team").pop().unwrap()["grantRouting"].clone();
    assert_eq!(routing["switchAtUsedPercent"], 90);
    assert_eq!(routing["strategy"], "most_remaining");
    let shown = world.operator.ok(&["policy", "show", "team"]);
    assert!(!shown.contains("grant routing"), "it is the default\n{shown}");
}

#[test]
fn a_manifest_settles_although_the_router_adds_members() {
    let world = World::new(Version::V03);
    let manifest = "version: 1\npolicies:\n  team:\n    providers: [openai]\n    budget: $3\n    grant_routing: default\n";
    std::fs::write(world.operator.path("m.yaml"), manifest).unwrap();
    says(&world.operator.run(&["apply", "-f", "m.yaml", "--yes"]), 0, &[]);
    says(&world.operator.run(&["diff", "-f", "m.yaml"]), 0, &[]);
    let exported = world.operator.ok(&["export"]);
    assert!(exported.contains("grant_routing: default"), "{exported}");
}

#[test]
fn a_price_that_is_not_for_tokens_does_not_hide_the_other_models() {
    let world = World::with_key(Version::Next);
    for words in [
        &["catalog", "list"][..],
        &["catalog", "list", "--policy", "team"],
        &["catalog", "list", "--key-file", "alice.key"],
    ] {
        let rows = world.json(words);
        let row = |model: &str| {
            let rows = rows.as_array().unwrap();
            rows.iter().find(|row| row["model"] == model).unwrap_or_else(|| panic!("{words:?}"))
        };
        let tokens = row("openai/gpt-5.5");
        assert!(tokens["inputMicrosPerMillion"].is_u64(), "{tokens}");
        assert_eq!(tokens["pricing"]["serviceTiers"][0]["id"], "flex");
        let speech = row("openai/tts-1");
        assert_eq!(speech["pricing"]["inputMicrosPerMillionCharacters"], 15_000_000);
        assert_eq!(speech["inputMicrosPerMillion"], Value::Null);
        assert_eq!(row("openai/of-tomorrow")["pricing"]["microsPerSecond"], 7);
        // A budget is content with any price: the router can count it.
        assert_ne!(speech["state"], "needsFixedPrice");
    }
    let table = world.operator.ok(&["catalog", "list", "--columns", "model,inputMicrosPerMillion"]);
    assert!(table.contains("$15.00/M characters") && table.contains("not understood"), "{table}");
    says(
        &world.operator.run(&["catalog", "show", "openai/tts-1"]),
        0,
        &["$15.00 per million characters", "4096 characters"],
    );
    says(&world.operator.run(&["catalog", "show", "openai/of-tomorrow"]), 0, &["not understood"]);
    says(&world.operator.run(&["provider", "show", "openai"]), 0, &["not understood"]);
    says(&world.operator.run(&["policy", "scope", "team", "--add-provider", "groq"]), 0, &[]);
    let said = ["catalog", "list", "--key-file", "alice.key"];
    assert!(!world.operator.run(&said).stderr.contains("could not be read"));
}

#[test]
fn what_a_request_costs_by_another_measure_is_not_guessed() {
    let world = World::with_key(Version::Next);
    let ask = |model: &str| {
        let body = json!({ "model": model, "messages": [], "max_tokens": 5 });
        std::fs::write(world.operator.path("body.json"), body.to_string()).unwrap();
        let words = ["why", "--key-id", "alice", "--body-file", "body.json", "-o", "json"];
        world.operator.run(&words)
    };
    let run = ask("openai/of-tomorrow");
    let told: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"));
    assert_eq!((run.code, &told["verdict"]), (Some(41), &json!("unknown")), "{run}");
    assert_eq!(told["estimate"], Value::Null, "{run}");
    assert!(run.stdout.contains("not for tokens"), "{run}");
}

#[test]
fn a_key_whose_owner_is_disabled_is_said_to_be_so() {
    let world = World::with_key(Version::Next);
    let _ = world.operator.ok(&["user", "set", "ada@example.com", "--create"]);
    let _ = world.operator.ok(&["user", "disable", "ada@example.com", "--yes"]);
    let inspected = ["key", "inspect", "--key-file", "alice.key", "-o", "json"];
    let run = world.operator.run(&inspected);
    let found: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"));
    assert_eq!((run.code, &found["fault"]), (Some(37), &json!("owner_disabled")), "{run}");
    let listed = world.operator.ok(&["key", "list", "-o", "csv", "--columns", "state"]);
    assert_eq!(listed, "state\nowner disabled\n");
    says(&world.operator.run(&["key", "show", "alice"]), 0, &["owner disabled"]);
    // What the router works out is not sent back to it, and not taken for what was asked.
    let edits: [&[&str]; 2] = [
        &["key", "enable", "alice", "--key-file", "alice.key"],
        &["key", "move", "alice", "--policy", "other", "--key-file", "alice.key", "--yes"],
    ];
    let _ =
        world.operator.ok(&["policy", "create", "other", "--provider", "openai", "--budget", "$5"]);
    for words in edits {
        says(&world.operator.run(words), 0, &[]);
    }
    for body in world.written("/v1/admin/credentials/alice") {
        for derived in ["principalEnabled", "active", "policyEnabled", "generationMatches"] {
            assert!(body.get(derived).is_none(), "{body}");
        }
    }
    let rotate = world.operator.run(&["key", "rotate", "alice", "--yes"]);
    says(&rotate, 5, &["cannot rotate key `alice`: owner disabled", "clawctl key show alice"]);
    assert_eq!(rotate.stdout, "", "no key is shown that never works");
    let _ = world.operator.ok(&["user", "enable", "ada@example.com"]);
    says(&world.operator.run(&inspected), 0, &[]);
}

#[test]
fn ones_own_events_are_not_taken_for_all_and_unpriced_requests_not_for_free() {
    let world = World::with_key(Version::Next);
    let words = ["usage", "summary", "--key-file", "alice.key"];
    let report = world.json(&words);
    assert_eq!(report["events"], json!({ "state": "own", "seen": 0, "of": 5 }));
    assert_eq!(report["summary"]["value"]["unpricedRequestCount"], 2);
    says(
        &world.operator.run(&words),
        0,
        &[
            "own: 0 events of the key's owner, of 5 of the policy",
            "2 requests, not included in the cost",
        ],
    );
    let report = world.json(&["usage", "summary"]);
    assert_eq!(report["summary"]["value"]["unpricedRequestCount"], 2);
    let csv = world.operator.ok(&["usage", "summary", "-o", "csv"]);
    assert!(csv.lines().next().unwrap().ends_with(",unpricedRequestCount"), "{csv}");
    // On a router that does not count them, nothing is said of them.
    let world = World::with_key(Version::V04);
    let report = world.json(&["usage", "summary"]);
    assert!(report["summary"]["value"].get("unpricedRequestCount").is_none(), "{report}");
}

#[test]
fn an_old_grant_without_a_time_is_a_grant() {
    let world = World::with_key(Version::NextA);
    let name = "policies/team/main";
    let put = ["grant", "put", name, "--provider", "openai", "--credential-stdin"];
    let run = world.operator.run_with_input(&put, "sk-1\n");
    says(&run, 0, &[]);
    let grant = world.json(&["grant", "show", name]);
    assert_eq!(grant["createdAt"], Value::Null);
    assert_eq!(grant["maintenance"], json!({ "keepWarm": false }));
    says(&world.operator.run(&["grant", "show", name]), 0, &["kept warm"]);
    says(&world.operator.run(&["grant", "set", name, "--label", "first"]), 0, &[]);
    says(&world.operator.run(&["grant", "list"]), 0, &["usable"]);
    let doctor = world.operator.run(&["doctor"]);
    assert!(!doctor.stdout.contains("expected shape"), "{doctor}");
    says(&world.operator.run(&["export"]), 0, &[]);
}

#[test]
fn a_new_secret_does_not_take_the_old_expiry_along_and_keeps_no_subscription_warm() {
    let world = World::with_key(Version::NextA);
    let last_put = || {
        let heard = world.later.heard();
        let put = heard.iter().rfind(|heard| heard.line.starts_with("PUT /v1/admin/upstream"));
        serde_json::from_slice::<Value>(&put.unwrap().body).unwrap()
    };
    let put = |(name, provider): (&str, &str), kind: &str, expires: &[&str], code: i32| {
        let words = ["grant", "put", name, "--provider", provider, "--kind", kind];
        let words = [&words[..], &["--access-token-stdin"], expires].concat();
        says(&world.operator.run_with_input(&words, "at-1\n"), code, &[]);
        last_put()
    };
    let name = ("policies/team/one", "xai");
    let first = put(name, "oauth", &["--expires", "2030-01-31"], 0);
    assert!(first["expiresAt"].is_string(), "{first}");
    assert_eq!(put(name, "oauth", &[], 0)["expiresAt"], Value::Null);
    // The router behind the stand-in takes no subscription, so this is about what it was sent.
    let subscription = put(("policies/team/two", "anthropic"), "subscription", &[], 1);
    assert_eq!(subscription["kind"], "subscription");
    assert_eq!(subscription["maintenance"], json!({ "keepWarm": false }), "{subscription}");
}

#[test]
fn status_and_doctor_say_the_routers_version() {
    for version in Version::ALL {
        let world = World::new(version);
        let said = world.json(&["status"])["router"]["version"].clone();
        assert_eq!(said, world.json(&["api", "GET", "/v1/health"])["version"]);
        let word = said.as_str().unwrap();
        says(&world.operator.run(&["status"]), 0, &[word]);
        let doctor = world.operator.run(&["doctor"]);
        assert!(doctor.stdout.contains(&format!("clawrouter-edge ({word}) ")), "{doctor}");
    }
}

#[test]
fn a_dry_run_asks_a_router_nothing_but_questions() {
    let world = World::with_key(Version::Next);
    let before = world.later.heard().len();
    let words = ["key", "issue", "bobby", "--policy", "team", "--dry-run"];
    says(&world.operator.run(&words), 0, &["Nothing was sent"]);
    says(&world.operator.run(&["key", "rotate", "alice", "--dry-run"]), 0, &["Nothing was sent"]);
    let heard = world.later.heard();
    let others: Vec<_> =
        heard[before..].iter().filter(|heard| !heard.line.starts_with("GET ")).collect();
    assert!(others.is_empty(), "{others:?}");
}
