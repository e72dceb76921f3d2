//! Extension `revision`: a write that must find the resource as it was read.

use http::header::{IF_MATCH, IF_NONE_MATCH};
use http::{HeaderMap, HeaderName, StatusCode};

use super::refusal::Refusal;
use clawctl_wire::error::code;

/// What a write demands of the state that it finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Precondition {
    matches: Option<Tags>,
    matches_none: Option<Tags>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Tags {
    Any,
    /// A tag that is no revision of ours stands as nothing, and matches nothing.
    Revisions(Vec<Option<u64>>),
}

impl Precondition {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        Self { matches: tags(headers, &IF_MATCH), matches_none: tags(headers, &IF_NONE_MATCH) }
    }

    /// Compares with the revision that is there, which is none for what does not exist.
    pub(crate) fn check(&self, present: Option<u64>) -> Result<(), Refusal> {
        let covers = |tags: &Tags| match (tags, present) {
            (_, None) => false,
            (Tags::Any, Some(_)) => true,
            (Tags::Revisions(list), Some(_)) => list.contains(&present),
        };
        let as_read = self.matches.as_ref().is_none_or(covers);
        let still_new = !self.matches_none.as_ref().is_some_and(covers);
        if as_read && still_new {
            return Ok(());
        }
        let message = match present {
            None => "it does not exist".to_owned(),
            Some(revision) if as_read => format!("it exists already, at revision {revision}"),
            Some(revision) => format!("it has changed since it was read: now revision {revision}"),
        };
        Err(Refusal::new(StatusCode::PRECONDITION_FAILED, code::REVISION_MISMATCH, message))
    }
}

fn tags(headers: &HeaderMap, name: &HeaderName) -> Option<Tags> {
    if !headers.contains_key(name) {
        return None;
    }
    let lists = headers.get_all(name).iter().map(|value| value.to_str().unwrap_or("?"));
    let items: Vec<_> = lists.flat_map(|list| list.split(',')).map(str::trim).collect();
    if items.contains(&"*") {
        return Some(Tags::Any);
    }
    Some(Tags::Revisions(items.into_iter().map(revision).collect()))
}

fn revision(tag: &str) -> Option<u64> {
    tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: HeaderName, value: &str, present: Option<u64>, good: bool) {
        let headers = HeaderMap::from_iter([(name, value.parse().unwrap())]);
        let checked = Precondition::of(&headers).check(present);
        assert_eq!(checked.is_ok(), good, "{value} on {present:?}");
        if let Err(refusal) = checked {
            assert_eq!((refusal.status.as_u16(), refusal.code), (412, "revision_mismatch"));
        }
    }

    #[test]
    fn if_match_wants_the_revision_that_is_there() {
        check(IF_MATCH, "\"3\"", Some(3), true);
        check(IF_MATCH, "\"2\", \"3\"", Some(3), true);
        check(IF_MATCH, "\"2\"", Some(3), false);
        check(IF_MATCH, "\"3\"", None, false);
        check(IF_MATCH, "*", Some(3), true);
        check(IF_MATCH, "*", None, false);
        // What is not a strong tag of ours cannot have been read here.
        check(IF_MATCH, "3", Some(3), false);
        check(IF_MATCH, "W/\"3\"", Some(3), false);
        check(IF_MATCH, "", Some(3), false);
        check(IF_MATCH, "\"x\"", None, false);
    }

    #[test]
    fn if_none_match_wants_it_new() {
        check(IF_NONE_MATCH, "*", None, true);
        check(IF_NONE_MATCH, "*", Some(1), false);
        check(IF_NONE_MATCH, "\"1\"", Some(1), false);
        check(IF_NONE_MATCH, "\"1\"", Some(2), true);
    }

    #[test]
    fn no_demand_is_always_met() {
        assert_eq!(Precondition::default().check(None), Ok(()));
        assert_eq!(Precondition::default().check(Some(9)), Ok(()));
    }
}
