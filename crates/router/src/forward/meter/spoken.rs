//! How much text a model wrote into an event: words, reasoning, arguments of calls. Everything
//! around it is left out, so that a long envelope is not taken for a long answer.

use std::sync::LazyLock;

use memchr::{memchr2, memmem::Finder};

use super::dialect::Dialect;
use super::sse::Event;

/// Members whose text is written by a model.
const SPOKEN: [&[u8]; 10] = [
    b"arguments",
    b"code",
    b"content",
    b"input",
    b"partial_json",
    b"reasoning",
    b"reasoning_content",
    b"refusal",
    b"text",
    b"thinking",
];

/// The arguments of a call where they are no text: all that is in them is written by the model.
const ARGUMENTS: &[u8] = b"args";

/// The bytes of text in an event, escapes counted as what they stand for.
pub(super) fn spoken(event: &Event<'_>, dialect: Dialect) -> u64 {
    static DELTA: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\"delta\""));
    static PARTS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\"parts\""));
    static CHOICES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\"choices\""));
    let data = &event.data;
    match dialect {
        Dialect::Gemini => below(data, &PARTS).unwrap_or(0),
        Dialect::Anthropic => below(data, &DELTA).unwrap_or(0),
        // Sound is no text, and far longer than its tokens.
        Dialect::OpenAiResponses if event.name.ends_with(b"audio.delta") => 0,
        Dialect::OpenAiResponses => below(data, &DELTA).unwrap_or(0),
        // Completions of the old kind have no deltas.
        Dialect::OpenAiChat => below(data, &DELTA).or_else(|| below(data, &CHOICES)).unwrap_or(0),
        Dialect::Other => below(data, &DELTA).unwrap_or_else(|| text_of(data).0),
    }
}

/// The text in every member of this name; nothing if there is no such member.
fn below(data: &[u8], name: &Finder<'_>) -> Option<u64> {
    let (mut sum, mut at) = (None, 0);
    while let Some(found) = name.find(&data[at..]) {
        at += found + name.needle().len();
        let Some(rest) = data[at..].trim_ascii_start().strip_prefix(b":") else { continue };
        let (text, length) = text_of(rest);
        sum = Some(sum.unwrap_or(0) + text);
        at = data.len() - rest.len() + length;
    }
    sum
}

/// How much text a value holds, and how long the value itself is.
fn text_of(json: &[u8]) -> (u64, usize) {
    let (mut sum, mut depth, mut at) = (0, 0_u32, 0);
    // Whether the member under way is one that counts, and how deep the arguments begin that do.
    let (mut counts, mut arguments) = (true, None);
    while let Some(byte) = json.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if arguments == Some(depth) {
                    arguments = None;
                }
            }
            b'"' => {
                let begin = at;
                let (length, end) = text(json, at);
                at = end;
                let is_name = json[at..].trim_ascii_start().first() == Some(&b':');
                if is_name && arguments.is_none() {
                    let name = &json[begin..end.saturating_sub(1).max(begin)];
                    counts = SPOKEN.contains(&name);
                    arguments = (name == ARGUMENTS).then_some(depth);
                } else if counts || arguments.is_some() {
                    sum += length;
                }
            }
            _ if byte.is_ascii_whitespace() => continue,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    (sum, at)
}

/// The length of a text that begins here, and where it ends behind its quote.
fn text(json: &[u8], begin: usize) -> (u64, usize) {
    let (mut length, mut at) = (0, begin);
    loop {
        let rest = &json[at..];
        let Some(plain) = memchr2(b'"', b'\\', rest) else {
            return (length + rest.len() as u64, json.len());
        };
        length += plain as u64;
        at += plain + 1;
        if rest[plain] == b'"' {
            return (length, at);
        }
        let escape = if json.get(at) == Some(&b'u') { 5 } else { 1 };
        length += if escape == 1 { 1 } else { 2 };
        at = (at + escape).min(json.len());
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn said(dialect: Dialect, name: &str, data: &str) -> u64 {
        let data = Cow::Borrowed(data.as_bytes());
        spoken(&Event { name: name.as_bytes(), data }, dialect)
    }

    #[test]
    fn what_a_model_wrote_is_counted_and_nothing_around_it() {
        let check = |dialect, data: &str, expected: &str| {
            assert_eq!(said(dialect, "", data), expected.len() as u64, "{dialect:?} {data}");
        };
        let chat = Dialect::OpenAiChat;
        check(chat, r#"{"id":"c","choices":[{"delta":{"role":"assistant","content":""}}]}"#, "");
        check(
            chat,
            r#"{"choices":[{"index":0,"delta":{"content":"Hello"}}],"usage":null}"#,
            "Hello",
        );
        check(
            chat,
            r#"{"choices": [{"delta": {"content": "Hi"}}, {"delta": {"content": "Ho"}}]}"#,
            "HiHo",
        );
        check(chat, r#"{"choices":[{"delta":{"content":null,"reasoning_content":"hm"}}]}"#, "hm");
        check(
            chat,
            r#"{"choices":[{"delta":{"tool_calls":[{"id":"call_1","type":"function",
                "function":{"name":"find","arguments":"{\"a\":1}"}}]}}]}"#,
            r#"{"a":1}"#,
        );
        check(chat, r#"{"choices":[{"text":"old","index":0,"finish_reason":null}]}"#, "old");
        check(chat, r#"{"choices":[],"usage":{"prompt_tokens":3}}"#, "");
        let responses = Dialect::OpenAiResponses;
        let delta = r#"{"type":"response.output_text.delta","item_id":"m","delta":"word","obfuscation":"xyz"}"#;
        check(responses, delta, "word");
        check(responses, r#"{"type":"response.output_text.done","text":"word word"}"#, "");
        let anthropic = Dialect::Anthropic;
        check(
            anthropic,
            r#"{"type":"content_block_delta","delta":{"type":"text_delta","text":"a b"}}"#,
            "a b",
        );
        check(anthropic, r#"{"delta":{"type":"thinking_delta","thinking":"so"}}"#, "so");
        check(anthropic, r#"{"delta":{"type":"signature_delta","signature":"EqQBCg=="}}"#, "");
        check(
            anthropic,
            r#"{"delta":{"type":"input_json_delta","partial_json":"{\"x"}}"#,
            r#"{"x"#,
        );
        check(anthropic, r#"{"delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":9}}"#, "");
        let gemini = Dialect::Gemini;
        check(
            gemini,
            r#"{"candidates":[{"content":{"parts":[{"text":"ab"},{"thoughtSignature":"zzz"}],
                "role":"model"},"finishReason":"STOP"}]}"#,
            "ab",
        );
        check(
            gemini,
            r#"{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f",
                "args":{"city":"Oslo","deep":{"a":"b"}}}},{"text":"c"}]}}]}"#,
            "cityOslodeepabc",
        );
        check(
            Dialect::Other,
            r#"{"type":"content-delta","delta":{"message":{"content":{"text":"x"}}}}"#,
            "x",
        );
    }

    #[test]
    fn escapes_count_as_what_they_stand_for_and_text_about_text_is_text() {
        let chat = |data: &str| said(Dialect::OpenAiChat, "", data);
        assert_eq!(chat(r#"{"choices":[{"delta":{"content":"\n\"\\"}}]}"#), 3);
        assert_eq!(chat(r#"{"choices":[{"delta":{"content":"\u00e9"}}]}"#), 2);
        let about = r#"{"choices":[{"delta":{"content":"{\"delta\":{\"content\":\"\"}}"}}]}"#;
        assert_eq!(chat(about), 24);
        let audio = r#"{"delta":"AAAA"}"#;
        assert_eq!(said(Dialect::OpenAiResponses, "response.audio.delta", audio), 0);
        for broken in [
            "",
            "\"delta\"",
            "\"delta\":",
            "\"delta\":{",
            "\"delta\":\"a\\",
            "\"delta\":{\"content\":\"\\u",
        ] {
            chat(broken);
        }
    }
}
