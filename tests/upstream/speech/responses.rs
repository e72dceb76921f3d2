//! OpenAI responses.

use serde_json::{Value, json};

use super::{Speech, Tokens, named};
use crate::upstream::orders::{Orders, Usage};

const ID: &str = "resp_67ccd2bed1ec8190b14f964abc054267";
const ITEM: &str = "msg_67ccd2bf17f0819081ff3bb2cf6508e6";

pub(super) fn whole(model: &str, text: &str, tokens: Option<Tokens>) -> Value {
    response(model, "completed", &json!([message(text, "completed")]), tokens)
}

fn message(text: &str, status: &str) -> Value {
    let content = if status == "completed" { json!([part(text)]) } else { json!([]) };
    json!({ "id": ITEM, "type": "message", "status": status, "role": "assistant",
        "content": content })
}

fn part(text: &str) -> Value {
    json!({ "type": "output_text", "text": text, "annotations": [], "logprobs": [] })
}

fn response(model: &str, status: &str, output: &Value, tokens: Option<Tokens>) -> Value {
    json!({
        "id": ID, "object": "response", "created_at": 1_795_000_000, "status": status,
        "background": false, "error": null, "incomplete_details": null, "instructions": null,
        "max_output_tokens": null, "metadata": {}, "model": model, "output": output,
        "parallel_tool_calls": true, "previous_response_id": null,
        "reasoning": { "effort": null, "summary": null }, "service_tier": "default",
        "store": false, "temperature": 1.0, "text": { "format": { "type": "text" } },
        "tool_choice": "auto", "tools": [], "top_p": 1.0, "truncation": "disabled",
        "usage": tokens.map(usage), "user": null,
    })
}

fn usage(tokens: Tokens) -> Value {
    let Tokens { input, output, cached, written } = tokens;
    let mut details = json!({ "cached_tokens": cached });
    if written > 0 {
        details["cache_write_tokens"] = json!(written);
    }
    json!({
        "input_tokens": input, "input_tokens_details": details,
        "output_tokens": output, "output_tokens_details": { "reasoning_tokens": 0 },
        "total_tokens": input + output,
    })
}

pub(super) fn stream(model: &str, pieces: &[String], orders: &Orders) -> Speech {
    let mut number = 0;
    let mut event = |mut data: Value| {
        data["sequence_number"] = json!(number);
        number += 1;
        named(data["type"].as_str().unwrap_or_default(), &data)
    };
    let none = json!([]);
    let text = pieces.concat();
    let early = match orders.usage {
        Usage::Every => Some(orders.tokens),
        Usage::Twice => Some(orders.tokens.halved()),
        _ => None,
    };
    let opening = vec![
        event(json!({ "type": "response.created",
            "response": response(model, "in_progress", &none, early) })),
        event(json!({ "type": "response.in_progress",
            "response": response(model, "in_progress", &none, early) })),
        event(json!({ "type": "response.output_item.added", "output_index": 0,
            "item": message("", "in_progress") })),
        event(json!({ "type": "response.content_part.added", "item_id": ITEM,
            "output_index": 0, "content_index": 0, "part": part("") })),
    ];
    let pieces = pieces
        .iter()
        .map(|piece| {
            event(json!({ "type": "response.output_text.delta", "item_id": ITEM,
                "output_index": 0, "content_index": 0, "delta": piece, "logprobs": [] }))
        })
        .collect();
    let tokens = (orders.usage != Usage::Never).then_some(orders.tokens);
    let closing = vec![
        event(json!({ "type": "response.output_text.done", "item_id": ITEM,
            "output_index": 0, "content_index": 0, "text": text, "logprobs": [] })),
        event(json!({ "type": "response.content_part.done", "item_id": ITEM,
            "output_index": 0, "content_index": 0, "part": part(&text) })),
        event(json!({ "type": "response.output_item.done", "output_index": 0,
            "item": message(&text, "completed") })),
        event(json!({ "type": "response.completed",
            "response": response(model, "completed", &json!([message(&text, "completed")]), tokens) })),
    ];
    Speech { opening, pieces, closing }
}

pub(super) fn error_event(code: Option<u16>) -> String {
    let code = code.map_or(json!("server_error"), |code| json!(code));
    let data = json!({ "type": "error", "code": code, "message": "it broke on the way",
        "param": null, "sequence_number": 99 });
    named("error", &data)
}
