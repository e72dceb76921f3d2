//! Anthropic messages.

use serde_json::{Value, json};

use super::{Speech, Tokens, named};
use crate::upstream::orders::{Orders, Usage};

const ID: &str = "msg_01XFDUDYJgAACzvnptvVoYEL";

pub(super) fn whole(model: &str, text: &str, tokens: Option<Tokens>) -> Value {
    let mut body = json!({
        "id": ID, "type": "message", "role": "assistant", "model": model,
        "content": [{ "type": "text", "text": text }],
        "stop_reason": "end_turn", "stop_sequence": null,
    });
    if let Some(tokens) = tokens {
        body["usage"] = usage(tokens);
    }
    body
}

/// Input counts here what is in no cache; what was read from one or written to one comes on top.
fn usage(tokens: Tokens) -> Value {
    let Tokens { input, output, cached, written } = tokens;
    json!({
        "input_tokens": input.saturating_sub(cached + written),
        "cache_read_input_tokens": cached,
        "cache_creation_input_tokens": written,
        "cache_creation": {
            "ephemeral_5m_input_tokens": written, "ephemeral_1h_input_tokens": 0,
        },
        "output_tokens": output,
        "service_tier": "standard",
    })
}

pub(super) fn stream(model: &str, pieces: &[String], orders: &Orders) -> Speech {
    let tokens = orders.tokens;
    // Output grows: the first event knows of one token.
    let mut at_first = usage(Tokens { output: 1, ..tokens });
    let mut at_last = json!({ "output_tokens": tokens.output });
    match orders.usage {
        Usage::AsAlways | Usage::Twice => {}
        Usage::Every => at_last = usage(tokens),
        Usage::Late => {
            at_first = usage(Tokens { input: 0, output: 0, cached: 0, written: 0 });
            at_last = usage(tokens);
        }
        Usage::Never => (at_first, at_last) = (Value::Null, Value::Null),
    }
    let event = |data: Value| named(data["type"].as_str().unwrap_or_default(), &data);
    let with = |mut data: Value, usage: Value| {
        if !usage.is_null() {
            data["usage"] = usage;
        }
        data
    };
    let message = json!({
        "id": ID, "type": "message", "role": "assistant", "model": model, "content": [],
        "stop_reason": null, "stop_sequence": null,
    });
    let stop = json!({ "stop_reason": "end_turn", "stop_sequence": null });
    let mut last = vec![event(with(json!({ "type": "message_delta", "delta": stop }), at_last))];
    if orders.usage == Usage::Twice {
        let half = json!({ "output_tokens": tokens.halved().output });
        last.insert(0, event(with(json!({ "type": "message_delta", "delta": {} }), half)));
    }
    last.insert(0, event(json!({ "type": "content_block_stop", "index": 0 })));
    last.push(event(json!({ "type": "message_stop" })));
    Speech {
        opening: vec![
            event(json!({ "type": "message_start", "message": with(message, at_first) })),
            event(json!({
                "type": "content_block_start", "index": 0,
                "content_block": { "type": "text", "text": "" },
            })),
            event(json!({ "type": "ping" })),
        ],
        pieces: pieces
            .iter()
            .map(|piece| {
                event(json!({
                    "type": "content_block_delta", "index": 0,
                    "delta": { "type": "text_delta", "text": piece },
                }))
            })
            .collect(),
        closing: last,
    }
}

pub(super) fn error(status: u16) -> Value {
    let kind = match status {
        401 => "authentication_error",
        403 => "permission_error",
        429 => "rate_limit_error",
        529 => "overloaded_error",
        _ => "api_error",
    };
    json!({ "type": "error", "error": {
        "type": kind, "message": "the upstream was told to fail",
    } })
}
