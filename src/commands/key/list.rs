use clap::{Args, ValueEnum};

use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view;
use crate::view::key::{COLUMNS, State};
use crate::wire::credential::Credential;
use crate::wire::model::ModelPattern;

/// List keys
///
/// The router never gives a secret back; this shows what it knows of each key.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl key list
  clawctl key list --policy 'team_*' --state active
  clawctl key list -o jsonl --columns credentialId,principalId")]
pub struct List {
    /// Only keys under this policy; `*` stands for any run of characters
    #[arg(long, value_name = "PATTERN", add = complete::policies())]
    policy: Option<ModelPattern>,

    /// Only keys of this principal
    #[arg(long, value_name = "EMAIL")]
    principal: Option<String>,

    /// Only keys in this state
    #[arg(long, value_enum, value_name = "STATE")]
    state: Option<StateFilter>,
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

pub(super) async fn run(ctx: &Ctx, args: List) -> Result<view::List<Credential>> {
    ctx.check_columns(COLUMNS)?;
    let principal = args.principal.map(|text| text.trim().to_lowercase());
    let mut rows = ctx.client()?.credentials().await?;
    rows.retain(|key| {
        args.policy.as_ref().is_none_or(|pattern| pattern.matches(&key.policy_id))
            && (principal.is_none() || key.principal_id == principal)
            && args.state.is_none_or(|wanted| match wanted {
                StateFilter::Active => State::of(key) == State::Active,
                StateFilter::Revoked => State::of(key) == State::Revoked,
                StateFilter::Inactive => !matches!(State::of(key), State::Active | State::Revoked),
            })
    });
    Ok(view::List { rows, columns: COLUMNS, empty: "No keys." })
}
