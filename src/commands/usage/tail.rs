use std::time::Duration;

use clap::Args;
use tokio::time::Instant;

use super::filter::Which;
use super::follow::{Followed, Look};
use super::moment;
use crate::client;
use crate::client::patience::{is_transient, pause_after};
use crate::commands::router::signals::Signals;
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::report::tail::{Missed, Start};
use crate::settings::parse_duration;
use crate::view::Feed;
use crate::view::machine::Format;
use crate::view::usage::event::{COLUMNS, live_columns, live_room};

const INTERVAL_MIN: Duration = Duration::from_millis(50);

/// How often to see whether anybody still reads.
const READER_CHECK: Duration = Duration::from_millis(500);

/// Follow requests as they happen
///
/// Each event is printed once, in the order in which the router stored them, until it is
/// interrupted or nobody reads any more. A router that goes away for a while is waited for; only
/// a refused identity (exit 4), and a router that cannot be reached to begin with, end it.
///
/// A router with `usage.query` loses nothing. Another one shows only its newest hundred events, so
/// a burst between two looks may rush past: it is said then how many at least were not seen, of
/// all policies together. A deployed router shows a request about five seconds after it was made.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl usage tail
  clawctl usage tail --policy team_alpha --status provider_error
  clawctl usage tail -o jsonl --since 1h | jq -c '[.model, .actual_cost_micros]'
  clawctl usage tail --limit 1 --request call-42 -o jsonl")]
pub struct Tail {
    /// How often to ask
    #[arg(long, value_name = "TIME", default_value = "2s", value_parser = parse_interval)]
    interval: Duration,

    /// Begin with events from here on: `1h`, `today`, `2026-11-01T12:00Z`
    #[arg(long, value_name = "TIME", conflicts_with = "from_start")]
    since: Option<String>,

    /// Begin with the oldest event that the router shows
    #[arg(long)]
    from_start: bool,

    /// End after so many events
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,

    #[command(flatten)]
    which: Which,
}

fn parse_interval(text: &str) -> Result<Duration, String> {
    let interval = parse_duration(text)?;
    if interval < INTERVAL_MIN {
        return Err("a router is asked 20 times a second at most: `50ms`".to_owned());
    }
    Ok(interval)
}

pub(super) async fn run(ctx: &Ctx, args: Tail) -> Result<Exit> {
    ctx.check_columns(COLUMNS)?;
    if matches!(ctx.ui.look().format, Some(Format::Json | Format::Yaml)) {
        return Err(Error::usage("what does not end cannot be one JSON or YAML document")
            .hint("use `-o jsonl`, which is one event a line"));
    }
    let filter = args.which.filter()?;
    let start = match &args.since {
        Some(text) => Start::Since(moment::parse(text, ctx.now())?.as_millisecond()),
        None if args.from_start => Start::Beginning,
        None => Start::Now,
    };
    let mut end = End::listen(ctx)?;
    let mut line = Line::new(ctx, args.limit);
    let client = ctx.client()?;
    let Some(followed) = end.or(Followed::open(client, filter, start)).await else {
        return Ok(Exit::DONE);
    };
    let mut followed = followed?;
    let mut outage = Outage { ctx, failures: 0, since: Instant::now() };
    let mut begun = false;
    loop {
        let Some(look) = end.or(followed.look()).await else { return Ok(Exit::DONE) };
        let pause = match look {
            Ok(Look { step, more }) => {
                begun = true;
                outage.over();
                if let Some(missed) = step.missed {
                    say_missed(ctx, missed);
                }
                if line.print(&step.events)? {
                    return Ok(Exit::DONE);
                }
                if more { Duration::ZERO } else { args.interval }
            }
            Err(e) if begun && is_transient(&e) => outage.goes_on(&e, args.interval),
            Err(e) => return Err(e.into()),
        };
        if end.or(tokio::time::sleep(pause)).await.is_none() {
            return Ok(Exit::DONE);
        }
    }
}

/// Events on their way out.
struct Line<'c> {
    ctx: &'c Ctx,
    feed: Feed<crate::report::Event>,
    left: Option<u64>,
}

impl<'c> Line<'c> {
    fn new(ctx: &'c Ctx, limit: Option<u64>) -> Self {
        let is_table = ctx.ui.look().format.is_none();
        let columns = if is_table { live_columns(ctx.ui.width()) } else { COLUMNS };
        Self { ctx, feed: Feed::new(columns).live(live_room(ctx.ui.width())), left: limit }
    }

    /// Prints what may still be printed. Was it the last?
    fn print(&mut self, events: &[crate::report::Event]) -> Result<bool> {
        let most = self.left.map_or(usize::MAX, |left| usize::try_from(left).unwrap_or(usize::MAX));
        let events = &events[..events.len().min(most)];
        self.ctx.ui.feed(&mut self.feed, events)?;
        if let Some(left) = &mut self.left {
            *left -= events.len() as u64;
        }
        Ok(self.left == Some(0))
    }
}

/// What ends it from outside.
struct End<'c> {
    ctx: &'c Ctx,
    signals: Signals,
}

impl<'c> End<'c> {
    fn listen(ctx: &'c Ctx) -> Result<Self> {
        let signals = Signals::listen()
            .map_err(|e| Error::failed("cannot listen for an interrupt").cause(e))?;
        Ok(Self { ctx, signals })
    }

    /// The outcome of some work, unless the end comes first.
    async fn or<T>(&mut self, work: impl Future<Output = T>) -> Option<T> {
        let nobody_reads = async {
            while !self.ctx.ui.stdout_is_closed() {
                tokio::time::sleep(READER_CHECK).await;
            }
        };
        tokio::select! {
            biased;
            () = self.signals.next() => None,
            () = nobody_reads => None,
            outcome = work => Some(outcome),
        }
    }
}

/// A time without answers. It is spoken of twice: when it begins and when it is over.
struct Outage<'c> {
    ctx: &'c Ctx,
    failures: u32,
    since: Instant,
}

impl Outage<'_> {
    /// Says how long to wait.
    fn goes_on(&mut self, e: &client::Error, interval: Duration) -> Duration {
        if self.failures == 0 {
            self.since = Instant::now();
            self.ctx.ui.warning(format!("{e}; it is asked again until it answers"));
        }
        self.failures = self.failures.saturating_add(1);
        pause_after(self.failures, interval)
    }

    fn over(&mut self) {
        if std::mem::take(&mut self.failures) > 0 {
            let seconds = self.since.elapsed().as_secs();
            self.ctx.ui.status(format!("The router answers again, after {seconds} s."));
        }
    }
}

fn say_missed(ctx: &Ctx, missed: Missed) {
    let text = match missed {
        Missed::AtLeast(1) => "gap: at least one event was not seen".to_owned(),
        Missed::AtLeast(number) => format!("gap: at least {number} events were not seen"),
        Missed::Perhaps => "gap: there may be events that were not seen".to_owned(),
    };
    ctx.ui.warning(text);
}
