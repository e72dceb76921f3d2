//! What each client needs to use the router: pure functions from an address, the name of the
//! variable that holds the key, and models, to text and to edits.
//!
//! The formats are those of the clients, as they were in November 2026.

pub mod claude_code;
pub mod codex;
mod curl;
pub mod dotenv;
mod node;
pub mod openclaw;
mod python;
pub mod settings;
pub mod shell;

use crate::foreign::BadFile;
use crate::report::catalog::CatalogRow;
use crate::report::transport::Transport;

/// The variable that a client finds the key in, unless another is named.
pub const KEY_VARIABLE: &str = "CLAWROUTER_API_KEY";

/// The row of models that the router itself makes of others. Some clients cannot list it.
const COMPOUND: &str = "clawrouter";

/// A client that the router can be connected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Client {
    Openclaw,
    Codex,
    ClaudeCode,
    Env,
    Curl,
    Python,
    Node,
}

/// What a recipe is made of.
#[derive(Debug, Clone, Copy)]
pub struct Needs<'a> {
    /// The router's address, without a slash at its end.
    pub url: &'a str,
    /// Name of the environment variable with the key.
    pub variable: &'a str,
    /// The models that this client can use.
    pub models: &'a [CatalogRow],
    /// The one that it is to use if nothing else is said.
    pub model: &'a CatalogRow,
}

/// A model without OpenClaw's word for the router before it.
pub fn plain(named: &str) -> &str {
    named.strip_prefix("clawrouter/").unwrap_or(named)
}

impl Client {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Openclaw => "openclaw",
            Self::Codex => "codex",
            Self::ClaudeCode => "claude-code",
            Self::Env => "env",
            Self::Curl => "curl",
            Self::Python => "python",
            Self::Node => "node",
        }
    }

    pub fn display_name(self) -> &'static str {
        match self {
            Self::Openclaw => "OpenClaw",
            Self::Codex => "Codex",
            Self::ClaudeCode => "Claude Code",
            Self::Env => "a program that reads the usual variables",
            Self::Curl => "curl",
            Self::Python => "Python",
            Self::Node => "Node.js",
        }
    }

    /// The way in which this client would speak to a model, if it can.
    pub fn transport(self, row: &CatalogRow) -> Option<Transport> {
        let offered = &row.transports;
        let needed = |wanted| offered.contains(&wanted).then_some(wanted);
        match self {
            Self::Openclaw if row.provider == COMPOUND => None,
            Self::Codex => needed(Transport::OpenaiResponses),
            Self::ClaudeCode => needed(Transport::AnthropicMessages),
            _ => offered.first().copied(),
        }
    }

    /// What it takes to be usable, in words.
    pub fn wants(self) -> &'static str {
        match self {
            Self::Codex => "the OpenAI Responses API",
            Self::ClaudeCode => "the Anthropic Messages API",
            _ => "a way to chat",
        }
    }

    /// The model as this client is told of it.
    pub fn reference(self, row: &CatalogRow) -> String {
        match self {
            Self::Openclaw => format!("clawrouter/{}", row.model),
            Self::ClaudeCode => row.upstream.clone(),
            _ => match self.transport(row) {
                Some(Transport::AnthropicMessages | Transport::GoogleGenerativeAi) => {
                    row.upstream.clone()
                }
                _ => row.model.clone(),
            },
        }
    }

    /// Is this model meant? By the router's name, OpenClaw's spelling of it, or the client's own.
    pub fn means(self, named: &str, row: &CatalogRow) -> bool {
        row.model == plain(named) || row.model == named || self.reference(row) == named
    }

    /// The model that is meant where none is named.
    pub fn usual(self, rows: &[CatalogRow]) -> Option<&CatalogRow> {
        let named = |word| rows.iter().find(|row| row.upstream.contains(word));
        match self {
            Self::ClaudeCode => named("sonnet").or_else(|| named("opus")).or(rows.first()),
            _ => rows.first(),
        }
    }

    /// The text to paste.
    pub fn sample(self, needs: &Needs<'_>) -> Result<String, BadFile> {
        Ok(match self {
            Self::Openclaw => openclaw::text(needs)?,
            Self::Codex => codex::text(needs),
            Self::ClaudeCode => claude_code::text(needs)?,
            Self::Env => dotenv::text(needs),
            Self::Curl => curl::text(needs),
            Self::Python => python::text(needs),
            Self::Node => node::text(needs),
        })
    }

    /// What else there is to do or to know.
    pub fn notes(self, needs: &Needs<'_>) -> Vec<String> {
        let variable = needs.variable;
        let exported =
            format!("The key is read from `{variable}`: export it where the client starts.");
        match self {
            Self::Openclaw => vec![
                exported,
                "A gateway that runs as a service reads it from `~/.openclaw/.env`.".to_owned(),
                LOOK_OPENCLAW.to_owned(),
            ],
            Self::Codex | Self::Curl | Self::Python | Self::Node => vec![exported],
            Self::ClaudeCode => vec![
                exported,
                "`ANTHROPIC_AUTH_TOKEN` and `ANTHROPIC_API_KEY` go before it where they are set."
                    .to_owned(),
                LOOK_CLAUDE_CODE.to_owned(),
            ],
            Self::Env => vec![
                "The key is in none of these lines; `--write --inline-key` puts it into the file."
                    .to_owned(),
                format!("For a shell: `eval \"$(clawctl env --key-env {variable})\"`."),
            ],
        }
    }

    /// What is left to say where the key stands in the file itself.
    pub fn notes_inline(self) -> Vec<String> {
        match self {
            Self::Openclaw => vec![LOOK_OPENCLAW.to_owned()],
            Self::ClaudeCode => vec![LOOK_CLAUDE_CODE.to_owned()],
            Self::Codex | Self::Curl | Self::Python | Self::Node | Self::Env => Vec::new(),
        }
    }
}

const LOOK_OPENCLAW: &str =
    "Look with `openclaw models list --all --provider clawrouter --refresh`.";
const LOOK_CLAUDE_CODE: &str = "Look with `/status` in Claude Code.";

/// Where the provider's own API is behind the router.
fn native(url: &str, provider: &str) -> String {
    format!("{url}/v1/native/{provider}")
}

/// The address that an Anthropic client appends `/v1/messages` to.
fn messages_root(url: &str, provider: &str) -> String {
    // The router answers for Anthropic itself at its root too.
    if provider == "anthropic" { url.to_owned() } else { native(url, provider) }
}

#[cfg(test)]
mod tests;
