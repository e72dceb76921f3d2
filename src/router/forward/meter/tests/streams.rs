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
        let expected = Outcome { tokens: Some(tokens), ..Outcome::default() };
        assert_eq!(told(dialect, stream), expected, "{dialect:?}");
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
        let failure = Some(Failure::Truncated);
        let expected = Outcome { tokens, partial, failure };
        assert_eq!(told(dialect, until(stream, before)), expected, "{dialect:?} {before}");
    };
    check(Dialect::OpenAiChat, CHAT, "\"choices\":[],", None, None);
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
    check(Dialect::Other, "", "event: error\ndata: it is not JSON\n\n");
}
