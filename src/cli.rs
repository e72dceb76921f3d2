//! The words that clawctl understands, and the one match that carries them out.

mod needed;

use std::ffi::OsString;
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::process::ExitCode;

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::commands::{self, *};
use crate::ctx::Ctx;
use crate::env::Environment;
use crate::error::{Error, Exit, Result};
use crate::settings::{Globals, Settings};
use crate::ui::{self, Ui};
use clawctl_wire::key::ProxyKey;

/// Manage the keys, policies and budgets of an LLM router
///
/// Without a context, clawctl administers the router that it carries itself, over one SQLite
/// file: no set-up, no server. With `--context NAME`, `--url URL` or `CLAWROUTER_BASE_URL` it
/// administers a ClawRouter deployment over HTTPS. Every command works the same in both.
#[derive(Debug, Parser)]
#[command(name = "clawctl", version, propagate_version = false, max_term_width = 100)]
#[command(after_long_help = commands::topics::root_epilogue())]
#[command(disable_help_subcommand = true, infer_subcommands = false)]
#[command(subcommand_required = true, arg_required_else_help = true)]
struct Root {
    #[command(flatten)]
    globals: Globals,
}

/// Everything that can be said in one line.
#[derive(Debug)]
pub struct Cli {
    pub globals: Globals,
    pub command: Command,
}

impl CommandFactory for Cli {
    fn command() -> clap::Command {
        Command::augment_subcommands(Root::command())
    }

    fn command_for_update() -> clap::Command {
        Command::augment_subcommands_for_update(Root::command_for_update())
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Issue, list, inspect, rotate and revoke keys
    #[command(subcommand, alias = "keys")]
    Key(Late<key::Key>),
    /// Say what keys may reach and spend
    #[command(subcommand, alias = "policies")]
    Policy(Late<policy::Policy>),
    /// Set and watch monthly budgets
    #[command(subcommand, alias = "budgets")]
    Budget(Late<budget::Budget>),
    /// Look at providers, switch them, budget them
    #[command(subcommand, alias = "providers")]
    Provider(Late<provider::Provider>),
    /// Give policies and tenants upstream secrets of their own
    #[command(subcommand, alias = "grants")]
    Grant(Late<grant::Grant>),
    /// See the models that a policy or a key can really use
    #[command(subcommand)]
    Catalog(Late<catalog::Catalog>),
    /// See who spent what
    #[command(subcommand)]
    Usage(Late<usage::Usage>),
    /// Let one model answer with the proposals of several
    #[command(subcommand)]
    Fusion(Late<fusion::Fusion>),
    /// Look at what was kept of a request
    #[command(subcommand)]
    Content(Late<content::Content>),
    /// Look after the people who sign in to the router's console
    #[command(subcommand, alias = "users")]
    User(Late<user::User>),
    /// Say which policies people and groups hold in the console
    #[command(subcommand, alias = "bindings")]
    Binding(Late<binding::Binding>),
    /// Give groups and policies by address, domain or membership
    #[command(subcommand, alias = "rules")]
    Rule(Late<rule::Rule>),
    /// See tenants
    #[command(subcommand, alias = "tenants")]
    Tenant(Late<tenant::Tenant>),
    /// Connect clients to the router, and check that they work
    #[command(subcommand)]
    Connect(Late<connect::Connect>),
    Env(env::Env),
    /// Find keys where they should not be
    #[command(subcommand)]
    Leak(Late<leak::Leak>),
    /// Prove that a router enforces what it was told
    #[command(subcommand)]
    Verify(Late<verify::Verify>),
    /// Say what the router would do with a request, and why
    Why(why::Why),
    /// Choose which router is administered
    #[command(subcommand, alias = "contexts")]
    Context(Late<context::Context>),
    /// Serve, back up and look after the embedded router
    #[command(subcommand)]
    Router(Late<router::Router>),
    /// Change the router so that it is as a manifest wants it
    Apply(apply::Apply),
    /// Show what a manifest would change on the router, by its effect
    Diff(diff::Diff),
    /// Write the state of the router as a manifest
    Export(export::Export),
    /// Turn another gateway's exported keys and budgets into a manifest
    Import(import::Import),
    /// Check manifests without asking a router
    Validate(validate::Validate),
    /// Print the JSON Schema of manifests, for editors
    Schema(schema::Schema),
    /// Show what was changed from here
    Log(log::Log),
    /// Take back one change that was made from here
    Undo(undo::Undo),
    /// Say which router is in force, and where each setting came from
    Status(status::Status),
    /// Look for what is wrong, and say what to do
    Doctor(doctor::Doctor),
    /// Make any call to the router
    Api(api::Api),
    /// Print completions for a shell
    Completions(completions::Completions),
    /// Write the manual pages into a folder
    Man(man::Man),
}

impl Command {
    /// Can it write what a CI service reads?
    fn writes_reports(&self) -> bool {
        matches!(self, Self::Apply(_) | Self::Diff(_) | Self::Validate(_))
    }
}

/// The verbs of a noun, put together only when the noun was typed: to make the sixty verbs with all
/// their flags takes longer than everything else at the start.
#[derive(Debug)]
pub struct Late<T>(pub T);

impl<T: Subcommand> Subcommand for Late<T> {
    fn augment_subcommands(command: clap::Command) -> clap::Command {
        command.defer(T::augment_subcommands)
    }

    fn augment_subcommands_for_update(command: clap::Command) -> clap::Command {
        command.defer(T::augment_subcommands_for_update)
    }

    fn has_subcommand(name: &str) -> bool {
        T::has_subcommand(name)
    }
}

impl<T: FromArgMatches> FromArgMatches for Late<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        T::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.update_from_arg_matches(matches)
    }
}

/// Every word, for a shell that completes one. The flags of all commands know no candidates, for
/// those come from a router that these flags choose.
fn words_with_candidates() -> clap::Command {
    Cli::command().mut_arg("context", |flag| flag.add(complete::contexts()))
}

/// A crash must not leave a key behind in a core file, here or in a command that a sink runs.
fn forbid_core_files() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    // Lowering a limit needs no right. Where it fails all the same, the work goes on.
    let _ = setrlimit(Resource::Core, none);
}

/// What a line says, and the words of its command. What clap knew of the words is not taken apart
/// again: that would take a tenth of a short command, and the system does it at the end anyway.
fn parse(words: clap::Command, line: Vec<OsString>) -> Result<(Cli, String), clap::Error> {
    let mut words = ManuallyDrop::new(words);
    let mut matches = ManuallyDrop::new(words.try_get_matches_from_mut(line)?);
    let verbs = verbs(&matches);
    let cli = Globals::from_arg_matches_mut(&mut matches).and_then(|globals| {
        let command = Command::from_arg_matches_mut(&mut matches)?;
        Ok(Cli { globals, command })
    });
    Ok((cli.map_err(|e| e.format(&mut words))?, verbs))
}

/// The words of the command without anything that was given to it: `key rotate`.
fn verbs(matches: &ArgMatches) -> String {
    let mut words = Vec::new();
    let mut next = matches.subcommand();
    while let Some((word, matches)) = next {
        words.push(word);
        next = matches.subcommand();
    }
    words.join(" ")
}

/// The id of a key that was typed as an argument, or as a part of one. No argument is ever a secret,
/// but many are stored and shown. What follows `--` is the command of somebody else.
fn typed_key(line: &[OsString]) -> Option<String> {
    let ours = line.iter().take_while(|word| *word != "--");
    let mut words = ours.map(|word| word.to_string_lossy());
    words.find_map(|word| Some(ProxyKey::find_in(&word)?.id.to_owned()))
}

/// Everything, from the words to the exit code.
pub fn main() -> ExitCode {
    forbid_core_files();
    clap_complete::CompleteEnv::with_factory(words_with_candidates).complete();
    let line: Vec<_> = std::env::args_os().collect();
    let words = needed::words(line.get(1..).unwrap_or_default());
    let typed_key = typed_key(&line);
    let (cli, words) = match parse(words, line) {
        Ok(parsed) => parsed,
        Err(e) => {
            ui::say_of_words(&e);
            return ExitCode::from(if e.use_stderr() { Exit::USAGE.0 } else { Exit::DONE.0 });
        }
    };
    let env = Environment::of_process();
    let ui = Ui::new(cli.globals.look(&env));
    if let (Some(report), false) = (ui.look().report, cli.command.writes_reports()) {
        let word = report.as_str();
        ui.error(
            &Error::usage(format!("`-o {word}` is for `validate`, `diff` and `apply`"))
                .hint("other commands write `table`, `json`, `jsonl`, `csv` and `yaml`"),
        );
        return ExitCode::from(Exit::USAGE.0);
    }
    if let Some(id) = typed_key {
        ui.error(
            &Error::usage(format!("an argument holds the secret of key `{id}`; nothing was done"))
                .hint(format!("name the key by its id: `{id}`"))
                .hint(
                    "to check a key, give it on standard input: `clawctl key inspect --key-stdin`",
                )
                .hint("the secret may be in the history of the shell now, so rotate the key"),
        );
        return ExitCode::from(Exit::USAGE.0);
    }
    let resolve = match cli.command {
        Command::Context(_) | Command::Doctor(_) => Settings::resolve_for_repair,
        _ => Settings::resolve,
    };
    let settings = match resolve(&cli.globals, &env) {
        Ok(settings) => settings,
        Err(error) => {
            ui.error(&error);
            return ExitCode::from(error.exit.0);
        }
    };
    let ctx = Ctx::new(settings, ui, env).with_words(words);
    let outcome = run(&ctx, cli.command);
    ctx.say_unread_rows();
    ctx.say_unrecorded();
    match outcome {
        Ok(exit) => ExitCode::from(exit.0),
        Err(error) if error.broken_pipe => ExitCode::SUCCESS,
        Err(error) => {
            ctx.ui.error(&error);
            ExitCode::from(error.exit.0)
        }
    }
}

/// Boxed, so that there is one executor's loop and not one for each noun.
type Work<'c> = Pin<Box<dyn Future<Output = Result<Exit>> + 'c>>;

fn run(ctx: &Ctx, command: Command) -> Result<Exit> {
    let work: Work<'_> = match command {
        Command::Key(verb) => Box::pin(key::run(ctx, verb.0)),
        Command::Policy(verb) => Box::pin(policy::run(ctx, verb.0)),
        Command::Budget(verb) => Box::pin(budget::run(ctx, verb.0)),
        Command::Provider(verb) => Box::pin(provider::run(ctx, verb.0)),
        Command::Grant(verb) => Box::pin(grant::run(ctx, verb.0)),
        Command::Catalog(verb) => Box::pin(catalog::run(ctx, verb.0)),
        Command::Usage(verb) => Box::pin(usage::run(ctx, verb.0)),
        Command::Fusion(verb) => Box::pin(fusion::run(ctx, verb.0)),
        Command::Content(verb) => Box::pin(content::run(ctx, verb.0)),
        Command::User(verb) => Box::pin(user::run(ctx, verb.0)),
        Command::Binding(verb) => Box::pin(binding::run(ctx, verb.0)),
        Command::Rule(verb) => Box::pin(rule::run(ctx, verb.0)),
        Command::Tenant(verb) => Box::pin(tenant::run(ctx, verb.0)),
        Command::Connect(verb) => Box::pin(connect::run(ctx, verb.0)),
        Command::Env(args) => return ctx.show(env::run(ctx, &args)?),
        Command::Leak(verb) => Box::pin(leak::run(ctx, verb.0)),
        Command::Verify(verb) => Box::pin(verify::run(ctx, verb.0)),
        Command::Why(args) => Box::pin(why::run(ctx, args)),
        Command::Context(verb) => Box::pin(context::run(ctx, verb.0)),
        Command::Router(verb) => return router::run(ctx, verb.0),
        Command::Apply(args) => Box::pin(apply::run(ctx, args)),
        Command::Diff(args) => Box::pin(diff::run(ctx, args)),
        Command::Export(args) => Box::pin(export::run(ctx, args)),
        Command::Import(args) => return import::run(ctx, &args),
        Command::Validate(args) => return validate::run(ctx, &args),
        Command::Schema(args) => return schema::run(ctx, &args),
        Command::Log(args) => return ctx.show(log::run(ctx, args)?),
        Command::Undo(args) => Box::pin(async { ctx.show(undo::run(ctx, args).await?) }),
        Command::Status(args) => Box::pin(status::run(ctx, args)),
        Command::Doctor(args) => Box::pin(doctor::run(ctx, args)),
        Command::Api(args) => Box::pin(api::run(ctx, args)),
        Command::Completions(args) => return completions::run(ctx, args, &mut Cli::command()),
        Command::Man(args) => return man::run(ctx, args, Cli::command()),
    };
    // One thread is enough for one call after the other; `router serve` makes its own runtime.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|e| Error::failed("cannot start").cause(e))?.block_on(work)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a command stand in the list of processes and in the history of the shell.
    #[test]
    fn no_flag_takes_a_secret_as_its_value() {
        const SECRETS: [&str; 6] = ["secret", "token", "key", "password", "credential", "hash"];
        /// What only sounds like one: names, ids, addresses and numbers.
        const HARMLESS: [&str; 7] = [
            "client-secret-config",
            "key",
            "key-id",
            "max-in-flight-per-key",
            "token-scope",
            "token-type",
            "token-url",
        ];
        fn look(command: &clap::Command, path: &str, found: &mut Vec<String>) {
            for verb in command.get_subcommands() {
                look(verb, &format!("{path} {}", verb.get_name()), found);
            }
            for arg in command.get_arguments().filter(|arg| arg.get_action().takes_values()) {
                let Some(flag) = arg.get_long() else { continue };
                let sounds_so = flag.split('-').any(|word| SECRETS.contains(&word));
                let is_place = flag.ends_with("-file") || flag.ends_with("-env");
                if sounds_so && !is_place && !HARMLESS.contains(&flag) {
                    found.push(format!("{path} --{flag}"));
                }
            }
        }
        let mut root = Cli::command();
        root.build();
        let mut found = Vec::new();
        look(&root, "clawctl", &mut found);
        assert_eq!(found, Vec::<String>::new());
    }
}
