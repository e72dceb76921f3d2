//! A home that may be read and not written.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::harness::Sandbox;

/// Changes the modes of a folder and of all in it.
fn change(folder: &Path, file_mode: u32, folder_mode: u32) {
    fs::set_permissions(folder, Permissions::from_mode(0o700)).unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            change(&path, file_mode, folder_mode);
        } else {
            fs::set_permissions(&path, Permissions::from_mode(file_mode)).unwrap();
        }
    }
    fs::set_permissions(folder, Permissions::from_mode(folder_mode)).unwrap();
}

/// The home, where nothing in it can be written any more. Nothing for a superuser without the right
/// to mount, who has no way to try this.
fn read_only(sandbox: Sandbox) -> Option<Sandbox> {
    let home = sandbox.path("clawctl");
    change(&home, 0o400, 0o500);
    // Modes are nothing to the superuser, whose folder has to be mounted anew.
    if fs::write(home.join("probe"), "").is_err() {
        return Some(sandbox);
    }
    let mounted = "mount --bind -o ro \"$CLAWCTL_HOME\" \"$CLAWCTL_HOME\" || exit 99";
    let sandbox = sandbox.after_unsharing(mounted);
    let tried = sandbox.run(&["--version"]);
    (tried.code == Some(0)).then_some(sandbox)
}

#[test]
fn what_may_only_be_read_is_read_and_a_change_says_why_it_fails() {
    let sandbox = Sandbox::new();
    let words = ["policy", "create", "team", "--provider", "openai", "--budget", "$5"];
    sandbox.ok(&words);
    let Some(sandbox) = read_only(sandbox) else { return };
    let listed = sandbox.run(&["policy", "list", "-o", "json"]);
    assert_eq!(listed.code, Some(0), "{listed}");
    assert!(listed.stdout.contains("\"team\""), "{listed}");
    let refused = sandbox.run(&["policy", "disable", "team", "--yes"]);
    assert_eq!(refused.code, Some(1), "{refused}");
    assert!(refused.stderr.contains("read-only"), "{refused}");
    change(&sandbox.path("clawctl"), 0o600, 0o700);
}

/// A router that could not write would refuse every request with a budget, and forget the others.
#[test]
fn a_router_that_cannot_write_is_not_served() {
    for make in ["router token rotate --yes", "policy list", "--version"] {
        let sandbox = Sandbox::new();
        fs::create_dir(sandbox.path("clawctl")).unwrap();
        sandbox.ok(&make.split(' ').collect::<Vec<_>>());
        let Some(sandbox) = read_only(sandbox) else { return };
        for log in ["text", "json"] {
            let refused =
                sandbox.run(&["router", "serve", "--listen", "127.0.0.1:0", "--log", log]);
            assert_eq!(refused.code, Some(1), "{make}\n{refused}");
            assert_eq!(refused.stdout, "", "{make}\n{refused}");
            let why = refused.stderr.to_lowercase().contains("read-only")
                && refused.stderr.contains("router.db");
            assert!(why && !refused.stderr.contains("127.0.0.1:"), "{make}\n{refused}");
        }
        change(&sandbox.path("clawctl"), 0o600, 0o700);
    }
}
