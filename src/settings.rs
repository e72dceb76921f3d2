//! What the flags, the environment and the contexts file mean together, each value with its
//! source. Deciding reads nothing but the contexts file and opens nothing.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use etcetera::BaseStrategy;
use jiff::{Span, SpanRelativeTo};
use url::Url;

use crate::config::{self, Config, Context, EMBEDDED};
use crate::env::{self, Environment};
use crate::error::{Error, Result};
use crate::ui::{ColorChoice, Look, Report};
use crate::view::machine::Format;

/// Where `router serve` listens if it is not told otherwise.
pub const LISTEN_DEFAULT: &str = "127.0.0.1:8787";

/// Flags that every command understands.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub struct Globals {
    /// Router to administer, by the name of its context
    #[arg(long, global = true, value_name = "NAME")]
    pub context: Option<String>,

    /// Router to administer, by its address
    #[arg(long, global = true, value_name = "URL", conflicts_with = "context")]
    pub url: Option<String>,

    /// Format of the output
    #[arg(short, long, global = true, value_enum, default_value_t, value_name = "FORMAT")]
    pub output: Output,

    /// Columns to show, in this order
    #[arg(long, global = true, value_delimiter = ',', value_name = "A,B,C")]
    pub columns: Vec<String>,

    /// Leave out the heading of tables and CSV
    #[arg(long, global = true)]
    pub no_header: bool,

    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: ColorChoice,

    /// Say only what went wrong
    #[arg(short, long, global = true)]
    pub quiet: bool,

    /// Say more of what is done
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,

    /// Never ask a question
    #[arg(long, global = true)]
    pub no_input: bool,

    /// Answer every question with yes
    #[arg(short, long, global = true)]
    pub yes: bool,

    /// Say what would be sent, and send nothing that changes anything
    #[arg(long, global = true)]
    pub dry_run: bool,

    /// How long one call to the router may take, with its repetitions
    #[arg(long, global = true, value_parser = parse_timeout, default_value = "30s")]
    #[arg(value_name = "DURATION")]
    pub timeout: Duration,

    /// Allow plain http to another machine
    #[arg(long, global = true)]
    pub insecure_http: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Output {
    /// For people
    #[default]
    Table,
    Json,
    /// A JSON object a line
    Jsonl,
    Csv,
    Yaml,
    /// Annotations and a job summary of GitHub Actions: `validate`, `diff` and `apply` only
    Github,
    /// A JUnit report: `validate`, `diff` and `apply` only
    Junit,
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Flag(&'static str),
    Variable(&'static str),
    /// The current context of the contexts file.
    ContextsFile,
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => f.pad(flag),
            Self::Variable(name) => f.pad(name),
            Self::ContextsFile => f.pad("the contexts file"),
            Self::Default => f.pad("the default"),
        }
    }
}

/// Which router is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The router in this program.
    Embedded,
    /// One that is reached by its address.
    Remote { url: Url, context: Option<String>, insecure_http: bool },
}

impl Target {
    /// The context's name, where the router has one.
    pub fn context(&self) -> Option<&str> {
        match self {
            Self::Embedded => Some(EMBEDDED),
            Self::Remote { context, .. } => context.as_deref(),
        }
    }
}

/// Where clawctl keeps things.
#[derive(Debug, Clone)]
pub struct Home {
    /// The embedded router's database, its providers, and the journal.
    pub data: PathBuf,
    /// The contexts file.
    pub config: PathBuf,
    /// Tokens, where there is no keychain.
    pub credentials: PathBuf,
}

impl Home {
    fn resolve(env: &Environment) -> Result<Self> {
        let (data, config_folder) = match env.get(env::HOME) {
            Some(home) => (PathBuf::from(&home), PathBuf::from(home)),
            None => {
                let base = etcetera::choose_base_strategy().map_err(|e| {
                    Error::usage("there is no home folder to keep anything in")
                        .cause(e)
                        .hint("set `CLAWCTL_HOME` to a folder")
                })?;
                (base.data_dir().join("clawctl"), base.config_dir().join("clawctl"))
            }
        };
        let config = match env.get(env::CONFIG) {
            Some(path) => PathBuf::from(path),
            None => config_folder.join("config.toml"),
        };
        let beside = config.parent().map_or_else(|| config_folder.clone(), PathBuf::from);
        Ok(Self { data, config, credentials: beside.join("credentials.json") })
    }

    pub fn database(&self) -> PathBuf {
        self.data.join("router.db")
    }

    /// The user's own provider manifests.
    pub fn providers(&self) -> PathBuf {
        self.data.join("providers")
    }

    /// Which providers' terms somebody has agreed to.
    pub fn agreed_terms(&self) -> PathBuf {
        self.data.join("agreed-terms.json")
    }

    pub fn journal(&self) -> PathBuf {
        self.data.join("journal")
    }

    /// What was changed from here.
    pub fn changes(&self) -> PathBuf {
        self.data.join("changes")
    }
}

/// Everything decided.
#[derive(Debug)]
pub struct Settings {
    pub target: Target,
    pub target_source: Source,
    pub home: Home,
    pub config: Config,
    pub timeout: Duration,
    pub dry_run: bool,
    pub insecure_http: bool,
    /// Why no router could be chosen; only where [`Settings::resolve_for_repair`] decided.
    pub trouble: Option<Error>,
}

impl Settings {
    pub fn resolve(globals: &Globals, env: &Environment) -> Result<Self> {
        let settings = Self::resolve_for_repair(globals, env)?;
        match settings.trouble {
            Some(error) => Err(error),
            None => Ok(settings),
        }
    }

    /// The context of the active router, if that is a router elsewhere.
    pub fn context(&self) -> Option<(&str, &Context)> {
        let Target::Remote { context: Some(name), .. } = &self.target else { return None };
        let (name, context) = self.config.contexts.get_key_value(name)?;
        Some((name, context))
    }

    /// Does the contexts file say that the active router is behind Cloudflare Access?
    pub fn is_behind_access(&self) -> bool {
        self.context().is_some_and(|(_, context)| context.access)
    }

    /// The same for commands that find out or mend what is wrong with the settings: where no
    /// router can be chosen, such as under a current context that is gone, they go on without.
    pub fn resolve_for_repair(globals: &Globals, env: &Environment) -> Result<Self> {
        let home = Home::resolve(env)?;
        let config = Config::load(&home.config)?;
        let (target, target_source, trouble) = match choose_target(globals, env, &config) {
            Ok((target, source)) => (target, source, None),
            Err(error) => (Target::Embedded, Source::Default, Some(error)),
        };
        Ok(Self {
            target,
            target_source,
            home,
            config,
            timeout: globals.timeout,
            dry_run: globals.dry_run,
            insecure_http: globals.insecure_http,
            trouble,
        })
    }
}

impl Globals {
    pub fn look(&self, env: &Environment) -> Look {
        Look {
            format: match self.output {
                Output::Table | Output::Github | Output::Junit => None,
                Output::Json => Some(Format::Json),
                Output::Jsonl => Some(Format::JsonLines),
                Output::Csv => Some(Format::Csv),
                Output::Yaml => Some(Format::Yaml),
            },
            report: match self.output {
                Output::Github => Some(Report::Github),
                Output::Junit => Some(Report::Junit),
                _ => None,
            },
            columns: self.columns.clone(),
            no_header: self.no_header,
            color: self.color,
            quiet: self.quiet,
            silent: false,
            verbose: self.verbose,
            input: !self.no_input,
            yes: self.yes,
            width: env.get(env::COLUMNS).and_then(|text| text.parse().ok()),
        }
    }
}

/// Flag before environment before the contexts file before the embedded router.
fn choose_target(
    globals: &Globals,
    env: &Environment,
    config: &Config,
) -> Result<(Target, Source)> {
    let remote = |url, context: Option<&str>, insecure_http| Target::Remote {
        url,
        context: context.map(str::to_owned),
        insecure_http: insecure_http || globals.insecure_http,
    };
    let named = |name: &str| -> Result<Target> {
        if name == EMBEDDED {
            return Ok(Target::Embedded);
        }
        let context = config.context(name)?;
        Ok(remote(context.url.clone(), Some(name), context.insecure_http))
    };
    if let Some(url) = &globals.url {
        return Ok((remote(config::parse_url(url)?, None, false), Source::Flag("--url")));
    }
    if let Some(name) = &globals.context {
        return Ok((named(name)?, Source::Flag("--context")));
    }
    match (env.get(env::BASE_URL), env.get(env::CONTEXT)) {
        (Some(_), Some(_)) => {
            Err(Error::usage("`CLAWROUTER_BASE_URL` and `CLAWCTL_CONTEXT` are both set, and may mean different routers")
                .hint("unset one of them, or say `--context NAME`"))
        }
        (Some(url), None) => {
            let url = config::parse_url(&url)?;
            Ok((remote(url, None, false), Source::Variable(env::BASE_URL.name)))
        }
        (None, Some(name)) => Ok((named(&name)?, Source::Variable(env::CONTEXT.name))),
        (None, None) => match &config.current {
            Some(name) => {
                let chosen = named(name);
                let or = "or choose another one: `clawctl context use NAME`";
                Ok((chosen.map_err(|e| e.hint(or))?, Source::ContextsFile))
            }
            None => Ok((Target::Embedded, Source::Default)),
        },
    }
}

/// A time limit that was typed: `30s`, `500ms`, `2m`.
pub fn parse_timeout(text: &str) -> Result<Duration, String> {
    let limit = parse_duration(text)?;
    if limit.is_zero() || limit > Duration::from_secs(3600) {
        return Err("a time limit lies between 1 ms and 1 h".to_owned());
    }
    Ok(limit)
}

/// A length of time that was typed: `90d`, `12h`, `30m`. A day has 24 hours.
pub fn parse_duration(text: &str) -> Result<Duration, String> {
    let bad = || format!("`{text}` is not a length of time; write `30s`, `90m`, `12h` or `90d`");
    let span: Span = text.trim().parse().map_err(|_| bad())?;
    let signed = span.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(|_| bad())?;
    Duration::try_from(signed).map_err(|_| bad())
}

#[cfg(test)]
mod tests;
