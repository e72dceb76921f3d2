//! A usage event as the router gave it, and what can be read off it.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use clawctl_wire::money::Micros;
use clawctl_wire::usage_query::UsageFilter;

/// One request that was accounted for.
///
/// It stays what was received, so that it can be passed on without a loss, and so that one odd
/// member does not hide the others: whatever cannot be read as what it should be is unknown.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Event(Value);

impl Event {
    pub fn new(value: Value) -> Self {
        Self(value)
    }

    pub fn all(values: Vec<Value>) -> Vec<Self> {
        values.into_iter().map(Self).collect()
    }

    /// What tells this event from every other. One without an id is known by all that it says.
    pub fn identity(&self) -> Cow<'_, str> {
        self.text("id").map_or_else(|| self.0.to_string().into(), Cow::Borrowed)
    }

    /// Milliseconds since 1970.
    pub fn at_ms(&self) -> i64 {
        self.0.get("occurred_at_ms").and_then(Value::as_i64).unwrap_or(0)
    }

    /// A member that is a word; empty is as good as none.
    pub fn text(&self, member: &str) -> Option<&str> {
        self.0.get(member).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    pub fn number(&self, member: &str) -> Option<u64> {
        self.0.get(member).and_then(Value::as_u64)
    }

    pub fn cost(&self) -> Option<Micros> {
        self.number("actual_cost_micros").map(Micros)
    }

    /// A later router's word for a request of which nothing says what it costs. Its cost of zero
    /// does not mean that it was free.
    pub fn is_unpriced(&self) -> bool {
        self.text("cost_basis") == Some("unpriced_usage")
    }

    pub fn succeeded(&self) -> bool {
        self.text("status") == Some("success")
    }

    /// Is it among those that a filter lets through?
    pub fn matches(&self, filter: &UsageFilter) -> bool {
        // Named one by one, so that a new filter cannot be forgotten here.
        let UsageFilter {
            since,
            until,
            tenant,
            policy,
            credential,
            principal,
            provider,
            model,
            capability,
            project,
            session,
            agent,
            client,
            status,
            request,
        } = filter;
        let words = [
            ("tenant_id", tenant),
            ("policy_id", policy),
            ("credential_id", credential),
            ("principal_id", principal),
            ("provider", provider),
            ("model", model),
            ("capability", capability),
            ("project_id", project),
            ("session_id", session),
            ("agent_id", agent),
            ("client", client),
            ("status", status),
            ("request_id", request),
        ];
        since.is_none_or(|since| self.at_ms() >= since)
            && until.is_none_or(|until| self.at_ms() < until)
            && words.iter().all(|(member, wanted)| {
                wanted.as_deref().is_none_or(|wanted| self.text(member) == Some(wanted))
            })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_filter_is_asked() {
        let event = Event::new(json!({
            "id": "u", "occurred_at_ms": 1000, "tenant_id": "t", "policy_id": "p",
            "credential_id": "c", "principal_id": "a@b", "provider": "openai", "model": "openai/x",
            "capability": "llm.chat", "project_id": "pr", "session_id": "s", "agent_id": "ag",
            "client": "cl", "status": "success", "request_id": "r",
        }));
        let filter = |text: Value| serde_json::from_value::<UsageFilter>(text).unwrap();
        let all = json!({
            "since": 1000, "until": 1001, "tenant": "t", "policy": "p", "credential": "c",
            "principal": "a@b", "provider": "openai", "model": "openai/x",
            "capability": "llm.chat", "project": "pr", "session": "s", "agent": "ag",
            "client": "cl", "status": "success", "request": "r",
        });
        assert!(event.matches(&filter(all.clone())));
        for (name, value) in all.as_object().unwrap() {
            let mut other = all.clone();
            other[name] = match (name.as_str(), value) {
                ("since", _) => json!(1001),
                ("until", _) => json!(1000),
                _ => json!("other"),
            };
            assert!(!event.matches(&filter(other)), "{name}");
        }
    }

    #[test]
    fn an_odd_member_hides_no_other() {
        let event = Event::new(json!({"id": 5, "input_tokens": -1, "policy_id": "p", "model": ""}));
        assert_eq!(event.number("input_tokens"), None);
        assert_eq!((event.text("policy_id"), event.text("model")), (Some("p"), None));
        assert_eq!(event.cost(), None);
        assert!(event.identity().contains("input_tokens"));
    }
}
