//! Finds the rows of lists in JSON that arrives in pieces.
//!
//! The splitter knows only as much of JSON as it needs to see where a row ends. Each row, and the
//! text around the lists, goes to serde_json afterwards, which checks what is inside. Between rows
//! the splitter itself checks the commas, because nobody else sees them.

use clawctl_wire::BODY_BYTES_MAX;

/// How much text one answer may have, however small its rows are.
const ANSWER_BYTES_MAX: u64 = 1024 * 1024 * 1024;

/// The names of the members that lead to a list.
pub(in crate::client) type ListPath = &'static [&'static str];

/// Why the text cannot be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    NotJson,
    TooLarge { limit_bytes: usize },
}

/// Splits an answer into the rows of some of its lists, and the text around them.
pub(super) struct Splitter {
    lists: Vec<ListPath>,
    /// Everything but the rows, so that each of the lists looks empty.
    around: Vec<u8>,
    row: Vec<u8>,
    state: State,
    /// The open objects and arrays around the present place, as far down as a list can be.
    levels: Vec<Level>,
    /// How many more are open below those.
    deeper: usize,
    total_bytes: u64,
    /// White space since the last row.
    idle_bytes: usize,
}

enum Level {
    Array,
    /// The name of the present member, and whether its colon was seen.
    Object {
        name: Option<String>,
        colon: bool,
    },
}

#[derive(Clone, Copy)]
enum State {
    /// Outside of the lists. `quoted` is where in the text around the present string begins.
    Around {
        quoted: Option<usize>,
        escaped: bool,
    },
    /// In a list, and not in a row.
    Between {
        list: usize,
        expects: Expects,
    },
    Row {
        list: usize,
        depth: usize,
        quoted: bool,
        escaped: bool,
    },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Expects {
    RowOrEnd,
    CommaOrEnd,
    Row,
}

const OUTSIDE: State = State::Around { quoted: None, escaped: false };

impl Splitter {
    pub(super) fn new(lists: Vec<ListPath>) -> Self {
        Self {
            lists,
            around: Vec::new(),
            row: Vec::new(),
            state: OUTSIDE,
            levels: Vec::new(),
            deeper: 0,
            total_bytes: 0,
            idle_bytes: 0,
        }
    }

    /// Takes text until a row is complete, and says of which list it is. Nothing if the text was
    /// used up before.
    pub(super) fn advance(&mut self, text: &mut &[u8]) -> Result<Option<usize>, Fault> {
        let given = text.len();
        let found = self.find_row(text);
        self.total_bytes += (given - text.len()) as u64;
        if self.total_bytes > ANSWER_BYTES_MAX {
            return Err(Fault::TooLarge { limit_bytes: ANSWER_BYTES_MAX as usize });
        }
        let largest = self.row.len().max(self.around.len()).max(self.idle_bytes);
        if largest > BODY_BYTES_MAX {
            return Err(Fault::TooLarge { limit_bytes: BODY_BYTES_MAX });
        }
        found
    }

    /// The row that was completed last.
    pub(super) fn row(&self) -> &[u8] {
        &self.row
    }

    /// What came so far outside of the rows.
    pub(super) fn around(&self) -> &[u8] {
        &self.around
    }

    /// Whether the text may end here. Whatever is outside of the lists is not looked at.
    pub(super) fn may_end(&self) -> bool {
        matches!(self.state, State::Around { .. })
    }

    fn find_row(&mut self, text: &mut &[u8]) -> Result<Option<usize>, Fault> {
        while !text.is_empty() {
            match self.state {
                State::Around { quoted: Some(start), escaped } => {
                    self.quoted_around(text, start, escaped);
                }
                State::Around { quoted: None, .. } => self.plain_around(text),
                State::Between { list, expects } => self.between(text, list, expects)?,
                State::Row { list, depth, quoted, escaped } => {
                    if self.in_row(text, list, depth, quoted, escaped) {
                        self.state = State::Between { list, expects: Expects::CommaOrEnd };
                        return Ok(Some(list));
                    }
                }
            }
        }
        Ok(None)
    }

    fn quoted_around(&mut self, text: &mut &[u8], start: usize, escaped: bool) {
        let (end, state) = end_of_quoted(text, escaped);
        self.around.extend_from_slice(&text[..end]);
        *text = &text[end..];
        match state {
            Quoted::Open { escaped } => self.state = State::Around { quoted: Some(start), escaped },
            Quoted::Closed => {
                self.state = OUTSIDE;
                self.name_ends(start);
            }
        }
    }

    /// A string outside of the lists has ended. It may be the name of a member.
    fn name_ends(&mut self, start: usize) {
        if self.deeper > 0 {
            return;
        }
        let quoted = &self.around[start..];
        let text = match quoted.contains(&b'\\') {
            true => serde_json::from_slice::<String>(quoted).ok(),
            false => std::str::from_utf8(&quoted[1..quoted.len() - 1]).ok().map(str::to_owned),
        };
        if let Some(Level::Object { name, colon: false }) = self.levels.last_mut() {
            *name = text;
        }
    }

    fn plain_around(&mut self, text: &mut &[u8]) {
        let byte = text[0];
        *text = &text[1..];
        match byte {
            b'"' => {
                self.state = State::Around { quoted: Some(self.around.len()), escaped: false };
            }
            b'{' => self.opens(Level::Object { name: None, colon: false }),
            b'[' => match self.list_here() {
                Some(list) => {
                    self.idle_bytes = 0;
                    self.state = State::Between { list, expects: Expects::RowOrEnd };
                }
                None => self.opens(Level::Array),
            },
            b'}' | b']' if self.deeper > 0 => self.deeper -= 1,
            b'}' | b']' => drop(self.levels.pop()),
            b':' | b',' if self.deeper == 0 => {
                if let Some(Level::Object { name, colon }) = self.levels.last_mut() {
                    *colon = byte == b':';
                    if byte == b',' {
                        *name = None;
                    }
                }
            }
            _ => {}
        }
        self.around.push(byte);
    }

    fn opens(&mut self, level: Level) {
        let deepest = self.lists.iter().map(|path| path.len()).max().unwrap_or(0);
        if self.deeper == 0 && self.levels.len() < deepest {
            self.levels.push(level);
        } else {
            self.deeper += 1;
        }
    }

    /// The list that begins at the present place, if one does.
    fn list_here(&self) -> Option<usize> {
        if self.deeper > 0 {
            return None;
        }
        let leads_here = |path: &ListPath| {
            let names = path.iter().zip(&self.levels).all(|(wanted, level)| match level {
                Level::Object { name: Some(name), colon: true } => name == wanted,
                _ => false,
            });
            names && path.len() == self.levels.len()
        };
        self.lists.iter().position(leads_here)
    }

    fn between(&mut self, text: &mut &[u8], list: usize, expects: Expects) -> Result<(), Fault> {
        let byte = text[0];
        match (byte, expects) {
            (b' ' | b'\t' | b'\n' | b'\r', _) => {
                self.idle_bytes += 1;
                *text = &text[1..];
            }
            (b']', Expects::RowOrEnd | Expects::CommaOrEnd) => {
                self.around.push(byte);
                self.state = OUTSIDE;
                *text = &text[1..];
            }
            (b',', Expects::CommaOrEnd) => {
                self.state = State::Between { list, expects: Expects::Row };
                *text = &text[1..];
            }
            (b',' | b']', _) | (_, Expects::CommaOrEnd) => return Err(Fault::NotJson),
            (_, Expects::RowOrEnd | Expects::Row) => {
                self.idle_bytes = 0;
                self.row.clear();
                self.row.push(byte);
                let depth = usize::from(matches!(byte, b'{' | b'['));
                let quoted = byte == b'"';
                self.state = State::Row { list, depth, quoted, escaped: false };
                *text = &text[1..];
            }
        }
        Ok(())
    }

    /// Takes a part of a row, and says whether it is complete with it.
    fn in_row(
        &mut self,
        text: &mut &[u8],
        list: usize,
        mut depth: usize,
        quoted: bool,
        escaped: bool,
    ) -> bool {
        let (mut end, mut done) = (0, false);
        let mut now = Quoted::Closed;
        if quoted {
            (end, now) = end_of_quoted(text, escaped);
            done = depth == 0 && matches!(now, Quoted::Closed);
        } else {
            // A number or a word has no end of its own: what follows it is not part of it.
            let is_after = |byte: u8, depth| {
                depth == 0 && matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r')
            };
            while end < text.len() && !done {
                let byte = text[end];
                if is_after(byte, depth) {
                    done = true;
                    break;
                }
                end += 1;
                match byte {
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => {
                        depth -= 1;
                        done = depth == 0;
                    }
                    b'"' => {
                        now = Quoted::Open { escaped: false };
                        break;
                    }
                    _ => {}
                }
            }
        }
        self.row.extend_from_slice(&text[..end]);
        *text = &text[end..];
        let (quoted, escaped) = match now {
            Quoted::Open { escaped } => (true, escaped),
            Quoted::Closed => (false, false),
        };
        self.state = State::Row { list, depth, quoted, escaped };
        done
    }
}

enum Quoted {
    Open { escaped: bool },
    Closed,
}

/// How much of a text is still in a string that is open at its start.
fn end_of_quoted(text: &[u8], mut escaped: bool) -> (usize, Quoted) {
    let mut at = 0;
    while at < text.len() {
        if escaped {
            escaped = false;
            at += 1;
            continue;
        }
        match memchr::memchr2(b'"', b'\\', &text[at..]) {
            None => return (text.len(), Quoted::Open { escaped: false }),
            Some(offset) => {
                at += offset + 1;
                if text[at - 1] == b'"' {
                    return (at, Quoted::Closed);
                }
                escaped = true;
            }
        }
    }
    (at, Quoted::Open { escaped })
}
