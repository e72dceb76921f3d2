//! Budgets that are smaller than what one request of a client reserves.

use crate::harness::Sandbox;

/// What a router sets aside is the most that a request can cost, which may be a thousand times what
/// it does cost.
#[test]
fn a_budget_in_which_no_request_has_room_is_warned_of() {
    let sandbox = Sandbox::new().with("OPENAI_API_KEY", "o");
    let scope = ["--provider", "openai", "--model", "openai/gpt-5.6,openai/gpt-4.1-mini"];
    let said = |words: &[&str]| {
        let run = sandbox.run(words);
        assert_eq!(run.code, Some(0), "{run}");
        run.stderr
    };
    let warns = |said: &str| {
        for part in ["Codex to openai/gpt-5.6 reserves $", "$1.00 left", "402"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        for way in ["budget set team", "--add-model", "--remove-model", "--request-cost"] {
            let wanted = way != "--add-model";
            assert_eq!(said.contains(way), wanted, "{way}: {said}");
        }
    };
    warns(&said(&[&["policy", "create", "team", "--budget", "$1"], &scope[..]].concat()));
    let fine = said(&["budget", "set", "team", "$50"]);
    assert!(!fine.contains("reserves"), "{fine}");
    warns(&said(&["budget", "set", "team", "$1"]));
    warns(&said(&["key", "issue", "alice", "--policy", "team", "--to", "file:k"]));
    warns(&said(&["connect", "codex", "--key-id", "alice", "--model", "openai/gpt-5.6"]));
    warns(&said(&["connect", "codex", "--key-file", "k", "--model", "openai/gpt-5.6", "--write"]));
    let cheap = said(&["connect", "codex", "--key-id", "alice", "--model", "openai/gpt-4.1-mini"]);
    assert!(!cheap.contains("reserves"), "{cheap}");
    let fixed = said(&["policy", "set", "team", "--request-cost", "$0.05"]);
    assert!(!fixed.contains("reserves"), "{fixed}");
    let back = said(&["policy", "set", "team", "--no-request-cost", "--budget", "$1"]);
    warns(&back);
    let label = said(&["policy", "set", "team", "--role", "dev"]);
    assert!(!label.contains("reserves"), "nothing of its price was changed: {label}");
}
