//! What a command fails with: a kind that is an exit code, a message, its causes, and what to do.
//!
//! Every conversion from a lower error is in this file or in the one beneath it, so that the exit
//! code and the hint of a failure are decided in one place.

mod embedded;

use std::fmt;
use std::io;

use crate::client;
use crate::foreign::backups::UndoError;
use crate::foreign::file::FileError;
use crate::journal::JournalError;
use clawctl_secret::NoRandomness;
use clawctl_secret::source::SourceError;
use clawctl_wire::error::code;
use clawctl_wire::id::BadId;
use clawctl_wire::model::BadPattern;
use clawctl_wire::money::BadMoney;

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
    pub causes: Vec<String>,
    /// What to do next; commands to run, where there is one.
    pub hints: Vec<String>,
    pub request_id: Option<String>,
    /// The reader of stdout went away, which is its own business.
    pub(crate) broken_pipe: bool,
}

impl Error {
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            causes: Vec::new(),
            hints: Vec::new(),
            request_id: None,
            broken_pipe: false,
        }
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
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    #[must_use]
    pub fn cause(mut self, cause: impl fmt::Display) -> Self {
        self.causes.push(cause.to_string());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(e: io::Error) -> Self {
        let mut error = Self::failed("cannot write the output").cause(&e);
        error.broken_pipe = e.kind() == io::ErrorKind::BrokenPipe;
        error
    }
}

impl From<BadId> for Error {
    fn from(e: BadId) -> Self {
        let suggestion = e.suggestion();
        let error = Self::usage(e.to_string());
        match suggestion {
            Some(id) => error.hint(format!("use `{id}`")),
            None => error,
        }
    }
}

impl From<BadMoney> for Error {
    fn from(e: BadMoney) -> Self {
        Self::usage(e.to_string())
    }
}

impl From<BadPattern> for Error {
    fn from(e: BadPattern) -> Self {
        Self::usage(e.to_string())
    }
}

impl From<client::Error> for Error {
    fn from(e: client::Error) -> Self {
        let mut error = Self::new(exit_of(&e), e.to_string());
        error.request_id = e.request_id().map(str::to_owned);
        error.hints = hints_of(&e);
        error
    }
}

impl From<SourceError> for Error {
    fn from(e: SourceError) -> Self {
        let error = Self::usage(e.to_string());
        match e.hint() {
            Some(hint) => error.hint(hint),
            None => error,
        }
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
        let error = Self::new(exit, e.to_string());
        match e.hint() {
            Some(hint) => error.hint(hint),
            None => error,
        }
    }
}

impl From<FileError> for Error {
    fn from(e: FileError) -> Self {
        let error = |exit| Self::new(exit, e.to_string());
        match e {
            FileError::Changed { .. } => {
                error(Exit::CONFLICT).hint("look at the file, then repeat the command")
            }
            FileError::NotAFile { .. } | FileError::TooLarge { .. } => error(Exit::USAGE),
            FileError::Read { .. } | FileError::Write { .. } => error(Exit::FAILED),
        }
    }
}

impl From<UndoError> for Error {
    fn from(e: UndoError) -> Self {
        let message = e.to_string();
        match e {
            UndoError::Nothing => {
                Self::not_found(message).hint("only what `--write` did here can be undone")
            }
            UndoError::ChangedSince { path, backup: Some(backup) } => Self::conflict(message)
                .hint(format!("compare: `diff {} {}`", backup.display(), path.display()))
                .hint("take back by hand what you do not want"),
            UndoError::ChangedSince { backup: None, .. } => {
                Self::conflict(message).hint("there was no such file before: remove it if you like")
            }
            UndoError::Damaged { .. } | UndoError::Keep { .. } => Self::failed(message),
            UndoError::File(e) => e.into(),
        }
    }
}

impl From<NoRandomness> for Error {
    fn from(e: NoRandomness) -> Self {
        Self::failed(e.to_string())
    }
}

fn exit_of(e: &client::Error) -> Exit {
    use client::Error as E;
    match e {
        E::Unreachable { .. } | E::Timeout { .. } | E::Tls { .. } => Exit::UNREACHABLE,
        E::Redirected { .. } => Exit::DENIED,
        E::TooLarge { .. }
        | E::Shape { .. }
        | E::Unread { .. }
        | E::Mismatch { .. }
        | E::Setup(_) => Exit::FAILED,
        // A success that is not JSON is a failure all the same.
        E::NotJson { status: 200..=299, .. } => Exit::FAILED,
        E::NotJson { status, .. } | E::Refused { status, .. } => Exit::of_status(*status),
        E::Missing { .. } => Exit::NOT_FOUND,
        E::Exists { .. } | E::Changed { .. } => Exit::CONFLICT,
        E::NeedsExtension { .. }
        | E::Fusion(_)
        | E::LocksOut { .. }
        | E::PlainHttp { .. }
        | E::StrayKey { .. }
        | E::HeaderCharacter => Exit::USAGE,
    }
}

fn hints_of(e: &client::Error) -> Vec<String> {
    use client::Error as E;
    let hint = |text: &str| vec![text.to_owned()];
    match e {
        E::Unreachable { .. } => {
            hint("see `clawctl status` for the router in force, and `clawctl doctor` for its state")
        }
        E::Timeout { .. } => {
            hint("allow more time with `--timeout 60s`; a write may have been carried out")
        }
        E::Tls { .. } => hint("for a private authority, set `SSL_CERT_FILE` to its certificate"),
        E::Redirected { location, .. } if is_access_login(location) => vec![
            "this is a Cloudflare Access login page, so the call needs a service token".to_owned(),
            "set `CF_ACCESS_CLIENT_ID` and `CF_ACCESS_CLIENT_SECRET`, or run \
             `clawctl context login NAME --access`"
                .to_owned(),
        ],
        E::Redirected { .. } => hint(
            "use the final address as the router's URL; behind Cloudflare Access, set \
             `CF_ACCESS_CLIENT_ID` and `CF_ACCESS_CLIENT_SECRET`",
        ),
        E::StrayKey { .. } => {
            hint("name the key by its id; if its secret was stored anywhere, rotate it")
        }
        E::Mismatch { .. } => hint(
            "somebody else wrote at the same time, or the router does not store what it was \
                 sent: look at it again, then repeat the command",
        ),
        E::Unread { .. } => hint(
            "the router may be newer than this program: `clawctl status` shows both versions, and \
             `clawctl api GET PATH` shows what it answers",
        ),
        E::Exists { noun: "policy", id } => {
            vec![format!("change it with `clawctl policy set {id}` or `clawctl policy scope {id}`")]
        }
        E::Changed { .. } => hint("look at it again, then repeat the command"),
        E::NeedsExtension { .. } => {
            hint("`clawctl status` lists what this router offers; leave the flag out here")
        }
        E::LocksOut { email, .. } => vec![
            format!(
                "give it policies with `clawctl binding put --user {email} --policy ID`, which \
                 leaves its record alone"
            ),
            "do it all the same with `--lock-out-console`; the admin token goes on working"
                .to_owned(),
        ],
        E::PlainHttp { .. } => hint("use https, or allow it once with `--insecure-http`"),
        E::NotJson { status: 401 | 403, .. } => vec![
            "something in front of the router refused this, not the router itself".to_owned(),
            "behind Cloudflare Access, check `CF_ACCESS_CLIENT_ID` and `CF_ACCESS_CLIENT_SECRET`, \
             or run `clawctl context login NAME --access`"
                .to_owned(),
        ],
        E::NotJson { .. } => hint("is this the URL of a router? `clawctl status` shows it"),
        E::Refused { .. } if e.code() == code::ROUTE_NOT_FOUND => hint(
            "this router does not have that; it is older or newer than this program, and \
             `clawctl doctor` lists what it cannot do",
        ),
        E::Refused { .. } if e.code() == code::PRINCIPAL_DISABLED => {
            hint("the owner of the key is disabled: `clawctl user enable EMAIL` enables it again")
        }
        E::Refused { .. } if e.code() == code::CREDENTIAL_INACTIVE => hint(
            "the key, its policy or its owner is disabled, or the policy was recreated: \
             `clawctl key show ID` says which",
        ),
        E::Refused { .. } if e.code() == code::ADMIN_UNAUTHORIZED => vec![
            "the admin token is missing or wrong; `clawctl status` says where it came from"
                .to_owned(),
            "set `CLAWROUTER_ADMIN_TOKEN`, or run `clawctl context login NAME`".to_owned(),
        ],
        E::Refused { status: 500.., .. } => hint(
            "the router itself is in trouble: its log says more; a write may have been carried out",
        ),
        E::Missing { noun: "user", .. } => {
            hint("somebody is known after signing in, or by `clawctl user set EMAIL --create`")
        }
        E::Missing { noun, .. } => list_of(noun).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Where to look for what there is of a kind.
fn list_of(noun: &str) -> Option<String> {
    let known = ["policy", "key", "grant", "binding", "rule", "provider"];
    known.contains(&noun).then(|| format!("`clawctl {noun} list` shows those there are"))
}

fn is_access_login(location: &str) -> bool {
    location.contains("cloudflareaccess.com") || location.contains("/cdn-cgi/access/")
}
