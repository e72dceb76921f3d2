//! How keys look that were found where they should not be.

use std::io;

use serde::Serialize;
use serde_json::{Value, json};

use super::{Cell, Column, Machine, Page, Tone, View};
use crate::error::Exit;
use crate::report::Coverage;
use crate::report::handover::User;

/// Where a key stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Nothing where it is the message of the commit.
    pub path: Option<String>,
    /// From one; zero in a message.
    pub line: u64,
    /// In bytes, from one.
    pub column: u64,
    pub commit: Option<String>,
}

impl Place {
    pub fn text(&self) -> String {
        let spot = match &self.path {
            Some(path) => format!("{path}:{}:{}", self.line, self.column),
            None => "message".to_owned(),
        };
        match &self.commit {
            Some(commit) => format!("{} {spot}", commit.get(..12).unwrap_or(commit)),
            None => spot,
        }
    }
}

/// A key, and where it was found.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Leaked {
    pub key_id: String,
    pub mode: &'static str,
    /// The beginning of the hash of its secret.
    pub fingerprint: String,
    #[serde(flatten)]
    pub place: Place,
}

pub const COLUMNS: &[Column<Leaked>] = &[
    Column::left("keyId", "KEY", |row| Cell::name(&row.key_id)),
    Column::left("place", "WHERE", |row| Cell::new(row.place.text())),
    Column::left("mode", "MODE", |row| Cell::new(row.mode)),
    Column::left("fingerprint", "SECRET SHA-256", |row| {
        Cell::new(format!("{}…", row.fingerprint)).plain(row.fingerprint.clone())
    }),
    Column::left("path", "PATH", |row: &Leaked| Cell::optional(row.place.path.as_ref()))
        .on_request(),
    Column::right("line", "LINE", |row: &Leaked| Cell::new(row.place.line.to_string()))
        .on_request(),
    Column::right("column", "COLUMN", |row: &Leaked| Cell::new(row.place.column.to_string()))
        .on_request(),
    Column::left("commit", "COMMIT", |row: &Leaked| Cell::optional(row.place.commit.as_ref()))
        .on_request(),
];

/// What was found. Finding something is a failure, so that a hook stops.
pub struct Scanned {
    pub rows: Vec<Leaked>,
    /// Something could not be looked at.
    pub failed: bool,
}

impl View for Scanned {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        match (self.rows.is_empty(), self.failed) {
            (false, _) => page.table(COLUMNS, &self.rows),
            (true, false) => page.aside("No key was found."),
            // What could not be read may hold one.
            (true, true) => Ok(()),
        }
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.items(COLUMNS, &self.rows)
    }

    fn exit(&self) -> Exit {
        exit(&self.rows, self.failed)
    }
}

fn exit(rows: &[Leaked], failed: bool) -> Exit {
    if rows.is_empty() && !failed { Exit::DONE } else { Exit::FAILED }
}

/// The same as a SARIF 2.1.0 report.
pub struct Sarif {
    pub rows: Vec<Leaked>,
    pub failed: bool,
}

impl Sarif {
    fn document(&self) -> Value {
        let results: Vec<_> = self.rows.iter().map(result).collect();
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "clawctl",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": [{
                        "id": "clawrouter-key",
                        "shortDescription": { "text": "A key of an LLM router stands in the clear" },
                        "help": { "text": "Rotate or revoke it with `clawctl leak respond`." },
                    }],
                }},
                "invocations": [{ "executionSuccessful": !self.failed }],
                "columnKind": "utf16CodeUnits",
                "results": results,
            }],
        })
    }
}

fn result(row: &Leaked) -> Value {
    let Place { path, line, column, commit } = &row.place;
    let mut result = json!({
        "ruleId": "clawrouter-key",
        "level": "error",
        "message": { "text": format!("key {} stands here with its secret", row.key_id) },
        "partialFingerprints": { "secretSha256/v1": row.fingerprint },
    });
    if let Some(path) = path {
        result["locations"] = json!([{ "physicalLocation": {
            "artifactLocation": { "uri": uri(path) },
            "region": { "startLine": line, "startColumn": column },
        }}]);
    }
    if let Some(commit) = commit {
        result["properties"] = json!({ "commit": commit });
    }
    result
}

/// A path as a relative reference, in which a few characters have to be escaped.
fn uri(path: &str) -> String {
    let mut text = String::new();
    for byte in path.trim_start_matches("./").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                text.push(char::from(byte));
            }
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

impl View for Sarif {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let mut text = serde_json::to_vec_pretty(&self.document())?;
        text.push(b'\n');
        page.verbatim(&text)
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(&self.document())
    }

    fn exit(&self) -> Exit {
        exit(&self.rows, self.failed)
    }
}

/// What was done about a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    None,
    Rotated,
    Revoked,
}

impl Action {
    pub fn words(self) -> &'static str {
        match self {
            Self::None => "nothing",
            Self::Rotated => "rotated",
            Self::Revoked => "revoked",
        }
    }
}

/// One secret that leaked, wherever it stood.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Case {
    pub key_id: String,
    pub fingerprint: String,
    pub places: Vec<Place>,
    /// Did it work when it was found?
    pub worked: bool,
    /// What the router said of it then.
    pub finding: String,
    #[serde(rename = "usedBy")]
    pub use_of_it: Vec<User>,
    /// Nothing where nobody could look.
    pub coverage: Option<Coverage>,
    pub action: Action,
    /// Does it work now?
    pub works: bool,
}

impl Case {
    /// What is true of the key now.
    fn summary(&self) -> String {
        let Self { key_id, worked, works, action, .. } = self;
        match action {
            _ if !worked || *works => self.finding.clone(),
            Action::None => format!("key {key_id} worked when it was found, and does not work now"),
            Action::Rotated => format!("key {key_id} was rotated: the leaked secret does not work"),
            Action::Revoked => format!("key {key_id} was revoked, and does not work"),
        }
    }

    fn state(&self) -> Cell {
        match (self.worked, self.works) {
            (_, true) => Cell::toned("WORKS", Tone::Bad),
            (true, false) => Cell::toned("dead now", Tone::Good),
            (false, false) => Cell::toned("dead before", Tone::Faint),
        }
    }
}

pub const RESPONSE_COLUMNS: &[Column<Case>] = &[
    Column::left("keyId", "KEY", |case| Cell::name(&case.key_id)),
    Column::left("state", "LEAKED SECRET", Case::state),
    Column::left("action", "DONE", |case| Cell::new(case.action.words())),
    Column::right("places", "PLACES", |case| Cell::new(case.places.len().to_string())),
    Column::right("usedBy", "USED BY", |case| match case.coverage {
        Some(_) => Cell::new(case.use_of_it.len().to_string()),
        None => Cell::none(),
    }),
    Column::left("fingerprint", "SECRET SHA-256", |case: &Case| Cell::new(&case.fingerprint))
        .on_request(),
];

/// What became of everything that was found.
pub struct Responded {
    pub cases: Vec<Case>,
    /// Files that could not be read to their end.
    pub unread: u64,
    pub dry_run: bool,
}

impl View for Responded {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        if self.cases.is_empty() {
            return match self.unread {
                0 => page.aside("No key was found."),
                _ => Ok(()),
            };
        }
        page.table(RESPONSE_COLUMNS, &self.cases)?;
        for case in &self.cases {
            page.blank()?;
            page.heading(&case.summary())?;
            for place in &case.places {
                page.line(format!("  stands in {}", place.text()))?;
            }
            for user in &case.use_of_it {
                page.line(format!("  used by {}", user.words()))?;
            }
            match &case.coverage {
                Some(Coverage::Complete) if case.use_of_it.is_empty() => {
                    page.line("  nobody used it lately")?;
                }
                Some(Coverage::Complete) => {}
                Some(coverage) => page.line(format!("  who used it is {}", coverage.words()))?,
                None => page.line("  who used it could not be seen")?,
            }
        }
        if self.dry_run {
            page.aside("Nothing was changed: this is a dry run.")?;
        }
        Ok(())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.items(RESPONSE_COLUMNS, &self.cases)
    }

    fn exit(&self) -> Exit {
        let alive = self.cases.iter().any(|case| case.works);
        if alive || self.unread > 0 { Exit::FAILED } else { Exit::DONE }
    }
}
