//! A key that was issued or rotated: the one reveal, and what is told afterwards.

use std::io;

use jiff::Timestamp;
use serde::Serialize;

use super::cell::clean;
use super::machine::Format;
use super::{Cell, Machine, Page, View};
use crate::resource::words::{budget_text, models_text, providers_text};
use clawctl_secret::sink::Frame;
use clawctl_wire::model::ModelPattern;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::Policy;

/// Stands where the key will be, until the sink puts it in. No key and no id contains it, and it is no
/// formula to a spreadsheet, which CSV would mark.
const KEY_HERE: &str = "%KEY%";

/// What is known of an issued key. It never holds the key.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Issued {
    pub key_id: String,
    /// The key that this one succeeds, which stays valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub predecessor_id: Option<String>,
    /// Only in the one reveal, where a sink puts the key in.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'static str>,
    pub policy_id: String,
    pub principal_id: Option<String>,
    pub label: Option<String>,
    pub expires_at: Option<Timestamp>,
    /// Empty means every provider, as on the wire.
    pub providers: Vec<String>,
    pub models: Option<Vec<ModelPattern>>,
    pub monthly_budget_micros: Option<Micros>,
    /// Where a client finds the router.
    pub base_url: String,
    pub delivered_to: Vec<String>,
    #[serde(skip)]
    pub revealed_on_stdout: bool,
    #[serde(skip)]
    policy: Policy,
    #[serde(skip)]
    serve_first: bool,
}

/// Who may use the key, and until when.
#[derive(Debug, Clone, Default)]
pub struct Holder {
    pub principal_id: Option<String>,
    pub label: Option<String>,
    pub expires_at: Option<Timestamp>,
}

impl Issued {
    pub fn new(
        key_id: &str,
        policy: &Policy,
        holder: Holder,
        base_url: String,
        serve_first: bool,
    ) -> Self {
        Self {
            key_id: key_id.to_owned(),
            predecessor_id: None,
            key: None,
            policy_id: policy.policy_id.clone(),
            principal_id: holder.principal_id,
            label: holder.label,
            expires_at: holder.expires_at,
            providers: policy.providers.clone(),
            models: policy.models.clone(),
            monthly_budget_micros: policy.monthly_budget_micros,
            base_url,
            delivered_to: Vec::new(),
            revealed_on_stdout: false,
            policy: policy.clone(),
            serve_first,
        }
    }

    /// An earlier run delivered it, to these sinks.
    pub fn delivered_before(&mut self, sinks: &[String]) {
        self.delivered_to = sinks.to_vec();
    }

    /// The framed block that a person sees. The key stands alone on its line, so that it can be
    /// selected as a whole.
    pub fn block(&self, width: Option<u16>) -> Frame {
        let rule = "─".repeat(usize::from(width.unwrap_or(80)).clamp(20, 100));
        let mut after = format!("\n{rule}\n");
        let mut line = |name: &str, text: &str| {
            after.push_str(&format!("  {name:<10}{}\n", clean(text)));
        };
        let models = match &self.models {
            None => String::new(),
            Some(list) => format!(", only {}", models_text(Some(list))),
        };
        line("reaches", &format!("{}{models}", providers_text(&self.policy.scope())));
        let limit = match self.monthly_budget_micros {
            None => "unlimited".to_owned(),
            some => format!("{} per UTC month", budget_text(some)),
        };
        line("budget", &limit);
        if let Some(at) = self.expires_at {
            line("expires", &at.to_string());
        }
        let url = &self.base_url;
        line("use it", &format!("OPENAI_BASE_URL={url}/v1 OPENAI_API_KEY=<the key>"));
        if self.serve_first {
            line("", "while `clawctl router serve` runs");
        }
        after.push_str("It is shown this once, and stored nowhere.\n");
        Frame { before: format!("{}\n{rule}\n", heading(&self.key_id)), after }
    }

    /// One object with the key in `key`, in the format that was asked for.
    pub fn document(&self, format: Format, header: bool) -> io::Result<Frame> {
        let with_key = Self { key: Some(KEY_HERE), ..self.clone() };
        let mut bytes = Vec::new();
        Machine::new(&mut bytes, format, header, &[]).one(&with_key)?;
        let text = String::from_utf8(bytes).map_err(io::Error::other)?;
        let (before, after) = text
            .split_once(KEY_HERE)
            .ok_or_else(|| io::Error::other("the reveal has no place for the key"))?;
        Ok(Frame { before: before.to_owned(), after: after.to_owned() })
    }
}

fn heading(id: &str) -> String {
    format!("Key {id}")
}

impl View for Issued {
    /// After the reveal on stdout there is nothing more to print there.
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        if self.revealed_on_stdout {
            return Ok(());
        }
        page.fields(vec![
            ("key", Cell::name(&self.key_id)),
            ("policy", Cell::new(&self.policy_id)),
            ("delivered", Cell::new(self.delivered_to.join(", "))),
        ])
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        if self.revealed_on_stdout {
            return Ok(());
        }
        machine.one(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clawctl_wire::policy::ProviderScope;

    fn issued() -> Issued {
        let policy =
            Policy::with_defaults("team", &ProviderScope::Only(["openai".to_owned()].into()));
        Issued::new("alice", &policy, Holder::default(), "http://127.0.0.1:8787".into(), true)
    }

    #[test]
    fn every_format_has_a_place_for_the_key() {
        for format in [Format::Json, Format::JsonLines, Format::Csv, Format::Yaml] {
            let frame = issued().document(format, true).unwrap();
            let whole = format!("{}clawrouter-live-alice-x{}", frame.before, frame.after);
            assert!(whole.contains("clawrouter-live-alice-x"), "{whole}");
            assert!(!whole.contains(KEY_HERE));
            if format == Format::Json {
                let value: serde_json::Value = serde_json::from_str(&whole).unwrap();
                assert_eq!(value["key"], "clawrouter-live-alice-x");
            }
        }
    }

    #[test]
    fn a_result_without_a_reveal_has_no_key() {
        let text = serde_json::to_string(&issued()).unwrap();
        assert!(!text.contains("\"key\""), "{text}");
    }

    #[test]
    fn the_key_stands_alone_on_its_line() {
        let frame = issued().block(Some(80));
        assert!(frame.before.ends_with("─\n"));
        assert!(frame.after.starts_with("\n─"));
    }
}
