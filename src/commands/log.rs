use std::time::Duration;

use clap::Args;

use crate::changes::{Outcome, Record};
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::settings::parse_duration;
use crate::view;
use crate::view::log::{COLUMNS, Entry};
use clawctl_wire::model::ModelPattern;

/// Show what was changed from here
///
/// Every change that clawctl made from this machine, the newest first: who made it, on which router,
/// what it did, and whether the router carried it out. It holds no secrets. `clawctl undo ID` takes
/// one back. With `CLAWCTL_JOURNAL=off` nothing is written down.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl log
  clawctl log --noun policy --name 'team_*' --since 7d
  clawctl log --here --command 'key rotate'
  clawctl log -o jsonl | jq 'select(.outcome == \"unknown\")'")]
pub struct Log {
    /// Only changes of the router in force
    #[arg(long)]
    here: bool,

    /// Only changes of such a thing: `policy`, `key`, `provider`, `grant`, `user`, …
    #[arg(long, value_name = "NOUN")]
    noun: Option<String>,

    /// Only changes of what is called so; `*` stands for any run of characters
    #[arg(long, value_name = "PATTERN")]
    name: Option<ModelPattern>,

    /// Only changes by this command, such as `key rotate`
    #[arg(long, value_name = "WORDS")]
    command: Option<String>,

    /// Only changes of the last while: `12h`, `7d`
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    since: Option<Duration>,

    /// Only what was not carried out, or nobody knows whether it was
    #[arg(long)]
    failed: bool,

    /// Only so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

pub(crate) fn run(ctx: &Ctx, args: Log) -> Result<view::List<Entry>> {
    ctx.check_columns(COLUMNS)?;
    let here = ctx.journal_place();
    let since = args.since.and_then(|length| ctx.now().checked_sub(length).ok());
    let wanted = |record: &Record| {
        (!args.here || record.router == here.place())
            && args.noun.as_ref().is_none_or(|noun| record.noun.as_ref() == Some(noun))
            && args.name.as_ref().is_none_or(|pattern| {
                record.name.as_deref().is_some_and(|name| pattern.matches(name))
            })
            && args.command.as_ref().is_none_or(|words| record.command.starts_with(words.as_str()))
            && since.is_none_or(|since| record.at >= since)
            && (!args.failed || record.outcome != Outcome::Done)
    };
    let records = ctx.changes().read().map_err(|e| Error::of(Exit::FAILED, e))?;
    let rows = records
        .into_iter()
        .rev()
        .filter(wanted)
        .take(args.limit.unwrap_or(usize::MAX))
        .map(Entry::of)
        .collect();
    Ok(view::List { rows, columns: COLUMNS, empty: "Nothing was changed from here." })
}
