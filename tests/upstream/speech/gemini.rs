//! Google's generateContent.

use serde_json::{Value, json};

use super::{Speech, Tokens};
use crate::upstream::orders::{Orders, Usage};

pub(super) fn whole(model: &str, text: &str, tokens: Option<Tokens>) -> Value {
    part(model, text, true, tokens)
}

fn part(model: &str, text: &str, last: bool, tokens: Option<Tokens>) -> Value {
    let mut candidate = json!({
        "content": { "parts": [{ "text": text }], "role": "model" }, "index": 0,
    });
    if last {
        candidate["finishReason"] = json!("STOP");
    }
    let mut body = json!({
        "candidates": [candidate], "modelVersion": model, "responseId": "mAitaLmkHPPl7M8P2_KvsAQ",
    });
    if let Some(Tokens { input, output, cached, .. }) = tokens {
        body["usageMetadata"] = json!({
            "promptTokenCount": input, "candidatesTokenCount": output,
            "totalTokenCount": input + output,
            "promptTokensDetails": [{ "modality": "TEXT", "tokenCount": input }],
        });
        if cached > 0 {
            body["usageMetadata"]["cachedContentTokenCount"] = json!(cached);
        }
    }
    body
}

pub(super) fn stream(model: &str, pieces: &[String], orders: &Orders) -> Speech {
    let in_each = matches!(orders.usage, Usage::AsAlways | Usage::Every | Usage::Twice);
    let said = |at: usize| {
        // The count of what was said so far grows; the last one counts.
        let output = (at as u64 + 1).min(orders.tokens.output);
        in_each.then_some(Tokens { output, ..orders.tokens })
    };
    let pieces = pieces.iter().enumerate();
    let at_last = (orders.usage != Usage::Never).then_some(orders.tokens);
    Speech {
        opening: Vec::new(),
        pieces: pieces.map(|(at, piece)| event(&part(model, piece, false, said(at)))).collect(),
        closing: vec![event(&part(model, "", true, at_last))],
    }
}

/// Google ends its lines in its own way.
pub(super) fn event(data: &Value) -> String {
    format!("data: {data}\r\n\r\n")
}

pub(super) fn error(code: u16) -> Value {
    let status = match code {
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        429 => "RESOURCE_EXHAUSTED",
        503 => "UNAVAILABLE",
        _ => "INTERNAL",
    };
    json!({ "error": {
        "code": code, "message": "the upstream was told to fail", "status": status,
    } })
}
