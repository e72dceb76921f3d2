//! A list of keys is rotated, a few at a time, with one journal for all of them.
//!
//! What a key goes through is the same as for one alone. The journal knows of each whether it was
//! begun, so that a run which is cut off anywhere is taken up by the next.

use std::cell::{Cell, LazyCell, RefCell};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use futures_util::StreamExt as _;
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::members::Members;
use super::overlap::{self, OldKey};
use super::rotation::{self, Rotation, Successor};
use super::sinks::{Claim, Force};
use super::steps::{Done, Steps, sinks_of};
use super::way::Way;
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::journal::Entry;
use crate::journal::fleet::{Fleet, FleetPlan, Found, Planned, Progress};
use clawctl_secret::sink::SinkSpec;

/// What became of one key.
#[derive(Debug)]
pub(crate) enum Outcome {
    Rotated(Box<Entry>),
    /// An earlier run did it.
    DoneBefore,
    Failed(String),
    /// The run was stopped before its turn came.
    NotBegun,
}

/// What became of all of them.
pub(crate) struct Ran {
    /// In the order of the plan.
    pub(crate) outcomes: Vec<Outcome>,
    /// Why no more keys were begun.
    pub(crate) stopped: Option<Error>,
}

impl Ran {
    /// Keeps what is known of the keys that are done. What is left stays in the journal.
    pub(crate) async fn keep(&self, ctx: &Ctx, fleet: Fleet, found: Option<&Found>) -> Result<()> {
        let before = found.into_iter().flat_map(Found::done);
        let now = self.outcomes.iter().filter_map(|it| match it {
            Outcome::Rotated(entry) => Some(&**entry),
            _ => None,
        });
        let done = before.chain(now);
        match self.left() {
            0 => fleet.finish(done, ctx.now()).await?,
            _ => fleet.pause(done, ctx.now()).await?,
        }
        Ok(())
    }

    pub(crate) fn finished(&self) -> usize {
        self.outcomes.iter().filter(|it| matches!(it, Outcome::Rotated(_))).count()
    }

    /// How many have to be gone on with.
    pub(crate) fn left(&self) -> usize {
        let is_left = |it: &&Outcome| matches!(it, Outcome::Failed(_) | Outcome::NotBegun);
        self.outcomes.iter().filter(is_left).count()
    }
}

/// A list of keys under way.
pub(crate) struct Work<'a> {
    ctx: &'a Ctx,
    plan: &'a FleetPlan,
    fleet: &'a Fleet,
    found: Option<&'a Found>,
    force: Force,
    members: Members<'a>,
    /// Files that several keys are written to take one at a time.
    places: RefCell<HashMap<PathBuf, Arc<Mutex<()>>>>,
    over: Cell<usize>,
    /// Why no more keys are begun.
    stopped: RefCell<Option<Error>>,
}

impl<'a> Work<'a> {
    pub(crate) async fn new(
        ctx: &'a Ctx,
        plan: &'a FleetPlan,
        fleet: &'a Fleet,
        found: Option<&'a Found>,
        force: Force,
    ) -> Result<Self> {
        let all = || plan.members.iter().map(|it| it.credential_id.as_str());
        let ids: LazyCell<HashSet<_>, _> = LazyCell::new(|| all().collect());
        let members = Members::of(ctx.client()?, |id| ids.contains(id)).await?;
        Ok(Self {
            ctx,
            plan,
            fleet,
            found,
            force,
            members,
            places: RefCell::default(),
            over: Cell::new(0),
            stopped: RefCell::default(),
        })
    }

    /// Rotates all of them, at most so many at the same time. After an interrupt no more are begun.
    pub(crate) async fn carry_out(
        self,
        concurrency: u16,
        mut interrupted: impl AsyncFnMut(),
    ) -> Ran {
        let outcomes = self.all(concurrency, &mut interrupted).await;
        Ran { outcomes, stopped: self.stopped.into_inner() }
    }

    async fn all(&self, concurrency: u16, interrupted: &mut impl AsyncFnMut()) -> Vec<Outcome> {
        let members = self.plan.members.iter().enumerate();
        let work = members.map(async |(at, planned)| (at, self.one(planned).await));
        let mut outcomes: Vec<_> = self.plan.members.iter().map(|_| Outcome::NotBegun).collect();
        let mut under_way =
            std::pin::pin!(futures_util::stream::iter(work).buffer_unordered(concurrency.into()));
        loop {
            tokio::select! {
                biased;
                () = interrupted() => {
                    self.stop(Error::stopped("interrupted; what was begun is finished first"));
                }
                next = under_way.next() => match next {
                    Some((at, outcome)) => outcomes[at] = outcome,
                    None => break,
                },
            }
        }
        self.ctx.ui.progress_done();
        outcomes
    }

    fn stop(&self, error: Error) {
        self.stopped.borrow_mut().get_or_insert(error);
    }

    async fn one(&self, planned: &Planned) -> Outcome {
        let id = &planned.credential_id;
        let progress = self.found.map_or(&Progress::Planned, |found| found.progress(id));
        let outcome = match progress {
            Progress::Done(_) => Outcome::DoneBefore,
            _ if self.stopped.borrow().is_some() => Outcome::NotBegun,
            _ => match self.rotate(planned, progress).await {
                Ok(Done { entry, .. }) => Outcome::Rotated(Box::new(entry)),
                Err(error) => self.failed(id, error),
            },
        };
        self.over.set(self.over.get() + 1);
        self.ctx.ui.progress_of(self.over.get(), self.plan.members.len(), "keys");
        outcome
    }

    fn failed(&self, id: &str, mut error: Error) -> Outcome {
        let text = error.message.clone();
        if !error.message.contains(id) {
            error.message = format!("key `{id}`: {text}");
        }
        self.ctx.ui.failure(&error);
        // A router that is gone, or that does not know us, would refuse all the others too.
        if matches!(error.exit, Exit::UNREACHABLE | Exit::DENIED) {
            self.stop(Error::new(error.exit, "stopped, because the others would fail as well"));
        }
        Outcome::Failed(text)
    }

    async fn rotate(&self, planned: &Planned, progress: &Progress) -> Result<Done> {
        let Self { ctx, plan, fleet, .. } = *self;
        let id = &planned.credential_id;
        if let Progress::HalfWay(entry) = progress {
            let specs = sinks_of(entry)?;
            // Held until the router has decided, so that putting one back undoes no other.
            let _places = self.take_places(&specs).await;
            let mut way = Way::kept(ctx, &specs, self.claim(id))?;
            let steps = Steps::of_member(ctx, fleet.take_up(entry)?)?;
            return rotation::go_on(ctx, steps, &mut way).await;
        }
        let Some(key) = self.members.read(id).await? else {
            return Err(Error::not_found(format!("there is no key `{id}` any more")));
        };
        if !key.active {
            return Err(Error::conflict(format!("key `{id}` does not work any more")));
        }
        let parse = |text: &String| {
            text.parse().map_err(|e: clawctl_secret::sink::BadSink| Error::of(Exit::USAGE, e))
        };
        let specs: Vec<SinkSpec> = planned.sinks.iter().map(parse).collect::<Result<_>>()?;
        let _places = self.take_places(&specs).await;
        let mut way = Way::kept(ctx, &specs, self.claim(id))?;
        let mut rotation =
            Rotation { key: &key, mode: &plan.key_mode, sinks: &specs, successor: None };
        if !plan.overlap {
            return rotation::rotate(ctx, Some(fleet), &rotation, &mut way).await;
        }
        let next = overlap::next_id(id, ctx.now())?;
        let proof = OldKey::in_sinks(way.held(), id)?;
        proof.check(ctx, id).await?;
        rotation.successor =
            Some(Successor { id: &next, expires_at: key.expires_at, proof: &proof });
        rotation::rotate(ctx, Some(fleet), &rotation, &mut way).await
    }

    /// Nobody is asked about one of many.
    fn claim<'i>(&self, id: &'i str) -> Claim<'i> {
        Claim::Key { id, force: self.force }
    }

    /// Waits until no other key is being written to the same files.
    async fn take_places(&self, specs: &[SinkSpec]) -> Vec<OwnedMutexGuard<()>> {
        // In one order for all, so that no two wait for each other.
        let files: BTreeSet<PathBuf> = specs.iter().filter_map(shared_file).collect();
        let mut taken = Vec::new();
        for file in files {
            let place = Arc::clone(self.places.borrow_mut().entry(file).or_default());
            taken.push(place.lock_owned().await);
        }
        taken
    }
}

/// The file of a sink that other keys may be written to as well.
fn shared_file(spec: &SinkSpec) -> Option<PathBuf> {
    match spec {
        SinkSpec::EnvFile { path, .. } => {
            Some(path.canonicalize().unwrap_or_else(|_| path.clone()))
        }
        _ => None,
    }
}
