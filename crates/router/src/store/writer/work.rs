//! What the writer's thread does.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior};

use super::batch::{self, Outcome};
use super::job::Job;
use super::queue::Queue;
use super::sweep::{self, Sweeps};
use crate::store::notices::Notices;
use crate::store::pool::Pool;
use crate::store::turns::Turns;
use crate::store::{StoreError, contents, events, open};
use clawctl_wire::money::Micros;

/// How long it waits after a failure: twice as long each time, up to the second.
const PAUSE_MIN: Duration = Duration::from_millis(20);
const PAUSE_MAX: Duration = Duration::from_secs(1);

/// How often it tries once the router has stopped and nothing more will come.
const LAST_ATTEMPTS: u32 = 5;

/// How many rows one sweep drops at most, so that nobody waits long for it.
const SWEPT_MAX: u32 = 500;

/// How many different statements there are, roughly.
const STATEMENTS: usize = 64;

/// How long the log grows, in pages, before it is moved into the file. The same pages are written
/// again and again under load, so the longer it may grow, the less there is to move; a short command
/// that finds it long is the slower for it.
const LOG_PAGES: u32 = 1_000;

/// How large the file of the log stays while it is in use: it has room for all of these pages and for
/// a large transaction behind them. A file that grows has more to flush than its pages, and a log
/// that were cut back after each round would grow in most of its commits.
const LOG_BYTES: u32 = 2 * LOG_PAGES * 4096;

pub(super) struct Work {
    pub(super) queue: Arc<Queue>,
    pub(super) pool: Arc<Pool>,
    pub(super) turns: Arc<Turns>,
    pub(super) retention_days: u32,
    pub(super) notices: Arc<Notices>,
}

/// Why jobs could not be done.
struct Failure {
    error: StoreError,
    /// Others that came with them could.
    is_partial: bool,
}

impl Work {
    pub(super) fn run(self) {
        let mut connection = None;
        let mut sweeps = Sweeps::default();
        let (mut pause, mut attempts) = (PAUSE_MIN, 0);
        while let Some(jobs) = self.queue.next() {
            let now = batch::latest(&jobs);
            match self.commit(&mut connection, jobs) {
                Ok(()) => {
                    self.queue.recovered();
                    (pause, attempts) = (PAUSE_MIN, 0);
                    if let Some(now) = now.filter(|now| sweeps.are_due(*now)) {
                        let dropped = self.sweep(&mut connection, now, sweeps.ticked_ms());
                        sweeps.swept(now, dropped >= SWEPT_MAX as usize);
                    }
                }
                Err(failure) => {
                    connection = None;
                    if failure.is_partial {
                        self.queue.recovered();
                    } else {
                        self.queue.refuse_waiting(&failure.error);
                    }
                    if self.queue.pause(pause) {
                        attempts += 1;
                    }
                    if attempts >= LAST_ATTEMPTS {
                        return;
                    }
                    pause = (pause * 2).min(PAUSE_MAX);
                }
            }
        }
    }

    /// Does the jobs and answers them. What could not be done is refused, or back in the queue.
    fn commit(
        &self,
        connection: &mut Option<Connection>,
        mut jobs: Vec<Job>,
    ) -> Result<(), Failure> {
        match self.attempt(connection, &mut jobs) {
            Ok(outcomes) => {
                self.answer(jobs, outcomes);
                Ok(())
            }
            // A job that cannot be done would stand in the way of all others for ever.
            Err(StoreError::Damaged(_) | StoreError::Other(_)) if jobs.len() > 1 => {
                let (mut failed, mut is_partial) = (None, false);
                for job in jobs {
                    let is_flush = matches!(job, Job::Flush(_));
                    match &failed {
                        // A flush waits for all of them, and is told of the one that failed.
                        Some(error) if is_flush => job.refuse(error),
                        _ => match self.commit(connection, vec![job]) {
                            Ok(()) => is_partial |= !is_flush,
                            Err(failure) => failed = failed.or(Some(failure.error)),
                        },
                    }
                }
                failed.map_or(Ok(()), |error| Err(Failure { error, is_partial }))
            }
            Err(error) => {
                self.queue.put_back(jobs, &error);
                Err(Failure { error, is_partial: false })
            }
        }
    }

    fn attempt(
        &self,
        connection: &mut Option<Connection>,
        jobs: &mut [Job],
    ) -> Result<Vec<Outcome>, StoreError> {
        if jobs.iter().all(|job| matches!(job, Job::Flush(_))) {
            return Ok(jobs.iter().map(|_| Outcome::Done).collect());
        }
        let connection = self.connected(connection)?;
        let _turn = self.turns.take();
        batch::run(connection, jobs)
    }

    fn connected<'c>(
        &self,
        connection: &'c mut Option<Connection>,
    ) -> Result<&'c mut Connection, StoreError> {
        if let Some(connection) = connection {
            return Ok(connection);
        }
        let made = open::connect(self.pool.path())?;
        made.set_prepared_statement_cache_capacity(STATEMENTS);
        made.execute_batch(&format!(
            "PRAGMA wal_autocheckpoint = {LOG_PAGES}; PRAGMA journal_size_limit = {LOG_BYTES};"
        ))?;
        Ok(connection.insert(made))
    }

    fn answer(&self, jobs: Vec<Job>, outcomes: Vec<Outcome>) {
        for (job, outcome) in jobs.into_iter().zip(outcomes) {
            match (job, outcome) {
                (Job::Reserve { answer, .. }, Outcome::Reserved(result)) => {
                    // The request that asked is gone, so nobody else will settle it.
                    if let Err(Ok(reservation)) = answer.send(result) {
                        let (reservation, actual) = (Some(reservation), Micros::ZERO);
                        self.queue.push(Job::Settle { reservation, actual, event: None });
                    }
                }
                (Job::Flush(waiter), _) => waiter.answer(Ok(())),
                _ => {}
            }
        }
    }

    /// Drops some of what is too old, and says how much. Nothing depends on it: what is too old is
    /// not shown either way.
    fn sweep(&self, connection: &mut Option<Connection>, now: Timestamp, ticked_ms: i64) -> usize {
        let mut sweep = || -> Result<usize, StoreError> {
            let connection = self.connected(connection)?;
            let _turn = self.turns.take();
            let behavior = TransactionBehavior::Immediate;
            let transaction = connection.transaction_with_behavior(behavior)?;
            let believed = sweep::believe(&transaction, now, ticked_ms)?;
            let since = events::retained_since(believed.now, self.retention_days);
            let events = events::drop_before(&transaction, since, SWEPT_MAX)?;
            let contents = contents::drop_expired(&transaction, believed.now, SWEPT_MAX)?;
            transaction.commit()?;
            if let Some(days) = believed.jumped_days {
                self.notices.add(format!(
                    "the clock moved {days} days ahead since the last cleanup; old usage events \
                     and request contents are kept until it has held for {} days",
                    sweep::HELD_DAYS
                ));
            }
            if contents > 0 {
                // The log still holds the pages as they were.
                open::empty_log(connection)?;
            }
            Ok(events + contents)
        };
        sweep().unwrap_or(0)
    }
}
