//! What usage can be broken down by.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::event::Event;

/// One of the ways to put events into groups. The words are those of the extension `usage.query`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Dimension {
    Day,
    Hour,
    Month,
    Tenant,
    Policy,
    Credential,
    Principal,
    Provider,
    Model,
    Capability,
    Project,
    Session,
    Agent,
    Client,
    Status,
}

impl Dimension {
    pub const ALL: [Self; 15] = [
        Self::Day,
        Self::Hour,
        Self::Month,
        Self::Tenant,
        Self::Policy,
        Self::Credential,
        Self::Principal,
        Self::Provider,
        Self::Model,
        Self::Capability,
        Self::Project,
        Self::Session,
        Self::Agent,
        Self::Client,
        Self::Status,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Month => "month",
            Self::Tenant => "tenant",
            Self::Policy => "policy",
            Self::Credential => "credential",
            Self::Principal => "principal",
            Self::Provider => "provider",
            Self::Model => "model",
            Self::Capability => "capability",
            Self::Project => "project",
            Self::Session => "session",
            Self::Agent => "agent",
            Self::Client => "client",
            Self::Status => "status",
        }
    }

    /// A word that was typed. Operators call a credential a key.
    pub fn parse(word: &str) -> Option<Self> {
        let word = if word == "key" { "credential" } else { word };
        Self::ALL.into_iter().find(|dimension| dimension.as_str() == word)
    }

    /// Do its groups have an order of their own?
    pub fn is_time(self) -> bool {
        matches!(self, Self::Day | Self::Hour | Self::Month)
    }

    /// The hour or the month that an instant falls in, and for all others the day.
    pub fn name_of(self, at: Timestamp) -> String {
        let format = match self {
            Self::Hour => "%Y-%m-%dT%H:00Z",
            Self::Month => "%Y-%m",
            _ => "%Y-%m-%d",
        };
        at.to_zoned(TimeZone::UTC).strftime(format).to_string()
    }

    /// The group of an event, as a router with `usage.query` names it.
    pub fn of(self, event: &Event) -> Option<String> {
        let member = match self {
            Self::Day | Self::Hour | Self::Month => {
                let at = Timestamp::from_millisecond(event.at_ms());
                return Some(self.name_of(at.unwrap_or(Timestamp::UNIX_EPOCH)));
            }
            Self::Tenant => "tenant_id",
            Self::Policy => "policy_id",
            Self::Credential => "credential_id",
            Self::Principal => "principal_id",
            Self::Provider => "provider",
            Self::Model => "model",
            Self::Capability => "capability",
            Self::Project => "project_id",
            Self::Session => "session_id",
            Self::Agent => "agent_id",
            Self::Client => "client",
            Self::Status => "status",
        };
        event.text(member).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use clawctl_wire::usage_query::DIMENSIONS;

    #[test]
    fn the_words_are_those_of_the_wire() {
        assert_eq!(Dimension::ALL.map(Dimension::as_str), DIMENSIONS);
        for word in DIMENSIONS {
            let dimension = Dimension::parse(word).unwrap();
            assert_eq!(serde_json::to_value(dimension).unwrap(), *word);
        }
        assert_eq!(Dimension::parse("key"), Some(Dimension::Credential));
        assert_eq!(Dimension::parse("colour"), None);
    }

    #[test]
    fn times_are_cut_in_utc() {
        let at: Timestamp = "2026-11-20T23:59:59.999Z".parse().unwrap();
        let event = Event::new(json!({"occurred_at_ms": at.as_millisecond()}));
        let read = |dimension: Dimension| dimension.of(&event).unwrap();
        assert_eq!(read(Dimension::Day), "2026-11-20");
        assert_eq!(read(Dimension::Hour), "2026-11-20T23:00Z");
        assert_eq!(read(Dimension::Month), "2026-11");
        assert_eq!(Dimension::Model.of(&event), None);
    }
}
