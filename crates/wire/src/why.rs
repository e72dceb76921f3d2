//! Which decision a router would take about a request, and why: the shape in which the router, the
//! commands and the views speak of it.

use serde::{Deserialize, Serialize};

use super::fusion::FusionStage;
use super::money::Micros;
use super::usage_event::CostBasis;

/// What would become of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It would go to the provider.
    Passes,
    Refused,
    /// Nothing that can be seen refuses it, and something cannot be seen.
    Unknown,
}

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    Passed,
    Refused,
    /// There was nothing to check.
    Skipped,
    /// It cannot be seen from here.
    Unknown,
}

/// One check, in the order in which the router makes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// A word that stays, for scripts: `provider_scope`.
    pub check: String,
    pub mark: Mark,
    pub detail: String,
}

/// The whole chain, and what comes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    pub verdict: Verdict,
    /// 200 where it passes, as far as the router goes: what the provider answers is its own. Nothing
    /// where it cannot be told.
    pub status: Option<u16>,
    pub code: Option<String>,
    pub message: Option<String>,
    /// What would be set aside for it: nothing where it is refused, or where no budget counts it.
    pub reserved_micros: Micros,
    pub key_id: Option<String>,
    pub policy_id: Option<String>,
    pub principal: Option<String>,
    pub method: String,
    pub path: String,
    /// The length of the body as it was sent.
    pub body_bytes: u64,
    pub provider: Option<String>,
    pub endpoint: Option<String>,
    pub capability: Option<String>,
    pub model: Option<String>,
    pub upstream_model: Option<String>,
    pub estimate: Option<CostAtMost>,
    /// What counts the request, the policy's first.
    pub budgets: Vec<BudgetView>,
    pub steps: Vec<Step>,
    /// The requests that a request for fusion is made of: the one that answers, of which all of the
    /// above speaks, and unless that is refused the advisers in their order. Of any other request
    /// there are none.
    #[serde(default)]
    pub parts: Vec<Part>,
    /// What could not be seen, and what it may change.
    pub unseen: Vec<String>,
}

/// One of the requests that a request for fusion is made of. An adviser that is refused is missed by
/// nobody: the client hears of it by the counts in the head of its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    pub stage: FusionStage,
    /// Of an adviser, from one.
    pub index: Option<u64>,
    pub verdict: Verdict,
    pub status: Option<u16>,
    pub code: Option<String>,
    pub message: Option<String>,
    pub reserved_micros: Micros,
    pub provider: Option<String>,
    pub model: String,
    pub upstream_model: Option<String>,
    pub estimate: Option<CostAtMost>,
    /// As they are when the parts before have set their money aside.
    pub budgets: Vec<BudgetView>,
    pub steps: Vec<Step>,
}

/// What a request may cost at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CostAtMost {
    pub micros: Micros,
    pub basis: CostBasis,
    pub input_tokens: Option<u64>,
    pub output_tokens: Option<u64>,
}

/// A budget that counts a request, before it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BudgetView {
    /// `policy`, `principal` or `provider`.
    pub scope: String,
    pub limit_micros: Micros,
    /// Spent and reserved; nothing where it cannot be seen.
    pub taken_micros: Option<Micros>,
    pub remaining_micros: Option<Micros>,
}
