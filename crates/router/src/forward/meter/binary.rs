//! An answer that is a stream of AWS's binary events.

use std::borrow::Cow;

use serde::Deserialize;

use super::frames::{Scanner, decode};
use super::plan::Plan;
use super::sse::Event;
use super::verdict::{Outcome, Verdict};

/// Reads a stream as it passes. What a model says is in it as text in base 64, which is looked at
/// like any other event.
#[derive(Debug)]
pub(super) struct BinaryEvents {
    scanner: Scanner,
    verdict: Verdict,
}

/// The payload of an event that wraps what a model said.
#[derive(Deserialize)]
struct Chunk<'a> {
    #[serde(borrow)]
    bytes: Cow<'a, str>,
}

impl BinaryEvents {
    pub(super) fn new(plan: Plan) -> Self {
        Self { scanner: Scanner::default(), verdict: Verdict::new(plan) }
    }

    /// Whether more has come than may.
    pub(super) fn is_over(&self) -> bool {
        self.verdict.is_over()
    }

    pub(super) fn has_ended(&self) -> bool {
        self.verdict.outcome().has_ended
    }

    pub(super) fn push(&mut self, chunk: &[u8]) {
        let verdict = &mut self.verdict;
        self.scanner.scan(chunk, |frame| {
            if frame.is_exception {
                verdict.fail();
                return;
            }
            let wrapped = serde_json::from_slice::<Chunk<'_>>(frame.payload).ok();
            let said = wrapped.and_then(|chunk| decode(chunk.bytes.as_bytes()));
            let data = said.map_or(Cow::Borrowed(frame.payload), Cow::Owned);
            verdict.take(Some(&Event { name: b"", data }));
        });
    }

    pub(super) fn finish(&mut self) -> Outcome {
        self.verdict.outcome()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::dialect::Dialect;
    use super::super::frames::tests::frame;
    use super::*;
    use crate::decision::Tokens;
    use crate::forward::meter::Failure;

    /// As `printf … | base64` would have it.
    fn encode(text: &str) -> String {
        const LETTERS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut encoded = String::new();
        for group in text.as_bytes().chunks(3) {
            let mut three = [0; 3];
            three[..group.len()].copy_from_slice(group);
            let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
            for place in 0..4 {
                let letter = LETTERS[(bits >> (18 - 6 * place)) as usize & 63];
                encoded.push(if place > group.len() { '=' } else { char::from(letter) });
            }
        }
        encoded
    }

    fn chunk(said: &Value) -> Vec<u8> {
        let payload = json!({ "bytes": encode(&said.to_string()), "p": "abcdef" });
        frame("chunk", false, payload.to_string().as_bytes())
    }

    fn outcome(frames: &[Vec<u8>]) -> Outcome {
        let mut events = BinaryEvents::new(Plan::of(Dialect::Other));
        for piece in frames.concat().chunks(7) {
            events.push(piece);
        }
        events.finish()
    }

    #[test]
    fn the_last_event_of_an_invocation_says_what_it_took() {
        let metrics = json!({ "inputTokenCount": 11, "outputTokenCount": 7,
            "invocationLatency": 400, "firstByteLatency": 90, "cacheReadInputTokenCount": 4 });
        let said = outcome(&[
            chunk(&json!({ "contentBlockDelta": { "delta": { "text": "hi" } } })),
            chunk(&json!({ "messageStop": {}, "amazon-bedrock-invocationMetrics": metrics })),
        ]);
        let tokens = said.tokens.unwrap();
        assert_eq!((tokens.input, tokens.output, tokens.cached), (Some(15), Some(7), Some(4)));
        assert_eq!(said.failure, None);
    }

    #[test]
    fn a_conversation_says_it_in_the_open() {
        let usage = json!({ "usage": { "inputTokens": 11, "outputTokens": 7, "totalTokens": 18 } });
        let said = outcome(&[
            frame("contentBlockDelta", false, br#"{"delta":{"text":"hi"}}"#),
            frame("metadata", false, usage.to_string().as_bytes()),
        ]);
        let expected =
            Tokens { input: Some(11), output: Some(7), total: Some(18), ..Tokens::default() };
        assert_eq!(said.tokens, Some(expected));
    }

    #[test]
    fn an_exception_is_a_failure() {
        let said = outcome(&[
            chunk(&json!({ "text": "hi" })),
            frame("modelStreamErrorException", true, br#"{"message":"no"}"#),
        ]);
        assert_eq!((said.tokens, said.failure), (None, Some(Failure::Reported)));
    }
}
