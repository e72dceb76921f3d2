//! `stdout` and `tty`: the key among other text, on a stream that cannot be taken back.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use zeroize::Zeroizing;

use super::error::SinkError;
use crate::Secret;

/// The text around a key. The view makes it; the key itself is put in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub before: String,
    pub after: String,
}

impl Frame {
    /// The bare key and a newline, as a pipe wants it.
    pub fn bare() -> Self {
        Self { before: String::new(), after: "\n".to_owned() }
    }
}

/// Writes a framed key to standard output, and flushes it. A reader that has gone is an error
/// here, unlike anywhere else: the key was not delivered.
pub fn to_stdout(out: &mut dyn Write, key: &Secret, frame: &Frame) -> Result<(), SinkError> {
    write(out, key, frame).map_err(|cause| SinkError::Stream { place: "stdout", cause })
}

/// Opens the terminal and closes it again.
pub(super) fn check_terminal(terminal: &Path) -> Result<(), SinkError> {
    open(terminal).map(drop)
}

pub(super) fn to_terminal(terminal: &Path, key: &Secret, frame: &Frame) -> Result<(), SinkError> {
    let mut file = open(terminal)?;
    write(&mut file, key, frame).map_err(|cause| SinkError::Stream { place: "the terminal", cause })
}

fn open(terminal: &Path) -> Result<File, SinkError> {
    let file = OpenOptions::new().write(true).open(terminal);
    file.map_err(|cause| SinkError::NoTerminal { cause })
}

/// In one write, so that nothing of another program comes between.
fn write(out: &mut dyn Write, key: &Secret, frame: &Frame) -> io::Result<()> {
    let parts = [frame.before.as_str(), key.expose(), frame.after.as_str()];
    let mut text = Zeroizing::new(String::with_capacity(parts.map(str::len).iter().sum()));
    for part in parts {
        text.push_str(part);
    }
    out.write_all(text.as_bytes())?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Secret {
        Secret::new("canary-key".into())
    }

    #[test]
    fn a_bare_key_ends_with_a_newline() {
        let mut out = Vec::new();
        to_stdout(&mut out, &key(), &Frame::bare()).unwrap();
        assert_eq!(out, b"canary-key\n");
        out.clear();
        let frame = Frame { before: "{\"key\":\"".into(), after: "\"}\n".into() };
        to_stdout(&mut out, &key(), &frame).unwrap();
        assert_eq!(out, b"{\"key\":\"canary-key\"}\n");
    }

    #[test]
    fn a_full_device_is_a_failed_delivery() {
        let Ok(full) = OpenOptions::new().write(true).open("/dev/full") else { return };
        // With a buffer the failure comes only when it is flushed.
        let mut out = io::BufWriter::new(full);
        let error = to_stdout(&mut out, &key(), &Frame::bare()).unwrap_err();
        assert!(
            error.to_string().starts_with("cannot write the key to stdout: No space"),
            "{error}"
        );
        assert!(!format!("{error:?}").contains("canary"));
    }

    #[test]
    fn a_reader_that_has_gone_is_a_failed_delivery() {
        let (reader, mut writer) = io::pipe().unwrap();
        drop(reader);
        let error = to_stdout(&mut writer, &key(), &Frame::bare()).unwrap_err();
        let SinkError::Stream { cause, .. } = error else { panic!("{error}") };
        assert_eq!(cause.kind(), io::ErrorKind::BrokenPipe);
    }

    #[test]
    fn a_terminal_that_cannot_be_opened_is_an_error() {
        let error = check_terminal(Path::new("/nowhere/tty")).unwrap_err();
        assert!(matches!(error, SinkError::NoTerminal { .. }));
        let file = tempfile::NamedTempFile::new().unwrap();
        to_terminal(file.path(), &key(), &Frame::bare()).unwrap();
        assert_eq!(std::fs::read(file.path()).unwrap(), b"canary-key\n");
    }
}
