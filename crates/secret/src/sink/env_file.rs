//! `env-file:PATH:NAME`: one line of a dotenv file. Every other byte stays as it is.

use std::path::{Path, PathBuf};

use super::dotenv;
use super::error::{NotUndone, SinkError, Warning};
use super::replace::{self, Before, Replacement};
use super::{Replaces, Sink, SinkSpec};
use crate::Secret;
use crate::disk::{Access, Locked};

pub(super) struct EnvFileSink {
    spec: SinkSpec,
    path: PathBuf,
    name: String,
    replaces: Replaces,
    replacement: Replacement,
}

impl EnvFileSink {
    pub(super) fn new(path: &Path, name: &str, replaces: Replaces) -> Self {
        Self {
            spec: SinkSpec::EnvFile { path: path.to_owned(), name: name.to_owned() },
            path: path.to_owned(),
            name: name.to_owned(),
            replaces,
            replacement: Replacement::at(path),
        }
    }

    /// What stands there, if the line in it may be set.
    fn examine(&self, locked: &Locked) -> Result<Before, SinkError> {
        let before = replace::look(&self.path)?;
        let Before::File(content) = &before else { return Ok(before) };
        // Narrowing the mode here would be a surprise for the program that reads the file, and
        // leaving it would show the key. So it is for the owner to decide.
        if content.mode & 0o077 != 0 {
            return Err(SinkError::TooOpen { path: self.path.clone(), mode: content.mode });
        }
        // This is an edit: the file stays whose it was.
        replace::try_owner(locked, &self.path, content.owner)?;
        dotenv::set(&content.bytes, &self.name, "sample")
            .map_err(|why| SinkError::EnvFile { path: self.path.clone(), why })?;
        if let Some(value) = dotenv::get(&content.bytes, &self.name) {
            self.replaces.check(&self.spec, value)?;
        }
        Ok(before)
    }
}

impl Sink for EnvFileSink {
    fn spec(&self) -> &SinkSpec {
        &self.spec
    }

    fn replace_anything(&mut self) {
        self.replaces = Replaces::Anything;
    }

    fn check(&mut self) -> Result<Option<Warning>, SinkError> {
        replace::look(&self.path)?;
        self.examine(&replace::lock(&self.path)?)?;
        Ok(None)
    }

    fn deliver(&mut self, key: &Secret) -> Result<(), SinkError> {
        // What every dialect reads as itself, with quotes and without.
        if !key.expose().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') {
            return Err(SinkError::NotPlain);
        }
        replace::look(&self.path)?;
        // Held from the read to the write: others set their lines of this file at the same time.
        let locked = replace::lock(&self.path)?;
        let before = self.examine(&locked)?;
        let (old, access) = match &before {
            Before::Nothing => (&[][..], Access::PRIVATE),
            Before::File(content) => {
                let access = Access { mode: content.mode, owner: Some(content.owner) };
                (&content.bytes[..], access)
            }
        };
        let new = dotenv::set(old, &self.name, key.expose())
            .map_err(|why| SinkError::EnvFile { path: self.path.clone(), why })?;
        self.replacement.put(&locked, before, &new, access)
    }

    fn held(&self) -> Option<Secret> {
        replace::held(&self.path, |bytes| dotenv::get(bytes, &self.name))
    }

    fn keeps(&self) -> bool {
        true
    }

    fn undo(&mut self) -> Result<(), NotUndone> {
        self.replacement.undo()
    }
}

#[cfg(test)]
mod tests;
