use std::sync::Arc;

use clap::Args;

use super::{block_on, check_existing};
use crate::ctx::{Ctx, in_process};
use crate::env;
use crate::error::Result;
use crate::view::router::{
    AdminTokenState, Database, Info as Shown, Problem, ProviderCount, Server,
};

/// Say what the embedded router's database holds, and where it is
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl router info
  clawctl router info -o json | jq -r .database.path")]
pub struct Info {}

pub(super) fn run(ctx: &Ctx, _: &Info) -> Result<Shown> {
    check_existing(ctx)?;
    ctx.say_judge();
    let router = ctx.embedded()?;
    let database = Database::from(router.info()?);
    let client = in_process(Arc::clone(router), database.path.clone());
    let status = block_on(client.provider_status())??;
    let admin_token = if ctx.env.get(env::ADMIN_TOKEN_SHA256).is_some() {
        AdminTokenState::Environment
    } else if router.admin_token_hash_is_set()? {
        AdminTokenState::Stored
    } else {
        AdminTokenState::NotMade
    };
    Ok(Shown {
        database,
        server: router.server().map(Server::from),
        providers: ProviderCount {
            known: status.len(),
            ready: status.iter().filter(|row| row.executable).count(),
        },
        admin_token,
        manifest_problems: router.problems().iter().map(Problem::from).collect(),
    })
}
