//! Extension `usage.query`: every stored event, filtered, page by page or summed up by groups.
//!
//! `GET /v1/admin/usage/events` answers an [`EventPage`], `GET /v1/admin/usage/groups` a
//! [`GroupPage`]. Both take the members of [`UsageFilter`] as query parameters.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::money::Micros;

/// The path of the events behind `/v1/admin/`.
pub const EVENTS_PATH: &str = "usage/events";

/// The path of the sums behind `/v1/admin/`.
pub const GROUPS_PATH: &str = "usage/groups";

/// How many events a page has where a request does not say.
pub const PAGE_DEFAULT: u32 = 1_000;

/// How many events a page has at most.
pub const PAGE_MAX: u32 = 10_000;

/// What events can be summed up by.
pub const DIMENSIONS: &[&str] = &[
    "day",
    "hour",
    "month",
    "tenant",
    "policy",
    "credential",
    "principal",
    "provider",
    "model",
    "capability",
    "project",
    "session",
    "agent",
    "client",
    "status",
];

/// Which events are meant. What is left out filters nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UsageFilter {
    /// Milliseconds since 1970, included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<i64>,
    /// Milliseconds since 1970, not included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capability: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

/// Which page of the events, and in which order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventQuery {
    #[serde(flatten)]
    pub filter: UsageFilter,
    /// `desc` (the default: newest first) or `asc` (in the order in which they were stored).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// A cursor that an earlier page of the same order gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// One page of events, read or not.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventPage<E = Value> {
    pub events: Vec<E>,
    /// Where the next page starts. In ascending order there always is one, so that a follower
    /// can ask again later; in descending order it is missing on the last page.
    #[serde(default)]
    pub next_cursor: Option<String>,
    pub window: QueryWindow,
}

/// The sums of each group, the dearest first.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupPage {
    pub by: Vec<String>,
    pub groups: Vec<UsageGroup>,
    pub window: QueryWindow,
}

/// What an answer covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QueryWindow {
    /// The later of what was asked for and what is still kept.
    pub since_ms: i64,
    pub until_ms: i64,
    /// Events before this are gone.
    pub retained_since_ms: i64,
}

/// The sums over the events that agree in every dimension asked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct UsageGroup {
    /// A value for each dimension; null where the events say none. Days, hours and months are ISO
    /// 8601 in UTC: `2026-11-20`, `2026-11-20T14:00Z`, `2026-11`.
    pub key: BTreeMap<String, Option<String>>,
    pub request_count: u64,
    pub success_count: u64,
    pub error_count: u64,
    pub input_tokens: u64,
    pub output_tokens: u64,
    pub total_tokens: u64,
    pub cached_input_tokens: u64,
    pub actual_cost_micros: Micros,
    pub first_ms: i64,
    pub last_ms: i64,
}
