//! A state that a manifest brings about: its plan, its lock and its export hold no secret of it.

use super::{Stage, keys_in, narrow};

const UPSTREAM: &str = "sk-canary-of-a-manifest-5512067";

/// Plans, applies, fails and exports, with a key for a file and an upstream secret from one.
pub(super) fn bring_about(stage: &Stage, verbose: &[&str], tag: &str) {
    stage.hunter.borrow_mut().add("an upstream key of a manifest", UPSTREAM);
    let secret = stage.holds(&format!("upstream_{tag}"), UPSTREAM);
    let exits = |code, words: &[&str]| stage.exits(code, &[words, verbose].concat(), "");
    let file = |name: &str| stage.sandbox.path(&format!("{name}_{tag}")).display().to_string();
    let manifest = |name: &str, sink: &str, secret: &str| {
        let path = file(name);
        let text = format!(
            "version: 1\n\
             policies: {{ desired_{tag}: {{ providers: [openai], budget: $5 }} }}\n\
             keys: {{ {name}_{tag}: {{ policy: desired_{tag}, to: \"{sink}\" }} }}\n\
             grants: {{ policies/desired_{tag}/{name}: {{ provider: openai, kind: api_key, \
             credential: \"{secret}\" }} }}\n"
        );
        std::fs::write(&path, text).unwrap();
        narrow(path.as_ref());
        path
    };
    let key = format!("wanted_{tag}.key");
    let good = manifest("wanted", &format!("file:{key}"), &format!("file:{secret}"));
    let (lock, plan) = (file("lock"), file("plan"));
    let lock = ["--lock", &lock];
    exits(0, &["validate", "-f", &good]);
    exits(10, &["diff", "-f", &good]);
    exits(0, &[&["apply", "-f", &good, "--plan-out", &plan][..], &lock].concat());
    stage.sinks.borrow_mut().push(stage.sandbox.path(&key));
    let said = exits(0, &["apply", &plan, "--yes", "-o", "json"]);
    let key = keys_in(&std::fs::read_to_string(stage.sandbox.path(&key)).unwrap()).remove(0);
    stage.knows(&key);
    stage.hunter.borrow().check("output", &said);
    exits(0, &["diff", "-f", &good]);
    exits(0, &["export"]);
    exits(0, &["export", "--with-key-hashes"]);

    // A sink that fails when it has the key, and a secret that stands where its place should.
    let seen = format!("wasted_{tag}.key");
    stage.sinks.borrow_mut().push(stage.sandbox.path(&seen));
    let spoils = format!("exec:umask 077; cat >{seen}; exit 3");
    let bad = manifest("wasted", &spoils, &format!("file:{secret}"));
    let said = exits(1, &[&["apply", "-f", &bad, "--yes"][..], &lock].concat());
    let lost = keys_in(&std::fs::read_to_string(stage.sandbox.path(&seen)).unwrap()).remove(0);
    stage.knows(&lost);
    stage.hunter.borrow().check("output", &said);
    let typed = manifest("typed", "file:never", UPSTREAM);
    stage.sinks.borrow_mut().push(typed.clone().into());
    for words in [["validate", "-f", &typed], ["diff", "-f", &typed]] {
        exits(2, &words);
    }
}
