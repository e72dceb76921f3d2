//! Keys that move to another router and go on working there.

use super::{ends, write};
use crate::harness::Sandbox;

#[test]
fn a_key_works_on_another_router_after_its_hash_was_carried_there() {
    let old = Sandbox::new();
    write(
        &old,
        "m.yaml",
        "version: 1\npolicies: { team: { providers: [openai], budget: $5 } }\n\
         keys: { alice: { policy: team, to: 'file:alice.key' } }\n",
    );
    ends(&old.run(&["apply", "-f", "m.yaml", "--yes"]), 0);
    let key = old.path("alice.key").display().to_string();
    let inspect = ["key", "inspect", "--key-file", key.as_str(), "-q"];
    ends(&old.run(&inspect), 0);

    let home = Sandbox::new();
    let token = home.ok(&["router", "token", "rotate", "--yes"]).trim().to_owned();
    let served = home.serve();
    let new = Sandbox::new()
        .with("CLAWROUTER_BASE_URL", &served.url)
        .with("CLAWROUTER_ADMIN_TOKEN", &token);
    ends(&new.run(&inspect), 31);

    let without = old.ok(&["export"]);
    assert!(!without.contains("sha256"), "{without}");
    let refused = new.run_with_input(&["apply", "-f", "-", "--yes"], &without);
    ends(&refused, 2);
    assert!(refused.stderr.contains("--with-key-hashes"), "{refused}");
    ends(&new.run(&inspect), 31);

    let carried = old.ok(&["export", "--with-key-hashes"]);
    assert!(!carried.contains("clawrouter-live"), "{carried}");
    ends(&new.run_with_input(&["apply", "-f", "-", "--yes"], &carried), 0);
    ends(&new.run(&inspect), 0);
    ends(&old.run(&inspect), 0);
    ends(&new.run_with_input(&["diff", "-f", "-"], &carried), 0);

    // A hash that is another is a change that is said, and made only when it is asked for.
    let _ = new.ok(&["key", "rotate", "alice", "--yes"]);
    let differs = new.run_with_input(&["diff", "-f", "-"], &carried);
    ends(&differs, 10);
    assert!(differs.stdout.contains("REPLACES SECRET"), "{differs}");
    ends(&new.run(&inspect), 32);
    ends(&new.run_with_input(&["apply", "-f", "-", "--yes"], &carried), 0);
    ends(&new.run(&inspect), 0);
}
