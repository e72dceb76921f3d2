//! Which events a query means, as SQL.

use rusqlite::types::Value;

use clawctl_wire::usage_query::UsageFilter;

/// What stands behind `WHERE`, and the values of its places, in their order.
pub(super) struct Conditions {
    terms: Vec<&'static str>,
    pub(super) values: Vec<Value>,
}

impl Conditions {
    /// What a filter asks for, of the events that are kept.
    pub(super) fn of(filter: &UsageFilter, retained_since: i64) -> Self {
        let since = filter.since.unwrap_or(retained_since).max(retained_since);
        let mut conditions = Self::between(since, filter.until);
        conditions.add_equalities(filter);
        conditions
    }

    /// Of the time alone: from an instant on, and up to another, which is not included.
    pub(super) fn between(since: i64, until: Option<i64>) -> Self {
        let mut conditions = Self { terms: Vec::new(), values: Vec::new() };
        conditions.add("occurred_at_ms >= ?", [since.into()]);
        if let Some(until) = until {
            conditions.add("occurred_at_ms < ?", [until.into()]);
        }
        conditions
    }

    pub(super) fn add_equalities(&mut self, filter: &UsageFilter) {
        let UsageFilter {
            since: _,
            until: _,
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
        let equalities = [
            ("tenant_id = ?", tenant),
            ("policy_id = ?", policy),
            ("credential_id = ?", credential),
            ("principal_id = ?", principal),
            ("provider = ?", provider),
            ("model = ?", model),
            ("capability = ?", capability),
            ("project_id = ?", project),
            ("session_id = ?", session),
            ("agent_id = ?", agent),
            ("client = ?", client),
            ("status = ?", status),
            ("request_id = ?", request),
        ];
        for (term, value) in equalities {
            if let Some(value) = value {
                self.add(term, [value.clone().into()]);
            }
        }
    }

    /// One more that must hold, with the values of its places.
    pub(super) fn add<const N: usize>(&mut self, term: &'static str, values: [Value; N]) {
        self.terms.push(term);
        self.values.extend(values);
    }

    pub(super) fn sql(&self) -> String {
        self.terms.join(" AND ")
    }
}
