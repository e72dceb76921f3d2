//! Waits until usage shows that a successor took the place of its predecessor.

use std::time::Duration;

use tokio::time::Instant;

use super::evidence;
use super::family::Family;
use crate::client;
use crate::client::patience::{is_transient, pause_after};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::report::handover::Handover;

/// Waits until it is proven, or until the time is up: then it gives what stands against it.
pub(crate) async fn wait(
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
