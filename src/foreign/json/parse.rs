//! Finds where the values of a JSON5 document stand.

use serde_json::Value;

use super::super::{BadFile, position};
use super::{Kind, Member, Node};

/// Deeper than any configuration, and not so deep that the stack ends.
const DEPTH_MAX: usize = 100;

pub(super) fn document(text: &str) -> Result<Node, BadFile> {
    let mut reader = Reader { text, at: 0 };
    if text.starts_with('\u{feff}') {
        reader.at = '\u{feff}'.len_utf8();
    }
    reader.trivia()?;
    let root = reader.value(0)?;
    reader.trivia()?;
    if reader.at < text.len() {
        return Err(reader.bad("something stands after the end"));
    }
    Ok(root)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bad(&self, reason: &str) -> BadFile {
        let (line, column) = position(self.text, self.at);
        BadFile::Syntax { line, column, reason: reason.to_owned() }
    }

    /// Blanks and comments.
    fn trivia(&mut self) -> Result<(), BadFile> {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start_matches(is_blank).len();
            if blank > 0 {
                self.at += blank;
            } else if rest.starts_with("//") {
                self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                let end = rest.find("*/").ok_or_else(|| self.bad("a comment has no end"))?;
                self.at += end + 2;
            } else {
                return Ok(());
            }
        }
    }

    fn take(&mut self, wanted: char) -> bool {
        let there = self.peek() == Some(wanted);
        if there {
            self.at += wanted.len_utf8();
        }
        there
    }

    fn value(&mut self, depth: usize) -> Result<Node, BadFile> {
        if depth > DEPTH_MAX {
            return Err(BadFile::TooDeep);
        }
        let start = self.at;
        let kind = match self.peek() {
            Some('{') => self.object(depth)?,
            Some('[') => self.array(depth)?,
            Some('"' | '\'') => Kind::Scalar(Value::String(self.string()?)),
            _ => self.word()?,
        };
        Ok(Node { span: start..self.at, kind })
    }

    fn object(&mut self, depth: usize) -> Result<Kind, BadFile> {
        self.take('{');
        let mut members = Vec::new();
        loop {
            self.trivia()?;
            if self.take('}') {
                return Ok(Kind::Object(members));
            }
            let start = self.at;
            let name = match self.peek() {
                Some('"' | '\'') => self.string()?,
                _ => self.name()?,
            };
            let name_span = start..self.at;
            self.trivia()?;
            if !self.take(':') {
                return Err(self.bad("a name needs `:` and a value"));
            }
            self.trivia()?;
            let value = self.value(depth + 1)?;
            members.push(Member { name, name_span, value });
            self.trivia()?;
            if !self.take(',') && self.peek() != Some('}') {
                return Err(self.bad("`,` or `}` is missing"));
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Kind, BadFile> {
        self.take('[');
        let mut items = Vec::new();
        loop {
            self.trivia()?;
            if self.take(']') {
                return Ok(Kind::Array(items));
            }
            items.push(self.value(depth + 1)?);
            self.trivia()?;
            if !self.take(',') && self.peek() != Some(']') {
                return Err(self.bad("`,` or `]` is missing"));
            }
        }
    }

    /// A name without quotes.
    fn name(&mut self) -> Result<String, BadFile> {
        let rest = self.rest();
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let name = rest[..end].to_owned();
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(self.bad("a name is missing"));
        }
        self.at += end;
        Ok(name)
    }

    /// A number, or one of the words that are values.
    fn word(&mut self) -> Result<Kind, BadFile> {
        let rest = self.rest();
        let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | '_');
        let end = rest.find(|c| !legal(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        let json5 = ["NaN", "Infinity", "+Infinity", "-Infinity"];
        let numeric = word
            .trim_start_matches(['+', '-'])
            .starts_with(|c: char| c.is_ascii_digit() || c == '.');
        let value = match serde_json::from_str::<Value>(word) {
            Ok(value) => value,
            Err(_) if json5.contains(&word) || numeric => Value::String(word.to_owned()),
            Err(_) => return Err(self.bad("a value is missing")),
        };
        self.at += end;
        Ok(Kind::Scalar(value))
    }

    fn string(&mut self) -> Result<String, BadFile> {
        let start = self.at;
        let Some(quote) = self.peek() else { return Err(self.bad("a text is missing")) };
        self.at += quote.len_utf8();
        let mut decoded = String::new();
        // Halves of characters beyond the first plane come as two escapes.
        let mut high = None;
        loop {
            let Some(next) = self.peek() else {
                self.at = start;
                return Err(self.bad("a text has no end"));
            };
            self.at += next.len_utf8();
            let unit = match next {
                _ if next == quote => {
                    lone(&mut decoded, &mut high);
                    return Ok(decoded);
                }
                '\n' | '\r' => {
                    self.at = start;
                    return Err(self.bad("a text has no end on its line"));
                }
                '\\' => self.escape()?,
                other => Escaped::Char(other),
            };
            match (unit, high) {
                (Escaped::Half(low), Some(first)) if (0xdc00..0xe000).contains(&low) => {
                    high = None;
                    let whole = 0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00);
                    decoded.push(char::from_u32(whole).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                (Escaped::Half(half), _) => {
                    lone(&mut decoded, &mut high);
                    high = Some(half);
                }
                (Escaped::Char(c), _) => {
                    lone(&mut decoded, &mut high);
                    decoded.push(c);
                }
                (Escaped::Nothing, _) => {}
            }
        }
    }

    /// What stands behind a backslash.
    fn escape(&mut self) -> Result<Escaped, BadFile> {
        let Some(next) = self.peek() else { return Err(self.bad("a text has no end")) };
        self.at += next.len_utf8();
        Ok(Escaped::Char(match next {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            '0' => '\0',
            'x' => return self.code(2),
            'u' => return self.code(4),
            // A text may go on in the next line.
            '\r' => {
                self.take('\n');
                return Ok(Escaped::Nothing);
            }
            '\n' | '\u{2028}' | '\u{2029}' => return Ok(Escaped::Nothing),
            other => other,
        }))
    }

    fn code(&mut self, digits: usize) -> Result<Escaped, BadFile> {
        let code = self.rest().get(..digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        let code = code.ok_or_else(|| self.bad("an escape has too few hex digits"))?;
        self.at += digits;
        Ok(match char::from_u32(code) {
            Some(c) => Escaped::Char(c),
            None => Escaped::Half(code),
        })
    }
}

enum Escaped {
    Char(char),
    /// One half of a character.
    Half(u32),
    Nothing,
}

/// A half that no other half follows stands for no character.
fn lone(decoded: &mut String, high: &mut Option<u32>) {
    if high.take().is_some() {
        decoded.push(char::REPLACEMENT_CHARACTER);
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// May this stand in a name without quotes?
pub(super) fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}
