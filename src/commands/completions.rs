use std::io;

use clap::{Args, Command, ValueEnum};
use clap_complete::env::{EnvCompleter, Shells};

use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::view::{Machine, Page, View};

const PROGRAM: &str = "clawctl";

/// The variable by which a shell asks for candidates. It is clap_complete's own.
const VARIABLE: &str = "COMPLETE";

/// Print completions for a shell
///
/// The plain script knows the commands and flags of this version. With `--dynamic` the script asks
/// this program instead, which also offers the ids of policies, keys, providers and models on the
/// router in force; source it anew after an update.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl completions bash > ~/.local/share/bash-completion/completions/clawctl
  clawctl completions zsh > \"${fpath[1]}/_clawctl\"
  clawctl completions fish > ~/.config/fish/completions/clawctl.fish
  echo 'source <(clawctl completions bash --dynamic)' >> ~/.bashrc")]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,

    /// Ask this program for candidates while typing
    #[arg(long)]
    dynamic: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    Bash,
    Zsh,
    Fish,
    #[value(name = "powershell")]
    PowerShell,
    Elvish,
}

impl Shell {
    pub const ALL: [Self; 5] = [Self::Bash, Self::Zsh, Self::Fish, Self::PowerShell, Self::Elvish];

    fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
            Self::PowerShell => "powershell",
            Self::Elvish => "elvish",
        }
    }

    /// The name under which the shell looks for it.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Bash => "clawctl.bash",
            Self::Zsh => "_clawctl",
            Self::Fish => "clawctl.fish",
            Self::PowerShell => "_clawctl.ps1",
            Self::Elvish => "clawctl.elv",
        }
    }
}

/// `words` is everything that clawctl understands.
pub fn run(ctx: &Ctx, args: Completions, words: &mut Command) -> Result<Exit> {
    let script = if args.dynamic {
        dynamic_script(args.shell).map_err(|e| Error::failed("cannot make the script").cause(e))?
    } else {
        script(args.shell, words)
    };
    ctx.show(Script(script))
}

/// The script that knows the commands and flags of this version.
pub fn script(shell: Shell, words: &mut Command) -> Vec<u8> {
    use clap_complete::Shell as Known;
    let known = match shell {
        Shell::Bash => Known::Bash,
        Shell::Zsh => Known::Zsh,
        Shell::Fish => Known::Fish,
        Shell::PowerShell => Known::PowerShell,
        Shell::Elvish => Known::Elvish,
    };
    let mut script = Vec::new();
    clap_complete::generate(known, words, PROGRAM, &mut script);
    script
}

/// The script that asks this program.
fn dynamic_script(shell: Shell) -> io::Result<Vec<u8>> {
    let shells = Shells::builtins();
    let completer: Option<&dyn EnvCompleter> = shells.completer(shell.name());
    let completer = completer.ok_or_else(|| io::Error::other("this shell cannot ask"))?;
    let mut script = Vec::new();
    completer.write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, &mut script)?;
    Ok(script)
}

struct Script(Vec<u8>);

impl View for Script {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.verbatim(&self.0)
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.verbatim(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shell_has_both_scripts() {
        for shell in Shell::ALL {
            let mut words = Command::new(PROGRAM);
            for made in [script(shell, &mut words), dynamic_script(shell).unwrap()] {
                assert!(String::from_utf8(made).unwrap().contains(PROGRAM), "{shell:?}");
            }
        }
    }
}
