use clap::Args;

use crate::commands::budget::which::unknown_policy;
use crate::commands::complete;
use crate::commands::key_source::KeySourceFlags;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::report::Interval;
use crate::report::usage::{PolicyGroups, of_all, of_key, of_policy, of_policy_groups};
use crate::view;
use clawctl_wire::health::Extension;
use clawctl_wire::id::check_id;
use clawctl_wire::usage_query::UsageFilter;

/// Sum up the last thirty days
///
/// Requests, tokens and cost, by provider and by day, each with its coverage: the sums are
/// complete, the events are the newest hundred, and days that a router does not give are said to
/// be missing. A deployed router counts a request about five seconds after it was made; budgets
/// are exact at once.
///
/// The window is the last thirty days up to now, and the daily figures are of thirty UTC days,
/// today included. An admin of a router without `usage.query` is given sums over all policies
/// alone: with `--policy` the newest events are counted instead, and it is said how many there
/// were; with a key of the policy the sums are its own.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl usage summary
  clawctl usage summary --by-day
  clawctl usage summary --policy team_alpha
  pass show team_alpha | clawctl usage summary --key-stdin -o json")]
pub struct Summary {
    /// Only this policy, as far as an admin can see it
    #[arg(long, value_name = "ID", conflicts_with = "key_source", add = complete::policies())]
    policy: Option<String>,

    /// A row for every day
    #[arg(long)]
    by_day: bool,

    #[command(flatten)]
    key: KeySourceFlags,
}

pub(super) async fn run(ctx: &Ctx, args: Summary) -> Result<view::usage::Summary> {
    let by_day = args.by_day;
    let client = ctx.client()?;
    let report = if args.key.is_given() {
        let usage = client.key_usage(&args.key.bearer(ctx)?).await?;
        of_key(&usage, ctx.now())
    } else if let Some(policy) = &args.policy {
        check_id(policy)?;
        let usage = client.admin_usage().await?;
        let known: Vec<_> = usage.policies.iter().map(|p| p.policy.policy_id.as_str()).collect();
        if !known.contains(&policy.as_str()) {
            return Err(unknown_policy(policy, &known));
        }
        if client.has(Extension::UsageQuery).await? {
            of_policy_groups(&usage, policy, groups(ctx, policy).await?, ctx.now())
        } else {
            of_policy(&usage, policy, ctx.now())
        }
    } else {
        let usage = client.admin_usage().await?;
        let every_event = client.has(Extension::UsageQuery).await?;
        of_all(&usage, &client.connections().await?, every_event, ctx.now())
    };
    Ok(view::usage::Summary { report, by_day })
}

/// The sums of one policy, over the same windows that the router's own sums have.
async fn groups(ctx: &Ctx, policy: &str) -> Result<PolicyGroups> {
    let client = ctx.client()?;
    let filter = |window: Interval| UsageFilter {
        since: Some(window.from.as_millisecond()),
        policy: Some(policy.to_owned()),
        ..UsageFilter::default()
    };
    let (window, days) = (Interval::rolling(ctx.now()), Interval::days(ctx.now()));
    Ok(PolicyGroups {
        providers: client.usage_groups(&["provider"], &filter(window)).await?,
        days: client.usage_groups(&["day"], &filter(days)).await?,
    })
}
