use std::collections::HashMap;

use clap::Args;

use super::put::team;
use crate::commands::complete;
use crate::commands::lock_out::LockOutFlag;
use crate::commands::policy::flags::words;
use crate::commands::user::email;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::view::change::HeldBack;
use crate::view::rule::{RECONCILED, ReconciledOutcome, ReconciledRow};
use clawctl_wire::rule::{self, GithubEvidence, Reconciled};

/// Work out anew which groups the rules give to one user, or to all
///
/// Memberships in GitHub cannot be looked up by the router. Without evidence, what was given for
/// one stays; with `--verified`, those that are named are all there are.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl rule reconcile ada@example.com
  clawctl rule reconcile ada@example.com --verified --github-org openclaw
  clawctl rule reconcile --all --yes")]
pub struct Reconcile {
    /// Address of the user
    #[arg(required_unless_present = "all", add = complete::users())]
    email: Option<String>,

    /// Every user that the router knows
    #[arg(long, conflicts_with_all = ["email", "verified"])]
    all: bool,

    /// Somebody has checked the user's memberships with GitHub; the router takes your word for it
    #[arg(long)]
    verified: bool,

    /// GitHub organization
    #[arg(long = "github-org", value_name = "ORG", value_delimiter = ',', requires = "verified")]
    github_orgs: Vec<String>,

    /// GitHub team
    #[arg(long = "github-team", value_name = "ORG/TEAM", value_delimiter = ',')]
    #[arg(requires = "verified")]
    github_teams: Vec<String>,

    #[command(flatten)]
    lock_out: LockOutFlag,
}

pub(super) async fn run(ctx: &Ctx, args: Reconcile) -> Result<ReconciledOutcome> {
    ctx.check_columns(RECONCILED)?;
    let whom = match &args.email {
        Some(typed) => rule::Reconcile::One { email: email(typed)?, evidence: evidence(&args)? },
        None => rule::Reconcile::All,
    };
    let client = ctx.client()?;
    let console = args.lock_out.console();
    client.check_reconcile_for_console(&whom, console).await?;
    if ctx.settings.dry_run {
        let path = "/v1/admin/assignment-rules/reconcile".to_owned();
        let held = HeldBack { method: "POST", path, body: whom.body() };
        return Ok(ReconciledOutcome::HeldBack(held));
    }
    let before: HashMap<_, _> =
        client.users().await?.into_iter().map(|user| (user.email, user.groups)).collect();
    match &whom {
        rule::Reconcile::All => {
            let count = before.len();
            ctx.confirm(&format!("Work out the groups of all {count} known users anew?"))?;
        }
        rule::Reconcile::One { email, .. } if !before.contains_key(email) => {
            return Err(Error::not_found(format!("no user `{email}` on this router"))
                .hint("somebody is known after signing in, or by `clawctl user set --create`"));
        }
        rule::Reconcile::One { email, evidence: Some(_) } => {
            let question = format!("Take from {email} what no rule gives for these memberships?");
            ctx.confirm(&question)?;
        }
        rule::Reconcile::One { .. } => {}
    }
    let results = client.reconcile(&whom, console).await?;
    let rows = results.into_iter().map(|reconciled| {
        let none = Vec::new();
        let former = before.get(&reconciled.email).unwrap_or(&none);
        compared(former, reconciled)
    });
    Ok(ReconciledOutcome::Done(rows.collect()))
}

fn evidence(args: &Reconcile) -> Result<Option<GithubEvidence>> {
    if !args.verified {
        return Ok(None);
    }
    let orgs = args.github_orgs.iter().map(|name| words("--github-org", name));
    let teams = args.github_teams.iter().map(|name| team(name));
    Ok(Some(GithubEvidence {
        orgs: orgs.collect::<Result<_>>()?,
        teams: teams.collect::<Result<_>>()?,
    }))
}

fn compared(former: &[String], reconciled: Reconciled) -> ReconciledRow {
    let without = |some: &[String], others: &[String]| {
        some.iter().filter(|name| !others.contains(name)).cloned().collect()
    };
    ReconciledRow {
        gained_groups: without(&reconciled.groups, former),
        lost_groups: without(former, &reconciled.groups),
        reconciled,
    }
}
