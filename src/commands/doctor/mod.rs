//! `clawctl doctor`: what is wrong, why it matters, and what to do.

mod files;
mod hazards;
mod leftovers;
pub mod reach;
mod surroundings;

use clap::Args;
use jiff::Timestamp;

use crate::client::{Client, if_there};
use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::settings::Target;
use crate::view::doctor::{COLUMNS, Finding, Findings, Level};
use clawctl_wire::error::code;
use clawctl_wire::policy::Policy;

/// Look for what is wrong, and say what to do
///
/// Looks at the settings and their files, at the way to the router, and at what the router holds:
/// keys that can never work, budgets that are missing or nearly spent, providers that are granted
/// but not ready. Nothing is changed, except that temporary files of killed commands are removed.
/// Exit code 1 if there is a problem; warnings do not count.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl doctor
  clawctl doctor --context prod -o json | jq '.[] | select(.level == \"problem\")'
  clawctl doctor --columns level,what,remedy")]
pub struct Doctor {}

pub async fn run(ctx: &Ctx, _: Doctor) -> Result<Exit> {
    ctx.check_columns(COLUMNS)?;
    let mut findings = surroundings::look(ctx);
    findings.extend(files::look(ctx));
    findings.extend(leftovers::look(ctx));
    // Without a router in force there is nobody to ask.
    if ctx.settings.trouble.is_none() {
        findings.extend(router(ctx).await);
    }
    ctx.show(Findings { findings, as_table: !ctx.ui.look().columns.is_empty() })
}

async fn router(ctx: &Ctx) -> Vec<Finding> {
    let embedded = ctx.settings.target == Target::Embedded;
    if embedded && !ctx.settings.home.database().exists() {
        let what = "the embedded router was not used yet; the first command makes its database";
        return vec![Finding::new(Level::Info, "router", what)];
    }
    let client = match ctx.client() {
        Ok(client) => client,
        Err(error) => return vec![reach::failed("router", error)],
    };
    let mut findings = if embedded { Vec::new() } else { reach::network(ctx, client).await };
    if findings.iter().any(|finding| finding.level == Level::Problem) {
        return findings;
    }
    findings.extend(reach::contract(client).await);
    if embedded {
        findings.push(surroundings::judge(ctx));
        findings.extend(surroundings::manifests(ctx));
        findings.extend(surroundings::sealed(ctx));
    }
    let identity = reach::identity(client).await;
    let known = identity.level == Level::Ok;
    findings.push(identity);
    if known {
        findings.extend(reach::routes(client).await);
        match state(ctx, client).await {
            Ok(hazards) if hazards.is_empty() => {
                findings.push(Finding::ok("state", "no hazards in its policies, keys and budgets"));
            }
            Ok(hazards) => findings.extend(hazards),
            Err(error) => findings.push(reach::failed("state", error)),
        }
    }
    findings
}

async fn state(ctx: &Ctx, client: &Client) -> Result<Vec<Finding>> {
    let policies = client.policies().await?;
    let keys = keys(client, &policies, ctx.now()).await?;
    let connections = if_there(client.connections().await)?;
    let readiness = if_there(client.provider_status().await)?;
    let grants = if_there(client.grants().await)?;
    // A router with many policies may fail at its sums; all else can still be looked at.
    let usage = client.admin_usage().await;
    let mut found = hazards::find(&hazards::State {
        policies: &policies,
        keys: &keys,
        connections: &connections,
        readiness: &readiness,
        grants: &grants,
        usage: usage.as_ref().ok(),
        now: ctx.now(),
    });
    if let Err(error) = usage
        && error.code() != code::ROUTE_NOT_FOUND
    {
        found.push(reach::failed("budget.unavailable", error.into()));
    }
    Ok(found)
}

/// Reads the keys one after the other, and twice where some have successors.
async fn keys<'a>(
    client: &Client,
    policies: &'a [Policy],
    now: Timestamp,
) -> Result<hazards::Keys<'a>> {
    let mut keys = hazards::Keys::new(policies, now);
    let mut rows = client.credential_rows().await?;
    while let Some(key) = rows.next().await? {
        keys.add(&key);
    }
    if keys.has_successors() {
        let mut rows = client.credential_rows().await?;
        while let Some(key) = rows.next().await? {
            keys.add_again(&key);
        }
    }
    Ok(keys)
}
