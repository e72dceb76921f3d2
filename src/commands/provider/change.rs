//! The way of every provider change: plan, say the effect, ask, write, show.

use crate::client::{self, Client, ConnectionEdit, Planned};
use crate::commands::caution::{ask, cautions, say};
use crate::commands::policy::flags::unknown_provider;
use crate::commands::uses::say_who_loses;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::plan::connection_change;
use crate::view::change::{Changed, HeldBack};
use clawctl_wire::connection::Connection;

/// Thinks a change through. A name that there is not is met with the nearest one.
pub(crate) async fn plan(
    client: &Client,
    id: &str,
    edit: &ConnectionEdit,
) -> Result<Planned<Connection>> {
    match client.plan_edit::<Connection>(id, edit).await {
        Err(client::Error::Missing { .. }) => {
            let all = client.connections().await?;
            let known: Vec<&str> = all.iter().map(|c| c.provider_id.as_str()).collect();
            Err(unknown_provider(id, &known))
        }
        planned => Ok(planned?),
    }
}

/// Carries out a planned change, or only shows it in a dry run. One that names nothing new is not
/// written.
pub(crate) async fn carry_out(
    ctx: &Ctx,
    client: &Client,
    planned: Planned<Connection>,
) -> Result<Changed<Connection>> {
    write(ctx, client, planned, false).await
}

/// The same for a connection that is to be there. A router may take one that was never written for
/// enabled, and for not connected all the same.
pub(crate) async fn connect(
    ctx: &Ctx,
    client: &Client,
    planned: Planned<Connection>,
) -> Result<Changed<Connection>> {
    let is_new = planned.before.as_ref().is_some_and(|before| !before.is_written());
    write(ctx, client, planned, is_new).await
}

async fn write(
    ctx: &Ctx,
    client: &Client,
    planned: Planned<Connection>,
    even_if_same: bool,
) -> Result<Changed<Connection>> {
    let after = planned.after.clone();
    let before = planned.before.clone().unwrap_or_else(|| after.clone());
    let mut change = connection_change(&before, &after);
    // A budget that was never written and one that was cleared are the same limit: none.
    if change.is_empty() && !even_if_same {
        return Ok(Changed { change, now: before, dry_run: false, request: None });
    }
    say_who_loses(ctx, client, [&mut change]).await;
    let cautions = cautions(before.budget(), after.budget(), before.spent_micros);
    say(ctx, &cautions);
    if ctx.settings.dry_run {
        let request = HeldBack {
            method: "PUT",
            path: format!("/v1/admin/connections/{}", after.provider_id),
            body: after.put_body(),
        };
        return Ok(Changed { change, now: after, dry_run: true, request: Some(request) });
    }
    ask(ctx, &change, &cautions)?;
    let now = client.write(&planned).await?;
    Ok(Changed { change, now, dry_run: false, request: None })
}
