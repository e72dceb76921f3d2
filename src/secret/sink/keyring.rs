//! `keyring:SERVICE/ACCOUNT`: an entry of the operating system's keychain.

use std::sync::Arc;

use super::error::{NotUndone, SinkError, Warning};
use super::surroundings::Surroundings;
use super::{Sink, SinkSpec};
use crate::secret::Secret;

pub(super) struct KeyringSink {
    spec: SinkSpec,
    service: String,
    account: String,
    surroundings: Arc<Surroundings>,
    done: Option<Done>,
}

struct Done {
    before: Option<Secret>,
    written: Secret,
}

impl KeyringSink {
    pub(super) fn new(service: &str, account: &str, surroundings: Arc<Surroundings>) -> Self {
        let (service, account) = (service.to_owned(), account.to_owned());
        let spec = SinkSpec::Keyring { service: service.clone(), account: account.clone() };
        Self { spec, service, account, surroundings, done: None }
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
        let entry = self.surroundings.keychain.get(&self.service, &self.account)?;
        Ok(entry.map(|_| Warning::WillReplaceEntry))
    }

    fn held(&self) -> Option<Secret> {
        self.surroundings.keychain.get(&self.service, &self.account).ok()?
    }

    fn deliver(&mut self, key: &Secret) -> Result<(), SinkError> {
        let keychain = &self.surroundings.keychain;
        let before = keychain.get(&self.service, &self.account)?;
        // Remembered first: a write that got no answer may still have happened.
        self.done = Some(Done { before, written: key.duplicate() });
        keychain.set(&self.service, &self.account, key)?;
        match keychain.get(&self.service, &self.account)? {
            Some(kept) if kept == *key => Ok(()),
            _ => Err(SinkError::NotKept),
        }
    }

    fn undo(&mut self) -> Result<(), NotUndone> {
        let Some(done) = self.done.take() else { return Ok(()) };
        self.put_back(&done).map_err(NotUndone::Failed)
    }
}

#[cfg(test)]
mod tests;
