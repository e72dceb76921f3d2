//! Reading the members of a body, with one code for all that can be wrong with them.

use serde_json::{Map, Value};

use crate::refusal::Refusal;
use clawctl_wire::key::ProxyKey;
use clawctl_wire::money::{MICROS_MAX, Micros};

fn holds_key(value: &Value) -> bool {
    match value {
        Value::String(text) => ProxyKey::find_in(text).is_some(),
        Value::Array(items) => items.iter().any(holds_key),
        _ => false,
    }
}

/// The members of a JSON object.
#[derive(Clone, Copy)]
pub(super) struct Fields<'b> {
    members: &'b Map<String, Value>,
    code: &'static str,
}

impl<'b> Fields<'b> {
    pub(super) fn of(body: &'b Value, code: &'static str) -> Result<Self, Refusal> {
        match body {
            // Ids, labels and notes are stored and shown, so none of them may be a key.
            Value::Object(members) if members.values().any(holds_key) => {
                Err(Refusal::bad(code, "a member of the body holds the secret of a key"))
            }
            Value::Object(members) => Ok(Self { members, code }),
            _ => Err(Refusal::bad(code, "the body must be a JSON object")),
        }
    }

    /// The members of what is known to be an object.
    pub(super) fn in_object(members: &'b Map<String, Value>, code: &'static str) -> Self {
        Self { members, code }
    }

    /// The members of an object inside this one.
    pub(super) fn inner(self, members: &'b Map<String, Value>) -> Self {
        Self { members, ..self }
    }

    pub(super) fn get(self, name: &str) -> Option<&'b Value> {
        self.members.get(name)
    }

    /// As [`Self::get`], where null means the same as nothing.
    pub(super) fn given(self, name: &str) -> Option<&'b Value> {
        self.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn refuse(self, message: impl Into<String>) -> Refusal {
        Refusal::bad(self.code, message.into())
    }

    pub(super) fn boolean(self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Bool(value)) => Ok(Some(*value)),
            Some(_) => Err(self.refuse(format!("`{name}` takes true or false"))),
        }
    }

    /// An amount; the outer option is whether it is mentioned, the inner whether it is null.
    pub(super) fn micros(self, name: &str) -> Result<Option<Option<Micros>>, Refusal> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Null) => Ok(Some(None)),
            Some(value) => match whole(value) {
                Some(micros) => Ok(Some(Some(Micros(micros)))),
                None => Err(self.refuse(format!(
                    "`{name}` takes a whole number of micros from 0 to {MICROS_MAX}, or null"
                ))),
            },
        }
    }

    /// `priority`: a whole number, lower comes first.
    pub(super) fn priority(self) -> Result<Option<u64>, Refusal> {
        let refused = || self.refuse("`priority` takes a whole number that is not negative");
        self.get("priority").map(|value| whole(value).ok_or_else(refused)).transpose()
    }

    /// A text with something in it, trimmed. Null means the same as nothing.
    pub(super) fn text(self, name: &str) -> Result<Option<String>, Refusal> {
        match self.given(name) {
            None => Ok(None),
            Some(Value::String(text)) if !text.trim().is_empty() => {
                Ok(Some(text.trim().to_owned()))
            }
            Some(_) => Err(self.refuse(format!("`{name}` takes a text that is not blank"))),
        }
    }

    /// A text that null and blanks clear, trimmed; nothing where it is not mentioned.
    pub(super) fn clearable(self, name: &str) -> Result<Option<Option<String>>, Refusal> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Null) => Ok(Some(None)),
            Some(Value::String(text)) => {
                Ok(Some(Some(text.trim().to_owned()).filter(|text| !text.is_empty())))
            }
            Some(_) => Err(self.refuse(format!("`{name}` takes a text or null"))),
        }
    }

    /// A list of strings; nothing where it is not mentioned.
    pub(super) fn strings(self, name: &str) -> Result<Option<Vec<&'b str>>, Refusal> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let items = value
            .as_array()
            .and_then(|items| items.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
        items.map(Some).ok_or_else(|| self.refuse(format!("`{name}` takes a list of strings")))
    }
}

/// A number that is whole and not too large for JSON, however it is written: `5`, `5.0`, `5e0`.
pub(super) fn whole(value: &Value) -> Option<u64> {
    let number = value.as_number()?;
    let whole = match number.as_u64() {
        Some(whole) => whole,
        None => {
            let float = number.as_f64().filter(|float| float.fract() == 0.0 && *float >= 0.0)?;
            // Above the largest amount the cast could only saturate, and is refused below.
            float as u64
        }
    };
    (whole <= MICROS_MAX).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_may_be_written_as_fractions() {
        let check = |text: &str, expected| {
            assert_eq!(whole(&serde_json::from_str(text).unwrap()), expected, "{text}");
        };
        check("0", Some(0));
        check("-0.0", Some(0));
        check("1000000.0", Some(1_000_000));
        check("1e6", Some(1_000_000));
        check("9007199254740991", Some(9_007_199_254_740_991));
        check("9007199254740992", None);
        check("1e21", None);
        check("-1", None);
        check("1.5", None);
        check("\"100\"", None);
        check("true", None);
        check("null", None);
    }
}
