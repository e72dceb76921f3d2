//! Which manifests are in force: the bundled ones, and the user's beside them or in their place.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::file::ManifestFile;
use super::problem::{Fault, ManifestProblem};
use super::read::{Read, read};
use super::{Manifest, Manifests};
use clawctl_wire::provider::Provider;

/// `providers/*.yaml`, turned into one JSON array by the build script.
const BUNDLED: &str = include_str!(concat!(env!("OUT_DIR"), "/providers.json"));

impl Manifests {
    /// The providers that come with the program.
    pub fn bundled() -> Self {
        Self::new(bundled(), Vec::new())
    }

    /// The bundled providers, with those of a directory added to them or in their place.
    ///
    /// When the user's file for a bundled provider is bad, that provider is left out: falling back
    /// to the bundled one could send requests to an address that the file was there to replace.
    pub fn load(user_dir: Option<&Path>) -> Self {
        let mut loading = Loading { all: bundled(), withheld: Vec::new(), problems: Vec::new() };
        let mut reads: BTreeMap<String, Read> = BTreeMap::new();
        for path in user_dir.map(|dir| loading.manifest_paths(dir)).unwrap_or_default() {
            match read(&path) {
                (id, Ok(read)) => match reads.get(&id) {
                    Some(first) => {
                        let reason =
                            format!("provider `{id}` is already in {}", first.path.display());
                        loading.problems.push(read.problem(&Fault::new("id", reason)));
                    }
                    None => {
                        reads.insert(id, read);
                    }
                },
                (id, Err(found)) => {
                    loading.problems.extend(found);
                    loading.withhold(&id, &path);
                }
            }
        }
        let overridden = |manifest: &mut Manifest| reads.contains_key(&manifest.provider.id);
        let replaced: Vec<_> = loading.all.extract_if(.., overridden).collect();
        for (id, read) in reads {
            // What is left out keeps its names: nobody else may answer for them meanwhile.
            let others = loading.all.iter().chain(&loading.withheld);
            match others.map(|other| &other.provider).find_map(|other| clash(&read, other)) {
                None => loading.all.push(read.manifest),
                Some(fault) => {
                    loading.problems.push(read.problem(&fault));
                    if replaced.iter().any(|manifest| manifest.provider.id == id) {
                        loading.problems.push(left_out(&read.path, &id));
                    }
                }
            }
        }
        Self::new(loading.all, loading.problems)
    }
}

/// The state of a load half done.
struct Loading {
    all: Vec<Manifest>,
    /// Bundled providers that a bad file stands for.
    withheld: Vec<Manifest>,
    problems: Vec<ManifestProblem>,
}

impl Loading {
    /// In byte order of their names, so that the same directory always means the same.
    fn manifest_paths(&mut self, dir: &Path) -> Vec<PathBuf> {
        let entries = match fs::read_dir(dir) {
            Ok(entries) => entries,
            Err(error) => {
                if error.kind() != ErrorKind::NotFound {
                    self.problems.push(ManifestProblem::new(dir, error.to_string()));
                }
                return Vec::new();
            }
        };
        let mut paths = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) if is_manifest_name(&entry.path()) => paths.push(entry.path()),
                Ok(_) => {}
                Err(error) => self.problems.push(ManifestProblem::new(dir, error.to_string())),
            }
        }
        paths.sort();
        paths
    }

    fn withhold(&mut self, id: &str, path: &Path) {
        let Some(position) = self.all.iter().position(|manifest| manifest.provider.id == id) else {
            return;
        };
        self.withheld.push(self.all.remove(position));
        self.problems.push(left_out(path, id));
    }
}

fn left_out(path: &Path, id: &str) -> ManifestProblem {
    let reason = format!("the bundled provider `{id}` is left out until this file is mended");
    ManifestProblem::new(path, reason)
}

fn bundled() -> Vec<Manifest> {
    let files: Vec<ManifestFile> =
        serde_json::from_str(BUNDLED).expect("a test reads every bundled manifest");
    files.into_iter().map(|file| file.compile(None)).collect()
}

/// Editors leave files with a dot in front beside those that they edit.
fn is_manifest_name(path: &Path) -> bool {
    let hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
    !hidden && path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// What a manifest claims that belongs to another provider already.
fn clash(read: &Read, other: &Provider) -> Option<Fault> {
    let provider = &read.manifest.provider;
    if provider.id == other.id {
        return None;
    }
    let owner = &other.id;
    for (index, prefix) in provider.routing.model_prefixes.iter().enumerate() {
        let met = other.routing.model_prefixes.iter();
        let met = met.map(String::as_str).find(|taken| meet(prefix, taken));
        let covered = other.models.iter().map(|model| model.id.as_str());
        let reason = if let Some(taken) = met {
            format!("prefix `{prefix}` meets `{taken}` of provider `{owner}`")
        } else if let Some(model) = covered.into_iter().find(|id| id.starts_with(prefix)) {
            format!("prefix `{prefix}` covers model `{model}` of provider `{owner}`")
        } else {
            continue;
        };
        return Some(Fault::new(format!("routing/modelPrefixes/{index}"), reason));
    }
    for (index, model) in provider.models.iter().enumerate() {
        let id = &model.id;
        let over = other.routing.model_prefixes.iter().find(|prefix| id.starts_with(*prefix));
        let reason = if other.models.iter().any(|taken| taken.id == *id) {
            format!("model `{id}` belongs to provider `{owner}`")
        } else if let Some(prefix) = over {
            format!("model `{id}` is under the prefix `{prefix}` of provider `{owner}`")
        } else {
            continue;
        };
        return Some(Fault::new(format!("models/entries/{index}/id"), reason));
    }
    None
}

/// Whether some reference starts with both prefixes.
fn meet(a: &str, b: &str) -> bool {
    a.starts_with(b) || b.starts_with(a)
}
