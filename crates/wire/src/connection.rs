//! Provider connections: the switch, the label and the budget of a whole provider.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::money::Micros;

/// A row of `GET /v1/admin/connections`, and the answer of a PUT.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    pub provider_id: String,
    pub enabled: bool,
    pub label: Option<String>,
    /// Absent until the connection was first written.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub monthly_budget_micros: Option<Option<Micros>>,
    /// Only in lists, and only where there is a budget.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spent_micros: Option<Micros>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remaining_micros: Option<Micros>,
    /// Members that this version does not know. An edit sends them back as they came.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// Keeps "absent" and "null" apart: serde alone reads both as `None`.
fn present<'de, D>(d: D) -> Result<Option<Option<Micros>>, D::Error>
where
    D: serde::Deserializer<'de>,
{
    Option::deserialize(d).map(Some)
}

impl Connection {
    /// Whether anything was ever written of it.
    pub fn is_written(&self) -> bool {
        self.monthly_budget_micros.is_some()
    }

    /// The budget, where one is set.
    pub fn budget(&self) -> Option<Micros> {
        self.monthly_budget_micros.flatten()
    }

    /// The body of a PUT that leaves nothing to the router's defaults.
    pub fn put_body(&self) -> Value {
        let mut body = self.unknown.clone();
        body.insert("enabled".into(), self.enabled.into());
        body.insert("label".into(), serde_json::json!(self.label));
        body.insert("monthlyBudgetMicros".into(), serde_json::json!(self.budget()));
        Value::Object(body)
    }
}

/// `GET /v1/admin/connections`
#[derive(Debug, Serialize, Deserialize)]
pub struct ConnectionList {
    pub connections: Vec<Connection>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unwritten_budget_is_not_a_cleared_one() {
        let read = |text| serde_json::from_str::<Connection>(text).unwrap();
        let unwritten = read(r#"{"providerId":"xai","enabled":true,"label":null}"#);
        let cleared =
            read(r#"{"providerId":"xai","enabled":true,"label":null,"monthlyBudgetMicros":null}"#);
        assert_eq!(unwritten.monthly_budget_micros, None);
        assert_eq!(cleared.monthly_budget_micros, Some(None));
        assert!(serde_json::to_value(&unwritten).unwrap().get("monthlyBudgetMicros").is_none());
        assert_eq!(serde_json::to_value(&cleared).unwrap()["monthlyBudgetMicros"], Value::Null);
    }
}
