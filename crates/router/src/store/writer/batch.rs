//! Many jobs in one transaction: one flush of the disk for all of them.

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior};

use super::job::{Job, ReserveError, ReserveJob};
use crate::store::events::Additions;
use crate::store::ledger::{self, Ledger};
use crate::store::{Db, Reservation, StoreError, contents, credentials};

/// What came of one job, once all are committed.
pub(super) enum Outcome {
    Done,
    Reserved(Result<Reservation, ReserveError>),
}

/// Does all jobs, or none: after an error nothing of them is in the database.
pub(super) fn run(
    connection: &mut Connection,
    jobs: &mut [Job],
) -> Result<Vec<Outcome>, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut ledger = Ledger::open(&transaction);
    let mut additions = Additions::open(&transaction);
    let mut outcomes = Vec::with_capacity(jobs.len());
    for job in jobs {
        let outcome = match job {
            // Nobody waits for it any more, so nobody would settle it.
            Job::Reserve { answer, .. } if answer.is_closed() => Outcome::Done,
            Job::Reserve { job, .. } => Outcome::Reserved(reserve(&transaction, &mut ledger, job)?),
            Job::Settle { reservation, actual, event } => {
                if let Some(reservation) = reservation {
                    ledger.settle(reservation, *actual)?;
                }
                if let Some(event) = event {
                    additions.insert(event)?;
                }
                Outcome::Done
            }
            Job::Renew { held, lease_until } => {
                for (id, held) in held {
                    ledger.renew(*id, held, *lease_until)?;
                }
                Outcome::Done
            }
            Job::NoteUse { credential, now } => {
                credentials::touch(&transaction, credential, *now)?;
                Outcome::Done
            }
            Job::Update(change) => {
                alone(&transaction, change)?;
                Outcome::Done
            }
            Job::Flush(_) => Outcome::Done,
        };
        outcomes.push(outcome);
    }
    ledger.close()?;
    additions.close()?;
    transaction.commit()?;
    Ok(outcomes)
}

fn reserve(
    db: &Db,
    ledger: &mut Ledger<'_>,
    job: &ReserveJob,
) -> Result<Result<Reservation, ReserveError>, StoreError> {
    let ReserveJob { claims, micros, now, lease_until, content } = job;
    let shares = ledger::shares(claims, *now);
    if let Some((claim, taken)) = ledger.misfit(&shares, *micros, *now)? {
        return Ok(Err(ReserveError::Refused { claim, taken }));
    }
    if let Some(content) = content
        && let Err(error) = contents::put(db, content)
    {
        still_open(db, &error)?;
        return Ok(Err(ReserveError::Content(error)));
    }
    Ok(Ok(ledger.hold(shares, *micros, *lease_until)?))
}

/// A change that fails leaves nothing behind, and spoils nothing for the others.
fn alone(db: &Db, change: &mut dyn FnMut(&Db) -> Result<(), StoreError>) -> Result<(), StoreError> {
    db.prepare_cached("SAVEPOINT change")?.execute([])?;
    if let Err(error) = change(db) {
        still_open(db, &error)?;
        db.prepare_cached("ROLLBACK TO change")?.execute([])?;
    }
    db.prepare_cached("RELEASE change")?.execute([])?;
    Ok(())
}

/// After some errors, such as a full disk, SQLite has taken back the whole transaction.
fn still_open(db: &Db, error: &StoreError) -> Result<(), StoreError> {
    if db.is_autocommit() { Err(error.clone()) } else { Ok(()) }
}

/// The latest instant that any of the jobs speaks of.
pub(super) fn latest(jobs: &[Job]) -> Option<Timestamp> {
    jobs.iter()
        .filter_map(|job| match job {
            Job::Reserve { job, .. } => Some(job.now),
            Job::NoteUse { now, .. } => Some(*now),
            Job::Settle { event: Some(event), .. } => {
                Timestamp::from_millisecond(event.occurred_at_ms).ok()
            }
            Job::Settle { .. } | Job::Renew { .. } | Job::Update(_) | Job::Flush(_) => None,
        })
        .max()
}
