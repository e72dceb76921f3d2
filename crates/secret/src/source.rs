//! Where a secret that somebody already has is read from. Never from an argument.

use std::ffi::OsString;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use thiserror::Error;
use zeroize::Zeroizing;

use super::Secret;

/// The longest secret that is read, in bytes.
pub const SECRET_BYTES_MAX: usize = 64 * 1024;

/// Where to read a secret from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretSource {
    Stdin,
    /// `-` is standard input.
    File(PathBuf),
    /// The name of an environment variable.
    Env(String),
    /// The words of a hidden prompt.
    Prompt(String),
}

/// What a source may read, given as values.
pub struct Inputs<'a> {
    pub stdin: &'a mut dyn Read,
    pub env: &'a dyn Fn(&str) -> Option<OsString>,
    /// Asks without an echo. `None` where nobody may be asked; [`hidden_prompt`] elsewhere.
    pub prompt: Option<&'a Ask>,
}

/// Shows the words and returns the answer.
pub type Ask = dyn Fn(&str) -> io::Result<String>;

/// A secret, with what should be said about the place it came from.
#[derive(Debug)]
pub struct Received {
    pub secret: Secret,
    pub warning: Option<SourceWarning>,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SourceWarning {
    #[error("other users of this machine can read `{}` (mode {mode:04o})", path.display())]
    ReadableByOthers { path: PathBuf, mode: u32 },
}

impl SourceWarning {
    pub fn hint(&self) -> String {
        let Self::ReadableByOthers { path, .. } = self;
        format!("run `chmod 600 {}`", path.display())
    }
}

/// Why no secret was read. No variant repeats any of what was.
#[derive(Debug, Error)]
pub enum SourceError {
    #[error("{from} holds no secret: it is empty")]
    Empty { from: Origin },
    #[error("{from} holds more than {SECRET_BYTES_MAX} bytes, too many for a secret")]
    TooLong { from: Origin },
    #[error("{from} does not hold text in UTF-8")]
    NotText { from: Origin },
    #[error("{from} holds a NUL byte, which no secret has")]
    Nul { from: Origin },
    #[error("the environment variable `{name}` is not set")]
    NotSet { name: String },
    #[error("a secret is needed (`{prompt}`), and nobody can be asked for it here")]
    NoPrompt { prompt: String },
    #[error("cannot read {from}: {cause}")]
    Unreadable { from: Origin, cause: io::Error },
}

impl SourceError {
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NotSet { name } => format!("set `{name}` in the environment"),
            Self::NoPrompt { .. } => "give it on stdin, in a file or in a variable".to_owned(),
            Self::NotText { .. } | Self::Nul { .. } => {
                "save the secret alone, as plain text in UTF-8".to_owned()
            }
            Self::Empty { from: Origin::Stdin } => {
                "pipe the secret in, e.g. from `pass show NAME`".to_owned()
            }
            Self::Empty { .. } | Self::TooLong { .. } | Self::Unreadable { .. } => return None,
        };
        Some(hint)
    }
}

/// The place that an error is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    Stdin,
    File(PathBuf),
    Env(String),
    Prompt,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("standard input"),
            Self::File(path) => write!(f, "`{}`", path.display()),
            Self::Env(name) => write!(f, "the environment variable `{name}`"),
            Self::Prompt => f.write_str("the answer"),
        }
    }
}

impl SecretSource {
    /// Reads the secret, without the one line break that editors and `echo` put behind it.
    pub fn read(&self, inputs: &mut Inputs<'_>) -> Result<Received, SourceError> {
        match self {
            Self::Stdin => read_limited(inputs.stdin, Origin::Stdin),
            Self::File(path) if path == Path::new("-") => read_limited(inputs.stdin, Origin::Stdin),
            Self::File(path) => read_file(path),
            Self::Env(name) => {
                let set = (inputs.env)(name);
                let value = set.ok_or_else(|| SourceError::NotSet { name: name.clone() })?;
                let from = Origin::Env(name.clone());
                accept(&Zeroizing::new(value.into_encoded_bytes()), from)
            }
            Self::Prompt(prompt) => {
                let Some(ask) = inputs.prompt else {
                    return Err(SourceError::NoPrompt { prompt: prompt.clone() });
                };
                let answer = ask(prompt)
                    .map_err(|cause| SourceError::Unreadable { from: Origin::Prompt, cause })?;
                accept(&Zeroizing::new(answer.into_bytes()), Origin::Prompt)
            }
        }
    }
}

/// Asks on the terminal without an echo. It fails where there is no terminal.
pub fn hidden_prompt(prompt: &str) -> io::Result<String> {
    dialoguer::Password::new().with_prompt(prompt).interact().map_err(|error| match error {
        dialoguer::Error::IO(cause) => cause,
    })
}

fn read_file(path: &Path) -> Result<Received, SourceError> {
    let from = Origin::File(path.to_owned());
    let unreadable = |cause| SourceError::Unreadable { from: from.clone(), cause };
    let mut file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    let mode = metadata.permissions().mode() & 0o7777;
    let mut received = read_limited(&mut file, from)?;
    // A pipe (`--key-file <(pass show x)`) has a mode too, but nobody else can open it.
    if metadata.is_file() && mode & 0o077 != 0 {
        received.warning = Some(SourceWarning::ReadableByOthers { path: path.to_owned(), mode });
    }
    Ok(received)
}

fn read_limited(from: &mut dyn Read, origin: Origin) -> Result<Received, SourceError> {
    // The buffer has its full size at once, because one that grows leaves copies behind. The
    // three more bytes tell a secret of the greatest length and a line break from a longer one.
    let mut buffer = Zeroizing::new(vec![0_u8; SECRET_BYTES_MAX + 3]);
    let mut filled = 0;
    while filled < buffer.len() {
        match from.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(SourceError::Unreadable { from: origin, cause }),
        }
    }
    accept(&buffer[..filled], origin)
}

fn accept(bytes: &[u8], from: Origin) -> Result<Received, SourceError> {
    let line =
        bytes.strip_suffix(b"\n").map_or(bytes, |line| line.strip_suffix(b"\r").unwrap_or(line));
    if line.len() > SECRET_BYTES_MAX {
        return Err(SourceError::TooLong { from });
    }
    if line.is_empty() {
        return Err(SourceError::Empty { from });
    }
    if line.contains(&0) {
        return Err(SourceError::Nul { from });
    }
    // The error of the conversion is dropped on purpose: its `Debug` would show the bytes.
    let Ok(text) = std::str::from_utf8(line) else { return Err(SourceError::NotText { from }) };
    Ok(Received { secret: Secret::new(text.to_owned()), warning: None })
}

#[cfg(test)]
mod tests;
