//! `clawctl apply`: makes a router as a manifest wants it.

mod carry_out;
mod one;
mod secrets;

use std::path::PathBuf;

use clap::Args;

use super::desired::files::FileFlags;
use super::desired::lock_file::LockFile;
use super::desired::planning::{Planned, Wishes, plan};
use super::desired::{rejected, report, review};
use super::diff::TermFlags;
use crate::commands::key::deliver::Delivery;
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::plan::Plan;
use crate::plan::action::{Action, Operation};
use crate::plan::desired::Desired;
use crate::plan::manifest::{Manifest, Source};
use crate::plan::reviewed::Reviewed;
use crate::view::plan::{PlanView, Use};
use crate::view::router::counted;
use clawctl_secret::sink::SinkSpec;

/// Change the router so that it is as a manifest wants it
///
/// The plan is shown and asked about. Each thing is read again just before it is written, and the
/// work stops if somebody else changed it meanwhile; what was made is noted in a lock file beside
/// the manifest. It can be interrupted at any point: run it again, and it goes on. New keys go to
/// the sinks that the manifest names for them, and become valid when they have been delivered.
///
/// With a FILE that `--plan-out` wrote, exactly that plan is carried out, or nothing.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl apply
  clawctl apply -f clawrouter.yaml --yes
  clawctl apply -f teams/ --prune
  clawctl apply -f clawrouter.yaml --plan-out plan.json && clawctl apply plan.json --yes
  clawctl export --with-key-hashes | clawctl --context prod apply -f - --yes")]
pub struct Apply {
    /// A plan that `--plan-out` wrote
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    #[arg(conflicts_with_all = ["files", "plan_out", "prune", "to", "lock", "refresh"])]
    plan: Option<PathBuf>,

    #[command(flatten)]
    files: FileFlags,

    #[command(flatten)]
    terms: TermFlags,

    /// Write the plan down instead of carrying it out
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    plan_out: Option<PathBuf>,

    /// Go on from what is there now if somebody else changed it meanwhile
    #[arg(long)]
    refresh: bool,

    /// How many things are written at the same time
    #[arg(long, value_name = "N", default_value_t = 8)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=64))]
    concurrency: u16,
}

/// What is to be applied, and how.
struct Task {
    sources: Vec<Source>,
    lock: LockFile,
    wishes: Wishes,
    reviewed: Option<Reviewed>,
}

pub async fn run(ctx: &Ctx, args: Apply) -> Result<Exit> {
    let mut task = task(ctx, &args)?;
    let manifest = match Manifest::read(&task.sources, &|name| ctx.env.lookup(name)) {
        Ok(manifest) => manifest,
        Err(found) => return rejected::tell(ctx, &found.names, &found.problems),
    };
    let planned = match plan(ctx, &manifest, &mut task.lock, &task.wishes).await? {
        Ok(planned) => planned,
        Err(problems) => return rejected::tell(ctx, manifest.names(), &problems),
    };
    if let Some(reviewed) = &task.reviewed {
        refuse_moved(reviewed, &planned.plan)?;
    }
    if let Some(path) = &args.plan_out {
        let Task { sources, lock, wishes, .. } = &task;
        review::write(ctx, path, &manifest, sources, &planned.plan, lock, wishes)?;
        return report::show(ctx, report::view(ctx, &manifest, &planned.plan, Use::Ask));
    }
    let plan = &planned.plan;
    if plan.actions.is_empty() {
        task.lock.write()?;
        return report::show(ctx, report::view(ctx, &manifest, plan, Use::Applied));
    }
    if ctx.settings.dry_run {
        check_sinks(ctx, plan)?;
        ctx.ui.status("Nothing was sent: this is a dry run.");
        return report::show(ctx, report::view(ctx, &manifest, plan, Use::Ask));
    }
    let Desired { users, bindings, .. } = &manifest.desired;
    let has_consequences = !(users.is_empty() && bindings.is_empty())
        && plan.actions.iter().any(Action::has_consequences);
    let (mut view, mut failed) = pass(ctx, &args, &manifest, &mut task, planned).await?;
    if has_consequences && failed.is_none() {
        // What was done is reported, however it goes on.
        failed = follow(ctx, &args, &manifest, &mut task, &mut view).await.unwrap_or_else(Some);
    }
    let exit = report::show(ctx, view)?;
    match failed {
        None => Ok(exit),
        Some(error) => Err(error.hint("what was done stays; run the same again to go on")),
    }
}

/// Asks about a plan and carries it out.
async fn pass(
    ctx: &Ctx,
    args: &Apply,
    manifest: &Manifest,
    task: &mut Task,
    planned: Planned,
) -> Result<(PlanView, Option<Error>)> {
    let Planned { plan, live } = planned;
    check_sinks(ctx, &plan)?;
    let secrets = secrets::fetch(ctx, &plan)?;
    ctx.ui.preview(&report::view(ctx, manifest, &plan, Use::Ask))?;
    let count = plan.actions.len();
    let things = if count == 1 { "this change" } else { "these changes" };
    ctx.ui.confirm_aside(&format!("Make {things} on {}?", ctx.client()?.place()))?;
    let mut view = report::view(ctx, manifest, &plan, Use::Applied);
    if task.reviewed.is_some() {
        // Places in a plan are none in the files that it was made of.
        view.changes.iter_mut().for_each(|step| (step.line, step.column) = (None, None));
    }
    let terms = carry_out::Terms {
        refresh: args.refresh,
        concurrency: usize::from(args.concurrency),
        secrets,
    };
    let failed = carry_out::carry_out(ctx, &plan, live, &mut task.lock, terms, &mut view).await?;
    Ok((view, failed))
}

/// With every write of a rule a router gives groups to users and takes some, also from those whom
/// the manifest names. So the manifest is compared again until nothing is left to do.
async fn follow(
    ctx: &Ctx,
    args: &Apply,
    manifest: &Manifest,
    task: &mut Task,
    view: &mut PlanView,
) -> Result<Option<Error>> {
    for number in 2.. {
        let mut planned = match plan(ctx, manifest, &mut task.lock, &task.wishes).await? {
            Ok(planned) => planned,
            Err(problems) => {
                rejected::tell(ctx, manifest.names(), &problems)?;
                return Ok(Some(Error::conflict("the router no longer fits the manifest")));
            }
        };
        // What else differs by now was changed by somebody else.
        planned.plan.actions.retain(Action::is_consequence);
        let left = planned.plan.actions.len();
        if left == 0 {
            break;
        }
        if number > PASSES_MAX {
            let error = Error::conflict("the manifest and the router's rules do not agree");
            let changes = counted(left as u64, "difference", "differences");
            return Ok(Some(error.cause(format!("after {PASSES_MAX} passes: {changes}"))));
        }
        let changes = counted(left as u64, "thing that", "things that");
        let said = format!("The router's rules changed {changes} the manifest names");
        if task.reviewed.is_some() {
            ctx.ui.warning(format!("{said}; they are not in this plan"));
            ctx.ui.hint("make a new plan: `clawctl apply --plan-out FILE`");
            return Ok(None);
        }
        ctx.ui.status(format!("{said}: pass {number}."));
        let (next, failed) = pass(ctx, args, manifest, task, planned).await?;
        view.append(number, next);
        if failed.is_some() {
            return Ok(failed);
        }
    }
    Ok(None)
}

/// How often a manifest is compared and carried out in one run.
const PASSES_MAX: usize = 4;

fn task(ctx: &Ctx, args: &Apply) -> Result<Task> {
    // What changes nothing has nothing to write there either.
    let open = match args.plan_out.is_some() || ctx.settings.dry_run {
        true => LockFile::open,
        false => LockFile::hold,
    };
    let Some(path) = &args.plan else {
        return Ok(Task {
            sources: args.files.read()?,
            lock: open(args.terms.lock_path(&args.files)?, &ctx.journal_target())?,
            wishes: args.terms.wishes(ctx),
            reviewed: None,
        });
    };
    let reviewed = review::read(ctx, path)?;
    let parse = |text: &String| {
        text.parse::<SinkSpec>().map_err(|e| Error::usage("the plan names no sink").cause(e))
    };
    let wishes = Wishes {
        prune: reviewed.prune,
        sinks: reviewed.sinks.iter().map(parse).collect::<Result<_>>()?,
        ..TermFlags::default().wishes(ctx)
    };
    let lock = open(reviewed.lock.clone(), &reviewed.router)?;
    Ok(Task { sources: reviewed.sources(), lock, wishes, reviewed: Some(reviewed) })
}

fn refuse_moved(reviewed: &Reviewed, plan: &Plan) -> Result<()> {
    let moved = reviewed.moved(plan);
    if moved.is_empty() {
        return Ok(());
    }
    let when = reviewed.made_at;
    let mut error = Error::conflict(format!(
        "the router is not as it was when this plan was made ({when}); nothing was changed"
    ));
    error.causes = moved.into_iter().map(Into::into).collect();
    Err(error.hint("make a new plan, and look at it again"))
}

/// Every sink of every new key can take one, or nothing is begun.
fn check_sinks(ctx: &Ctx, plan: &Plan) -> Result<()> {
    for action in &plan.actions {
        let Operation::Deliver(issue) = &action.operation else { continue };
        let id = &issue.key.id;
        if issue.sinks.contains(&SinkSpec::Stdout)
            && (ctx.ui.look().format.is_some() || ctx.ui.look().report.is_some())
        {
            return Err(Error::usage(format!(
                "key `{id}` cannot go to stdout, where the report goes"
            ))
            .hint("leave `-o` out, or name another sink"));
        }
        Delivery::check(ctx, one::sinks(issue), false, one::claim(id)).map_err(|e| {
            let message = format!("key `{id}`: {}", e.message);
            Error { message, ..e }
        })?;
    }
    Ok(())
}
