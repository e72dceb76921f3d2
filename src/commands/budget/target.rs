//! Whose budget is changed: that of a policy, or of a provider.

use clap::Args;

use crate::client::{Change, ConnectionEdit, PolicyEdit};
use crate::commands::{complete, policy, provider};
use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use clawctl_wire::id::check_id;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::Policy;

#[derive(Debug, Args)]
pub(super) struct Target {
    /// Id of the policy
    // No id is a negative number; without this, an amount that is one would be taken for a flag.
    #[arg(required_unless_present = "provider", allow_negative_numbers = true)]
    #[arg(add = complete::policies())]
    policy: Option<String>,

    /// Provider whose budget is meant, instead of a policy's
    #[arg(long, value_name = "ID", conflicts_with = "policy", add = complete::providers())]
    provider: Option<String>,
}

impl Target {
    /// Changes the budget and nothing else.
    pub(super) async fn change(&self, ctx: &Ctx, budget: Change<Micros>) -> Result<Exit> {
        let client = ctx.client()?;
        if let Some(id) = &self.provider {
            let edit = ConnectionEdit { budget, ..ConnectionEdit::default() };
            let planned = provider::change::plan(client, id, &edit).await?;
            return ctx.show(provider::change::carry_out(ctx, client, planned, false).await?);
        }
        let id = self.policy.as_deref().unwrap_or_default();
        check_id(id)?;
        let edit = PolicyEdit { budget, ..PolicyEdit::default() };
        let planned = client.plan_edit::<Policy>(id, &edit).await?;
        ctx.show(policy::change::carry_out(ctx, client, planned).await?)
    }
}
