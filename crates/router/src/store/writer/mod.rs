//! One thread that writes for everyone: it takes all that waits, commits it with one flush of the
//! disk, and only then answers.
//!
//! A request that waits for its reservation waits for one flush, however many do so with it. What
//! nobody waits for is written in the order in which it came, and tried again until it is written.
//! The thread is started by the first job: a short command that has none starts no thread.

mod batch;
mod job;
mod queue;
mod sweep;
#[cfg(test)]
mod tests;
mod work;

use std::collections::HashMap;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use thiserror::Error;
use tokio::sync::oneshot;

use self::job::{Job, Waiter};
pub(crate) use self::job::{ReserveError, ReserveJob};
use self::queue::Queue;
pub(crate) use self::sweep::SweepClock;
use super::leases::Leases;
use super::notices::Notices;
use super::pool::Pool;
use super::turns::Turns;
use super::{Db, Reservation, StoreError, locked};
use crate::cause::Cause;
use clawctl_wire::money::Micros;
use clawctl_wire::usage_event::UsageEvent;

/// How long a read waits for what was asked for before it.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(5);

/// How long the last jobs are waited for when the router stops.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(10);

/// How often the use of one credential is written down, at most.
const USE_NOTED_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// Of how many credentials it is remembered when their use was noted.
const NOTED_MAX: usize = 16_384;

/// Records of requests that are lost.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("cannot write {events} usage events: {reason}")]
pub struct Unwritten {
    pub events: usize,
    pub reason: StoreError,
}

/// The front of the writer.
pub(super) struct Writer {
    queue: Arc<Queue>,
    pool: Arc<Pool>,
    turns: Arc<Turns>,
    retention_days: u32,
    notices: Arc<Notices>,
    leases: Leases,
    thread: Mutex<Option<JoinHandle<()>>>,
    noted: Mutex<HashMap<String, Timestamp>>,
}

impl Writer {
    pub(super) fn new(pool: Arc<Pool>, turns: Arc<Turns>, retention_days: u32) -> Self {
        Self {
            queue: Arc::default(),
            pool,
            turns,
            retention_days,
            notices: Arc::default(),
            leases: Leases::default(),
            thread: Mutex::default(),
            noted: Mutex::default(),
        }
    }

    /// Whether another request may be taken on, as far as writing goes.
    pub(super) fn has_room(&self) -> bool {
        self.queue.has_room()
    }

    pub(super) async fn reserve(&self, job: ReserveJob) -> Result<Reservation, ReserveError> {
        if job.claims.is_empty() && job.content.is_none() {
            return Ok(Reservation::of_nothing());
        }
        if !self.has_room() {
            return Err(ReserveError::Busy);
        }
        let (answer, answered) = oneshot::channel();
        let mut answered = Answered { answered, writer: self };
        self.enqueue(Job::Reserve { job, answer });
        let answer = (&mut answered.answered).await;
        let reservation = answer.unwrap_or_else(|_gone| Err(ReserveError::Store(stopped())))?;
        self.leases.begin(&reservation);
        Ok(reservation)
    }

    /// Makes everything that open requests hold last until then.
    pub(super) fn renew(&self, lease_until: Timestamp) {
        let held = self.leases.all();
        if !held.is_empty() {
            self.enqueue(Job::Renew { held, lease_until });
        }
    }

    pub(super) fn settle(
        &self,
        reservation: Option<Reservation>,
        actual: Micros,
        event: Option<Box<UsageEvent>>,
    ) {
        if let Some(reservation) = &reservation {
            self.leases.end(reservation);
        }
        self.enqueue(Job::Settle { reservation, actual, event });
    }

    pub(super) fn note_use(&self, credential: &str, now: Timestamp) {
        let mut noted = locked(&self.noted);
        let last = noted.get(credential);
        if last.is_some_and(|last| now.duration_since(*last).abs() < USE_NOTED_EVERY) {
            return;
        }
        if noted.len() >= NOTED_MAX {
            noted.clear();
        }
        noted.insert(credential.to_owned(), now);
        drop(noted);
        self.enqueue(Job::NoteUse { credential: credential.to_owned(), now });
    }

    pub(super) fn update(
        &self,
        change: impl FnMut(&Db) -> Result<(), StoreError> + Send + 'static,
    ) {
        self.enqueue(Job::Update(Box::new(change)));
    }

    pub(super) async fn written(&self) -> Result<(), StoreError> {
        if !self.is_started() {
            return Ok(());
        }
        let (waiter, written) = oneshot::channel();
        self.enqueue(Job::Flush(Waiter::Task(waiter)));
        written.await.unwrap_or_else(|_gone| Err(stopped()))
    }

    pub(super) fn flush(&self) -> Result<(), StoreError> {
        self.flush_within(FLUSH_TIMEOUT)
    }

    /// As [`Self::flush`], but not discouraged by a first failure.
    pub(super) fn drain(&self) -> Result<(), StoreError> {
        self.drain_within(DRAIN_TIMEOUT)
    }

    /// Writes what is left if it can, and says how many records of requests could not be written.
    /// Nothing is written from here on.
    pub(super) fn finish(&self) -> Result<(), Unwritten> {
        self.queue.close();
        if let Some(thread) = locked(&self.thread).take() {
            let _ = thread.join();
        }
        match self.queue.events() {
            0 => Ok(()),
            events => {
                let reason = self.queue.trouble().unwrap_or_else(stopped);
                Err(Unwritten { events, reason })
            }
        }
    }

    /// What an operator should hear of, once.
    pub(super) fn notices(&self) -> Vec<String> {
        self.notices.take()
    }

    fn drain_within(&self, patience: Duration) -> Result<(), StoreError> {
        let started = Instant::now();
        loop {
            let left = patience.saturating_sub(started.elapsed());
            match self.flush_within(left) {
                Err(_) if started.elapsed() < patience => {}
                done => return done,
            }
        }
    }

    fn flush_within(&self, patience: Duration) -> Result<(), StoreError> {
        if !self.is_started() {
            return Ok(());
        }
        let (waiter, written) = mpsc::sync_channel(1);
        self.enqueue(Job::Flush(Waiter::Thread(waiter)));
        match written.recv_timeout(patience) {
            Ok(result) => result,
            Err(RecvTimeoutError::Timeout) => Err(StoreError::Busy),
            Err(RecvTimeoutError::Disconnected) => Err(stopped()),
        }
    }

    fn is_started(&self) -> bool {
        locked(&self.thread).is_some()
    }

    fn enqueue(&self, job: Job) {
        if self.queue.push(job) {
            return;
        }
        let mut thread = locked(&self.thread);
        if thread.is_some() {
            return;
        }
        let work = work::Work {
            queue: Arc::clone(&self.queue),
            pool: Arc::clone(&self.pool),
            turns: Arc::clone(&self.turns),
            retention_days: self.retention_days,
            notices: Arc::clone(&self.notices),
        };
        let builder = thread::Builder::new().name("clawctl-writer".to_owned());
        match builder.spawn(move || work.run()) {
            Ok(started) => {
                self.queue.is_served();
                *thread = Some(started);
            }
            // What nobody waits for stays in the queue, and the next job tries again.
            Err(error) => self.queue.refuse_waiting(&StoreError::Other(Cause::of(error))),
        }
    }
}

/// What is still in the queue is written before the store is gone.
impl Drop for Writer {
    fn drop(&mut self) {
        let _ = self.finish();
    }
}

/// The wait for a reservation. If it is given up after the reservation was made, nobody would ever
/// settle it, so it is given back here.
struct Answered<'a> {
    answered: oneshot::Receiver<Result<Reservation, ReserveError>>,
    writer: &'a Writer,
}

impl Drop for Answered<'_> {
    fn drop(&mut self) {
        self.answered.close();
        if let Ok(Ok(reservation)) = self.answered.try_recv() {
            self.writer.settle(Some(reservation), Micros::ZERO, None);
        }
    }
}

fn stopped() -> StoreError {
    StoreError::Other("the thread that writes has stopped".into())
}
