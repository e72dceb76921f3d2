use std::sync::Arc;

use serde_json::{Value, json};

use super::record::Line;
use super::*;
use crate::client::witness::{self, Before, Change, End, Witness};
use clawctl_wire::resource::Resource;

fn clock() -> Timestamp {
    "2026-11-27T09:00:00Z".parse().unwrap()
}

fn recorder(dir: &Path) -> Arc<Recorder> {
    let scene = Scene {
        who: "ada@host".into(),
        command: "policy set".into(),
        router: "https://r.example".into(),
        context: Some("prod".into()),
    };
    Arc::new(Recorder::new(Changes::at(dir), scene, clock))
}

fn policy(budget: u64) -> Value {
    json!({
        "policyId": "team", "enabled": true, "providers": ["openai"], "tenantId": "default",
        "tokenRole": "service", "monthlyBudgetMicros": budget, "requestCostMicros": null,
        "budgetScope": "policy", "retainRequestContent": false, "grantRouting": {},
    })
}

fn change(before: Before) -> Change<'static> {
    let path = "/v1/admin/policies/team";
    let resource = Resource::at(path, &Value::Null);
    Change { method: "PUT", path, resource, before, carries_secret: false }
}

fn done(after: Value) -> End<'static> {
    let outcome = witness::Outcome::Done;
    End { outcome, after: Some(after), status: Some(200), code: None, request_id: Some("req-1") }
}

#[test]
fn a_change_is_read_as_it_was_told() {
    let dir = tempfile::tempdir().unwrap();
    let inside = dir.path().join("a/changes");
    let recorder = recorder(&inside);
    let id = recorder.begins(&change(Before::Known(policy(5_000_000)))).unwrap();
    recorder.ends(&id, &done(policy(9_000_000)));
    let cut_off = recorder.begins(&change(Before::Absent)).unwrap();
    assert!(recorder.trouble().is_none());
    let records = Changes::at(&inside).read().unwrap();
    assert_eq!(records.len(), 2);
    let first = &records[0];
    assert_eq!((first.id.as_str(), first.outcome), (id.as_str(), Outcome::Done));
    assert_eq!((first.who.as_str(), first.name.as_deref()), ("ada@host", Some("team")));
    assert_eq!(first.request_id.as_deref(), Some("req-1"));
    assert_ne!(first.before_fingerprint, first.after_fingerprint);
    assert_eq!(effects(first), ["RAISES: the budget of the month", "budget $5.00 → $9.00"]);
    assert_eq!((records[1].id.as_str(), records[1].outcome), (cut_off.as_str(), Outcome::Unknown));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&inside), mode(&inside.join(CURRENT))), (0o700, 0o600));
}

#[test]
fn what_sounds_like_a_secret_is_not_kept() {
    let dir = tempfile::tempdir().unwrap();
    let recorder = recorder(dir.path());
    let state = json!({
        "policyId": "team", "accessToken": "canary", "credentials": {"x": "canary"},
        "refresh": {"clientSecret": "canary"}, "apiKeys": [{"password": "canary"}],
        "tokenRole": "service", "hasAccessToken": true,
    });
    let id = recorder.begins(&change(Before::Known(state.clone()))).unwrap();
    recorder.ends(&id, &done(state));
    let text = fs::read_to_string(dir.path().join(CURRENT)).unwrap();
    assert!(!text.contains("canary"), "{text}");
    assert!(text.contains("tokenRole") && text.contains("hasAccessToken"));
}

#[test]
fn a_torn_line_spoils_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let recorder = recorder(dir.path());
    recorder.begins(&change(Before::Absent)).unwrap();
    let path = dir.path().join(CURRENT);
    let text = fs::read(&path).unwrap();
    fs::write(&path, &text[..text.len() / 2]).unwrap();
    let id = recorder.begins(&change(Before::Absent)).unwrap();
    let records = Changes::at(dir.path()).read().unwrap();
    assert_eq!(records.iter().map(|r| r.id.as_str()).collect::<Vec<_>>(), [id]);
}

#[test]
fn a_file_that_has_grown_is_put_aside_and_old_ones_go() {
    let dir = tempfile::tempdir().unwrap();
    let changes = Changes { bytes_max: 2_000, ..Changes::at(dir.path()) };
    let mut kept = Vec::new();
    for number in 0..200 {
        let id = format!("{number:010}");
        let line = json!({"ended": {
            "id": id, "outcome": "done", "status": 200, "code": null, "requestId": null,
            "after": null,
        }});
        let line: Line = serde_json::from_value(line).unwrap();
        let now = Timestamp::from_second(1_700_000_000 + number).unwrap();
        changes.append(&line, now).unwrap();
        kept.push(id);
    }
    assert_eq!(changes.aside().unwrap().len(), ASIDE_MAX);
    let all: String = changes
        .aside()
        .unwrap()
        .into_iter()
        .chain([dir.path().join(CURRENT)])
        .map(|path| fs::read_to_string(path).unwrap_or_default())
        .collect();
    assert!(all.contains(&kept[199]) && !all.contains(&kept[0]));
}

#[test]
fn what_cannot_be_written_is_told_and_stops_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    let recorder = recorder(&file.join("changes"));
    assert!(recorder.begins(&change(Before::Absent)).is_some());
    let trouble = recorder.trouble().unwrap().to_string();
    assert!(trouble.starts_with("cannot write `"), "{trouble}");
}

#[test]
fn a_change_that_was_taken_back_says_by_which() {
    let dir = tempfile::tempdir().unwrap();
    let recorder = recorder(dir.path());
    let first = recorder.begins(&change(Before::Known(policy(5)))).unwrap();
    recorder.ends(&first, &done(policy(9)));
    recorder.undoing(&first);
    let second = recorder.begins(&change(Before::Known(policy(9)))).unwrap();
    recorder.ends(&second, &done(policy(5)));
    let records = Changes::at(dir.path()).read().unwrap();
    assert_eq!(records[0].undone_by.as_deref(), Some(second.as_str()));
    assert_eq!(records[1].undoes.as_deref(), Some(first.as_str()));
}
