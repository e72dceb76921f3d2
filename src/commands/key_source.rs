//! Where a key that somebody already holds is read from: never from an argument.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;

use clap::Args;
use http::HeaderValue;
use zeroize::Zeroizing;

use crate::client::sensitive;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use clawctl_secret::Secret;
use clawctl_secret::source::{Inputs, SecretSource, hidden_prompt};
use clawctl_wire::key::ProxyKey;

/// The ways to hand over a key. At most one is used.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Where the key comes from")]
#[group(id = "key_source", multiple = false)]
pub struct KeySourceFlags {
    /// Read the key from standard input
    #[arg(long)]
    pub key_stdin: bool,

    /// Read the key from a file
    #[arg(long, value_name = "PATH")]
    pub key_file: Option<PathBuf>,

    /// Read the key from the environment variable of this name
    #[arg(long, value_name = "NAME")]
    pub key_env: Option<String>,
}

impl KeySourceFlags {
    /// Was a place named?
    pub fn is_given(&self) -> bool {
        let Self { key_stdin, key_file, key_env } = self;
        *key_stdin || key_file.is_some() || key_env.is_some()
    }

    /// The key from the place that was named, or from a hidden prompt where there is none.
    pub fn read(&self, ctx: &Ctx) -> Result<Secret> {
        let flags = "`--key-stdin`, `--key-file PATH` or `--key-env NAME`";
        read_secret(ctx, &self.source(), "key", flags)
    }

    /// As [`Self::read`], made into the header of a call as the key's holder.
    ///
    /// What cannot be a key is refused here, before it is sent anywhere.
    pub fn bearer(&self, ctx: &Ctx) -> Result<HeaderValue> {
        self.held(ctx)?.bearer()
    }

    /// As [`Self::read`], and surely a key.
    pub fn held(&self, ctx: &Ctx) -> Result<HeldKey> {
        let secret = self.read(ctx)?;
        if let Err(reason) = ProxyKey::parse(secret.expose()) {
            return Err(Error::usage(format!("that is not a key: {reason}"))
                .hint("`clawctl key inspect` says more about a key"));
        }
        Ok(HeldKey { secret })
    }

    fn source(&self) -> SecretSource {
        named_source(self.key_stdin, self.key_file.as_ref(), self.key_env.as_ref())
            .unwrap_or_else(|| SecretSource::Prompt("key".to_owned()))
    }
}

/// The place that three flags name, of which at most one is given.
pub fn named_source(
    stdin: bool,
    file: Option<&PathBuf>,
    env: Option<&String>,
) -> Option<SecretSource> {
    let stdin = stdin.then_some(SecretSource::Stdin);
    let file = || file.cloned().map(SecretSource::File);
    stdin.or_else(file).or_else(|| env.cloned().map(SecretSource::Env))
}

/// A key that somebody holds.
pub struct HeldKey {
    secret: Secret,
}

impl HeldKey {
    /// The whole key.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The header of a call as its holder.
    pub fn bearer(&self) -> Result<HeaderValue> {
        let text = Zeroizing::new(format!("Bearer {}", self.secret.expose()));
        Ok(sensitive(&text)?)
    }
}

/// Reads a secret, and says what should be said about the place that it comes from.
pub fn read_secret(ctx: &Ctx, source: &SecretSource, what: &str, flags: &str) -> Result<Secret> {
    if matches!(source, SecretSource::Prompt(_)) && !ctx.ui.can_prompt() {
        return Err(Error::usage(format!(
            "the {what} is missing, and there is nobody to ask for it"
        ))
        .hint(format!("give it with {flags}")));
    }
    let env = |name: &str| ctx.env.lookup(name).map(OsString::from);
    let mut stdin = io::stdin();
    let mut inputs = Inputs { stdin: &mut stdin, env: &env, prompt: Some(&hidden_prompt) };
    let received = source.read(&mut inputs)?;
    if let Some(warning) = &received.warning {
        ctx.ui.warning(warning);
        ctx.ui.hint(warning.hint());
    }
    Ok(received.secret)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Words {
        #[command(flatten)]
        from: KeySourceFlags,
    }

    fn source(words: &[&str]) -> Result<SecretSource, clap::Error> {
        Words::try_parse_from([&["x"], words].concat()).map(|words| words.from.source())
    }

    #[test]
    fn each_flag_names_its_place() {
        let check = |words: &[&str], want| assert_eq!(source(words).unwrap(), want, "{words:?}");
        check(&["--key-stdin"], SecretSource::Stdin);
        check(&["--key-file", "-"], SecretSource::File("-".into()));
        check(&["--key-env", "CI_KEY"], SecretSource::Env("CI_KEY".into()));
        check(&[], SecretSource::Prompt("key".into()));
    }

    #[test]
    fn two_places_are_not_chosen_between() {
        assert!(source(&["--key-stdin", "--key-env", "CI_KEY"]).is_err());
        assert!(source(&["--key-file", "a", "--key-env", "b"]).is_err());
    }
}
