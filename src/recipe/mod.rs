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

use crate::foreign::{BadFile, json};
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
    /// The project that its requests are counted for in usage.
    pub project: Option<&'a str>,
    /// Does a budget count its requests by their price? It refuses the tools that a provider runs,
    /// because nothing says what they cost.
    pub is_metered: bool,
}

/// Headers that say for whom a request is counted. The router keeps them to itself.
pub const CLIENT_HEADER: &str = "X-ClawRouter-Client";
pub const PROJECT_HEADER: &str = "X-ClawRouter-Project-Id";

impl Needs<'_> {
    /// The headers that a client sends with every request, where it does not name itself.
    pub fn headers(&self, client: Client) -> Vec<(&'static str, &str)> {
        let named = (CLIENT_HEADER, client.as_str());
        let project = self.project.map(|project| (PROJECT_HEADER, project));
        [named].into_iter().chain(project).collect()
    }
}

/// Whether a router takes this for the name of a project.
pub fn is_project(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"._~:/+@=-".contains(&b);
    (1..=256).contains(&name.len()) && name.bytes().all(plain)
}

/// A model without OpenClaw's word for the router before it.
pub fn plain(named: &str) -> &str {
    named.strip_prefix("clawrouter/").unwrap_or(named)
}

/// A request as a client makes it by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Its instructions, its tools and a short prompt.
    pub prompt_bytes: usize,
    /// The limit that it sets on the answer. Without one, a router reserves what the model can
    /// write at most.
    pub output_tokens: Option<u64>,
}

/// OpenClaw takes this limit for a model of which the catalog names none.
const OPENCLAW_OUTPUT_TOKENS: u64 = 32_768;

impl Client {
    /// The client whose requests a model mostly gets, where none is named.
    pub fn typical(row: &CatalogRow) -> Self {
        match row.transports.first() {
            Some(Transport::OpenaiResponses) => Self::Codex,
            Some(Transport::AnthropicMessages) => Self::ClaudeCode,
            _ => Self::Openclaw,
        }
    }

    /// The first request of a conversation, as Codex 0.171.0, Claude Code 2.1.332 and OpenClaw
    /// 2026.9.6 sent it.
    pub fn shape(self, row: &CatalogRow) -> Shape {
        let (prompt_bytes, output_tokens) = match self {
            Self::Codex => (41_000, None),
            Self::ClaudeCode => (87_000, Some(32_000)),
            Self::Openclaw => {
                (67_000, Some(row.max_output_tokens.unwrap_or(OPENCLAW_OUTPUT_TOKENS)))
            }
            // The limit that its sample names, where the format has one name for it.
            Self::Curl if self.transport(row) != Some(Transport::OpenaiCompletions) => {
                (100, Some(64))
            }
            Self::Env | Self::Curl | Self::Python | Self::Node => (4_000, None),
        };
        Shape { prompt_bytes, output_tokens }
    }

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
            Self::Openclaw => openclaw::patch(&json::Document::parse("")?, needs)?,
            Self::Codex => codex::text(needs)?,
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
                APPLY_OPENCLAW.to_owned(),
                LOOK_OPENCLAW.to_owned(),
            ],
            Self::Codex if needs.is_metered => vec![exported, NO_SEARCH_CODEX.to_owned()],
            Self::Codex | Self::Curl | Self::Python | Self::Node => vec![exported],
            Self::ClaudeCode => vec![
                exported,
                // Seen with 2.1.332: each goes into a header of its own.
                "If `ANTHROPIC_API_KEY` or `ANTHROPIC_AUTH_TOKEN` is set too, Claude Code sends it \
                 to the router beside this key. The router uses another key of its own only from \
                 `ANTHROPIC_AUTH_TOKEN`."
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

const APPLY_OPENCLAW: &str = "Elsewhere, save the patch as `clawrouter.patch.json5` and run \
     `openclaw config patch --file clawrouter.patch.json5 --dry-run --json`; without `--dry-run` it \
     is applied.";
const LOOK_OPENCLAW: &str =
    "Look with `openclaw models list --all --provider clawrouter --refresh`.";
const NO_SEARCH_CODEX: &str = "Web search is disabled in Codex: its price is unknown, so the budget \
     refuses it. A policy with a fixed price per request allows it.";
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
