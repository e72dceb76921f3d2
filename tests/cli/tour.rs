//! The README's five minutes, line by line.

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use crate::harness::{Run, Sandbox, finish};

/// The shell lines of the README, by the heading that they stand under.
fn lines_under(heading: &str) -> Vec<String> {
    let readme = include_str!("../../README.md");
    let section = readme.split(heading).nth(1).unwrap_or_else(|| panic!("no `{heading}`"));
    let section = section.split("\n### ").next().unwrap().split("\n## ").next().unwrap();
    let mut lines = Vec::new();
    let mut inside = false;
    for line in section.lines() {
        match line {
            "```sh" => inside = true,
            "```" => inside = false,
            line if inside && !line.trim().is_empty() => lines.push(line.to_owned()),
            _ => {}
        }
    }
    assert!(!lines.is_empty(), "nothing to run under `{heading}`");
    lines
}

/// Runs a line as a reader would: in a shell, with clawctl on the PATH.
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
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders =
        [binary.parent().unwrap().to_owned()].into_iter().chain(std::env::split_paths(&path));
    command.env("PATH", std::env::join_paths(folders).unwrap());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    finish(command.spawn().unwrap())
}

#[test]
fn the_embedded_part_does_what_it_says() {
    let sandbox = Sandbox::new().with("OPENAI_API_KEY", "not-a-key");
    for line in lines_under("### Embedded: nothing to set up") {
        let run = shell(&sandbox, &line);
        assert_eq!(run.code, Some(0), "$ {line}\n{run}");
    }
    let env = std::fs::read_to_string(sandbox.path(".env")).unwrap();
    assert!(env.starts_with("CLAWROUTER_API_KEY=clawrouter-live-alpha_ci-"), "{env}");
    let policy = sandbox.json(&["policy", "show", "team_alpha"]);
    assert_eq!(policy["monthlyBudgetMicros"], 300_000_000);
    assert!(policy.get("models").is_none(), "the dry run changed nothing");
    assert_eq!(sandbox.json(&["key", "show", "alpha_dev"])["enabled"], false);
}

#[test]
fn the_remote_part_does_what_it_says() {
    let home = Sandbox::new();
    let served = home.serve();
    let (_, token, _) = served.stop();
    let served = home.serve();
    let laptop = Sandbox::new();
    std::fs::write(laptop.path("admin.token"), token).unwrap();
    std::fs::set_permissions(laptop.path("admin.token"), PermissionsExt::from_mode(0o600)).unwrap();
    for line in lines_under("### Remote: a ClawRouter deployment") {
        let line = line.replace("https://clawrouter.example.com", &served.url);
        let run = shell(&laptop, &line);
        assert_eq!(run.code, Some(0), "$ {line}\n{run}");
    }
}

#[test]
fn the_served_part_names_a_command_that_serves() {
    let lines = lines_under("### Served: the same file behind HTTP");
    assert_eq!(lines, ["clawctl router serve --listen 127.0.0.1:8787"]);
    // The port of the README may be taken here, so the same words are run with a free one.
    let sandbox = Sandbox::new();
    let (code, token, said) = sandbox.serve().stop();
    assert_eq!(code, Some(0), "{said}");
    assert!(!token.trim().is_empty());
}

/// The first of the two commands, with the binary in the place of `cargo run --release --`.
#[test]
fn the_first_command_issues_a_key() {
    let readme = include_str!("../../README.md");
    let line =
        readme.lines().find_map(|line| line.strip_prefix("$ cargo run --release -- ")).unwrap();
    let sandbox = Sandbox::new();
    let run = shell(&sandbox, &format!("clawctl {line}"));
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stdout.starts_with("clawrouter-live-alice-"), "{run}");
    assert!(readme.contains("$ cargo test\n"), "the second command is the test");
    let ci = include_str!("../../.ci/run");
    assert!(ci.lines().any(|line| line == "cargo test"), "CI runs the README's test command");
}
