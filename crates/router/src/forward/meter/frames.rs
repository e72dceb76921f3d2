//! The binary events of AWS, found in chunks that are cut anywhere.
//!
//! A frame is its length, the length of its headers, a checksum of both, the headers, the payload,
//! and a checksum of everything. Only a frame whose end is still to come is kept.

/// The longest frame that is read. A longer one passes unread.
const FRAME_BYTES_MAX: usize = 1024 * 1024;

/// Two lengths and their checksum.
const PRELUDE: usize = 12;
const CHECKSUM: usize = 4;

/// Finds the frames in a stream.
#[derive(Debug, Default)]
pub(super) struct Scanner {
    carry: Vec<u8>,
    /// How many bytes of a frame that is too long are still to pass.
    skips: usize,
    /// Something in the stream was no frame, so nothing behind it is one either.
    is_lost: bool,
}

/// One frame.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Frame<'a> {
    /// What the headers `:event-type`, or `:exception-type`, say.
    pub(super) kind: &'a [u8],
    pub(super) is_exception: bool,
    pub(super) payload: &'a [u8],
}

impl Scanner {
    /// Calls `read` with each frame that ends in this chunk.
    pub(super) fn scan(&mut self, chunk: &[u8], mut read: impl FnMut(&Frame<'_>)) {
        if self.is_lost {
            return;
        }
        let passed = self.skips.min(chunk.len());
        self.skips -= passed;
        self.carry.extend_from_slice(&chunk[passed..]);
        let mut at = 0;
        loop {
            let rest = &self.carry[at..];
            let Some(prelude) = rest.first_chunk::<PRELUDE>() else { break };
            let Some(length) = length(prelude) else {
                self.is_lost = true;
                break;
            };
            if length > FRAME_BYTES_MAX {
                let here = rest.len().min(length);
                self.skips = length - here;
                at += here;
                continue;
            }
            let Some(whole) = rest.get(..length) else { break };
            if let Some(frame) = parse(whole) {
                read(&frame);
            }
            at += length;
        }
        if self.is_lost {
            self.carry = Vec::new();
        } else {
            self.carry.drain(..at);
        }
    }
}

fn number(bytes: &[u8]) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(*bytes.first_chunk()?)).ok()
}

/// The length of a frame, if this is the beginning of one.
fn length(prelude: &[u8; PRELUDE]) -> Option<usize> {
    let (length, headers) = (number(&prelude[..4])?, number(&prelude[4..8])?);
    let is_sound = u32::from_be_bytes(*prelude[8..].first_chunk()?) == checksum(&prelude[..8]);
    let has_room = headers.checked_add(PRELUDE + CHECKSUM)? <= length;
    (is_sound && has_room).then_some(length)
}

fn parse(whole: &[u8]) -> Option<Frame<'_>> {
    let (covered, sum) = whole.split_at_checked(whole.len().checked_sub(CHECKSUM)?)?;
    if u32::from_be_bytes(*sum.first_chunk()?) != checksum(covered) {
        return None;
    }
    let body = covered.get(PRELUDE..)?;
    let (headers, payload) = body.split_at_checked(number(&covered[4..8])?)?;
    let event = header(headers, b":event-type");
    let exception = header(headers, b":exception-type");
    Some(Frame {
        kind: event.or(exception).unwrap_or_default(),
        is_exception: event.is_none(),
        payload,
    })
}

/// The value of a header that is a text.
fn header<'a>(mut headers: &'a [u8], wanted: &[u8]) -> Option<&'a [u8]> {
    loop {
        let (length, rest) = headers.split_first()?;
        let (name, rest) = rest.split_at_checked(usize::from(*length))?;
        let (kind, rest) = rest.split_first()?;
        let length = match kind {
            // True and false have no value; then numbers of one to eight bytes.
            0 | 1 => 0,
            2 => 1,
            3 => 2,
            4 => 4,
            5 | 8 => 8,
            9 => 16,
            // Bytes and texts say their length.
            6 | 7 => 2 + usize::from(u16::from_be_bytes(*rest.first_chunk()?)),
            _ => return None,
        };
        let (value, rest) = rest.split_at_checked(length)?;
        if name == wanted {
            return if *kind == 7 { value.get(2..) } else { None };
        }
        headers = rest;
    }
}

/// CRC-32, as zip and Ethernet have it.
fn checksum(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = table();
    let step = |sum: u32, byte: &u8| (sum >> 8) ^ TABLE[usize::from(sum as u8 ^ byte)];
    !bytes.iter().fold(!0, step)
}

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let (mut sum, mut bit) = (index as u32, 0);
        while bit < 8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
            bit += 1;
        }
        table[index] = sum;
        index += 1;
    }
    table
}

/// What a text in base 64 stands for; nothing if it is none.
pub(super) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let text = text.strip_suffix(b"==").or_else(|| text.strip_suffix(b"=")).unwrap_or(text);
    let mut decoded = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for group in text.chunks(4) {
        let mut bits = 0_u32;
        for byte in group {
            let value = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                b'+' => 62,
                b'/' => 63,
                _ => return None,
            };
            bits = bits << 6 | u32::from(value);
        }
        let whole = (bits << (6 * (4 - group.len()))).to_be_bytes();
        let length = match group.len() {
            4 => 3,
            3 => 2,
            2 => 1,
            _ => return None,
        };
        decoded.extend_from_slice(&whole[1..=length]);
    }
    Some(decoded)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A frame as AWS would send it.
    pub(in crate::forward::meter) fn frame(
        kind: &str,
        is_exception: bool,
        payload: &[u8],
    ) -> Vec<u8> {
        let mut headers = Vec::new();
        let name = if is_exception { ":exception-type" } else { ":event-type" };
        for (name, value) in [(":content-type", "application/json"), (name, kind)] {
            headers.push(name.len() as u8);
            headers.extend_from_slice(name.as_bytes());
            headers.push(7);
            headers.extend_from_slice(&(value.len() as u16).to_be_bytes());
            headers.extend_from_slice(value.as_bytes());
        }
        let length = PRELUDE + headers.len() + payload.len() + CHECKSUM;
        let mut frame = (length as u32).to_be_bytes().to_vec();
        frame.extend_from_slice(&(headers.len() as u32).to_be_bytes());
        frame.extend_from_slice(&checksum(&frame).to_be_bytes());
        frame.extend(headers);
        frame.extend_from_slice(payload);
        frame.extend_from_slice(&checksum(&frame).to_be_bytes());
        frame
    }

    fn found(chunks: &[&[u8]]) -> Vec<(String, bool, Vec<u8>)> {
        let (mut scanner, mut found) = (Scanner::default(), Vec::new());
        for chunk in chunks {
            scanner.scan(chunk, |frame| {
                let kind = String::from_utf8(frame.kind.to_vec()).unwrap();
                found.push((kind, frame.is_exception, frame.payload.to_vec()));
            });
        }
        found
    }

    #[test]
    fn checksums_are_those_of_the_standard() {
        assert_eq!(checksum(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn frames_are_found_however_they_are_cut() {
        let mut stream = frame("chunk", false, b"{}");
        stream.extend(frame("metadata", false, b""));
        stream.extend(frame("throttlingException", true, b"{\"message\":\"no\"}"));
        let whole = found(&[&stream]);
        let kinds: Vec<_> =
            whole.iter().map(|(kind, failed, _)| (kind.as_str(), *failed)).collect();
        assert_eq!(kinds, [("chunk", false), ("metadata", false), ("throttlingException", true)]);
        for cut in 0..stream.len() {
            let (one, other) = stream.split_at(cut);
            assert_eq!(found(&[one, other]), whole, "{cut}");
        }
        let single: Vec<&[u8]> = stream.chunks(1).collect();
        assert_eq!(found(&single), whole);
    }

    #[test]
    fn what_is_damaged_is_not_read() {
        let (good, mut bad) = (frame("chunk", false, b"good"), frame("chunk", false, b"evil"));
        let at = bad.len() - 6;
        bad[at] ^= 1;
        assert_eq!(found(&[&[bad, good.clone()].concat()]).len(), 1, "its length is still sound");
        let mut lost = frame("chunk", false, b"lost");
        lost[3] ^= 1;
        assert!(found(&[&[lost, good].concat()]).is_empty(), "nobody knows where the next begins");
    }

    #[test]
    fn a_frame_that_is_too_long_is_passed_over() {
        let long = frame("chunk", false, &vec![b'x'; FRAME_BYTES_MAX]);
        let stream = [long, frame("metadata", false, b"{}")].concat();
        let chunks: Vec<&[u8]> = stream.chunks(70_000).collect();
        let kinds: Vec<_> = found(&chunks).into_iter().map(|(kind, ..)| kind).collect();
        assert_eq!(kinds, ["metadata"]);
    }

    #[test]
    fn base_64_is_decoded() {
        let check = |text: &[u8], expected: Option<&[u8]>| {
            assert_eq!(decode(text).as_deref(), expected, "{}", text.escape_ascii());
        };
        check(b"", Some(b""));
        check(b"Zg==", Some(b"f"));
        check(b"Zm8=", Some(b"fo"));
        check(b"Zm9v", Some(b"foo"));
        check(b"Zm9vYmFy", Some(b"foobar"));
        check(b"+/+/", Some(&[0xfb, 0xff, 0xbf]));
        check(b"Zm9v!", None);
        check(b"Z", None);
    }
}
