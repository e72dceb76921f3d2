//! The beginning of a stream, which is looked at before its client hears anything.
//!
//! Once the head of an answer is sent, its status cannot be changed. Providers that answer 200
//! and then say that they failed get another status here, as long as that is possible.

use http::StatusCode;
use hyper::body::Bytes;

use super::dialect::Dialect;
use super::error_body::{ErrorBody, numeric_code};
use super::glance::Glance;
use super::plan::Plan;
use super::sse::{Event, Scanner};
use super::verdict::Verdict;
use crate::manifest::BodyQuirks;

/// The most that is held back until the first event is complete.
const FIRST_BYTES_MAX: usize = 8 * 1024;

/// The most that is held back until the first words come, from a provider that has to show some.
const CONTENT_BYTES_MAX: usize = 64 * 1024;

/// Holds a stream back until it is known that it does not begin with a failure.
#[derive(Debug)]
pub(crate) struct Opening {
    scanner: Scanner,
    held_bytes: usize,
    /// Follows the words of a provider that has to show some.
    words: Option<Verdict>,
}

/// What is known of a stream's beginning.
#[derive(Debug)]
pub(crate) enum Opened {
    /// More of it has to come first.
    Undecided,
    /// It begins well.
    Well,
    /// It begins with an error: this is the answer in its place.
    Failed { status: StatusCode, body: Bytes },
    /// It is over and said nothing, from a provider that answers so when it cannot.
    Empty,
}

impl Opening {
    pub(crate) fn new(dialect: Dialect, quirks: &BodyQuirks) -> Self {
        let plan = Plan { wants_content: true, ..Plan::of(dialect) };
        let words = quirks.empty_is_failure.then(|| Verdict::new(plan));
        Self { scanner: Scanner::default(), held_bytes: 0, words }
    }

    /// Takes the next chunk. Nothing more may be pushed once it is decided.
    pub(crate) fn push(&mut self, chunk: &[u8]) -> Opened {
        let mut decided = None;
        self.scanner.scan(chunk, |ended| {
            if decided.is_none() {
                decided = ended.event.and_then(|event| look(&event, self.words.as_mut()));
            }
        });
        self.held_bytes += chunk.len();
        let limit = if self.words.is_some() { CONTENT_BYTES_MAX } else { FIRST_BYTES_MAX };
        let decided = decided.or((self.held_bytes > limit).then_some(Look::Well));
        decided.map_or(Opened::Undecided, Opened::from)
    }

    /// The stream is over before it was decided.
    pub(crate) fn finish(&mut self) -> Opened {
        let last = self.scanner.unfinished();
        let look = last.and_then(|event| look(&event, self.words.as_mut()));
        let at_the_end = if self.words.is_some() { Look::Empty } else { Look::Well };
        Opened::from(look.unwrap_or(at_the_end))
    }
}

/// What one event decides.
enum Look {
    Well,
    Failed { status: StatusCode, body: Bytes },
    Empty,
}

impl From<Look> for Opened {
    fn from(look: Look) -> Self {
        match look {
            Look::Well => Self::Well,
            Look::Failed { status, body } => Self::Failed { status, body },
            Look::Empty => Self::Empty,
        }
    }
}

fn look(event: &Event<'_>, words: Option<&mut Verdict>) -> Option<Look> {
    if event.is_idle() {
        return None;
    }
    if let Some(failed) = failure(event) {
        return Some(failed);
    }
    let Some(words) = words else { return Some(Look::Well) };
    words.take(Some(event));
    match (words.has_content(), words.has_ended()) {
        (true, _) => Some(Look::Well),
        (false, true) => Some(Look::Empty),
        (false, false) => None,
    }
}

fn failure(event: &Event<'_>) -> Option<Look> {
    let is_error =
        event.name == b"error" || Glance::at(&event.data).is_some_and(|glance| glance.is_error());
    if !is_error {
        return None;
    }
    let said = numeric_code(&event.data).and_then(|code| StatusCode::from_u16(code).ok());
    let status = said.unwrap_or(StatusCode::BAD_GATEWAY);
    Some(Look::Failed { status, body: ErrorBody::read(&event.data).to_bytes(status) })
}
