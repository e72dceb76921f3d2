//! How contexts look. None of this holds a secret.

use std::io;

use serde::Serialize;

use super::{Cell, Column, Machine, Page, Tone, View};

/// A context in a list.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContextRow {
    pub name: String,
    /// Is it the one that the contexts file points to?
    pub current: bool,
    /// Nothing for the embedded router.
    pub url: Option<String>,
    /// Where the embedded router keeps everything.
    pub database: Option<String>,
    pub insecure_http: bool,
    pub access: bool,
}

impl ContextRow {
    fn place(&self) -> Cell {
        match (&self.url, &self.database) {
            (Some(url), _) => Cell::new(url),
            (None, Some(database)) => {
                Cell::toned(format!("in this program, {database}"), Tone::Faint)
                    .plain(database.clone())
            }
            (None, None) => Cell::none(),
        }
    }

    fn notes(&self) -> Cell {
        let notes: Vec<_> =
            [(self.access, "Cloudflare Access"), (self.insecure_http, "plain http")]
                .into_iter()
                .filter_map(|(yes, note)| yes.then_some(note))
                .collect();
        let tone = if self.insecure_http { Tone::Warning } else { Tone::Plain };
        if notes.is_empty() { Cell::none() } else { Cell::toned(notes.join(", "), tone) }
    }
}

pub const COLUMNS: &[Column<ContextRow>] = &[
    Column::left("name", "CONTEXT", |c| Cell::name(&c.name)),
    Column::left("current", "CURRENT", |c| match c.current {
        true => Cell::toned("current", Tone::Good).plain("true"),
        false => Cell::none().plain("false"),
    }),
    Column::left("url", "ROUTER", ContextRow::place),
    Column::left("notes", "NOTES", ContextRow::notes),
];

/// Where the admin token of a context is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenPlace {
    Keychain,
    File,
    Environment,
    None,
    /// The embedded router trusts the owner of its file.
    NotNeeded,
    /// It was not looked for.
    NotAsked,
}

impl TokenPlace {
    fn cell(self) -> Cell {
        match self {
            Self::Keychain => Cell::toned("in the keychain", Tone::Good),
            Self::File => {
                Cell::toned("in the credentials file (0600, not encrypted)", Tone::Warning)
            }
            Self::Environment => Cell::new("in the environment"),
            Self::None => Cell::toned("none is stored", Tone::Warning),
            Self::NotNeeded => Cell::toned("none is needed", Tone::Faint),
            Self::NotAsked => Cell::none(),
        }
    }
}

/// One context, perhaps after something was done to it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContextDetail {
    #[serde(flatten)]
    row: ContextRow,
    admin_token: TokenPlace,
    #[serde(skip)]
    done: Option<&'static str>,
}

impl ContextDetail {
    pub fn new(row: ContextRow, admin_token: TokenPlace) -> Self {
        Self { row, admin_token, done: None }
    }

    /// What became of it, in words.
    #[must_use]
    pub fn done(self, done: &'static str) -> Self {
        Self { done: Some(done), ..self }
    }
}

impl View for ContextDetail {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let row = &self.row;
        if let Some(done) = self.done {
            page.heading(&format!("context {} {done}", row.name))?;
        }
        let mut fields = vec![("context", Cell::name(&row.name)), ("router", row.place())];
        if row.current {
            fields.push(("current", Cell::toned("yes", Tone::Good)));
        }
        if self.admin_token != TokenPlace::NotAsked {
            fields.push(("admin token", self.admin_token.cell()));
        }
        if row.access || row.insecure_http {
            fields.push(("notes", row.notes()));
        }
        page.fields(fields)
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }
}
