//! The messages of a conversation, as far as fusion has to understand them.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::decision::Body;
use crate::refusal::Refusal;
use clawctl_wire::error::code;

/// One message, also as it came: what answers gets it untouched.
#[derive(Debug, Clone)]
pub(crate) struct Message<'b> {
    pub(crate) raw: &'b RawValue,
    pub(crate) role: Cow<'b, str>,
    content: Option<&'b RawValue>,
}

#[derive(Deserialize)]
struct Head<'b> {
    #[serde(borrow)]
    role: Cow<'b, str>,
    #[serde(borrow, default)]
    content: Option<&'b RawValue>,
}

impl Message<'_> {
    /// What it says in words; pictures and calls of tools are none.
    pub(crate) fn text(&self) -> String {
        let content = self.content.and_then(|content| serde_json::from_str(content.get()).ok());
        content.map(|content| text_of(&content)).unwrap_or_default()
    }
}

/// The messages of a request.
pub(crate) fn messages<'b>(body: &'b Body<'_>) -> Result<Vec<Message<'b>>, Refusal> {
    let bad = || {
        let message = "fusion takes `messages`, a list of objects that each have a `role`";
        Refusal::bad(code::FUSION_MESSAGES_INVALID, message)
    };
    let list = body.get("messages").ok_or_else(bad)?;
    let list: Vec<&RawValue> = serde_json::from_str(list.get()).map_err(|_| bad())?;
    let read = |raw: &'b RawValue| {
        let Head { role, content } = serde_json::from_str(raw.get()).ok()?;
        Some(Message { raw, role, content })
    };
    list.into_iter().map(read).collect::<Option<_>>().ok_or_else(bad)
}

/// The words of a message's content: a text, or a list of parts of which some are texts.
pub(crate) fn text_of(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => {
            let texts = parts.iter().filter_map(|part| part.get("text")?.as_str());
            texts.collect::<Vec<_>>().join("\n")
        }
        _ => String::new(),
    }
}
