//! The same on a router that creates and rotates keys by routes of their own.

use crate::proxy::Act;

use super::world::{Case, Fault, Flavour, PATIENCE, Sink, World};
use super::{finish, interrupt, interrupt_resumes, is_key_write, overtake};

#[test]
fn an_issue_survives_a_fault_at_every_request() {
    interrupt(Flavour::Later, &Fault::ALL, "issue");
}

#[test]
fn a_rotation_survives_a_fault_at_every_request() {
    interrupt(Flavour::Later, &Fault::ALL, "rotate");
}

#[test]
fn a_resumed_issue_survives_a_fault_at_every_request() {
    interrupt_resumes("issue", Flavour::Later);
}

#[test]
fn a_resumed_rotation_survives_a_fault_at_every_request() {
    interrupt_resumes("rotate", Flavour::Later);
}

#[test]
fn a_rotation_does_not_bring_a_key_back_that_was_revoked_on_the_way() {
    let world = World::later();
    let case = Case::old(&world, "overtaken", Sink::File);
    let to = case.to();
    let words = ["key", "rotate", "overtaken", "--yes", "--to", &to];
    let (ours, theirs) = overtake(&world, &words, &["key", "revoke", "overtaken", "--yes"]);
    assert_eq!((ours.code, theirs.code), (Some(5), Some(0)), "{ours}{theirs}");
    assert!(!world.is_enabled("overtaken"), "{ours}");
    assert_eq!(case.held(), case.old, "our new key was never valid");
    assert_eq!(world.pending(), [""; 0]);
    assert!(ours.stderr.contains("409 credential_inactive"), "{ours}");
    assert!(ours.stderr.contains("clawctl key show"), "{ours}");
}

#[test]
fn a_resumed_rotation_does_not_bring_back_what_was_revoked() {
    let world = World::later();
    let case = Case::old(&world, "overtaken", Sink::File);
    let to = case.to();
    let held = world.proxy.follow(|_, heard| match is_key_write(heard) {
        true => Act::HoldRequest,
        false => Act::Forward,
    });
    let mut child = world.start(&["key", "rotate", "overtaken", "--yes", "--to", &to]);
    held.recv_timeout(PATIENCE).unwrap();
    child.kill().unwrap();
    assert_eq!(finish(child).code, None);
    world.proxy.behave();
    let _ = world.colleague().ok(&["key", "revoke", "overtaken", "--yes"]);
    let run = world.operator.run(&["key", "rotate", "overtaken", "--resume"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(!world.is_enabled("overtaken"), "{run}");
    assert!(run.stderr.contains("was revoked before, and still is"), "{run}");
    assert_eq!(world.pending(), [""; 0]);
}

#[test]
fn an_issue_does_not_write_over_a_key_that_was_made_on_the_way() {
    let world = World::later();
    let case = Case::new(&world, "overtaken", Sink::File);
    let to = case.to();
    let words = ["key", "issue", "overtaken", "--policy", "team", "--to", &to];
    let theirs = ["key", "issue", "overtaken", "--policy", "team"];
    let (ours, theirs) = overtake(&world, &words, &theirs);
    assert_eq!((ours.code, theirs.code), (Some(5), Some(0)), "{ours}{theirs}");
    assert!(world.works(theirs.stdout.trim()));
    assert_eq!(case.held(), None);
    assert_eq!(world.pending(), [""; 0]);
}

#[test]
fn what_a_router_can_do_is_asked_once_and_is_no_change() {
    let world = World::later();
    let case = Case::new(&world, "asked", Sink::File);
    let to = case.to();
    let _ = world.operator.ok(&["key", "list"]);
    assert!(lines(&world).iter().all(|line| !line.starts_with("POST")), "{:?}", lines(&world));
    let _ = world.operator.ok(&["key", "issue", "asked", "--policy", "team", "--to", &to]);
    let posts: Vec<_> = lines(&world).into_iter().filter(|line| line.starts_with("POST")).collect();
    let create = "POST /v1/admin/credentials HTTP/1.1";
    assert_eq!(posts, [create, create], "asked, then created");
    world.proxy.behave();
    let _ = world.operator.ok(&["key", "rotate", "asked", "--yes", "--to", &to]);
    let posts: Vec<_> = lines(&world).into_iter().filter(|line| line.starts_with("POST")).collect();
    assert_eq!(posts, [create, "POST /v1/admin/credentials/asked/rotate HTTP/1.1"]);
    assert!(lines(&world).iter().all(|line| !line.starts_with("PUT")), "{:?}", lines(&world));
    let log = world.operator.json(&["log"]);
    let changes: Vec<_> = log.as_array().unwrap().iter().map(|it| it["name"].as_str()).collect();
    assert_eq!(changes, [Some("asked"); 3], "{log}");
}

fn lines(world: &World) -> Vec<String> {
    world.proxy.heard().into_iter().map(|heard| heard.line).collect()
}

#[test]
fn a_route_that_is_gone_again_is_not_missed() {
    let world = World::later();
    let case = Case::new(&world, "asked", Sink::File);
    let to = case.to();
    let gone = r#"{"error":{"code":"route_not_found","message":"gone"}}"#;
    let gone = format!("HTTP/1.1 404 Gone\r\ncontent-length: {}\r\n\r\n{gone}", gone.len());
    let _ = world.proxy.follow(move |_, heard| {
        let creates = heard.line.starts_with("POST /v1/admin/credentials ");
        if creates && heard.body != b"{}" { Act::Answer(gone.clone().into()) } else { Act::Forward }
    });
    let _ = world.operator.ok(&["key", "issue", "asked", "--policy", "team", "--to", &to]);
    assert!(world.works(&case.held().unwrap()));
    assert_eq!(world.pending(), [""; 0]);
}
