use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::places::{Found, PlaceFlags};
use super::report;
use super::scan::fingerprint;
use crate::client::Client;
use crate::commands::key::deliver::SinkFlags;
use crate::commands::key::inspect::judge;
use crate::commands::key::rotate::in_place;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::lifecycle::evidence;
use crate::settings::parse_duration;
use crate::view::leak::{Action, Case, RESPONSE_COLUMNS, Responded};

/// Say which keys that leaked work, and make an end of those
///
/// Finds keys as `leak scan` does, asks the router about each, and says who used it lately. With
/// `--rotate` every key that still works gets a new secret, delivered to the sinks of `--to`; with
/// `--revoke` it is switched off. On a terminal it asks. What was done is proved by showing the
/// leaked key to the router once more. The secret is never shown, and a key whose secret was
/// changed before is left alone.
///
/// Exit code 1 means that a leaked key still works, or that something could not be looked at.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl leak respond build.log
  clawctl leak respond --git HEAD --revoke --report incident.md --yes
  pbpaste | clawctl leak respond --rotate --to 'exec:gh secret set CLAWROUTER_API_KEY' --yes")]
pub struct Respond {
    #[command(flatten)]
    places: PlaceFlags,

    /// Give each key that works a new secret
    #[arg(long, help_heading = "What to do", requires = "to", conflicts_with = "revoke")]
    rotate: bool,

    /// Switch each key that works off
    #[arg(long, help_heading = "What to do")]
    revoke: bool,

    /// How far back to look for its use
    #[arg(long, value_name = "TIME", default_value = "7d", value_parser = parse_duration)]
    since: Duration,

    /// Write what was found and done into a new file, as Markdown
    #[arg(long, value_name = "PATH")]
    report: Option<PathBuf>,

    #[command(flatten)]
    sinks: SinkFlags,

    /// Replace what the destination already holds
    #[arg(long, requires = "rotate", help_heading = "Delivery")]
    force: bool,
}

pub(super) async fn run(ctx: &Ctx, args: Respond) -> Result<Responded> {
    ctx.check_columns(RESPONSE_COLUMNS)?;
    if !args.sinks.is_default() && !args.rotate {
        return Err(Error::usage("`--to` goes with `--rotate`"));
    }
    if let Some(path) = args.report.as_ref().filter(|path| path.exists()) {
        return Err(Error::usage(format!("`{}` is there already", path.display())));
    }
    let looked = args.places.look(ctx)?;
    let mut cases = Vec::new();
    for found in one_of_each(looked.found) {
        cases.push(answer(ctx, &args, found).await?);
    }
    let responded = Responded { cases, unread: looked.unread, dry_run: ctx.settings.dry_run };
    if let Some(path) = &args.report {
        report::write(path, &report::text(&responded, ctx.client()?.place(), ctx.now()))?;
        ctx.ui.status(format!("The report is in {}.", path.display()));
    }
    Ok(responded)
}

/// The same secret in several places is one case.
fn one_of_each(found: Vec<Found>) -> Vec<Vec<Found>> {
    let mut cases: BTreeMap<(String, String), Vec<Found>> = BTreeMap::new();
    for one in found {
        cases.entry((one.key_id.clone(), one.secret_sha256.clone())).or_default().push(one);
    }
    cases.into_values().collect()
}

async fn answer(ctx: &Ctx, args: &Respond, found: Vec<Found>) -> Result<Case> {
    let client = ctx.client()?;
    let places = found.iter().map(|one| one.place.clone()).collect();
    let Some(first) = found.into_iter().next() else {
        return Err(Error::failed("a case without a key"));
    };
    let before = judge(ctx, &first.text).await?;
    let mut case = Case {
        key_id: first.key_id.clone(),
        fingerprint: fingerprint(&first.secret_sha256),
        places,
        worked: before.works,
        finding: before.finding,
        use_of_it: Vec::new(),
        coverage: None,
        action: Action::None,
        works: before.works,
    };
    if client.has_admin_token() {
        recent_use(ctx, client, &mut case, args.since).await?;
    }
    if !before.works {
        return Ok(case);
    }
    let wanted = wanted(ctx, args, &case)?;
    if ctx.settings.dry_run {
        case.action = wanted;
        return Ok(case);
    }
    let done = match wanted {
        Action::None => return Ok(case),
        Action::Rotated => {
            let mode = first.mode;
            in_place(ctx, &case.key_id, mode, &args.sinks, args.force).await.map(drop)
        }
        Action::Revoked => {
            ctx.confirm(&format!("Revoke key {}? It stops working at once.", case.key_id))?;
            client.revoke_credential(&case.key_id).await.map(drop).map_err(Error::from)
        }
    };
    match done {
        Ok(()) => case.action = wanted,
        // The others are no less urgent.
        Err(e) => ctx.ui.failure(&e),
    }
    case.works = judge(ctx, &first.text).await?.works;
    Ok(case)
}

async fn recent_use(ctx: &Ctx, client: &Client, case: &mut Case, since: Duration) -> Result<()> {
    let credential = match client.credential(&case.key_id).await {
        Err(crate::client::Error::Missing { .. }) => return Ok(()),
        credential => credential?,
    };
    let from = ctx.now().checked_sub(since).unwrap_or(jiff::Timestamp::MIN);
    let (seen, coverage) = evidence::of_one(client, &credential, from).await?;
    (case.use_of_it, case.coverage) = (seen.users, Some(coverage));
    Ok(())
}

fn wanted(ctx: &Ctx, args: &Respond, case: &Case) -> Result<Action> {
    if args.rotate {
        return Ok(Action::Rotated);
    }
    if args.revoke {
        return Ok(Action::Revoked);
    }
    if !ctx.ui.can_prompt() || ctx.settings.dry_run {
        return Ok(Action::None);
    }
    let id = &case.key_id;
    ctx.ui.warning(format!("key {id} still works, and anyone who found it can use it"));
    let ways = ["revoke it".to_owned(), "leave it for now".to_owned()];
    let chosen = ctx.ui.choose(&format!("What becomes of key {id}?"), "--revoke", &ways)?;
    Ok(if chosen == 0 { Action::Revoked } else { Action::None })
}
