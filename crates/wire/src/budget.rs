//! The state of a budget in the current window.

use serde::{Deserialize, Serialize};

use super::money::Micros;
use super::word::word;

word! {
    /// Which ledger a budget status was read from.
    Ledger {
        /// There is no budget.
        Unmetered = "unmetered",
        /// Counted, exactly.
        Durable = "durable_object",
        /// The budget is zero.
        Blocked = "blocked",
        /// Counted for each principal apart; see the breakdown.
        PerPrincipal = "per_principal",
        /// The count could not be read.
        Unavailable = "unavailable",
    }
}

/// `budget` in usage answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BudgetStatus {
    pub configured: bool,
    pub ledger: Ledger,
    /// `<tenant>/<policy>[/<principal>]/<YYYY-MM>`
    pub window_key: Option<String>,
    pub limit_micros: Option<Micros>,
    /// Includes what open requests have reserved.
    pub spent_micros: Option<Micros>,
    pub remaining_micros: Option<Micros>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breakdown: Option<Vec<PrincipalBudget>>,
}

/// One principal's share of a principal-scoped budget.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrincipalBudget {
    pub principal: String,
    pub configured: bool,
    pub ledger: Ledger,
    pub window_key: Option<String>,
    pub limit_micros: Option<Micros>,
    pub spent_micros: Option<Micros>,
    pub remaining_micros: Option<Micros>,
}

impl BudgetStatus {
    pub fn unmetered() -> Self {
        Self {
            configured: false,
            ledger: Ledger::Unmetered,
            window_key: None,
            limit_micros: None,
            spent_micros: None,
            remaining_micros: None,
            breakdown: None,
        }
    }
}
