//! The manifests that are meant.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::error::{Error, Result};
use crate::plan::manifest::{FILE_BYTES_MAX, Source};

/// What is read where no file is named.
const USUAL_NAME: &str = "clawrouter.yaml";

/// Which manifests are read.
#[derive(Debug, Clone, Default, Args)]
pub struct FileFlags {
    /// Manifest: a file, a folder of them, or `-` for standard input; repeat it for more
    ///
    /// Without it, `clawrouter.yaml` in the present folder.
    #[arg(short = 'f', long = "file", value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    pub files: Vec<PathBuf>,
}

impl FileFlags {
    /// The paths that were named, or the usual one.
    pub(in crate::commands) fn paths(&self) -> Result<Vec<PathBuf>> {
        if !self.files.is_empty() {
            return Ok(self.files.clone());
        }
        let usual = PathBuf::from(USUAL_NAME);
        if usual.is_file() {
            return Ok(vec![usual]);
        }
        Err(Error::usage(format!("no manifest was named, and there is no `{USUAL_NAME}` here"))
            .hint("name one with `-f PATH`, or begin with `clawctl export > clawrouter.yaml`"))
    }

    /// Everything that they hold.
    pub(in crate::commands) fn read(&self) -> Result<Vec<Source>> {
        let mut sources = Vec::new();
        for path in self.paths()? {
            if path == Path::new("-") {
                let here = std::env::current_dir().unwrap_or_default();
                let text = text("standard input", &mut std::io::stdin().lock())?;
                sources.push(Source { name: "<stdin>".to_owned(), folder: here, text });
            } else if path.is_dir() {
                let inside = manifests_in(&path)?;
                if inside.is_empty() {
                    let shown = path.display();
                    return Err(Error::usage(format!("there is no manifest in `{shown}`"))
                        .hint("a manifest ends in `.yaml`, `.yml` or `.json`"));
                }
                for file in inside {
                    sources.push(source(&file)?);
                }
            } else {
                sources.push(source(&path)?);
            }
        }
        Ok(sources)
    }
}

fn source(path: &Path) -> Result<Source> {
    let name = path.display().to_string();
    let mut file = fs::File::open(path).map_err(|e| unreadable(&name, e))?;
    let text = text(&name, &mut file)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let folder = std::env::current_dir().unwrap_or_default().join(folder);
    Ok(Source { name, folder, text })
}

fn text(name: &str, from: &mut dyn Read) -> Result<String> {
    let mut bytes = Vec::new();
    let limit = FILE_BYTES_MAX as u64 + 1;
    from.take(limit).read_to_end(&mut bytes).map_err(|e| unreadable(name, e))?;
    if bytes.len() > FILE_BYTES_MAX {
        let limit = FILE_BYTES_MAX / (1024 * 1024);
        return Err(Error::usage(format!("{name} is over {limit} MiB")));
    }
    String::from_utf8(bytes).map_err(|_| Error::usage(format!("{name} is not text in UTF-8")))
}

fn unreadable(name: &str, e: std::io::Error) -> Error {
    Error::usage(format!("cannot read {name}")).cause(e)
}

/// In the order of their names, so that a folder always means the same.
fn manifests_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let shown = folder.display().to_string();
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| unreadable(&shown, e))? {
        let path = entry.map_err(|e| unreadable(&shown, e))?.path();
        let hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
        let named = path
            .extension()
            .and_then(|ending| ending.to_str())
            .is_some_and(|ending| matches!(ending, "yaml" | "yml" | "json"));
        if named && !hidden && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
