//! Where the key is that the embedded router seals upstream secrets under: in the operating
//! system's keychain, or where there is none in a file beside the database.
//!
//! Nothing is asked for before a grant has to be sealed or opened. A key is made only while nothing
//! is sealed, by one process at a time, and is safely stored before anything is sealed under it.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::credential::StoreChoice;
use clawctl_secret::Secret;
use clawctl_secret::disk::{self, Access, Lock};
use clawctl_secret::keychain::{Keychain, KeychainError};
use clawctl_wire::key::hex;

/// The name of our entries in a keychain.
const SERVICE: &str = "clawctl";

type Key = Zeroizing<[u8; 32]>;

/// The places where the key of one database can be.
pub struct KeyPlaces {
    choice: StoreChoice,
    database: PathBuf,
    keychain: Keychain,
}

/// Where the key is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyPlace {
    Keychain,
    File(PathBuf),
}

impl std::fmt::Display for KeyPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Keychain => f.write_str("the keychain"),
            Self::File(path) => write!(f, "{}", path.display()),
        }
    }
}

impl KeyPlaces {
    pub fn new(choice: StoreChoice, database: &Path, keychain: Keychain) -> Self {
        Self { choice, database: database.to_owned(), keychain }
    }

    /// The key. If there is none, one is made where that is allowed.
    pub fn key(&self, make: bool) -> Result<Option<Key>, String> {
        match self.find() {
            Ok(Some((key, _))) => Ok(Some(key)),
            Ok(None) if !make => Ok(None),
            Err(trouble) if !make => Err(trouble.to_string()),
            Ok(None) | Err(Trouble::NoKeychain(_)) => self.make().map(Some),
            Err(trouble) => Err(trouble.to_string()),
        }
    }

    /// Where the key is, if there is one.
    pub fn place(&self) -> Result<Option<KeyPlace>, String> {
        match self.find() {
            Ok(found) => Ok(found.map(|(_, place)| place)),
            // One that is locked may hold the key; where there is none, there is no key in it.
            Err(Trouble::NoKeychain(KeychainError::Absent { .. } | KeychainError::LeftOut)) => {
                Ok(None)
            }
            Err(trouble) => Err(trouble.to_string()),
        }
    }

    /// The file that holds the key where there is no keychain.
    pub fn file(&self) -> PathBuf {
        beside(&self.database, "key")
    }

    fn find(&self) -> Result<Option<(Key, KeyPlace)>, Trouble> {
        if self.choice != StoreChoice::Keychain
            && let Some(key) = self.read_file()?
        {
            return Ok(Some((key, KeyPlace::File(self.file()))));
        }
        if self.choice == StoreChoice::File {
            return Ok(None);
        }
        match self.keychain.get(SERVICE, &self.account()) {
            Ok(None) => Ok(None),
            Ok(Some(text)) => {
                let key = read_key(text.expose()).ok_or(Trouble::BadEntry)?;
                Ok(Some((key, KeyPlace::Keychain)))
            }
            Err(error) if self.choice == StoreChoice::Keychain => Err(Trouble::Keychain(error)),
            Err(error) => Err(Trouble::NoKeychain(error)),
        }
    }

    /// By one process at a time: a keychain lets the last one win, and what the others sealed
    /// meanwhile would be lost.
    fn make(&self) -> Result<Key, String> {
        let lock = self.lock().map_err(|error| {
            format!("the lock for making a key cannot be had beside the database: {error}")
        })?;
        let made = match self.find() {
            Ok(Some((key, _))) => Ok(key),
            Ok(None) | Err(Trouble::NoKeychain(_)) => self.make_alone(),
            Err(trouble) => Err(trouble.to_string()),
        };
        drop(lock);
        made
    }

    fn make_alone(&self) -> Result<Key, String> {
        let mut key = Key::default();
        getrandom::fill(key.as_mut_slice()).map_err(|e| format!("no random bytes: {e}"))?;
        let text = Secret::new(written(&key));
        if self.choice != StoreChoice::File {
            let account = self.account();
            let kept = self.keychain.set(SERVICE, &account, &text).and_then(|()| {
                // A keychain that does not give back what it was given is none.
                let back = self.keychain.get(SERVICE, &account)?;
                let same = back.is_some_and(|back| back == text);
                let reason = "it does not keep what it is given".to_owned();
                if same { Ok(()) } else { Err(KeychainError::Failed { reason }) }
            });
            match kept {
                Ok(()) => return Ok(key),
                Err(error) if self.choice == StoreChoice::Keychain => {
                    return Err(Trouble::Keychain(error).to_string());
                }
                Err(_) => {}
            }
        }
        // Nothing that was sealed under a key that is there may lose it.
        let path = self.file();
        disk::create_new(&path, text.expose().as_bytes(), Access::PRIVATE)
            .map_err(|error| format!("`{}` cannot be written: {error}", path.display()))?;
        Ok(key)
    }

    fn lock(&self) -> io::Result<Lock> {
        Lock::wait(&beside(&self.database, "key-lock"))
    }

    /// A database that moves leaves its entry behind; the name says which one it was.
    fn account(&self) -> String {
        let path = fs::canonicalize(&self.database).unwrap_or_else(|_| self.database.clone());
        format!("sealing key of {}", path.display())
    }

    fn read_file(&self) -> Result<Option<Key>, Trouble> {
        let path = self.file();
        let text = match fs::read_to_string(&path) {
            Ok(text) => Secret::new(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Trouble::Unreadable(path, error)),
        };
        let mode = fs::metadata(&path).map(|file| file.permissions().mode());
        if mode.is_ok_and(|mode| mode & 0o077 != 0) {
            return Err(Trouble::ReadableByOthers(path));
        }
        let key = read_key(text.expose()).ok_or(Trouble::BadFile(path))?;
        Ok(Some(key))
    }
}

/// Why there is no saying what the key is.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error("`{}` cannot be read: {}", .0.display(), .1)]
    Unreadable(PathBuf, io::Error),
    #[error("`{}` can be read by others; `chmod 600` mends that", .0.display())]
    ReadableByOthers(PathBuf),
    #[error("`{}` does not hold a key", .0.display())]
    BadFile(PathBuf),
    #[error("the keychain's entry does not hold a key")]
    BadEntry,
    #[error("the keychain cannot be used: {0}")]
    Keychain(KeychainError),
    #[error("there is no key file, and {0}")]
    NoKeychain(KeychainError),
}

fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(format!(".{ending}"));
    PathBuf::from(name)
}

/// In hex, on one line.
fn written(key: &Key) -> String {
    let mut text = hex(key.as_slice());
    text.push('\n');
    text
}

fn read_key(text: &str) -> Option<Key> {
    let digits = text.trim().as_bytes();
    let mut key = Key::default();
    if digits.len() != 2 * key.len() {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok());
    for (byte, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = (digit(pair[0])? << 4) | digit(pair[1])?;
    }
    Some(key)
}

#[cfg(test)]
mod tests;
