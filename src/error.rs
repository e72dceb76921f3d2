//! What a command fails with: a kind that is an exit code, a message, its causes, and what to do.
//!
//! Every conversion from a lower error is in this file or in those beneath it, so that the exit
//! code and the hint of a failure are decided in one place.

mod call;
mod embedded;
mod hint;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::io;

use crate::foreign::backups::UndoError;
use crate::foreign::file::FileError;
use crate::journal::JournalError;
use clawctl_secret::NoRandomness;
use clawctl_secret::source::SourceError;
use clawctl_wire::id::BadId;
use clawctl_wire::model::BadPattern;
use clawctl_wire::money::BadMoney;

pub use self::hint::{Hint, Inspection};

/// An error of any kind, or a text that stands for one.
pub type Cause = Box<dyn StdError + Send + Sync>;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The exit code of the process. The numbers are a promise; see [`Exit::TABLE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exit(pub u8);

impl Exit {
    pub const DONE: Self = Self(0);
    pub const FAILED: Self = Self(1);
    pub const USAGE: Self = Self(2);
    pub const NOT_FOUND: Self = Self(3);
    pub const DENIED: Self = Self(4);
    pub const CONFLICT: Self = Self(5);
    pub const UNREACHABLE: Self = Self(6);
    pub const STOPPED: Self = Self(7);
    pub const DIFFERENT: Self = Self(10);
    pub const BUDGET_WARNING: Self = Self(20);
    pub const BUDGET_EXHAUSTED: Self = Self(21);
    pub const BUDGET_WILL_RUN_OUT: Self = Self(22);
    pub const BUDGET_UNKNOWN: Self = Self(23);
    pub const KEY_MALFORMED: Self = Self(30);
    pub const KEY_UNKNOWN: Self = Self(31);
    pub const KEY_WRONG_SECRET: Self = Self(32);
    pub const KEY_REVOKED: Self = Self(33);
    pub const KEY_POLICY_DISABLED: Self = Self(34);
    pub const KEY_STALE: Self = Self(35);
    pub const KEY_POLICY_MISSING: Self = Self(36);
    pub const KEY_OWNER_DISABLED: Self = Self(37);
    pub const WHY_REFUSED: Self = Self(40);
    pub const WHY_UNKNOWN: Self = Self(41);

    /// Every exit code and what it says, as help, man page and README print it.
    pub const TABLE: &'static [(Self, &'static str)] = &[
        (Self::DONE, "done"),
        (Self::FAILED, "it failed, wholly or for at least one item"),
        (Self::USAGE, "bad usage or bad input, nothing was sent"),
        (Self::NOT_FOUND, "no such thing"),
        (Self::DENIED, "the router refused the identity (401/403)"),
        (Self::CONFLICT, "conflict: it exists with another shape, or it changed meanwhile"),
        (Self::UNREACHABLE, "the router could not be reached, or did not answer in time"),
        (Self::STOPPED, "stopped: not confirmed, or waiting on evidence"),
        (Self::DIFFERENT, "diff: there are differences"),
        (Self::BUDGET_WARNING, "budget check: above the warning level"),
        (Self::BUDGET_EXHAUSTED, "budget check: exhausted, or less left than is needed"),
        (Self::BUDGET_WILL_RUN_OUT, "budget check: will run out before the reset"),
        (Self::BUDGET_UNKNOWN, "budget check: the ledger is unavailable"),
        (Self::KEY_MALFORMED, "key inspect: not a key"),
        (Self::KEY_UNKNOWN, "key inspect: unknown to this router"),
        (Self::KEY_WRONG_SECRET, "key inspect: wrong secret, as after a rotation"),
        (Self::KEY_REVOKED, "key inspect: revoked or expired"),
        (Self::KEY_POLICY_DISABLED, "key inspect: its policy is disabled"),
        (Self::KEY_STALE, "key inspect: written under an earlier incarnation of its policy"),
        (Self::KEY_POLICY_MISSING, "key inspect: its policy is missing"),
        (Self::KEY_OWNER_DISABLED, "key inspect: its owner is disabled"),
        (Self::WHY_REFUSED, "why: the router would refuse it"),
        (
            Self::WHY_UNKNOWN,
            "why: nothing that can be seen refuses it, and something cannot be seen",
        ),
    ];
}

impl Exit {
    /// What a status other than success means to a script.
    pub fn of_status(status: u16) -> Self {
        match status {
            200..=299 => Self::DONE,
            300..=399 | 401 | 403 => Self::DENIED,
            404 => Self::NOT_FOUND,
            409 | 412 => Self::CONFLICT,
            502..=504 => Self::UNREACHABLE,
            _ => Self::FAILED,
        }
    }
}

/// A failed command.
#[derive(Debug)]
pub struct Error {
    pub exit: Exit,
    pub message: String,
    /// The error that the message repeats.
    pub(crate) origin: Option<Cause>,
    /// Why it failed, where the message does not say so. Printed below the message.
    pub causes: Vec<Cause>,
    /// What to do next. The last is what to do above all.
    pub hints: Vec<Hint>,
    pub request_id: Option<String>,
    /// The reader of stdout went away, which is its own business.
    pub(crate) broken_pipe: bool,
}

impl Error {
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            origin: None,
            causes: Vec::new(),
            hints: Vec::new(),
            request_id: None,
            broken_pipe: false,
        }
    }

    /// A lower error in its own words, which stays the source.
    pub fn of(exit: Exit, origin: impl Into<Cause>) -> Self {
        let origin = origin.into();
        let message = origin.to_string();
        Self { origin: Some(origin), ..Self::new(exit, message) }
    }

    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(Exit::FAILED, message)
    }

    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::USAGE, message)
    }

    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(Exit::NOT_FOUND, message)
    }

    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(Exit::CONFLICT, message)
    }

    pub fn stopped(message: impl Into<String>) -> Self {
        Self::new(Exit::STOPPED, message)
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<Hint>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The hint of a lower error, if there is one.
    #[must_use]
    pub fn hint_if(mut self, hint: Option<impl Into<Hint>>) -> Self {
        self.hints.extend(hint.map(Into::into));
        self
    }

    /// Advises to run a command.
    #[must_use]
    pub fn run(self, to: impl Into<Cow<'static, str>>, command: impl Into<String>) -> Self {
        self.hint(Hint::Run { to: to.into(), command: command.into() })
    }

    #[must_use]
    pub fn cause(mut self, cause: impl Into<Cause>) -> Self {
        self.causes.push(cause.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.origin.as_ref().or(self.causes.first())?;
        Some(&**source)
    }
}

impl From<io::Error> for Error {
    fn from(e: io::Error) -> Self {
        let broken_pipe = e.kind() == io::ErrorKind::BrokenPipe;
        Self { broken_pipe, ..Self::failed("cannot write the output").cause(e) }
    }
}

impl From<BadId> for Error {
    fn from(e: BadId) -> Self {
        let suggestion = e.suggestion().map(|id| format!("use `{id}`"));
        Self::of(Exit::USAGE, e).hint_if(suggestion)
    }
}

impl From<BadMoney> for Error {
    fn from(e: BadMoney) -> Self {
        Self::of(Exit::USAGE, e)
    }
}

impl From<BadPattern> for Error {
    fn from(e: BadPattern) -> Self {
        Self::of(Exit::USAGE, e)
    }
}

impl From<SourceError> for Error {
    fn from(e: SourceError) -> Self {
        let hint = e.hint();
        Self::of(Exit::USAGE, e).hint_if(hint)
    }
}

impl From<JournalError> for Error {
    fn from(e: JournalError) -> Self {
        let exit = match e {
            JournalError::Busy { .. } | JournalError::Unfinished { .. } => Exit::CONFLICT,
            JournalError::Gone { .. } => Exit::NOT_FOUND,
            JournalError::BadId(_) | JournalError::HoldsKey { .. } => Exit::USAGE,
            _ => Exit::FAILED,
        };
        let hint = e.hint();
        Self::of(exit, e).hint_if(hint)
    }
}

impl From<FileError> for Error {
    fn from(e: FileError) -> Self {
        let (exit, hint) = match e {
            FileError::Changed { .. } => {
                (Exit::CONFLICT, Some("look at the file, then repeat the command"))
            }
            FileError::NotAFile { .. } | FileError::TooLarge { .. } => (Exit::USAGE, None),
            FileError::Read { .. } | FileError::Write { .. } => (Exit::FAILED, None),
        };
        Self::of(exit, e).hint_if(hint)
    }
}

impl From<UndoError> for Error {
    fn from(e: UndoError) -> Self {
        match e {
            UndoError::File(e) => e.into(),
            UndoError::Nothing => {
                Self::of(Exit::NOT_FOUND, e).hint("only what `--write` did here can be undone")
            }
            UndoError::ChangedSince { ref path, backup: Some(ref backup) } => {
                let compare = format!("diff {} {}", backup.display(), path.display());
                Self::of(Exit::CONFLICT, e)
                    .run("compare", compare)
                    .hint("take back by hand what you do not want")
            }
            UndoError::ChangedSince { backup: None, .. } => Self::of(Exit::CONFLICT, e)
                .hint("there was no such file before: remove it if you like"),
            UndoError::Damaged { .. } | UndoError::Keep { .. } => Self::of(Exit::FAILED, e),
        }
    }
}

impl From<NoRandomness> for Error {
    fn from(e: NoRandomness) -> Self {
        Self::of(Exit::FAILED, e)
    }
}
