//! What a change takes away, and from whom: told from the requests that were made.

use serde_json::json;

use crate::protocol::Protocol;
use crate::world::World;

const PATH: &str = "/v1/chat/completions";

#[tokio::test]
async fn who_loses_by_a_change_is_named_from_usage() {
    let world = World::with(&[]);
    let team = world.team_called("bobby", json!({ "providers": ["openai", "groq"] })).await;
    let model = |model: &str| Protocol::Chat.body(model, &team.say(""), false);
    for _ in 0..3 {
        let answer = world.ask(&team, PATH, &model("openai/gpt-4.1-mini")).await;
        assert_eq!(answer.status(), 200);
    }
    assert_eq!(world.ask(&team, PATH, &model("groq/gpt-oss-120b")).await.status(), 200);
    // One that was refused is no use.
    assert_eq!(world.ask(&team, PATH, &model("mistral/x")).await.status().as_u16() / 100, 4);
    world.events(&team, 5).await;
    let said = |words: &[&str], text: &str| {
        let run = world.sandbox.run(words);
        assert_eq!(run.code, Some(7), "{run}");
        assert!(run.stderr.contains(text), "{text}\n{run}");
    };
    let lost = "NARROWS: openai is no longer allowed; bobby used it 3 times this month";
    said(&["policy", "scope", "bobby", "--remove-provider", "openai"], lost);
    let lost = "every other one is refused; bobby used it 3 times this month";
    said(&["policy", "scope", "bobby", "--add-model", "groq/*"], lost);
    said(&["policy", "set", "bobby", "--budget", "0"], "bobby used it 4 times this month");
    said(&["provider", "disable", "groq"], "bobby used it once this month");
    world.sandbox.ok(&["policy", "create", "other", "--provider", "groq", "--no-budget"]);
    let lost = "NARROWS: openai is no longer allowed; it was used 3 times this month";
    said(&["key", "move", "bobby", "--policy", "other"], lost);
    let manifest = "version: 1\npolicies: { bobby: { providers: [groq] } }\n";
    let plan = world.sandbox.run_with_input(&["diff", "-f", "-"], manifest);
    assert_eq!(plan.code, Some(10), "{plan}");
    let lost = "NARROWS: openai is no longer allowed; bobby used it 3 times this month";
    assert!(plan.stdout.contains(lost), "{plan}");
}
