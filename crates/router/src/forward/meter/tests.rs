//! Whole answers through a meter.

mod documents;
mod errors;
mod openings;
mod samples;
mod splits;
mod streams;

use bytes::{Bytes, BytesMut};
use http::HeaderValue;

use super::*;
use crate::decision::Tokens;
use crate::manifest::BodyQuirks;

const EVENTS: &str = "text/event-stream; charset=utf-8";
const JSON: &str = "application/json";

/// What comes out of a meter when an answer goes in in these pieces.
fn run<'a>(mut meter: Meter, pieces: impl IntoIterator<Item = &'a [u8]>) -> (Bytes, Outcome) {
    let mut out = BytesMut::new();
    for piece in pieces {
        for passed in meter.push(Bytes::copy_from_slice(piece)) {
            assert!(!passed.is_empty());
            out.extend_from_slice(&passed);
        }
    }
    let (last, outcome) = meter.finish();
    last.into_iter().for_each(|passed| out.extend_from_slice(&passed));
    (out.freeze(), outcome)
}

fn meter(dialect: Dialect, content_type: &'static str, drops: bool) -> Meter {
    let content_type = HeaderValue::from_static(content_type);
    let plan = Plan { streams: true, drops_usage: drops, ..Plan::of(dialect) };
    Meter::new(plan, Some(&content_type))
}

/// A provider that is silent where it fails.
fn silent() -> BodyQuirks {
    BodyQuirks { empty_is_failure: true, ..BodyQuirks::default() }
}

/// What is known of an answer beside its counts: everything else there is to compare.
fn known(outcome: Outcome) -> (Option<Tokens>, Option<Tokens>, Option<Failure>) {
    (outcome.tokens, outcome.partial, outcome.failure)
}

/// Input, output and total.
fn tokens(input: u64, output: u64, total: u64) -> Tokens {
    Tokens { input: Some(input), output: Some(output), total: Some(total), ..Tokens::default() }
}
