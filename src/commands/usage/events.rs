use clap::Args;
use serde::Serialize;

use super::filter::{When, Which};
use crate::client::{Client, EventPages};
use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::report::sample::Sample;
use crate::report::{Coverage, Event, Interval};

use crate::view;
use crate::view::usage::event::{COLUMNS, about, columns};
use clawctl_wire::health::Extension;
use clawctl_wire::usage_query::{EventQuery, PAGE_DEFAULT, UsageFilter};

/// Without `--limit`: what a person reads, and what a program is glad to get.
const LIMIT_TERMINAL: u32 = 50;
const LIMIT_PIPE: u32 = 100;

/// List single requests, the newest first
///
/// In JSON an event is what the router gave, member for member; the object around them says what
/// they cover and whether there are more. With `jsonl` and `csv` every event is a line, and what
/// they cover is said on stderr.
///
/// A router with `usage.query` lists every event that it keeps. Another one shows its newest
/// hundred, of all policies together; filters choose among those, and it is said when there were
/// more.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl usage events
  clawctl usage events --policy team_alpha --status denied --since 24h
  clawctl usage events --all --since month -o jsonl > november.jsonl
  clawctl usage events --key alice --columns time,model,actual_cost_micros,request_id")]
pub struct Events {
    /// At most so many events; 50 on a terminal, else 100
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,

    /// Every event, however many there are
    #[arg(long, conflicts_with = "limit")]
    all: bool,

    #[command(flatten)]
    when: When,

    #[command(flatten)]
    which: Which,
}

pub(super) async fn run(ctx: &Ctx, args: Events) -> Result<Exit> {
    ctx.check_columns(COLUMNS)?;
    let filter = args.when.narrow(args.which.filter()?, ctx)?;
    let usual = if ctx.ui.stdout_is_terminal() { LIMIT_TERMINAL } else { LIMIT_PIPE };
    let limit = match args.limit {
        _ if args.all => u64::MAX,
        given => u64::from(given.unwrap_or(usual)),
    };
    let client = ctx.client()?;
    let mut source = Source::open(ctx, client, filter, limit).await?;
    let first = source.next(limit).await?;
    let is_short = limit <= u64::from(PAGE_DEFAULT);
    if ctx.ui.look().format.is_none() && is_short {
        return list(ctx, source, first);
    }
    stream(ctx, source, first, limit).await
}

/// A page that is laid out as a whole.
fn list(ctx: &Ctx, source: Source<'_>, events: Vec<Event>) -> Result<Exit> {
    let Covered { window, coverage, more } = source.covered();
    super::say_coverage(ctx, &coverage);
    ctx.show(view::usage::event::Events { events, window, coverage, more })
}

/// Page after page, none of which is kept.
async fn stream(ctx: &Ctx, mut source: Source<'_>, first: Vec<Event>, limit: u64) -> Result<Exit> {
    let format = ctx.ui.look().format;
    let columns = if format.is_some() { COLUMNS } else { columns(ctx.ui.width()) };
    let mut feed = view::Feed::new(columns).within("events");
    let (mut events, mut shown) = (first, 0);
    loop {
        shown += events.len() as u64;
        ctx.ui.feed(&mut feed, &events)?;
        if events.is_empty() || shown >= limit {
            break;
        }
        events = source.next(limit - shown).await?;
    }
    let covered = source.covered();
    ctx.ui.end_feed(feed, &covered)?;
    super::say_coverage(ctx, &covered.coverage);
    if format.is_none() {
        let shown = usize::try_from(shown).unwrap_or(usize::MAX);
        ctx.ui.status(about(shown, covered.more, &covered.window, &covered.coverage));
    }
    Ok(Exit::DONE)
}

/// What there is to know about a list of events.
#[derive(Serialize)]
struct Covered {
    window: Interval,
    coverage: Coverage,
    /// Are there more than were asked for?
    more: bool,
}

/// Where events come from: page by page, or the newest hundred at once.
struct Source<'c> {
    pages: Option<EventPages<'c>>,
    /// What was fetched and not taken yet, the newest first.
    rest: Vec<Event>,
    asked_since: Option<i64>,
    window: Interval,
    coverage: Coverage,
    has_begun: bool,
}

impl<'c> Source<'c> {
    async fn open(ctx: &Ctx, client: &'c Client, filter: UsageFilter, limit: u64) -> Result<Self> {
        let asked_since = filter.since;
        if client.has(Extension::UsageQuery).await? {
            let limit = u32::try_from(limit).unwrap_or(u32::MAX).min(PAGE_DEFAULT);
            let query = EventQuery { filter, limit: Some(limit), ..EventQuery::default() };
            return Ok(Self {
                pages: Some(client.usage_pages(query)),
                rest: Vec::new(),
                asked_since,
                window: Interval::rolling(ctx.now()),
                coverage: Coverage::Complete,
                has_begun: false,
            });
        }
        let usage = client.admin_usage().await?.usage;
        let Sample { events, window, coverage } = Sample::of(&usage, &filter, ctx.now());
        Ok(Self { pages: None, rest: events, asked_since, window, coverage, has_begun: true })
    }

    /// The next events, at most so many. None are left when there are none.
    async fn next(&mut self, most: u64) -> Result<Vec<Event>> {
        // A page may be empty, and others follow all the same.
        while self.rest.is_empty()
            && let Some(pages) = &mut self.pages
            && let Some(page) = pages.next().await?
        {
            // What the first page covers; while the others come, the oldest may be thrown away.
            if !std::mem::replace(&mut self.has_begun, true) {
                self.window = Interval::of_query(&page.window);
                self.coverage = Coverage::of_window(self.asked_since, &page.window);
            }
            self.rest = Event::all(page.events);
        }
        let most = usize::try_from(most).unwrap_or(usize::MAX).min(self.rest.len());
        let later = self.rest.split_off(most);
        Ok(std::mem::replace(&mut self.rest, later))
    }

    fn covered(&self) -> Covered {
        let more = !self.rest.is_empty() || self.pages.as_ref().is_some_and(EventPages::has_more);
        Covered { window: self.window, coverage: self.coverage.clone(), more }
    }
}
