//! Where a new member or item goes, how it is written there, and how one is taken away.
//!
//! It goes behind the last one, in the way in which that one is written: on a line of its own with
//! the same indent, or on the same line. A comment behind the last one stays with it.

use std::ops::Range;

use serde_json::Value;

use super::parse::is_name;
use super::{Kind, Member, Node};

/// Spans, each with what is to stand there.
type Edits = Vec<(Range<usize>, String)>;

/// What has to change so that `node`, which has these members, gets one more.
pub(super) fn member(
    text: &str,
    node: &Node,
    members: &[Member],
    name: &str,
    value: &Value,
) -> Edits {
    // In a file where no name has quotes, a new one has none.
    let bare = !members.is_empty()
        && members.iter().all(|member| !text[member.name_span.start..].starts_with(['"', '\'']))
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(is_name);
    let name = if bare { name.to_owned() } else { Value::from(name).to_string() };
    let write = |indent: &str| format!("{name}: {}", written(text, value, indent));
    let last = members.last().map(|last| (last.name_span.start, last.value.span.end));
    behind_the_last(text, node, last, &write)
}

/// The same for a list and one more item.
pub(super) fn item(text: &str, node: &Node, items: &[Node], value: &Value) -> Edits {
    let write = |indent: &str| written(text, value, indent);
    let last = items.last().map(|last| (last.span.start, last.span.end));
    behind_the_last(text, node, last, &write)
}

/// What has to change so that `node` has no member of this name any more. Comments stay.
pub(super) fn without(text: &str, node: &Node, members: &[Member], name: &str) -> Edits {
    let closing = node.span.end - 1;
    let Some(index) = members.iter().position(|member| member.name == name) else {
        return Edits::new();
    };
    let (start, end) = (members[index].name_span.start, members[index].value.span.end);
    let comma = comma_behind(text, end, closing);
    let mut edits = Edits::new();
    if comma.is_none() && index > 0 {
        // The last one needs no comma, and now that is the one before.
        let before = comma_behind(text, members[index - 1].value.span.end, closing);
        edits.extend(before.map(|comma| (comma..comma + 1, String::new())));
    }
    // What stands between a value and its comma stays where it is.
    let adjacent = comma == Some(end);
    if let Some(comma) = comma.filter(|_| !adjacent) {
        edits.push((comma..comma + 1, String::new()));
    }
    let mut span = start..if adjacent { end + 1 } else { end };
    let blanks = text[span.end..].len() - text[span.end..].trim_start_matches([' ', '\t']).len();
    let rest = &text[span.end + blanks..];
    let newline = ["\r\n", "\n"].into_iter().find(|newline| rest.starts_with(newline));
    match newline {
        // The whole line was about it.
        Some(newline) if starts_its_line(text, start) => {
            span.start = text[..start].rfind('\n').map_or(0, |at| at + 1);
            span.end += blanks + newline.len();
        }
        _ => span.end += blanks,
    }
    edits.push((span, String::new()));
    edits
}

fn behind_the_last(
    text: &str,
    node: &Node,
    last: Option<(usize, usize)>,
    write: &dyn Fn(&str) -> String,
) -> Edits {
    let closing = node.span.end - 1;
    let Some((start, end)) = last else { return first(text, node, write) };
    let comma = comma_behind(text, end, closing);
    let mut edits = Edits::new();
    if comma.is_none() {
        edits.push((end..end, ",".to_owned()));
    }
    let behind = end_of_line_trivia(text, comma.map_or(end, |comma| comma + 1), closing);
    let trailing = if comma.is_some() { "," } else { "" };
    let new = if starts_its_line(text, start) || ends_line(text, behind) {
        let indent = match starts_its_line(text, start) {
            true => indent_of_line(text, start).to_owned(),
            false => format!("{}{}", indent_of_line(text, node.span.start), unit(text)),
        };
        let mut new = format!("{}{indent}{}{trailing}", line_end(text), write(&indent));
        // A bracket on the same line would stand behind the new line.
        if !ends_line(text, behind) {
            new.push_str(line_end(text));
            new.push_str(indent_of_line(text, node.span.start));
        }
        new
    } else {
        format!(" {}{trailing}", write(indent_of_line(text, node.span.start)))
    };
    edits.push((behind..behind, new));
    edits
}

/// The first one of all.
fn first(text: &str, node: &Node, write: &dyn Fn(&str) -> String) -> Edits {
    let closing = node.span.end - 1;
    let outer = indent_of_line(text, node.span.start);
    let indent = format!("{outer}{}", unit(text));
    let end = line_end(text);
    if !matches!(node.kind, Kind::Object(_)) {
        return vec![(closing..closing, write(outer))];
    }
    if starts_its_line(text, closing) {
        // In front of the blanks that the bracket stands behind.
        let line = text[..closing].rfind('\n').map_or(0, |at| at + 1);
        return vec![(line..line, format!("{indent}{}{end}", write(&indent)))];
    }
    vec![(closing..closing, format!("{end}{indent}{}{end}{outer}", write(&indent)))]
}

/// The comma behind a value, with only blanks and comments between.
fn comma_behind(text: &str, mut at: usize, closing: usize) -> Option<usize> {
    while at < closing {
        let rest = &text[at..];
        if rest.starts_with(',') {
            return Some(at);
        }
        at += match comment(rest) {
            Some(length) => length,
            None => rest.chars().next().map_or(1, char::len_utf8),
        };
    }
    None
}

/// Behind the blanks and comments that end on this line; before the blanks at its end.
fn end_of_line_trivia(text: &str, from: usize, closing: usize) -> usize {
    let (mut at, mut end) = (from, from);
    while at < closing {
        let rest = &text[at..];
        match comment(rest) {
            // A comment over several lines is about what comes.
            Some(length) if rest[..length].contains('\n') => break,
            Some(length) => {
                at += length;
                end = at;
            }
            None if rest.starts_with([' ', '\t']) => at += 1,
            None => break,
        }
    }
    end
}

/// The length of the comment that a text begins with.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find(['\n', '\r']).unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        return text.find("*/").map(|at| at + 2);
    }
    None
}

fn starts_its_line(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map(|newline| newline + 1);
    line.is_some_and(|line| text[line..at].chars().all(|c| c == ' ' || c == '\t'))
}

fn ends_line(text: &str, at: usize) -> bool {
    text[at..].trim_start_matches([' ', '\t']).starts_with(['\n', '\r'])
}

/// The blanks in front of the line that holds a place.
pub(super) fn indent_of_line(text: &str, at: usize) -> &str {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = &text[line..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// By what each step is indented: as the first line that is.
fn unit(text: &str) -> &str {
    let is_member = |line: &str| line.starts_with(|c| is_name(c) || matches!(c, '"' | '\''));
    let indented =
        text.lines().find(|line| line.starts_with([' ', '\t']) && is_member(line.trim_start()));
    match indented {
        Some(line) => &line[..line.len() - line.trim_start_matches([' ', '\t']).len()],
        None => "  ",
    }
}

fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// A value over as many lines as it takes, each behind this indent.
pub(super) fn written(text: &str, value: &Value, indent: &str) -> String {
    let step = format!("{indent}{}", unit(text));
    let end = line_end(text);
    match value {
        Value::Object(members) if !members.is_empty() => {
            let lines = members.iter().map(|(name, value)| {
                format!("{step}{}: {}", Value::from(name.as_str()), written(text, value, &step))
            });
            let lines: Vec<_> = lines.collect();
            format!("{{{end}{}{end}{indent}}}", lines.join(&format!(",{end}")))
        }
        Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            let lines = items.iter().map(|item| format!("{step}{}", written(text, item, &step)));
            let lines: Vec<_> = lines.collect();
            format!("[{end}{}{end}{indent}]", lines.join(&format!(",{end}")))
        }
        other => other.to_string(),
    }
}
