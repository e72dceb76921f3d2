//! People, what they hold, and the rules that give it to them, as an operator changes them.

mod hazard;
mod people;
mod rules;

use crate::harness::Sandbox;

/// A router with two policies and one user.
fn with_ada() -> Sandbox {
    let sandbox = Sandbox::new();
    for id in ["team", "ops"] {
        sandbox.ok(&["policy", "create", id, "--provider", "openai", "--no-budget"]);
    }
    let words = ["user", "set", "Ada@Example.com", "--create", "--tenant", "acme"];
    sandbox.ok(&[words.as_slice(), &["--add-group", "Devs,night", "--no-retention"]].concat());
    sandbox
}

fn words(changed: &serde_json::Value) -> Vec<&str> {
    let effects = changed["effects"].as_array().unwrap();
    effects.iter().map(|effect| effect["word"].as_str().unwrap()).collect()
}
