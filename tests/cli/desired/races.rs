//! Somebody else who writes at the wrong moment is noticed.

use super::{edit, ends, write};
use crate::crash::world::{Flavour, World};
use crate::harness::finish;
use crate::proxy::Act;

const MANIFEST: &str = "version: 1\npolicies:\n  team: { budget: $70 }\n  other: { providers: [xai], \
                        budget: $1 }\nproviders: { xai: { budget: $9 } }\n";

/// Runs `apply`, with a colleague who writes just before the first request that starts so.
fn overtaken(
    flavour: Flavour,
    before: &'static str,
    theirs: &[&str],
    ours: &[&str],
) -> (crate::harness::Run, World) {
    let world = World::remote();
    write(&world.operator, "m.yaml", MANIFEST);
    let colleague = world.colleague();
    let theirs: Vec<String> = theirs.iter().map(|word| (*word).to_owned()).collect();
    let once = std::sync::atomic::AtomicBool::new(false);
    let _ = world.proxy.follow(move |_, heard| {
        let now = heard.line.starts_with(before);
        if now && !once.swap(true, std::sync::atomic::Ordering::Relaxed) {
            let words: Vec<_> = theirs.iter().map(String::as_str).collect();
            let run = finish(crate::crash::world::start(&colleague, &words));
            assert_eq!(run.code, Some(0), "{run}");
        }
        flavour.answer(heard)
    });
    let words = [&["apply", "-f", "m.yaml", "--yes", "--concurrency", "1"], ours].concat();
    let run = world.operator.run(&words);
    (run, world)
}

const RAISE: [&str; 6] = ["policy", "set", "team", "--request-cost", "$1", "--yes"];

#[test]
fn a_change_between_the_plan_and_the_read_before_the_write_stops_it() {
    let (run, world) = overtaken(Flavour::Extended, "GET /v1/admin/policies/team ", &RAISE, &[]);
    ends(&run, 5);
    assert!(run.stderr.contains("policy `team` was changed by someone else"), "{run}");
    let team = world.colleague().json(&["policy", "show", "team"]);
    assert_eq!(
        (&team["monthlyBudgetMicros"], &team["requestCostMicros"]),
        (&50_000_000.into(), &1_000_000.into())
    );
    // Planned again, it goes on, and both changes are there.
    world.proxy.behave();
    ends(&world.operator.run(&["apply", "-f", "m.yaml", "--yes"]), 0);
    let team = world.colleague().json(&["policy", "show", "team"]);
    assert_eq!(
        (&team["monthlyBudgetMicros"], &team["requestCostMicros"]),
        (&70_000_000.into(), &1_000_000.into())
    );
}

#[test]
fn with_refresh_the_change_is_made_to_what_is_there_now() {
    let (run, world) =
        overtaken(Flavour::Extended, "GET /v1/admin/policies/team ", &RAISE, &["--refresh"]);
    ends(&run, 0);
    assert!(run.stderr.contains("was changed by someone else meanwhile"), "{run}");
    let team = world.colleague().json(&["policy", "show", "team"]);
    assert_eq!(
        (&team["monthlyBudgetMicros"], &team["requestCostMicros"]),
        (&70_000_000.into(), &1_000_000.into())
    );
}

#[test]
fn a_change_between_the_read_and_the_write_is_refused_by_its_revision() {
    let (run, world) = overtaken(Flavour::Extended, "PUT /v1/admin/policies/team ", &RAISE, &[]);
    ends(&run, 5);
    let team = world.colleague().json(&["policy", "show", "team"]);
    assert_eq!(
        (&team["monthlyBudgetMicros"], &team["requestCostMicros"]),
        (&50_000_000.into(), &1_000_000.into())
    );
}

#[test]
fn without_revisions_a_change_is_noticed_by_what_reads_back() {
    // The list that is read after the write, which a router without `read.one` is asked for.
    let world = World::remote();
    write(&world.operator, "m.yaml", "version: 1\npolicies: { team: { budget: $70 } }\n");
    let colleague = world.colleague();
    let written = std::sync::atomic::AtomicU8::new(0);
    let _ = world.proxy.follow(move |_, heard| {
        use std::sync::atomic::Ordering::Relaxed;
        if heard.line.starts_with("PUT /v1/admin/policies/team ") {
            written.store(1, Relaxed);
        } else if heard.line.starts_with("GET /v1/admin/policies ") && written.swap(2, Relaxed) == 1
        {
            let words = ["policy", "set", "team", "--budget", "$5", "--yes"];
            assert_eq!(finish(crate::crash::world::start(&colleague, &words)).code, Some(0));
        }
        Flavour::Plain.answer(heard)
    });
    let run = world.operator.run(&["apply", "-f", "m.yaml", "--yes"]);
    ends(&run, 1);
    assert!(run.stderr.contains("reads back with monthlyBudgetMicros"), "{run}");
}

#[test]
fn a_thing_that_somebody_else_made_meanwhile_is_left_alone() {
    let theirs = ["policy", "create", "other", "--provider", "openai", "--budget", "$3"];
    for before in ["GET /v1/admin/policies/other ", "PUT /v1/admin/policies/other "] {
        let (run, world) = overtaken(Flavour::Extended, before, &theirs, &[]);
        ends(&run, 5);
        assert!(run.stderr.contains("policy `other` was made by someone else"), "{run}");
        let other = world.colleague().json(&["policy", "show", "other"]);
        assert_eq!(other["monthlyBudgetMicros"], 3_000_000);
        // It is not ours, so it is not pruned.
        world.proxy.behave();
        edit(&world.operator, "m.yaml", "  other: { providers: [xai], budget: $1 }\n", "");
        let run = world.operator.run(&["apply", "-f", "m.yaml", "--prune", "--yes"]);
        ends(&run, 0);
        assert_eq!(world.colleague().json(&["policy", "show", "other"])["enabled"], true);
    }
}

#[test]
fn a_change_of_a_provider_is_noticed_without_a_revision() {
    let theirs = ["provider", "set", "xai", "--budget", "$5", "--yes"];
    let world = World::remote();
    write(&world.operator, "m.yaml", "version: 1\nproviders: { xai: { budget: $9 } }\n");
    let colleague = world.colleague();
    let reads = std::sync::atomic::AtomicU8::new(0);
    let _ = world.proxy.follow(move |_, heard| {
        if heard.line.starts_with("GET /v1/admin/connections ")
            && reads.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 1
        {
            assert_eq!(finish(crate::crash::world::start(&colleague, &theirs)).code, Some(0));
        }
        Act::Forward
    });
    ends(&world.operator.run(&["apply", "-f", "m.yaml", "--yes"]), 5);
}
