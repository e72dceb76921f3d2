//! What stood in a file before each edit, so that the last one can be undone.
//!
//! Backup and receipt are on disk before the file is replaced. A crash between the two leaves a
//! receipt of something that never happened; the digests tell, and it is passed over.

use std::fs;
use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::file::{self, FileError, Found, digest};
use clawctl_secret::disk::{self, Access, Lock};

/// How many edits of one client can be undone, the last first.
const KEPT: usize = 10;

/// The backups of one client's files, in a folder for its owner's eyes only.
pub struct Backups {
    folder: PathBuf,
}

/// What an edit did.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Receipt {
    path: PathBuf,
    /// Of what stood there; `None` where there was no file.
    before_sha256: Option<String>,
    before_mode: Option<u32>,
    after_sha256: String,
}

/// An edit that was undone.
#[derive(Debug)]
pub struct Undone {
    pub path: PathBuf,
    /// Is the file gone, because there was none before?
    pub removed: bool,
}

#[derive(Debug, Error)]
pub enum UndoError {
    #[error("there is nothing to undo")]
    Nothing,
    #[error("`{}` was changed since, and an undo would take that back too", path.display())]
    ChangedSince { path: PathBuf, backup: Option<PathBuf> },
    #[error("the backup `{}` is gone or damaged", backup.display())]
    Damaged { backup: PathBuf },
    #[error("cannot keep a backup in `{}`: {cause}", folder.display())]
    Keep {
        folder: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error(transparent)]
    File(#[from] FileError),
}

impl Backups {
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Replaces a file with a backup of what stood there. Gives the backup's place.
    pub fn replace(
        &self,
        found: &Found,
        bytes: &[u8],
        mode: u32,
    ) -> Result<Option<PathBuf>, UndoError> {
        let kept = |cause| UndoError::Keep { folder: self.folder.clone(), cause };
        disk::make_folder(&self.folder).map_err(kept)?;
        let _lock = self.lock()?;
        let numbers = self.numbers();
        let number = numbers.last().map_or(1, |last| last + 1);
        let backup = self.place(number, "backup");
        if let Some(content) = &found.content {
            disk::replace(&backup, &content.bytes, Access::PRIVATE).map_err(kept)?;
        }
        let receipt = Receipt {
            path: found.path.clone(),
            before_sha256: found.content.as_ref().map(|content| digest(&content.bytes)),
            before_mode: found.content.as_ref().map(|content| content.mode),
            after_sha256: digest(bytes),
        };
        let text = serde_json::to_vec(&receipt).map_err(|e| kept(io::Error::other(e)))?;
        disk::replace(&self.place(number, "json"), &text, Access::PRIVATE).map_err(kept)?;
        found.replace(bytes, mode)?;
        for old in numbers.iter().rev().skip(KEPT - 1) {
            self.forget(*old);
        }
        Ok(found.content.is_some().then_some(backup))
    }

    /// Which file an undo would put back.
    pub fn last(&self) -> Result<PathBuf, UndoError> {
        Ok(self.newest()?.1.path)
    }

    /// Puts back what stood there before the last edit, unless the file was changed since.
    pub fn undo(&self) -> Result<Undone, UndoError> {
        if !self.folder.exists() {
            return Err(UndoError::Nothing);
        }
        let _lock = self.lock()?;
        let (number, receipt) = self.newest()?;
        let backup = self.place(number, "backup");
        let now = file::look(&receipt.path)?;
        let now_sha256 = now.content.as_ref().map(|content| digest(&content.bytes));
        if now_sha256.as_ref() != Some(&receipt.after_sha256) {
            let backup = receipt.before_sha256.is_some().then_some(backup);
            return Err(UndoError::ChangedSince { path: receipt.path, backup });
        }
        let removed = receipt.before_sha256.is_none();
        if removed {
            file::remove(&now.path)?;
        } else {
            let damaged = || UndoError::Damaged { backup: backup.clone() };
            let before = file::look(&backup).map_err(|_| damaged())?;
            if Some(digest(before.bytes())) != receipt.before_sha256 {
                return Err(damaged());
            }
            now.replace(before.bytes(), receipt.before_mode.unwrap_or(0o600))?;
        }
        self.forget(number);
        Ok(Undone { path: receipt.path, removed })
    }

    /// The last edit that really happened.
    fn newest(&self) -> Result<(u32, Receipt), UndoError> {
        for number in self.numbers().into_iter().rev() {
            let place = self.place(number, "json");
            let receipt: Option<Receipt> =
                fs::read(&place).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
            let Some(receipt) = receipt else {
                return Err(UndoError::Damaged { backup: place });
            };
            let now = file::look(&receipt.path)?;
            let now_sha256 = now.content.as_ref().map(|content| digest(&content.bytes));
            // It never came to the edit, or somebody put everything back by hand.
            if now_sha256 == receipt.before_sha256
                && receipt.before_sha256 != Some(receipt.after_sha256.clone())
            {
                self.forget(number);
                continue;
            }
            return Ok((number, receipt));
        }
        Err(UndoError::Nothing)
    }

    /// The files that were edited.
    pub fn paths(&self) -> Vec<PathBuf> {
        let numbers = self.numbers().into_iter();
        let read = |number| fs::read(self.place(number, "json")).ok();
        let receipts = numbers.filter_map(read);
        receipts
            .filter_map(|bytes| serde_json::from_slice::<Receipt>(&bytes).ok())
            .map(|receipt| receipt.path)
            .collect()
    }

    /// Two edits at the same time would give their backups the same number.
    fn lock(&self) -> Result<Lock, UndoError> {
        let kept = |cause| UndoError::Keep { folder: self.folder.clone(), cause };
        Lock::wait(&self.folder.join(".clawctl-lock")).map_err(kept)
    }

    fn numbers(&self) -> Vec<u32> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut numbers: Vec<u32> = entries
            .filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".json")?.parse().ok())
            .collect();
        numbers.sort_unstable();
        numbers
    }

    fn place(&self, number: u32, ending: &str) -> PathBuf {
        self.folder.join(format!("{number:04}.{ending}"))
    }

    /// What is not there any more need not be removed.
    fn forget(&self, number: u32) {
        for ending in ["json", "backup"] {
            let _ = fs::remove_file(self.place(number, ending));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    use super::*;

    struct World {
        folder: tempfile::TempDir,
    }

    impl World {
        fn new() -> Self {
            Self { folder: tempfile::tempdir().unwrap() }
        }

        fn file(&self) -> PathBuf {
            self.folder.path().join("settings.json")
        }

        fn backups(&self) -> Backups {
            Backups::at(self.folder.path().join("backups"))
        }

        fn edit(&self, text: &str) {
            let found = file::look(&self.file()).unwrap();
            let mode = found.next_mode(false);
            self.backups().replace(&found, text.as_bytes(), mode).unwrap();
        }

        fn text(&self) -> String {
            fs::read_to_string(self.file()).unwrap()
        }
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn edits_are_undone_one_after_the_other() {
        let world = World::new();
        fs::write(world.file(), "one").unwrap();
        fs::set_permissions(world.file(), fs::Permissions::from_mode(0o640)).unwrap();
        world.edit("two");
        assert_eq!(mode(&world.file()), 0o640, "the mode is its owner's affair");
        world.edit("three");
        world.backups().undo().unwrap();
        assert_eq!(world.text(), "two");
        world.backups().undo().unwrap();
        assert_eq!((world.text().as_str(), mode(&world.file())), ("one", 0o640));
        assert!(matches!(world.backups().undo(), Err(UndoError::Nothing)));
    }

    #[test]
    fn a_file_that_was_made_is_gone_after_the_undo() {
        let world = World::new();
        world.edit("one");
        assert_eq!(mode(&world.file()), 0o600);
        assert!(world.backups().undo().unwrap().removed);
        assert!(!world.file().exists());
    }

    #[test]
    fn a_file_that_was_changed_since_is_left_alone() {
        let world = World::new();
        fs::write(world.file(), "one").unwrap();
        world.edit("two");
        fs::write(world.file(), "mine").unwrap();
        let Err(UndoError::ChangedSince { backup: Some(backup), .. }) = world.backups().undo()
        else {
            panic!("it was taken back");
        };
        assert_eq!(world.text(), "mine");
        assert_eq!((fs::read_to_string(&backup).unwrap().as_str(), mode(&backup)), ("one", 0o600));
        fs::write(world.file(), "two").unwrap();
        fs::write(&backup, "rot").unwrap();
        assert!(matches!(world.backups().undo(), Err(UndoError::Damaged { .. })));
        assert_eq!(world.text(), "two");
    }

    #[test]
    fn an_edit_that_never_happened_is_passed_over() {
        let world = World::new();
        fs::write(world.file(), "one").unwrap();
        world.edit("two");
        let found = file::look(&world.file()).unwrap();
        // A crash behind the receipt: here somebody else writes in between.
        fs::write(world.file(), "meanwhile").unwrap();
        assert!(world.backups().replace(&found, b"three", 0o600).is_err());
        fs::write(world.file(), "two").unwrap();
        world.backups().undo().unwrap();
        assert_eq!(world.text(), "one");
    }

    #[test]
    fn only_the_last_few_are_kept() {
        let world = World::new();
        for number in 0..15 {
            world.edit(&number.to_string());
        }
        let mut undone = 0;
        while world.backups().undo().is_ok() {
            undone += 1;
        }
        assert_eq!((undone, world.text().as_str()), (KEPT, "4"));
    }

    #[test]
    fn a_link_goes_on_being_one() {
        let world = World::new();
        let real = world.folder.path().join("dotfiles.json");
        fs::write(&real, "one").unwrap();
        std::os::unix::fs::symlink(&real, world.file()).unwrap();
        world.edit("two");
        assert!(fs::symlink_metadata(world.file()).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "two");
    }
}
