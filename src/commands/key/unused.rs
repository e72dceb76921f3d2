//! Which keys were not used for some time, and how sure that is.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::client::Client;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use clawctl_wire::credential::Credential;
use clawctl_wire::health::Extension;
use clawctl_wire::usage::{UsageSnapshot, WINDOW_DAYS};
use clawctl_wire::usage_event::UsageEvent;

/// What tells whether a key was used lately.
pub(super) struct Unused {
    since: Timestamp,
    /// What a router that notes no uses left in its newest events.
    uses: HashMap<String, Timestamp>,
    unproved: Option<String>,
}

impl Unused {
    pub(super) async fn read(ctx: &Ctx, client: &Client, length: Duration) -> Result<Self> {
        let now = ctx.now();
        let since = now.checked_sub(length).map_err(|_| Error::usage("that is too long ago"))?;
        if client.has(Extension::CredentialMetadata).await? {
            return Ok(Self { since, uses: HashMap::new(), unproved: None });
        }
        let usage = client.admin_usage().await?.usage;
        let events = read(&usage);
        let uses = last_uses(&events);
        let reach = reach(&events, usage.summary.request_count, now);
        let unproved = (reach > since).then(|| {
            format!(
                "the router's events reach back to {reach:.0} only; a key that is listed may have \
                 been used before that"
            )
        });
        Ok(Self { since, uses, unproved })
    }

    pub(super) fn unproved(&self) -> Option<&str> {
        self.unproved.as_deref()
    }

    /// The key with its last use, if it was not used for so long.
    pub(super) fn takes(&self, mut key: Credential) -> Option<Credential> {
        let used = self.uses.get(key.credential_id.as_str()).copied();
        key.last_used_at = key.last_used_at.max(used);
        is_unused(&key, self.since).then_some(key)
    }
}

/// A key that is younger than that had no time to be unused.
fn is_unused(key: &Credential, since: Timestamp) -> bool {
    let before = |at: Option<Timestamp>| at.is_none_or(|at| at < since);
    before(key.last_used_at) && before(key.created_at)
}

/// The events that can be read. One that cannot is one that is missing.
fn read(usage: &UsageSnapshot) -> Vec<UsageEvent> {
    let events = usage.events.iter();
    events.filter_map(|event| serde_json::from_value(event.clone()).ok()).collect()
}

fn last_uses(events: &[UsageEvent]) -> HashMap<String, Timestamp> {
    let mut uses: HashMap<String, Timestamp> = HashMap::new();
    for event in events {
        let key = event.credential_id.as_deref().or(event.key_id.as_deref());
        let at = Timestamp::from_millisecond(event.occurred_at_ms);
        if let (Some(key), Ok(at)) = (key, at) {
            uses.entry(key.to_owned()).and_modify(|last| *last = at.max(*last)).or_insert(at);
        }
    }
    uses
}

/// Since when every use is known: all of the window, or what the newest events cover of it.
fn reach(events: &[UsageEvent], of: u64, now: Timestamp) -> Timestamp {
    let days = Duration::from_secs(u64::from(WINDOW_DAYS) * 24 * 3600);
    let window = now.checked_sub(days).unwrap_or(now);
    if events.len() as u64 >= of {
        return window;
    }
    let oldest = events.iter().map(|event| event.occurred_at_ms).min();
    let oldest = oldest.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    oldest.map_or(now, |oldest| oldest.max(window))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn events(of: &[(&str, &str)]) -> Vec<UsageEvent> {
        let events = of.iter().map(|(key, time)| {
            json!({ "id": "u", "occurred_at_ms": at(time).as_millisecond(), "key_id": key })
        });
        let snapshot = json!({ "events": events.chain([json!("unreadable")]).collect::<Vec<_>>() });
        read(&serde_json::from_value(snapshot).unwrap())
    }

    #[test]
    fn events_reach_as_far_as_they_are_complete() {
        let now = at("2026-11-20T00:00:00Z");
        let check = |count, known: &[(&str, &str)], expected: &str| {
            assert_eq!(reach(&events(known), count, now), at(expected), "{count} {known:?}");
        };
        let two = [("a", "2026-11-19T00:00:00Z"), ("b", "2026-11-10T00:00:00Z")];
        check(2, &two, "2026-10-21T00:00:00Z");
        check(3, &two, "2026-11-10T00:00:00Z");
        check(0, &[], "2026-10-21T00:00:00Z");
        check(1, &[], "2026-11-20T00:00:00Z");
    }

    #[test]
    fn the_last_use_of_a_key_counts() {
        let events = events(&[
            ("a", "2026-11-10T00:00:00Z"),
            ("a", "2026-11-19T00:00:00Z"),
            ("b", "2026-11-01T00:00:00Z"),
        ]);
        let uses = last_uses(&events);
        assert_eq!(uses["a"], at("2026-11-19T00:00:00Z"));
        assert_eq!(uses["b"], at("2026-11-01T00:00:00Z"));
    }
}
