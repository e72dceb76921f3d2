use clap::Args;

use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::rule::RuleDetail;
use clawctl_wire::id::check_id;
use clawctl_wire::rule::Rule;

/// Show one rule, and whom it matches by the address
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl rule show engineers
  clawctl rule show engineers -o json | jq -r '.matchingUsers[]'")]
pub struct Show {
    /// Id of the rule
    #[arg(add = complete::rules())]
    id: String,
}

pub(super) async fn run(ctx: &Ctx, args: Show) -> Result<RuleDetail> {
    check_id(&args.id)?;
    let client = ctx.client()?;
    let rule = client.one::<Rule>(&args.id).await?;
    let users = client.users().await?.into_iter().filter(|user| rule.matches_email(&user.email));
    let matching_users = users.map(|user| user.email).collect();
    Ok(RuleDetail { rule, matching_users })
}
