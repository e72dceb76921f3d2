//! An object whose members are taken one by one, so that what is left over can be told.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Import;

pub(super) struct Taken<'v> {
    members: &'v Map<String, Value>,
    seen: RefCell<BTreeSet<String>>,
}

const NOTHING: Value = Value::Null;

impl<'v> Taken<'v> {
    pub(super) fn of(members: &'v Map<String, Value>) -> Self {
        Self { members, seen: RefCell::default() }
    }

    /// A member, under the first of these names that it has. Some write `likeThis`.
    pub(super) fn take(&self, names: &[&str]) -> &'v Value {
        let mut found = &NOTHING;
        for name in names {
            self.seen.borrow_mut().insert((*name).to_owned());
            let value = self.members.get(*name).unwrap_or(&NOTHING);
            if found.is_null() {
                found = value;
            }
        }
        found
    }

    pub(super) fn text(&self, names: &[&str]) -> Option<&'v str> {
        self.take(names).as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    /// What is counted or noted there about the past, or is no property of the key.
    pub(super) fn ignore(&self, names: &[&str]) {
        self.seen.borrow_mut().extend(names.iter().map(|name| (*name).to_owned()));
    }

    /// Tells what is left, with the reason where one is known. What says nothing is not told.
    pub(super) fn tell_the_rest(self, thing: &str, known: &[(&str, &str)], import: &mut Import) {
        let seen = self.seen.into_inner();
        for (name, value) in self.members.iter().filter(|(name, _)| !seen.contains(*name)) {
            if says_nothing(value) {
                continue;
            }
            let why = known.iter().find(|(field, _)| field == name).map(|(_, why)| *why);
            import.lose(thing, name, why.unwrap_or("this version of clawctl does not know it"));
        }
    }
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.values().all(says_nothing),
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::Bool(true) => false,
    }
}
