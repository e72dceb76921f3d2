//! Where an admin token that somebody holds is read from: never from an argument.

use std::path::PathBuf;

use clap::Args;

use crate::commands::key_source::{named_source, read_secret};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use clawctl_secret::Secret;
use clawctl_secret::source::SecretSource;

/// The ways to hand over an admin token. At most one is used.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Where the admin token comes from")]
#[group(id = "token_source", multiple = false)]
pub struct TokenFlags {
    /// Read the admin token from standard input
    #[arg(long)]
    pub token_stdin: bool,

    /// Read the admin token from a file
    #[arg(long, value_name = "PATH")]
    pub token_file: Option<PathBuf>,

    /// Read the admin token from the environment variable of this name
    #[arg(long, value_name = "NAME")]
    pub token_env: Option<String>,
}

impl TokenFlags {
    /// The token from the place that was named, or from a hidden prompt where there is none.
    pub fn read(&self, ctx: &Ctx, prompt: &str) -> Result<Secret> {
        let source =
            named_source(self.token_stdin, self.token_file.as_ref(), self.token_env.as_ref())
                .unwrap_or_else(|| SecretSource::Prompt(prompt.to_owned()));
        let flags = "`--token-stdin`, `--token-file PATH` or `--token-env NAME`";
        checked(&read_secret(ctx, &source, "admin token", flags)?)
    }
}

/// Refuses what cannot be an admin token, without repeating any of it.
fn checked(typed: &Secret) -> Result<Secret> {
    let text = typed.expose().trim();
    if ["clawrouter-live-", "clawrouter-test-", "ocpk_"].iter().any(|p| text.starts_with(p)) {
        return Err(Error::usage("this is a client key, not an admin token")
            .hint("`clawctl key inspect` says what a client key may do")
            .hint("the admin token is the one that the router was set up with"));
    }
    if text.is_empty() {
        return Err(Error::usage("the admin token is blank"));
    }
    if text.chars().any(|c| c.is_whitespace() || c.is_control() || !c.is_ascii()) {
        return Err(Error::usage("an admin token has no spaces, line breaks or foreign letters")
            .hint("give the token alone, without quotes or words around it"));
    }
    Ok(Secret::new(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_key_is_not_taken_for_an_admin_token() {
        for key in
            ["clawrouter-live-ci-canary-1", " clawrouter-test-x-canary\n", "ocpk_live_canary"]
        {
            let error = checked(&Secret::new(key.to_owned())).unwrap_err();
            assert!(error.message.contains("client key"), "{error}");
            assert!(!format!("{error:?}").contains("canary"), "{error:?}");
        }
    }

    #[test]
    fn what_was_pasted_with_more_around_it_is_refused() {
        for bad in [" ", "a b", "Bearer canary", "a\nb", "tök"] {
            let error = checked(&Secret::new(bad.to_owned())).unwrap_err();
            assert!(!format!("{error:?}").contains("canary"), "{error:?}");
        }
        assert_eq!(checked(&Secret::new(" s3cret\r".into())).unwrap().expose(), "s3cret");
    }
}
