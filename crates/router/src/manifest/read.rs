//! Reading one file of the user's.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_saphyr::{Options, Spanned};

use super::Manifest;
use super::check::{check, is_provider_id};
use super::file::{Head, ManifestFile, SCHEMA};
use super::outline::Outline;
use super::problem::{Fault, ManifestProblem};

/// More than any manifest needs, and little enough to read by mistake.
const FILE_BYTES_MAX: u64 = 1024 * 1024;

/// A file that holds a good manifest, as far as it can be told on its own.
pub(super) struct Read {
    pub(super) path: PathBuf,
    pub(super) manifest: Manifest,
    outline: Spanned<Outline>,
}

impl Read {
    pub(super) fn problem(&self, fault: &Fault) -> ManifestProblem {
        problem(&self.path, &self.outline, fault)
    }
}

/// Reads one file, and says which provider it is about, as far as that can be told.
pub(super) fn read(path: &Path) -> (String, Result<Read, Vec<ManifestProblem>>) {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let by_name = stem.filter(|stem| is_provider_id(stem)).unwrap_or_default();
    let text = match read_text(path) {
        Ok(text) => text,
        Err(reason) => return (by_name, Err(vec![ManifestProblem::new(path, reason)])),
    };
    let head: Head = match serde_saphyr::from_str_with_options(&text, options()) {
        Ok(head) => head,
        Err(error) => return (by_name, Err(vec![ManifestProblem::yaml(path, &error)])),
    };
    let id = head.id.clone().filter(|id| is_provider_id(id)).unwrap_or(by_name);
    (id, parse(path, &text, &head))
}

fn read_text(path: &Path) -> Result<String, String> {
    let metadata = fs::metadata(path).map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("this is not a file".to_owned());
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| error.to_string())?;
    let mut limited = file.take(FILE_BYTES_MAX + 1);
    limited.read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err("it is over 1 MiB, which no manifest is".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())
}

fn parse(path: &Path, text: &str, head: &Head) -> Result<Read, Vec<ManifestProblem>> {
    let yaml = |error: serde_saphyr::Error| vec![ManifestProblem::yaml(path, &error)];
    let outline: Spanned<Outline> =
        serde_saphyr::from_str_with_options(text, options()).map_err(yaml)?;
    // The version comes first: whatever else is odd about a file of another version is no fault.
    if head.schema.as_deref() != Some(SCHEMA) {
        let reason = match &head.schema {
            Some(other) => format!("schema `{}` is not `{SCHEMA}`", other.escape_debug()),
            None => format!("there is no `schema: {SCHEMA}`"),
        };
        return Err(vec![problem(path, &outline, &Fault::new("schema", reason))]);
    }
    let faults = Outline::faults(&outline);
    if !faults.is_empty() {
        let problem = |(at, reason)| ManifestProblem::at(path, Some(at), reason);
        return Err(faults.into_iter().map(problem).collect());
    }
    let file: ManifestFile = serde_saphyr::from_str_with_options(text, options()).map_err(yaml)?;
    let manifest = file.compile(Some(path.to_owned()));
    let faults = check(&manifest);
    if !faults.is_empty() {
        return Err(faults.iter().map(|fault| problem(path, &outline, fault)).collect());
    }
    Ok(Read { path: path.to_owned(), manifest, outline })
}

fn problem(path: &Path, outline: &Spanned<Outline>, fault: &Fault) -> ManifestProblem {
    ManifestProblem::at(path, Some(Outline::locate(outline, &fault.at)), fault.reason.as_str())
}

fn options() -> Options {
    serde_saphyr::options! { with_snippet: false }
}
