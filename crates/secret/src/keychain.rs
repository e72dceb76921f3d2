//! The operating system's keychain, which may be absent, locked or silent.
//!
//! A bus that never answers would hang a call for good, so each one runs on a thread of its own
//! and is given up after a limit. A thread that was given up ends with the process; what it was
//! asked to do may still happen.

use std::sync::Arc;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use thiserror::Error;

use super::Secret;

/// How long the keychain may take to answer.
const ANSWER_LIMIT: Duration = Duration::from_secs(3);

/// Why the keychain did not do what it was asked. No variant holds any of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeychainError {
    #[error("this build of clawctl has no keychain support")]
    LeftOut,
    #[error("there is no keychain here: {reason}")]
    Absent { reason: String },
    #[error("the keychain did not answer within {seconds} s")]
    Silent { seconds: u64 },
    #[error("the keychain refused access; it may be locked: {reason}")]
    Locked { reason: String },
    #[error("the entry in the keychain is not text in UTF-8")]
    NotText,
    #[error("several entries in the keychain have this service and account")]
    Ambiguous,
    #[error("the keychain failed: {reason}")]
    Failed { reason: String },
}

impl KeychainError {
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::LeftOut => "use `file:PATH` instead, or build with `--features keychain`",
            Self::Absent { .. } => "use `file:PATH` where there is no desktop session",
            Self::Silent { .. } | Self::Locked { .. } => "unlock the keychain and try again",
            Self::NotText | Self::Ambiguous => "remove the entry with the keychain's own program",
            Self::Failed { .. } => return None,
        };
        Some(hint.to_owned())
    }
}

/// What holds the entries. The system's own in earnest, another in tests.
pub trait Store: Send + Sync {
    fn get(&self, service: &str, account: &str) -> Result<Option<Secret>, KeychainError>;
    fn set(&self, service: &str, account: &str, secret: &Secret) -> Result<(), KeychainError>;
    /// Removing an entry that is not there is no error.
    fn remove(&self, service: &str, account: &str) -> Result<(), KeychainError>;
}

/// A store behind a time limit.
#[derive(Clone)]
pub struct Keychain {
    store: Arc<dyn Store>,
    limit: Duration,
}

impl Keychain {
    /// The operating system's. Nothing is asked of it before the first call.
    pub fn system() -> Self {
        Self::over(Arc::new(system::System), ANSWER_LIMIT)
    }

    pub fn over(store: Arc<dyn Store>, limit: Duration) -> Self {
        Self { store, limit }
    }

    pub fn get(&self, service: &str, account: &str) -> Result<Option<Secret>, KeychainError> {
        self.ask(service, account, |store, service, account| store.get(service, account))
    }

    pub fn set(&self, service: &str, account: &str, secret: &Secret) -> Result<(), KeychainError> {
        let secret = secret.duplicate();
        self.ask(service, account, move |store, service, account| {
            store.set(service, account, &secret)
        })
    }

    /// Removes an entry, if it is there.
    pub fn remove(&self, service: &str, account: &str) -> Result<(), KeychainError> {
        self.ask(service, account, |store, service, account| store.remove(service, account))
    }

    fn ask<T: Send + 'static>(
        &self,
        service: &str,
        account: &str,
        question: impl FnOnce(&dyn Store, &str, &str) -> Result<T, KeychainError> + Send + 'static,
    ) -> Result<T, KeychainError> {
        let (store, service, account) =
            (Arc::clone(&self.store), service.to_owned(), account.to_owned());
        let (answer, answered) = mpsc::sync_channel(1);
        thread::Builder::new()
            .name("keychain".to_owned())
            .spawn(move || {
                // Nobody listens any more if the limit has passed.
                let _ = answer.send(question(store.as_ref(), &service, &account));
            })
            .map_err(|error| KeychainError::Failed { reason: error.to_string() })?;
        match answered.recv_timeout(self.limit) {
            Ok(answer) => answer,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                Err(KeychainError::Silent { seconds: self.limit.as_secs() })
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                Err(KeychainError::Failed { reason: "its client ended unexpectedly".to_owned() })
            }
        }
    }
}

#[cfg(feature = "keychain")]
mod system {
    use std::sync::LazyLock;

    #[cfg(target_os = "macos")]
    use apple_native_keyring_store::keychain as platform;
    #[cfg(not(target_os = "macos"))]
    use dbus_secret_service_keyring_store as platform;
    use keyring_core::{Entry, Error};

    use super::{KeychainError, Secret, Store};

    /// The connection to the system's keychain. The first call opens it.
    static OPENED: LazyLock<Result<(), Error>> = LazyLock::new(|| {
        keyring_core::set_default_store(platform::Store::new()?);
        Ok(())
    });

    pub(super) struct System;

    impl Store for System {
        fn get(&self, service: &str, account: &str) -> Result<Option<Secret>, KeychainError> {
            match entry(service, account)?.get_password() {
                Ok(text) => Ok(Some(Secret::new(text))),
                Err(Error::NoEntry) => Ok(None),
                Err(error) => Err(why(error)),
            }
        }

        fn set(&self, service: &str, account: &str, secret: &Secret) -> Result<(), KeychainError> {
            entry(service, account)?.set_password(secret.expose()).map_err(why)
        }

        fn remove(&self, service: &str, account: &str) -> Result<(), KeychainError> {
            match entry(service, account)?.delete_credential() {
                Ok(()) | Err(Error::NoEntry) => Ok(()),
                Err(error) => Err(why(error)),
            }
        }
    }

    fn entry(service: &str, account: &str) -> Result<Entry, KeychainError> {
        if let Err(error) = &*OPENED {
            return Err(KeychainError::Absent { reason: reason(error) });
        }
        Entry::new(service, account).map_err(why)
    }

    fn why(error: Error) -> KeychainError {
        match error {
            Error::NoStorageAccess(_) => KeychainError::Locked { reason: reason(&error) },
            Error::NoDefaultStore => KeychainError::Absent { reason: reason(&error) },
            Error::BadEncoding(_) | Error::BadDataFormat(..) => KeychainError::NotText,
            Error::Ambiguous(_) => KeychainError::Ambiguous,
            _ => KeychainError::Failed { reason: reason(&error) },
        }
    }

    /// In words of our own where an error carries an entry's bytes.
    fn reason(error: &Error) -> String {
        match error {
            Error::PlatformFailure(cause) | Error::NoStorageAccess(cause) => cause.to_string(),
            Error::NoDefaultStore => "no service answers to the name".to_owned(),
            Error::TooLong(name, limit) => format!("`{name}` is longer than {limit}"),
            Error::Invalid(name, problem) => format!("`{name}` is not valid: {problem}"),
            Error::NotSupportedByStore(problem) => problem.clone(),
            _ => "it gave no reason".to_owned(),
        }
    }
}

#[cfg(not(feature = "keychain"))]
mod system {
    use super::{KeychainError, Secret, Store};

    pub(super) struct System;

    impl Store for System {
        fn get(&self, _: &str, _: &str) -> Result<Option<Secret>, KeychainError> {
            Err(KeychainError::LeftOut)
        }

        fn set(&self, _: &str, _: &str, _: &Secret) -> Result<(), KeychainError> {
            Err(KeychainError::LeftOut)
        }

        fn remove(&self, _: &str, _: &str) -> Result<(), KeychainError> {
            Err(KeychainError::LeftOut)
        }
    }
}

/// For tests, here and of the crates above.
#[cfg(any(test, feature = "fake"))]
pub mod fake {
    use std::collections::HashMap;
    use std::sync::{Mutex, MutexGuard, PoisonError};

    use super::*;

    /// A keychain in memory, which can be told to stop answering or to refuse writes.
    #[derive(Debug, Default)]
    pub struct Fake {
        pub entries: Mutex<HashMap<String, String>>,
        pub silent: bool,
        pub read_only: bool,
    }

    impl Fake {
        /// What it holds, by service and account.
        pub fn entries(&self) -> MutexGuard<'_, HashMap<String, String>> {
            self.entries.lock().unwrap_or_else(PoisonError::into_inner)
        }

        fn answer(&self) {
            if self.silent {
                thread::sleep(Duration::from_secs(600));
            }
        }
    }

    impl Store for Fake {
        fn get(&self, service: &str, account: &str) -> Result<Option<Secret>, KeychainError> {
            self.answer();
            let entries = self.entries();
            Ok(entries.get(&format!("{service}|{account}")).cloned().map(Secret::new))
        }

        fn set(&self, service: &str, account: &str, secret: &Secret) -> Result<(), KeychainError> {
            self.answer();
            if self.read_only {
                return Err(KeychainError::Locked { reason: "it said no".into() });
            }
            let name = format!("{service}|{account}");
            self.entries().insert(name, secret.expose().to_owned());
            Ok(())
        }

        fn remove(&self, service: &str, account: &str) -> Result<(), KeychainError> {
            self.answer();
            self.entries().remove(&format!("{service}|{account}"));
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn a_silent_keychain_is_given_up() {
        let store = fake::Fake { silent: true, ..fake::Fake::default() };
        let keychain = Keychain::over(Arc::new(store), Duration::from_millis(50));
        let began = Instant::now();
        let error = keychain.get("s", "a").unwrap_err();
        assert_eq!(error, KeychainError::Silent { seconds: 0 });
        assert!(began.elapsed() < Duration::from_secs(2));
    }

    #[test]
    fn the_systems_own_answers_or_says_why_not() {
        let began = Instant::now();
        let answer = Keychain::system().get("clawctl-test", "nobody-has-this");
        assert!(began.elapsed() < Duration::from_secs(5));
        if let Err(error) = answer {
            assert!(!error.to_string().is_empty());
        }
    }

    /// Needs a desktop session with an unlocked keychain, such as
    /// `dbus-run-session -- sh -c 'echo | gnome-keyring-daemon --unlock && cargo test … --ignored'`.
    #[test]
    #[ignore = "asks the keychain of this machine"]
    #[cfg(feature = "keychain")]
    fn the_systems_keychain_keeps_replaces_and_removes_an_entry() {
        let keychain = Keychain::system();
        let account = format!("test-{}", std::process::id());
        let get = || keychain.get("clawctl-test", &account).unwrap();
        assert_eq!(get(), None);
        for text in ["one", "two"] {
            keychain.set("clawctl-test", &account, &Secret::new(text.to_owned())).unwrap();
            assert_eq!(get(), Some(Secret::new(text.to_owned())));
        }
        keychain.remove("clawctl-test", &account).unwrap();
        keychain.remove("clawctl-test", &account).unwrap();
        assert_eq!(get(), None);
    }
}
