//! Server-sent events, found in chunks that are cut anywhere.

use std::borrow::Cow;

use memchr::memchr2;

/// The longest event that is read. A longer one passes unread.
pub(super) const EVENT_BYTES_MAX: usize = 1024 * 1024;

/// What is kept of the memory that a long event took.
const CARRY_BYTES_KEPT: usize = 64 * 1024;

/// Finds the events in a stream. Only the beginning of an event whose end is still to come is
/// kept; an event that is in one chunk as a whole is read where it lies.
#[derive(Debug, Default)]
pub(super) struct Scanner {
    lines: Lines,
    carry: Vec<u8>,
    /// The event under way is too long to be read.
    skips: bool,
}

/// An event that came to its end in a chunk.
#[derive(Debug)]
pub(super) struct Ended<'a> {
    /// Where it begins in the chunk: at zero if it began in an earlier one.
    pub(super) start: usize,
    /// Where it ends in the chunk, with its blank line.
    pub(super) end: usize,
    /// Nothing, if it was too long.
    pub(super) event: Option<Event<'a>>,
}

impl Scanner {
    /// Calls `read` with each event that ends in this chunk, and says where the one that is still
    /// under way begins in it.
    pub(super) fn scan(&mut self, chunk: &[u8], mut read: impl FnMut(Ended<'_>)) -> usize {
        let mut start = usize::from(self.is_late(chunk));
        let mut at = 0;
        while let Some(end) = self.lines.blank(chunk, &mut at) {
            let length = self.carry.len() + end - start;
            let event = if self.skips || length > EVENT_BYTES_MAX {
                None
            } else if self.carry.is_empty() {
                Some(Event::parse(&chunk[start..end]))
            } else {
                self.carry.extend_from_slice(&chunk[start..end]);
                Some(Event::parse(&self.carry))
            };
            read(Ended { start, end, event });
            self.forget();
            start = end;
        }
        self.keep(&chunk[start..]);
        start
    }

    /// Whether a chunk begins with the second half of the line end that closed the last event.
    pub(super) fn is_late(&self, chunk: &[u8]) -> bool {
        self.lines.after_cr && self.lines.at_start && chunk.first() == Some(&b'\n')
    }

    /// The event that is under way. Where a stream ends without a blank line, programs read its
    /// last event all the same.
    pub(super) fn unfinished(&self) -> Option<Event<'_>> {
        (!self.carry.is_empty()).then(|| Event::parse(&self.carry))
    }

    fn keep(&mut self, begun: &[u8]) {
        if self.carry.len() + begun.len() > EVENT_BYTES_MAX {
            self.skips = true;
            self.carry = Vec::new();
        } else if !self.skips {
            self.carry.extend_from_slice(begun);
        }
    }

    fn forget(&mut self) {
        self.skips = false;
        self.carry.clear();
        self.carry.shrink_to(CARRY_BYTES_KEPT);
    }
}

/// Where lines end: at `\n`, `\r\n` or `\r`, whichever way they are mixed.
#[derive(Debug)]
struct Lines {
    /// Nothing stands yet in the line under way.
    is_empty: bool,
    /// No line of the event under way has ended, and nothing stands in this one.
    at_start: bool,
    /// The last byte was a `\r`, which a `\n` may still belong to.
    after_cr: bool,
}

impl Default for Lines {
    fn default() -> Self {
        Self { is_empty: true, at_start: true, after_cr: false }
    }
}

impl Lines {
    /// Goes on from `at` to behind the next blank line.
    fn blank(&mut self, chunk: &[u8], at: &mut usize) -> Option<usize> {
        while *at < chunk.len() {
            if std::mem::take(&mut self.after_cr) && chunk[*at] == b'\n' {
                *at += 1;
                continue;
            }
            let rest = &chunk[*at..];
            let Some(length) = memchr2(b'\r', b'\n', rest) else {
                (self.is_empty, self.at_start) = (false, false);
                *at = chunk.len();
                return None;
            };
            let was_blank = self.is_empty && length == 0;
            (self.is_empty, self.at_start) = (true, was_blank);
            *at += length + 1;
            if rest[length] == b'\r' {
                match chunk.get(*at) {
                    Some(b'\n') => *at += 1,
                    Some(_) => {}
                    None => self.after_cr = true,
                }
            }
            if was_blank {
                return Some(*at);
            }
        }
        None
    }
}

/// One event, or something between events, such as a comment, which has no data.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Event<'a> {
    pub(super) name: &'a [u8],
    /// All its data lines, joined.
    pub(super) data: Cow<'a, [u8]>,
}

impl<'a> Event<'a> {
    fn parse(block: &'a [u8]) -> Self {
        let mut event = Self { name: b"", data: Cow::Borrowed(b"") };
        let mut rest = block.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(block);
        let mut has_data = false;
        while !rest.is_empty() {
            let length = memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
            let (line, behind) = rest.split_at(length);
            rest = behind.get(1..).unwrap_or_default();
            if let Some(value) = field(line, b"data:") {
                if has_data {
                    let joined = event.data.to_mut();
                    joined.push(b'\n');
                    joined.extend_from_slice(value);
                } else {
                    event.data = Cow::Borrowed(value);
                }
                has_data = true;
            } else if let Some(value) = field(line, b"event:") {
                event.name = value;
            }
        }
        event
    }

    /// Whether there is nothing in it that a client would see.
    pub(super) fn is_idle(&self) -> bool {
        self.name.is_empty() && self.data.is_empty()
    }
}

fn field<'a>(line: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let value = line.strip_prefix(name)?;
    Some(value.strip_prefix(b" ").unwrap_or(value))
}
