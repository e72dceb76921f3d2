//! The jobs that wait for the writer.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::job::Job;
use crate::store::{StoreError, locked};

/// How many jobs may wait before requests are turned away.
pub(super) const WAITING_MAX: usize = 8_192;

/// How many jobs one transaction does at most, so that others get their turn.
const BATCH_MAX: usize = 1_024;

/// How long what nobody waits for is left in the queue, so that more of it is written at once: a
/// transaction costs much more than one more row in it.
const COLLECT_FOR: Duration = Duration::from_millis(4);

/// So much is worth a transaction of its own.
const COLLECTED_MAX: usize = 256;

#[derive(Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    is_served: bool,
    writer: Writer,
    is_closed: bool,
    /// Why nothing of what waits could be written the last time.
    trouble: Option<StoreError>,
}

/// What the writer does just now.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Writer {
    #[default]
    Works,
    /// Until something comes.
    Sleeps,
    /// Until there is enough, or something that somebody waits for.
    Collects,
}

impl State {
    fn is_due(&self) -> bool {
        self.is_closed
            || self.jobs.len() >= COLLECTED_MAX
            || self.jobs.iter().any(Job::is_waited_for)
    }
}

impl Queue {
    /// Adds a job, and says whether there is a writer that will do it.
    pub(super) fn push(&self, job: Job) -> bool {
        let mut state = locked(&self.state);
        // It would wait behind what cannot be written. Whether that can be written again shows
        // without it.
        if let (Job::Reserve { .. }, Some(trouble)) = (&job, &state.trouble) {
            let (trouble, is_served) = (trouble.clone(), state.is_served);
            drop(state);
            job.refuse(&trouble);
            return is_served;
        }
        let waited_for = job.is_waited_for();
        state.jobs.push_back(job);
        let wake = match state.writer {
            Writer::Works => false,
            Writer::Sleeps => true,
            Writer::Collects => waited_for || state.jobs.len() >= COLLECTED_MAX,
        };
        if wake {
            state.writer = Writer::Works;
        }
        let is_served = state.is_served;
        drop(state);
        if wake {
            self.changed.notify_all();
        }
        is_served
    }

    pub(super) fn has_room(&self) -> bool {
        locked(&self.state).jobs.len() < WAITING_MAX
    }

    pub(super) fn is_served(&self) {
        locked(&self.state).is_served = true;
    }

    /// The jobs of the next transaction; none once the queue is closed and empty.
    pub(super) fn next(&self) -> Option<Vec<Job>> {
        let mut state = locked(&self.state);
        while state.jobs.is_empty() {
            if state.is_closed {
                return None;
            }
            state.writer = Writer::Sleeps;
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if !state.is_due() {
            state.writer = Writer::Collects;
            let collects = |state: &mut State| state.writer == Writer::Collects && !state.is_closed;
            let waited = self.changed.wait_timeout_while(state, COLLECT_FOR, collects);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            state.writer = Writer::Works;
        }
        if state.is_due() {
            // The first request is not alone under load. On a machine with one core the others can
            // only ask when they are let, and then one flush serves them all.
            drop(state);
            thread::yield_now();
            state = locked(&self.state);
        }
        let count = state.jobs.len().min(BATCH_MAX);
        Some(state.jobs.drain(..count).collect())
    }

    /// Puts jobs that could not be done in front of all others, in their order. Those that
    /// somebody waits for are refused.
    pub(super) fn put_back(&self, jobs: Vec<Job>, error: &StoreError) {
        let (kept, refused): (Vec<_>, Vec<_>) = jobs.into_iter().partition(Job::is_kept);
        let mut state = locked(&self.state);
        for job in kept.into_iter().rev() {
            state.jobs.push_front(job);
        }
        drop(state);
        refused.into_iter().for_each(|job| job.refuse(error));
    }

    /// Nothing can be written: all that wait for it are told, however long the queue is.
    pub(super) fn refuse_waiting(&self, error: &StoreError) {
        let mut state = locked(&self.state);
        let (kept, refused): (VecDeque<_>, VecDeque<_>) =
            state.jobs.drain(..).partition(Job::is_kept);
        state.trouble = (!kept.is_empty()).then(|| error.clone());
        state.jobs = kept;
        drop(state);
        refused.into_iter().for_each(|job| job.refuse(error));
    }

    /// Something could be written again.
    pub(super) fn recovered(&self) {
        locked(&self.state).trouble = None;
    }

    /// How many records of requests still wait.
    pub(super) fn events(&self) -> usize {
        locked(&self.state).jobs.iter().filter(|job| job.is_an_event()).count()
    }

    /// Why they do.
    pub(super) fn trouble(&self) -> Option<StoreError> {
        locked(&self.state).trouble.clone()
    }

    /// Lets some time pass, unless the queue is closed; says whether it is.
    pub(super) fn pause(&self, pause: Duration) -> bool {
        let state = locked(&self.state);
        let until_closed = |state: &mut State| !state.is_closed;
        let waited = self.changed.wait_timeout_while(state, pause, until_closed);
        waited.unwrap_or_else(PoisonError::into_inner).0.is_closed
    }

    pub(super) fn close(&self) {
        locked(&self.state).is_closed = true;
        self.changed.notify_all();
    }
}
