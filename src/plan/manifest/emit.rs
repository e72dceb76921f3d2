//! A document as YAML that a person reads: a section a heading, a thing a paragraph.

use std::convert::Infallible;
use std::fmt::{self, Write};

use serde_json::Value;

use super::schema::SCHEMA_FILE;

/// Tells editors which schema a file follows: the one beside it, from `clawctl schema`.
pub const MODELINE: &str = "# yaml-language-server: $schema=";

/// One section: its name, and its things in order. A list has no names.
pub struct Section {
    pub name: &'static str,
    pub things: Things,
}

impl fmt::Debug for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Section").field("name", &self.name).finish_non_exhaustive()
    }
}

pub enum Things {
    Named(Vec<(String, Members)>),
    /// The same, of things that are made when they are written.
    Made {
        count: usize,
        make: Box<dyn Fn(usize) -> (String, Members)>,
    },
    Listed(Vec<Members>),
    /// One thing alone.
    Alone(Members),
}

/// The members of a thing, in the order in which a person would write them.
pub type Members = Vec<(&'static str, Value)>;

impl Things {
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Named(things) => things.is_empty(),
            Self::Made { count, .. } => *count == 0,
            Self::Listed(things) => things.is_empty(),
            Self::Alone(members) => members.is_empty(),
        }
    }
}

/// The text of a manifest.
pub fn document(sections: &[Section]) -> String {
    let mut text = String::new();
    let written: Result<(), Infallible> = write_document(sections, |piece| {
        text.push_str(piece);
        Ok(())
    });
    let Ok(()) = written;
    text
}

/// The same, piece by piece: of a long one, no more than a piece is in memory.
pub fn write_document<E>(
    sections: &[Section],
    mut put: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    put(&format!("{MODELINE}{SCHEMA_FILE}\nversion: 1\n"))?;
    let mut text = String::new();
    for Section { name, things } in sections.iter().filter(|section| !section.things.is_empty()) {
        put(&format!("\n{name}:\n"))?;
        let mut named = |id: &str, members: &Members| {
            text.clear();
            let _ = writeln!(text, "  {}:", scalar_text(id));
            write_members(&mut text, "    ", "    ", members);
            put(&text)
        };
        match things {
            Things::Named(things) => {
                things.iter().try_for_each(|(id, members)| named(id, members))?;
            }
            Things::Made { count, make } => {
                (0..*count).map(make).try_for_each(|(id, members)| named(&id, &members))?;
            }
            Things::Listed(things) => {
                for members in things {
                    text.clear();
                    write_members(&mut text, "  - ", "    ", members);
                    put(&text)?;
                }
            }
            Things::Alone(members) => {
                text.clear();
                write_members(&mut text, "  ", "  ", members);
                put(&text)?;
            }
        }
    }
    Ok(())
}

fn write_members(text: &mut String, first: &str, rest: &str, members: &Members) {
    for (index, (name, value)) in members.iter().enumerate() {
        let indent = if index == 0 { first } else { rest };
        let _ = write!(text, "{indent}{name}: ");
        flow(text, value);
        text.push('\n');
    }
}

/// A value on one line.
fn flow(text: &mut String, value: &Value) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(yes) => text.push_str(if *yes { "true" } else { "false" }),
        Value::Number(number) => {
            let _ = write!(text, "{number}");
        }
        Value::String(string) => text.push_str(&scalar_text(string)),
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                flow(text, item);
            }
            text.push(']');
        }
        Value::Object(members) => {
            text.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                text.push_str(if index == 0 { " " } else { ", " });
                text.push_str(&scalar_text(name));
                text.push_str(": ");
                flow(text, value);
            }
            text.push_str(if members.is_empty() { "}" } else { " }" });
        }
    }
}

/// A text without quotes where nothing else could be read into it.
fn scalar_text(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            ' '..='~' => quoted.push(c),
            _ if c.is_alphanumeric() => quoted.push(c),
            // Control characters, spaces of other widths, what joins or turns around: as numbers.
            _ if u32::from(c) <= 0xffff => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            _ => {
                let _ = write!(quoted, "\\U{:08x}", u32::from(c));
            }
        }
    }
    quoted.push('"');
    quoted
}

fn is_plain(text: &str) -> bool {
    let begins = |c: char| c.is_ascii_alphabetic() || c == '$' || c == '_' || c == '/';
    let goes_on = |c: char| c.is_ascii_alphanumeric() || "._/@*+-$".contains(c);
    let taken = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"];
    text.starts_with(begins)
        && text.chars().all(goes_on)
        && !taken.contains(&text.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plan::manifest::node::{Node, parse};

    fn read_back(text: &str) -> String {
        let written = format!("a: {}\n", scalar_text(text));
        let tree = parse(0, &written).unwrap_or_else(|e| panic!("{written:?}: {e:?}"));
        match &tree.value.get("a").unwrap().value {
            Node::Text(text) => text.clone(),
            other => panic!("{written:?}: {other:?}"),
        }
    }

    #[test]
    fn what_yaml_would_take_for_something_else_is_quoted() {
        for text in [
            "",
            " ",
            "yes",
            "No",
            "null",
            "~",
            "1",
            "0x1f",
            "1e3",
            "-",
            "- a",
            "a: b",
            "a #b",
            "*x",
            "&x",
            "!x",
            "%x",
            "@x",
            "`x",
            "\"",
            "'",
            "{",
            "[a]",
            "\u{85}",
            "\u{feff}x",
            "a\tb",
            "$50",
            "2027-01-31",
            "=",
            "<<",
            ".inf",
            "openai/gpt-5*",
            "é",
            "\u{1f600}",
            "x\n",
        ] {
            assert_eq!(read_back(text), text);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_back_as_it_was(text in "\\PC{0,12}|[ -~]{0,16}|(?s:.{0,8})") {
            prop_assert_eq!(read_back(&text), text);
        }
    }
}
