//! Where the two halves of a Cloudflare Access service token are read from.

use std::path::PathBuf;

use clap::Args;

use crate::commands::key_source::{named_source, read_secret};
use crate::credential::AccessToken;
use crate::ctx::Ctx;
use crate::env;
use crate::error::{Error, Result};
use clawctl_secret::Secret;
use clawctl_secret::source::SecretSource;

/// A service token, for a router behind Cloudflare Access.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Cloudflare Access")]
pub(super) struct AccessFlags {
    /// Store a service token for Cloudflare Access as well
    ///
    /// Its halves come from the places named below, else from `CF_ACCESS_CLIENT_ID` and
    /// `CF_ACCESS_CLIENT_SECRET`, else from hidden prompts.
    #[arg(long)]
    access: bool,

    /// Read the service token's client id from a file
    #[arg(long, value_name = "PATH", conflicts_with = "access_id_env")]
    access_id_file: Option<PathBuf>,

    /// Read the client id from the environment variable of this name
    #[arg(long, value_name = "NAME")]
    access_id_env: Option<String>,

    /// Read the service token's client secret from standard input
    #[arg(long, conflicts_with_all = ["token_stdin", "access_secret_file", "access_secret_env"])]
    access_secret_stdin: bool,

    /// Read the client secret from a file
    #[arg(long, value_name = "PATH", conflicts_with = "access_secret_env")]
    access_secret_file: Option<PathBuf>,

    /// Read the client secret from the environment variable of this name
    #[arg(long, value_name = "NAME")]
    access_secret_env: Option<String>,
}

impl AccessFlags {
    /// The service token, if one is wanted.
    pub(super) fn read(&self, ctx: &Ctx) -> Result<Option<AccessToken>> {
        let id = named_source(false, self.access_id_file.as_ref(), self.access_id_env.as_ref());
        let Self { access_secret_stdin, access_secret_file, access_secret_env, .. } = self;
        let secret = named_source(
            *access_secret_stdin,
            access_secret_file.as_ref(),
            access_secret_env.as_ref(),
        );
        if !self.access && id.is_none() && secret.is_none() {
            return Ok(None);
        }
        let id = id.unwrap_or_else(|| usual(ctx, env::ACCESS_CLIENT_ID, "Access client id"));
        let secret =
            secret.unwrap_or_else(|| usual(ctx, env::ACCESS_CLIENT_SECRET, "Access client secret"));
        let id_flags = "`--access-id-file PATH` or `--access-id-env NAME`";
        let id = read_secret(ctx, &id, "client id of the service token", id_flags)?;
        let secret_flags =
            "`--access-secret-stdin`, `--access-secret-file PATH` or `--access-secret-env NAME`";
        let secret = read_secret(ctx, &secret, "client secret of the service token", secret_flags)?;
        Ok(Some(AccessToken {
            client_id: bare(&id, "CF-Access-Client-Id")?.expose().to_owned(),
            client_secret: bare(&secret, "CF-Access-Client-Secret")?,
        }))
    }
}

fn usual(ctx: &Ctx, variable: env::Variable, prompt: &str) -> SecretSource {
    match ctx.env.get(variable) {
        Some(_) => SecretSource::Env(variable.name.to_owned()),
        None => SecretSource::Prompt(prompt.to_owned()),
    }
}

/// Cloudflare's dashboard copies the halves with the names of their headers in front.
fn bare(typed: &Secret, header: &str) -> Result<Secret> {
    let text = typed.expose().trim();
    let value = match text.split_once(':') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case(header) => value.trim(),
        _ => text,
    };
    if value.is_empty() || value.chars().any(|c| c.is_whitespace() || !c.is_ascii()) {
        return Err(Error::usage(format!("this is not the value of a `{header}` header")));
    }
    Ok(Secret::new(value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_may_come_with_its_header_in_front() {
        let check = |typed: &str, value| {
            let read = bare(&Secret::new(typed.to_owned()), "CF-Access-Client-Id").unwrap();
            assert_eq!(read.expose(), value);
        };
        check("abc.access", "abc.access");
        check("CF-Access-Client-Id: abc.access", "abc.access");
        check(" cf-access-client-id:abc.access\n", "abc.access");
        for bad in ["", "CF-Access-Client-Secret: canary", "a b"] {
            let error = bare(&Secret::new(bad.to_owned()), "CF-Access-Client-Id").unwrap_err();
            assert!(!error.message.contains("canary"), "{error}");
        }
    }
}
