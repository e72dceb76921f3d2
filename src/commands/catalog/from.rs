//! For whom the catalog is: a policy, the holder of a key, or nobody in particular.

use clap::Args;
use http::HeaderValue;

use crate::client::{Client, if_there};
use crate::commands::complete;
use crate::commands::key_source::KeySourceFlags;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::report;
use crate::report::catalog::{CatalogRow, Known, Use, compute};
use crate::settings::Target;
use clawctl_wire::id::check_id;
use clawctl_wire::policy::Policy;
use clawctl_wire::provider::ProviderSnapshot;

#[derive(Debug, Args)]
pub(super) struct FromFlags {
    /// As the keys of this policy see it
    #[arg(long, value_name = "ID", conflicts_with = "key_source", add = complete::policies())]
    policy: Option<String>,

    #[command(flatten)]
    key: KeySourceFlags,
}

/// The rows with what they rest on.
pub struct Found {
    pub rows: Vec<CatalogRow>,
    pub snapshot: ProviderSnapshot,
    pub notes: Vec<String>,
}

impl FromFlags {
    pub(super) async fn find(&self, ctx: &Ctx) -> Result<Found> {
        ctx.say_judge();
        if self.key.is_given() {
            return of_key(ctx.client()?, &self.key.bearer(ctx)?).await;
        }
        let policy = match &self.policy {
            Some(id) => {
                check_id(id)?;
                Some(ctx.client()?.policy(id).await?)
            }
            None => None,
        };
        of_policy(ctx, policy.as_ref()).await
    }
}

/// The router's own answer to the holder of a key.
pub async fn of_key(client: &Client, key: &HeaderValue) -> Result<Found> {
    let inspection = client.inspect_key(key).await?;
    let catalog = client.catalog(key).await?;
    let snapshot = client.providers().await?;
    let rows = report::catalog::of_key(&catalog, &snapshot.providers, &inspection);
    Ok(Found { rows, snapshot, notes: Vec::new() })
}

/// What the keys of a policy can use, or all that the router knows.
pub async fn of_policy(ctx: &Ctx, policy: Option<&Policy>) -> Result<Found> {
    let client = ctx.client()?;
    let snapshot = client.providers().await?;
    let readiness = client.provider_status().await?;
    let connections = client.connections().await?;
    let granted = readiness.iter().any(|ready| ready.upstream_grant_count > 0);
    let grants = match policy {
        Some(_) if granted => if_there(client.grants().await)?,
        _ => Vec::new(),
    };
    let configured = match &ctx.settings.target {
        Target::Embedded => Some(ctx.embedded()?.configured_providers()),
        Target::Remote { .. } => None,
    };
    let known = Known {
        configured: configured.as_ref(),
        providers: &snapshot.providers,
        readiness: &readiness,
        connections: &connections,
        grants: &grants,
    };
    let rows = compute(known, policy);
    let notes = policy.map(|policy| notes(policy, &rows)).unwrap_or_default();
    Ok(Found { rows, snapshot, notes })
}

/// What a list that was computed here cannot know.
fn notes(policy: &Policy, rows: &[CatalogRow]) -> Vec<String> {
    let mut notes = vec![format!(
        "Computed from policy {} and the state of the providers; a key of it gives the router's \
         own answer.",
        policy.policy_id
    )];
    if rows.iter().any(|row| row.state == Use::Unknown) {
        notes.push(
            "`?`: only other policies and tenants have grants for it, and the state of the \
             provider counts those too; a key of the policy tells, with `--key-file PATH`."
                .to_owned(),
        );
    }
    notes
}
