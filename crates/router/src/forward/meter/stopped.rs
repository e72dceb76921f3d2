//! What the router says at the end of a stream that it stops itself, in the words of its protocol.

use bytes::Bytes;
use memchr::memmem;
use serde_json::{Value, json};

use super::dialect::Dialect;

const MESSAGE: &str = "the router stopped this answer: it reached what was reserved for it";

/// The events that end a stream with a failure, behind an event with this data.
pub(super) fn stopped(dialect: Dialect, last: &[u8]) -> Bytes {
    let plain = json!({ "error": { "message": MESSAGE, "type": "budget_error", "param": null,
        "code": "budget_exhausted" } });
    let events = match dialect {
        Dialect::OpenAiChat | Dialect::Other => format!("data: {plain}\n\ndata: [DONE]\n\n"),
        Dialect::OpenAiResponses => {
            let data = json!({ "type": "error", "code": "budget_exhausted", "message": MESSAGE,
                "param": null, "sequence_number": next_number(last) });
            format!("event: error\ndata: {data}\n\n")
        }
        Dialect::Anthropic => {
            let data = json!({ "type": "error",
                "error": { "type": "billing_error", "message": MESSAGE } });
            format!("event: error\ndata: {data}\n\n")
        }
        Dialect::Gemini => {
            let data = json!({ "error": { "code": 429, "message": MESSAGE,
                "status": "RESOURCE_EXHAUSTED" } });
            format!("data: {data}\r\n\r\n")
        }
    };
    events.into()
}

/// The number that follows the one of this event.
fn next_number(last: &[u8]) -> Value {
    let name = b"\"sequence_number\":";
    let number = memmem::rfind(last, name).and_then(|at| {
        let rest = last[at + name.len()..].trim_ascii_start();
        let end = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
        str::from_utf8(&rest[..end]).ok()?.parse::<u64>().ok()
    });
    number.map_or(Value::Null, |number| json!(number.saturating_add(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_told_in_its_own_words() {
        let told = |dialect, last: &str| {
            String::from_utf8(stopped(dialect, last.as_bytes()).to_vec()).unwrap()
        };
        let chat = told(Dialect::OpenAiChat, "");
        assert!(
            chat.starts_with("data: {\"error\":{") && chat.ends_with("data: [DONE]\n\n"),
            "{chat}"
        );
        let responses = told(Dialect::OpenAiResponses, r#"{"delta":"x","sequence_number":41}"#);
        assert!(responses.contains("\"sequence_number\":42"), "{responses}");
        assert!(responses.starts_with("event: error\n"), "{responses}");
        assert!(told(Dialect::Anthropic, "").contains("\"type\":\"billing_error\""));
        assert!(told(Dialect::Gemini, "").contains("\"status\":\"RESOURCE_EXHAUSTED\""));
    }
}
