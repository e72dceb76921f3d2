//! `exec:COMMAND`: the key is a line on the standard input of what `sh -c` runs.

use std::process::Command;
use std::sync::Arc;

use super::child::{self, Ending};
use super::error::{NotUndone, SinkError, Warning};
use super::surroundings::Surroundings;
use super::{Sink, SinkSpec};
use crate::Secret;

pub(super) struct ExecSink {
    spec: SinkSpec,
    command: String,
    surroundings: Arc<Surroundings>,
    started: bool,
}

impl ExecSink {
    pub(super) fn new(command: &str, surroundings: Arc<Surroundings>) -> Self {
        let spec = SinkSpec::Exec(command.to_owned());
        Self { spec, command: command.to_owned(), surroundings, started: false }
    }
}

impl Sink for ExecSink {
    fn spec(&self) -> &SinkSpec {
        &self.spec
    }

    fn check(&mut self) -> Result<Option<Warning>, SinkError> {
        match self.surroundings.shell() {
            Some(_) => Ok(None),
            None => Err(SinkError::NoProgram { program: "sh" }),
        }
    }

    fn deliver(&mut self, key: &Secret) -> Result<(), SinkError> {
        let shell = self.surroundings.shell().ok_or(SinkError::NoProgram { program: "sh" })?;
        let output = || self.surroundings.output().map_err(|cause| SinkError::Pipe { cause });
        let mut command = Command::new(shell);
        command.args(["-c", &self.command]).stdout(output()?).stderr(output()?);
        self.started = true;
        child::feed(command, key, Ending::Newline, &self.surroundings)
    }

    fn undo(&mut self) -> Result<(), NotUndone> {
        match self.started {
            true => Err(NotUndone::Impossible { why: "what the command did cannot be undone" }),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
