use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

mod unpriced;

const FORMATS: [Format; 6] = [
    Format::Chat,
    Format::Responses,
    Format::Messages,
    Format::Cohere,
    Format::Gemini,
    Format::Other,
];

fn size(body: &str) -> RequestSize {
    measure(&Body::parse(body.as_bytes()).unwrap(), Format::Chat).size
}

fn measured(body: &Value, format: Format) -> Measured {
    measure(&Body::parse(body.to_string().as_bytes()).unwrap(), format)
}

#[test]
fn white_space_and_escapes_do_not_count() {
    let check = |body: &str, written: &str| {
        assert_eq!(size(body).bytes, written.len() as u64, "{body}");
    };
    check("{}", "{}");
    check(" { \"a\" : [ 1 , 2.0 ] , \"b\":{ } } ", r#"{"a":[1,2],"b":{}}"#);
    check(r#"{"\u00e9":"\u00e9","n":null,"t":true}"#, r#"{"é":"é","n":null,"t":true}"#);
}

#[test]
fn some_bodies_say_nothing_about_their_input() {
    let check = |unbounded, body: Value| {
        assert_eq!(size(&body.to_string()).unbounded, unbounded, "{body}");
    };
    let content = |content: Value| json!({ "messages": [{ "role": "user", "content": content }] });
    check(false, content(json!("look at this image")));
    check(false, content(json!([{ "type": "text", "text": "image" }])));
    for kind in [
        "image",
        "image_url",
        "document",
        "file",
        "input_image",
        "item_reference",
        "video_url",
        "audio_url",
        "input_audio",
        "invented_yesterday",
    ] {
        let parts = json!([{ "type": "text" }, { "type": kind }]);
        check(true, content(parts.clone()));
        check(true, json!({ "input": [{ "role": "user", "content": [{ "type": kind }] }] }));
        check(true, json!({ "input": [{ "type": kind }] }));
        check(true, json!({ "input": [{ "type": "function_call_output", "output": parts }] }));
        check(true, json!({ "system": [{ "type": kind }] }));
        check(true, content(json!([{ "type": "tool_result", "content": [{ "type": kind }] }])));
        check(false, json!({ "metadata": { "type": kind } }));
        check(false, json!({ "messages": [{ "type": kind, "content": "x" }] }));
    }
    // What a model called a tool with is text, whatever it looks like.
    let call = |input: Value| content(json!([{ "type": "tool_use", "input": input }]));
    check(false, call(json!({ "type": "invented_yesterday", "image": "x", "file": { "a": 1 } })));
    check(true, call(json!({ "type": "image" })));
    check(true, content(json!([{ "image_url": { "url": "x" } }])));
    check(true, content(json!([{ "Image_URL": { "url": "x" } }])));
    check(false, content(json!([{ "type": "text", "image_url": null }])));
    check(true, content(json!([{ "image": { "format": "png" } }])));
    check(true, json!({ "messages": [{ "role": "assistant", "audio": { "id": "a" } }] }));
    check(false, json!({ "messages": [{ "role": "assistant", "audio": null }] }));
    check(true, json!({ "input": [{ "file_id": "f" }] }));
    check(false, json!({ "file_id": "f" }));
    for name in ["previous_response_id", "conversation", "prompt"] {
        check(true, json!({ name: "x" }));
        check(true, json!({ name: { "id": "x" } }));
        check(true, json!({ name: [] }));
        check(false, json!({ name: null }));
        check(false, json!({ "metadata": { name: "x" } }));
    }
    let hidden = r#"{"messages":[{"content":[{"ty\u0070e":"ima\u0067e"}]}]}"#;
    assert!(size(hidden).unbounded);
}

#[test]
fn what_is_no_text_in_the_format_of_google_says_nothing_about_its_length() {
    let check = |unbounded, parts: Value| {
        let content = json!({ "role": "user", "parts": parts });
        for body in [
            json!({ "contents": [content] }),
            json!({ "contents": content }),
            json!({ "systemInstruction": content }),
            json!({ "system_instruction": content }),
        ] {
            let found = measured(&body, Format::Gemini).size.unbounded;
            assert_eq!(found, unbounded, "{body}");
        }
    };
    check(false, json!([{ "text": "x", "thoughtSignature": "eA==" }]));
    check(false, json!([{ "functionCall": { "name": "f", "args": { "parts": [{ "a": 1 }] } } }]));
    check(true, json!([{ "text": "x" }, { "inlineData": { "data": "eA==" } }]));
    check(true, json!([{ "inline_data": { "data": "eA==" } }]));
    check(true, json!([{ "fileData": { "fileUri": "x" } }]));
    check(true, json!([{ "inventedYesterday": {} }]));
    let nested = json!({ "name": "f", "parts": [{ "inlineData": { "data": "eA==" } }] });
    check(true, json!([{ "functionResponse": nested }]));
}

#[test]
fn a_limit_counts_under_the_names_that_its_format_knows() {
    let check = |format, body: Value, limit| {
        assert_eq!(measured(&body, format).size.output_limit, limit, "{format:?} {body}");
    };
    for (format, names) in [
        (Format::Chat, &["max_tokens", "max_completion_tokens"][..]),
        (Format::Responses, &["max_output_tokens"]),
        (Format::Messages, &["max_tokens"]),
        (Format::Cohere, &["max_tokens"]),
        (Format::Other, &[]),
    ] {
        for name in ["max_tokens", "max_completion_tokens", "max_output_tokens", "maxTokens"] {
            let known = names.contains(&name);
            check(format, json!({ name: 10 }), known.then_some(10));
            check(format, json!({ name: 10.0 }), known.then_some(10));
            for none in [json!(0), json!(-1), json!(1.5), json!("10"), json!([10]), json!({})] {
                check(format, json!({ name: none }), None);
            }
            check(format, json!({ "options": { name: 10 } }), None);
            check(format, json!({ "generationConfig": { name: 10 } }), None);
        }
    }
    // The largest counts, and none if a provider may read one that limits nothing.
    let chat =
        |one: Value, other: Value| json!({ "max_tokens": one, "max_completion_tokens": other });
    check(Format::Chat, chat(json!(10), json!(30)), Some(30));
    check(Format::Chat, chat(json!(10), json!(null)), Some(10));
    for none in [json!(0), json!("30"), json!(-1)] {
        check(Format::Chat, chat(json!(10), none.clone()), None);
        check(Format::Chat, chat(none, json!(10)), None);
    }
    check(Format::Chat, json!({ "max_tokens": 10, "Max_Tokens": 9000 }), None);
    check(Format::Chat, json!({ "max_tokens": 10, "max_output_tokens": 9000 }), Some(10));
}

#[test]
fn google_is_limited_where_it_is_told_how_to_generate() {
    let check = |body: &str, limit| {
        let body = Body::parse(body.as_bytes()).unwrap();
        let found = measure(&body, Format::Gemini).size.output_limit;
        assert_eq!(found, limit, "{:?}", body.to_bytes());
    };
    check(r#"{"generationConfig":{"maxOutputTokens":50}}"#, Some(50));
    check(r#"{"generation_config":{"max_output_tokens":50}}"#, Some(50));
    check(r#"{"generationConfig":{"maxOutputTokens":50,"max_output_tokens":70}}"#, Some(70));
    check(r#"{"generationConfig":{"maxOutputTokens":50},"max_tokens":7}"#, Some(50));
    check(r#"{"maxOutputTokens":50,"max_tokens":7}"#, None);
    check(r#"{"generationConfig":{"max_tokens":50}}"#, None);
    // A provider reads one of these, and nobody knows which.
    check(r#"{"generationConfig":{"maxOutputTokens":5},"generation_config":{}}"#, None);
    check(r#"{"generationConfig":{"maxOutputTokens":5,"maxOutputTokens":null}}"#, None);
    check(r#"{"generationConfig":{"maxOutputTokens":5,"MaxOutputTokens":900}}"#, None);
}

#[test]
fn a_number_of_answers_is_a_number() {
    let check = |body: Value, choices| {
        for format in FORMATS {
            let found = measured(&body, format);
            assert_eq!((found.size.choices, found.unpriced), (choices, None), "{body}");
        }
    };
    check(json!({}), 1);
    check(json!({ "n": 0 }), 1);
    check(json!({ "n": null }), 1);
    check(json!({ "n": 3.0 }), 3);
    check(json!({ "options": { "n": 4 } }), 1);
    let generation = json!({ "candidateCount": 2, "candidate_count": 5 });
    check(json!({ "generationConfig": generation, "n": 4 }), 5);
    for none in [json!("4"), json!(2.5), json!(-1), json!(true), json!([4]), json!({})] {
        let found = measured(&json!({ "n": none }), Format::Chat);
        assert_eq!(found.unpriced, Some(Unpriced::count("n")), "{none}");
        let generation = json!({ "generationConfig": { "candidateCount": none } });
        let found = measured(&generation, Format::Gemini);
        assert_eq!(found.unpriced, Some(Unpriced::count("candidateCount")), "{none}");
    }
}

#[test]
fn the_longest_cache_counts() {
    let check = |body: Value, expected| {
        assert_eq!(size(&body.to_string()).cache_write, expected, "{body}");
    };
    let short = json!({ "type": "ephemeral" });
    let long = json!({ "type": "ephemeral", "ttl": "1h" });
    let tool = |control: &Value| json!({ "name": "t", "cache_control": control });
    check(json!({ "ttl": "1h" }), CacheWrite::None);
    check(json!({ "cache_control": short }), CacheWrite::FiveMinutes);
    check(json!({ "system": [{ "cache_control": { "ttl": "5m" } }] }), CacheWrite::FiveMinutes);
    check(json!({ "tools": [tool(&long), tool(&short)] }), CacheWrite::OneHour);
    check(json!({ "tools": [tool(&short), tool(&long)] }), CacheWrite::OneHour);
    check(json!({ "messages": [{ "content": [tool(&long)] }] }), CacheWrite::OneHour);
}

#[test]
fn depth_is_no_burden() {
    let deep = format!("{{\"input\":{}{}}}", "[".repeat(200_000), "]".repeat(200_000));
    assert_eq!(size(&deep).bytes, deep.len() as u64);
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "\\PC{0,6}|[\\x00-\\x1f\"\\\\/]{0,3}|image|file".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        let name = "[a-c]|type|content|input|file_id|\\PC{1,3}";
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name, inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// The definition of what cannot be bounded, over a tree of values.
fn has_media(value: &Value, is_part: bool) -> bool {
    let Value::Object(members) = value else {
        let items = value.as_array().into_iter().flatten();
        return items.into_iter().any(|item| has_media(item, is_part));
    };
    members.iter().any(|(name, inner)| match name.as_str() {
        "image_url" | "file_id" => !inner.is_null(),
        "type" => match inner.as_str() {
            Some(kind) if is_part => !kinds::is_text(kind),
            Some(kind) => kinds::is_media(kind),
            None => is_part || has_media(inner, false),
        },
        "content" if is_part => has_media(inner, true),
        _ => has_media(inner, false),
    })
}

/// Members that cost nothing or change nothing, whatever they are.
fn members() -> impl Strategy<Value = serde_json::Map<String, Value>> {
    let name = "model|messages|input|system|tools|max_tokens|max_completion_tokens|\
                max_output_tokens|n|generationConfig|service_tier|[a-z]{1,4}";
    let members = prop::collection::btree_map(name, values(), 0..6);
    members.prop_map(|members| members.into_iter().collect())
}

/// All that an estimate may grow with.
fn weight(size: &RequestSize) -> (u64, bool, u64, u64, CacheWrite) {
    let limit = size.output_limit.unwrap_or(u64::MAX);
    (size.bytes, size.unbounded, limit, size.choices, size.cache_write)
}

proptest! {
    #[test]
    fn walking_agrees_with_a_tree_of_values(input in values(), pretty in any::<bool>()) {
        let body = json!({ "model": "m", "input": input });
        let text = if pretty { serde_json::to_string_pretty(&body) } else { serde_json::to_string(&body) };
        let size = size(&text.unwrap());
        prop_assert_eq!(size.bytes, body.to_string().len() as u64);
        prop_assert_eq!(size.unbounded, has_media(&input, true));
    }

    /// Nobody makes a request cheaper by saying more.
    #[test]
    fn a_member_more_never_makes_less_of_a_request(
        body in members(),
        name in "max_[a-z]{3,6}_tokens|[mM]axTokens|MAX_TOKENS|[a-zA-Z_]{1,12}|max_output_tokens|\
                 max_completion_tokens|maxOutputTokens|generation_config|n|tools|service_tier",
        value in values(),
        number in prop::option::of(0..100u64),
        format in prop::sample::select(FORMATS.to_vec()),
    ) {
        let is_limit = format.output_limits().contains(&name.as_str());
        prop_assume!(!body.contains_key(&name));
        // The first limit that a provider knows is the one way to ask for less.
        let limits = format.output_limits();
        prop_assume!(!is_limit || limits.iter().any(|limit| body.contains_key(*limit)));
        prop_assume!(format != Format::Gemini || !name.starts_with("generation"));
        let before = measured(&Value::Object(body.clone()), format);
        prop_assume!(!is_limit || before.size.output_limit.is_some());
        let mut more = body;
        more.insert(name, number.map_or(value, Value::from));
        let after = measured(&Value::Object(more), format);
        let (less, more) = (weight(&before.size), weight(&after.size));
        prop_assert!(less.0 < more.0 && less.1 <= more.1, "{:?} {:?}", less, more);
        prop_assert!(less.2 <= more.2 && less.3 <= more.3, "{:?} {:?}", less, more);
        prop_assert!(less.4 <= more.4, "{:?} {:?}", less, more);
        prop_assert!(after.unpriced.is_some() || before.unpriced.is_none());
    }
}
