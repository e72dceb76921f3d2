//! An operation on many credentials: one file for all of them, whose syncs they share.
//!
//! The first line says what is done and to which credentials; each step of one adds a line. After
//! a crash it is known of each whether it was begun, how far it came, or that it is done.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::entry::place;
use super::group::Group;
use super::index::Line;
use super::lock::Lock;
use super::{Entry, Journal, JournalError, Plan, Step, Target, Unreadable};
use clawctl_secret::disk::{self, Access};

const VERSION: u32 = 1;

/// The largest file that is read: tens of thousands of keys.
const FLEET_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// The name under which a fleet is locked. No credential has it.
const LOCK_NAME: &str = "all keys";

/// What is going to be done, and to which credentials.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FleetPlan {
    pub target: Target,
    /// How the credentials were chosen and what is done to them, in the words of the command.
    pub selection: String,
    pub overlap: bool,
    pub key_mode: String,
    pub members: Vec<Planned>,
}

/// One credential, and where its key is to go.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Planned {
    pub credential_id: String,
    pub sinks: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head<'p> {
    version: u32,
    operation_id: String,
    began_at: Timestamp,
    #[serde(flatten)]
    plan: Cow<'p, FleetPlan>,
}

/// A line behind the head. Members are named by what they were before the operation.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Note {
    Prepared(Box<Entry>),
    #[serde(rename_all = "camelCase")]
    Step {
        credential_id: String,
        step: Step,
        at: Timestamp,
    },
    #[serde(rename_all = "camelCase")]
    Done {
        credential_id: String,
        at: Timestamp,
    },
    /// Nothing of it is in force.
    #[serde(rename_all = "camelCase")]
    Abandoned {
        credential_id: String,
    },
}

/// How far one credential has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// Nothing was begun, or what was is taken back.
    Planned,
    HalfWay(Box<Entry>),
    Done(Box<Entry>),
}

/// A fleet as it was found in its file.
#[derive(Debug, Clone)]
pub struct Found {
    path: PathBuf,
    pub operation_id: String,
    pub began_at: Timestamp,
    pub plan: FleetPlan,
    progress: BTreeMap<String, Progress>,
}

/// A fleet that this process works on.
#[derive(Debug)]
pub struct Fleet {
    journal: Journal,
    path: PathBuf,
    group: Group,
    _lock: Lock,
}

/// One credential of a fleet that is worked on. Dropping it leaves it half way, as a crash does.
#[derive(Debug)]
pub struct Member<'f> {
    fleet: &'f Fleet,
    entry: Entry,
    _locks: Vec<Lock>,
}

impl Journal {
    /// Writes down what is going to be done to all of them, before any of it is.
    pub fn begin_fleet(&self, plan: &FleetPlan, at: Timestamp) -> Result<Fleet, JournalError> {
        self.make_directory()?;
        let lock = Lock::take(self.dir(), plan.target.place(), LOCK_NAME)?;
        let head = Head {
            version: VERSION,
            operation_id: super::entry::operation_id()?,
            began_at: at,
            plan: Cow::Borrowed(plan),
        };
        let path = self.dir().join(format!("fleet-{}.jsonl", head.operation_id));
        let text = serde_json::to_vec(&head).map_err(io::Error::from);
        text.and_then(|text| disk::replace(&path, &text, Access::PRIVATE))
            .map_err(JournalError::io("write", &path))?;
        self.open_fleet(path, lock)
    }

    /// The unfinished fleet of one router, if there is one.
    pub fn find_fleet(&self, target: &str) -> Result<Option<Found>, JournalError> {
        let place = place(target);
        for found in self.fleets()? {
            let found = found?;
            if found.plan.target.place() == place {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Takes an unfinished fleet up again.
    pub fn resume_fleet(&self, found: &Found) -> Result<(Fleet, Found), JournalError> {
        let place = found.plan.target.place();
        let lock = Lock::take(self.dir(), place, LOCK_NAME)?;
        // Another process may have gone on with it before we had the lock.
        let Some(found) = self.find_fleet(place)? else {
            return Err(JournalError::Gone { credential_id: LOCK_NAME.to_owned() });
        };
        Ok((self.open_fleet(found.path.clone(), lock)?, found))
    }

    fn open_fleet(&self, path: PathBuf, lock: Lock) -> Result<Fleet, JournalError> {
        let file = OpenOptions::new().append(true).mode(0o600).open(&path);
        let group = Group::new(file.map_err(JournalError::io("open", &path))?);
        Ok(Fleet { journal: self.clone(), path, group, _lock: lock })
    }

    /// Every fleet of this machine's user, or what keeps one from being read.
    pub(super) fn fleets(&self) -> Result<Vec<Result<Found, Unreadable>>, JournalError> {
        let listing = match fs::read_dir(self.dir()) {
            Ok(listing) => listing,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(cause) => return Err(JournalError::io("read", self.dir())(cause)),
        };
        let mut found = Vec::new();
        for file in listing {
            let path = file.map_err(JournalError::io("read", self.dir()))?.path();
            let named = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if named.starts_with("fleet-") && named.ends_with(".jsonl") {
                found.extend(read(&path).transpose());
            }
        }
        Ok(found)
    }
}

impl Found {
    /// How far one of the planned credentials has come.
    pub fn progress(&self, credential_id: &str) -> &Progress {
        self.progress.get(credential_id).unwrap_or(&Progress::Planned)
    }

    pub fn half_way(&self) -> impl Iterator<Item = &Entry> {
        self.progress.values().filter_map(|progress| match progress {
            Progress::HalfWay(entry) => Some(&**entry),
            _ => None,
        })
    }

    pub fn done(&self) -> impl Iterator<Item = &Entry> {
        self.progress.values().filter_map(|progress| match progress {
            Progress::Done(entry) => Some(&**entry),
            _ => None,
        })
    }

    fn parse(path: &Path, bytes: &[u8]) -> Result<Self, String> {
        let mut lines = bytes.split(|byte| *byte == b'\n');
        let head = lines.next().unwrap_or_default();
        let head: Head = serde_json::from_slice(head)
            .map_err(|e| format!("it is damaged at line 1, column {}", e.column()))?;
        let Head { version, operation_id, began_at, plan } = head;
        let plan = plan.into_owned();
        if version != VERSION {
            return Err(format!("it has version {version}; this clawctl knows {VERSION}"));
        }
        let path = path.to_owned();
        let mut found = Self { path, operation_id, began_at, plan, progress: BTreeMap::new() };
        // A line that a crash cut off is a step that was not noted.
        for note in lines.filter_map(|line| serde_json::from_slice(line).ok()) {
            found.follow(note);
        }
        Ok(found)
    }

    fn follow(&mut self, note: Note) {
        match note {
            Note::Prepared(mut entry) => {
                entry.in_fleet = true;
                let id = entry.before().to_owned();
                self.progress.insert(id, Progress::HalfWay(entry));
            }
            Note::Step { credential_id, step, at } => {
                if let Some(Progress::HalfWay(entry)) = self.progress.get_mut(&credential_id) {
                    (entry.step, entry.updated_at) = (step, at);
                }
            }
            Note::Done { credential_id, at } => {
                if let Some(progress) = self.progress.get_mut(&credential_id)
                    && let Progress::HalfWay(entry) = progress
                {
                    entry.updated_at = at;
                    *progress = Progress::Done(entry.clone());
                }
            }
            Note::Abandoned { credential_id } => {
                self.progress.insert(credential_id, Progress::Planned);
            }
        }
    }
}

impl Fleet {
    /// Writes down what is going to be done to one of them.
    pub async fn prepare(&self, plan: Plan, at: Timestamp) -> Result<Member<'_>, JournalError> {
        let mut entry = Entry::new(plan, at)?;
        entry.in_fleet = true;
        let locks = self.journal.locks(&entry)?;
        if self.journal.has_files_about(&entry)? {
            self.journal.refuse_unfinished(&entry)?;
        }
        self.note(&Note::Prepared(Box::new(entry.clone()))).await?;
        Ok(Member { fleet: self, entry, _locks: locks })
    }

    /// Takes up one that was cut off half way.
    pub fn take_up(&self, entry: &Entry) -> Result<Member<'_>, JournalError> {
        let locks = self.journal.locks(entry)?;
        Ok(Member { fleet: self, entry: entry.clone(), _locks: locks })
    }

    /// Keeps the hashes of all that are done. The rest of it stays for another run.
    pub async fn pause<'e>(
        self,
        done: impl IntoIterator<Item = &'e Entry>,
        at: Timestamp,
    ) -> Result<(), JournalError> {
        self.group.flush().await.map_err(JournalError::io("write", &self.path))?;
        self.journal.index().append_all(done.into_iter().map(|entry| Line::of(entry, at)))
    }

    /// The same, and forgets the fleet.
    pub async fn finish<'e>(
        self,
        done: impl IntoIterator<Item = &'e Entry>,
        at: Timestamp,
    ) -> Result<(), JournalError> {
        let path = self.path.clone();
        self.pause(done, at).await?;
        fs::remove_file(&path).map_err(JournalError::io("remove", &path))
    }

    async fn note(&self, note: &Note) -> Result<(), JournalError> {
        let line = line(note).map_err(JournalError::io("write", &self.path))?;
        self.group.add(&line).await.map_err(JournalError::io("write", &self.path))
    }
}

impl Member<'_> {
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    pub async fn advance(&mut self, step: Step, at: Timestamp) -> Result<(), JournalError> {
        self.entry.check_follows(step)?;
        let credential_id = self.entry.before().to_owned();
        self.fleet.note(&Note::Step { credential_id, step, at }).await?;
        (self.entry.step, self.entry.updated_at) = (step, at);
        Ok(())
    }

    pub async fn restart(
        &mut self,
        secret_sha256: String,
        at: Timestamp,
    ) -> Result<(), JournalError> {
        let step = Step::Prepared;
        let entry = Entry { secret_sha256, step, updated_at: at, ..self.entry.clone() };
        self.fleet.note(&Note::Prepared(Box::new(entry.clone()))).await?;
        self.entry = entry;
        Ok(())
    }

    /// It need not wait for the disk: without this line the last step is repeated, which is harmless.
    pub fn finish(self, at: Timestamp) -> Result<(), JournalError> {
        self.entry.check_finished()?;
        let credential_id = self.entry.before().to_owned();
        let line = line(&Note::Done { credential_id, at });
        self.fleet.group.push(&line.map_err(JournalError::io("write", &self.fleet.path))?);
        Ok(())
    }

    pub async fn abandon(self) -> Result<(), JournalError> {
        let credential_id = self.entry.before().to_owned();
        self.fleet.note(&Note::Abandoned { credential_id }).await
    }
}

/// It begins with the end of the line before, so that one which a crash cut off stays alone.
fn line(note: &Note) -> io::Result<Vec<u8>> {
    let mut line = vec![b'\n'];
    serde_json::to_writer(&mut line, note)?;
    Ok(line)
}

/// `None` if the file has gone meanwhile.
fn read(path: &Path) -> Result<Option<Found>, Unreadable> {
    let unreadable = |why: String| Unreadable { path: path.to_owned(), why };
    let bytes = match fs::metadata(path).map(|metadata| metadata.len()) {
        Ok(length) if length > FLEET_BYTES_MAX => {
            return Err(unreadable(format!("it has {length} bytes")));
        }
        Ok(_) => fs::read(path),
        Err(error) => Err(error),
    };
    match bytes {
        Ok(bytes) => Found::parse(path, &bytes).map(Some).map_err(unreadable),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(error.to_string())),
    }
}
