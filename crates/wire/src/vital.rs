//! What a provider says of its own health.

use serde::{Deserialize, Serialize};

/// The answer at one of the places where a provider says how it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VitalSign {
    pub path: String,
    /// Whether it answered, and with a status of success.
    pub ok: bool,
    pub status: Option<u16>,
    pub latency_ms: u64,
    /// What it said, or why it said nothing.
    pub detail: String,
}
