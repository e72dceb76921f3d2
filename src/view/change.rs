//! A change that was made, or would be: before, after, and the effect in words.

use std::io;

use serde::Serialize;
use serde_json::Value;

use super::{Cell, Machine, Page, Tone, View};
use crate::plan::ChangeSet;

/// The request that a dry run holds back.
#[derive(Debug, Clone, Serialize)]
pub struct HeldBack {
    pub method: &'static str,
    pub path: String,
    pub body: Value,
}

impl HeldBack {
    pub fn put(path: impl Into<String>, body: Value) -> Self {
        Self { method: "PUT", path: path.into(), body }
    }

    /// A request whose path says it all.
    pub fn post(path: String) -> Self {
        Self { method: "POST", path, body: Value::Null }
    }

    pub(super) fn draw(&self, page: &mut Page<'_>) -> io::Result<()> {
        let Self { method, path, body } = self;
        page.line(format!("{method} {path}"))?;
        if !body.is_null() {
            let body = serde_json::to_string_pretty(body)?;
            for line in body.lines() {
                page.line(line)?;
            }
        }
        page.aside("Nothing was sent: this is a dry run.")
    }
}

/// What became of a thing.
#[derive(Debug, Serialize)]
pub struct Changed<T> {
    #[serde(flatten)]
    pub change: ChangeSet,
    /// The thing as the router has it now, or would have it.
    pub now: T,
    #[serde(rename = "dryRun")]
    pub dry_run: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<HeldBack>,
}

impl<T: Serialize> View for Changed<T> {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let ChangeSet { noun, id, created, fields, .. } = &self.change;
        let done = match (self.dry_run, self.change.is_empty(), created) {
            (_, true, _) => "unchanged: it is already so",
            (true, _, true) => "would be created",
            (true, _, false) => "would be changed",
            (false, _, true) => "created",
            (false, _, false) => "changed",
        };
        page.heading(&format!("{noun} {id} {done}"))?;
        let rows = fields
            .iter()
            .map(|change| {
                let text = match &change.before {
                    Some(before) => format!("{before} → {}", change.after),
                    None => change.after.clone(),
                };
                (change.field, Cell::new(text))
            })
            .collect();
        page.fields(rows)?;
        draw_effects(page, &self.change)?;
        if let Some(request) = &self.request {
            page.blank()?;
            request.draw(page)?;
        }
        Ok(())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }
}

pub fn draw_effects(page: &mut Page<'_>, change: &ChangeSet) -> io::Result<()> {
    for effect in &change.effects {
        let tone = if effect.kind.traits().loud { Tone::Warning } else { Tone::Plain };
        page.toned(effect.to_string(), tone)?;
    }
    Ok(())
}
