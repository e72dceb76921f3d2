//! Has a key taken the place of another? What usage can prove, and what it cannot.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::Event;
use super::coverage::{Coverage, Interval, instant};
use clawctl_wire::usage_query::UsageGroup;

/// What tells who a request came from. The members are those of an event and of a sum.
pub const WHO: [&str; 3] = ["client", "project", "session"];

const WHO_MEMBERS: [&str; 3] = ["client", "project_id", "session_id"];

/// One who used a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    pub client: Option<String>,
    pub project: Option<String>,
    pub session: Option<String>,
    pub requests: u64,
    pub last_seen: Timestamp,
}

impl User {
    /// Who it was, as far as the requests said, and how much was used.
    pub fn words(&self) -> String {
        let Self { client, project, session, requests, last_seen } = self;
        let who: Vec<String> = [("client", client), ("project", project), ("session", session)]
            .into_iter()
            .filter_map(|(name, word)| word.as_ref().map(|word| format!("{name} {word}")))
            .collect();
        let who = if who.is_empty() { "somebody unnamed".to_owned() } else { who.join(", ") };
        let noun = if *requests == 1 { "request" } else { "requests" };
        format!("{who}: {requests} {noun}, last seen {last_seen:.0}")
    }
}

/// What was seen of one key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    pub key_id: String,
    /// Those who used it in the window; the latest first.
    pub users: Vec<User>,
    /// When it was last used by anyone: from the events, or from the router's record of the key.
    pub last_used: Option<Timestamp>,
}

/// The evidence about a key and those whose place it took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Handover {
    pub successor: Seen,
    pub predecessors: Vec<Seen>,
    /// When nobody may have used a predecessor.
    pub window: Interval,
    pub coverage: Coverage,
    /// Is it a router that shows only its newest events?
    pub newest_only: bool,
}

impl Seen {
    pub fn nothing(key_id: &str) -> Self {
        Self { key_id: key_id.to_owned(), users: Vec::new(), last_used: None }
    }

    /// From the sums by [`WHO`].
    pub fn of_groups(key_id: &str, groups: &[UsageGroup]) -> Self {
        let word = |group: &UsageGroup, name: &str| group.key.get(name).cloned().flatten();
        let users = groups.iter().map(|group| User {
            client: word(group, "client"),
            project: word(group, "project"),
            session: word(group, "session"),
            requests: group.request_count,
            last_seen: instant(group.last_ms),
        });
        Self::of_users(key_id, users.collect())
    }

    /// From events of any keys, since a moment.
    pub fn of_events(key_id: &str, events: &[Event], since: Timestamp) -> Self {
        let mut users: BTreeMap<_, User> = BTreeMap::new();
        let since_ms = since.as_millisecond();
        let ours = |event: &&Event| {
            event.text("credential_id") == Some(key_id) && event.at_ms() >= since_ms
        };
        for event in events.iter().filter(ours) {
            let [client, project, session] =
                WHO_MEMBERS.map(|member| event.text(member).map(str::to_owned));
            let at = instant(event.at_ms());
            let who = (client.clone(), project.clone(), session.clone());
            let user = users.entry(who).or_insert(User {
                client,
                project,
                session,
                requests: 0,
                last_seen: at,
            });
            user.requests += 1;
            user.last_seen = user.last_seen.max(at);
        }
        Self::of_users(key_id, users.into_values().collect())
    }

    fn of_users(key_id: &str, mut users: Vec<User>) -> Self {
        users.sort_by_key(|user| std::cmp::Reverse(user.last_seen));
        let last_used = users.first().map(|user| user.last_seen);
        Self { key_id: key_id.to_owned(), users, last_used }
    }

    /// Takes the router's own record of the last use into account.
    #[must_use]
    pub fn and_recorded(mut self, last_used: Option<Timestamp>) -> Self {
        self.last_used = self.last_used.max(last_used);
        self
    }
}

impl Handover {
    /// Was the successor used, and no predecessor, and is it certain that all would have been seen?
    pub fn is_proven(&self) -> bool {
        self.doubts().is_empty()
    }

    /// Every use of a predecessor that was seen in the window, in words.
    pub fn uses(&self) -> Vec<String> {
        let used = |key: &Seen| {
            let at = key.last_used.filter(|at| *at >= self.window.from)?;
            let ago = self.window.to.duration_since(at).as_secs().max(0);
            Some(format!("{} was used at {at:.0}, {ago} s ago", key.key_id))
        };
        self.predecessors.iter().filter_map(used).collect()
    }

    /// Everything that speaks against it, in words.
    pub fn doubts(&self) -> Vec<String> {
        let mut doubts = Vec::new();
        if self.successor.last_used.is_none() {
            doubts.push(format!("{} was not used yet", self.successor.key_id));
        }
        doubts.extend(self.uses());
        if self.coverage != Coverage::Complete {
            doubts.push(format!("the evidence has a gap: {}", self.coverage.words()));
        }
        doubts
    }
}

/// Do the newest events reach back to a moment? `of` is how many there were in all.
pub fn coverage_of_newest(events: &[Event], of: u64, since: Timestamp) -> Coverage {
    let oldest = events.iter().map(Event::at_ms).min();
    match oldest {
        Some(oldest) if oldest < since.as_millisecond() => Coverage::Complete,
        _ => Coverage::of_events(events.len() as u64, of),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + second).unwrap()
    }

    fn event(key: &str, second: i64, session: &str) -> Event {
        Event::new(json!({
            "id": format!("{key}{second}"), "credential_id": key, "client": "codex",
            "session_id": session, "occurred_at_ms": at(second).as_millisecond(),
        }))
    }

    fn handover(events: &[Event], of: u64, idle_since: i64) -> Handover {
        let since = at(idle_since);
        Handover {
            successor: Seen::of_events("new", events, at(0)),
            predecessors: vec![Seen::of_events("old", events, since)],
            window: Interval { from: since, to: at(100) },
            coverage: coverage_of_newest(events, of, since),
            newest_only: true,
        }
    }

    #[test]
    fn a_key_is_proven_to_have_taken_over_by_use_and_by_silence() {
        let old_then_new = [event("old", 10, "a"), event("new", 60, "a")];
        assert!(handover(&old_then_new, 2, 50).is_proven());
        let check = |events: &[Event], of, doubt: &str| {
            let doubts = handover(events, of, 50).doubts();
            assert!(doubts.iter().any(|said| said.contains(doubt)), "{doubts:?}");
        };
        check(&[event("old", 10, "a")], 1, "new was not used yet");
        check(&[event("new", 60, "a"), event("old", 70, "a")], 2, "old was used at");
        // The newest events begin within the window: one before them may have been of the old key.
        check(&[event("new", 60, "a")], 130, "gap");
        assert!(handover(&[event("x", 40, "a"), event("new", 60, "a")], 130, 50).is_proven());
    }

    #[test]
    fn who_still_uses_the_old_key_is_named_the_latest_first() {
        let events = [event("old", 60, "a"), event("old", 80, "b"), event("old", 70, "a")];
        let seen = Seen::of_events("old", &events, at(50));
        let users: Vec<_> = seen.users.iter().map(|u| (u.session.as_deref(), u.requests)).collect();
        assert_eq!(users, [(Some("b"), 1), (Some("a"), 2)]);
        assert_eq!(seen.last_used, Some(at(80)));
    }

    #[test]
    fn a_user_is_named_by_what_the_requests_said() {
        let named = Seen::of_events("old", &[event("old", 60, "a")], at(0));
        let said = "client codex, session a: 1 request, last seen 2023-11-14T22:14:20Z";
        assert_eq!(named.users[0].words(), said);
        let twice = User { requests: 2, ..named.users[0].clone() };
        assert!(twice.words().contains(": 2 requests,"), "{}", twice.words());
        let unnamed = User { client: None, session: None, ..named.users[0].clone() };
        assert!(unnamed.words().starts_with("somebody unnamed: "), "{}", unnamed.words());
    }

    #[test]
    fn a_use_that_is_recorded_and_not_accounted_for_counts() {
        let mut found = handover(&[event("old", 10, "a"), event("new", 60, "a")], 2, 50);
        found.predecessors[0] = found.predecessors[0].clone().and_recorded(Some(at(55)));
        assert_eq!(found.doubts().len(), 1);
    }
}
