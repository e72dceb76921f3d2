//! Whether the beginning of an event can become the usage chunk of a chat.

/// Reads an event byte by byte, whatever it is cut into, and looks for the first thing that the
/// usage chunk does not have: data that is no object, or something in its `choices`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Candidate {
    line: Line,
    data: Data,
    is_out: bool,
}

/// Where in a line the next byte stands.
#[derive(Debug, Clone, Copy)]
enum Line {
    /// In its name, of which so many bytes are those of `data`.
    Name {
        matched: u8,
    },
    Data,
    /// In a field that is not read.
    Other,
}

impl Default for Line {
    fn default() -> Self {
        Self::Name { matched: 0 }
    }
}

/// Where in the JSON of the data the next byte stands.
#[derive(Debug, Clone, Copy, Default)]
struct Data {
    depth: u32,
    text: Option<Text>,
    /// A text that stands here, directly in the object, is a member's name.
    wants_name: bool,
    /// The value that follows is that of `choices`.
    after_choices: bool,
    /// The list of choices has begun, and nothing stands in it yet.
    in_choices: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Text {
    escaped: bool,
    is_name: bool,
    /// How many bytes of it are those of `choices`; nothing if it is another text.
    matched: Option<u8>,
}

const CHOICES: &[u8] = b"choices";
const DATA: &[u8] = b"data";

impl Candidate {
    /// Takes the next bytes of the event, and says whether it can still be the one.
    pub(super) fn goes_on(&mut self, bytes: &[u8]) -> bool {
        for byte in bytes {
            if self.is_out {
                break;
            }
            self.is_out = !self.step(*byte);
        }
        !self.is_out
    }

    /// Whether the event can be the one with this byte in it.
    fn step(&mut self, byte: u8) -> bool {
        if matches!(byte, b'\n' | b'\r') {
            self.line = Line::default();
            return true;
        }
        match &mut self.line {
            Line::Other => true,
            Line::Data => self.data.step(byte),
            Line::Name { matched } => {
                let at = usize::from(*matched);
                if byte == b':' && at == DATA.len() {
                    self.line = Line::Data;
                } else if DATA.get(at) == Some(&byte) {
                    *matched += 1;
                } else {
                    self.line = Line::Other;
                }
                true
            }
        }
    }
}

impl Data {
    /// Whether the event can be the one with this byte in its data.
    fn step(&mut self, byte: u8) -> bool {
        if let Some(text) = &mut self.text {
            if text.step(byte) {
                self.after_choices = text.is_name && text.matched == Some(7);
                self.text = None;
            }
            return true;
        }
        if byte.is_ascii_whitespace() {
            return true;
        }
        if self.depth == 0 {
            (self.depth, self.wants_name) = (1, true);
            return byte == b'{';
        }
        if self.in_choices {
            self.in_choices = false;
            self.depth -= 1;
            return byte == b']';
        }
        match byte {
            b'"' => {
                let is_name = self.depth == 1 && std::mem::take(&mut self.wants_name);
                self.text = Some(Text { is_name, matched: Some(0), escaped: false });
            }
            b'{' => self.depth += 1,
            b'[' => {
                self.depth += 1;
                self.in_choices = std::mem::take(&mut self.after_choices);
            }
            b'}' | b']' => self.depth = self.depth.saturating_sub(1).max(1),
            b',' => self.wants_name = self.depth == 1,
            _ => {}
        }
        true
    }
}

impl Text {
    /// Whether it ends with this byte.
    fn step(&mut self, byte: u8) -> bool {
        if std::mem::take(&mut self.escaped) {
            self.matched = None;
            return false;
        }
        match byte {
            b'"' => return true,
            b'\\' => self.escaped = true,
            _ => {}
        }
        let expected = self.matched.and_then(|at| CHOICES.get(usize::from(at)));
        self.matched = if expected == Some(&byte) { self.matched.map(|at| at + 1) } else { None };
        false
    }
}
