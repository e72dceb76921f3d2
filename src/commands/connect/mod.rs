//! `clawctl connect`: what clients need to use the router, and upstream systems behind it.

mod backups;
mod check;
mod claude_max_proxy;
mod clawpool;
mod client;
mod files;
mod merge;
mod models;
mod openclaw;
mod patch;
mod probe;
mod upstream;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::recipe::Client;

#[derive(Debug, Subcommand)]
pub enum Connect {
    /// Connect OpenClaw
    ///
    /// OpenClaw's own plugin asks the router for the models of the key; the configuration gets the
    /// router's address, and the model that agents begin with. Without `--write` this prints a patch
    /// for `openclaw config patch`. If OpenClaw is installed, it checks the patch first.
    #[command(after_help = "Examples:
  clawctl connect openclaw --key-id alice
  clawctl connect openclaw --key-id alice --model openai/gpt-5.6 --write
  clawctl connect openclaw --write --inline-key --key-file alice.key
  clawctl connect openclaw --undo")]
    Openclaw(client::InFile),
    /// Connect Codex
    ///
    /// Codex gets a provider of its own in `config.toml`. It speaks the Responses API alone.
    #[command(after_help = "Examples:
  clawctl connect codex --key-id alice
  clawctl connect codex --key-id alice --model openai/gpt-5.6 --write --dry-run
  clawctl connect codex --key-env ALICE_KEY --write
  clawctl connect codex --undo")]
    Codex(client::InFile),
    /// Connect Claude Code
    ///
    /// Its settings get the router's address, and a model of the key's for each of the sizes that
    /// Claude Code asks for, so that it asks for no other.
    #[command(after_help = "Examples:
  clawctl connect claude-code --key-id alice
  clawctl connect claude-code --key-id alice --write
  clawctl connect claude-code --key-id alice --write --file .claude/settings.local.json
  clawctl connect claude-code --undo")]
    ClaudeCode(client::InFile),
    /// Print the usual variables for a dotenv file
    ///
    /// For a shell there is `clawctl env`.
    #[command(after_help = "Examples:
  clawctl connect env --key-id alice
  clawctl connect env --write --file app/.env
  clawctl connect env --write --inline-key --key-file alice.key")]
    Env(client::InFile),
    /// Print a first request for curl
    #[command(after_help = "Examples:
  clawctl connect curl --key-id alice
  clawctl connect curl --key-env ALICE_KEY --model anthropic/claude-haiku-4-5 | sh")]
    Curl(client::Shown),
    /// Print a first program in Python
    #[command(after_help = "Examples:
  clawctl connect python --key-id alice
  clawctl connect python --key-id alice --model anthropic/claude-haiku-4-5 > hello.py")]
    Python(client::Shown),
    /// Print a first program for Node.js
    #[command(after_help = "Examples:
  clawctl connect node --key-id alice
  clawctl connect node --key-id alice --model google/gemini-3.5-flash > hello.mjs")]
    Node(client::Shown),
    Check(check::Check),
    ClaudeMaxProxy(claude_max_proxy::ClaudeMaxProxy),
    Clawpool(clawpool::Clawpool),
}

pub async fn run(ctx: &Ctx, verb: Connect) -> Result<Exit> {
    match verb {
        Connect::Openclaw(args) => client::in_file(ctx, Client::Openclaw, args).await,
        Connect::Codex(args) => client::in_file(ctx, Client::Codex, args).await,
        Connect::ClaudeCode(args) => client::in_file(ctx, Client::ClaudeCode, args).await,
        Connect::Env(args) => client::in_file(ctx, Client::Env, args).await,
        Connect::Curl(args) => ctx.show(client::shown(ctx, Client::Curl, &args).await?),
        Connect::Python(args) => ctx.show(client::shown(ctx, Client::Python, &args).await?),
        Connect::Node(args) => ctx.show(client::shown(ctx, Client::Node, &args).await?),
        Connect::Check(args) => ctx.show(check::run(ctx, &args).await?),
        Connect::ClaudeMaxProxy(args) => claude_max_proxy::run(ctx, &args).await,
        Connect::Clawpool(args) => ctx.show(clawpool::run(ctx, &args).await?),
    }
}
