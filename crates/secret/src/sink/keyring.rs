//! `keyring:SERVICE/ACCOUNT`: an entry of the operating system's keychain.

use std::sync::Arc;

use super::error::{NotUndone, SinkError, Warning};
use super::surroundings::Surroundings;
use super::{Replaces, Sink, SinkSpec};
use crate::Secret;
use crate::disk::Lock;

pub(super) struct KeyringSink {
    spec: SinkSpec,
    service: String,
    account: String,
    surroundings: Arc<Surroundings>,
    replaces: Replaces,
    done: Option<Done>,
}

struct Done {
    before: Option<Secret>,
    written: Secret,
}

impl KeyringSink {
    pub(super) fn new(
        service: &str,
        account: &str,
        surroundings: Arc<Surroundings>,
        replaces: Replaces,
    ) -> Self {
        let (service, account) = (service.to_owned(), account.to_owned());
        let spec = SinkSpec::Keyring { service: service.clone(), account: account.clone() };
        Self { spec, service, account, surroundings, replaces, done: None }
    }

    /// A keychain has no lock of its own, and its last writer wins.
    fn lock(&self) -> Result<Option<Lock>, SinkError> {
        let path = self.surroundings.keychain_lock.as_deref();
        path.map(Lock::wait).transpose().map_err(|cause| SinkError::Locked { cause })
    }

    /// What stands there, if it may be replaced.
    fn examine(&self) -> Result<Option<Secret>, SinkError> {
        let entry = self.surroundings.keychain.get(&self.service, &self.account)?;
        if let Some(entry) = &entry {
            self.replaces.check(&self.spec, entry.expose().as_bytes())?;
        }
        Ok(entry)
    }

    fn put_back(&self, done: &Done) -> Result<(), SinkError> {
        let keychain = &self.surroundings.keychain;
        match (keychain.get(&self.service, &self.account)?, &done.before) {
            // The write failed, and left what was there.
            (now, before) if now == *before => Ok(()),
            (Some(now), Some(before)) if now == done.written => {
                Ok(keychain.set(&self.service, &self.account, before)?)
            }
            (Some(now), None) if now == done.written => {
                Ok(keychain.remove(&self.service, &self.account)?)
            }
            _ => Err(SinkError::EntryChanged),
        }
    }
}

impl Sink for KeyringSink {
    fn spec(&self) -> &SinkSpec {
        &self.spec
    }

    fn check(&mut self) -> Result<Option<Warning>, SinkError> {
        Ok(self.examine()?.map(|_| Warning::WillReplaceEntry))
    }

    fn replace_anything(&mut self) {
        self.replaces = Replaces::Anything;
    }

    fn held(&self) -> Option<Secret> {
        self.surroundings.keychain.get(&self.service, &self.account).ok()?
    }

    fn deliver(&mut self, key: &Secret) -> Result<(), SinkError> {
        let _lock = self.lock()?;
        let before = self.examine()?;
        let keychain = &self.surroundings.keychain;
        // Remembered first: a write that got no answer may still have happened.
        self.done = Some(Done { before, written: key.duplicate() });
        keychain.set(&self.service, &self.account, key)?;
        match keychain.get(&self.service, &self.account)? {
            Some(kept) if kept == *key => Ok(()),
            _ => Err(SinkError::NotKept),
        }
    }

    fn keeps(&self) -> bool {
        true
    }

    fn undo(&mut self) -> Result<(), NotUndone> {
        let Some(done) = self.done.take() else { return Ok(()) };
        let _lock = self.lock().map_err(NotUndone::Failed)?;
        self.put_back(&done).map_err(NotUndone::Failed)
    }
}

#[cfg(test)]
mod tests;
