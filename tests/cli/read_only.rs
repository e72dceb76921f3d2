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

#[test]
fn what_may_only_be_read_is_read_and_a_change_says_why_it_fails() {
    let sandbox = Sandbox::new();
    let words = ["policy", "create", "team", "--provider", "openai", "--budget", "$5"];
    sandbox.ok(&words);
    let home = sandbox.path("clawctl");
    change(&home, 0o400, 0o500);
    // Modes are nothing to the superuser, whose folder has to be mounted anew.
    let sandbox = match fs::write(home.join("probe"), "") {
        Err(_) => sandbox,
        Ok(()) => {
            let mounted = "mount --bind -o ro \"$CLAWCTL_HOME\" \"$CLAWCTL_HOME\" || exit 99";
            sandbox.after_unsharing(mounted)
        }
    };
    let listed = sandbox.run(&["policy", "list", "-o", "json"]);
    // A superuser without the right to mount has no way to try this.
    if listed.code == Some(99) || listed.stderr.starts_with("unshare:") {
        return;
    }
    assert_eq!(listed.code, Some(0), "{listed}");
    assert!(listed.stdout.contains("\"team\""), "{listed}");
    let refused = sandbox.run(&["policy", "disable", "team", "--yes"]);
    assert_eq!(refused.code, Some(1), "{refused}");
    assert!(refused.stderr.contains("read-only"), "{refused}");
    change(&home, 0o600, 0o700);
}
