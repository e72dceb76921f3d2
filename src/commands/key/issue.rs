//! `key issue`: who gets the key, under which policy, and where it goes.

use clap::Args;

use super::deliver::{Delivery, SinkFlags};
use super::expiry;
use super::fresh::{self, NewKey, issued};
use super::unready::Unready;
use crate::client::{self, Client};
use crate::commands::complete;
use crate::commands::policy::flags::ScopeFlags;
use crate::commands::reservation;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::journal::Kind;
use crate::lifecycle::sinks::Claim;
use crate::lifecycle::steps::{to_resume, unfinished};
use crate::plan::policy_change;
use crate::view::issued::{Holder, Issued};
use clawctl_wire::credential::is_principal;
use clawctl_wire::health::Extension;
use clawctl_wire::id::{check_id, check_key_id};
use clawctl_wire::key::Mode;
use clawctl_wire::policy::Policy;

/// Issue a key; it is shown once
///
/// With `--policy` the key is bound to an existing policy. With `--provider` and the other flags of
/// scope and budget, a policy with the id of the key is created for it. The secret is made here,
/// from the system's random source; the router only gets its SHA-256. The key becomes valid as the
/// last step, after it was delivered.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl key issue alice --provider openai --model 'openai/gpt-5*' --budget '$50'
  clawctl key issue alpha_ci --policy team_alpha --to env-file:.env:CLAWROUTER_API_KEY
  clawctl key issue deploy --policy ci --expires 90d --to 'exec:gh secret set ROUTER_KEY'
  clawctl key issue bob --policy team_alpha --principal bob@example.com -o json
  clawctl key issue alpha_ci --resume")]
pub struct Issue {
    /// Id of the new key: at least four letters, digits and underscores
    id: Option<String>,

    /// Existing policy to bind the key to
    #[arg(long, value_name = "ID", add = complete::policies())]
    policy: Option<String>,

    /// Person or service that the key belongs to, as an e-mail address
    #[arg(long, value_name = "EMAIL", add = complete::principals())]
    principal: Option<String>,

    /// Note that the router keeps with the key
    #[arg(long, value_name = "TEXT")]
    label: Option<String>,

    /// When the key ends: `90d`, `2027-01-31`
    #[arg(long, value_name = "WHEN")]
    expires: Option<String>,

    /// Mark the key as one for tests (`clawrouter-test-…`); the router treats both alike
    #[arg(long)]
    test: bool,

    /// Finish what a crash or a lost answer cut off
    #[arg(long, conflicts_with_all = ["policy", "principal", "label", "expires"])]
    resume: bool,

    #[command(flatten)]
    scope: ScopeFlags,

    #[command(flatten)]
    sinks: SinkFlags,

    /// Replace what the destination already holds
    ///
    /// Without it, a destination that holds another key or anything else is refused (exit code 5).
    #[arg(long, help_heading = "Delivery")]
    force: bool,
}

pub(super) async fn run(ctx: &Ctx, args: Issue) -> Result<Issued> {
    let id = match &args.id {
        Some(id) => id.clone(),
        None => ctx.ui.ask("id of the key", "ID")?,
    };
    check_key_id(&id)?;
    if args.resume {
        let entry = to_resume(ctx, &id, Kind::Issue)?;
        return fresh::resume(ctx, &entry, args.sinks.named(), Claim::key(&id, args.force)).await;
    }
    if args.policy.is_some() && args.scope.any() {
        return Err(Error::usage(
            "`--policy` binds to a policy as it is, so nothing else is said of it",
        )
        .hint("leave out `--policy` to create one, or change it with `clawctl policy set`"));
    }
    let holder = holder(ctx, &args)?;
    let client = ctx.client()?;
    check_extensions(client, &args).await?;
    let (policy, planned) = policy_for(ctx, client, &args, &id).await?;
    if !ctx.settings.dry_run {
        client.learn_key_routes().await?;
    }
    refuse_existing(ctx, client, &id).await?;
    reservation::warn(ctx, client, &policy, planned.is_some()).await?;
    let mode = if args.test { Mode::Test } else { Mode::Live };
    if ctx.settings.dry_run {
        return dry_run(ctx, &id, &policy, planned.is_some(), holder, &args.sinks);
    }
    let mut delivery = Delivery::check(
        ctx,
        args.sinks.specs(),
        args.sinks.is_default(),
        Claim::key(&id, args.force),
    )?;
    let unready = Unready::find(client, &policy).await?;
    if let Some(planned) = &planned {
        client.write(planned).await?;
        ctx.ui.status(format!("Policy {id} was created."));
    }
    let sinks = args.sinks.specs();
    let new = NewKey { id, mode, policy, holder, sinks };
    let issued = fresh::issue(ctx, new, None, &mut delivery).await?;
    unready.say(ctx);
    Ok(issued)
}

fn holder(ctx: &Ctx, args: &Issue) -> Result<Holder> {
    if let Some(principal) = &args.principal
        && !is_principal(principal.trim())
    {
        return Err(Error::usage(format!("`{principal}` is not an e-mail address"))
            .hint("a principal reads like `ci@example.com`"));
    }
    let principal_id = args.principal.as_ref().map(|text| text.trim().to_lowercase());
    let label = args.label.as_ref().map(|text| text.trim().to_owned());
    if label.as_deref() == Some("") {
        return Err(Error::usage("`--label` is blank"));
    }
    let expires_at =
        args.expires.as_ref().map(|text| expiry::parse(text, ctx.now())).transpose()?;
    Ok(Holder { principal_id, label, expires_at })
}

/// Before anything is sent: what this router would drop is refused.
async fn check_extensions(client: &Client, args: &Issue) -> Result<()> {
    if args.expires.is_some() {
        client.require(Extension::CredentialExpiresAt, "--expires").await?;
    }
    if args.label.is_some() {
        client.require(Extension::CredentialMetadata, "--label").await?;
    }
    Ok(())
}

type PlannedPolicy = crate::client::Planned<Policy>;

/// The policy of the key: an existing one, or one that is to be created.
async fn policy_for(
    ctx: &Ctx,
    client: &Client,
    args: &Issue,
    id: &str,
) -> Result<(Policy, Option<PlannedPolicy>)> {
    if let Some(named) = &args.policy {
        check_id(named)?;
        return Ok((client.policy(named).await?, None));
    }
    if !args.scope.any() {
        return choose_policy(ctx, client).await.map(|policy| (policy, None));
    }
    let wanted = args.scope.describe(ctx, client, id).await?;
    match client.plan_new(wanted.clone()).await {
        Ok(planned) => Ok((wanted, Some(planned))),
        Err(client::Error::Exists { .. }) => {
            let there = client.policy(id).await?;
            let difference = policy_change(Some(&there), &wanted, None);
            // Written by an earlier run that was cut off, or by hand: the same shape is the same.
            if difference.is_empty() {
                return Ok((there, None));
            }
            let mut error =
                Error::conflict(format!("policy `{id}` already exists, with another shape"));
            for field in difference.fields {
                let before = field.before.unwrap_or_default();
                error = error.cause(format!("{} is {before}, not {}", field.field, field.after));
            }
            Err(error
                .hint(format!("bind the key to it as it is: `--policy {id}`"))
                .hint(format!("or change it first: `clawctl policy set {id}`")))
        }
        Err(e) => Err(e.into()),
    }
}

/// Nothing was said about a policy: a person chooses one, a script has to say it.
async fn choose_policy(ctx: &Ctx, client: &Client) -> Result<Policy> {
    let missing = || {
        Error::usage("the key needs a policy")
            .hint("bind it to one with `--policy ID`")
            .hint("or create one for it: `--provider openai --budget '$50'`")
    };
    if !ctx.ui.can_prompt() {
        return Err(missing());
    }
    let mut policies = client.policies().await?;
    if policies.is_empty() {
        return Err(missing());
    }
    let ids: Vec<String> = policies.iter().map(|policy| policy.policy_id.clone()).collect();
    let chosen = ctx.ui.choose("policy of the key", "--policy", &ids)?;
    Ok(policies.swap_remove(chosen))
}

/// An id is taken for good: nothing can be deleted on a router.
async fn refuse_existing(ctx: &Ctx, client: &Client, id: &str) -> Result<()> {
    match client.credential(id).await {
        Err(client::Error::Missing { .. }) => Ok(()),
        Err(e) => Err(e.into()),
        Ok(there) => {
            let error = Error::conflict(format!(
                "key `{id}` already exists, under policy `{}`",
                there.policy_id
            ));
            if let Some(entry) = unfinished(ctx, id)? {
                let resume = entry.resume_command();
                return Err(error.hint(format!("finish what was cut off: `{resume}`")));
            }
            Err(error.hint(format!("give it a new secret with `clawctl key rotate {id}`")))
        }
    }
}

fn dry_run(
    ctx: &Ctx,
    id: &str,
    policy: &Policy,
    creates: bool,
    holder: Holder,
    sinks: &SinkFlags,
) -> Result<Issued> {
    if creates {
        let change = policy_change(None, policy, None);
        ctx.ui.status(format!("Policy {} would be created:", policy.policy_id));
        for field in &change.fields {
            ctx.ui.status(format!("  {:<16}{}", field.field, field.after));
        }
    }
    ctx.ui.status(format!("Key {id} would be issued under policy {}", policy.policy_id));
    for spec in sinks.specs() {
        ctx.ui.status(format!("  and delivered to {spec}"));
    }
    ctx.ui.status("Nothing was sent: this is a dry run.");
    let mut issued = issued(ctx, id, policy, holder);
    // Nothing was revealed, but nothing is to be printed as if it had been either.
    issued.revealed_on_stdout = ctx.ui.look().format.is_none();
    Ok(issued)
}
