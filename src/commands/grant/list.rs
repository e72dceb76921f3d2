use clap::{Args, ValueEnum};

use crate::commands::{complete, listing};
use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::view::grant::{COLUMNS, GrantRow, State};
use clawctl_wire::grant::GrantScope;
use clawctl_wire::model::ModelPattern;

/// List grants, with what is left of their limits
///
/// The limits are those that a provider spoke of in its answers, or when it was asked; they are as
/// old as that. No secret comes back.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl grant list
  clawctl grant list --provider openai --state usable
  clawctl grant list --policy 'team_*' -o jsonl --columns grant,state,quota")]
pub struct List {
    /// Only grants of this policy; `*` stands for any run of characters
    #[arg(long, value_name = "PATTERN", add = complete::policies())]
    policy: Option<ModelPattern>,

    /// Only grants of this tenant
    #[arg(long, value_name = "NAME", conflicts_with = "policy", add = complete::tenants())]
    tenant: Option<String>,

    /// Only grants for this provider
    #[arg(long, value_name = "ID", add = complete::providers())]
    provider: Option<String>,

    /// Only grants in this state
    #[arg(long, value_enum, value_name = "STATE")]
    state: Option<StateFilter>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StateFilter {
    /// Requests are sent with them
    Usable,
    /// They rest, because their provider refused them
    Resting,
    /// They were switched off or revoked, or their time is over
    Unusable,
}

pub(super) async fn run(ctx: &Ctx, args: List) -> Result<Exit> {
    ctx.check_columns(COLUMNS)?;
    let policies = GrantScope::Policies.as_str();
    let wanted = |row: &GrantRow| {
        let grant = &row.grant;
        let of_policy =
            |pattern: &ModelPattern| grant.scope == policies && pattern.matches(&grant.scope_id);
        args.policy.as_ref().is_none_or(of_policy)
            && args
                .tenant
                .as_ref()
                .is_none_or(|tenant| grant.scope != policies && grant.scope_id == *tenant)
            && args.provider.as_ref().is_none_or(|provider| grant.provider == *provider)
            && args.state.is_none_or(|wanted| {
                wanted
                    == match row.state {
                        State::Usable => StateFilter::Usable,
                        State::Resting => StateFilter::Resting,
                        _ => StateFilter::Unusable,
                    }
            })
    };
    let rows = ctx.client()?.grant_rows().await?;
    let takes = |grant| Some(GrantRow::new(grant, ctx.now())).filter(wanted);
    listing::show(ctx, rows, COLUMNS, "No grants.", takes).await
}
