//! JSON, and JSON with comments, trailing commas and bare names (JSON5), edited by spans.
//!
//! The text is taken apart only to find where a value stands. An edit replaces that span or
//! inserts beside it; the text around it is never written anew.

mod insert;
mod parse;

use std::ops::Range;

use serde_json::Value;

use super::{BadFile, Dotted, Path};

/// A document, and the text that it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    text: String,
    root: Node,
}

/// A value with where it stands.
#[derive(Debug, Clone, PartialEq)]
struct Node {
    span: Range<usize>,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Object(Vec<Member>),
    Array(Vec<Node>),
    /// What it means where JSON has it; a number that only JSON5 knows is its own text.
    Scalar(Value),
}

#[derive(Debug, Clone, PartialEq)]
struct Member {
    name: String,
    name_span: Range<usize>,
    value: Node,
}

impl Document {
    /// Reads a document. An empty file is an empty object.
    pub fn parse(text: &str) -> Result<Self, BadFile> {
        let text = if text.trim_start_matches('\u{feff}').trim().is_empty() {
            format!("{text}{{}}\n")
        } else {
            text.to_owned()
        };
        let root = parse::document(&text)?;
        if !matches!(root.kind, Kind::Object(_)) {
            return Err(BadFile::OtherShape {
                name: "the document".to_owned(),
                wanted: "an object",
            });
        }
        Ok(Self { text, root })
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The value at a path.
    pub fn get(&self, path: &Path<'_>) -> Result<Option<Value>, BadFile> {
        let mut node = &self.root;
        for name in path {
            let Kind::Object(members) = &node.kind else { return Ok(None) };
            match only(members, name)? {
                Some(member) => node = &member.value,
                None => return Ok(None),
            }
        }
        Ok(Some(meaning(node)))
    }

    /// Sets the value at a path, making the objects on the way to it. Says whether anything
    /// changed.
    pub fn set(&mut self, path: &Path<'_>, value: &Value) -> Result<bool, BadFile> {
        let Some((last, way)) = path.split_last() else { return Ok(false) };
        let mut node = &self.root;
        for (depth, name) in way.iter().enumerate() {
            let members = object(node, &path[..depth])?;
            match only(members, name)? {
                Some(member) => node = &member.value,
                None => {
                    // What is missing goes in as one value.
                    let nested = path[depth + 1..]
                        .iter()
                        .rev()
                        .fold(value.clone(), |inner, name| serde_json::json!({ *name: inner }));
                    let edits = insert::member(&self.text, node, members, name, &nested);
                    return self.apply(edits);
                }
            }
        }
        let members = object(node, way)?;
        match only(members, last)? {
            None => {
                let edits = insert::member(&self.text, node, members, last, value);
                self.apply(edits)
            }
            Some(member) if meaning(&member.value) == *value => Ok(false),
            Some(member) => {
                let indent = insert::indent_of_line(&self.text, member.name_span.start);
                let new = insert::written(&self.text, value, indent);
                let span = member.value.span.clone();
                self.apply(vec![(span, new)])
            }
        }
    }

    /// Takes the member at a path away, if it is there. Says whether anything changed.
    pub fn remove(&mut self, path: &Path<'_>) -> Result<bool, BadFile> {
        let Some((last, way)) = path.split_last() else { return Ok(false) };
        let mut node = &self.root;
        for name in way {
            let Kind::Object(members) = &node.kind else { return Ok(false) };
            match only(members, name)? {
                Some(member) => node = &member.value,
                None => return Ok(false),
            }
        }
        let Kind::Object(members) = &node.kind else { return Ok(false) };
        if only(members, last)?.is_none() {
            return Ok(false);
        }
        let edits = insert::without(&self.text, node, members, last);
        self.apply(edits)
    }

    /// Adds a value to the array at a path, if there is such an array and the value is not in it.
    /// An array that is missing is not made: where none is, nothing is limited by it.
    pub fn add_to_list(&mut self, path: &Path<'_>, value: &Value) -> Result<bool, BadFile> {
        let mut node = &self.root;
        for (depth, name) in path.iter().enumerate() {
            match only(object(node, &path[..depth])?, name)? {
                Some(member) => node = &member.value,
                None => return Ok(false),
            }
        }
        let Kind::Array(items) = &node.kind else {
            let name = Dotted(path).to_string();
            return Err(BadFile::OtherShape { name, wanted: "a list" });
        };
        if items.iter().any(|item| meaning(item) == *value) {
            return Ok(false);
        }
        let edits = insert::item(&self.text, node, items, value);
        self.apply(edits)
    }

    /// Carries edits out, and reads the result again: what cannot be read back is not kept.
    fn apply(&mut self, mut edits: Vec<(Range<usize>, String)>) -> Result<bool, BadFile> {
        edits.sort_by_key(|(span, _)| span.start);
        let mut text = self.text.clone();
        for (span, new) in edits.iter().rev() {
            text.replace_range(span.clone(), new);
        }
        let root = parse::document(&text)?;
        *self = Self { text, root };
        Ok(true)
    }
}

fn object<'n>(node: &'n Node, path: &Path<'_>) -> Result<&'n [Member], BadFile> {
    match &node.kind {
        Kind::Object(members) => Ok(members),
        _ => {
            let name = Dotted(path).to_string();
            Err(BadFile::OtherShape { name, wanted: "an object" })
        }
    }
}

/// The member of a name. Programs disagree about which of two counts.
fn only<'m>(members: &'m [Member], name: &str) -> Result<Option<&'m Member>, BadFile> {
    let mut found = members.iter().filter(|member| member.name == name);
    let first = found.next();
    match found.next() {
        Some(_) => Err(BadFile::Twice { name: name.to_owned() }),
        None => Ok(first),
    }
}

fn meaning(node: &Node) -> Value {
    match &node.kind {
        Kind::Scalar(value) => value.clone(),
        Kind::Array(items) => Value::Array(items.iter().map(meaning).collect()),
        Kind::Object(members) => {
            let members = members.iter();
            Value::Object(members.map(|m| (m.name.clone(), meaning(&m.value))).collect())
        }
    }
}

#[cfg(test)]
mod tests;
