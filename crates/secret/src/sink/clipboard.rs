//! `clipboard`: by the desktop's own tool, because a library would need a display connection that
//! lives on after us.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

use super::child::{self, Ending};
use super::error::{NotUndone, SinkError, Warning};
use super::surroundings::Surroundings;
use super::{Sink, SinkSpec};
use crate::Secret;

/// A program that takes the new content of the clipboard on its standard input.
struct Tool {
    program: &'static str,
    arguments: &'static [&'static str],
}

const MACOS: Tool = Tool { program: "pbcopy", arguments: &[] };
const WAYLAND: Tool = Tool { program: "wl-copy", arguments: &[] };
const X11: [Tool; 2] = [
    Tool { program: "xclip", arguments: &["-selection", "clipboard"] },
    Tool { program: "xsel", arguments: &["--clipboard", "--input"] },
];

pub(super) struct ClipboardSink {
    surroundings: Arc<Surroundings>,
    started: bool,
}

impl ClipboardSink {
    pub(super) fn new(surroundings: Arc<Surroundings>) -> Self {
        Self { surroundings, started: false }
    }

    fn tool(&self) -> Result<(PathBuf, &'static [&'static str]), SinkError> {
        let mut tried = Vec::new();
        let wayland = self.surroundings.wayland.then_some(&WAYLAND);
        let x11 = if self.surroundings.x11 { &X11[..] } else { &[] };
        for tool in [&MACOS].into_iter().chain(wayland).chain(x11) {
            match self.surroundings.find(tool.program) {
                Some(path) => return Ok((path, tool.arguments)),
                None => tried.push(format!("`{}`", tool.program)),
            }
        }
        Err(SinkError::NoClipboard { tried: tried.join(", ") })
    }
}

impl Sink for ClipboardSink {
    fn spec(&self) -> &SinkSpec {
        &SinkSpec::Clipboard
    }

    fn check(&mut self) -> Result<Option<Warning>, SinkError> {
        self.tool().map(|_| Some(Warning::ClipboardIsShared))
    }

    fn deliver(&mut self, key: &Secret) -> Result<(), SinkError> {
        let (path, arguments) = self.tool()?;
        let mut command = Command::new(path);
        // These tools stay in the background to serve the clipboard. With a stream of ours open
        // they would keep a pipeline that reads it from ending.
        command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
        self.started = true;
        child::feed(command, key, Ending::Nothing, &self.surroundings)
    }

    fn undo(&mut self) -> Result<(), NotUndone> {
        match self.started {
            true => Err(NotUndone::Impossible { why: "the clipboard may hold it; copy something" }),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
