//! Reading what may be larger than memory, without missing a key that lies across two reads.

use std::io::{self, Read};

use clawctl_wire::sighting::{KEY_BYTES_MAX, Sighting, keys_in};

/// How much is read at a time.
const READ_BYTES: usize = 256 * 1024;

/// Where something stands, both counted from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: u64,
    pub(super) column: u64,
}

impl Position {
    const START: Self = Self { line: 1, column: 1 };

    /// The position behind this text. A column is a byte.
    fn behind(self, text: &[u8]) -> Self {
        let lines = memchr::memchr_iter(b'\n', text).count() as u64;
        match memchr::memrchr(b'\n', text) {
            None => Self { line: self.line, column: self.column + text.len() as u64 },
            Some(last) => Self { line: self.line + lines, column: (text.len() - last) as u64 },
        }
    }
}

/// Tells of every key, in the order in which they stand.
pub(super) fn keys_of(
    mut input: impl Read,
    found: &mut dyn FnMut(Position, &Sighting<'_>),
) -> io::Result<()> {
    let mut text = Vec::with_capacity(READ_BYTES + KEY_BYTES_MAX);
    let mut start = Position::START;
    loop {
        let read = input.by_ref().take(READ_BYTES as u64).read_to_end(&mut text)?;
        let is_end = read == 0;
        // A key that begins behind this is seen whole after the next read.
        let settled = if is_end { text.len() } else { text.len().saturating_sub(KEY_BYTES_MAX) };
        for sighting in keys_in(&text).iter().filter(|sighting| sighting.at < settled) {
            found(start.behind(&text[..sighting.at]), sighting);
        }
        if is_end {
            return Ok(());
        }
        start = start.behind(&text[..settled]);
        text.drain(..settled);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &[u8]) -> Vec<(u64, u64, String)> {
        let mut seen = Vec::new();
        keys_of(text, &mut |at, sighting| {
            seen.push((at.line, at.column, sighting.key.id.to_owned()));
        })
        .unwrap();
        seen
    }

    #[test]
    fn lines_and_columns_are_counted_from_one() {
        let text = b"clawrouter-live-alice-12345678\n\n  clawrouter-live-robert-12345678";
        assert_eq!(seen(text), [(1, 1, "alice".to_owned()), (3, 3, "robert".to_owned())]);
    }

    #[test]
    fn a_key_across_two_reads_is_seen_once() {
        for before in READ_BYTES - 60..READ_BYTES + 8 {
            let mut text = vec![b'.'; before];
            text[9] = b'\n';
            text.extend_from_slice(b"clawrouter-live-alice-12345678 and more");
            let want = [(2, before as u64 - 9, "alice".to_owned())];
            assert_eq!(seen(&text), want, "{before}");
        }
    }
}
