//! The lines of `docs/recipes.md`, each with a stand-in for the program that it hands a key to.

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use crate::harness::{Run, Sandbox, finish};

/// The programs that the page names.
const PROGRAMS: [&str; 5] = ["gh", "kubectl", "op", "systemd-creds", "vault"];

/// Writes down its arguments, its environment and its standard input. `kubectl create` passes that
/// on, as the manifest that it would make of it.
const STAND_IN: &str = "#!/bin/sh\nname=\"${0##*/}\"\nprintf '%s\\n' \"$*\" >>\"$HOME/$name.args\"\n\
                        env >>\"$HOME/$name.env\"\ncase \"$name $1\" in\n\
                        'kubectl create') tee -a \"$HOME/$name.stdin\" ;;\n\
                        'kubectl apply') cat >>\"$HOME/applied\" ;;\n\
                        *) cat >>\"$HOME/$name.stdin\" ;;\nesac\n";

fn lines() -> Vec<&'static str> {
    let page = include_str!("../../docs/recipes.md");
    let mut inside = false;
    let mut lines = Vec::new();
    for line in page.lines() {
        match line {
            "```sh" => inside = true,
            "```" => inside = false,
            line if inside => lines.push(line),
            _ => {}
        }
    }
    lines
}

#[expect(clippy::disallowed_methods, reason = "the PATH is all that a command inherits")]
fn shell(sandbox: &Sandbox, line: &str) -> Run {
    let like = sandbox.command(&[]);
    let mut command = Command::new("sh");
    command.arg("-c").arg(line).current_dir(sandbox.root()).env_clear();
    for (name, value) in like.get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_clawctl"));
    let folders = [sandbox.path("bin"), binary.parent().unwrap().to_owned()];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = folders.into_iter().chain(std::env::split_paths(&path));
    command.env("PATH", std::env::join_paths(folders).unwrap());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    finish(command.spawn().unwrap())
}

#[test]
fn every_recipe_hands_the_key_over_on_standard_input_alone() {
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.path("bin")).unwrap();
    for program in PROGRAMS {
        let file = sandbox.path("bin").join(program);
        std::fs::write(&file, STAND_IN).unwrap();
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o755)).unwrap();
    }
    sandbox.ok(&["policy", "create", "team_alpha", "--provider", "openai", "--budget", "$5"]);
    let mut used = Vec::new();
    for line in lines() {
        let run = shell(&sandbox, line);
        assert_eq!(run.code, Some(0), "$ {line}\n{run}");
        let id = line.split_whitespace().nth(3).unwrap();
        let marker = format!("clawrouter-live-{id}-");
        let Some(program) = PROGRAMS.into_iter().find(|program| line.contains(program)) else {
            continue;
        };
        used.push(program);
        let read = |what: &str| {
            std::fs::read_to_string(sandbox.path(&format!("{program}.{what}"))).unwrap()
        };
        let given = read("stdin");
        let at = given.find(&marker).unwrap_or_else(|| panic!("$ {line}\n{given}"));
        let key: String = given[at..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
            .collect();
        // It is the whole key, and it works.
        let inspected = sandbox.run_with_input(&["key", "inspect", "--key-stdin"], &key);
        assert_eq!(inspected.code, Some(0), "{program}\n{inspected}");
        let secret = key.rsplit('-').next().unwrap();
        for place in ["args", "env"] {
            assert!(!read(place).contains(secret), "{program}: the key is in its {place}");
        }
        assert!(!run.to_string().contains(secret), "$ {line}\n{run}");
    }
    let applied = std::fs::read_to_string(sandbox.path("applied")).unwrap();
    assert!(
        applied.starts_with("clawrouter-live-ci_pods-") && !applied.ends_with('\n'),
        "no line break"
    );
    used.sort_unstable();
    assert_eq!(used, PROGRAMS, "every program is in a recipe");
    assert!(sandbox.path("ci.key").exists() && sandbox.path("app.env").exists());
}

/// What the template for 1Password becomes is JSON, with the key in it.
#[test]
fn the_item_for_1password_is_json() {
    let line = lines().into_iter().find(|line| line.contains("op item create")).unwrap();
    let (_, command) = line.split_once("exec:").unwrap();
    let command =
        command.trim_end_matches('\'').replace("op item create --vault Automation -", "cat");
    let mut child = Command::new("sh")
        .args(["-c", &command])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"clawrouter-live-x_y-abc\n")
        .unwrap();
    let run = finish(child);
    let item: serde_json::Value =
        serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}\n{run}"));
    assert_eq!(item["fields"][0]["value"], "clawrouter-live-x_y-abc");
}
