//! Usage: sums over thirty days, and the newest events.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::budget::BudgetStatus;
use super::money::Micros;
use super::policy::Policy;

/// How many of the newest events a router of the plain contract returns.
pub const EVENTS_MAX: usize = 100;

/// How many UTC days the sums cover.
pub const WINDOW_DAYS: u32 = 30;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct UsageSummary {
    pub request_count: u64,
    pub success_count: u64,
    pub error_count: u64,
    pub input_tokens: u64,
    pub output_tokens: u64,
    pub total_tokens: u64,
    pub actual_cost_micros: Micros,
    /// Said by later routers: requests without a known price, which the cost does not include.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unpriced_request_count: Option<u64>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ProviderUsage {
    pub provider: String,
    pub request_count: u64,
    pub success_count: u64,
    pub error_count: u64,
    pub total_tokens: u64,
    pub actual_cost_micros: Micros,
    /// Said by later routers: requests without a known price, which the cost does not include.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unpriced_request_count: Option<u64>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DailyUsage {
    /// UTC midnight, milliseconds since 1970.
    pub day_start_ms: i64,
    pub request_count: u64,
    pub success_count: u64,
    pub error_count: u64,
    pub total_tokens: u64,
    pub actual_cost_micros: Micros,
    /// Said by later routers: requests without a known price, which the cost does not include.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unpriced_request_count: Option<u64>,
}

/// Sums and the newest events, of one policy or of all.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UsageSnapshot {
    #[serde(default)]
    pub ledger: String,
    #[serde(default)]
    pub summary: UsageSummary,
    #[serde(default)]
    pub providers: Vec<ProviderUsage>,
    /// Missing when a router could not read it for every policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily: Option<Vec<DailyUsage>>,
    #[serde(default)]
    pub events: Vec<Value>,
}

/// `GET /v1/usage`: what the holder of a key sees.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyUsage {
    pub policy_id: String,
    pub budget: BudgetStatus,
    pub usage: UsageSnapshot,
}

/// A policy with the state of its budget, in `GET /v1/admin/usage`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PolicyUsage {
    pub kid: String,
    pub budget: BudgetStatus,
    #[serde(flatten)]
    pub policy: Policy,
}

/// `GET /v1/admin/usage`
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AdminUsage {
    pub policies: Vec<PolicyUsage>,
    pub keys: Vec<PolicyUsage>,
    pub usage: UsageSnapshot,
}
