use super::samples::{ANTHROPIC, CHAT, COHERE, GEMINI, RESPONSES};
use super::*;

fn told(dialect: Dialect, stream: &str) -> Outcome {
    let (out, outcome) = run(meter(dialect, EVENTS, false), [stream.as_bytes()]);
    assert_eq!(out, stream, "nothing is withheld");
    outcome
}

/// The stream up to a text that is in it.
fn until<'a>(stream: &'a str, text: &str) -> &'a str {
    &stream[..stream.find(text).unwrap()]
}

#[test]
fn every_format_says_what_it_took() {
    let check = |dialect, stream, tokens| {
        let told = told(dialect, stream);
        assert_eq!(known(told), (Some(tokens), None, None), "{dialect:?}");
        assert_eq!(told.has_ended, dialect.says_its_end(), "{dialect:?}");
    };
    check(
        Dialect::OpenAiChat,
        CHAT,
        Tokens { cached: Some(1024), cache_write: Some(100), ..tokens(1200, 30, 1230) },
    );
    check(Dialect::OpenAiResponses, RESPONSES, Tokens { cached: Some(64), ..tokens(90, 40, 130) });
    check(
        Dialect::Anthropic,
        ANTHROPIC,
        Tokens {
            cached: Some(4000),
            cache_write: Some(0),
            cache_write_5m: Some(250),
            cache_write_1h: Some(50),
            ..tokens(4320, 15, 4335)
        },
    );
    check(Dialect::Gemini, GEMINI, Tokens { cached: Some(4), ..tokens(13, 23, 36) });
    check(Dialect::Other, COHERE, tokens(70, 4, 74));
}

#[test]
fn a_stream_that_broke_off_is_a_failure() {
    let check = |dialect, stream: &str, before, tokens: Option<Tokens>, partial| {
        let told = told(dialect, until(stream, before));
        let expected = (tokens, partial, Some(Failure::Truncated));
        assert_eq!(known(told), expected, "{dialect:?} {before}");
        assert!(!told.has_ended, "{dialect:?} {before}");
        assert_eq!(told.is_complete, tokens.is_some(), "{dialect:?} {before}");
    };
    let chat = Dialect::OpenAiChat;
    check(chat, CHAT, "\"choices\":[],", None, None);
    check(chat, "x", "x", None, None);
    check(Dialect::OpenAiResponses, RESPONSES, "event: response.completed", None, None);
    let begun = Tokens {
        cached: Some(4000),
        cache_write: Some(0),
        cache_write_5m: Some(250),
        cache_write_1h: Some(50),
        ..tokens(4320, 1, 4321)
    };
    check(Dialect::Anthropic, ANTHROPIC, "event: message_delta", None, Some(begun));
    let told = Tokens { output: Some(15), total: Some(4335), ..begun };
    check(Dialect::Anthropic, ANTHROPIC, "event: message_stop", Some(told), None);
    check(
        Dialect::Gemini,
        GEMINI,
        "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"lo",
        None,
        Some(tokens(8, 20, 28)),
    );
    // Some say with every chunk what it took so far.
    let so_far = "data: {\"choices\":[{\"finish_reason\":null}],\"usage\":{\"prompt_tokens\":3,\
                  \"completion_tokens\":1}}\n\nend";
    check(chat, so_far, "end", None, Some(tokens(3, 1, 4)));
}

#[test]
fn the_last_count_ends_a_chat_too() {
    let check = |stream: &str, tokens| {
        let told = told(Dialect::OpenAiChat, stream);
        assert_eq!(known(told), (Some(tokens), None, None), "{stream}");
        assert!(told.has_ended && told.is_complete, "{stream}");
    };
    let all = Tokens { cached: Some(1024), cache_write: Some(100), ..tokens(1200, 30, 1230) };
    check(until(CHAT, "data: [DONE]"), all);
    check(
        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\
         \"prompt_tokens\":3,\"completion_tokens\":4}}\n\n",
        tokens(3, 4, 7),
    );
    check(
        "data: {\"choices\":[],\"x_groq\":{\"usage\":{\"prompt_tokens\":3,\
         \"completion_tokens\":4}}}\n\ndata: [DONE]",
        tokens(3, 4, 7),
    );
}

#[test]
fn later_counts_include_earlier_ones() {
    let events = |later: &str| {
        format!(
            "event: message_start\ndata: {{\"type\":\"message_start\",\"message\":{{\"usage\":\
             {{\"input_tokens\":20,\"cache_read_input_tokens\":5,\"output_tokens\":1}}}}}}\n\n\
             event: message_delta\ndata: {{\"type\":\"message_delta\",\"usage\":{later}}}\n\n\
             data: {{\"type\":\"message_stop\"}}\n\n"
        )
    };
    let check = |later: &str, expected| {
        let expected = Tokens { cached: Some(5), ..expected };
        let outcome = told(Dialect::Anthropic, &events(later));
        assert_eq!((outcome.tokens, outcome.failure), (Some(expected), None), "{later}");
    };
    check(r#"{"output_tokens":9}"#, tokens(25, 9, 34));
    check(r#"{"input_tokens":30,"output_tokens":9}"#, tokens(35, 9, 44));
    check(
        r#"{"input_tokens":0,"cache_read_input_tokens":null,"output_tokens":9}"#,
        tokens(25, 9, 34),
    );
}

#[test]
fn an_event_that_is_too_long_passes_unread() {
    let long = "x".repeat(super::super::sse::EVENT_BYTES_MAX);
    let stream =
        format!("data: {{\"usage\":{{\"prompt_tokens\":3}},\"x\":\"{long}\"}}\n\ndata: [DONE]\n\n");
    for size in [stream.len(), 16 * 1024] {
        let chat = meter(Dialect::OpenAiChat, EVENTS, true);
        let (out, outcome) = run(chat, stream.as_bytes().chunks(size));
        assert_eq!(out, stream);
        assert_eq!(known(outcome), (None, None, None), "in pieces of {size}");
    }
    // Nobody knows whether the end was in it.
    let outcome = told(Dialect::OpenAiResponses, &format!("data: {long}\n\n"));
    assert_eq!(known(outcome), (None, None, None));
}

#[test]
fn a_silent_stream_is_a_failure_where_it_means_one() {
    let role = "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n";
    let word = "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n";
    let check = |stream: String, expected| {
        let events = HeaderValue::from_static(EVENTS);
        let plan = Plan { streams: true, wants_content: true, ..Plan::of(Dialect::OpenAiChat) };
        let meter = Meter::new(plan, Some(&events));
        assert_eq!(run(meter, [stream.as_bytes()]).1.failure, expected, "{stream}");
    };
    check(format!("{role}data: [DONE]\n\n"), Some(Failure::Empty));
    check(format!("{role}{word}data: [DONE]\n\n"), None);
}

/// What a client gets of a stream after each of these pieces.
fn passed(pieces: &[&str]) -> Vec<String> {
    let mut meter = meter(Dialect::OpenAiChat, EVENTS, true);
    let text = |passed: Passed| {
        let bytes: Vec<_> = passed.into_iter().collect();
        String::from_utf8(bytes.concat()).unwrap()
    };
    let mut out: Vec<_> = pieces
        .iter()
        .map(|piece| text(meter.push(Bytes::copy_from_slice(piece.as_bytes()))))
        .collect();
    out.push(text(meter.finish().0));
    out
}

#[test]
fn nothing_is_held_longer_than_it_must() {
    let check = |pieces: &[&str], expected: &[&str]| assert_eq!(passed(pieces), expected);
    // It is known by the first choice that this is no usage.
    check(
        &["data: {\"choices\":[", "{\"delta\":", "{}}]}", "\n\n"],
        &["", "data: {\"choices\":[{\"delta\":", "{}}]}", "\n\n", ""],
    );
    check(&["data: [", "DONE]\n\n"], &["data: [", "DONE]\n\n", ""]);
    // Here it could have come until the end.
    check(
        &["data: {\"choices\":[]", ",\"usage\":null}", "\n", "\n"],
        &["", "", "", "data: {\"choices\":[],\"usage\":null}\n\n", ""],
    );
    check(
        &["data: 1\n\ndata: {\"choices\":[],", "\"usage\":{}}\r\n\r", "\ndata: 2"],
        &["data: 1\n\n", "", "data: 2", ""],
    );
    // A stream that ends in the middle of it ends with whatever that was.
    check(&["data: {\"choices\":[],"], &["", "data: {\"choices\":[],"]);
    check(&["data: {\"choices\":[],\"usage\":{}}\n"], &["", ""]);
    let long = format!("data: {{\"x\":\"{}", "x".repeat(64 * 1024));
    check(&["data: {\"x\":\"", &long], &["", &format!("data: {{\"x\":\"{long}"), ""]);
}

#[test]
fn an_error_on_the_way_is_a_failure() {
    let check = |dialect, stream: &str, event: &str| {
        let stream = format!("{stream}{event}");
        assert_eq!(told(dialect, &stream).failure, Some(Failure::Reported), "{event}");
    };
    let begun = until(CHAT, "data: [DONE]");
    check(Dialect::OpenAiChat, begun, "data: {\"error\":{\"message\":\"no\"}}\n\ndata: [DONE]\n\n");
    check(Dialect::OpenAiChat, begun, "data: {\"error\":\"no\"}\n\ndata: [DONE]\n\n");
    check(
        Dialect::Anthropic,
        until(ANTHROPIC, "event: message_delta"),
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}\n\n",
    );
    check(
        Dialect::OpenAiResponses,
        until(RESPONSES, "event: response.completed"),
        "event: response.failed\ndata: {\"type\":\"response.failed\",\"response\":{\"status\":\
         \"failed\",\"error\":{\"code\":\"server_error\"},\"usage\":null}}\n\n",
    );
    check(Dialect::Other, "data: x\n\n", "event: error\ndata: it is not JSON\n\n");
    // Who says nothing else has not begun.
    let refused = told(Dialect::Other, "event: error\ndata: it is not JSON\n\n");
    assert_eq!(refused.failure, Some(Failure::Refused));
}

#[test]
fn a_stream_with_several_texts_is_over_when_all_of_them_are() {
    let told = |dialect, choices, stream: &str| {
        let content_type = HeaderValue::from_static(EVENTS);
        let plan = Plan { streams: true, choices, ..Plan::of(dialect) };
        run(Meter::new(plan, Some(&content_type)), [stream.as_bytes()]).1
    };
    let chat = "data: {\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}],\
                \"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\n";
    let gemini = "data: {\"candidates\":[{\"index\":0,\"finishReason\":\"STOP\"}],\
                  \"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":4}}\n\n";
    for (dialect, stream) in [(Dialect::OpenAiChat, chat), (Dialect::Gemini, gemini)] {
        assert!(told(dialect, 1, stream).is_complete, "{dialect:?}");
        assert!(!told(dialect, 2, stream).is_complete, "{dialect:?}");
        assert!(told(dialect, 2, &stream.repeat(2)).is_complete, "{dialect:?}");
    }
    let refused = "data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\n\n";
    assert!(told(Dialect::Gemini, 2, refused).is_complete);
}

#[test]
fn a_text_that_is_too_long_is_stopped_behind_an_event() {
    let event = |text: &str| {
        format!("data: {{\"choices\":[{{\"delta\":{{\"content\":\"{text}\"}}}}]}}\n\n")
    };
    let stream = format!("{}{}{}{}", event("123"), event("45"), event("678"), event("9"));
    let expected = format!("{}{}", event("123"), event("45"));
    for (drops_usage, size) in [(false, 1), (false, 50), (false, 1000), (true, 1), (true, 1000)] {
        let content_type = HeaderValue::from_static(EVENTS);
        let plan =
            Plan { streams: true, drops_usage, text_max: Some(4), ..Plan::of(Dialect::OpenAiChat) };
        let mut meter = Meter::new(plan, Some(&content_type));
        let mut out = Vec::new();
        for piece in stream.as_bytes().chunks(size) {
            for passed in meter.push(Bytes::copy_from_slice(piece)) {
                out.extend_from_slice(&passed);
            }
            if meter.is_stopped().is_some() {
                break;
            }
        }
        assert_eq!(meter.is_stopped(), Some(Stop::Told), "{drops_usage} {size}");
        let out = String::from_utf8(out).unwrap();
        let end = out.strip_prefix(&expected).unwrap_or_else(|| panic!("{size}: {out}"));
        assert!(end.starts_with("data: {\"error\":") && end.ends_with("data: [DONE]\n\n"), "{end}");
        assert_eq!(meter.finish().1.amount, Amount::Text(5), "{drops_usage} {size}");
    }
    // What is as long as it may be is left alone.
    let chat = meter(Dialect::OpenAiChat, EVENTS, false);
    assert!(chat.is_stopped().is_none());
}
