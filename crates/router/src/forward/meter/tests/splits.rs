//! Where a stream is cut makes no difference.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::samples::{ANTHROPIC, CHAT, COHERE, GEMINI, RESPONSES};
use super::*;

const USAGE: &str = "data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\
                     \"completion_tokens\":4,\"total_tokens\":7}}\n\n";

/// What stands before and behind the usage in a stream of its own kind.
const AROUND: [&str; 8] = [
    "",
    ": a comment\n\n",
    "data: {\"choices\":[{\"delta\":{\"content\":\"\\\"usage\\\": [] \\\\\"}}],\"usage\":null}\n\n",
    "data: {\"prompt_filter_results\":[{\"choices\":[]}],\"choices\":[],\"usage\":null}\n\n",
    "data: {\"usage\":{\"prompt_tokens\":1},\"choices\":[{\"finish_reason\":null}]}\n\n",
    "event: x\nid: 1\ndata: {\"object\":\"y\",\ndata: \"choices\" : [ 1 ]}\n\n",
    "data: [[\"choices\"]]\n\n",
    "\n\ndata\n\n",
];

/// The forms in which the usage is written.
const USAGES: [&str; 5] = [
    USAGE,
    "data:{ \"usage\" : {\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7},\
     \"choices\" : [ ] }\n\n",
    "event: message\n: note\ndata: {\"model\":\"choices\",\ndata: \"choices\":[\ndata: ],\
     \"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\n",
    "data: {\"\\u0063hoices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\n",
    "data: {\"x\":{\"choices\":[{}]},\"choices\":[],\"usage\":{\"prompt_tokens\":3,\
     \"completion_tokens\":4},\"y\":[[\"\\\"]\"]]}\n\n",
];

/// The pieces between these cuts.
fn pieces<'a>(stream: &'a [u8], cuts: &[Index]) -> Vec<&'a [u8]> {
    let mut at: Vec<_> = cuts.iter().map(|cut| cut.index(stream.len() + 1)).collect();
    at.extend([0, stream.len()]);
    at.sort_unstable();
    at.windows(2).map(|pair| &stream[pair[0]..pair[1]]).collect()
}

fn cuts() -> impl Strategy<Value = Vec<Index>> {
    prop::collection::vec(any::<Index>(), 0..24)
}

fn around() -> impl Strategy<Value = String> {
    prop::collection::vec(select(&AROUND), 0..4).prop_map(|events| events.concat())
}

fn line_end() -> impl Strategy<Value = &'static str> {
    select(&["\n", "\r\n", "\r"])
}

proptest! {
    #[test]
    fn cuts_change_nothing(
        (dialect, stream) in select(&[
            (Dialect::OpenAiChat, CHAT),
            (Dialect::OpenAiResponses, RESPONSES),
            (Dialect::Anthropic, ANTHROPIC),
            (Dialect::Gemini, GEMINI),
            (Dialect::Other, COHERE),
        ]),
        drops: bool,
        line_end in line_end(),
        length in any::<Index>(),
        cuts in cuts(),
    ) {
        let stream = stream.replace("\r\n", "\n").replace('\n', line_end).into_bytes();
        // Half of all streams break off somewhere.
        let whole = &stream[..length.index(stream.len() * 2).min(stream.len())];
        let uncut = run(meter(dialect, EVENTS, drops), [whole]);
        let cut = run(meter(dialect, EVENTS, drops), pieces(whole, &cuts));
        prop_assert_eq!(cut, uncut);
    }

    #[test]
    fn exactly_the_usage_is_withheld(
        before in around(),
        usage in select(&USAGES),
        after in around(),
        line_end in line_end(),
        has_mark: bool,
        cuts in cuts(),
    ) {
        let mark = if has_mark { "\u{feff}" } else { "" };
        let expected = format!("{mark}: begin\n\n{before}{after}data: [DONE]\n\n");
        let expected = expected.replace('\n', line_end);
        let stream = format!("{mark}: begin\n\n{before}{usage}{after}data: [DONE]\n\n");
        let stream = stream.replace('\n', line_end);
        let (out, outcome) =
            run(meter(Dialect::OpenAiChat, EVENTS, true), pieces(stream.as_bytes(), &cuts));
        prop_assert_eq!(String::from_utf8(out.to_vec()).unwrap(), expected);
        prop_assert_eq!(outcome.tokens.and_then(|tokens| tokens.output), Some(4));
        prop_assert_eq!(outcome.failure, None);
    }

    #[test]
    fn garbage_passes_unchanged(
        bytes in prop::collection::vec(
            prop_oneof![any::<u8>(), select(b"\r\n:,{}[]\" data".as_slice())],
            0..400,
        ),
        content_type in select(&[EVENTS, JSON, "audio/mpeg"]),
        dialect in select(&[Dialect::OpenAiChat, Dialect::Gemini, Dialect::Other]),
        cuts in cuts(),
    ) {
        let (out, _) = run(meter(dialect, content_type, true), pieces(&bytes, &cuts));
        prop_assert_eq!(&out[..], &bytes[..]);
        let mut opening = Opening::new(dialect, &silent());
        for piece in pieces(&bytes, &cuts) {
            if !matches!(opening.push(piece), Opened::Undecided) {
                break;
            }
        }
        opening.finish();
    }

    #[test]
    fn a_document_is_read_across_cuts(
        text in "[ -~é\u{1f600}]{0,40}",
        is_listed: bool,
        is_spaced: bool,
        cuts in cuts(),
    ) {
        let usage = serde_json::json!({"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7});
        let document = serde_json::json!({
            "text": text, "list": [{"usage": {"prompt_tokens": 9}}, [text], -1.5e3], "usage": usage,
            "zero": null,
        });
        let document = if is_listed { serde_json::json!([document]) } else { document };
        let document = if is_spaced {
            serde_json::to_vec_pretty(&document)
        } else {
            serde_json::to_vec(&document)
        };
        let document = document.unwrap();
        let (out, outcome) =
            run(meter(Dialect::OpenAiChat, JSON, false), pieces(&document, &cuts));
        prop_assert_eq!(&out[..], &document[..]);
        prop_assert_eq!(outcome.tokens, Some(tokens(3, 4, 7)));
        prop_assert_eq!(outcome.failure, None);
    }
}
