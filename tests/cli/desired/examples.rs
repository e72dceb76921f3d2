//! The files in `examples/` are run as they are: the scripts of the pipelines by `bash`, on a
//! router that is served, with the real binary.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use super::ends;
use crate::crash::world::World;
use crate::harness::{Run, Sandbox, finish};

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

/// A sandbox whose programs are started by `bash`, as a runner does: any failure ends the step.
fn bash(home: &Sandbox, script: &str) -> Run {
    let mut path = PathBuf::from(env!("CARGO_BIN_EXE_clawctl"));
    path.pop();
    let mut command = std::process::Command::new("bash");
    // The environment of a command of clawctl is the one that the script is to have.
    let like = home.command(&[]);
    command.env_clear().current_dir(home.root());
    for (name, value) in like.get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    let inherited = like.get_envs().find(|(name, _)| *name == "PATH").and_then(|(_, value)| value);
    let inherited = inherited.unwrap_or_default().to_string_lossy().into_owned();
    command.env("PATH", format!("{}:{inherited}", path.display()));
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    finish(command.spawn().unwrap())
}

fn yaml(name: &str) -> Value {
    serde_saphyr::from_str(&fs::read_to_string(example(name)).unwrap()).unwrap()
}

fn checkout(world: &World) {
    fs::copy(example("clawrouter.yaml"), world.operator.path("clawrouter.yaml")).unwrap();
}

#[track_caller]
fn check_applied(world: &World) {
    ends(&world.operator.run(&["diff"]), 0);
    let key = fs::read_to_string(world.operator.path("alpha_ci.key")).unwrap();
    assert!(world.works(key.trim()));
    let env = fs::read_to_string(world.operator.path(".env")).unwrap();
    assert!(env.starts_with("NIGHTLY_API_KEY="), "{env}");
}

#[test]
fn the_provisioning_file_is_valid_and_follows_the_schema() {
    let file = example("clawrouter.yaml");
    let run = Sandbox::new().run(&["validate", "-f", file.to_str().unwrap()]);
    ends(&run, 0);
    // A schema that knows all members of the example, section by section.
    let schema: Value = serde_json::from_str(&Sandbox::new().ok(&["schema"])).unwrap();
    let example = yaml("clawrouter.yaml");
    for (section, things) in example.as_object().unwrap() {
        let known = &schema["properties"][section];
        assert!(known.is_object(), "{section}");
        let entry = match things {
            Value::Array(_) => &known["items"]["properties"],
            _ => &known["additionalProperties"]["properties"],
        };
        let things: Vec<&Value> = match things {
            Value::Object(named) => named.values().collect(),
            Value::Array(items) => items.iter().collect(),
            _ => continue,
        };
        for member in things.into_iter().filter_map(Value::as_object).flatten() {
            assert!(entry[member.0].is_object(), "{section}: {}", member.0);
        }
    }
}

#[test]
fn the_github_workflow_plans_and_applies() {
    let workflow = yaml("github-actions.yaml");
    let mut world = World::remote();
    let summary = world.operator.path("summary.md").display().to_string();
    world.operator.set("GITHUB_STEP_SUMMARY", &summary);
    checkout(&world);
    let mut said = String::new();
    for step in workflow["jobs"]["router"]["steps"].as_array().unwrap() {
        let Some(script) = step["run"].as_str() else { continue };
        let run = bash(&world.operator, script);
        ends(&run, 0);
        said.push_str(&run.stdout);
    }
    assert!(said.contains("::warning file=clawrouter.yaml,line="), "{said}");
    let summary = fs::read_to_string(summary).unwrap();
    assert!(summary.contains("### Plan for") && summary.contains("### Applied for"), "{summary}");
    check_applied(&world);
}

#[test]
fn the_gitlab_jobs_plan_and_apply() {
    let jobs = yaml("gitlab-ci.yaml");
    let world = World::remote();
    checkout(&world);
    for job in ["router-plan", "router-apply"] {
        let lines = jobs[job]["script"].as_array().unwrap();
        let script: Vec<_> = lines.iter().map(|line| line.as_str().unwrap()).collect();
        ends(&bash(&world.operator, &script.join("\n")), 0);
    }
    for report in ["validate.xml", "apply.xml"] {
        let text = fs::read_to_string(world.operator.path(report)).unwrap();
        assert!(text.contains("<testsuites") && text.contains("failures=\"0\""), "{text}");
    }
    check_applied(&world);
}
