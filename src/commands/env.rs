use clap::Args;

use crate::config::{parse_url, shown};
use crate::ctx::Ctx;
use crate::env;
use crate::error::{Error, Result};
use crate::recipe::KEY_VARIABLE;
use crate::recipe::shell::{Shell, assignments, is_variable, removals};
use crate::view::connect::ShellText;
use clawctl_wire::key::ProxyKey;

/// Print assignments that point the usual variables at the router, for `eval`
///
/// `OPENAI_…`, `ANTHROPIC_…` and `GEMINI_…` get the router's address, and the key from the
/// variable that holds it. The key itself is only named, so that it is on no screen and in no
/// history. The router is not asked.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  eval \"$(clawctl env)\"
  eval \"$(clawctl env --key-env ALICE_KEY)\"
  clawctl env --shell fish | source
  eval \"$(clawctl env --unset)\"")]
pub struct Env {
    /// The variable that holds the key
    #[arg(long, value_name = "NAME", default_value = KEY_VARIABLE)]
    key_env: String,

    /// The shell that reads it; else the one that you log in with
    #[arg(long, value_enum, value_name = "SHELL")]
    shell: Option<Shell>,

    /// Address at which the client reaches the router, where it is another than ours
    #[arg(long, value_name = "URL")]
    client_url: Option<String>,

    /// Take the variables away again; the one that holds the key stays
    #[arg(long, conflicts_with = "client_url")]
    unset: bool,
}

pub fn run(ctx: &Ctx, args: &Env) -> Result<ShellText> {
    let variable = args.key_env.as_str();
    if !is_variable(variable) {
        return Err(Error::usage(format!("`{variable}` is not the name of a variable")));
    }
    let login_shell = ctx.env.get(env::SHELL).map(|path| Shell::of_path(&path));
    let shell = args.shell.or(login_shell).unwrap_or(Shell::Sh);
    let text = if args.unset {
        removals(shell, variable)
    } else {
        check_key(ctx, variable)?;
        let url = match &args.client_url {
            Some(text) => shown(&parse_url(text)?).to_owned(),
            None => ctx.client_url().0,
        };
        assignments(shell, &url, variable)
    };
    if ctx.ui.stdout_is_terminal() {
        ctx.ui.hint(format!("carry it out: `{}`", shell.evaluation("clawctl env")));
    }
    Ok(ShellText { text })
}

/// What is not exported would come to the client as nothing, and it would say something else.
fn check_key(ctx: &Ctx, variable: &str) -> Result<()> {
    let Some(key) = ctx.env.lookup(variable) else {
        return Err(Error::usage(format!("the environment variable `{variable}` is not set"))
            .hint(format!("export it: `export {variable}=\"$(pass show alice)\"`"))
            .hint("or name another with `--key-env NAME`"));
    };
    let key = clawctl_secret::Secret::new(key);
    match ProxyKey::parse(key.expose().trim()) {
        Ok(_) => Ok(()),
        Err(reason) => {
            Err(Error::usage(format!("`{variable}` does not hold a key of the router: {reason}")))
        }
    }
}
