//! One assignment of a dotenv file is set, and no other byte is touched.
//!
//! There are many dialects of dotenv. What they read alike is edited; where they could disagree
//! about the very line that matters, the edit is refused with the line's number.

use std::ops::Range;

use thiserror::Error;
use zeroize::Zeroizing;

/// Why a file is left alone. It names lines, and repeats nothing of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadEnvFile {
    #[error("it holds a NUL byte, so it is not a text file")]
    NotText,
    #[error("line {line} opens a quote that no later line closes")]
    OpenQuote { line: usize },
    #[error("the name is set twice, on line {first} and on line {second}")]
    Twice { first: usize, second: usize },
    #[error("the value on line {line} goes on over several lines")]
    ManyLines { line: usize },
    #[error("line {line} looks like the assignment, but stands inside a quoted value")]
    InsideQuotes { line: usize },
    #[error("line {line} follows a line that ends in a backslash, and may be part of it")]
    Continued { line: usize },
    #[error("the value on line {line} can be read in more than one way")]
    Unclear { line: usize },
}

impl BadEnvFile {
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NotText => return None,
            Self::OpenQuote { line } => format!("close the quote on line {line}"),
            Self::Twice { first, second } => {
                format!(
                    "remove line {first} or line {second}; programs disagree about which counts"
                )
            }
            Self::ManyLines { line } | Self::Unclear { line } => {
                format!("make line {line} a plain `NAME=value`")
            }
            Self::InsideQuotes { line } | Self::Continued { line } => {
                format!("rewrite line {line} and the lines before it")
            }
        };
        Some(hint)
    }
}

/// The file with `name` set to `value`: in its place if it is there, else on a line of its own at
/// the end. The value is plain; it needs no quotes and no escapes.
pub fn set(file: &[u8], name: &str, value: &str) -> Result<Zeroizing<Vec<u8>>, BadEnvFile> {
    let found = scan(file, name)?;
    // The room for everything that may be added, so that the buffer never grows.
    let room = file.len() + name.len() + value.len() + "export =\r\n\r\n".len();
    let mut new = Zeroizing::new(Vec::with_capacity(room));
    if let Some(Assignment { value: old, .. }) = found.assignment {
        new.extend_from_slice(&file[..old.start]);
        new.extend_from_slice(value.as_bytes());
        new.extend_from_slice(&file[old.end..]);
        return Ok(new);
    }
    if let Some(line) = found.continued_at_end {
        return Err(BadEnvFile::Continued { line });
    }
    let line_end = line_end(file);
    new.extend_from_slice(file);
    if !file.is_empty() && !file.ends_with(b"\n") {
        new.extend_from_slice(line_end);
    }
    // A file in which everything is exported is one that a shell reads.
    if found.exports > 0 && found.exports == found.assignments {
        new.extend_from_slice(b"export ");
    }
    for part in [name.as_bytes(), b"=", value.as_bytes(), line_end] {
        new.extend_from_slice(part);
    }
    Ok(new)
}

/// The value of `name`, where it is set once and plainly.
pub(super) fn get<'f>(file: &'f [u8], name: &str) -> Option<&'f [u8]> {
    let Assignment { value, .. } = scan(file, name).ok()?.assignment?;
    Some(&file[value])
}

/// Like the lines that are there already.
fn line_end(file: &[u8]) -> &'static [u8] {
    match file.iter().position(|b| *b == b'\n') {
        Some(at) if at > 0 && file[at - 1] == b'\r' => b"\r\n",
        _ => b"\n",
    }
}

struct Found {
    assignment: Option<Assignment>,
    assignments: usize,
    exports: usize,
    /// The number that a line added at the end would have, if the last one continues in it.
    continued_at_end: Option<usize>,
}

struct Assignment {
    line: usize,
    /// Where the value stands in the file, without its quotes.
    value: Range<usize>,
}

fn scan(file: &[u8], name: &str) -> Result<Found, BadEnvFile> {
    if file.contains(&0) {
        return Err(BadEnvFile::NotText);
    }
    let mut found = Found { assignment: None, assignments: 0, exports: 0, continued_at_end: None };
    // The quote that was opened on an earlier line, and that line.
    let mut open: Option<(u8, usize)> = None;
    let mut continued = false;
    let mut at = 0;
    let mut number = 0;
    for whole in file.split_inclusive(|b| *b == b'\n') {
        number += 1;
        let line = without_line_end(whole);
        let head = Head::of(line, number == 1);
        let ours = head.as_ref().is_some_and(|head| head.name == name.as_bytes());
        if let Some((quote, _)) = open {
            if ours {
                return Err(BadEnvFile::InsideQuotes { line: number });
            }
            if closing(line, 0, quote).is_some() {
                open = None;
            }
        } else if let Some(head) = &head {
            found.assignments += 1;
            found.exports += usize::from(head.exported);
            if ours {
                if continued {
                    return Err(BadEnvFile::Continued { line: number });
                }
                if let Some(Assignment { line: first, .. }) = found.assignment {
                    return Err(BadEnvFile::Twice { first, second: number });
                }
                let value = value_range(line, head.value_at, number)?;
                let value = at + value.start..at + value.end;
                found.assignment = Some(Assignment { line: number, value });
            } else {
                open = open_quote(line, head.value_at).map(|quote| (quote, number));
            }
        }
        continued = continues(line);
        at += whole.len();
    }
    if let Some((_, line)) = open {
        return Err(BadEnvFile::OpenQuote { line });
    }
    found.continued_at_end = continued.then_some(number + 1);
    Ok(found)
}

/// The part of an assignment before its value.
struct Head<'a> {
    name: &'a [u8],
    exported: bool,
    value_at: usize,
}

impl<'a> Head<'a> {
    fn of(line: &'a [u8], first: bool) -> Option<Self> {
        const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
        let mut at = if first && line.starts_with(BYTE_ORDER_MARK) { 3 } else { 0 };
        at = after_blanks(line, at);
        let after_export = line[at..].starts_with(b"export").then(|| after_blanks(line, at + 6));
        let exported = after_export.is_some_and(|after| after > at + 6);
        if let (true, Some(after)) = (exported, after_export) {
            at = after;
        }
        let name_length =
            line[at..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        let name = &line[at..at + name_length];
        let equals = after_blanks(line, at + name_length);
        (!name.is_empty() && line.get(equals) == Some(&b'=')).then_some(Self {
            name,
            exported,
            value_at: equals + 1,
        })
    }
}

/// Where the value stands in its line: without quotes, without the blanks and comment after it.
fn value_range(line: &[u8], value_at: usize, number: usize) -> Result<Range<usize>, BadEnvFile> {
    // A lone carriage return is a line break to some readers.
    if line.contains(&b'\r') {
        return Err(BadEnvFile::Unclear { line: number });
    }
    if continues(line) {
        return Err(BadEnvFile::ManyLines { line: number });
    }
    let start = after_blanks(line, value_at);
    let Some(first) = line.get(start) else { return Ok(value_at..value_at) };
    if *first == b'#' && start > value_at {
        return Ok(value_at..value_at);
    }
    if is_quote(*first) {
        let end = closing(line, start + 1, *first);
        let end = end.ok_or(BadEnvFile::ManyLines { line: number })?;
        let rest = after_blanks(line, end + 1);
        return match line.get(rest) {
            None => Ok(start + 1..end),
            Some(b'#') if rest > end + 1 => Ok(start + 1..end),
            Some(_) => Err(BadEnvFile::Unclear { line: number }),
        };
    }
    let comment = (start + 1..line.len()).find(|at| line[*at] == b'#' && is_blank(line[*at - 1]));
    let end = comment.unwrap_or(line.len());
    // To a shell a quote in the middle may reach over several lines too.
    if line[start..end].iter().any(|b| is_quote(*b)) {
        return Err(BadEnvFile::Unclear { line: number });
    }
    let blanks = line[start..end].iter().rev().take_while(|b| is_blank(**b)).count();
    Ok(start..end - blanks)
}

/// The quote that a value opens and its line does not close.
fn open_quote(line: &[u8], value_at: usize) -> Option<u8> {
    let start = after_blanks(line, value_at);
    let quote = line.get(start).copied().filter(|b| is_quote(*b))?;
    closing(line, start + 1, quote).is_none().then_some(quote)
}

/// The first `quote` at or after `from` that no backslash takes the meaning of.
fn closing(line: &[u8], from: usize, quote: u8) -> Option<usize> {
    let mut at = from;
    while at < line.len() {
        match line[at] {
            // In single quotes a backslash is a character like any other.
            b'\\' if quote != b'\'' => at += 2,
            byte if byte == quote => return Some(at),
            _ => at += 1,
        }
    }
    None
}

/// Does a shell take the next line for a part of this one?
fn continues(line: &[u8]) -> bool {
    let comment = line.get(after_blanks(line, 0)) == Some(&b'#');
    !comment && line.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

fn without_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn after_blanks(line: &[u8], at: usize) -> usize {
    at + line[at..].iter().take_while(|b| is_blank(**b)).count()
}

fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}

#[cfg(test)]
mod tests;
