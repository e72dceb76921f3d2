//! One request that was accounted for, as usage answers list it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::money::Micros;
use super::word::word;

/// The word that opens an event of this shape.
pub const EVENT_TYPE: &str = "clawrouter.usage.v1";

word! {
    /// How a request ended.
    EventStatus {
        Success = "success",
        /// The provider failed, or could not be reached.
        ProviderError = "provider_error",
        /// The request itself was at fault.
        ClientError = "client_error",
        /// Policy or budget did not allow it.
        Denied = "denied",
        /// The provider did not answer in time.
        Timeout = "timeout",
    }
}

word! {
    /// Where an amount comes from: the one that is reserved, and the one that is booked.
    CostBasis {
        /// The policy's fixed price for each request.
        PolicyFixed = "policy_fixed",
        /// The prices of the model's manifest.
        ManifestPricing = "manifest_pricing",
        /// The provider did not say to the end what the request took, so the reservation is booked.
        ManifestReservation = "manifest_reservation",
        /// Nothing says what it costs.
        FlatFallback = "flat_fallback",
        /// It costs nothing.
        None = "none",
    }
}

word! {
    /// What is unusual about a cost. An addition of ours to the event.
    CostNote {
        /// The provider reported more than the model can produce for this request. What is booked
        /// is the most that it can.
        ReportCapped = "report_capped",
        /// The answer reached what was reserved for it, and the router ended it there.
        StoppedAtReservation = "stopped_at_reservation",
        /// The provider reported a part, or nothing, before the answer ended. What passed counts.
        CountedAsPassed = "counted_as_passed",
    }
}

/// What an event that does not say it is taken for: no word at all.
impl Default for EventStatus {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

impl Default for CostBasis {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

/// A usage event. Members that a router does not say are null; those that this version does not
/// know are kept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct UsageEvent {
    pub id: String,
    #[serde(rename = "type", default)]
    pub kind: String,
    pub occurred_at_ms: i64,
    #[serde(default)]
    pub tenant_id: String,
    #[serde(default)]
    pub policy_id: String,
    #[serde(default)]
    pub credential_id: Option<String>,
    #[serde(default)]
    pub principal_id: Option<String>,
    #[serde(default)]
    pub auth_type: String,
    #[serde(default)]
    pub session_id: Option<String>,
    #[serde(default)]
    pub agent_id: Option<String>,
    #[serde(default)]
    pub parent_agent_id: Option<String>,
    #[serde(default)]
    pub project_id: Option<String>,
    #[serde(default)]
    pub client: Option<String>,
    #[serde(default)]
    pub key_id: Option<String>,
    #[serde(default)]
    pub request_id: String,
    #[serde(default)]
    pub trace_id: Option<String>,
    #[serde(default)]
    pub span_id: Option<String>,
    #[serde(default)]
    pub compound_request_id: Option<String>,
    #[serde(default)]
    pub compound_request_stage: Option<String>,
    #[serde(default)]
    pub compound_request_index: Option<u64>,
    #[serde(default)]
    pub compound_request_size: Option<u64>,
    #[serde(default)]
    pub compound_request_started_at_ms: Option<i64>,
    #[serde(default)]
    pub provider: String,
    #[serde(default)]
    pub capability: String,
    #[serde(default)]
    pub model: Option<String>,
    #[serde(default)]
    pub input_tokens: Option<u64>,
    #[serde(default)]
    pub output_tokens: Option<u64>,
    #[serde(default)]
    pub total_tokens: Option<u64>,
    #[serde(default)]
    pub cached_input_tokens: Option<u64>,
    #[serde(default)]
    pub cache_write_input_tokens: Option<u64>,
    #[serde(default)]
    pub reserved_cost_micros: Micros,
    #[serde(default)]
    pub actual_cost_micros: Micros,
    #[serde(default)]
    pub reserved_input_tokens: Option<u64>,
    #[serde(default)]
    pub reserved_output_tokens: Option<u64>,
    #[serde(default)]
    pub pricing_ref: Option<String>,
    #[serde(default)]
    pub pricing_effective_at: Option<String>,
    #[serde(default)]
    pub cost_basis: CostBasis,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_note: Option<CostNote>,
    #[serde(default)]
    pub status_code: Option<u16>,
    #[serde(default)]
    pub duration_ms: Option<u64>,
    #[serde(default)]
    pub content_retained: bool,
    #[serde(default)]
    pub content_ref: Option<String>,
    #[serde(default)]
    pub status: EventStatus,
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_of_the_contract_round_trips() {
        let text = r#"{"id":"usage_1","type":"clawrouter.usage.v1","occurred_at_ms":1795195269140,
            "tenant_id":"t1","policy_id":"traffic","credential_id":"traffic","principal_id":null,
            "auth_type":"proxy_key","session_id":"sess-1","agent_id":"openclaw/main",
            "parent_agent_id":"root","project_id":"proj","client":"openclaw","key_id":"traffic",
            "request_id":"call-42","trace_id":null,"span_id":null,"compound_request_id":null,
            "compound_request_stage":null,"compound_request_index":null,
            "compound_request_size":null,"compound_request_started_at_ms":null,
            "provider":"local-openai","capability":"llm.chat","model":"local/default",
            "input_tokens":11,"output_tokens":7,"total_tokens":18,"cached_input_tokens":null,
            "cache_write_input_tokens":null,"reserved_cost_micros":0,"actual_cost_micros":0,
            "reserved_input_tokens":1087,"reserved_output_tokens":4096,"pricing_ref":"local",
            "pricing_effective_at":null,"cost_basis":"manifest_pricing","status_code":200,
            "duration_ms":33,"content_retained":true,"content_ref":"content_1",
            "status":"success","from_the_future":[1]}"#;
        let event: Value = serde_json::from_str(text).unwrap();
        let read: UsageEvent = serde_json::from_value(event.clone()).unwrap();
        assert_eq!(read.status, EventStatus::Success);
        assert_eq!(serde_json::to_value(&read).unwrap(), event);
    }

    #[test]
    fn an_unknown_word_is_kept() {
        let read: UsageEvent = serde_json::from_value(serde_json::json!({
            "id": "u", "occurred_at_ms": 0, "status": "postponed",
        }))
        .unwrap();
        assert_eq!(serde_json::to_value(&read.status).unwrap(), "postponed");
    }
}
