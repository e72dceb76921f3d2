//! What to do about a failure. Commands decide by the type; the words are written in one place.

use std::borrow::Cow;
use std::fmt;

/// One line of advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// The router refused the admin token, or got none.
    AdminToken,
    /// How to give an admin token.
    Login,
    /// The router cannot be reached.
    Unreachable,
    /// The router answers with what this program cannot read.
    NewerRouter,
    /// The router lacks an extension.
    Extensions,
    /// Something else than a router answers at this URL.
    RouterUrl,
    /// The router lacks a route.
    OtherVersion,
    /// The embedded router's file cannot be opened.
    DatabaseFile,
    /// Which operations `--resume` can finish.
    Unfinished,
    /// A command, and what to run it for.
    Run { to: Cow<'static, str>, command: String },
    /// Advice that no command decides by.
    Text(Cow<'static, str>),
}

/// A command that tells more about the router. What it prints itself must not send back to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inspection {
    Status,
    Doctor,
}

impl Hint {
    /// Does this advise to run that command?
    pub fn sends_to(&self, inspection: Inspection) -> bool {
        match self {
            Self::Unreachable => true,
            Self::OtherVersion => inspection == Inspection::Doctor,
            Self::AdminToken
            | Self::NewerRouter
            | Self::Extensions
            | Self::RouterUrl
            | Self::DatabaseFile
            | Self::Unfinished => inspection == Inspection::Status,
            Self::Login | Self::Run { .. } | Self::Text(_) => false,
        }
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AdminToken => {
                "the admin token is missing or wrong; `clawctl status` says where it came from"
            }
            Self::Login => "set `CLAWROUTER_ADMIN_TOKEN`, or run `clawctl context login NAME`",
            Self::Unreachable => {
                "see `clawctl status` for the router in force, and `clawctl doctor` for its state"
            }
            Self::NewerRouter => {
                "the router may be newer than this program: `clawctl status` shows both versions, \
                 and `clawctl api GET PATH` shows what it answers"
            }
            Self::Extensions => {
                "`clawctl status` lists what this router offers; leave the flag out here"
            }
            Self::RouterUrl => "is this the URL of a router? `clawctl status` shows it",
            Self::OtherVersion => {
                "this router does not have that; it is older or newer than this program, and \
                 `clawctl doctor` lists what it cannot do"
            }
            Self::DatabaseFile => "`clawctl status` shows which file that is, and why",
            Self::Unfinished => "`clawctl status` lists what is",
            Self::Run { to, command } => return write!(f, "{to}: `{command}`"),
            Self::Text(text) => text,
        })
    }
}

impl From<&'static str> for Hint {
    fn from(text: &'static str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Hint {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_names_the_command_that_it_sends_to() {
        let hints = [
            Hint::AdminToken,
            Hint::Login,
            Hint::Unreachable,
            Hint::NewerRouter,
            Hint::Extensions,
            Hint::RouterUrl,
            Hint::OtherVersion,
            Hint::DatabaseFile,
            Hint::Unfinished,
        ];
        for hint in hints {
            let text = hint.to_string();
            let names = |command: &str| text.contains(command);
            assert_eq!(hint.sends_to(Inspection::Status), names("clawctl status"), "{text}");
            assert_eq!(hint.sends_to(Inspection::Doctor), names("clawctl doctor"), "{text}");
        }
    }

    #[test]
    fn a_command_follows_what_it_is_for() {
        let hint = Hint::Run { to: "look at it".into(), command: "clawctl key show a".to_owned() };
        assert_eq!(hint.to_string(), "look at it: `clawctl key show a`");
    }
}
