//! What `clawctl status` shows: every setting with its source, and the router's own word.

use std::io;

use serde::Serialize;

use super::router::Database;
use super::{Cell, Column, Machine, Page, Tone, View};
use crate::error::Exit;

/// One setting, and what decided it.
#[derive(Debug, Serialize)]
pub struct Setting {
    /// Its name in machine-readable output; a person reads it as words.
    #[serde(skip)]
    name: &'static str,
    value: String,
    source: String,
    #[serde(skip)]
    tone: Tone,
}

impl Setting {
    pub fn new(name: &'static str, value: impl Into<String>, source: impl Into<String>) -> Self {
        Self { name, value: value.into(), source: source.into(), tone: Tone::Plain }
    }

    #[must_use]
    pub fn toned(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }
}

const SETTINGS: &[Column<Setting>] = &[
    Column::left("name", "SETTING", |s| Cell::name(words(s.name))),
    Column::left("value", "VALUE", |s| Cell::toned(&s.value, s.tone)),
    Column::left("source", "FROM", |s| match s.source.as_str() {
        "" => Cell::none(),
        source => Cell::toned(source, Tone::Faint),
    }),
];

/// `adminToken` as a person reads it.
fn words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 2);
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}

/// A time that may be too short to be counted.
pub fn milliseconds(ms: impl TryInto<u64>) -> String {
    match ms.try_into().unwrap_or(u64::MAX) {
        0 => "less than 1 ms".to_owned(),
        ms => format!("{ms} ms"),
    }
}

/// How the router in force was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It answers, and takes the identity.
    Ready,
    /// It answers, and there is no admin token to try.
    NoToken,
    /// It answers, and refuses the identity.
    Refused,
    Unreachable,
    /// It answers, but not as a router does, or its database cannot be used.
    Failed,
    /// The embedded router's database is made by the first command that needs it.
    NotMade,
}

impl State {
    fn cell(self) -> Cell {
        match self {
            Self::Ready => Cell::toned("ready", Tone::Good),
            Self::NoToken => Cell::toned("answers, but there is no admin token", Tone::Warning),
            Self::Refused => Cell::toned("answers, but refuses the admin token", Tone::Bad),
            Self::Unreachable => Cell::toned("cannot be reached", Tone::Bad),
            Self::Failed => Cell::toned("failed", Tone::Bad),
            Self::NotMade => Cell::toned("not used yet", Tone::Faint),
        }
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RouterState {
    pub state: State,
    /// What went wrong.
    pub reason: Option<String>,
    pub remedy: Option<String>,
    pub latency_ms: Option<u64>,
    pub service: Option<String>,
    /// Nothing where the router does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    pub runtime: Option<String>,
    pub environment: Option<String>,
    pub extensions: Vec<String>,
    #[serde(skip)]
    pub exit: Exit,
}

/// An issue or a rotation that was cut off.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PendingOperation {
    pub kind: &'static str,
    pub credential_id: String,
    pub step: &'static str,
    pub began_at: jiff::Timestamp,
    /// The command that finishes it.
    pub resume: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    pub version: &'static str,
    pub context: Option<String>,
    #[serde(serialize_with = "by_name")]
    pub settings: Vec<Setting>,
    pub router: RouterState,
    /// Only of the embedded router.
    pub database: Option<Database>,
    pub pending: Vec<PendingOperation>,
}

fn by_name<S: serde::Serializer>(settings: &[Setting], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(settings.iter().map(|setting| (setting.name, setting)))
}

impl View for Status {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.table(SETTINGS, &self.settings)?;
        page.blank()?;
        page.fields(self.router.fields())?;
        if let Some(database) = &self.database {
            page.blank()?;
            page.fields(database.fields())?;
        }
        for pending in &self.pending {
            page.blank()?;
            let PendingOperation { kind, credential_id, step, began_at, resume } = pending;
            page.toned(
                format!("unfinished: {kind} of key {credential_id}, begun {began_at:.0}, {step}"),
                Tone::Warning,
            )?;
            page.line(format!("finish it: {resume}"))?;
        }
        Ok(())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }

    fn exit(&self) -> Exit {
        self.router.exit
    }
}

impl RouterState {
    fn fields(&self) -> Vec<(&'static str, Cell)> {
        let mut fields = vec![("router", self.state.cell())];
        if let Some(reason) = &self.reason {
            fields.push(("reason", Cell::new(reason)));
        }
        if let Some(remedy) = &self.remedy {
            fields.push(("what to do", Cell::new(remedy)));
        }
        if let Some(ms) = self.latency_ms {
            fields.push(("answered in", Cell::new(milliseconds(ms))));
        }
        let said = [
            ("service", &self.service),
            ("version", &self.version),
            ("runtime", &self.runtime),
            ("environment", &self.environment),
        ];
        for (name, value) in said {
            if let Some(value) = value {
                fields.push((name, Cell::new(value)));
            }
        }
        if self.service.is_some() {
            let extensions = match self.extensions.as_slice() {
                [] => Cell::toned("none: the plain contract", Tone::Faint),
                some => Cell::new(some.join(", ")),
            };
            fields.push(("extensions", extensions));
        }
        fields
    }
}
