//! OpenAI chat completions.

use serde_json::{Value, json};

use super::{Asked, Speech, Tokens, unnamed};
use crate::upstream::orders::{Orders, Usage};

pub(super) const DONE: &str = "data: [DONE]\n\n";

const ID: &str = "chatcmpl-7Qv0VtGyJ1dZ";
const CREATED: u64 = 1_795_000_000;

pub(super) fn whole(model: &str, text: &str, tokens: Option<Tokens>) -> Value {
    let mut body = json!({
        "id": ID, "object": "chat.completion", "created": CREATED, "model": model,
        "choices": [{
            "index": 0,
            "message": { "role": "assistant", "content": text, "refusal": null, "annotations": [] },
            "logprobs": null,
            "finish_reason": "stop",
        }],
        "service_tier": "default", "system_fingerprint": "fp_test",
    });
    if let Some(tokens) = tokens {
        body["usage"] = usage(tokens);
    }
    body
}

pub(super) fn usage(tokens: Tokens) -> Value {
    let Tokens { input, output, cached, written } = tokens;
    let mut details = json!({ "cached_tokens": cached, "audio_tokens": 0 });
    if written > 0 {
        details["cache_write_tokens"] = json!(written);
    }
    json!({
        "prompt_tokens": input, "completion_tokens": output, "total_tokens": input + output,
        "prompt_tokens_details": details,
        "completion_tokens_details": { "reasoning_tokens": 0, "audio_tokens": 0 },
    })
}

pub(super) fn stream(asked: &Asked, pieces: &[String], orders: &Orders) -> Speech {
    let asked_for = asked.include_usage && orders.usage != Usage::Never;
    let in_every = orders.usage == Usage::Every;
    let chunk = |choices: Value, reported: Option<Tokens>| {
        let mut chunk = json!({
            "id": ID, "object": "chat.completion.chunk", "created": CREATED, "model": asked.model,
            "service_tier": "default", "system_fingerprint": "fp_test", "choices": choices,
        });
        if let Some(tokens) = reported.or(in_every.then_some(orders.tokens)) {
            chunk["usage"] = usage(tokens);
        } else if asked_for {
            chunk["usage"] = Value::Null;
        }
        unnamed(&chunk)
    };
    let delta = |delta: Value, reason: Value| json!([{ "index": 0, "delta": delta, "logprobs": null, "finish_reason": reason }]);
    let first = json!({ "role": "assistant", "content": "", "refusal": null });
    let last = match orders.usage {
        // As some gateways do it: with the last choice, and no chunk of its own.
        Usage::Late => vec![chunk(delta(json!({}), json!("stop")), Some(orders.tokens))],
        Usage::Twice if asked_for => vec![
            chunk(delta(json!({}), json!("stop")), None),
            chunk(json!([]), Some(orders.tokens.halved())),
            chunk(json!([]), Some(orders.tokens)),
        ],
        _ if asked_for => vec![
            chunk(delta(json!({}), json!("stop")), None),
            chunk(json!([]), Some(orders.tokens)),
        ],
        _ => vec![chunk(delta(json!({}), json!("stop")), None)],
    };
    Speech {
        opening: vec![chunk(delta(first, Value::Null), None)],
        pieces: pieces
            .iter()
            .map(|piece| chunk(delta(json!({ "content": piece }), Value::Null), None))
            .collect(),
        closing: last.into_iter().chain([DONE.to_owned()]).collect(),
    }
}

pub(super) fn error(message: &str, code: Value) -> Value {
    json!({ "error": {
        "message": message, "type": "server_error", "param": null, "code": code,
    } })
}
