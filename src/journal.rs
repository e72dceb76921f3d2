//! What `--resume` needs to finish an issue or a rotation that was cut off.
//!
//! A directory with one file per unfinished operation (one for all keys of a fleet), and an index
//! of the hashes of finished ones. It holds ids, hashes, where the key was to go and what was to be written: never a
//! secret. Each step adds a line to the file, which is synced before the next step is taken, so
//! that after a crash it says at most one step too few, and repeating that is harmless.

mod entry;
pub mod fleet;
mod group;
mod index;
mod lock;

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use thiserror::Error;

pub use entry::{Entry, Intended, Kind, Plan, Step, Target};

use clawctl_secret::disk::{self, Access};
use clawctl_wire::id::{BadId, check_key_id};
pub use index::Known;
use index::{Index, Line};
use lock::Lock;

/// The largest file of an operation that is read.
const ENTRY_BYTES_MAX: u64 = 1024 * 1024;

/// The unfinished operations of one machine's user.
#[derive(Debug, Clone)]
pub struct Journal {
    dir: PathBuf,
}

/// What is unfinished, and what could not be read.
#[derive(Debug)]
pub struct Pending {
    /// The oldest first.
    pub entries: Vec<Entry>,
    pub unreadable: Vec<Unreadable>,
}

/// A file of the journal that makes no sense. It is left where it is.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("cannot read `{}`: {why}", path.display())]
pub struct Unreadable {
    pub path: PathBuf,
    pub why: String,
}

#[derive(Debug, Error)]
pub enum JournalError {
    #[error("cannot {doing} `{}`: {cause}", path.display())]
    Io {
        doing: &'static str,
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error(transparent)]
    BadId(#[from] BadId),
    #[error("another clawctl is working on `{credential_id}` right now")]
    Busy { credential_id: String },
    #[error("`{credential_id}` was begun before and is not finished ({} reached)", step.as_str())]
    Unfinished { credential_id: String, step: Step, resume: String },
    #[error("nothing about `{credential_id}` is unfinished any more")]
    Gone { credential_id: String },
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error("the note about `{credential_id}` would hold the secret of a key; nothing was sent")]
    HoldsKey { credential_id: String },
    #[error("the step `{}` does not follow `{}`", to.as_str(), from.as_str())]
    OutOfOrder { from: Step, to: Step },
    #[error("the system's random source failed: {0}")]
    NoRandomness(#[source] getrandom::Error),
}

impl JournalError {
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Busy { .. } => "wait for it, or stop it and use `--resume`".to_owned(),
            Self::Unfinished { resume, .. } => format!("finish it with `{resume}`"),
            Self::Unreadable(file) => {
                format!("look at it, then remove it: `rm {}`", file.path.display())
            }
            _ => return None,
        };
        Some(hint)
    }

    fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |cause| Self::Io { doing, path, cause }
    }
}

/// An operation that this process works on. No other process can meanwhile.
///
/// Dropping it leaves the operation unfinished, as a crash does.
#[derive(Debug)]
pub struct Operation {
    journal: Journal,
    entry: Entry,
    _locks: Vec<Lock>,
}

impl Journal {
    /// The journal in this directory, which is made when there is something to write.
    pub fn at(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    /// Writes down what is going to be done, before any of it is.
    pub fn begin(&self, plan: Plan, at: Timestamp) -> Result<Operation, JournalError> {
        check_key_id(&plan.credential_id)?;
        self.make_directory()?;
        let entry = Entry::new(plan, at)?;
        let locks = self.locks(&entry)?;
        self.refuse_unfinished(&entry)?;
        self.write(&entry)?;
        Ok(Operation { journal: self.clone(), entry, _locks: locks })
    }

    /// Takes all credentials that an operation is about.
    fn locks(&self, entry: &Entry) -> Result<Vec<Lock>, JournalError> {
        let ids = [entry.predecessor.as_deref(), Some(&entry.credential_id)];
        let take = |id: &str| Lock::take(&self.dir, entry.target.place(), id);
        ids.into_iter().flatten().map(take).collect()
    }

    /// May there be something unfinished about these credentials, by the names of the files?
    fn has_files_about(&self, entry: &Entry) -> Result<bool, JournalError> {
        let about = [format!("{}-", entry.before()), format!("{}-", entry.credential_id)];
        for file in fs::read_dir(&self.dir).map_err(JournalError::io("read", &self.dir))? {
            let name = file.map_err(JournalError::io("read", &self.dir))?.file_name();
            let name = name.to_string_lossy();
            if name.ends_with(".json") && about.iter().any(|about| name.starts_with(about)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn refuse_unfinished(&self, entry: &Entry) -> Result<(), JournalError> {
        for id in [entry.before(), &entry.credential_id] {
            if let Some(earlier) = self.find(entry.target.place(), id)? {
                let resume = earlier.resume_command();
                let Entry { credential_id, step, .. } = earlier;
                return Err(JournalError::Unfinished { credential_id, step, resume });
            }
        }
        Ok(())
    }

    /// Takes an unfinished operation up again, at the step that it had reached.
    pub fn resume(&self, entry: &Entry) -> Result<Operation, JournalError> {
        let locks = self.locks(entry)?;
        // Another process may have gone on with it before we had the lock.
        let path = self.path(entry);
        match read(&path)? {
            Some(entry) => Ok(Operation { journal: self.clone(), entry, _locks: locks }),
            None => Err(JournalError::Gone { credential_id: entry.credential_id.clone() }),
        }
    }

    /// All that is unfinished on one router.
    pub fn pending(&self, target: &str) -> Result<Pending, JournalError> {
        let place = entry::place(target);
        let mut pending = self.all()?;
        pending.entries.retain(|entry| entry.target.place() == place);
        pending.unreadable.extend(self.index().damage()?);
        Ok(pending)
    }

    /// The unfinished operation on one credential. A file about this id that cannot be read is
    /// an error here, because it may be the very one.
    pub fn find(&self, target: &str, credential_id: &str) -> Result<Option<Entry>, JournalError> {
        let place = entry::place(target);
        let Pending { entries, unreadable } = self.all()?;
        let about = format!("{credential_id}-");
        // A fleet that cannot be read may be about any of them.
        let named = |file: &Unreadable| {
            let name = file.path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(&about) || name.starts_with("fleet-")
        };
        if let Some(file) = unreadable.into_iter().find(named) {
            return Err(file.into());
        }
        let is_about = |e: &Entry| e.credential_id == credential_id || e.before() == credential_id;
        Ok(entries.into_iter().find(|e| e.target.place() == place && is_about(e)))
    }

    /// The hash that was last registered from here for a credential.
    pub fn known_hash(
        &self,
        target: &str,
        credential_id: &str,
    ) -> Result<Option<String>, JournalError> {
        let place = entry::place(target);
        // What a fleet has done so far is not in the index yet.
        let fleets = self.fleets()?.into_iter().filter_map(Result::ok);
        let mut theirs = fleets.filter(|found| found.plan.target.place() == place);
        if let Some(hash) = theirs.find_map(|found| {
            let done = found.done().find(|entry| entry.credential_id == credential_id)?;
            Some(done.secret_sha256.clone())
        }) {
            return Ok(Some(hash));
        }
        self.index().find(&place, credential_id)
    }

    /// Was the secret of this hash delivered from here for another router?
    pub fn is_of_another(&self, target: &str, secret_sha256: &str) -> Result<bool, JournalError> {
        let router = self.index().router_of(secret_sha256)?;
        Ok(router.is_some_and(|router| router != entry::place(target)))
    }

    /// What is known here of every credential of a router, by its id.
    pub fn known(&self, target: &str) -> Result<HashMap<String, Known>, JournalError> {
        self.index().all(&entry::place(target))
    }

    /// Every place that a key went to from here, or may have been on its way to.
    pub fn sinks(&self) -> Result<BTreeSet<String>, JournalError> {
        let mut sinks = self.index().sinks()?;
        sinks.extend(self.all()?.entries.into_iter().flat_map(|entry| entry.sinks));
        let fleets = self.fleets()?.into_iter().filter_map(Result::ok);
        let members = fleets.flat_map(|found| found.plan.members);
        sinks.extend(members.flat_map(|planned| planned.sinks));
        Ok(sinks)
    }

    fn all(&self) -> Result<Pending, JournalError> {
        let mut pending = Pending { entries: Vec::new(), unreadable: Vec::new() };
        for found in self.fleets()? {
            match found {
                Ok(found) => pending.entries.extend(found.half_way().cloned()),
                Err(unreadable) => pending.unreadable.push(unreadable),
            }
        }
        let listing = match fs::read_dir(&self.dir) {
            Ok(listing) => listing,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(pending),
            Err(cause) => return Err(JournalError::io("read", &self.dir)(cause)),
        };
        for file in listing {
            let path = file.map_err(JournalError::io("read", &self.dir))?.path();
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            match read(&path) {
                Ok(entry) => pending.entries.extend(entry),
                Err(unreadable) => pending.unreadable.push(unreadable),
            }
        }
        pending
            .entries
            .sort_by(|a, b| (a.began_at, &a.operation_id).cmp(&(b.began_at, &b.operation_id)));
        pending.unreadable.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(pending)
    }

    fn dir(&self) -> &Path {
        &self.dir
    }

    fn index(&self) -> Index<'_> {
        Index::in_directory(&self.dir)
    }

    fn path(&self, entry: &Entry) -> PathBuf {
        self.dir.join(format!("{}-{}.json", entry.credential_id, entry.operation_id))
    }

    fn write(&self, entry: &Entry) -> Result<(), JournalError> {
        let path = self.path(entry);
        let written = serde_json::to_vec_pretty(entry).map_err(io::Error::from);
        written
            .and_then(|text| disk::replace(&path, &text, Access::PRIVATE))
            .map_err(JournalError::io("write", &path))
    }

    /// A line costs one sync; to replace the file would cost two.
    fn note(&self, entry: &Entry, step: Step, at: Timestamp) -> Result<(), JournalError> {
        let path = self.path(entry);
        let line = entry::note(step, at).map_err(io::Error::from);
        let written = line.and_then(|line| {
            let mut file = OpenOptions::new().append(true).open(&path)?;
            file.write_all(&line)?;
            file.sync_data()
        });
        written.map_err(JournalError::io("write", &path))
    }

    fn remove(&self, entry: &Entry) -> Result<(), JournalError> {
        let path = self.path(entry);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(JournalError::io("remove", &path)(error))
            }
            _ => Ok(()),
        }
    }

    fn make_directory(&self) -> Result<(), JournalError> {
        let failed = || JournalError::io("make the directory", &self.dir);
        disk::make_folder(&self.dir).map_err(failed())?;
        // It may be there from before, or from a process with a strange umask.
        fs::set_permissions(&self.dir, Permissions::from_mode(0o700)).map_err(failed())
    }
}

impl Operation {
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// Notes that a step was taken. Noting the same step again changes nothing.
    pub fn advance(&mut self, step: Step, at: Timestamp) -> Result<(), JournalError> {
        self.entry.check_follows(step)?;
        self.journal.note(&self.entry, step, at)?;
        (self.entry.step, self.entry.updated_at) = (step, at);
        Ok(())
    }

    /// Begins again with a new secret, where the old one was lost before it was delivered.
    pub fn restart(&mut self, secret_sha256: String, at: Timestamp) -> Result<(), JournalError> {
        let step = Step::Prepared;
        let entry = Entry { secret_sha256, step, updated_at: at, ..self.entry.clone() };
        self.journal.write(&entry)?;
        self.entry = entry;
        Ok(())
    }

    /// Keeps the hash for later edits, and forgets the rest.
    pub fn finish(self, at: Timestamp) -> Result<(), JournalError> {
        self.entry.check_finished()?;
        // In this order a crash in between repeats the last step and keeps the hash twice; in
        // the other it would lose the hash. An entry that a crash brings back does no more, so
        // its removal waits for no disk.
        self.journal.index().append_all([Line::of(&self.entry, at)])?;
        self.journal.remove(&self.entry)
    }

    /// Forgets the operation: it is known that nothing of it is in force.
    pub fn abandon(self) -> Result<(), JournalError> {
        self.journal.remove(&self.entry)?;
        // Brought back by a crash, it would be carried out after all.
        let path = self.journal.path(&self.entry);
        disk::sync_folder(&path).map_err(JournalError::io("sync", &self.journal.dir))
    }
}

/// `None` if the file has gone meanwhile.
fn read(path: &Path) -> Result<Option<Entry>, Unreadable> {
    let unreadable = |why: String| Unreadable { path: path.to_owned(), why };
    let bytes = match fs::metadata(path).map(|metadata| metadata.len()) {
        Ok(length) if length > ENTRY_BYTES_MAX => {
            return Err(unreadable(format!("it has {length} bytes")));
        }
        Ok(_) => fs::read(path),
        Err(error) => Err(error),
    };
    match bytes {
        Ok(bytes) => Entry::parse(&bytes).map(Some).map_err(unreadable),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(error.to_string())),
    }
}

#[cfg(test)]
mod tests;
