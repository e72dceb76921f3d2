//! Why a sink could not be made ready, filled or put back. Nothing here repeats a key.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::SinkSpec;
use super::dotenv::BadEnvFile;
use crate::keychain::KeychainError;

#[derive(Debug, Error)]
pub enum SinkError {
    #[error("the directory `{}` does not exist", dir.display())]
    NoDirectory { dir: PathBuf },
    #[error("cannot write in the directory `{}`: {cause}", dir.display())]
    DirectoryNotWritable { dir: PathBuf, cause: io::Error },
    #[error("`{}` is a directory", path.display())]
    IsDirectory { path: PathBuf },
    #[error("`{}` is a symbolic link{}", path.display(), leads_to(target.as_deref()))]
    IsSymlink { path: PathBuf, target: Option<PathBuf> },
    #[error("`{}` is not a regular file", path.display())]
    NotRegular { path: PathBuf },
    #[error("`{}` has {bytes} bytes, more than the {max} that are kept for an undo", path.display())]
    TooLarge { path: PathBuf, bytes: u64, max: u64 },
    #[error("`{}` belongs to another user (uid {owner})", path.display())]
    NotOurs { path: PathBuf, owner: u32 },
    #[error("other users of this machine can read `{}` (mode {mode:04o})", path.display())]
    TooOpen { path: PathBuf, mode: u32 },
    #[error("cannot edit `{}`: {why}", path.display())]
    EnvFile { path: PathBuf, why: BadEnvFile },
    #[error("cannot read `{}`: {cause}", path.display())]
    Read { path: PathBuf, cause: io::Error },
    #[error("cannot write `{}`: {cause}", path.display())]
    Write { path: PathBuf, cause: io::Error },
    #[error("`{}` was changed by another program meanwhile", path.display())]
    Changed { path: PathBuf },
    #[error("the key has characters that are not safe to write there")]
    NotPlain,
    #[error("there is no `{program}` in the PATH")]
    NoProgram { program: &'static str },
    #[error("there is no clipboard tool for this session in the PATH ({tried})")]
    NoClipboard { tried: String },
    #[error("cannot start `{program}`: {cause}")]
    Start { program: String, cause: io::Error },
    #[error("the command ended with status {status}")]
    CommandFailed { status: i32 },
    #[error("the command was ended by signal {signal}")]
    CommandKilled { signal: i32 },
    #[error("the command did not end within {seconds} s and was stopped")]
    CommandTooSlow { seconds: u64 },
    #[error("the command ended well but did not read the whole key")]
    CommandDidNotRead,
    #[error("cannot pass the key to the command: {cause}")]
    Pipe { cause: io::Error },
    #[error("cannot open the terminal: {cause}")]
    NoTerminal { cause: io::Error },
    #[error("cannot write the key to {place}: {cause}")]
    Stream { place: &'static str, cause: io::Error },
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    #[error("the destination does not give back the key that was written to it")]
    NotKept,
    #[error("{spec} already holds {what}")]
    Occupied { spec: SinkSpec, what: String },
    #[error("cannot lock it: {cause}")]
    Locked { cause: io::Error },
    #[error("the entry in the keychain was changed by another program meanwhile")]
    EntryChanged,
    #[error("two sinks write to `{}`", path.display())]
    SharedFile { path: PathBuf },
    #[error("the sink is named twice")]
    Twice,
}

impl SinkError {
    /// What to do next, where there is something to say.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NoDirectory { dir } => format!("run `mkdir -p {}`", dir.display()),
            Self::IsSymlink { target: Some(target), .. } => {
                format!("name the file itself: `{}`", target.display())
            }
            Self::IsSymlink { path, target: None } => format!("remove it: `rm {}`", path.display()),
            Self::IsDirectory { path } => format!("name a file in it: `{}/NAME`", path.display()),
            Self::NotRegular { path } => special_file(path),
            Self::NotOurs { .. } => "run this as its owner, or name another file".to_owned(),
            Self::TooOpen { path, .. } => format!("run `chmod 600 {}`", path.display()),
            Self::EnvFile { why, .. } => return why.hint(),
            Self::Occupied { .. } => "name another destination: `--to`".to_owned(),
            Self::NotKept => "another program may have written to it; try again".to_owned(),
            Self::Locked { .. } => "wait for the other clawctl, or stop it".to_owned(),
            Self::Changed { .. } => "look at the file, then try again".to_owned(),
            Self::NoClipboard { .. } => {
                "install wl-clipboard, xclip or xsel, or use `exec:COMMAND`".to_owned()
            }
            Self::CommandFailed { status: 127 } => {
                "the shell found no such program; check the spelling and the PATH".to_owned()
            }
            Self::CommandDidNotRead => {
                "the key is one line on the command's standard input; read all of it".to_owned()
            }
            Self::CommandTooSlow { .. } => {
                "it may be waiting for an answer; try it by hand with a made-up key".to_owned()
            }
            Self::NoTerminal { .. } => "use `stdout` or `file:PATH` here".to_owned(),
            Self::Keychain(error) => return error.hint(),
            Self::SharedFile { .. } | Self::Twice => "leave one of them out".to_owned(),
            _ => return None,
        };
        Some(hint)
    }
}

fn special_file(path: &Path) -> String {
    match path.to_str() {
        Some("/dev/stdout" | "/dev/fd/1") => "use `stdout`".to_owned(),
        Some("/dev/tty") => "use `tty`".to_owned(),
        _ => format!("use `exec:cat >{}` if you mean it", path.display()),
    }
}

fn leads_to(target: Option<&Path>) -> String {
    match target {
        Some(target) => format!(" to `{}`", target.display()),
        None => " that leads nowhere".to_owned(),
    }
}

/// Why a delivered key is still where it was delivered.
#[derive(Debug, Error)]
pub enum NotUndone {
    #[error("{why}")]
    Impossible { why: &'static str },
    #[error("it could not be put back: {0}")]
    Failed(SinkError),
}

/// What should be said about a sink that is ready nevertheless.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Warning {
    #[error("the mode of `{}` will become 0600 (now {mode:04o})", path.display())]
    WillNarrow { path: PathBuf, mode: u32 },
    #[error("`{}` exists and will be replaced", path.display())]
    WillReplace { path: PathBuf },
    #[error("the entry exists in the keychain and will be replaced")]
    WillReplaceEntry,
    #[error("every program of this session can read the clipboard, and some keep its history")]
    ClipboardIsShared,
}
