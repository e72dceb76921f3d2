use std::time::Duration;

use clap::{Args, ValueEnum};
use jiff::Timestamp;

use super::unused::Unused;
use crate::client::Client;
use crate::commands::{complete, listing};
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::resource::key_state::KeyState;
use crate::settings::parse_duration;
use crate::view::key::COLUMNS;
use clawctl_wire::credential::Credential;
use clawctl_wire::health::Extension;
use clawctl_wire::model::ModelPattern;

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

pub(super) async fn run(ctx: &Ctx, args: List) -> Result<Exit> {
    ctx.check_columns(COLUMNS)?;
    let client = ctx.client()?;
    let wanted = Wanted::read(ctx, client, args).await?;
    if let Some(why) = wanted.unproved() {
        ctx.ui.warning(why);
    }
    let keys = client.credential_rows().await?;
    let exit = listing::show(ctx, keys, COLUMNS, "No keys.", |key| wanted.takes(key)).await?;
    Ok(if wanted.unproved().is_some() { Exit::STOPPED } else { exit })
}

/// What a key has to be.
struct Wanted {
    policy: Option<ModelPattern>,
    principal: Option<String>,
    state: Option<StateFilter>,
    ends_by: Option<Timestamp>,
    unused: Option<Unused>,
}

impl Wanted {
    async fn read(ctx: &Ctx, client: &Client, args: List) -> Result<Self> {
        let ends_by = match args.expiring {
            None => None,
            Some(length) => {
                client.require(Extension::CredentialExpiresAt, "--expiring").await?;
                let late = |_| Error::usage("that is further away than time is counted");
                Some(ctx.now().checked_add(length).map_err(late)?)
            }
        };
        let unused = match args.unused {
            None => None,
            Some(length) => Some(Unused::read(ctx, client, length).await?),
        };
        Ok(Self {
            policy: args.policy,
            principal: args.principal.map(|text| text.trim().to_lowercase()),
            state: args.state,
            ends_by,
            unused,
        })
    }

    /// Why it is not proved that the keys are unused.
    fn unproved(&self) -> Option<&str> {
        self.unused.as_ref()?.unproved()
    }

    /// The key as it is shown, if it is one of them.
    fn takes(&self, key: Credential) -> Option<Credential> {
        let is_one = self.policy.as_ref().is_none_or(|pattern| pattern.matches(&key.policy_id))
            && (self.principal.is_none() || key.principal_id == self.principal)
            && self.state.is_none_or(|wanted| match wanted {
                StateFilter::Active => KeyState::of(&key) == KeyState::Active,
                StateFilter::Revoked => KeyState::of(&key) == KeyState::Revoked,
                StateFilter::Inactive => {
                    !matches!(KeyState::of(&key), KeyState::Active | KeyState::Revoked)
                }
            })
            && self
                .ends_by
                .is_none_or(|by| key.enabled && key.expires_at.is_some_and(|end| end <= by));
        let key = is_one.then_some(key)?;
        match &self.unused {
            None => Some(key),
            Some(unused) => unused.takes(key),
        }
    }
}
