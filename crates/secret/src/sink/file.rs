//! `file:PATH`: a file of mode 0600 with the key and nothing else, not even a newline.
//!
//! Programs that read a secret from a file often take all of its bytes, and a newline in a header
//! is refused.

use std::path::{Path, PathBuf};

use super::error::{NotUndone, SinkError, Warning};
use super::replace::{self, Before, Replacement};
use super::{Replaces, Sink, SinkSpec};
use crate::Secret;
use crate::disk::{Access, Locked};

pub(super) struct FileSink {
    spec: SinkSpec,
    path: PathBuf,
    replaces: Replaces,
    replacement: Replacement,
}

impl FileSink {
    pub(super) fn new(path: &Path, replaces: Replaces) -> Self {
        Self {
            spec: SinkSpec::File(path.to_owned()),
            path: path.to_owned(),
            replaces,
            replacement: Replacement::at(path),
        }
    }

    /// What stands there, if it may be replaced.
    fn examine(&self, locked: &Locked) -> Result<(Before, Option<Warning>), SinkError> {
        let before = replace::look(&self.path)?;
        let us = locked.owner_here().map_err(|cause| SinkError::Locked { cause })?;
        let Before::File(content) = &before else { return Ok((before, None)) };
        // Somebody may have put the file there to be given the key, and a file of ours in its
        // place is one that its owner can no longer read.
        if content.owner.user != us.user {
            return Err(SinkError::NotOurs { path: self.path.clone(), owner: content.owner.user });
        }
        self.replaces.check(&self.spec, &content.bytes)?;
        let (path, mode) = (self.path.clone(), content.mode);
        let warning = match mode & 0o7177 {
            0 if content.bytes.is_empty() => None,
            0 => Some(Warning::WillReplace { path }),
            _ => Some(Warning::WillNarrow { path, mode }),
        };
        Ok((before, warning))
    }
}

impl Sink for FileSink {
    fn spec(&self) -> &SinkSpec {
        &self.spec
    }

    fn replace_anything(&mut self) {
        self.replaces = Replaces::Anything;
    }

    fn check(&mut self) -> Result<Option<Warning>, SinkError> {
        // What is there is looked at first, so that a path which names no file is told as such.
        replace::look(&self.path)?;
        Ok(self.examine(&replace::lock(&self.path)?)?.1)
    }

    fn deliver(&mut self, key: &Secret) -> Result<(), SinkError> {
        replace::look(&self.path)?;
        let locked = replace::lock(&self.path)?;
        let (before, _) = self.examine(&locked)?;
        self.replacement.put(&locked, before, key.expose().as_bytes(), Access::PRIVATE)
    }

    fn held(&self) -> Option<Secret> {
        replace::held(&self.path, |bytes| Some(bytes))
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
