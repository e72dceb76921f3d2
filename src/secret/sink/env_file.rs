//! `env-file:PATH:NAME`: one line of a dotenv file. Every other byte stays as it is.

use std::path::{Path, PathBuf};

use super::dotenv;
use super::error::{NotUndone, SinkError, Warning};
use super::replace::{self, Before, Replacement};
use super::{Sink, SinkSpec};
use crate::secret::Secret;

pub(super) struct EnvFileSink {
    spec: SinkSpec,
    path: PathBuf,
    name: String,
    replacement: Replacement,
}

impl EnvFileSink {
    pub(super) fn new(path: &Path, name: &str) -> Self {
        Self {
            spec: SinkSpec::EnvFile { path: path.to_owned(), name: name.to_owned() },
            path: path.to_owned(),
            name: name.to_owned(),
            replacement: Replacement::at(path),
        }
    }
}

impl Sink for EnvFileSink {
    fn spec(&self) -> &SinkSpec {
        &self.spec
    }

    fn check(&mut self) -> Result<Option<Warning>, SinkError> {
        let before = replace::look(&self.path)?;
        replace::try_directory(&self.path)?;
        let Before::File(content) = before else { return Ok(None) };
        // Narrowing the mode here would be a surprise for the program that reads the file, and
        // leaving it would show the key. So it is for the owner to decide.
        if content.mode & 0o077 != 0 {
            return Err(SinkError::TooOpen { path: self.path.clone(), mode: content.mode });
        }
        // This is an edit: the file stays whose it was.
        replace::try_owner(&self.path, content.owner)?;
        dotenv::set(&content.bytes, &self.name, "sample")
            .map_err(|why| SinkError::EnvFile { path: self.path.clone(), why })?;
        Ok(None)
    }

    fn deliver(&mut self, key: &Secret) -> Result<(), SinkError> {
        // What every dialect reads as itself, with quotes and without.
        if !key.expose().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') {
            return Err(SinkError::NotPlain);
        }
        self.check()?;
        let before = replace::look(&self.path)?;
        let (old, mode, owner) = match &before {
            Before::Nothing => (&[][..], 0o600, None),
            Before::File(content) => (&content.bytes[..], content.mode, Some(content.owner)),
        };
        let new = dotenv::set(old, &self.name, key.expose())
            .map_err(|why| SinkError::EnvFile { path: self.path.clone(), why })?;
        self.replacement.put(before, &new, mode, owner)
    }

    fn held(&self) -> Option<Secret> {
        replace::held(&self.path, |bytes| dotenv::get(bytes, &self.name))
    }

    fn undo(&mut self) -> Result<(), NotUndone> {
        self.replacement.undo()
    }
}

#[cfg(test)]
mod tests;
