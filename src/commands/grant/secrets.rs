//! Where the secrets of a grant are read from: never from an argument.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;

use crate::client::GrantSecrets;
use crate::commands::key_source::{named_source, read_secret};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use clawctl_secret::source::SecretSource;
use clawctl_wire::grant::{BUNDLE_NAME_CHARS_MAX, GrantKind};

/// The ways to hand secrets over. What is not given by a flag, and is needed, is asked for.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Where its secrets come from")]
pub(super) struct SecretFlags {
    /// Read the API key or the fixed bearer token from standard input
    #[arg(long, group = "credential")]
    credential_stdin: bool,

    /// Read the API key or the fixed bearer token from a file
    #[arg(long, value_name = "PATH", group = "credential")]
    credential_file: Option<PathBuf>,

    /// Read the API key or the fixed bearer token from the environment variable of this name
    #[arg(long, value_name = "NAME", group = "credential")]
    credential_env: Option<String>,

    /// Read the OAuth access token from standard input
    #[arg(long, group = "access_token")]
    access_token_stdin: bool,

    /// Read the OAuth access token from a file
    #[arg(long, value_name = "PATH", group = "access_token")]
    access_token_file: Option<PathBuf>,

    /// Read the OAuth access token from the environment variable of this name
    #[arg(long, value_name = "NAME", group = "access_token")]
    access_token_env: Option<String>,

    /// Read the OAuth refresh token from standard input
    #[arg(long, group = "refresh_token")]
    refresh_token_stdin: bool,

    /// Read the OAuth refresh token from a file
    #[arg(long, value_name = "PATH", group = "refresh_token")]
    refresh_token_file: Option<PathBuf>,

    /// Read the OAuth refresh token from the environment variable of this name
    #[arg(long, value_name = "NAME", group = "refresh_token")]
    refresh_token_env: Option<String>,

    /// Ask for one secret of a bundle, such as `accessKeyId`; repeat it for more
    #[arg(long = "field", value_name = "FIELD")]
    fields: Vec<String>,

    /// Read one secret of a bundle from standard input
    #[arg(long, value_name = "FIELD")]
    field_stdin: Option<String>,

    /// Read one secret of a bundle from a file: `accessKeyId=PATH`; repeat it for more
    #[arg(long = "field-file", value_name = "FIELD=PATH")]
    field_files: Vec<String>,

    /// Read one secret of a bundle from an environment variable: `accessKeyId=NAME`; repeat it
    #[arg(long = "field-env", value_name = "FIELD=NAME")]
    field_envs: Vec<String>,
}

/// One secret to read.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    slot: Slot,
    source: SecretSource,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    Credential,
    AccessToken,
    RefreshToken,
    Field(String),
}

impl Slot {
    fn words(&self) -> String {
        match self {
            Self::Credential => "API key or token".to_owned(),
            Self::AccessToken => "access token".to_owned(),
            Self::RefreshToken => "refresh token".to_owned(),
            Self::Field(name) => format!("secret `{name}`"),
        }
    }

    fn flags(&self) -> &'static str {
        match self {
            Self::Credential => {
                "`--credential-stdin`, `--credential-file PATH` or `--credential-env NAME`"
            }
            Self::AccessToken => {
                "`--access-token-stdin`, `--access-token-file PATH` or `--access-token-env NAME`"
            }
            Self::RefreshToken => {
                "`--refresh-token-stdin`, `--refresh-token-file PATH` or `--refresh-token-env NAME`"
            }
            Self::Field(_) => "`--field-stdin`, `--field-file` or `--field-env`",
        }
    }
}

impl SecretFlags {
    /// The kind that these secrets speak for, where nobody says.
    pub(super) fn kind(&self) -> GrantKind {
        let token = self.access_token_stdin
            || self.access_token_file.is_some()
            || self.access_token_env.is_some();
        if token { GrantKind::Oauth } else { GrantKind::ApiKey }
    }

    /// The secrets that the flags name. Where they name none, what a grant of this kind needs.
    pub(super) fn read(&self, ctx: &Ctx, kind: &GrantKind, renews: bool) -> Result<GrantSecrets> {
        let mut wanted = self.wanted()?;
        if wanted.is_empty() {
            wanted = needed(kind, renews);
        }
        let from_stdin = wanted.iter().filter(|w| is_stdin(&w.source)).count();
        if from_stdin > 1 {
            return Err(Error::usage("only one secret can come from standard input")
                .hint("read the others from files or environment variables"));
        }
        let mut secrets = GrantSecrets::default();
        for Wanted { slot, source } in wanted {
            let secret = read_secret(ctx, &source, &slot.words(), slot.flags())?;
            if secret.expose().chars().any(char::is_control) {
                return Err(Error::usage(format!(
                    "the {} has a line break or another control character in it",
                    slot.words()
                ))
                .hint("give the secret alone, on one line"));
            }
            match slot {
                Slot::Credential => secrets.credential = Some(secret),
                Slot::AccessToken => secrets.access_token = Some(secret),
                Slot::RefreshToken => secrets.refresh_token = Some(secret),
                Slot::Field(name) => drop(secrets.bundle.insert(name, secret)),
            }
        }
        Ok(secrets)
    }

    fn wanted(&self) -> Result<Vec<Wanted>> {
        let mut wanted = BTreeMap::new();
        let three = [
            (Slot::Credential, self.credential_stdin, &self.credential_file, &self.credential_env),
            (
                Slot::AccessToken,
                self.access_token_stdin,
                &self.access_token_file,
                &self.access_token_env,
            ),
            (
                Slot::RefreshToken,
                self.refresh_token_stdin,
                &self.refresh_token_file,
                &self.refresh_token_env,
            ),
        ];
        for (slot, stdin, file, env) in three {
            if let Some(source) = named_source(stdin, file.as_ref(), env.as_ref()) {
                wanted.insert(slot, source);
            }
        }
        let mut field = |name: &str, source: SecretSource| {
            let fine = !name.is_empty()
                && name.len() <= BUNDLE_NAME_CHARS_MAX
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b));
            if !fine {
                return Err(Error::usage(
                    "a field of a bundle is named with letters, digits, `_`, `.` and `-`",
                ));
            }
            match wanted.insert(Slot::Field(name.to_owned()), source) {
                None => Ok(()),
                Some(_) => Err(Error::usage(format!("`{name}` is given twice"))),
            }
        };
        for name in &self.fields {
            field(name, SecretSource::Prompt(name.clone()))?;
        }
        if let Some(name) = &self.field_stdin {
            field(name, SecretSource::Stdin)?;
        }
        for text in &self.field_files {
            let (name, path) = pair(text, "--field-file", "PATH")?;
            field(name, SecretSource::File(path.into()))?;
        }
        for text in &self.field_envs {
            let (name, variable) = pair(text, "--field-env", "NAME")?;
            field(name, SecretSource::Env(variable.to_owned()))?;
        }
        Ok(wanted.into_iter().map(|(slot, source)| Wanted { slot, source }).collect())
    }
}

/// What is asked for where no flag names a secret.
fn needed(kind: &GrantKind, renews: bool) -> Vec<Wanted> {
    let ask = |slot: Slot| Wanted { source: SecretSource::Prompt(slot.words()), slot };
    match kind {
        GrantKind::Oauth | GrantKind::Subscription if renews => {
            vec![ask(Slot::AccessToken), ask(Slot::RefreshToken)]
        }
        GrantKind::Oauth | GrantKind::Subscription => vec![ask(Slot::AccessToken)],
        _ => vec![ask(Slot::Credential)],
    }
}

fn is_stdin(source: &SecretSource) -> bool {
    match source {
        SecretSource::Stdin => true,
        SecretSource::File(path) => path.as_os_str() == "-",
        SecretSource::Env(_) | SecretSource::Prompt(_) => false,
    }
}

/// What stands behind the flag is not repeated: somebody may have put the secret itself there.
fn pair<'t>(text: &'t str, flag: &str, what: &str) -> Result<(&'t str, &'t str)> {
    text.split_once('=')
        .filter(|(_, place)| !place.is_empty())
        .ok_or_else(|| Error::usage(format!("`{flag}` takes FIELD={what}")))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Words {
        #[command(flatten)]
        from: SecretFlags,
    }

    fn wanted(words: &[&str]) -> Vec<(String, SecretSource)> {
        let words = Words::try_parse_from([&["x"], words].concat()).unwrap();
        let wanted = words.from.wanted().unwrap().into_iter();
        wanted.map(|w| (w.slot.words(), w.source)).collect()
    }

    #[test]
    fn each_flag_names_its_place() {
        let check = |words: &[&str], slot: &str, source: SecretSource| {
            assert_eq!(wanted(words), [(slot.to_owned(), source)], "{words:?}");
        };
        check(&["--credential-stdin"], "API key or token", SecretSource::Stdin);
        check(&["--access-token-env", "AT"], "access token", SecretSource::Env("AT".into()));
        check(&["--refresh-token-file", "rt"], "refresh token", SecretSource::File("rt".into()));
        check(&["--field", "a"], "secret `a`", SecretSource::Prompt("a".into()));
        check(&["--field-env", "a=B"], "secret `a`", SecretSource::Env("B".into()));
        check(&["--field-file", "a=b=c"], "secret `a`", SecretSource::File("b=c".into()));
        assert_eq!(wanted(&[]), []);
    }

    #[test]
    fn two_places_for_one_secret_are_not_chosen_between() {
        let parse = |words: &[&str]| Words::try_parse_from([&["x"], words].concat());
        assert!(parse(&["--credential-stdin", "--credential-env", "A"]).is_err());
        let twice = parse(&["--field", "a", "--field-env", "a=B"]).unwrap();
        assert!(twice.from.wanted().is_err());
        for bad in [["--field", "a b"], ["--field-env", "canary"], ["--field-env", "=B"]] {
            let error = parse(&bad).unwrap().from.wanted().unwrap_err();
            assert!(!error.message.contains("canary"), "{error}");
        }
    }

    #[test]
    fn the_kind_follows_from_the_secret() {
        let kind =
            |words: &[&str]| Words::try_parse_from([&["x"], words].concat()).unwrap().from.kind();
        assert_eq!(kind(&["--access-token-stdin"]), GrantKind::Oauth);
        assert_eq!(kind(&["--credential-stdin"]), GrantKind::ApiKey);
        assert_eq!(kind(&[]), GrantKind::ApiKey);
    }
}
