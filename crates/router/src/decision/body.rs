//! A request body that is edited without being rewritten.
//!
//! The order of members matters to models that are told a schema, and a number may have more
//! digits than a computer's own. So only the top level is taken apart; what nobody changes goes on
//! as it came, white space between tokens aside.

use std::borrow::Cow;
use std::fmt;

use hyper::body::Bytes;
use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::compact;
use crate::refusal::Refusal;
use clawctl_wire::error::code;

/// A JSON object, by its members in their order. No name stands twice.
#[derive(Debug, Clone, Default)]
pub(crate) struct Body<'a> {
    members: Vec<Member<'a>>,
    /// Whether `model` stood in it twice, as it came.
    names_model_twice: bool,
}

#[derive(Debug, Clone)]
struct Member<'a> {
    name: Cow<'a, str>,
    value: Cow<'a, RawValue>,
}

impl<'a> Body<'a> {
    /// Reads a body as it came from a client.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let broken = |_| Refusal::bad(code::INVALID_JSON, "the body is not JSON");
        let text = std::str::from_utf8(bytes).map_err(|_| broken(()))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match serde_json::from_str(text) {
            Ok(body) => Ok(body),
            // Whatever is no JSON at all is told apart from JSON that is no object.
            Err(_) => match serde_json::from_str::<IgnoredAny>(text) {
                Ok(_) => Err(not_an_object()),
                Err(_) => Err(broken(())),
            },
        }
    }

    /// Reads a member of another body as a body of its own.
    pub(crate) fn nested(value: &'a RawValue) -> Result<Self, Refusal> {
        serde_json::from_str(value.get()).map_err(|_| not_an_object())
    }

    /// Whether it came with two members that say which model it is for.
    pub(super) fn names_model_twice(&self) -> bool {
        self.names_model_twice
    }

    /// The members in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &RawValue)> {
        self.members.iter().map(|member| (&*member.name, &*member.value))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&RawValue> {
        self.position(name).map(|position| &*self.members[position].value)
    }

    /// The member as the type that it should have; nothing if it has another, or is not there.
    pub(crate) fn read<'b, T: Deserialize<'b>>(&'b self, name: &str) -> Option<T> {
        serde_json::from_str(self.get(name)?.get()).ok()
    }

    /// Gives a member another value in its place, or adds it behind the others.
    pub(crate) fn set(&mut self, name: &'a str, value: Box<RawValue>) {
        match self.position(name) {
            Some(position) => self.members[position].value = Cow::Owned(value),
            None => self.members.push(Member { name: name.into(), value: Cow::Owned(value) }),
        }
    }

    /// As [`Body::set`], for a text.
    pub(crate) fn set_text(&mut self, name: &'a str, text: &str) {
        if let Ok(value) = serde_json::value::to_raw_value(text) {
            self.set(name, value);
        }
    }

    /// Takes a member out, and says whether there was one.
    pub(crate) fn remove(&mut self, name: &str) -> bool {
        let position = self.position(name);
        position.map(|position| self.members.remove(position)).is_some()
    }

    /// Gives a member another name in its place, unless there is one of that name already.
    pub(crate) fn rename(&mut self, from: &str, to: &str) -> bool {
        if self.position(to).is_some() {
            return false;
        }
        let Some(position) = self.position(from) else { return false };
        self.members[position].name = Cow::Owned(to.to_owned());
        true
    }

    /// The body as compact JSON.
    pub(crate) fn to_bytes(&self) -> Bytes {
        let length = |member: &Member<'_>| member.name.len() + member.value.get().len() + 4;
        let mut out = Vec::with_capacity(2 + self.members.iter().map(length).sum::<usize>());
        out.push(b'{');
        for (index, member) in self.members.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            compact::push_text(&mut out, &member.name);
            out.push(b':');
            compact::push(&mut out, member.value.get());
        }
        out.push(b'}');
        out.into()
    }

    /// The members, where all of them are still as they came.
    pub(super) fn into_values(self) -> Vec<(String, &'a RawValue)> {
        let untouched = |member: Member<'a>| match member.value {
            Cow::Borrowed(value) => Some((member.name.into_owned(), value)),
            Cow::Owned(_) => None,
        };
        self.members.into_iter().filter_map(untouched).collect()
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.members.iter().position(|member| member.name == name)
    }

    /// Of members with the same name, the last one's value counts, as it does in JavaScript and
    /// Python: a model named first must not hide the one that a provider would read.
    fn merge(&mut self) {
        let members = &mut self.members;
        let mut order: Vec<usize> = (0..members.len()).collect();
        order.sort_by(|a, b| members[*a].name.cmp(&members[*b].name));
        let mut merged = vec![false; members.len()];
        let mut first = 0;
        for pair in order.windows(2) {
            if members[pair[0]].name == members[pair[1]].name {
                self.names_model_twice |= members[pair[0]].name == "model";
                first = if merged[pair[0]] { first } else { pair[0] };
                members[first].value = members[pair[1]].value.clone();
                merged[pair[1]] = true;
            }
        }
        let mut merged = merged.into_iter();
        members.retain(|_| !merged.next().unwrap_or(false));
    }
}

fn not_an_object() -> Refusal {
    Refusal::bad(code::INVALID_REQUEST_BODY, "the body must be a JSON object")
}

impl<'de> Deserialize<'de> for Body<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(BodyVisitor)
    }
}

/// A member's name, borrowed where nothing in it is escaped.
#[derive(Deserialize)]
pub(crate) struct Name<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

struct BodyVisitor;

impl<'de> Visitor<'de> for BodyVisitor {
    type Value = Body<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut body = Body::default();
        while let Some((Name(name), value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
            body.members.push(Member { name, value: Cow::Borrowed(value) });
        }
        body.merge();
        Ok(body)
    }
}

#[cfg(test)]
mod tests;
