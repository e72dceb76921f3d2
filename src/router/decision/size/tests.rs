use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn size(body: &str) -> RequestSize {
    measure(&Body::parse(body.as_bytes()).unwrap())
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
    for kind in ["image", "image_url", "document", "file", "input_image", "item_reference"] {
        check(true, content(json!([{ "type": "text" }, { "type": kind }])));
        check(true, json!({ "input": [{ "role": "user", "content": [{ "type": kind }] }] }));
        check(false, json!({ "metadata": { "type": kind } }));
        check(false, json!({ "messages": [{ "type": kind, "content": "x" }] }));
    }
    check(true, content(json!([{ "type": "tool_result", "content": [{ "type": "image" }] }])));
    check(true, content(json!([{ "image_url": { "url": "x" } }])));
    check(true, json!({ "input": [{ "file_id": "f" }] }));
    check(false, json!({ "file_id": "f" }));
    for name in ["previous_response_id", "conversation", "prompt", "cachedContent"] {
        check(true, json!({ name: "x" }));
        check(true, json!({ name: { "id": "x" } }));
        check(true, json!({ name: [] }));
        check(false, json!({ name: null }));
        check(false, json!({ "metadata": { name: "x" } }));
    }
    for kind in ["web_fetch_20250910", "bash_20250124", "computer_20250124", "memory_x"] {
        check(true, json!({ "tools": [{ "type": "custom" }, { "type": kind }] }));
        check(false, json!({ "tools": [{ "input_schema": { "type": kind } }] }));
    }
    check(false, json!({ "tools": [{ "type": "function" }] }));
    check(true, json!({ "contents": [{ "parts": [{ "fileData": { "fileUri": "x" } }] }] }));
    check(false, json!({ "contents": [{ "parts": [{ "inlineData": { "data": "eA==" } }] }] }));
    let hidden = r#"{"messages":[{"content":[{"ty\u0070e":"ima\u0067e"}]}]}"#;
    assert!(size(hidden).unbounded);
}

#[test]
fn the_largest_limit_counts() {
    let check = |body: Value, limit, choices| {
        let size = size(&body.to_string());
        assert_eq!((size.output_limit, size.choices), (limit, choices), "{body}");
    };
    check(json!({}), None, 1);
    check(json!({ "max_tokens": 10, "max_completion_tokens": 30 }), Some(30), 1);
    check(json!({ "max_output_tokens": 0, "n": 0 }), Some(0), 1);
    check(json!({ "max_tokens": 10.0, "n": 3 }), Some(10), 3);
    check(json!({ "max_tokens": -1 }), None, 1);
    check(json!({ "max_tokens": "10", "n": null }), None, 1);
    check(json!({ "options": { "max_tokens": 10, "n": 4 } }), None, 1);
    let generation = json!({ "maxOutputTokens": 50, "candidateCount": 2 });
    check(json!({ "generationConfig": generation, "max_tokens": 7 }), Some(50), 2);
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
fn has_media(value: &Value) -> bool {
    match value {
        Value::Object(members) => {
            members.contains_key("image_url")
                || members.contains_key("file_id")
                || members.get("type").is_some_and(|kind| {
                    kind.as_str().is_some_and(|kind| UNBOUNDED_TYPES.contains(&kind))
                })
                || members.values().any(has_media)
        }
        Value::Array(items) => items.iter().any(has_media),
        _ => false,
    }
}

proptest! {
    #[test]
    fn walking_agrees_with_a_tree_of_values(input in values(), pretty in any::<bool>()) {
        let body = json!({ "model": "m", "input": input });
        let text = if pretty { serde_json::to_string_pretty(&body) } else { serde_json::to_string(&body) };
        let size = size(&text.unwrap());
        prop_assert_eq!(size.bytes, body.to_string().len() as u64);
        prop_assert_eq!(size.unbounded, has_media(&input));
    }
}
