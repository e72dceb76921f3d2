//! What a router keeps of a request, if its policy says so: `GET /v1/admin/content`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The word that a retained request carries for its shape.
pub const RETAINED_VERSION: &str = "clawrouter.retained-request.v1";

/// A request as it went to the provider, with its prompt in clear.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RetainedRequest {
    #[serde(default)]
    pub version: String,
    pub content_ref: String,
    #[serde(default)]
    pub request_id: String,
    /// Milliseconds since 1970, as all times here.
    pub occurred_at_ms: i64,
    #[serde(default)]
    pub expires_at_ms: Option<i64>,
    #[serde(default)]
    pub tenant_id: String,
    #[serde(default)]
    pub policy_id: String,
    #[serde(default)]
    pub credential_id: Option<String>,
    #[serde(default)]
    pub principal_id: Option<String>,
    #[serde(default)]
    pub provider: String,
    #[serde(default)]
    pub capability: String,
    #[serde(default)]
    pub model: Option<String>,
    pub body: Value,
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}
