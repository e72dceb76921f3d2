//! `file:PATH`: a file of mode 0600 with the key and nothing else, not even a newline.
//!
//! Programs that read a secret from a file often take all of its bytes, and a newline in a header
//! is refused.

use std::path::{Path, PathBuf};

use super::error::{NotUndone, SinkError, Warning};
use super::replace::{self, Before, Replacement};
use super::{Sink, SinkSpec};
use crate::secret::Secret;

pub(super) struct FileSink {
    spec: SinkSpec,
    path: PathBuf,
    replacement: Replacement,
}

impl FileSink {
    pub(super) fn new(path: &Path) -> Self {
        Self {
            spec: SinkSpec::File(path.to_owned()),
            path: path.to_owned(),
            replacement: Replacement::at(path),
        }
    }
}

impl Sink for FileSink {
    fn spec(&self) -> &SinkSpec {
        &self.spec
    }

    fn check(&mut self) -> Result<Option<Warning>, SinkError> {
        let before = replace::look(&self.path)?;
        let us = replace::try_directory(&self.path)?;
        let Before::File(content) = before else { return Ok(None) };
        // Somebody may have put the file there to be given the key, and a file of ours in its
        // place is one that its owner can no longer read.
        if content.owner.user != us.user {
            return Err(SinkError::NotOurs { path: self.path.clone(), owner: content.owner.user });
        }
        let (path, mode) = (self.path.clone(), content.mode);
        Ok(Some(match mode & 0o7177 {
            0 => Warning::WillReplace { path },
            _ => Warning::WillNarrow { path, mode },
        }))
    }

    fn deliver(&mut self, key: &Secret) -> Result<(), SinkError> {
        self.check()?;
        let before = replace::look(&self.path)?;
        self.replacement.put(before, key.expose().as_bytes(), 0o600, None)
    }

    fn held(&self) -> Option<Secret> {
        replace::held(&self.path, |bytes| Some(bytes))
    }

    fn undo(&mut self) -> Result<(), NotUndone> {
        self.replacement.undo()
    }
}

#[cfg(test)]
mod tests;
