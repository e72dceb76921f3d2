//! Client libraries for the protocols of Anthropic and Gemini, told nothing but an address and
//! the name of a model. They are programs of their own: see tests/clients.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::harness::finish;
use crate::protocol::Protocol;
use crate::upstream::Ended;
use crate::world::{Team, World};

const LIBRARIES: [(&str, Protocol); 2] =
    [("anthropic", Protocol::Messages), ("gemini", Protocol::Gemini)];

/// The program, built where the rest of the tests' files are. What was built before is used again.
#[expect(clippy::disallowed_methods, reason = "cargo needs the environment that it was called in")]
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
        let output = Command::new(cargo)
            .args(["build", "--locked", "--message-format", "json-render-diagnostics"])
            .arg("--manifest-path")
            .arg(package.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("clients"))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "the client libraries in tests/clients cannot be built; the first time they come from \
             the crate registry, so the network is needed, or `cargo fetch` there before:\n{said}"
        );
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .find_map(|message| message["executable"].as_str().map(PathBuf::from))
            .unwrap_or_else(|| panic!("cargo named no program:\n{said}"))
    })
}

/// What the library makes of the answer.
async fn heard(
    world: &World,
    team: &Team,
    (library, protocol): (&str, Protocol),
    manner: &str,
    orders: &str,
) -> Value {
    let base = match protocol {
        Protocol::Gemini => format!("{}/v1/native/google-gemini/v1beta/", world.url()),
        _ => format!("{}/v1/", world.url()),
    };
    let model = match protocol {
        Protocol::Gemini => protocol.upstream_model(),
        _ => protocol.model(),
    };
    let words = [library, manner, &base, model, &team.say(orders)].map(str::to_owned);
    let key = team.key.clone();
    let run = tokio::task::spawn_blocking(move || {
        let mut command = Command::new(program());
        command.args(words).env_clear().env("CLIENT_KEY", key);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        finish(command.spawn().unwrap())
    });
    let run = run.await.unwrap();
    assert_eq!(run.code, Some(0), "{library} {manner}: {run}");
    serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{library} {manner}: {run}"))
}

#[tokio::test]
async fn they_chat() {
    let world = World::shared();
    for library in LIBRARIES {
        let team = world.team(json!({ "providers": [library.1.provider()] })).await;
        let answer = heard(&world, &team, library, "ask", "size=20").await;
        let whole =
            json!({ "text": "the quick brown fox ", "pieces": 1, "input": 11, "output": 7 });
        assert_eq!(answer, whole, "{library:?}");
        let streamed = heard(&world, &team, library, "stream", "events=9 size=90").await;
        assert_eq!(streamed["text"].as_str().map(str::len), Some(90), "{library:?}: {streamed}");
        assert_eq!(streamed["pieces"], 9, "{library:?}: {streamed}");
        assert_eq!((&streamed["input"], &streamed["output"]), (&json!(11), &json!(7)));
        for event in world.events(&team, 2).await {
            assert_eq!(event["total_tokens"], 18, "{library:?}: {event}");
            assert_eq!(event["status_code"], 200, "{library:?}: {event}");
        }
    }
}

#[tokio::test]
async fn they_leave_a_stream() {
    let world = World::shared();
    for library in LIBRARIES {
        let team = world.team(json!({ "providers": [library.1.provider()] })).await;
        let left = heard(&world, &team, library, "leave", "events=endless pause=1").await;
        assert_eq!(left["pieces"], 5, "{library:?}: {left}");
        let ended = world.upstream.ended(&team.policy).await.end();
        assert_eq!(ended, Some(Ended::ClientGone), "{library:?}");
        world.events(&team, 1).await;
    }
}

/// A refusal reaches their users as one, with the reason, whether they asked for a stream or not.
#[tokio::test]
async fn they_understand_refusals() {
    let world = World::shared();
    let spent = world.team(json!({ "allProviders": true, "monthlyBudgetMicros": 0 })).await;
    let mut stranger = spent.clone();
    "clawrouter-live-nobody-12345678".clone_into(&mut stranger.key);
    for library in LIBRARIES {
        for manner in ["ask", "stream"] {
            for (team, status, code) in
                [(&spent, "402", "budget_exhausted"), (&stranger, "401", "unknown_proxy_key")]
            {
                let refused = heard(&world, team, library, manner, "").await;
                let says = refused["refused"].as_str().unwrap_or_else(|| panic!("{refused}"));
                let understood = says.contains(status) && says.contains(code);
                assert!(understood, "{library:?} {manner}: {says}");
            }
        }
    }
}
