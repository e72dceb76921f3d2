use std::time::Duration;

use clap::{Args, ValueEnum};

use super::unused;
use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::settings::parse_duration;
use crate::view::key::{COLUMNS, Keys, State};
use crate::wire::health::Extension;
use crate::wire::model::ModelPattern;

/// List keys
///
/// The router never gives a secret back; this shows what it knows of each key. Which keys are unused
/// is known where the router notes their last use. Elsewhere it is read off the newest usage events,
/// and where these do not reach back far enough, that is said, and the exit code is 7.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl key list
  clawctl key list --policy 'team_*' --state active
  clawctl key list --unused 30d --state active
  clawctl key list --expiring 7d
  clawctl key list -o jsonl --columns credentialId,principalId")]
pub struct List {
    /// Only keys under this policy; `*` stands for any run of characters
    #[arg(long, value_name = "PATTERN", add = complete::policies())]
    policy: Option<ModelPattern>,

    /// Only keys of this principal
    #[arg(long, value_name = "EMAIL", add = complete::principals())]
    principal: Option<String>,

    /// Only keys in this state
    #[arg(long, value_enum, value_name = "STATE")]
    state: Option<StateFilter>,

    /// Only keys that were not used for so long, and are at least that old
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    unused: Option<Duration>,

    /// Only keys that are enabled and end within so long, or ended already
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    expiring: Option<Duration>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum StateFilter {
    /// They work
    Active,
    /// They were revoked
    Revoked,
    /// They do not work for another reason
    Inactive,
}

pub(super) async fn run(ctx: &Ctx, args: List) -> Result<Keys> {
    ctx.check_columns(COLUMNS)?;
    let principal = args.principal.map(|text| text.trim().to_lowercase());
    let client = ctx.client()?;
    let ends_by = match args.expiring {
        None => None,
        Some(length) => {
            client.require(Extension::CredentialExpiresAt, "--expiring").await?;
            let late = |_| Error::usage("that is further away than time is counted");
            Some(ctx.now().checked_add(length).map_err(late)?)
        }
    };
    let mut rows = client.credentials().await?;
    rows.retain(|key| {
        args.policy.as_ref().is_none_or(|pattern| pattern.matches(&key.policy_id))
            && (principal.is_none() || key.principal_id == principal)
            && args.state.is_none_or(|wanted| match wanted {
                StateFilter::Active => State::of(key) == State::Active,
                StateFilter::Revoked => State::of(key) == State::Revoked,
                StateFilter::Inactive => !matches!(State::of(key), State::Active | State::Revoked),
            })
            && ends_by.is_none_or(|by| key.enabled && key.expires_at.is_some_and(|end| end <= by))
    });
    let unproved = match args.unused {
        None => None,
        Some(length) => unused::keep(ctx, client, length, &mut rows).await?,
    };
    if let Some(why) = &unproved {
        ctx.ui.warning(why);
    }
    Ok(Keys { rows, unproved })
}
