//! `clawctl router service`: keeping `router serve` running.

mod install;
mod print;
mod uninstall;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use etcetera::BaseStrategy;

use super::listen;
use crate::ctx::Ctx;
use crate::env;
use crate::error::{Error, Exit, Result};
use crate::service::{Folders, Keeper, Service as Unit};

const NAME: &str = "clawctl-router";

#[derive(Debug, Subcommand)]
pub enum Service {
    Print(print::Print),
    Install(install::Install),
    Uninstall(uninstall::Uninstall),
}

pub(super) fn run(ctx: &Ctx, verb: Service) -> Result<Exit> {
    match verb {
        Service::Print(args) => ctx.show(print::run(ctx, &args)?),
        Service::Install(args) => ctx.show(install::run(ctx, &args)?),
        Service::Uninstall(args) => ctx.show(uninstall::run(ctx, &args)?),
    }
}

/// How the router is to be served.
#[derive(Debug, Args)]
struct ServeFlags {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS", value_parser = listen::parse)]
    #[arg(default_value = crate::settings::LISTEN_DEFAULT)]
    listen: SocketAddr,

    /// Let other machines reach it, in plain http
    #[arg(long)]
    allow_remote: bool,

    /// Answer requests for this host name too (repeatable)
    #[arg(long, value_name = "NAME", value_parser = listen::parse_host)]
    allow_host: Vec<String>,

    /// Reach a provider at another base URL; repeat it for more
    #[arg(long, value_name = "ID=URL")]
    upstream: Vec<String>,
}

/// Who keeps it running.
#[derive(Debug, Args)]
struct KeeperFlag {
    /// `systemd` or `launchd`; else the one that this system has
    #[arg(long = "for", value_enum, value_name = "KEEPER")]
    keeper: Option<Keeper>,
}

impl KeeperFlag {
    fn keeper(&self) -> Keeper {
        self.keeper.unwrap_or_else(Keeper::of_this_system)
    }
}

/// The folders of the user who runs this.
pub(crate) struct Home {
    home: PathBuf,
    config: PathBuf,
}

impl Home {
    pub(crate) fn find() -> Result<Self> {
        let none = |e| Error::usage("there is no home folder").cause(e);
        let config = etcetera::choose_base_strategy().map_err(none)?.config_dir();
        Ok(Self { home: etcetera::home_dir().map_err(none)?, config })
    }

    /// Where launchd has a program write to.
    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.home.join("Library/Logs").join(format!("{name}.log"))
    }

    pub(crate) fn folders(&self) -> Folders<'_> {
        let user_id = rustix::process::getuid().as_raw();
        Folders { home: &self.home, config: &self.config, user_id }
    }
}

impl ServeFlags {
    /// The unit, which holds no secret: providers' keys come from a file that it names.
    fn unit(&self, ctx: &Ctx, home: &Home) -> Result<Unit> {
        listen::check(self.listen, self.allow_remote)?;
        for upstream in &self.upstream {
            super::serve::parse_upstream(upstream)?;
        }
        let program = std::env::current_exe()
            .map_err(|e| Error::failed("cannot tell where this program lies").cause(e))?;
        let mut command = vec![program.display().to_string()];
        command.extend(["router", "serve", "--log", "json", "--listen"].map(str::to_owned));
        command.push(self.listen.to_string());
        if self.allow_remote {
            command.push("--allow-remote".to_owned());
        }
        for name in &self.allow_host {
            command.extend(["--allow-host".to_owned(), name.clone()]);
        }
        for upstream in &self.upstream {
            command.extend(["--upstream".to_owned(), upstream.clone()]);
        }
        let data = &ctx.settings.home.data;
        // A service begins with hardly any environment. What decides which router it is goes along.
        let mut environment = Vec::new();
        for variable in [env::HOME, env::USAGE_DAYS, env::RETENTION_DEFAULT] {
            if let Some(value) = ctx.env.get(variable) {
                environment.push((variable.name.to_owned(), value));
            }
        }
        if let Some((_, folder)) = environment.iter_mut().find(|(name, _)| name == env::HOME.name) {
            *folder = data.display().to_string();
        }
        Ok(Unit {
            name: NAME.to_owned(),
            description: "The router of clawctl".to_owned(),
            command,
            directory: None,
            environment,
            environment_file: Some(environment_file(ctx)),
            // All that the router ever writes there is an admin token.
            logs_stdout: false,
            log: home.log(NAME),
        })
    }
}

/// Where the keys of providers are looked for.
fn environment_file(ctx: &Ctx) -> PathBuf {
    ctx.settings.home.data.join("router.env")
}
