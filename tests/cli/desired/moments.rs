//! Somebody else who writes at any moment of any write of `apply` is noticed, whatever the router
//! knows of revisions, and is not written over.

use std::sync::mpsc::channel;

use serde_json::{Value, json};

use super::write;
use crate::crash::strs;
use crate::crash::world::{Flavour, World, count_requests};
use crate::harness::Run;

/// A kind of thing that `apply` writes, as two people write it.
struct Kind {
    noun: &'static str,
    /// Where all of them are read.
    list: &'static str,
    /// What we want of the one of this name.
    ours: fn(&str, usize) -> String,
    /// Where, and as what, somebody else writes it.
    theirs: fn(&str, usize) -> (String, Value),
}

const ADMIN: &str = "/v1/admin";

const KINDS: [Kind; 8] = [
    Kind {
        noun: "policy",
        list: "policies",
        ours: |name, n| format!("policies: {{ {name}: {{ providers: [openai], budget: ${n} }} }}"),
        theirs: |name, n| {
            let body = json!({ "providers": ["xai"], "monthlyBudgetMicros": n });
            (format!("{ADMIN}/policies/{name}"), body)
        },
    },
    Kind {
        noun: "key",
        list: "credentials",
        ours: |name, n| {
            let hash = "ab".repeat(32);
            let members = format!("policy: team, principal: ours{n}@x, secret_sha256: {hash}");
            format!("keys: {{ {name}: {{ {members} }} }}")
        },
        theirs: |name, n| {
            let body = json!({ "secretSha256": "ab".repeat(32), "policyId": "team",
                "principalId": format!("theirs{n}@x") });
            (format!("{ADMIN}/credentials/{name}"), body)
        },
    },
    Kind {
        noun: "grant",
        list: "upstream-grants",
        ours: |name, n| {
            let members = "provider: openai, kind: api_key, credential: env:UPSTREAM, label: ours";
            format!("grants: {{ policies/team/{name}: {{ {members}{n} }} }}")
        },
        theirs: |name, n| {
            let body = json!({ "provider": "openai", "kind": "api_key", "credential": "sk-theirs",
                "label": format!("theirs{n}") });
            (format!("{ADMIN}/upstream-grants/policies/team/{name}"), body)
        },
    },
    Kind {
        noun: "user",
        list: "access-users",
        ours: |name, n| format!("users: {{ {name}@example.com: {{ groups: [ours{n}] }} }}"),
        theirs: |name, n| {
            let body = json!({ "groups": [format!("theirs{n}")] });
            (format!("{ADMIN}/access-users/{name}@example.com"), body)
        },
    },
    Kind {
        noun: "binding",
        list: "policy-bindings",
        ours: |name, n| format!("bindings: [{{ group: {name}, policy: team, priority: {n} }}]"),
        theirs: |name, n| {
            let body = json!({ "principalType": "group", "principalId": name, "policyId": "team",
                "priority": 1_000 + n });
            (format!("{ADMIN}/policy-bindings"), body)
        },
    },
    Kind {
        noun: "rule",
        list: "assignment-rules",
        ours: |name, n| {
            let members = format!("kind: email_domain, subject: {name}.example");
            format!("rules: {{ {name}: {{ {members}, groups: [ours{n}] }} }}")
        },
        theirs: |name, n| {
            let body = json!({ "kind": "email_domain", "subject": "theirs.example",
                "groups": [format!("theirs{n}")] });
            (format!("{ADMIN}/assignment-rules/{name}"), body)
        },
    },
    Kind {
        noun: "provider",
        list: "connections",
        ours: |_, n| format!("providers: {{ xai: {{ budget: ${n} }} }}"),
        theirs: |_, n| {
            let body = json!({ "enabled": true, "label": null, "monthlyBudgetMicros": n });
            (format!("{ADMIN}/connections/xai"), body)
        },
    },
    Kind {
        noun: "fusion",
        list: "fusion",
        ours: |_, n| format!("fusion: {{ adviser_timeout_ms: {} }}", 2_000 + n),
        theirs: |_, n| (format!("{ADMIN}/fusion"), json!({ "maxOutputTokens": 500 + n })),
    },
];

/// A router, and somebody who plans.
struct Scene {
    world: World,
    flavour: Flavour,
    /// How many reads a plan begins with.
    live: usize,
    /// No two writes are the same.
    number: usize,
}

impl Scene {
    fn new(flavour: Flavour) -> Self {
        let mut world = World::remote();
        world.operator.set("UPSTREAM", "sk-ours");
        Self { world, flavour, live: 0, number: 1 }
    }

    fn list(&self, kind: &Kind) -> Value {
        self.world.admin(&format!("{ADMIN}/{}", kind.list))
    }

    /// Wants something else from now on, and gives the words that bring it about.
    fn wants(&mut self, kind: &Kind, name: &str) -> [String; 6] {
        self.number += 1;
        let file = format!("{name}.yaml");
        let text = format!("version: 1\n{}\n", (kind.ours)(name, self.number));
        write(&self.world.operator, &file, &text);
        ["apply", "-f", &file, "--yes", "--concurrency", "1"].map(str::to_owned)
    }

    /// How many requests of an undisturbed run come before its write, and how many after, without
    /// those of the plan.
    fn calm(&mut self, kind: &Kind, name: &str) -> (usize, usize) {
        let words = self.wants(kind, name);
        let _ = count_requests(&self.world, &strs(&words), self.flavour);
        let heard = self.world.proxy.heard();
        self.live = count_requests(&self.world, &["diff", "-f", &words[2]], self.flavour);
        assert!((8..15).contains(&self.live), "{} reads", self.live);
        let lines: Vec<_> = heard.iter().skip(self.live).map(|heard| &heard.line).collect();
        let puts = lines.iter().filter(|line| line.starts_with("PUT ")).count();
        assert_eq!(puts, 1, "{lines:?}");
        let before = lines.iter().position(|line| line.starts_with("PUT ")).unwrap();
        (before, lines.len() - before - 1)
    }

    /// Applies, with a write of somebody else just before this request. What the router had then is
    /// the second that is returned.
    fn overtaken(&mut self, kind: &Kind, name: &str, request: usize) -> (Run, Value) {
        let words = self.wants(kind, name);
        let (path, body) = (kind.theirs)(name, self.number);
        let (stranger, list) = (self.world.stranger(), format!("{ADMIN}/{}", kind.list));
        let (number, flavour) = (self.live + request, self.flavour);
        let (tell, left) = channel();
        let _ = self.world.proxy.follow(move |n, heard| {
            if n == number {
                tell.send(stranger(&path, &body, &list)).unwrap();
            }
            flavour.answer(heard)
        });
        let run = self.world.operator.run(&strs(&words));
        let _ = self.world.proxy.follow(move |_, heard| flavour.answer(heard));
        (run, left.try_recv().expect("that request was made"))
    }

    /// Whoever made it before us keeps it, also when we tidy up.
    #[track_caller]
    fn check_not_ours(&mut self, kind: &Kind, name: &str, when: &str) {
        let file = format!("{name}.yaml");
        write(&self.world.operator, &file, "version: 1\npolicies: { team: {} }\n");
        let before = self.list(kind);
        let run = self.world.operator.run(&["apply", "-f", &file, "--prune", "--yes"]);
        assert_eq!(run.code, Some(0), "{when}\n{run}");
        assert_eq!(self.list(kind), before, "{when}: it was pruned");
    }

    /// Somebody else writes at every moment of our write of a thing.
    fn race(&mut self, kind: &Kind, is_new: bool) {
        // By these a router of the extensions knows that its state moved on.
        let has_revision =
            self.flavour == Flavour::Extended && ["policy", "key"].contains(&kind.noun);
        let (before, after) = {
            let calm = format!("{}calm", kind.noun);
            if !is_new {
                let _ = self.calm(kind, &calm);
            }
            self.calm(kind, &calm)
        };
        assert!(before > 0 && after > 0, "{}: {before} reads before and {after} after", kind.noun);
        for request in 1..=before + 1 + after {
            let name = format!("{}{request}x", kind.noun);
            let at_write = request == before + 1;
            if at_write && !has_revision {
                // Nobody can tell: what was written over is gone.
                continue;
            }
            if !is_new {
                let words = self.wants(kind, &name);
                let run = self.world.operator.run(&strs(&words));
                assert_eq!(run.code, Some(0), "{run}");
            }
            let (run, left) = self.overtaken(kind, &name, request);
            let when = format!("{} {name} ({:?}), {before} before", kind.noun, self.flavour);
            let code = if request <= before + 1 { 5 } else { 1 };
            assert_eq!(run.code, Some(code), "{when}\n{run}");
            let said = if code == 5 { "someone else" } else { "reads back with" };
            assert!(run.stderr.contains(said), "{when}\n{run}");
            assert_eq!(self.list(kind), left, "{when}: it was written over\n{run}");
            if is_new && code == 5 {
                self.check_not_ours(kind, &name, &when);
            }
        }
    }
}

fn race_all(flavour: Flavour) {
    let mut scene = Scene::new(flavour);
    // What is there from the first is never new.
    for kind in KINDS.iter().filter(|kind| kind.noun != "provider" && kind.noun != "fusion") {
        scene.race(kind, true);
    }
    for kind in &KINDS {
        scene.race(kind, false);
    }
}

#[test]
fn somebody_else_at_any_moment_of_any_write_is_noticed() {
    race_all(Flavour::Extended);
}

#[test]
fn somebody_else_is_noticed_on_a_plain_router_too() {
    race_all(Flavour::Plain);
}
