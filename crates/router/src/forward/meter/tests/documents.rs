//! Answers that are one JSON document.

use serde_json::{Value, json};

use super::*;

fn told(dialect: Dialect, document: &Value) -> Outcome {
    let text = document.to_string();
    let (out, outcome) = run(meter(dialect, JSON, true), [text.as_bytes()]);
    assert_eq!(out, text, "nothing is withheld");
    outcome
}

fn check(dialect: Dialect, document: Value, tokens: Option<Tokens>) {
    let told = told(dialect, &document);
    assert_eq!(known(told), (tokens, None, None), "{dialect:?} {document}");
    assert!(told.has_ended && told.is_complete, "{dialect:?} {document}");
}

#[test]
fn every_format_says_what_it_took() {
    check(
        Dialect::OpenAiChat,
        json!({"choices": [{"message": {"content": "\"usage\":{}", "usage": {"prompt_tokens": 9}}}],
            "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18,
                "prompt_tokens_details": {"cached_tokens": 4, "cache_write_tokens": 2}}}),
        Some(Tokens { cached: Some(4), cache_write: Some(2), ..tokens(11, 7, 18) }),
    );
    let embedded = Tokens { input: Some(8), total: Some(8), ..Tokens::default() };
    check(
        Dialect::OpenAiChat,
        json!({"data": [{"embedding": [0.5, -1e-3]}], "usage": {"prompt_tokens": 8, "total_tokens": 8}}),
        Some(embedded),
    );
    check(
        Dialect::OpenAiChat,
        json!({"usage": {"prompt_tokens": 50, "completion_tokens": 5, "total_tokens": 55,
            "prompt_cache_hit_tokens": 32}}),
        Some(Tokens { cached: Some(32), ..tokens(50, 5, 55) }),
    );
    check(
        Dialect::OpenAiResponses,
        json!({"status": "completed", "error": null, "usage": {"input_tokens": 90,
            "input_tokens_details": {"cached_tokens": 64, "cache_write_tokens": 3},
            "output_tokens": 40, "total_tokens": 130}}),
        Some(Tokens { cached: Some(64), cache_write: Some(3), ..tokens(90, 40, 130) }),
    );
    check(
        Dialect::Anthropic,
        json!({"usage": {"input_tokens": 20, "cache_creation_input_tokens": 300,
            "cache_read_input_tokens": 4000, "output_tokens": 15}}),
        Some(Tokens { cached: Some(4000), cache_write: Some(300), ..tokens(4320, 15, 4335) }),
    );
    check(
        Dialect::Gemini,
        json!([{"usageMetadata": {"promptTokenCount": 8, "totalTokenCount": 8}},
            {"usageMetadata": {"promptTokenCount": 8, "candidatesTokenCount": 3,
                "totalTokenCount": 11}}]),
        Some(tokens(8, 3, 11)),
    );
    check(
        Dialect::Other,
        json!({"meta": {"billed_units": {"input_tokens": 3, "output_tokens": 4}}}),
        Some(tokens(3, 4, 7)),
    );
    check(
        Dialect::Other,
        json!({"usage": {"inputTokens": 6, "outputTokens": 2, "totalTokens": 17,
            "cacheReadInputTokenCount": 9}}),
        Some(Tokens { cached: Some(9), ..tokens(15, 2, 17) }),
    );
    check(
        Dialect::Other,
        json!({"usage": {"input_tokens": 2, "cache_read_input_tokens": 5, "output_tokens": 1}}),
        Some(Tokens { cached: Some(5), ..tokens(7, 1, 8) }),
    );
    // What a request would take is not what it took.
    check(Dialect::Anthropic, json!({"input_tokens": 2095}), None);
}

#[test]
fn written_to_a_cache_is_split_by_how_long_it_stays() {
    check(
        Dialect::Anthropic,
        json!({"usage": {"input_tokens": 1, "output_tokens": 1,
            "cache_creation_input_tokens": 100,
            "cache_creation": {"ephemeral_5m_input_tokens": 60, "ephemeral_1h_input_tokens": 30}}}),
        Some(Tokens {
            cache_write: Some(10),
            cache_write_5m: Some(60),
            cache_write_1h: Some(30),
            ..tokens(101, 1, 102)
        }),
    );
    check(
        Dialect::Anthropic,
        json!({"usage": {"input_tokens": 1, "output_tokens": 1,
            "cache_creation": {"ephemeral_1h_input_tokens": 30}}}),
        Some(Tokens { cache_write: Some(0), cache_write_1h: Some(30), ..tokens(31, 1, 32) }),
    );
}

#[test]
fn reasoning_that_is_counted_apart_is_output_too() {
    let usage = |total: u64| {
        json!({"usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": total,
            "completion_tokens_details": {"reasoning_tokens": 40}}})
    };
    check(Dialect::OpenAiChat, usage(55), Some(tokens(10, 45, 55)));
    check(Dialect::OpenAiChat, usage(15), Some(tokens(10, 5, 15)));
}

#[test]
fn what_is_no_count_is_passed_over() {
    let usage = |input: Value| json!({"usage": {"input_tokens": input, "output_tokens": 2}});
    let output = Tokens { output: Some(2), total: Some(2), ..Tokens::default() };
    for strange in [json!(null), json!("7"), json!(-7), json!(1e300), json!([7]), json!({"a": 7})] {
        check(Dialect::Other, usage(strange), Some(output));
    }
    check(Dialect::Other, usage(json!(7.0)), Some(tokens(7, 2, 9)));
    check(Dialect::Other, usage(json!(u64::MAX)), Some(tokens(u64::MAX, 2, u64::MAX)));
    for strange in [json!(null), json!([1, 2]), json!("many"), json!({}), json!({"tokens": 5})] {
        check(Dialect::OpenAiChat, json!({"usage": strange}), None);
    }
    let nested = json!({"inner": {"usage": {"prompt_tokens": 1, "completion_tokens": 1}}});
    check(Dialect::OpenAiChat, nested, None);
}

#[test]
fn a_document_that_is_no_answer_is_a_failure() {
    let fails = |document: Value| told(Dialect::OpenAiChat, &document).failure;
    assert_eq!(fails(json!({"error": {"message": "no"}})), Some(Failure::Reported));
    assert_eq!(fails(json!({"error": "no"})), Some(Failure::Reported));
    assert_eq!(fails(json!([{"error": {"code": 400}}])), Some(Failure::Reported));
    for fine in [json!(null), json!(false), json!(""), json!({})] {
        assert_eq!(fails(json!({"error": fine})), None);
    }
    let half = br#"{"usage":{"prompt_tokens":3,"completion_tokens":4},"choices":["#;
    let (_, outcome) = run(meter(Dialect::OpenAiChat, JSON, false), [&half[..]]);
    assert_eq!(known(outcome), (None, Some(tokens(3, 4, 7)), Some(Failure::Truncated)));
    assert!(!outcome.has_ended && !outcome.is_complete);
    assert_eq!(outcome.amount, Amount::Document(half.len() as u64));
}

#[test]
fn an_empty_answer_is_a_failure_where_it_means_one() {
    let check = |choices: Value, expected| {
        let document = json!({"choices": choices, "usage": {"prompt_tokens": 1}}).to_string();
        let json = HeaderValue::from_static(JSON);
        let told = |wants_content| {
            let plan = Plan { wants_content, ..Plan::of(Dialect::OpenAiChat) };
            run(Meter::new(plan, Some(&json)), [document.as_bytes()]).1.failure
        };
        assert_eq!(told(true), expected, "{document}");
        assert_eq!(told(false), None, "{document}");
    };
    let said = |content: Value, reason: &str| {
        json!([{"index": 0, "message": {"role": "assistant", "content": content},
            "finish_reason": reason}])
    };
    check(said(json!(""), "stop"), Some(Failure::Empty));
    check(said(json!(null), "stop"), Some(Failure::Empty));
    check(json!([]), Some(Failure::Empty));
    check(said(json!("yes"), "stop"), None);
    check(said(json!("yes".repeat(100_000)), "stop"), None);
    check(said(json!(""), "length"), None);
    check(json!([{"message": {"tool_calls": [{"id": "c"}]}, "finish_reason": "tool_calls"}]), None);
}

#[test]
fn only_what_can_be_read_is_read() {
    let usage = br#"{"usage":{"prompt_tokens":3,"completion_tokens":4}}"#;
    let told = |content_type: Option<&'static str>, streams| {
        let content_type = content_type.map(HeaderValue::from_static);
        let plan = Plan { streams, ..Plan::of(Dialect::OpenAiChat) };
        let meter = Meter::new(plan, content_type.as_ref());
        let (out, outcome) = run(meter, [&usage[..]]);
        assert_eq!(out, usage[..]);
        outcome.tokens.is_some()
    };
    assert!(told(Some("application/json"), true));
    assert!(told(Some("Application/JSON; charset=utf-8"), false));
    assert!(told(Some("application/problem+json"), false));
    assert!(told(Some("text/plain"), false));
    assert!(told(None, false));
    assert!(!told(None, true), "without a type, a stream is taken for one");
    assert!(!told(Some("text/event-stream"), false));
    assert!(!told(Some("audio/mpeg"), false));
    assert!(!told(Some("text/html"), false));
}
