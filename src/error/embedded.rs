//! What the embedded router's failures are to a command.

use super::{Error, Exit};
use clawctl_router::{BackupError, OpenError, RestoreError, StoreError};

impl From<OpenError> for Error {
    fn from(e: OpenError) -> Self {
        let exit = match e {
            OpenError::Upstream(_) | OpenError::AdminTokenHash => Exit::USAGE,
            _ => Exit::FAILED,
        };
        let hint = match &e {
            OpenError::NotADatabase { .. } | OpenError::Damaged { .. } => {
                "put a backup in its place: `clawctl router restore FILE`"
            }
            OpenError::Foreign { .. } => "set `CLAWCTL_HOME` to a folder for clawctl alone",
            OpenError::Newer { .. } => "use the newer clawctl, or restore an older backup",
            OpenError::Locked { .. } => "wait for the other process to finish, then try again",
            OpenError::Permission { .. } | OpenError::Directory { .. } => {
                "run it as the owner, or set `CLAWCTL_HOME` to a folder of your own"
            }
            OpenError::File { .. } => "`clawctl status` shows which file that is, and why",
            OpenError::Full { .. } => "make room on that disk",
            OpenError::Upstream(_) => "`clawctl router provider list` shows the providers",
            OpenError::AdminTokenHash => {
                "set `CLAWROUTER_ADMIN_TOKEN_SHA256` to what `tr -d '\\n' < FILE | sha256sum` prints"
            }
        };
        Self::new(exit, e.to_string()).hint(hint)
    }
}

impl From<StoreError> for Error {
    fn from(e: StoreError) -> Self {
        Self::failed("the embedded router's database failed").cause(e)
    }
}

impl From<BackupError> for Error {
    fn from(e: BackupError) -> Self {
        let error = Self::failed(e.to_string());
        match e {
            BackupError::Exists(_) => error.hint("name a file that is not there yet"),
            BackupError::File { .. } | BackupError::Store(_) => error,
        }
    }
}

impl From<RestoreError> for Error {
    fn from(e: RestoreError) -> Self {
        let error = Self::failed(e.to_string());
        match e {
            RestoreError::Serving(_) => error.hint("stop `clawctl router serve`, then try again"),
            RestoreError::Source(_) | RestoreError::Empty(_) | RestoreError::Strange { .. } => {
                error.hint("name a file that `clawctl router backup` made")
            }
            _ => error,
        }
    }
}
