//! What a body says about the size of a request.
//!
//! A body is walked once, token by token, without making values of it, and without recursion: its
//! depth is the client's choice.

mod token;

use self::token::{number_length, string_length, string_text, whole};
use super::body::Body;
use super::compact::string_end;
use super::{CacheWrite, RequestSize};

/// Parts of a message whose tokens have nothing to do with the length of the body.
const UNBOUNDED_TYPES: &[&str] = &[
    "image",
    "image_url",
    "document",
    "file",
    "input_image",
    "input_file",
    "item_reference",
    "computer_screenshot",
];

/// Tools that a provider runs itself, and whose results it feeds to the model.
const PROVIDER_TOOLS: &[&str] = &["web_fetch_", "bash_", "text_editor_", "computer_", "memory_"];

/// The facts of a body. Its bytes are counted as `JSON.stringify` would write it.
pub(super) fn measure(body: &Body<'_>) -> RequestSize {
    let mut size = RequestSize { bytes: 2, choices: 1, ..RequestSize::default() };
    for (index, (name, value)) in body.iter().enumerate() {
        let separators = if index == 0 { 1 } else { 2 };
        size.bytes += separators + token::text_length(name);
        let place = enter(Place::Body, name, &mut size);
        walk(value.get(), place, &mut size);
    }
    size
}

/// What a value is, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Body,
    /// Refers to what the provider has kept, if it is there at all.
    Kept,
    Messages,
    Message,
    /// What a model reads, at any depth.
    Content,
    ContentType,
    /// The same in the format of Google.
    Contents,
    Tools,
    Tool,
    ToolType,
    Generation,
    OutputLimit,
    Choices,
    CacheControl,
    CacheDuration,
    Elsewhere,
}

/// What the member of an object is, by what the object is.
fn enter(object: Place, name: &str, size: &mut RequestSize) -> Place {
    if name == "cache_control" {
        size.cache_write = size.cache_write.max(CacheWrite::FiveMinutes);
        return Place::CacheControl;
    }
    // A `type` that is no word is content like any other.
    let object = if object == Place::ContentType { Place::Content } else { object };
    match (object, name) {
        (Place::Body, "previous_response_id" | "conversation" | "prompt") => Place::Kept,
        (Place::Body, "cachedContent" | "cached_content") => Place::Kept,
        (Place::Body, "input") => Place::Content,
        (Place::Body, "messages") => Place::Messages,
        (Place::Body, "contents") => Place::Contents,
        (Place::Body, "tools") => Place::Tools,
        (Place::Body, "generationConfig" | "generation_config") => Place::Generation,
        (Place::Body, "max_output_tokens" | "max_completion_tokens" | "max_tokens")
        | (Place::Generation, "maxOutputTokens" | "max_output_tokens") => Place::OutputLimit,
        (Place::Body, "n") | (Place::Generation, "candidateCount" | "candidate_count") => {
            Place::Choices
        }
        (Place::Message, "content") => Place::Content,
        (Place::Content, "type") => Place::ContentType,
        (Place::Content, "image_url" | "file_id") | (Place::Contents, "fileData" | "file_data") => {
            size.unbounded = true;
            object
        }
        (Place::Content | Place::Contents, _) => object,
        (Place::Tool, "type") => Place::ToolType,
        (Place::CacheControl, "ttl") => Place::CacheDuration,
        _ => Place::Elsewhere,
    }
}

/// What the item of an array is, by what the array is.
fn item(array: Place) -> Place {
    match array {
        Place::ContentType => Place::Content,
        Place::Messages => Place::Message,
        Place::Tools => Place::Tool,
        Place::Content | Place::Contents => array,
        _ => Place::Elsewhere,
    }
}

/// Looks at a value by its first token.
fn look(place: Place, token: &str, size: &mut RequestSize) {
    match place {
        Place::Kept if token != "null" => size.unbounded = true,
        Place::ContentType => {
            size.unbounded |= UNBOUNDED_TYPES.contains(&string_text(token).as_ref());
        }
        Place::ToolType => {
            let kind = string_text(token);
            size.unbounded |= PROVIDER_TOOLS.iter().any(|prefix| kind.starts_with(prefix));
        }
        Place::OutputLimit => size.output_limit = size.output_limit.max(whole(token)),
        Place::Choices => size.choices = size.choices.max(whole(token).unwrap_or(1)),
        Place::CacheDuration if string_text(token) == "1h" => {
            size.cache_write = CacheWrite::OneHour;
        }
        _ => {}
    }
}

/// An array or object that is open.
struct Open {
    object: bool,
    place: Place,
}

/// Walks over a value that is known to be JSON.
fn walk(json: &str, mut place: Place, size: &mut RequestSize) {
    let bytes = json.as_bytes();
    let mut around: Vec<Open> = Vec::new();
    let mut names_next = false;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => continue,
            b'{' | b'[' => {
                look(place, &json[start..at], size);
                let object = *byte == b'{';
                around.push(Open { object, place });
                names_next = object;
                place = if object { Place::Elsewhere } else { item(place) };
            }
            b',' => {
                if let Some(open) = around.last() {
                    names_next = open.object;
                    place = item(open.place);
                }
            }
            b':' => {}
            b'}' | b']' => drop(around.pop()),
            b'"' => {
                at = string_end(bytes, start);
                let token = &json[start..at];
                size.bytes += string_length(token);
                match around.last() {
                    Some(open) if names_next => {
                        place = enter(open.place, &string_text(token), size);
                        names_next = false;
                    }
                    _ => look(place, token, size),
                }
                continue;
            }
            _ => {
                let rest = &bytes[start..];
                let end = |b: &u8| matches!(b, b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r');
                at = start + rest.iter().position(end).unwrap_or(rest.len());
                let token = &json[start..at];
                size.bytes += number_length(token);
                look(place, token, size);
                continue;
            }
        }
        size.bytes += 1;
    }
}

#[cfg(test)]
mod tests;
