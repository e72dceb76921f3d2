//! `--all`: many keys, a few at a time, with one journal for all of them.
//!
//! What a key goes through is the same as for one alone. The journal knows of each whether it was
//! begun, so that a run which is cut off anywhere is taken up by the next.

use std::cell::{Cell, LazyCell, RefCell};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use futures_util::StreamExt as _;
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::{Rotate, mode, select};
use crate::commands::complete;
use crate::commands::listing::Listing;
use crate::commands::router::signals::Signals;
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::journal::Entry;
use crate::journal::fleet::{Fleet, FleetPlan, Found, Planned, Progress};
use crate::lifecycle::in_place::{self, Done};
use crate::lifecycle::members::Members;
use crate::lifecycle::overlap;
use crate::lifecycle::sinks::{Claim, Force};
use crate::lifecycle::steps::{Steps, sinks_of};
use crate::lifecycle::way::Way;
use crate::settings::parse_duration;
use crate::view;
use crate::view::rotation::{COLUMNS, Outcome, Rotated};
use crate::view::router::counted;
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::model::ModelPattern;

/// How many keys are under way at the same time.
const CONCURRENCY_DEFAULT: u16 = 32;

/// The words that choose every key.
const ALL: &str = "--all";

/// What is said if the filters leave no key.
const NONE: &str = "No key is to be rotated.";

/// Ends them where the keys get successors.
const OVERLAP: &str = " --overlap";

#[derive(Debug, Args)]
#[command(next_help_heading = "Many keys")]
pub(super) struct FleetFlags {
    /// Rotate every key that works and that the filters leave
    #[arg(long)]
    pub(super) all: bool,

    /// Only keys under this policy; `*` stands for any run of characters
    #[arg(long, value_name = "PATTERN", requires = "all", add = complete::policies())]
    pub(super) policy: Option<ModelPattern>,

    /// Only keys with such an id
    #[arg(long = "id", value_name = "PATTERN", requires = "all")]
    pub(super) ids: Option<ModelPattern>,

    /// Only keys with such a label
    #[arg(long, value_name = "PATTERN", requires = "all")]
    pub(super) label: Option<ModelPattern>,

    /// Only keys that have had their secret for longer than this: `90d`
    #[arg(long, value_name = "TIME", requires = "all", value_parser = parse_duration)]
    pub(super) older_than: Option<Duration>,

    /// Give up what an earlier run has left, where nothing is half way
    #[arg(long, requires = "all", conflicts_with_all = ["resume", "finish"])]
    pub(super) forget: bool,

    /// How many keys are under way at the same time
    #[arg(long, value_name = "N", requires = "all", default_value_t = CONCURRENCY_DEFAULT)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) concurrency: u16,
}

pub(super) async fn run(ctx: &Ctx, args: &Rotate) -> Result<Exit> {
    let (journal, target) = (ctx.journal(), ctx.journal_target());
    let selection = selection(args);
    let found = journal.find_fleet(&target)?;
    if args.fleet.forget {
        return forget(ctx, found).await;
    }
    let (plan, resumed) = match found {
        None if args.resume => {
            return Err(Error::not_found("no rotation of many keys is unfinished on this router"));
        }
        // `--resume` alone goes on with whatever was begun.
        Some(found) if found.plan.selection == selection || (args.resume && selection == ALL) => {
            select::refuse_other_words(args, &found.plan)?;
            ctx.ui.status("Going on with what an earlier run began.");
            (found.plan.clone(), Some(found))
        }
        Some(found) => {
            let begun = &found.plan.selection;
            return Err(Error::conflict(format!(
                "`key rotate {begun}` was begun and is not finished"
            ))
            .hint("finish it first: `clawctl key rotate --all --resume`")
            .hint("or give up what is left of it: `clawctl key rotate --all --forget`"));
        }
        None => {
            let members = select::choose(ctx, args).await?;
            let key_mode = mode(args).to_owned();
            let target = ctx.journal_place();
            (FleetPlan { target, selection, overlap: args.overlap, key_mode, members }, None)
        }
    };
    if ctx.settings.dry_run {
        return dry_run(ctx, &plan, resumed.as_ref());
    }
    if plan.members.is_empty() {
        return ctx.show(list(Vec::new()));
    }
    if resumed.is_none() {
        ctx.confirm(&question(&plan))?;
    }
    let (fleet, resumed) = match &resumed {
        Some(found) => {
            let (fleet, found) = journal.resume_fleet(found)?;
            (fleet, Some(found))
        }
        None => (journal.begin_fleet(&plan, ctx.now())?, None),
    };
    let work = Work::new(ctx, &plan, &fleet, resumed.as_ref(), Force::of(args.force)).await?;
    let rows = work.carry_out(args.fleet.concurrency).await?;
    let Work { done, stopped, .. } = work;
    end(ctx, &plan, fleet, rows, done.into_inner(), stopped.into_inner()).await
}

/// Forgets the keys that were not begun. One that is half way has to be finished.
async fn forget(ctx: &Ctx, found: Option<Found>) -> Result<Exit> {
    let missing = || Error::not_found("no rotation of many keys is unfinished on this router");
    let found = found.ok_or_else(missing)?;
    let (fleet, found) = ctx.journal().resume_fleet(&found)?;
    if let Some(entry) = found.half_way().next() {
        let (id, resume) = (entry.before(), entry.resume_command());
        return Err(Error::conflict(format!("key `{id}` is half way, and must not be forgotten"))
            .hint(format!("finish it first: `{resume}`")));
    }
    let done: Vec<Entry> = found.done().cloned().collect();
    let left = found.plan.members.len() - done.len();
    fleet.finish(&done, ctx.now()).await?;
    let left = counted(left as u64, "key that was left is", "keys that were left are");
    ctx.ui.status(format!("{left} not rotated any more."));
    Ok(Exit::DONE)
}

/// Keeps what is known of the keys that are done, and says what is left.
async fn end(
    ctx: &Ctx,
    plan: &FleetPlan,
    fleet: Fleet,
    rows: Vec<Rotated>,
    done: Vec<Entry>,
    stopped: Option<Error>,
) -> Result<Exit> {
    let count = |outcome| rows.iter().filter(|row| row.outcome == outcome).count();
    let left = count(Outcome::Failed) + count(Outcome::NotBegun);
    match left {
        0 => fleet.finish(&done, ctx.now()).await?,
        _ => fleet.pause(&done, ctx.now()).await?,
    }
    let finished = count(Outcome::Rotated);
    let word = if plan.overlap { "a successor now" } else { "a new secret" };
    let have = counted(finished as u64, "key has", "keys have");
    let are = if left == 1 { "is" } else { "are" };
    ctx.ui.status(format!("{have} {word}, {left} of {} {are} left.", rows.len()));
    if plan.overlap && finished > 0 {
        let stay = match finished {
            1 => "the old key stays enabled until it is retired".to_owned(),
            many => format!("the {many} old keys stay enabled until they are retired"),
        };
        ctx.ui.warning(stay);
        // The same keys, and no others.
        let filters = plan.selection.strip_suffix(OVERLAP).unwrap_or(&plan.selection);
        ctx.ui.hint(format!("retire them: `clawctl key rotate {filters} --finish --if-idle 30m`"));
    }
    if left > 0 {
        ctx.ui.hint("go on with what is left: `clawctl key rotate --all --resume`");
    }
    let exit = ctx.show(list(rows))?;
    match stopped {
        Some(error) => Err(error),
        None => Ok(exit),
    }
}

/// The words that chose these keys: a run with the same words goes on with them.
fn selection(args: &Rotate) -> String {
    let FleetFlags { policy, ids, label, older_than, .. } = &args.fleet;
    let mut words = vec![ALL.to_owned()];
    let patterns = [("--policy", policy), ("--id", ids), ("--label", label)];
    for (flag, pattern) in patterns {
        words.extend(pattern.iter().map(|pattern| format!("{flag} '{}'", pattern.as_str())));
    }
    words.extend(older_than.iter().map(|age| format!("--older-than {}s", age.as_secs())));
    let overlap = if args.overlap { OVERLAP } else { "" };
    words.join(" ") + overlap
}

fn question(plan: &FleetPlan) -> String {
    match (plan.overlap, plan.members.len()) {
        (true, 1) => "Issue a successor for 1 key?".to_owned(),
        (true, many) => format!("Issue successors for {many} keys?"),
        (false, 1) => "Rotate 1 key? Its old secret stops working at once.".to_owned(),
        (false, many) => format!("Rotate {many} keys? Their old secrets stop working at once."),
    }
}

fn list(rows: Vec<Rotated>) -> view::List<Rotated> {
    view::List { rows, columns: COLUMNS, empty: NONE }
}

fn dry_run(ctx: &Ctx, plan: &FleetPlan, found: Option<&Found>) -> Result<Exit> {
    let row = |planned: &Planned| {
        let is_done = found.is_some_and(|found| {
            matches!(found.progress(&planned.credential_id), Progress::Done(_))
        });
        let outcome = if is_done { Outcome::DoneBefore } else { Outcome::WouldRotate };
        let specs = planned.sinks.iter().filter_map(|text| text.parse::<SinkSpec>().ok());
        let delivered_to = specs.map(|spec| spec.to_string()).collect();
        Rotated { delivered_to, ..Rotated::new(&planned.credential_id, outcome) }
    };
    ctx.ui.status("Nothing was sent: this is a dry run.");
    let mut listing = Listing::new(ctx, COLUMNS);
    plan.members.iter().try_for_each(|planned| listing.push(row(planned)))?;
    listing.end(NONE)
}

/// A fleet under way.
struct Work<'a> {
    ctx: &'a Ctx,
    plan: &'a FleetPlan,
    fleet: &'a Fleet,
    found: Option<&'a Found>,
    force: Force,
    members: Members<'a>,
    /// Files that several keys are written to take one at a time.
    places: RefCell<HashMap<PathBuf, Arc<Mutex<()>>>>,
    done: RefCell<Vec<Entry>>,
    over: Cell<usize>,
    /// Why no more keys are begun.
    stopped: RefCell<Option<Error>>,
}

impl<'a> Work<'a> {
    async fn new(
        ctx: &'a Ctx,
        plan: &'a FleetPlan,
        fleet: &'a Fleet,
        found: Option<&'a Found>,
        force: Force,
    ) -> Result<Self> {
        let all = || plan.members.iter().map(|it| it.credential_id.as_str());
        let ids: LazyCell<HashSet<_>, _> = LazyCell::new(|| all().collect());
        let members = Members::of(ctx.client()?, |id| ids.contains(id)).await?;
        let done = found.map(|found| found.done().cloned().collect()).unwrap_or_default();
        Ok(Self {
            ctx,
            plan,
            fleet,
            found,
            force,
            members,
            places: RefCell::default(),
            done: RefCell::new(done),
            over: Cell::new(0),
            stopped: RefCell::default(),
        })
    }

    /// All of them, in the order of the plan.
    async fn carry_out(&self, concurrency: u16) -> Result<Vec<Rotated>> {
        let mut signals = Signals::listen()
            .map_err(|e| Error::failed("cannot listen for an interrupt").cause(e))?;
        let members = self.plan.members.iter().enumerate();
        let work = members.map(async |(at, planned)| (at, self.one(planned).await));
        let mut rows: Vec<Option<Rotated>> = vec![None; self.plan.members.len()];
        let mut under_way =
            std::pin::pin!(futures_util::stream::iter(work).buffer_unordered(concurrency.into()));
        loop {
            tokio::select! {
                biased;
                () = signals.next() => {
                    self.stop(Error::stopped("interrupted; what was begun is finished first"));
                }
                next = under_way.next() => match next {
                    Some((at, row)) => rows[at] = Some(row),
                    None => break,
                },
            }
        }
        self.ctx.ui.progress_done();
        Ok(rows.into_iter().flatten().collect())
    }

    fn stop(&self, error: Error) {
        self.stopped.borrow_mut().get_or_insert(error);
    }

    async fn one(&self, planned: &Planned) -> Rotated {
        let id = &planned.credential_id;
        let progress = self.found.map_or(&Progress::Planned, |found| found.progress(id));
        if matches!(progress, Progress::Done(_)) {
            return self.row(Rotated::new(id, Outcome::DoneBefore));
        }
        if self.stopped.borrow().is_some() {
            return self.row(Rotated::new(id, Outcome::NotBegun));
        }
        let outcome = self.rotate(planned, progress).await;
        self.row(match outcome {
            Ok(Done { entry, .. }) => {
                let successor_id = entry.predecessor.is_some().then(|| entry.credential_id.clone());
                let specs = entry.sinks.iter().filter_map(|text| text.parse::<SinkSpec>().ok());
                let delivered_to = specs.map(|spec| spec.to_string()).collect();
                self.done.borrow_mut().push(entry);
                Rotated { successor_id, delivered_to, ..Rotated::new(id, Outcome::Rotated) }
            }
            Err(error) => self.failed(id, error),
        })
    }

    fn failed(&self, id: &str, mut error: Error) -> Rotated {
        let text = error.message.clone();
        if !error.message.contains(id) {
            error.message = format!("key `{id}`: {text}");
        }
        self.ctx.ui.failure(&error);
        // A router that is gone, or that does not know us, would refuse all the others too.
        if matches!(error.exit, Exit::UNREACHABLE | Exit::DENIED) {
            self.stop(Error::new(error.exit, "stopped, because the others would fail as well"));
        }
        Rotated { error: Some(text), ..Rotated::new(id, Outcome::Failed) }
    }

    fn row(&self, row: Rotated) -> Rotated {
        self.over.set(self.over.get() + 1);
        self.ctx.ui.progress_of(self.over.get(), self.plan.members.len(), "keys");
        row
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
            return match plan.overlap {
                true => overlap::go_on(ctx, steps, &overlap::OldKey::unknown(), &mut way).await,
                false => in_place::go_on(ctx, steps, &mut way).await,
            };
        }
        let Some(key) = self.members.read(id).await? else {
            return Err(Error::not_found(format!("there is no key `{id}` any more")));
        };
        if !key.active {
            return Err(Error::conflict(format!("key `{id}` does not work any more")));
        }
        let parse = |text: &String| {
            text.parse().map_err(|e: clawctl_secret::sink::BadSink| Error::usage(e.to_string()))
        };
        let specs: Vec<SinkSpec> = planned.sinks.iter().map(parse).collect::<Result<_>>()?;
        let _places = self.take_places(&specs).await;
        let mut way = Way::kept(ctx, &specs, self.claim(id))?;
        if !plan.overlap {
            return in_place::rotate(ctx, Some(fleet), &key, &plan.key_mode, &specs, &mut way)
                .await;
        }
        let next = overlap::next_id(id, ctx.now())?;
        let proof = overlap::OldKey::in_sinks(way.held(), id)?;
        proof.check(ctx, id).await?;
        let next = overlap::Next {
            id: &next,
            expires_at: key.expires_at,
            mode: &plan.key_mode,
            sinks: &specs,
        };
        overlap::rotate(ctx, Some(fleet), &key, &next, &proof, &mut way).await
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
