use clap::Args;

use super::change::explained;
use super::flags::weight;
use super::name::GrantName;
use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::settings::Target;
use crate::view::grant::SignIn;
use clawctl_wire::error::code;

/// Print where to sign in at a provider for a new grant, on a router that can do that
///
/// A ClawRouter does it for an administrator in a browser session of its web console; an admin
/// token alone is refused. The embedded router has no browser session: give it an API key, or
/// tokens that you hold, with `grant put`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl grant authorize policies/team/main --provider openai --context prod")]
pub struct Authorize {
    #[command(flatten)]
    name: GrantName,

    /// Provider to sign in at
    #[arg(long, value_name = "ID", add = complete::providers())]
    provider: String,

    /// Grants with the lowest number are used before all others: 0 to 1000000, else 100
    #[arg(long, value_name = "NUMBER")]
    priority: Option<u64>,

    /// Share of requests that it takes, where its policy chooses by weight; else 1
    #[arg(long, value_name = "NUMBER")]
    weight: Option<f64>,
}

pub(super) async fn run(ctx: &Ctx, args: Authorize) -> Result<SignIn> {
    let key = args.name.key()?;
    let weight = args.weight.map(weight).transpose()?;
    let client = ctx.client()?;
    if ctx.settings.dry_run {
        ctx.ui.status(format!(
            "POST {}/authorize for {} would be sent.",
            key.path(),
            args.provider
        ));
        return Ok(SignIn { grant: key.to_string(), authorization_url: None });
    }
    let asked = client.authorize_grant(&key, &args.provider, args.priority, weight);
    match asked.await {
        Ok(answer) => {
            Ok(SignIn { grant: key.to_string(), authorization_url: Some(answer.authorization_url) })
        }
        Err(error) if error.code() == code::ACCESS_ADMIN_REQUIRED => {
            let message = "signing in at a provider takes an administrator in a browser session, \
                           not an admin token";
            let how = match &ctx.settings.target {
                Target::Embedded => "the embedded router has no browser session".to_owned(),
                Target::Remote { url, .. } => format!(
                    "sign in at {} and connect the provider there",
                    url.join("/dashboard").map_or_else(|_| url.to_string(), |url| url.to_string())
                ),
            };
            Err(Error::new(crate::error::Exit::DENIED, message).hint(how).hint(format!(
                "or give it a secret that you hold: `clawctl grant put {key} --provider {}`",
                args.provider
            )))
        }
        Err(error) => Err(explained(error)),
    }
}
