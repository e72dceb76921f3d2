//! What can be asked of the writer.

use std::sync::mpsc;

use jiff::Timestamp;
use thiserror::Error;
use tokio::sync::oneshot;

use crate::account::Claim;
use crate::store::contents::ContentRecord;
use crate::store::ledger::Held;
use crate::store::{Db, Reservation, StoreError};
use clawctl_wire::money::Micros;
use clawctl_wire::usage_event::UsageEvent;

/// What must be on disk before a request goes upstream.
#[derive(Debug)]
pub(crate) struct ReserveJob {
    /// All of them are met, or none.
    pub(crate) claims: Vec<Claim>,
    pub(crate) micros: Micros,
    pub(crate) now: Timestamp,
    /// When the reservation ends by itself, because its request is gone.
    pub(crate) lease_until: Timestamp,
    /// A body that is kept if, and only if, the reservation is made.
    pub(crate) content: Option<ContentRecord>,
}

/// Why a request must not go upstream.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum ReserveError {
    #[error("the budget of claim {claim} has too little left")]
    Refused { claim: usize, taken: Micros },
    #[error("too much is waiting to be written")]
    Busy,
    #[error("the request could not be kept: {0}")]
    Content(StoreError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A small change. It may be made more than once, where the first attempt could not be committed.
pub(super) type Change = Box<dyn FnMut(&Db) -> Result<(), StoreError> + Send>;

pub(super) enum Job {
    Reserve {
        job: ReserveJob,
        answer: oneshot::Sender<Result<Reservation, ReserveError>>,
    },
    Settle {
        reservation: Option<Reservation>,
        actual: Micros,
        event: Option<Box<UsageEvent>>,
    },
    /// What open requests hold is to end later.
    Renew {
        held: Vec<(i64, Held)>,
        lease_until: Timestamp,
    },
    NoteUse {
        credential: String,
        now: Timestamp,
    },
    Update(Change),
    Flush(Waiter),
}

/// Somebody who waits until all that was asked for before is on disk.
pub(super) enum Waiter {
    Task(oneshot::Sender<Result<(), StoreError>>),
    Thread(mpsc::SyncSender<Result<(), StoreError>>),
}

impl Waiter {
    pub(super) fn answer(self, result: Result<(), StoreError>) {
        // A request that no longer waits need not know.
        match self {
            Self::Task(waiter) => drop(waiter.send(result)),
            Self::Thread(waiter) => drop(waiter.try_send(result)),
        }
    }
}

impl Job {
    /// Whether it is done again later, if it could not be committed. What somebody waits for is
    /// refused instead.
    pub(super) fn is_kept(&self) -> bool {
        matches!(self, Self::Settle { .. } | Self::NoteUse { .. } | Self::Update(_))
    }

    /// Whether somebody stands still until it is done.
    pub(super) fn is_waited_for(&self) -> bool {
        matches!(self, Self::Reserve { .. } | Self::Flush(_))
    }

    /// Whether it records a request, which is lost if this is never done.
    pub(super) fn is_an_event(&self) -> bool {
        matches!(self, Self::Settle { event: Some(_), .. })
    }

    pub(super) fn refuse(self, error: &StoreError) {
        match self {
            Self::Reserve { job, answer } => {
                let error = match job.content {
                    // Where there is no budget, all that was to be written is the body.
                    Some(_) if job.claims.is_empty() => ReserveError::Content(error.clone()),
                    _ => ReserveError::Store(error.clone()),
                };
                drop(answer.send(Err(error)));
            }
            Self::Flush(waiter) => waiter.answer(Err(error.clone())),
            // The next renewal comes before anything ends.
            Self::Renew { .. } => {}
            Self::Settle { .. } | Self::NoteUse { .. } | Self::Update(_) => {}
        }
    }
}
