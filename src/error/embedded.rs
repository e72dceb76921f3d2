//! What the embedded router's failures are to a command.

use super::{Error, Exit, Hint};
use clawctl_router::{BackupError, OpenError, RestoreError, StoreError};

impl From<OpenError> for Error {
    fn from(e: OpenError) -> Self {
        let exit = match e {
            OpenError::Upstream(_) | OpenError::AdminTokenHash => Exit::USAGE,
            _ => Exit::FAILED,
        };
        let hint = match &e {
            OpenError::NotADatabase { .. } | OpenError::Damaged { .. } => {
                "put a backup in its place: `clawctl router restore FILE`".into()
            }
            OpenError::Foreign { .. } => "set `CLAWCTL_HOME` to a folder for clawctl alone".into(),
            OpenError::Newer { .. } => "use the newer clawctl, or restore an older backup".into(),
            OpenError::Locked { .. } => "wait for the other process to finish, then try again".into(),
            OpenError::Permission { .. } | OpenError::Directory { .. } => {
                "run it as the owner, or set `CLAWCTL_HOME` to a folder of your own".into()
            }
            OpenError::File { .. } => Hint::DatabaseFile,
            OpenError::Full { .. } => "make room on that disk".into(),
            OpenError::Upstream(_) => "`clawctl router provider list` shows the providers".into(),
            OpenError::AdminTokenHash => {
                "set `CLAWROUTER_ADMIN_TOKEN_SHA256` to what `tr -d '\\n' < FILE | sha256sum` prints"
                    .into()
            }
        };
        Self::of(exit, e).hint(hint)
    }
}

impl From<StoreError> for Error {
    fn from(e: StoreError) -> Self {
        Self::failed("the embedded router's database failed").cause(e)
    }
}

impl From<BackupError> for Error {
    fn from(e: BackupError) -> Self {
        let hint = match e {
            BackupError::Exists(_) => Some("name a file that is not there yet"),
            BackupError::File { .. } | BackupError::Store(_) => None,
        };
        Self::of(Exit::FAILED, e).hint_if(hint)
    }
}

impl From<RestoreError> for Error {
    fn from(e: RestoreError) -> Self {
        let hint = match e {
            RestoreError::Serving(_) => Some("stop `clawctl router serve`, then try again"),
            RestoreError::Source(_) | RestoreError::Empty(_) | RestoreError::Strange { .. } => {
                Some("name a file that `clawctl router backup` made")
            }
            _ => None,
        };
        Self::of(Exit::FAILED, e).hint_if(hint)
    }
}
