//! OpenAI embeddings.

use serde_json::{Value, json};

use super::Tokens;

pub(super) fn whole(model: &str, tokens: Option<Tokens>) -> Value {
    let mut body = json!({
        "object": "list", "model": model,
        "data": [{ "object": "embedding", "index": 0, "embedding": [0.25, -0.5, 0.125] }],
    });
    if let Some(Tokens { input, .. }) = tokens {
        body["usage"] = json!({ "prompt_tokens": input, "total_tokens": input });
    }
    body
}
