//! `--until-proven`: the old key is retired when usage shows that its successor took its place.

use std::time::Duration;

use tokio::time::Instant;

use super::{Rotate, finish, successor};
use crate::client;
use crate::commands::router::signals::Signals;
use crate::commands::usage::follow::{is_transient, pause_after};
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::lifecycle::evidence;
use crate::lifecycle::family::Family;
use crate::report::handover::Handover;
use crate::view::handover::{Outcome, Retirement};

/// How long nobody may have used the old key, if nothing else is said.
const IDLE_DEFAULT: Duration = Duration::from_secs(30 * 60);

const INTERVAL_MIN: Duration = Duration::from_millis(50);

pub(super) async fn run(ctx: &Ctx, args: &Rotate, id: &str) -> Result<Exit> {
    if args.interval < INTERVAL_MIN {
        return Err(Error::usage("a router is asked 20 times a second at most: `50ms`"));
    }
    let idle = args.if_idle.unwrap_or(IDLE_DEFAULT);
    let mut signals =
        Signals::listen().map_err(|e| Error::failed("cannot listen for an interrupt").cause(e))?;
    let kin = Family::kin(ctx.client()?, id).await?;
    // A successor that is there already is waited for; an earlier run may have made it.
    let mut revealed = false;
    let has_successor = Family::of(id, &kin).is_ok_and(|family| !family.older.is_empty());
    if !has_successor {
        let issued = successor(ctx, args, id).await?;
        if ctx.settings.dry_run {
            return ctx.show(issued);
        }
        revealed = issued.revealed_on_stdout;
    }
    let deadline = Instant::now() + args.within;
    let waited = tokio::select! {
        biased;
        () = signals.next() => Err(Error::stopped("interrupted; the old key was not retired")),
        waited = wait(ctx, id, idle, args.interval, deadline) => waited,
    };
    ctx.ui.progress_done();
    let result = match waited {
        Ok(Ok(family)) => finish::retire(ctx, &family, finish::Condition::Idle(idle)).await?,
        Ok(Err(evidence)) => Retirement::new(*evidence, Outcome::StillUsed),
        Err(error) => {
            return Err(
                error.hint(format!("go on waiting: `clawctl key rotate {id} --until-proven`"))
            );
        }
    };
    if revealed {
        // The reveal was the one document on stdout.
        result.said(|line| ctx.ui.status(line));
        return Ok(crate::view::View::exit(&result));
    }
    ctx.show(result)
}

/// Waits until it is proven, or until the time is up: then it gives what stands against it.
async fn wait(
    ctx: &Ctx,
    id: &str,
    idle: Duration,
    interval: Duration,
    deadline: Instant,
) -> Result<Result<Family, Box<Handover>>> {
    let mut failures = 0;
    loop {
        let pause = match look(ctx, id, idle).await {
            Ok((family, evidence)) => {
                failures = 0;
                if evidence.is_proven() || family.older.is_empty() {
                    return Ok(Ok(family));
                }
                if Instant::now() >= deadline {
                    return Ok(Err(Box::new(evidence)));
                }
                ctx.ui.progress(&format!("waiting: {}", evidence.doubts().join("; ")));
                interval
            }
            Err(Looked::Passing(e)) => {
                if Instant::now() >= deadline {
                    return Err(e.into());
                }
                if failures == 0 {
                    ctx.ui.warning(format!("{e}; it is asked again until it answers"));
                }
                failures += 1;
                pause_after(failures, interval)
            }
            Err(Looked::Final(e)) => return Err(e),
        };
        tokio::time::sleep_until((Instant::now() + pause).min(deadline)).await;
    }
}

enum Looked {
    /// It may be otherwise the next time.
    Passing(client::Error),
    Final(Error),
}

async fn look(ctx: &Ctx, id: &str, idle: Duration) -> Result<(Family, Handover), Looked> {
    let client = ctx.client().map_err(Looked::Final)?;
    let kin = Family::kin(client, id).await.map_err(|e| match is_transient(&e) {
        true => Looked::Passing(e),
        false => Looked::Final(e.into()),
    })?;
    let family = Family::of(id, &kin).map_err(Looked::Final)?;
    family.check_newest().map_err(Looked::Final)?;
    let evidence = evidence::look(ctx, &family, idle).await.map_err(Looked::Final)?;
    Ok((family, evidence))
}
