//! `usage` and `content` against routers with and without `usage.query`.

mod follow;
mod router;

use serde_json::{Value, json};

use self::router::{NOW_MS, Router};
use crate::harness::{Run, Sandbox};

/// The n-th event of the last seconds, oldest first when counted up.
fn event(n: i64, policy: &str) -> Value {
    json!({
        "id": format!("usage_{n}"), "type": "clawrouter.usage.v1",
        "occurred_at_ms": NOW_MS + n, "tenant_id": "acme", "policy_id": policy,
        "credential_id": "alice", "provider": "openai", "model": "openai/gpt-5.5",
        "input_tokens": 11, "output_tokens": 7, "total_tokens": 18, "client": "openclaw",
        "actual_cost_micros": 250_000, "duration_ms": 1234, "status": "success",
        "from_the_future": {"kept": [1.5, null]},
    })
}

fn events(count: i64) -> Vec<Value> {
    (0..count).map(|n| event(n, if n % 3 == 0 { "rest" } else { "team" })).collect()
}

fn operator(router: &Router) -> Sandbox {
    Sandbox::new()
        .with("CLAWROUTER_BASE_URL", &router.url)
        .with("CLAWROUTER_ADMIN_TOKEN", "a-token-for-tests")
}

/// The clock of the command is not the router's, so its own windows are not compared.
fn steady(run: &Run) -> String {
    let text = run.to_string();
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('[') {
        let Some((inside, tail)) = after.split_once(')') else { break };
        out.push_str(before);
        out.push_str(if inside.contains("T") && inside.contains("Z, ") {
            "WINDOW"
        } else {
            inside
        });
        rest = tail;
    }
    out + rest
}

#[test]
fn a_breakdown_says_how_much_it_holds() {
    let mut seen = String::new();
    for (query, count) in [(true, 130), (false, 130), (false, 9)] {
        let router = Router::start(query, events(count));
        let sandbox = operator(&router);
        for words in [
            &["usage", "by", "policy"][..],
            &["usage", "by", "provider"],
            &["usage", "by", "policy", "--top", "1", "-o", "csv"],
            &["usage", "by", "policy", "-o", "jsonl", "--columns", "policy,requestCount"],
        ] {
            let run = sandbox.run(words);
            let offers = if query { "usage.query" } else { "no usage.query" };
            let words = words.join(" ");
            seen.push_str(&format!("$ clawctl {words}  # {offers}, {count}\n{}\n", steady(&run)));
        }
    }
    insta::assert_snapshot!("breakdowns", seen);
}

#[test]
fn json_around_groups_says_by_what_and_what_they_cover() {
    let router = Router::start(true, events(9));
    router.state().retained_since_ms = NOW_MS - 1000;
    let sandbox = operator(&router);
    let found = sandbox.json(&["usage", "by", "key,policy", "--since", "2026-01-01"]);
    assert_eq!(found["by"], json!(["credential", "policy"]));
    assert_eq!(found["coverage"]["state"], "gap");
    assert_eq!(found["window"]["from"], "2026-11-20T18:39:59Z");
    assert_eq!(found["totals"]["requestCount"], 9);
    assert_eq!(found["groups"][0]["costSharePermille"], 666);
    assert_eq!(found["groupsLeftOut"], 0);
    let asked = router.state().asked.clone();
    let path = asked.iter().find(|path| path.contains("groups")).unwrap();
    assert_eq!(path, "/v1/admin/usage/groups?by=credential%2Cpolicy&since=1767225600000");
}

#[test]
fn events_are_passed_on_as_they_came() {
    for query in [true, false] {
        let router = Router::start(query, events(70));
        let sandbox = operator(&router);
        let mut newest = events(70);
        newest.reverse();
        let all = sandbox.json(&["usage", "events"]);
        assert_eq!(all["events"], json!(newest), "not a member is lost");
        assert_eq!((&all["more"], &all["coverage"]["state"]), (&json!(false), &json!("complete")));
        let some = sandbox.json(&["usage", "events", "--limit", "3"]);
        assert_eq!(some["events"], json!(newest[..3]));
        assert_eq!(some["more"], true);
        let lines = sandbox.ok(&["usage", "events", "--all", "-o", "jsonl"]);
        let lines: Vec<Value> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines, newest);
        let yaml = sandbox.ok(&["usage", "events", "-o", "yaml"]);
        let mut yaml: Value = serde_saphyr::from_str(&yaml).unwrap();
        // Time goes by between the two.
        yaml["window"] = all["window"].clone();
        assert_eq!(yaml, all);
        let team = sandbox.json(&["usage", "events", "--policy", "team"]);
        assert_eq!(team["events"].as_array().unwrap().len(), 46);
        let csv = sandbox.ok(&["usage", "events", "-o", "csv", "--columns", "id,time"]);
        assert_eq!(csv.lines().nth(1), Some("usage_69,2026-11-20T18:40:00.069Z"));
    }
}

#[test]
fn every_event_is_a_matter_of_pages() {
    let router = Router::start(true, events(2500));
    let sandbox = operator(&router);
    let lines = sandbox.ok(&["usage", "events", "--all", "-o", "jsonl", "--columns", "id"]);
    assert_eq!(lines.lines().count(), 2500);
    assert_eq!(lines.lines().last(), Some(r#"{"id":"usage_0"}"#));
    assert_eq!(router.looks(), 3);
    let table = sandbox.ok(&["usage", "events", "--all"]);
    assert_eq!(table.lines().count(), 2501, "and a heading");
}

#[test]
fn what_a_plain_router_hides_is_said() {
    let router = Router::start(false, events(130));
    let sandbox = operator(&router);
    let run = sandbox.run(&["usage", "events", "--all", "-o", "jsonl"]);
    assert_eq!((run.code, run.stdout.lines().count()), (Some(0), 100));
    assert_eq!(run.stderr, "warning: sampled: newest 100 of 130 events\n");
    let found = sandbox.json(&["usage", "events"]);
    assert_eq!(found["coverage"], json!({"state": "sampled", "seen": 100, "of": 130}));
    // A window that lies within the newest hundred is seen whole.
    let since = "2026-11-20T18:40:00.031Z";
    let found = sandbox.json(&["usage", "events", "--since", since]);
    assert_eq!(found["coverage"]["state"], "complete");
    assert_eq!(found["events"].as_array().unwrap().len(), 99);
}

#[test]
fn tables_of_events_fit() {
    let router = Router::start(true, events(4));
    let mut sandbox = operator(&router);
    let mut seen = String::new();
    for width in ["80", "120", "160"] {
        sandbox.set("COLUMNS", width);
        for words in [&["usage", "events"][..], &["usage", "by", "day,policy"]] {
            let run = sandbox.run(words);
            for line in run.stdout.lines() {
                assert!(line.chars().count() <= width.parse().unwrap(), "{words:?}\n{run}");
            }
            seen.push_str(&format!("$ clawctl {}  # {width}\n{run}\n", words.join(" ")));
        }
    }
    insta::assert_snapshot!("events_at_three_widths", seen);
}

#[test]
fn a_summary_of_a_policy_is_whole_where_the_router_counts() {
    let complete = operator(&Router::start(true, events(130)));
    let report = complete.json(&["usage", "summary", "--policy", "team"]);
    assert_eq!(report["summary"]["coverage"]["state"], "complete");
    assert_eq!(report["summary"]["value"]["requestCount"], 86);
    assert_eq!(report["providers"]["value"][0]["actualCostMicros"], 86 * 250_000);
    assert_eq!(report["daily"]["value"][0]["dayStartMs"], 1_795_132_800_000_i64);
    assert_eq!(report["events"]["state"], "complete");
    let plain = operator(&Router::start(false, events(130)));
    let report = plain.json(&["usage", "summary", "--policy", "team"]);
    assert_eq!(report["summary"]["coverage"]["state"], "sampled");
    assert_eq!(report["daily"]["coverage"]["state"], "unavailable");
}

#[test]
fn days_and_hours_are_whole_and_those_without_requests_are_zero() {
    let router = Router::start(true, events(3));
    let sandbox = operator(&router);
    let asked_since = |words: &[&str]| {
        let _ = sandbox.ok(&[&["usage", "by"], words].concat());
        let asked = router.state().asked.last().cloned().unwrap();
        let (_, since) = asked.split_once("since=").unwrap_or_else(|| panic!("{asked}"));
        since.split('&').next().unwrap().parse::<i64>().unwrap()
    };
    let (hour, day) = (3_600_000, 86_400_000);
    assert_eq!(asked_since(&["day", "--since", "7d"]) % day, 0);
    assert_eq!(asked_since(&["day,policy", "--since", "36h"]) % day, 0);
    assert_eq!(asked_since(&["day,hour", "--since", "36h"]) % hour, 0);
    // What was typed to the minute is meant so, and a policy is no time.
    let typed = "2026-11-17T11:18Z";
    assert_eq!(asked_since(&["day", "--since", typed]) % day, 11 * hour + 18 * 60_000);

    let found = sandbox.json(&["usage", "by", "day", "--since", typed]);
    let rows: Vec<_> = found["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["day"].as_str().unwrap(), &row["requestCount"], &row["partial"]))
        .collect();
    let (yes, no, zero, three) = (json!(true), json!(false), json!(0), json!(3));
    let expected = [
        ("2026-11-17", &zero, &yes),
        ("2026-11-18", &zero, &no),
        ("2026-11-19", &zero, &no),
        ("2026-11-20", &three, &yes),
    ];
    assert_eq!(rows, expected);
    assert_eq!(found["totals"]["requestCount"], 3);
    let table = sandbox.ok(&["usage", "by", "day", "--since", typed]);
    assert!(table.contains("2026-11-17 (part)") && !table.contains("18 (part)"), "{table}");
    // Where only a sample is seen, nobody knows that a day was without requests.
    let plain = operator(&Router::start(false, events(130)));
    let sampled = plain.json(&["usage", "by", "day", "--since", typed]);
    assert!(sampled["groups"].as_array().unwrap().iter().all(|row| row["requestCount"] != 0));
}

#[test]
fn a_bad_filter_is_refused_before_anything_is_asked() {
    let router = Router::start(true, Vec::new());
    let sandbox = operator(&router);
    for (words, says) in [
        (&["by", "colour"][..], "possible values"),
        (&["by", "day", "--since", "yesterday"], "2026-11-01T12:00Z"),
        (&["by", "day", "--since", "2999-01-01"], "in the future"),
        (&["by", "day", "--since", "1d", "--until", "2d"], "ends before `--until`"),
        (&["events", "--status", "failed"], "provider_error"),
        (&["events", "--policy", "a-b"], "a_b"),
        (&["events", "--tenant", ""], "leave it out"),
        (&["events", "--columns", "colour"], "actual_cost_micros"),
        (&["by", "day", "--columns", "policy"], "day, requestCount"),
        (&["events", "--limit", "0"], "0"),
        (&["events", "--limit", "5", "--all"], "--all"),
        (&["tail", "-o", "json"], "jsonl"),
        (&["tail", "--interval", "1ms"], "50ms"),
        (&["tail", "--since", "nope"], "not a moment"),
    ] {
        let run = sandbox.run(&[&["usage"], words].concat());
        assert_eq!(run.code, Some(2), "{words:?}\n{run}");
        assert!(run.stderr.contains(says), "`{says}` is not said\n{run}");
    }
    assert!(router.state().asked.is_empty());
}

#[test]
fn content_is_shown_with_a_warning_and_without_steering() {
    let router = Router::start(false, Vec::new());
    let sandbox = operator(&router);
    insta::assert_snapshot!("content", sandbox.run(&["content", "show", "acme", "content_1"]));
    let body = sandbox.json(&["content", "show", "acme", "content_1", "--body"]);
    assert_eq!(body["messages"][0]["content"], "a \u{1b}[2J b");
    let text = sandbox.ok(&["content", "show", "acme", "content_1", "--body"]);
    assert!(!text.contains('\u{1b}') && serde_json::from_str::<Value>(&text).is_ok(), "{text}");
    let whole = sandbox.json(&["content", "show", "a c/me", "content_1"]);
    assert_eq!((&whole["tenantId"], &whole["body"]), (&json!("a c/me"), &body));
    let run = sandbox.run(&["content", "show", "acme", "content_2"]);
    assert_eq!(run.code, Some(3), "{run}");
    assert!(run.stderr.contains("content_ref"), "{run}");
    assert_eq!(sandbox.run(&["content", "show", "acme", ""]).code, Some(2));
}
