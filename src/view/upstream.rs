//! A system that was connected as an upstream, and the models that it brings.

use std::io;

use serde::Serialize;

use super::{Cell, Column, Machine, Page, Tone, View};

/// A model that the router has of it.
#[derive(Debug, Serialize)]
pub struct UpstreamModel {
    pub model: String,
    pub ready: bool,
    pub reason: Option<String>,
}

/// The grant that its key is kept in.
#[derive(Debug, Serialize)]
pub struct GrantStep {
    pub name: String,
    pub created: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Upstream {
    pub provider: &'static str,
    pub place: String,
    /// The models that it names itself.
    pub offers: Vec<String>,
    pub grant: Option<GrantStep>,
    /// Was the provider off before?
    pub switched_on: bool,
    pub models: Vec<UpstreamModel>,
    pub dry_run: bool,
    pub notes: Vec<String>,
}

const MODELS: &[Column<UpstreamModel>] = &[
    Column::left("model", "MODEL", |row| Cell::name(&row.model)),
    Column::left("ready", "READY", |row| match row.ready {
        true => Cell::toned("yes", Tone::Good),
        false => Cell::toned("no", Tone::Bad),
    }),
    Column::left("reason", "WHY", |row: &UpstreamModel| Cell::optional(row.reason.as_ref())),
];

impl View for Upstream {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let done = if self.dry_run { "would be connected" } else { "is connected" };
        page.heading(&format!("{} {done}", self.provider))?;
        let switch = match (self.switched_on, self.dry_run) {
            (true, true) => "would be switched on",
            (true, false) => "switched on",
            (false, _) => "was on already",
        };
        let mut fields = vec![("place", Cell::new(&self.place)), ("provider", Cell::new(switch))];
        if let Some(GrantStep { name, created }) = &self.grant {
            let step = match (created, self.dry_run) {
                (true, true) => "would be created",
                (true, false) => "created",
                (false, true) => "would get another key",
                (false, false) => "has another key",
            };
            fields.push(("grant", Cell::new(format!("{name} {step}"))));
        }
        if !self.offers.is_empty() {
            fields.push(("it offers", Cell::new(self.offers.join(", "))));
        }
        page.fields(fields)?;
        page.blank()?;
        page.part(MODELS, &self.models)?;
        for note in &self.notes {
            page.aside(note)?;
        }
        Ok(())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }
}
