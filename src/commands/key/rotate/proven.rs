//! `--until-proven`: the old key is retired when usage shows that its successor took its place.

use std::time::Duration;

use tokio::time::Instant;

use super::{Rotate, finish, successor};
use crate::commands::router::signals::Signals;
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::lifecycle::family::Family;
use crate::lifecycle::proven;
use crate::lifecycle::retire::Condition;
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
        waited = proven::wait(ctx, id, idle, args.interval, deadline) => waited,
    };
    ctx.ui.progress_done();
    let result = match waited {
        Ok(Ok(family)) => finish::retire(ctx, &family, Condition::Idle(idle)).await?,
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
