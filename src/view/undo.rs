//! A change that was taken back.

use std::io;

use serde::Serialize;
use serde_json::Value;

use super::{Cell, Machine, Page, View};
use crate::changes::Record;
use clawctl_wire::resource::Resource;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Undone {
    undone: String,
    noun: &'static str,
    name: String,
    members: Vec<Member>,
    dry_run: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Member {
    name: String,
    from: Value,
    to: Value,
}

impl Undone {
    pub fn new(
        record: &Record,
        resource: &Resource,
        now: &Value,
        to: &Value,
        dry_run: bool,
    ) -> Self {
        let member = |name: String| Member {
            from: now.get(&name).cloned().unwrap_or_default(),
            to: to.get(&name).cloned().unwrap_or_default(),
            name,
        };
        Self {
            undone: record.id.clone(),
            noun: resource.kind.noun,
            name: resource.name(),
            members: resource.differences(now, to).into_iter().map(member).collect(),
            dry_run,
        }
    }

    /// For a question.
    pub fn in_words(&self) -> String {
        let members: Vec<String> = self
            .members
            .iter()
            .map(|member| {
                format!("{} {} → {}", member.name, shown(&member.from), shown(&member.to))
            })
            .collect();
        format!("{} {}: {}", self.noun, self.name, members.join(", "))
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

impl View for Undone {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let done = match (self.members.is_empty(), self.dry_run) {
            (true, _) => "unchanged",
            (false, true) => "would be as it was",
            (false, false) => "is as it was",
        };
        page.heading(&format!("{} {} {done}", self.noun, self.name))?;
        let rows = self.members.iter().map(|member| {
            let text = format!("{} → {}", shown(&member.from), shown(&member.to));
            (member.name.as_str(), Cell::new(text))
        });
        page.fields(rows.collect())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }
}
