//! How the embedded router, its database and its manifests look.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use serde::Serialize;

use super::{Cell, Column, Machine, Page, Tone, View};
use crate::error::Exit;

/// The database of the embedded router at a glance.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Database {
    pub path: String,
    pub size_bytes: u64,
    pub wal_bytes: u64,
    pub schema_version: u32,
    pub created_at: Option<jiff::Timestamp>,
    pub policies: u64,
    pub keys: u64,
    pub connections: u64,
    pub usage_events: u64,
    /// Is a `clawctl router serve` running on it?
    pub serving: bool,
}

impl Database {
    pub fn fields(&self) -> Vec<(&'static str, Cell)> {
        let holds = [
            counted(self.policies, "policy", "policies"),
            counted(self.keys, "key", "keys"),
            counted(self.usage_events, "usage event", "usage events"),
        ]
        .join(", ");
        let size = size(self.size_bytes + self.wal_bytes);
        vec![
            ("database", Cell::new(&self.path)),
            ("holds", Cell::new(holds)),
            ("size", Cell::new(format!("{size}, schema version {}", self.schema_version))),
            ("made", Cell::optional(self.created_at.map(|at| format!("{at:.0}")))),
            (
                "served",
                if self.serving {
                    Cell::toned("yes, by `clawctl router serve`", Tone::Good)
                } else {
                    Cell::toned("no", Tone::Faint)
                },
            ),
        ]
    }
}

/// What `router info` says.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Info {
    pub database: Database,
    /// The process that serves it now.
    pub server: Option<Server>,
    pub providers: ProviderCount,
    pub admin_token: AdminTokenState,
    pub manifest_problems: Vec<Problem>,
}

/// A process that serves the database, with the names of its settings and none of their values.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Server {
    pub url: String,
    pub pid: u32,
    pub since: jiff::Timestamp,
    pub upstreams: BTreeMap<String, String>,
    pub configured: BTreeSet<String>,
}

impl Server {
    fn fields(&self) -> Vec<(&'static str, Cell)> {
        let since = format!("{} by process {}, since {:.0}", self.url, self.pid, self.since);
        let mut fields = vec![("served at", Cell::new(since))];
        if !self.configured.is_empty() {
            let names: Vec<&str> = self.configured.iter().map(String::as_str).collect();
            fields.push(("has set", Cell::new(names.join(", "))));
        }
        for (id, url) in &self.upstreams {
            fields.push(("upstream", Cell::new(format!("{id} at {url}"))));
        }
        fields
    }
}

#[derive(Debug, Clone, Copy, Serialize)]
pub struct ProviderCount {
    pub known: usize,
    pub ready: usize,
}

/// Whether anybody can administer the router over HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AdminTokenState {
    /// The hash is given by `CLAWROUTER_ADMIN_TOKEN_SHA256`.
    Environment,
    Stored,
    /// The first `router serve` makes it.
    NotMade,
}

impl AdminTokenState {
    pub fn text(self) -> &'static str {
        match self {
            Self::Environment => "its hash is from `CLAWROUTER_ADMIN_TOKEN_SHA256`",
            Self::Stored => "its hash is stored",
            Self::NotMade => "none yet; the first `clawctl router serve` makes one",
        }
    }
}

impl View for Info {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let mut fields = self.database.fields();
        fields.extend(self.server.iter().flat_map(Server::fields));
        let ProviderCount { known, ready } = self.providers;
        fields.push(("providers", Cell::new(format!("{ready} ready of {known} known"))));
        fields.push(("admin token", Cell::new(self.admin_token.text())));
        page.fields(fields)?;
        draw_problems(page, &self.manifest_problems)
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }
}

/// A manifest that was left out, and why.
#[derive(Debug, Clone, Serialize)]
pub struct Problem {
    pub path: String,
    pub line: Option<usize>,
    pub column: Option<usize>,
    pub reason: String,
}

impl Problem {
    pub fn place(&self) -> String {
        let number = |n: Option<usize>| n.map_or_else(String::new, |n| format!(":{n}"));
        format!("{}{}{}", self.path, number(self.line), number(self.column))
    }
}

fn draw_problems(page: &mut Page<'_>, problems: &[Problem]) -> io::Result<()> {
    for problem in problems {
        page.toned(format!("{}: {}", problem.place(), problem.reason), Tone::Bad)?;
    }
    Ok(())
}

/// A manifest that the router works with.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ManifestRow {
    pub id: String,
    pub display_name: String,
    pub status: String,
    pub models: usize,
    pub endpoints: usize,
    pub base_url: Option<String>,
    pub config_keys: Vec<String>,
    /// The user's own file; nothing for a bundled one.
    pub file: Option<String>,
    pub notice: Option<String>,
}

pub const MANIFESTS: &[Column<ManifestRow>] = &[
    Column::left("id", "PROVIDER", |m| Cell::name(&m.id)),
    Column::left("displayName", "NAME", |m| Cell::new(&m.display_name)),
    Column::left("status", "STATUS", |m: &ManifestRow| Cell::new(&m.status)).on_request(),
    Column::right("models", "MODELS", |m| Cell::new(m.models.to_string())),
    Column::right("endpoints", "ENDPOINTS", |m| Cell::new(m.endpoints.to_string())),
    Column::left("baseUrl", "BASE URL", |m: &ManifestRow| Cell::optional(m.base_url.as_ref()))
        .on_request(),
    Column::left("file", "FROM", |m| match &m.file {
        Some(file) => Cell::new(file.rsplit('/').next().unwrap_or(file)).plain(file.clone()),
        None => Cell::toned("bundled", Tone::Faint).plain(""),
    }),
    Column::left("configKeys", "CONFIGURED BY", |m: &ManifestRow| {
        Cell::new(m.config_keys.join(", "))
    })
    .on_request(),
    Column::left("notice", "NOTICE", |m: &ManifestRow| Cell::optional(m.notice.as_ref()))
        .on_request(),
];

/// What `router provider check` found.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Checked {
    pub folder: String,
    /// The user's manifests that are in force.
    pub good: Vec<ManifestRow>,
    pub problems: Vec<Problem>,
}

impl View for Checked {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        for manifest in &self.good {
            let file = manifest.file.as_deref().unwrap_or("bundled");
            page.toned(format!("{file}: provider {} is good", manifest.id), Tone::Good)?;
        }
        draw_problems(page, &self.problems)?;
        if self.good.is_empty() && self.problems.is_empty() {
            page.aside(&format!("There are no manifests of your own in {}.", self.folder))?;
        }
        Ok(())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }

    fn exit(&self) -> Exit {
        if self.problems.is_empty() { Exit::DONE } else { Exit::FAILED }
    }
}

/// A copy that was made or put back.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Copied {
    #[serde(skip)]
    done: &'static str,
    from: String,
    to: String,
    size_bytes: u64,
    /// What a restore made valid again.
    #[serde(skip_serializing_if = "Option::is_none")]
    revived: Option<serde_json::Value>,
}

impl Copied {
    pub fn new(done: &'static str, from: &Path, to: &Path) -> Self {
        let size_bytes = std::fs::metadata(to).map_or(0, |file| file.len());
        let text = |path: &Path| path.display().to_string();
        Self { done, from: text(from), to: text(to), size_bytes, revived: None }
    }

    #[must_use]
    pub fn reviving(self, revived: Option<&impl Serialize>) -> Self {
        let revived = revived.and_then(|revived| serde_json::to_value(revived).ok());
        Self { revived, ..self }
    }
}

impl View for Copied {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.heading(self.done)?;
        page.fields(vec![
            ("from", Cell::new(&self.from)),
            ("to", Cell::new(&self.to)),
            ("size", Cell::new(size(self.size_bytes))),
        ])
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }
}

/// A number of things in words that agree.
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Bytes as a person reads them.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes} bytes");
    }
    let mut tenths = bytes / 100;
    let mut unit = 0;
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths /= 1000;
        unit += 1;
    }
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_rounded_to_a_tenth() {
        let check = |bytes, text| assert_eq!(size(bytes), text);
        check(0, "0 bytes");
        check(999, "999 bytes");
        check(4096, "4.0 kB");
        check(1_234_567, "1.2 MB");
        check(9_000_000_000_000_000, "9000.0 TB");
    }
}
