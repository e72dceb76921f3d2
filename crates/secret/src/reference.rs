//! Where a secret is kept, as a file names it that may be read by anybody: `env:NAME`,
//! `file:PATH`, `keyring:SERVICE/ACCOUNT`, `exec:COMMAND`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::str::FromStr;

use thiserror::Error;

use super::keychain::KeychainError;
use super::sink::Surroundings;
use super::source::{Inputs, Received, SecretSource, SourceError};

/// A place of a secret. It never holds one.
#[derive(Clone, PartialEq, Eq)]
pub enum SecretRef {
    Env(String),
    File(PathBuf),
    Keyring { service: String, account: String },
    Exec(String),
}

/// Why a text names no place of a secret. It is not repeated, because it may be one itself.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("a secret is not written here, only where it is kept")]
pub struct BadRef;

#[derive(Debug, Error)]
pub enum RefError {
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error("the keychain has no entry `{service}/{account}`")]
    NoEntry { service: String, account: String },
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    #[error("`{shown}` cannot be run: {why}")]
    Command { shown: String, why: String },
}

impl RefError {
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Source(e) => e.hint(),
            Self::Keychain(e) => e.hint(),
            Self::NoEntry { .. } | Self::Command { .. } => None,
        }
    }
}

impl SecretRef {
    pub const FORMS: &'static str =
        "write `env:NAME`, `file:PATH`, `keyring:SERVICE/ACCOUNT` or `exec:COMMAND`";

    /// The text that parses to this again. A command is in it as a whole.
    pub fn as_typed(&self) -> String {
        match self {
            Self::Exec(command) => format!("exec:{command}"),
            other => other.to_string(),
        }
    }

    /// The same place seen from any directory.
    #[must_use]
    pub fn from_directory(self, directory: &Path) -> Self {
        match self {
            Self::File(path) => Self::File(directory.join(path)),
            other => other,
        }
    }

    /// Fetches the secret from where it is kept.
    pub fn read(
        &self,
        env: &dyn Fn(&str) -> Option<std::ffi::OsString>,
        surroundings: &Surroundings,
    ) -> Result<Received, RefError> {
        let mut nothing = std::io::empty();
        let mut inputs = Inputs { stdin: &mut nothing, env, prompt: None };
        match self {
            Self::Env(name) => Ok(SecretSource::Env(name.clone()).read(&mut inputs)?),
            Self::File(path) => Ok(SecretSource::File(path.clone()).read(&mut inputs)?),
            Self::Keyring { service, account } => {
                let found = surroundings.keychain.get(service, account)?;
                let missing =
                    || RefError::NoEntry { service: service.clone(), account: account.clone() };
                Ok(Received { secret: found.ok_or_else(missing)?, warning: None })
            }
            Self::Exec(command) => self.run(command, surroundings),
        }
    }

    /// What the command writes to its stdout is the secret.
    fn run(&self, command: &str, surroundings: &Surroundings) -> Result<Received, RefError> {
        let failed = |why: String| RefError::Command { shown: self.to_string(), why };
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", command]).stdin(Stdio::null()).stdout(Stdio::piped());
        shell.env("PATH", &surroundings.path);
        for name in &surroundings.withheld {
            shell.env_remove(name);
        }
        let mut child = shell.spawn().map_err(|e| failed(e.to_string()))?;
        let mut stdout = child.stdout.take().ok_or_else(|| failed("it has no output".into()))?;
        let mut inputs = Inputs { stdin: &mut stdout, env: &|_| None, prompt: None };
        let read = SecretSource::Stdin.read(&mut inputs);
        // One that goes on writing is told that nobody listens.
        drop(stdout);
        let status = child.wait().map_err(|e| failed(e.to_string()))?;
        if !status.success() {
            return Err(failed(format!("it ended with {status}")));
        }
        read.map_err(|_| failed("its output is no secret".to_owned()))
    }
}

impl FromStr for SecretRef {
    type Err = BadRef;

    fn from_str(text: &str) -> Result<Self, BadRef> {
        let (kind, rest) = text.split_once(':').ok_or(BadRef)?;
        if rest.trim().is_empty() {
            return Err(BadRef);
        }
        match kind {
            "env" if is_env_name(rest) => Ok(Self::Env(rest.to_owned())),
            "file" => Ok(Self::File(PathBuf::from(rest))),
            "keyring" => match rest.rsplit_once('/') {
                Some((service, account)) if !service.is_empty() && !account.is_empty() => {
                    Ok(Self::Keyring { service: service.to_owned(), account: account.to_owned() })
                }
                _ => Err(BadRef),
            },
            "exec" => Ok(Self::Exec(rest.to_owned())),
            _ => Err(BadRef),
        }
    }
}

fn is_env_name(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !name.bytes().next().is_none_or(|b| b.is_ascii_digit())
}

/// For the screen: of a command only the program is shown, because its arguments may be secret.
impl fmt::Display for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Env(name) => write!(f, "env:{name}"),
            Self::File(path) => write!(f, "file:{}", path.display()),
            Self::Keyring { service, account } => write!(f, "keyring:{service}/{account}"),
            Self::Exec(command) => super::sink::SinkSpec::Exec(command.clone()).fmt(f),
        }
    }
}

impl fmt::Debug for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretRef({self})")
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;

    fn read(text: &str) -> Result<Received, RefError> {
        let env = |name: &str| match name {
            "PATH" => Some(OsString::from("/usr/bin:/bin")),
            "KEPT" => Some(OsString::from("sk-kept")),
            _ => None,
        };
        let surroundings = Surroundings::new(&env, &["WITHHELD"]);
        text.parse::<SecretRef>().unwrap().read(&env, &surroundings)
    }

    #[test]
    fn places_are_told_from_secrets() {
        for text in ["env:OPENAI_API_KEY", "file:a:b", "keyring:https://x/acct", "exec:pass show x"]
        {
            assert_eq!(text.parse::<SecretRef>().unwrap().as_typed(), text);
        }
        for text in ["sk-proj-123", "", "env:", "env:1A", "keyring:x", "exec: ", "vault:x"] {
            let refused = text.parse::<SecretRef>().unwrap_err().to_string();
            assert!(text.is_empty() || !refused.contains(text), "{refused}");
        }
    }

    #[test]
    fn a_secret_is_fetched_from_its_place() {
        let secret = |text: &str| read(text).unwrap().secret.expose().to_owned();
        assert_eq!(secret("env:KEPT"), "sk-kept");
        assert_eq!(secret("exec:echo sk-said"), "sk-said");
        assert!(matches!(read("env:OTHER"), Err(RefError::Source(SourceError::NotSet { .. }))));
        for bad in ["exec:exit 3", "exec:true"] {
            assert!(matches!(read(bad), Err(RefError::Command { .. })), "{bad}");
        }
    }
}
