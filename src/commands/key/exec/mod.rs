//! `key exec`: a key for the life of one command.

mod child;
mod lease;

use std::ffi::OsString;
use std::time::Duration;

use clap::Args;

use crate::commands::complete;
use crate::commands::policy::flags::ScopeFlags;
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::settings::parse_duration;
use child::{Child, Ended, Signals};
use clawctl_wire::credential::is_principal;
use lease::Lease;

const TTL_MIN: Duration = Duration::from_secs(1);

/// Run a command with a key that lives no longer than it does
///
/// A key is issued, and passed to the command in its environment alone, as `CLAWROUTER_API_KEY`
/// beside `CLAWROUTER_BASE_URL`, or as `--set` says. When the command ends, or is ended, the key is
/// revoked. Should clawctl itself be killed, the id of the key says when it ends, and
/// `clawctl key reap` revokes it from any machine; a router that knows expiry refuses it by itself.
///
/// Signals are passed on to the command, and its exit code is that of clawctl. What the key spent is
/// said on stderr.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl key exec --policy ci --ttl 2h -- make test
  clawctl key exec --policy ci --set 'OPENAI_API_KEY={key}' --set 'OPENAI_BASE_URL={url}/v1' -- agent
  clawctl key exec --provider openai --budget '$2' --ttl 30m -- ./evaluate.sh

Exit codes: that of the command, 128 and its number if a signal ended it, 127 if it was not found")]
pub struct Exec {
    /// Existing policy to bind the key to
    #[arg(long, value_name = "ID", add = complete::policies())]
    policy: Option<String>,

    /// How long the key lives at most
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = parse_duration)]
    ttl: Duration,

    /// Person or service that the key belongs to, as an e-mail address
    #[arg(long, value_name = "EMAIL", add = complete::principals())]
    principal: Option<String>,

    /// Let the key begin with an untouched budget of its own
    #[arg(long)]
    reset_counter: bool,

    /// Variable of the command's environment; `{key}` and `{url}` are filled in
    #[arg(long, value_name = "NAME=TEXT", value_parser = parse_variable)]
    set: Vec<Variable>,

    #[command(flatten)]
    scope: ScopeFlags,

    /// Command to run, with its arguments
    #[arg(last = true, required = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

/// A variable of the command's environment, in which the key and the URL are filled in.
#[derive(Debug, Clone)]
struct Variable {
    name: String,
    template: String,
}

fn parse_variable(text: &str) -> Result<Variable, String> {
    let (name, template) = text.split_once('=').ok_or("write `NAME=TEXT`, such as `KEY={key}`")?;
    let is_name = !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !is_name {
        return Err("that is no name of a variable; write `NAME=TEXT`".to_owned());
    }
    Ok(Variable { name: name.to_owned(), template: template.to_owned() })
}

/// What a command gets if nothing else is said.
fn usual_variables() -> Vec<Variable> {
    let pairs = [("CLAWROUTER_API_KEY", "{key}"), ("CLAWROUTER_BASE_URL", "{url}")];
    pairs.map(|(name, text)| Variable { name: name.to_owned(), template: text.to_owned() }).to_vec()
}

pub(super) async fn run(ctx: &Ctx, args: Exec) -> Result<Exit> {
    if args.policy.is_some() == args.scope.any() {
        return Err(Error::usage("a lease needs a policy, or a scope of its own")
            .hint("bind it to a policy: `--policy ID`")
            .hint("or create one for it: `--provider openai --budget '$2'`"));
    }
    if args.ttl < TTL_MIN {
        return Err(Error::usage("a lease lives for a second at least"));
    }
    if let Some(principal) = &args.principal
        && !is_principal(principal.trim())
    {
        return Err(Error::usage(format!("`{principal}` is not an e-mail address")));
    }
    // Found before anything is sent: a key for nothing need not be issued.
    let program = child::find(ctx, &args.command[0])?;
    let variables = if args.set.is_empty() { usual_variables() } else { args.set.clone() };
    if ctx.settings.dry_run {
        let names: Vec<&str> = variables.iter().map(|variable| variable.name.as_str()).collect();
        ctx.ui.status(format!("A lease would be issued for {}", program.display()));
        ctx.ui.status(format!("  and passed to it as {}", names.join(", ")));
        ctx.ui.status("Nothing was sent: this is a dry run.");
        return Ok(Exit::DONE);
    }
    // From here on a signal no longer ends this process: the key has to be revoked first.
    let signals =
        Signals::listen().map_err(|e| Error::failed("cannot listen for signals").cause(e))?;
    let lease = Lease::take(ctx, &args).await?;
    let ended = match Child::start(ctx, &program, &args.command[1..], &variables, &lease) {
        Ok(mut child) => child.watch(ctx, signals, &lease).await,
        Err(error) => Err(error),
    };
    let given_back = lease.give_back(ctx).await;
    let exit = match ended? {
        Ended::Code(code) => Exit(code),
        Ended::Signal(number) => Exit(number.saturating_add(128)),
    };
    if let Err(error) = given_back {
        ctx.ui.error(&error);
        return Ok(if exit == Exit::DONE { Exit::FAILED } else { exit });
    }
    Ok(exit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_named_and_filled() {
        let variable = parse_variable("OPENAI_BASE_URL={url}/v1?a=b").unwrap();
        assert_eq!(
            (variable.name.as_str(), variable.template.as_str()),
            ("OPENAI_BASE_URL", "{url}/v1?a=b")
        );
        for bad in ["", "NAME", "=x", "1A=x", "A B=x", "A-B=x"] {
            assert!(parse_variable(bad).is_err(), "{bad}");
        }
    }
}
