//! The first event of a stream, and what it makes of the answer.

use serde_json::{Value, json};

use super::samples::{ANTHROPIC, CHAT};
use super::*;

/// What is decided about a stream in these pieces, and after how many of them.
fn opened(quirks: &BodyQuirks, pieces: &[&str]) -> (usize, Opened) {
    let mut opening = Opening::new(Dialect::OpenAiChat, quirks);
    for (index, piece) in pieces.iter().enumerate() {
        match opening.push(piece.as_bytes()) {
            Opened::Undecided => {}
            decided => return (index + 1, decided),
        }
    }
    (pieces.len() + 1, opening.finish())
}

fn well(quirks: &BodyQuirks, pieces: &[&str]) -> usize {
    let (after, opened) = opened(quirks, pieces);
    assert!(matches!(opened, Opened::Well), "after {after}: {opened:?}");
    after
}

fn failed(pieces: &[&str]) -> (u16, Value) {
    let (_, opened) = opened(&BodyQuirks::default(), pieces);
    let Opened::Failed { status, body } = opened else { panic!("{pieces:?}: {opened:?}") };
    (status.as_u16(), serde_json::from_slice::<Value>(&body).unwrap()["error"].take())
}

#[test]
fn a_good_beginning_is_known_by_its_first_event() {
    let quirks = BodyQuirks::default();
    assert_eq!(well(&quirks, &[CHAT]), 1);
    assert_eq!(well(&quirks, &[ANTHROPIC]), 1);
    assert_eq!(well(&quirks, &[":ok\n\n", ": wait\n\n", "data: {\"a\":1}\n", "\n", "data: x"]), 4);
    assert_eq!(well(&quirks, &["data: {\"error\":null,\"choices\":[]}\n\n"]), 1);
    // Neither an end without an event nor one without a blank line is an error.
    assert_eq!(well(&quirks, &[]), 1);
    assert_eq!(well(&quirks, &["data: [DONE]"]), 2);
    // It does not wait for the end of an event that is long.
    let long = "x".repeat(8 * 1024);
    assert_eq!(well(&quirks, &["data: ", &long, "\n\n"]), 2);
}

#[test]
fn an_error_in_the_first_event_becomes_the_answer() {
    let check = |pieces: &[&str], status: u16, error: Value| {
        assert_eq!(failed(pieces), (status, error), "{pieces:?}");
    };
    check(
        &[":ok\n\n", "data: {\"error\":{\"message\":\"slow\",\"code\":429}}\n\n"],
        429,
        json!({"message": "slow", "type": "upstream_error", "code": 429}),
    );
    check(
        &[
            "event: er",
            "ror\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",",
            "\"message\":\"Overloaded\"}}\r",
            "\n\r\n",
        ],
        502,
        json!({"message": "Overloaded", "type": "overloaded_error", "code": 502}),
    );
    check(
        &["data: {\"error\":{\"message\":\"x\",\"type\":\"t\",\"code\":200}}\n\n"],
        502,
        json!({"message": "x", "type": "t", "code": 200}),
    );
    check(
        &["data: {\"error\":{\"message\":\"x\",\"code\":\"429\"}}"],
        502,
        json!({"message": "x", "type": "upstream_error", "code": "429"}),
    );
    // The responses API says what it is next to `type`, not in a member.
    check(
        &[
            "event: error\ndata: {\"type\":\"error\",\"code\":\"server_error\",\"message\":\"x\"}\n\n",
        ],
        502,
        json!({"message": "x", "type": "upstream_error", "code": "server_error"}),
    );
    check(
        &["event: error\ndata: <html>\n\n"],
        502,
        json!({"message": "upstream request failed", "type": "upstream_error", "code": 502}),
    );
}

#[test]
fn a_provider_that_is_silent_where_it_fails_has_to_speak_first() {
    let role = "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
    let word = "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n";
    let stop = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    let done = "data: [DONE]\n\n";
    let error = "data: {\"error\":{\"message\":\"no\"}}\n\n";
    let silent = silent();
    assert_eq!(well(&silent, &[":ok\n\n", role, word, stop, done]), 3);
    assert_eq!(well(&BodyQuirks::default(), &[":ok\n\n", role, word]), 2);
    for pieces in [&[":ok\n\n", role, stop, done][..], &[done], &[":ok\n\n", role], &[]] {
        let (_, opened) = opened(&silent, pieces);
        assert!(matches!(opened, Opened::Empty), "{pieces:?}: {opened:?}");
    }
    let (after, opened) = opened(&silent, &[":ok\n\n", role, error, done]);
    assert!(matches!(opened, Opened::Failed { .. }) && after == 3, "{opened:?}");
    let long = role.repeat(2000);
    assert_eq!(well(&silent, &[&long]), 1);
}
