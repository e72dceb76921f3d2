//! What there is to know before a provider's connection is changed.

use crate::client::{self, Client, ConnectionEdit, Planned};
use crate::commands::caution::{cautions, say};
use crate::commands::policy::flags::unknown_provider;
use crate::commands::write::Proposal;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::plan::connection_change;
use crate::resource::Resource as _;
use crate::view::change::Changed;
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
/// written, unless it `connects`: a router may take one that was never written for enabled, and for
/// not connected all the same.
pub(crate) async fn carry_out(
    ctx: &Ctx,
    client: &Client,
    mut planned: Planned<Connection>,
    connects: bool,
) -> Result<Changed<Connection>> {
    let before = planned.before.clone().unwrap_or_else(|| planned.after.clone());
    // A budget that was never written and one that was cleared are the same limit: none.
    if planned.after.body() == before.body() {
        planned.after.clone_from(&before);
    }
    let after = &planned.after;
    let change = connection_change(&before, after);
    let cautions = cautions(before.budget(), after.budget(), before.spent_micros);
    say(ctx, &cautions);
    let even_if_same = connects && !before.is_written();
    let proposal = Proposal::put(ctx, client, &planned, change).await?;
    Proposal { cautions, even_if_same, ..proposal }
        .carry_out(ctx, client, async || Ok(client.write(&planned).await?))
        .await
}
