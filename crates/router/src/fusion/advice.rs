//! What an adviser is asked: the words of the conversation, as far as they fit, and to propose.

use serde_json::{Value, json};

use super::{Message, Proposal, part, takes_temperature, text_of};
use crate::manifest::Manifests;
use clawctl_wire::fusion::FusionConfig;

/// What all advisers are told.
const TASK: &str = "You advise another model, which will answer the conversation below after it \
    has read your proposal. Write that proposal: the answer that you would give. Nobody else \
    reads it, so do not greet anyone, do not speak of this task, and do not call tools.";

/// What each of them is told beside that, so that they do not all say the same.
const ANGLES: [&str; 4] = [
    "Work the answer out from the ground up, and check every fact and every limit that was given.",
    "Doubt the obvious answer: look for what it takes for granted, and propose what holds without.",
    "Be concrete: name the steps, in their order, and how to tell that each of them worked.",
    "Come at it from another side than most would, and say what is easily overlooked.",
];

/// How much an answer may be longer than the proposal in it, in bytes.
const ANSWER_OVERHEAD_BYTES: usize = 16 * 1024;

/// The most bytes of JSON that one character takes: that of a control character, escaped.
pub(crate) const CHAR_BYTES_MAX: u64 = 6;

/// The longest answer of an adviser that is read.
pub(crate) fn answer_bytes_max(config: &FusionConfig) -> usize {
    let chars = usize::try_from(config.max_proposal_chars * CHAR_BYTES_MAX).unwrap_or(usize::MAX);
    chars.saturating_add(ANSWER_OVERHEAD_BYTES)
}

/// The request of the adviser at this place.
pub(crate) fn request(
    manifests: &Manifests,
    config: &FusionConfig,
    place: usize,
    conversation: &[Message<'_>],
) -> Vec<u8> {
    let model = &config.adviser_models[place];
    let task = format!("{TASK} {}", ANGLES[place % ANGLES.len()]);
    let mut messages = vec![json!({ "role": "system", "content": task })];
    messages.extend(end_of(conversation, config.max_input_chars));
    let mut body = json!({
        "model": model,
        "stream": false,
        "max_tokens": config.max_output_tokens,
        "messages": messages,
    });
    if let Some((resolved, _)) = part(manifests, model) {
        if takes_temperature(&resolved) {
            body["temperature"] = config.temperature.into();
        }
        // A model on somebody's own machine would think its few tokens away.
        if resolved.manifest.provider.id == "local-openai" {
            body["reasoning_effort"] = "none".into();
        }
    }
    body.to_string().into_bytes()
}

/// The last so many characters of what was said. A message that does not fit loses its beginning.
fn end_of(conversation: &[Message<'_>], chars_max: u64) -> Vec<Value> {
    let mut left = usize::try_from(chars_max).unwrap_or(usize::MAX);
    let mut kept = Vec::new();
    for message in conversation.iter().rev() {
        if left == 0 {
            break;
        }
        let text = message.text();
        if text.is_empty() {
            continue;
        }
        let (role, text) = match &*message.role {
            "system" | "developer" => ("system", text),
            "assistant" => ("assistant", text),
            "tool" | "function" => ("user", format!("A tool returned:\n{text}")),
            _ => ("user", text),
        };
        let length = text.chars().count();
        let shown = match text.char_indices().nth(length.saturating_sub(left)) {
            Some((start, _)) => &text[start..],
            None => "",
        };
        kept.push(json!({ "role": role, "content": shown }));
        left -= length.min(left);
    }
    kept.reverse();
    kept
}

/// What an adviser's answer proposes, if anything.
pub(crate) fn proposal(config: &FusionConfig, place: usize, answer: &[u8]) -> Option<Proposal> {
    let answer: Value = serde_json::from_slice(answer).ok()?;
    let text = text_of(answer.pointer("/choices/0/message/content")?);
    let chars_max = usize::try_from(config.max_proposal_chars).unwrap_or(usize::MAX);
    let text: String = text.trim().chars().take(chars_max).collect();
    let model = config.adviser_models[place].clone();
    (!text.is_empty()).then_some(Proposal { model, text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::Body;
    use crate::fusion::messages;

    fn conversation_of(advisers: &[&str], messages_json: Value, chars: u64) -> Value {
        let config = FusionConfig {
            adviser_models: advisers.iter().map(|&id| id.to_owned()).collect(),
            max_input_chars: chars,
            ..FusionConfig::default()
        };
        let body = json!({ "messages": messages_json }).to_string();
        let body = Body::parse(body.as_bytes()).unwrap();
        let conversation = messages(&body).unwrap();
        let request = request(&Manifests::bundled(), &config, 0, &conversation);
        serde_json::from_slice(&request).unwrap()
    }

    #[test]
    fn an_adviser_sees_the_words_alone() {
        let body = conversation_of(
            &["openai/gpt-4.1-mini"],
            json!([
                { "role": "developer", "content": "Be brief." },
                { "role": "user", "content": [
                    { "type": "text", "text": "What is" },
                    { "type": "image_url", "image_url": { "url": "data:," } },
                    { "type": "text", "text": "this?" },
                ] },
                { "role": "assistant", "content": null, "tool_calls": [{ "id": "1" }] },
                { "role": "tool", "tool_call_id": "1", "content": "a cat" },
                { "role": "critic", "content": "Hm." },
            ]),
            1_000,
        );
        let said: Vec<_> = body["messages"].as_array().unwrap()[1..].to_vec();
        assert_eq!(
            said,
            [
                json!({ "role": "system", "content": "Be brief." }),
                json!({ "role": "user", "content": "What is\nthis?" }),
                json!({ "role": "user", "content": "A tool returned:\na cat" }),
                json!({ "role": "user", "content": "Hm." }),
            ]
        );
        assert_eq!(body["stream"], false);
        assert_eq!(body["max_tokens"], 768);
        assert_eq!(body["temperature"], 0.2);
    }

    #[test]
    fn the_end_of_a_long_conversation_is_kept() {
        let check = |chars, expected: &[&str]| {
            let said = json!([
                { "role": "user", "content": "first" },
                { "role": "user", "content": "žluťoučký" },
                { "role": "user", "content": "last" },
            ]);
            let body = conversation_of(&["local/a"], said, chars);
            let said = body["messages"].as_array().unwrap()[1..].iter();
            let said: Vec<_> = said.map(|message| message["content"].as_str().unwrap()).collect();
            assert_eq!(said, expected, "{chars}");
        };
        check(3, &["ast"]);
        check(4, &["last"]);
        check(7, &["čký", "last"]);
        check(13, &["žluťoučký", "last"]);
        check(100, &["first", "žluťoučký", "last"]);
    }

    #[test]
    fn a_model_that_thinks_is_told_no_temperature() {
        let temperature = |model| conversation_of(&[model], json!([]), 9)["temperature"].clone();
        assert_eq!(temperature("openai/gpt-5.6"), Value::Null);
        assert_eq!(temperature("groq/gpt-oss-120b"), 0.2);
        let local = conversation_of(&["local/qwen3:8b"], json!([]), 9);
        assert_eq!(local["reasoning_effort"], "none");
    }

    #[test]
    fn a_proposal_is_the_text_of_the_first_choice() {
        let config = FusionConfig { max_proposal_chars: 5, ..FusionConfig::default() };
        let check = |answer: Value, expected: Option<&str>| {
            let read = proposal(&config, 0, answer.to_string().as_bytes());
            assert_eq!(read.map(|read| read.text).as_deref(), expected, "{answer}");
        };
        let answer = |content: Value| json!({ "choices": [{ "message": { "content": content } }] });
        check(answer(json!("  ahoj ")), Some("ahoj"));
        check(answer(json!("ahoj světe")), Some("ahoj "));
        check(answer(json!([{ "type": "text", "text": "a" }, { "type": "x" }])), Some("a"));
        check(answer(json!(" ")), None);
        check(answer(json!(null)), None);
        check(json!({ "choices": [] }), None);
        check(json!("x"), None);
        assert_eq!(proposal(&config, 0, b"<html>"), None);
    }
}
