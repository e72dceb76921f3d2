//! The text of `--to`: where a revealed key goes.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use thiserror::Error;

/// Where a key is delivered, as it was asked for.
#[derive(Clone, PartialEq, Eq)]
pub enum SinkSpec {
    /// The bare key and a newline, or what the output format makes of it.
    Stdout,
    /// The controlling terminal, even when stdout is a pipe.
    Tty,
    /// A file with the key and nothing else.
    File(PathBuf),
    /// One line of a dotenv file.
    EnvFile { path: PathBuf, name: String },
    /// An entry of the operating system's keychain.
    Keyring { service: String, account: String },
    /// The standard input of a command that `sh -c` runs.
    Exec(String),
    /// The clipboard, by the desktop's own tool.
    Clipboard,
}

/// Every way to write a sink, as help shows them.
pub const FORMS: [&str; 7] = [
    "stdout",
    "tty",
    "file:PATH",
    "env-file:PATH:NAME",
    "keyring:SERVICE/ACCOUNT",
    "exec:COMMAND",
    "clipboard",
];

/// Why a text names no sink.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadSink {
    #[error("there is no sink `{kind}`")]
    Unknown { kind: String, meant: Option<&'static str> },
    /// The text is not repeated: it may be anything, also a key in the wrong place.
    #[error("this names no sink")]
    Unreadable { meant: Option<&'static str> },
    #[error("`{kind}` takes nothing after it")]
    Surplus { kind: &'static str },
    #[error("`{kind}` needs more: write `{form}`")]
    Incomplete { kind: &'static str, form: &'static str },
    #[error("`{path}` names no file")]
    NoFileName { path: String },
    #[error("`{path}` begins with a `~` that the shell did not replace")]
    Tilde { path: String },
    #[error("`{name}` cannot be the name of an environment variable")]
    BadName { name: String },
    #[error("a service or account of a keyring entry has no control characters")]
    Control,
}

impl BadSink {
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Unknown { meant: Some(form), .. } | Self::Unreadable { meant: Some(form) } => {
                format!("did you mean `{form}`?")
            }
            Self::Unknown { .. } | Self::Unreadable { .. } => {
                format!("sinks are {}", FORMS.map(|form| format!("`{form}`")).join(", "))
            }
            Self::Tilde { path } => format!("write `\"$HOME\"{}`", path.trim_start_matches('~')),
            Self::NoFileName { .. } => "name the file itself, not its directory".to_owned(),
            Self::BadName { name } => match mended_name(name) {
                Some(mended) => format!("did you mean `{mended}`?"),
                None => "write `env-file:PATH:NAME`, NAME of letters, digits and `_`".to_owned(),
            },
            Self::Surplus { .. } | Self::Incomplete { .. } | Self::Control => return None,
        };
        Some(hint)
    }
}

impl FromStr for SinkSpec {
    type Err = BadSink;

    fn from_str(text: &str) -> Result<Self, BadSink> {
        let (kind, rest) = match text.split_once(':') {
            Some((kind, rest)) => (kind, Some(rest)),
            None => (text, None),
        };
        let needed = |kind, form| match rest {
            Some(rest) if !rest.is_empty() => Ok(rest),
            _ => Err(BadSink::Incomplete { kind, form }),
        };
        let bare = |kind, spec| match rest {
            None => Ok(spec),
            Some(_) => Err(BadSink::Surplus { kind }),
        };
        match kind {
            "stdout" => bare("stdout", Self::Stdout),
            "tty" => bare("tty", Self::Tty),
            "clipboard" => bare("clipboard", Self::Clipboard),
            "file" => Ok(Self::File(file_path(needed("file", FORMS[2])?)?)),
            "env-file" => env_file(needed("env-file", FORMS[3])?),
            "keyring" => keyring(needed("keyring", FORMS[4])?),
            "exec" => {
                let command = needed("exec", FORMS[5])?;
                if command.trim().is_empty() {
                    return Err(BadSink::Incomplete { kind: "exec", form: FORMS[5] });
                }
                Ok(Self::Exec(command.to_owned()))
            }
            _ => Err(unknown(text, kind)),
        }
    }
}

fn file_path(text: &str) -> Result<PathBuf, BadSink> {
    let path = Path::new(text);
    if text.starts_with("~/") || text == "~" {
        return Err(BadSink::Tilde { path: text.to_owned() });
    }
    // `file_name` looks past a trailing slash and a trailing `/.`, which name directories.
    if path.file_name().is_none() || text.ends_with('/') || text.ends_with("/.") {
        return Err(BadSink::NoFileName { path: text.to_owned() });
    }
    Ok(path.to_owned())
}

fn env_file(text: &str) -> Result<SinkSpec, BadSink> {
    // A path may have colons, a name cannot: so it is the last one that splits.
    let (path, name) = match text.rsplit_once(':') {
        Some((path, name)) if !path.is_empty() && !name.is_empty() => (path, name),
        _ => return Err(BadSink::Incomplete { kind: "env-file", form: FORMS[3] }),
    };
    if !is_env_name(name) {
        return Err(BadSink::BadName { name: name.to_owned() });
    }
    Ok(SinkSpec::EnvFile { path: file_path(path)?, name: name.to_owned() })
}

fn keyring(text: &str) -> Result<SinkSpec, BadSink> {
    // A service is often a URL, and an account hardly ever has a slash.
    let (service, account) = match text.rsplit_once('/') {
        Some((service, account)) if !service.is_empty() && !account.is_empty() => {
            (service, account)
        }
        _ => return Err(BadSink::Incomplete { kind: "keyring", form: FORMS[4] }),
    };
    if text.chars().any(char::is_control) {
        return Err(BadSink::Control);
    }
    Ok(SinkSpec::Keyring { service: service.to_owned(), account: account.to_owned() })
}

fn is_env_name(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !name.bytes().next().is_none_or(|b| b.is_ascii_digit())
}

fn mended_name(name: &str) -> Option<String> {
    let mended: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
        .collect();
    (name.len() <= 64 && is_env_name(&mended)).then_some(mended)
}

fn unknown(text: &str, kind: &str) -> BadSink {
    let near = |form: &&'static str| {
        let name = form.split(':').next().unwrap_or(form);
        distance(&kind.to_ascii_lowercase().replace(['_', ' '], "-"), name) <= 2
    };
    let meant = match kind {
        "-" => Some("stdout"),
        "envfile" | "env" | "dotenv" => Some(FORMS[3]),
        "keychain" => Some(FORMS[4]),
        "sh" | "cmd" | "command" | "pipe" => Some(FORMS[5]),
        "pbcopy" | "xclip" | "xsel" | "wl-copy" => Some("clipboard"),
        _ if text.starts_with(['/', '.', '~']) => Some(FORMS[2]),
        _ => FORMS.iter().find(|form| near(form)).copied(),
    };
    let sayable = (1..=12).contains(&kind.len())
        && kind.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-' || b == b'_');
    match sayable {
        true => BadSink::Unknown { kind: kind.to_owned(), meant },
        false => BadSink::Unreadable { meant },
    }
}

/// How many letters must be added, dropped or changed to make one word of the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().take(32).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

impl SinkSpec {
    /// The text that parses to this again. It holds the whole command of an `exec:` sink, which
    /// may have a secret of the user's own in it: for the journal, not for the screen.
    pub fn as_typed(&self) -> String {
        match self {
            Self::Exec(command) => format!("exec:{command}"),
            _ => self.to_string(),
        }
    }

    /// The file that is written, where there is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) | Self::EnvFile { path, .. } => Some(path),
            _ => None,
        }
    }

    /// The same place seen from any directory, so that it can be found again later.
    pub fn from_directory(self, directory: &Path) -> Self {
        match self {
            Self::File(path) => Self::File(directory.join(path)),
            Self::EnvFile { path, name } => Self::EnvFile { path: directory.join(path), name },
            other => other,
        }
    }
}

/// For the screen: of a command only the program is shown, because its arguments may be secret.
impl fmt::Display for SinkSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdout => f.write_str("stdout"),
            Self::Tty => f.write_str("tty"),
            Self::Clipboard => f.write_str("clipboard"),
            Self::File(path) => write!(f, "file:{}", path.display()),
            Self::EnvFile { path, name } => write!(f, "env-file:{}:{name}", path.display()),
            Self::Keyring { service, account } => write!(f, "keyring:{service}/{account}"),
            Self::Exec(command) => {
                let mut words = command.split_whitespace();
                // `TOKEN=… program` is a secret too, so the program is the first plain word.
                let plain = |word: &&str| {
                    word.bytes().all(|b| b.is_ascii_alphanumeric() || b"/._+-".contains(&b))
                };
                let program = words.next().filter(plain).unwrap_or("");
                let more = if words.next().is_some() && !program.is_empty() { " " } else { "" };
                let rest = if program.len() == command.trim().len() { "" } else { "…" };
                write!(f, "exec:{program}{more}{rest}")
            }
        }
    }
}

impl fmt::Debug for SinkSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SinkSpec({self})")
    }
}

#[cfg(test)]
mod tests;
