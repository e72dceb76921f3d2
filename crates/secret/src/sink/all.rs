//! All the sinks of one key: checked together, filled together, or put back together.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use super::clipboard::ClipboardSink;
use super::env_file::EnvFileSink;
use super::error::{NotUndone, SinkError, Warning};
use super::exec::ExecSink;
use super::file::FileSink;
use super::keyring::KeyringSink;
use super::reveal::{self, Frame};
use super::surroundings::Surroundings;
use super::{Replaces, Sink, SinkSpec};
use crate::Secret;
use crate::disk;

/// The sinks of one key, in the order in which they are filled: first those that can be put
/// back, then the commands, and the streams last.
pub struct Sinks {
    kept: Vec<Box<dyn Sink>>,
    /// `Tty` and `Stdout`, which need what the view makes of the key.
    streams: Vec<SinkSpec>,
    /// How many of the streams have shown the key.
    shown: usize,
    surroundings: Arc<Surroundings>,
}

/// What the streams show around the key.
pub struct Reveal<'a> {
    pub stdout: &'a mut dyn Write,
    pub stdout_frame: Frame,
    pub tty_frame: Frame,
}

/// A sink that is ready, and what should be said about it.
#[derive(Debug)]
pub struct Checked {
    pub sink: String,
    pub warning: Warning,
}

/// A sink is not ready. Nothing was delivered anywhere.
#[derive(Debug, Error)]
#[error("the sink `{sink}` cannot be used: {error}")]
pub struct CheckFailed {
    pub sink: String,
    pub error: SinkError,
}

/// A sink failed, and the ones before it were put back as far as they can be.
#[derive(Debug, Error)]
#[error("the key was not delivered to `{sink}`: {error}")]
pub struct DeliveryFailed {
    pub sink: String,
    pub error: Box<SinkError>,
    pub undone: Undone,
}

/// What became of the sinks when they were put back.
#[derive(Debug)]
pub struct Undone {
    /// The sinks that are again as they were.
    pub put_back: Vec<String>,
    /// The sinks that may still hold the key.
    pub left: Vec<Left>,
}

/// A sink that may still hold a key which is not valid.
#[derive(Debug, Error)]
#[error("`{sink}` may hold a key that will not work: {why}")]
pub struct Left {
    pub sink: String,
    pub why: NotUndone,
}

impl CheckFailed {
    pub fn hint(&self) -> Option<String> {
        self.error.hint()
    }
}

impl DeliveryFailed {
    pub fn hint(&self) -> Option<String> {
        self.error.hint()
    }
}

impl Sinks {
    /// Makes the sinks ready to be checked. Nothing is opened or started yet.
    pub fn new(specs: &[SinkSpec], surroundings: Surroundings, replaces: &Replaces) -> Self {
        let surroundings = Arc::new(surroundings);
        let mut ordered: Vec<&SinkSpec> = specs.iter().collect();
        ordered.sort_by_key(|spec| turn(spec));
        let mut streams = Vec::new();
        let mut kept: Vec<Box<dyn Sink>> = Vec::new();
        for spec in ordered {
            let shared = Arc::clone(&surroundings);
            match spec {
                SinkSpec::Stdout | SinkSpec::Tty => streams.push(spec.clone()),
                SinkSpec::File(path) => {
                    kept.push(Box::new(FileSink::new(path, replaces.clone())));
                }
                SinkSpec::EnvFile { path, name } => {
                    kept.push(Box::new(EnvFileSink::new(path, name, replaces.clone())));
                }
                SinkSpec::Keyring { service, account } => {
                    let replaces = replaces.clone();
                    kept.push(Box::new(KeyringSink::new(service, account, shared, replaces)));
                }
                SinkSpec::Exec(command) => kept.push(Box::new(ExecSink::new(command, shared))),
                SinkSpec::Clipboard => kept.push(Box::new(ClipboardSink::new(shared))),
            }
        }
        Self { kept, streams, shown: 0, surroundings }
    }

    /// Proves that every sink can take a key. Call it before anything is sent to a router.
    pub fn check_all(&mut self) -> Result<Vec<Checked>, CheckFailed> {
        self.check_apart()?;
        let mut warnings = Vec::new();
        for sink in &mut self.kept {
            let name = sink.spec().to_string();
            match sink.check() {
                Ok(warning) => {
                    warnings.extend(warning.map(|warning| Checked { sink: name, warning }));
                }
                Err(error) => return Err(CheckFailed { sink: name, error }),
            }
        }
        if self.streams.contains(&SinkSpec::Tty) {
            reveal::check_terminal(&self.surroundings.terminal)
                .map_err(|error| CheckFailed { sink: SinkSpec::Tty.to_string(), error })?;
        }
        Ok(warnings)
    }

    /// From now on whatever stands in the sinks may be replaced.
    pub fn replace_anything(&mut self) {
        self.kept.iter_mut().for_each(|sink| sink.replace_anything());
    }

    /// What stands in the sinks now, where it can be read back.
    pub fn held(&self) -> Vec<Secret> {
        self.kept.iter().filter_map(|sink| sink.held()).collect()
    }

    /// Delivers to every sink, or to none: at the first failure the earlier ones are put back, the
    /// latest first. The one that failed is put back too, because it may have got half way.
    pub fn deliver_all(
        &mut self,
        key: &Secret,
        reveal: &mut Reveal<'_>,
    ) -> Result<(), DeliveryFailed> {
        for index in 0..self.kept.len() {
            if let Err(error) = self.kept[index].deliver(key) {
                let sink = self.kept[index].spec().to_string();
                let (error, undone) = (Box::new(error), self.undo(index + 1));
                return Err(DeliveryFailed { sink, error, undone });
            }
        }
        // Another program may have written over the first while the last was filled.
        for index in 0..self.kept.len() {
            let sink = &self.kept[index];
            if sink.keeps() && sink.held().as_ref() != Some(key) {
                let (sink, error) = (sink.spec().to_string(), Box::new(SinkError::NotKept));
                return Err(DeliveryFailed { sink, error, undone: self.undo(self.kept.len()) });
            }
        }
        for index in 0..self.streams.len() {
            let written = match self.streams[index] {
                SinkSpec::Tty => {
                    let terminal = &self.surroundings.terminal;
                    reveal::to_terminal(terminal, key, &reveal.tty_frame)
                }
                _ => reveal::to_stdout(reveal.stdout, key, &reveal.stdout_frame),
            };
            if let Err(error) = written {
                let sink = self.streams[index].to_string();
                let (error, undone) = (Box::new(error), self.undo(self.kept.len()));
                return Err(DeliveryFailed { sink, error, undone });
            }
            self.shown = index + 1;
        }
        Ok(())
    }

    /// Puts every sink back, the latest first: for a router that refuses after the delivery.
    pub fn undo_all(&mut self) -> Undone {
        self.undo(self.kept.len())
    }

    fn undo(&mut self, count: usize) -> Undone {
        let shown = self.streams[..self.shown].iter().map(|stream| Left {
            sink: stream.to_string(),
            why: NotUndone::Impossible { why: "it was shown already" },
        });
        let mut undone = Undone { put_back: Vec::new(), left: shown.collect() };
        for sink in self.kept[..count].iter_mut().rev() {
            let outcome = sink.undo();
            let sink = sink.spec().to_string();
            match outcome {
                Ok(()) => undone.put_back.push(sink),
                Err(why) => undone.left.push(Left { sink, why }),
            }
        }
        undone
    }

    /// Two sinks of one file overwrite each other, but two names of one dotenv file do not.
    fn check_apart(&self) -> Result<(), CheckFailed> {
        let specs: Vec<&SinkSpec> =
            self.kept.iter().map(|sink| sink.spec()).chain(&self.streams).collect();
        for (index, spec) in specs.iter().enumerate() {
            let refused = |error| CheckFailed { sink: spec.to_string(), error };
            for earlier in &specs[..index] {
                if spec == earlier {
                    return Err(refused(SinkError::Twice));
                }
                let (Some(a), Some(b)) = (place(earlier), place(spec)) else { continue };
                let apart = a.name.is_some() && b.name.is_some() && a.name != b.name;
                if a.file == b.file && !apart {
                    return Err(refused(SinkError::SharedFile { path: b.file }));
                }
            }
        }
        Ok(())
    }
}

/// Which sinks come first.
fn turn(spec: &SinkSpec) -> u8 {
    match spec {
        SinkSpec::File(_) | SinkSpec::EnvFile { .. } | SinkSpec::Keyring { .. } => 0,
        SinkSpec::Exec(_) => 1,
        SinkSpec::Clipboard => 2,
        SinkSpec::Tty => 3,
        SinkSpec::Stdout => 4,
    }
}

struct Place<'a> {
    file: PathBuf,
    name: Option<&'a str>,
}

fn place(spec: &SinkSpec) -> Option<Place<'_>> {
    let (path, name): (&Path, _) = match spec {
        SinkSpec::File(path) => (path, None),
        SinkSpec::EnvFile { path, name } => (path, Some(name.as_str())),
        _ => return None,
    };
    // The file need not exist yet, but its directory does.
    let directory = disk::folder_of(path).canonicalize().ok()?;
    Some(Place { file: directory.join(path.file_name()?), name })
}

#[cfg(test)]
mod tests;
