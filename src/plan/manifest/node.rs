//! A file as a tree in which every value knows its place.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_saphyr::{Location, MessageFormatter, Options, Spanned, UserMessageFormatter};

use super::problem::{Place, Problem};

/// The largest file that is read, and what it may hold: ten thousand keys take two megabytes.
pub const FILE_BYTES_MAX: usize = 32 * 1024 * 1024;
/// What a reader says may repeat what it read.
const MESSAGE_CHARS_MAX: usize = 300;
const NODES_MAX: usize = 4_000_000;
const SCALAR_BYTES_MAX: usize = FILE_BYTES_MAX;

/// Line and column of a file, counted from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    line: u32,
    column: u32,
}

impl At {
    pub(super) fn of_file(self, file: usize) -> Place {
        Place { file, line: self.line, column: self.column }
    }
}

impl From<Location> for At {
    fn from(location: Location) -> Self {
        let counted = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        Self { line: counted(location.line()), column: counted(location.column()) }
    }
}

/// Something and where it is referred to: of what `Spanned` knows the seventh part, since a large
/// file has hundreds of thousands of these.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed<T> {
    pub(super) value: T,
    pub(super) at: At,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Placed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { value, referenced, .. } = Spanned::deserialize(deserializer)?;
        Ok(Self { value, at: referenced.into() })
    }
}

/// A value of YAML or JSON.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Map(Vec<(Placed<String>, Placed<Self>)>),
    List(Vec<Placed<Self>>),
    Text(String),
    /// What a variable put here. It may be read as any kind of scalar.
    Filled(String),
    /// As it is written in decimal.
    Number(String),
    Flag(bool),
    Null,
}

impl Node {
    /// What a person would call it.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Map(_) => "a mapping",
            Self::List(_) => "a list",
            Self::Text(_) | Self::Filled(_) => "a text",
            Self::Number(_) => "a number",
            Self::Flag(_) => "a yes or no",
            Self::Null => "nothing",
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Placed<Self>> {
        let Self::Map(members) = self else { return None };
        members.iter().find(|(known, _)| known.value == name).map(|(_, value)| value)
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Filled(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn flag(&self) -> Option<bool> {
        match self {
            Self::Flag(yes) => Some(*yes),
            Self::Filled(text) => text.parse().ok(),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<&str> {
        match self {
            Self::Number(text) | Self::Filled(text) => Some(text),
            _ => None,
        }
    }

    /// The same without places, for a file of our own.
    pub(super) fn value(&self) -> Value {
        match self {
            Self::Map(members) => {
                let member = |(name, node): &(Placed<String>, Placed<Self>)| {
                    (name.value.clone(), node.value.value())
                };
                Value::Object(members.iter().map(member).collect())
            }
            Self::List(items) => items.iter().map(|item| item.value.value()).collect(),
            Self::Text(text) => Value::from(text.as_str()),
            // It is written so that it is read back as what it was taken for.
            Self::Filled(text) => match (text.parse::<bool>(), serde_json::from_str(text)) {
                (Ok(yes), _) => Value::Bool(yes),
                (_, Ok(Value::Number(number))) if number.to_string() == *text => number.into(),
                _ => Value::from(text.as_str()),
            },
            Self::Number(text) => {
                serde_json::from_str(text).unwrap_or_else(|_| text.clone().into())
            }
            Self::Flag(yes) => Value::Bool(*yes),
            Self::Null => Value::Null,
        }
    }
}

/// Reads a file. JSON is YAML too.
pub(super) fn parse(file: usize, text: &str) -> Result<Placed<Node>, Problem> {
    serde_saphyr::from_str_with_options(text, options()).map_err(|error| {
        let plain = error.without_snippet();
        let message = UserMessageFormatter.format_message(plain);
        let place = error.location().map_or(Place::of_file(file), |at| At::from(at).of_file(file));
        let plain = message.chars().map(|c| if c.is_control() { ' ' } else { c });
        Problem::new(place, plain.take(MESSAGE_CHARS_MAX).collect::<String>())
    })
}

fn options() -> Options {
    let budget = serde_saphyr::budget! {
        max_events: NODES_MAX * 2,
        max_nodes: NODES_MAX,
        max_total_scalar_bytes: SCALAR_BYTES_MAX,
        max_documents: 1,
    };
    serde_saphyr::options! { with_snippet: false, strict_booleans: true, budget: budget }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Node::Map(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Node, E> {
        Ok(Node::Flag(yes))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_i128<E>(self, number: i128) -> Result<Node, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_u128<E>(self, number: u128) -> Result<Node, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Node, E> {
        Ok(Node::Text(text))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }
}
