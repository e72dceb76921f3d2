//! Keeps the usage of a chat from a client that did not ask for it.
//!
//! Where the router asks for usage on its own account, the provider sends one more chunk, with no
//! choices in it. Some programs take the first choice of every chunk and would fail, so that chunk
//! does not reach them. A `"usage":null` that the other chunks then carry does: it stands where
//! the API documents it, and readers pass over it.

use bytes::{Bytes, BytesMut};

use super::candidate::Candidate;
use super::passed::Passed;

/// The most that is held back of one event while it may still be the one. It is a few hundred
/// bytes long, so one of this length is another.
const HELD_BYTES_MAX: usize = 64 * 1024;

/// Decides about a stream's bytes, event by event. All others go on as they come.
#[derive(Debug, Default)]
pub(super) struct Filter {
    /// The beginning of an event that may turn out to be the one.
    held: BytesMut,
    candidate: Candidate,
    /// Whether the beginning of the event under way has gone on already.
    has_begun: bool,
    has_withheld_last: bool,
}

/// The way of one chunk through a filter.
pub(super) struct Passage<'a> {
    filter: &'a mut Filter,
    chunk: &'a Bytes,
    /// Up to where the chunk is decided about and dealt with.
    dealt: usize,
    pub(super) passed: Passed,
}

impl Filter {
    /// `is_late` says that the chunk's first byte belongs to the event before it.
    pub(super) fn begin<'a>(&'a mut self, chunk: &'a Bytes, is_late: bool) -> Passage<'a> {
        let dealt = usize::from(is_late && self.has_withheld_last);
        Passage { filter: self, chunk, dealt, passed: Passed::default() }
    }

    /// What is left at the end of a stream, and is decided about only now.
    pub(super) fn finish(&mut self, is_usage: bool) -> Passed {
        let held = self.held.split().freeze();
        if is_usage { Passed::default() } else { Passed::one(held) }
    }
}

impl Passage<'_> {
    /// An event ends in the chunk.
    pub(super) fn ended(&mut self, start: usize, end: usize, is_usage: bool) {
        // Half an event is worse than one too many.
        let withholds = is_usage && !self.filter.has_begun;
        if withholds {
            self.filter.held.clear();
            self.pass(start);
            self.dealt = end;
        } else if !self.filter.held.is_empty() {
            self.release();
        }
        self.filter.has_withheld_last = withholds;
        self.filter.has_begun = false;
        self.filter.candidate = Candidate::default();
    }

    /// The rest of the chunk begins an event, or goes on with one.
    pub(super) fn unfinished(mut self, start: usize) -> Passed {
        let begun = &self.chunk[start..];
        let may_be = !self.filter.has_begun
            && self.filter.held.len() + begun.len() <= HELD_BYTES_MAX
            && self.filter.candidate.goes_on(begun);
        if may_be {
            self.pass(start);
            self.filter.held.extend_from_slice(begun);
        } else {
            self.release();
            self.filter.has_begun |= !begun.is_empty();
            self.pass(self.chunk.len());
        }
        self.passed
    }

    /// Behind an event that ends here, nothing goes on but this.
    pub(super) fn stopped(mut self, end: usize, last: Bytes) -> Passed {
        self.pass(end);
        self.passed.add(last);
        self.passed
    }

    fn release(&mut self) {
        let held = self.filter.held.split().freeze();
        // What is held came before this chunk, so nothing of it has gone on.
        self.filter.has_begun |= !held.is_empty();
        self.passed.add(held);
    }

    fn pass(&mut self, end: usize) {
        if self.dealt < end {
            self.passed.add(self.chunk.slice(self.dealt..end));
            self.dealt = end;
        }
    }
}
