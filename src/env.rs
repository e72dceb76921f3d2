//! Every environment variable that clawctl looks at.
//!
//! Nothing else reads the environment, so this list is complete, and the help, the man page and
//! the README print it.

use std::collections::BTreeMap;
use std::ffi::OsString;

/// A variable with what it is for.
#[derive(Debug, Clone, Copy)]
pub struct Variable {
    pub name: &'static str,
    pub help: &'static str,
}

macro_rules! variables {
    ($($(#[doc = $doc:literal])+ $konst:ident = $name:literal;)+) => {
        $($(#[doc = $doc])+ pub const $konst: Variable = Variable {
            name: $name,
            help: concat!($($doc),+),
        };)+
        /// All of them, in the order of the documentation.
        pub const ALL: &[Variable] = &[$($konst),+];
    };
}

variables! {
    /// URL of the router to administer, instead of a context
    BASE_URL = "CLAWROUTER_BASE_URL";
    /// Admin token of that router
    ADMIN_TOKEN = "CLAWROUTER_ADMIN_TOKEN";
    /// SHA-256 of the admin token, for `router serve`
    ADMIN_TOKEN_SHA256 = "CLAWROUTER_ADMIN_TOKEN_SHA256";
    /// `on`: new policies of the embedded router retain request contents
    RETENTION_DEFAULT = "CLAWROUTER_CONTENT_RETENTION_DEFAULT";
    /// How many days the embedded router keeps usage events: 31 to 3650, else 90
    USAGE_DAYS = "CLAWCTL_USAGE_DAYS";
    /// Id of a Cloudflare Access service token
    ACCESS_CLIENT_ID = "CF_ACCESS_CLIENT_ID";
    /// Secret of that service token
    ACCESS_CLIENT_SECRET = "CF_ACCESS_CLIENT_SECRET";
    /// Context to use, as `--context`
    CONTEXT = "CLAWCTL_CONTEXT";
    /// The contexts file
    CONFIG = "CLAWCTL_CONFIG";
    /// Folder for everything that clawctl keeps
    HOME = "CLAWCTL_HOME";
    /// `off`: changes are not written down
    JOURNAL = "CLAWCTL_JOURNAL";
    /// Who is noted with them
    USER = "USER";
    /// Where tokens and the key for upstream secrets go: `auto`, `keychain` or `file`
    CREDENTIAL_STORE = "CLAWCTL_CREDENTIAL_STORE";
    /// File to which `-o github` appends its summary; GitHub Actions sets it
    GITHUB_STEP_SUMMARY = "GITHUB_STEP_SUMMARY";
    /// OpenClaw's configuration file, for `connect openclaw`
    OPENCLAW_CONFIG_PATH = "OPENCLAW_CONFIG_PATH";
    /// OpenClaw's folder, for `connect openclaw`
    OPENCLAW_STATE_DIR = "OPENCLAW_STATE_DIR";
    /// Codex's folder, for `connect codex`
    CODEX_HOME = "CODEX_HOME";
    /// Claude Code's folder, for `connect claude-code`
    CLAUDE_CONFIG_DIR = "CLAUDE_CONFIG_DIR";
    /// The shell that `clawctl env` speaks to
    SHELL = "SHELL";
    /// Any value switches colour off
    NO_COLOR = "NO_COLOR";
    /// Width of tables where stdout is no terminal
    COLUMNS = "COLUMNS";
}

/// The environment as clawctl sees it: of the process, or given by a test.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    given: Option<BTreeMap<String, String>>,
}

impl Environment {
    pub fn of_process() -> Self {
        Self { given: None }
    }

    pub fn given<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let given = pairs.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
        Self { given: Some(given) }
    }

    /// The value of a documented variable. An empty one counts as not set.
    pub fn get(&self, variable: Variable) -> Option<String> {
        self.lookup(variable.name)
    }

    /// The value of a variable that a flag, a manifest or a file names.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads it")]
    pub fn lookup(&self, name: &str) -> Option<String> {
        let value = match &self.given {
            Some(given) => given.get(name).cloned(),
            None => std::env::var_os(name).and_then(|value| value.into_string().ok()),
        };
        value.filter(|text| !text.is_empty())
    }

    /// The folders in which programs are looked for.
    pub fn search_path(&self) -> OsString {
        self.lookup("PATH").unwrap_or_default().into()
    }
}
