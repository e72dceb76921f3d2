//! Requests for providers that take less than the format allows.
//!
//! Such a provider does not refuse what it does not know: it answers as if it had not been there.
//! So what can be said in plain text is said so, and the rest is refused here.

use serde_json::value::to_raw_value;
use serde_json::{Map, Value};

use crate::decision::Body;
use crate::manifest::BodyQuirks;
use crate::refusal::Refusal;
use clawctl_wire::error::code;

type Message = Map<String, Value>;

/// The names under which clients limit the output of a chat.
const OUTPUT_LIMITS: [&str; 2] = ["max_tokens", "max_completion_tokens"];

/// Changes a body into one that the provider understands.
pub(crate) fn apply(quirks: &BodyQuirks, body: &mut Body<'_>) -> Result<(), Refusal> {
    for name in &quirks.drop_fields {
        body.remove(name);
    }
    if let Some(name) = &quirks.output_limit {
        // A limit that is not read would be one for the budget alone.
        for other in OUTPUT_LIMITS.iter().filter(|other| *other != name) {
            if !body.rename(other, name) {
                body.remove(other);
            }
        }
    }
    if !quirks.flatten_text && !quirks.plain_roles {
        return Ok(());
    }
    // What is no list of messages is for the provider to refuse.
    let Some(mut messages) = body.read::<Vec<Value>>("messages") else { return Ok(()) };
    for message in messages.iter_mut().filter_map(Value::as_object_mut) {
        if quirks.flatten_text {
            flatten(message)?;
        }
        if quirks.plain_roles {
            say_plainly(message)?;
        }
    }
    let messages = to_raw_value(&messages).map_err(|error| {
        Refusal::internal(format!("the messages could not be written: {error}"))
    })?;
    body.set("messages", messages);
    Ok(())
}

/// Makes a list of texts one text.
fn flatten(message: &mut Message) -> Result<(), Refusal> {
    if let Some(content @ Value::Array(_)) = message.get_mut("content") {
        *content = text_of(content)?.into();
    }
    Ok(())
}

/// Says who speaks in the words of system, user and assistant.
fn say_plainly(message: &mut Message) -> Result<(), Refusal> {
    match message.get("role").and_then(Value::as_str) {
        Some("developer") => {
            message.insert("role".to_owned(), "system".into());
            Ok(())
        }
        Some("tool") => report(message, "tool_call_id"),
        Some("function") => report(message, "name"),
        Some("assistant") => call(message),
        _ => Ok(()),
    }
}

/// What a tool answered becomes something that the user says.
fn report(message: &mut Message, id: &str) -> Result<(), Refusal> {
    let id = message.remove(id);
    let id = id.as_ref().and_then(Value::as_str).unwrap_or("unknown");
    let content = message.get("content").map_or(Ok(String::new()), text_of)?;
    message.insert("role".to_owned(), "user".into());
    message.insert("content".to_owned(), format!("[Result of tool call {id}]\n{content}").into());
    Ok(())
}

/// The tools that the assistant called become words of its own.
fn call(message: &mut Message) -> Result<(), Refusal> {
    let mut calls = match message.remove("tool_calls") {
        Some(Value::Array(calls)) => calls,
        _ => Vec::new(),
    };
    if let Some(function) = message.remove("function_call").filter(Value::is_object) {
        let id = function["name"].clone();
        calls.push(serde_json::json!({ "id": id, "function": function }));
    }
    if calls.is_empty() {
        return Ok(());
    }
    let said = message.get("content").map_or(Ok(String::new()), text_of)?;
    let said = Some(said).filter(|said| !said.is_empty());
    let lines: Vec<_> = said.into_iter().chain(calls.iter().map(in_words)).collect();
    message.insert("content".to_owned(), lines.join("\n").into());
    Ok(())
}

fn in_words(call: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("unknown").to_owned();
    // A tool of one's own is called with text in place of arguments.
    let called = ["function", "custom"].iter().find_map(|kind| call.get(kind));
    let called = called.unwrap_or(&Value::Null);
    let given = called.get("arguments").or_else(|| called.get("input"));
    let given = given.and_then(Value::as_str).unwrap_or("");
    format!("[Tool call {}: {} {given}]", text(&call["id"]), text(&called["name"]))
}

/// The text of a content, whose parts follow each other on lines of their own.
fn text_of(content: &Value) -> Result<String, Refusal> {
    match content {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text.clone()),
        Value::Array(parts) => {
            let texts = parts.iter().map(part).collect::<Result<Vec<_>, _>>()?;
            Ok(texts.join("\n"))
        }
        _ => Err(takes_only_text()),
    }
}

fn part(part: &Value) -> Result<&str, Refusal> {
    let text = match part.get("type").and_then(Value::as_str) {
        Some("text" | "input_text" | "output_text") => part.get("text"),
        Some("refusal") => part.get("refusal"),
        _ => Some(part),
    };
    text.and_then(Value::as_str).ok_or_else(takes_only_text)
}

fn takes_only_text() -> Refusal {
    let message = "this provider takes text only, and a message has something else in it";
    Refusal::bad(code::MODEL_CAPABILITY_UNSUPPORTED, message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn plain() -> BodyQuirks {
        BodyQuirks {
            drop_fields: vec!["user".to_owned()],
            flatten_text: true,
            plain_roles: true,
            ..BodyQuirks::default()
        }
    }

    fn applied(quirks: &BodyQuirks, came: &Value) -> Result<Value, Refusal> {
        let came = came.to_string();
        let mut body = Body::parse(came.as_bytes()).unwrap();
        apply(quirks, &mut body)?;
        Ok(serde_json::from_slice(&body.to_bytes()).unwrap())
    }

    #[test]
    fn everything_that_is_text_is_said_in_text() {
        let check = |came: Value, expected: Value| {
            let goes = applied(&plain(), &json!({"user": "u", "messages": [came]})).unwrap();
            assert_eq!(goes, json!({"messages": [expected]}));
        };
        let user = json!({"role": "user", "content": "a"});
        check(user.clone(), user);
        check(
            json!({"role": "developer", "content": [{"type": "text", "text": "a"},
                {"type": "text", "text": "b"}]}),
            json!({"role": "system", "content": "a\nb"}),
        );
        check(
            json!({"role": "tool", "tool_call_id": "c1", "content": [{"type": "text",
                "text": "sunny"}]}),
            json!({"role": "user", "content": "[Result of tool call c1]\nsunny"}),
        );
        check(
            json!({"role": "assistant", "content": null, "tool_calls": [
                {"id": "c1", "type": "function",
                 "function": {"name": "weather", "arguments": "{\"in\":\"Bonn\"}"}},
                {"id": "c2", "type": "custom", "custom": {"name": "run", "input": "ls"}}]}),
            json!({"role": "assistant",
                "content": "[Tool call c1: weather {\"in\":\"Bonn\"}]\n[Tool call c2: run ls]"}),
        );
        check(
            json!({"role": "assistant", "content": "wait", "function_call":
                {"name": "weather", "arguments": "{}"}}),
            json!({"role": "assistant", "content": "wait\n[Tool call weather: weather {}]"}),
        );
        check(
            json!({"role": "function", "name": "weather", "content": "sunny"}),
            json!({"role": "user", "content": "[Result of tool call weather]\nsunny"}),
        );
        check(json!("no message"), json!("no message"));
    }

    #[test]
    fn a_limit_has_the_name_under_which_it_is_read() {
        let quirks =
            BodyQuirks { output_limit: Some("max_tokens".to_owned()), ..BodyQuirks::default() };
        let check = |came: Value, expected: Value| {
            assert_eq!(applied(&quirks, &came).unwrap(), expected, "{came}");
            assert_eq!(applied(&BodyQuirks::default(), &came).unwrap(), came);
        };
        check(json!({}), json!({}));
        check(json!({ "max_tokens": 5 }), json!({ "max_tokens": 5 }));
        check(json!({ "max_completion_tokens": 5 }), json!({ "max_tokens": 5 }));
        check(json!({ "max_completion_tokens": 5, "max_tokens": 9 }), json!({ "max_tokens": 9 }));
    }

    #[test]
    fn a_picture_is_refused() {
        let check = |content: Value| {
            let came = json!({"messages": [{"role": "user", "content": content}]});
            let refusal = applied(&plain(), &came).unwrap_err();
            assert_eq!(refusal.code, "model_capability_unsupported", "{came}");
            assert!(applied(&BodyQuirks::default(), &came).is_ok());
        };
        check(json!([{"type": "image_url", "image_url": {"url": "data:,"}}]));
        check(json!([{"type": "text", "text": "a"}, {"type": "input_audio"}]));
        check(json!([{"type": "text", "text": null}]));
        check(json!([[]]));
    }

    #[test]
    fn what_a_provider_takes_is_left_as_it_came() {
        let came = r#"{"user":"u","messages":[{"role":"tool","content":[{"type":"image_url"}]}]}"#;
        let mut body = Body::parse(came.as_bytes()).unwrap();
        apply(&BodyQuirks::default(), &mut body).unwrap();
        assert_eq!(body.to_bytes(), came);
        let flat = BodyQuirks { flatten_text: true, ..BodyQuirks::default() };
        let strange = json!({"messages": "none"});
        assert_eq!(applied(&flat, &strange).unwrap(), strange);
    }
}
