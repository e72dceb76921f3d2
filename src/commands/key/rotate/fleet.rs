//! `--all`: many keys at once.

use std::time::Duration;

use clap::Args;
use jiff::Timestamp;

use super::{Rotate, mode};
use crate::commands::complete;
use crate::commands::listing::Listing;
use crate::commands::router::signals::Signals;
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::journal::fleet::{FleetPlan, Found, Planned, Progress};
use crate::lifecycle::fleet::{Outcome as Ended, Ran, Work};
use crate::lifecycle::selection::{self, Filter, Selection};
use crate::lifecycle::sinks::{Force, lasting};
use crate::settings::parse_duration;
use crate::view;
use crate::view::rotation::{COLUMNS, Outcome, Rotated};
use crate::view::router::counted;
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::key::Mode;
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
    let selection = words(args);
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
            refuse_other_words(args, &found.plan)?;
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
            let to = args.sinks.named();
            let (overlap, reset_counter) = (args.overlap, args.reset_counter);
            let filter = filter(ctx, args);
            let chosen = Selection { filter, to: to.as_deref(), overlap, reset_counter };
            let members = selection::choose(ctx, &chosen).await?;
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
    let mut signals =
        Signals::listen().map_err(|e| Error::failed("cannot listen for an interrupt").cause(e))?;
    let ran = work.carry_out(args.fleet.concurrency, async || signals.next().await).await;
    ran.keep(ctx, fleet, resumed.as_ref()).await?;
    end(ctx, &plan, ran)
}

/// What an earlier run began is gone on with as it was begun. Other words than its own would be
/// passed over in silence, so they are refused.
fn refuse_other_words(args: &Rotate, plan: &FleetPlan) -> Result<()> {
    let refuse = |message: String| {
        Err(Error::conflict(message)
            .hint("go on with it as it was begun: `clawctl key rotate --all --resume`")
            .hint("or give up what is left of it: `clawctl key rotate --all --forget`"))
    };
    if args.test && plan.key_mode != Mode::Test.as_str() {
        return refuse("the rotation that was begun does not make keys for tests".to_owned());
    }
    let Some(to) = args.sinks.named() else { return Ok(()) };
    for Planned { credential_id, sinks } in &plan.members {
        let named = selection::filled(&to, credential_id)?;
        if !named.iter().map(lasting).eq(sinks.iter().cloned()) {
            let named: Vec<_> = named.iter().map(SinkSpec::to_string).collect();
            return refuse(format!(
                "the rotation that was begun delivers key `{credential_id}` to {}, not to {}",
                shown(sinks).join(" and "),
                named.join(" and ")
            ));
        }
    }
    Ok(())
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
    let left = found.plan.members.len() - found.done().count();
    fleet.finish(found.done(), ctx.now()).await?;
    let left = counted(left as u64, "key that was left is", "keys that were left are");
    ctx.ui.status(format!("{left} not rotated any more."));
    Ok(Exit::DONE)
}

/// Says what is done, and what is left.
fn end(ctx: &Ctx, plan: &FleetPlan, ran: Ran) -> Result<Exit> {
    let (finished, left) = (ran.finished(), ran.left());
    let word = if plan.overlap { "a successor now" } else { "a new secret" };
    let have = counted(finished as u64, "key has", "keys have");
    let are = if left == 1 { "is" } else { "are" };
    ctx.ui.status(format!("{have} {word}, {left} of {} {are} left.", ran.outcomes.len()));
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
    let rows = plan.members.iter().zip(ran.outcomes).map(|(it, ran)| row(it, ran)).collect();
    let exit = ctx.show(list(rows))?;
    match ran.stopped {
        Some(error) => Err(error),
        None => Ok(exit),
    }
}

fn row(planned: &Planned, ran: Ended) -> Rotated {
    let id = &planned.credential_id;
    match ran {
        Ended::Rotated(entry) => Rotated {
            successor_id: entry.predecessor.is_some().then(|| entry.credential_id.clone()),
            delivered_to: shown(&entry.sinks),
            ..Rotated::new(id, Outcome::Rotated)
        },
        Ended::DoneBefore => Rotated::new(id, Outcome::DoneBefore),
        Ended::NotBegun => Rotated::new(id, Outcome::NotBegun),
        Ended::Failed(text) => Rotated { error: Some(text), ..Rotated::new(id, Outcome::Failed) },
    }
}

/// Sinks without what not everybody should see: an `exec:` command may say more.
fn shown(sinks: &[String]) -> Vec<String> {
    let specs = sinks.iter().filter_map(|text| text.parse::<SinkSpec>().ok());
    specs.map(|spec| spec.to_string()).collect()
}

/// What a key has to be.
pub(super) fn filter<'a>(ctx: &Ctx, args: &'a Rotate) -> Filter<'a> {
    let FleetFlags { policy, ids, label, older_than, .. } = &args.fleet;
    let before = |age: Duration| ctx.now().checked_sub(age).unwrap_or(Timestamp::MIN);
    Filter {
        policy: policy.as_ref(),
        id: ids.as_ref(),
        label: label.as_ref(),
        made_before: older_than.map(before),
    }
}

/// The words that chose these keys: a run with the same words goes on with them.
fn words(args: &Rotate) -> String {
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
        let delivered_to = shown(&planned.sinks);
        Rotated { delivered_to, ..Rotated::new(&planned.credential_id, outcome) }
    };
    ctx.ui.status("Nothing was sent: this is a dry run.");
    let mut listing = Listing::new(ctx, COLUMNS);
    plan.members.iter().try_for_each(|planned| listing.push(row(planned)))?;
    listing.end(NONE)
}
