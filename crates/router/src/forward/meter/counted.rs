//! A report of tokens, as the numbers in it.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::decision::Name;

/// The members of an object, as far as anything is counted in them: numbers, and objects that hold
/// numbers. Of all else it is known that it is there. Such an object ends every answer, so no value
/// is made of it.
#[derive(Debug, Default)]
pub(super) struct Counted<'a> {
    members: Vec<(Cow<'a, str>, Member<'a>)>,
}

#[derive(Debug)]
enum Member<'a> {
    Count(u64),
    Inner(Counted<'a>),
    Other,
}

impl<'a> Counted<'a> {
    pub(super) fn read(json: &'a [u8]) -> Option<Self> {
        serde_json::from_slice(json).ok()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.member(name).is_some()
    }

    pub(super) fn inner(&self, name: &str) -> Option<&Self> {
        match self.member(name)? {
            Member::Inner(inner) => Some(inner),
            Member::Count(_) | Member::Other => None,
        }
    }

    /// What is no number from zero up is no count.
    pub(super) fn count(&self, name: &str) -> Option<u64> {
        match self.member(name)? {
            Member::Count(count) => Some(*count),
            Member::Inner(_) | Member::Other => None,
        }
    }

    /// The last one of a name counts, as it does in JavaScript and Python.
    fn member(&self, name: &str) -> Option<&Member<'a>> {
        let found = self.members.iter().rev().find(|(member, _)| member == name);
        found.map(|(_, member)| member)
    }
}

impl<'de> Deserialize<'de> for Counted<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

impl<'de> Deserialize<'de> for Member<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Counted<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::with_capacity(8);
        while let Some((Name(name), member)) = map.next_entry()? {
            members.push((name, member));
        }
        Ok(Counted { members })
    }
}

struct Anything;

/// Above it, a float no longer tells neighbours apart.
const EXACT_MAX: f64 = 9_007_199_254_740_992.0;

impl<'de> Visitor<'de> for Anything {
    type Value = Member<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_u64<E>(self, count: u64) -> Result<Self::Value, E> {
        Ok(Member::Count(count))
    }

    fn visit_i64<E>(self, count: i64) -> Result<Self::Value, E> {
        Ok(u64::try_from(count).map_or(Member::Other, Member::Count))
    }

    fn visit_f64<E>(self, count: f64) -> Result<Self::Value, E> {
        let is_one = (0.0..EXACT_MAX).contains(&count);
        Ok(if is_one { Member::Count(count as u64) } else { Member::Other })
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Member::Other)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Member::Other)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Member::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Member::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Members.visit_map(map).map(Member::Inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_at_any_depth_and_the_last_of_a_name_counts() {
        let json = br#"{"a": 1, "b": {"c": 2.0, "d": [{"e": 1}], "\u0066": 3}, "a": 4, "g": null}"#;
        let counted = Counted::read(json).unwrap();
        assert_eq!(counted.count("a"), Some(4));
        let inner = counted.inner("b").unwrap();
        assert_eq!([inner.count("c"), inner.count("f")], [Some(2), Some(3)]);
        assert!(inner.has("d") && inner.inner("d").is_none());
        assert!(counted.has("g") && !counted.has("e"));
        assert_eq!(counted.count("b"), None);
    }

    #[test]
    fn what_is_no_number_from_zero_up_is_no_count() {
        for value in ["-1", "-1.5", "1e300", "\"7\"", "true", "null", "[7]", "{}"] {
            let json = format!("{{\"n\": {value}}}");
            let counted = Counted::read(json.as_bytes()).unwrap();
            assert_eq!(counted.count("n"), None, "{value}");
            assert!(counted.has("n"), "{value}");
        }
        for broken in ["", "7", "[]", "null", "{\"n\": 7", "{\"n\": 7}}"] {
            assert!(Counted::read(broken.as_bytes()).is_none(), "{broken}");
        }
    }
}
