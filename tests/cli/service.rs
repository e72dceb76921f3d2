//! `router service`: written, started, done twice, and taken away, with a stand-in for systemd.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::harness::Sandbox;

const UNIT: &str = ".config/systemd/user/clawctl-router.service";

/// A home whose `systemctl` writes down what it is told, and fails if it is told to.
fn home() -> Sandbox {
    let mut sandbox = Sandbox::new();
    let script = "#!/bin/sh\nprintf '%s\\n' \"$*\" >>\"$HOME/told\"\n\
                  env | grep -q secret-of-admin && echo LEAK >>\"$HOME/told\"\n\
                  [ ! -e \"$HOME/broken\" ]\n";
    stand_in(&sandbox, "systemctl", script);
    let path = format!("{}:/usr/bin:/bin", sandbox.path("bin").display());
    sandbox.set("PATH", &path);
    sandbox
}

fn stand_in(sandbox: &Sandbox, name: &str, script: &str) {
    let file = sandbox.path("bin").join(name);
    std::fs::create_dir_all(sandbox.path("bin")).unwrap();
    std::fs::write(&file, script).unwrap();
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o755)).unwrap();
}

fn told(sandbox: &Sandbox) -> String {
    std::fs::read_to_string(sandbox.path("told")).unwrap_or_default()
}

fn unit(sandbox: &Sandbox) -> PathBuf {
    sandbox.path(UNIT)
}

const INSTALL: [&str; 5] = ["router", "service", "install", "--for", "systemd"];

#[test]
fn a_service_is_installed_once_and_taken_away_once() {
    let mut sandbox = home();
    let early = sandbox.run(&INSTALL);
    assert_eq!(early.code, Some(2), "a token must not end in a log\n{early}");
    assert!(early.stderr.contains("router token rotate --to file:"), "{early}");
    sandbox.ok(&["router", "token", "rotate", "--to", "file:admin.token"]);
    let dry = sandbox.ok(&[&INSTALL[..], &["--dry-run"]].concat());
    assert!(dry.contains("would be written") && !unit(&sandbox).exists(), "{dry}");
    let shown = sandbox.ok(&INSTALL);
    assert!(shown.contains("systemctl --user enable clawctl-router.service"), "{shown}");
    assert_eq!(told(&sandbox), "", "the commands are only shown");
    sandbox.set("CLAWROUTER_ADMIN_TOKEN", "secret-of-admin");
    let again = sandbox.ok(&[&INSTALL[..], &["--start"]].concat());
    assert!(again.contains("is so already"), "{again}");
    assert_eq!(
        told(&sandbox),
        "--user daemon-reload\n--user enable clawctl-router.service\n\
         --user restart clawctl-router.service\n"
    );
    let text = std::fs::read_to_string(unit(&sandbox)).unwrap();
    let token = std::fs::read_to_string(sandbox.path("admin.token")).unwrap();
    assert!(!text.contains(token.trim()) && !text.contains("secret-of-admin"), "{text}");
    let other = sandbox.run(&[&INSTALL[..], &["--listen", "127.0.0.1:9000"]].concat());
    assert_eq!(other.code, Some(7), "a unit with other words is not replaced unasked\n{other}");
    sandbox.ok(&[&INSTALL[..], &["--listen", "127.0.0.1:9000", "--yes"]].concat());
    let uninstall = ["router", "service", "uninstall", "--for", "systemd", "--stop"];
    sandbox.ok(&uninstall);
    assert!(!unit(&sandbox).exists());
    assert!(told(&sandbox).ends_with("--user disable --now clawctl-router.service\n"));
    let gone = sandbox.ok(&uninstall);
    assert!(gone.contains("is not there"), "{gone}");
}

#[test]
fn what_is_not_ours_stays_and_what_fails_is_said() {
    let sandbox = home();
    sandbox.ok(&["router", "token", "rotate", "--to", "file:admin.token"]);
    std::fs::create_dir_all(unit(&sandbox).parent().unwrap()).unwrap();
    std::fs::write(unit(&sandbox), "[Unit]\nDescription=mine\n").unwrap();
    let run = sandbox.run(&["router", "service", "uninstall", "--for", "systemd"]);
    assert_eq!(run.code, Some(5), "{run}");
    assert!(unit(&sandbox).exists());
    std::fs::remove_file(unit(&sandbox)).unwrap();
    std::fs::write(sandbox.path("broken"), "").unwrap();
    let run = sandbox.run(&[&INSTALL[..], &["--start"]].concat());
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stderr.contains("`systemctl --user daemon-reload` failed"), "{run}");
    let mut bare = Sandbox::new();
    bare.set("PATH", "/nowhere");
    let run = bare.run(&INSTALL);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("there is no systemd here"), "{run}");
    let printed = bare.ok(&["router", "service", "print", "--for", "systemd"]);
    assert!(printed.contains("ExecStart="), "it can be printed anywhere");
}

/// The command of the unit is one that serves, and keeps its token to itself.
#[test]
fn the_command_of_the_unit_serves() {
    let sandbox = home();
    let words = ["router", "service", "print", "--for", "systemd", "--listen", "127.0.0.1:0"];
    let text = sandbox.ok(&words);
    let line = text.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    let command: Vec<&str> = line.split("\" \"").map(|word| word.trim_matches('"')).collect();
    assert_eq!(command[0], env!("CARGO_BIN_EXE_clawctl"));
    assert_eq!(command[1..3], ["router", "serve"]);
    let refused = sandbox.run(&[&command[1..], &["--no-such-flag"]].concat());
    assert!(refused.stderr.contains("--no-such-flag"), "the rest is understood\n{refused}");
    assert!(text.contains("StandardOutput=null"), "{text}");
}
