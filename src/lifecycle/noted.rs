//! Where the steps of an operation are written down: in a file of its own, or with many others.

use jiff::Timestamp;

use crate::journal::fleet::Member;
use crate::journal::{Entry, JournalError, Operation, Step};

/// An operation in the journal. Dropping it leaves it there, as a crash does.
pub(super) enum Noted<'f> {
    Alone(Operation),
    InFleet(Member<'f>),
}

impl Noted<'_> {
    pub(super) fn entry(&self) -> &Entry {
        match self {
            Self::Alone(operation) => operation.entry(),
            Self::InFleet(member) => member.entry(),
        }
    }

    pub(super) async fn advance(&mut self, step: Step, at: Timestamp) -> Result<(), JournalError> {
        match self {
            Self::Alone(operation) => operation.advance(step, at),
            Self::InFleet(member) => member.advance(step, at).await,
        }
    }

    pub(super) async fn restart(
        &mut self,
        secret_sha256: String,
        at: Timestamp,
    ) -> Result<(), JournalError> {
        match self {
            Self::Alone(operation) => operation.restart(secret_sha256, at),
            Self::InFleet(member) => member.restart(secret_sha256, at).await,
        }
    }

    pub(super) fn finish(self, at: Timestamp) -> Result<(), JournalError> {
        match self {
            Self::Alone(operation) => operation.finish(at),
            Self::InFleet(member) => member.finish(at),
        }
    }

    pub(super) async fn abandon(self) -> Result<(), JournalError> {
        match self {
            Self::Alone(operation) => operation.abandon(),
            Self::InFleet(member) => member.abandon().await,
        }
    }
}
