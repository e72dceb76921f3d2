//! Copies of the database that are of one moment, for as long as anybody keeps them.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql};
use tempfile::{NamedTempFile, TempDir};
use thiserror::Error;

use super::{Store, StoreError, contents};

/// Why no copy was made.
#[derive(Debug, Error)]
pub enum BackupError {
    #[error("{} is there already; a backup does not overwrite anything", .0.display())]
    Exists(PathBuf),
    #[error("{} cannot be written: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Copies the database as it is at one moment, while it may be in use. Contents of requests
    /// that have expired are not in the copy, and neither is anything that was deleted.
    pub(crate) fn backup(&self, to: &Path, now: Timestamp) -> Result<(), BackupError> {
        let file = |source| BackupError::File { path: to.to_owned(), source };
        if to.symlink_metadata().is_ok() {
            return Err(BackupError::Exists(to.to_owned()));
        }
        // What is under the final name is always whole: it is written under another one.
        let draft = Draft::beside(to).map_err(file)?;
        let source = self.take()?;
        let copied = copy_rows(&source, draft.path(), now);
        self.give_back(source);
        copied?;
        draft.sync().map_err(file)?;
        draft.persist(to).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => BackupError::Exists(to.to_owned()),
            _ => file(error),
        })
    }
}

/// Writes the rows to a new file, and not the pages: what was deleted stays behind.
fn copy_rows(source: &Connection, to: &Path, now: Timestamp) -> Result<(), StoreError> {
    source.execute("VACUUM INTO ?1", [PathText(to.as_os_str())])?;
    let copy = Connection::open(to)?;
    copy.execute_batch("PRAGMA secure_delete = ON")?;
    while contents::drop_expired(&copy, now, u32::MAX)? > 0 {}
    // Without a write-ahead log the copy is one file, readable even where nothing may be written.
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    Ok(copy.close().map_err(|(_, error)| error)?)
}

/// A path need not be UTF-8, and SQLite takes it as it is.
struct PathText<'p>(&'p OsStr);

impl ToSql for PathText<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.0.as_encoded_bytes())))
    }
}

/// A file that is written beside its destination, for its owner alone. It vanishes unless it is
/// given its final name, and with it whatever SQLite put beside it.
pub(super) struct Draft {
    file: NamedTempFile,
    folder: TempDir,
}

impl Draft {
    pub(super) fn beside(path: &Path) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".clawctl-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = builder.tempdir_in(folder_of(path))?;
        let file = NamedTempFile::new_in(folder.path())?;
        Ok(Self { file, folder })
    }

    pub(super) fn path(&self) -> &Path {
        self.file.path()
    }

    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.as_file().sync_all()
    }

    /// Gives the file its name, unless something has that name already.
    pub(super) fn persist(self, to: &Path) -> io::Result<()> {
        self.file.persist_noclobber(to).map_err(|refused| refused.error)?;
        drop(self.folder);
        sync_directory(to);
        Ok(())
    }
}

fn folder_of(path: &Path) -> &Path {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new("."))
}

/// A new name in a directory survives a power cut only when the directory is written, too. Where
/// a directory cannot be opened, the system sees to that itself.
fn sync_directory(path: &Path) {
    if let Ok(directory) = File::open(folder_of(path)) {
        let _ = directory.sync_all();
    }
}
