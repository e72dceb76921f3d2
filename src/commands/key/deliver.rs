//! Delivering a key: which sinks there are, what they show, and what is said when one fails.

use clap::Args;

use crate::ctx::Ctx;
use crate::error::Result;
use crate::lifecycle::sinks::{self, Claim};
use crate::lifecycle::way::Shows;
use crate::view::issued::Issued;
use clawctl_secret::Secret;
use clawctl_secret::sink::{Frame, Reveal, SinkSpec, Sinks};

/// Where the key goes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Delivery")]
pub(in crate::commands) struct SinkFlags {
    /// Where the key is delivered; repeat it for more
    ///
    /// `stdout` (what a pipe gets by default), `tty` (the terminal itself), `file:PATH` (0600),
    /// `env-file:PATH:NAME` (one line of a dotenv file), `keyring:SERVICE/ACCOUNT`,
    /// `exec:COMMAND` (the key on its standard input), `clipboard`.
    #[arg(long = "to", value_name = "SINK", value_parser = sinks::parse)]
    to: Vec<SinkSpec>,
}

impl SinkFlags {
    /// The sinks that were named, or the one that fits where stdout leads.
    pub(super) fn specs(&self) -> Vec<SinkSpec> {
        if self.to.is_empty() { vec![SinkSpec::Stdout] } else { self.to.clone() }
    }

    /// Those that were named, if any were.
    pub(super) fn named(&self) -> Option<Vec<SinkSpec>> {
        (!self.is_default()).then(|| self.to.clone())
    }

    pub(in crate::commands) fn is_default(&self) -> bool {
        self.to.is_empty()
    }
}

/// The sinks of one key, checked before anything is sent.
pub(in crate::commands) struct Delivery {
    sinks: Sinks,
    specs: Vec<SinkSpec>,
    /// Were no sinks named? Then a terminal gets the framed block.
    default: bool,
}

impl Delivery {
    pub(in crate::commands) fn check(
        ctx: &Ctx,
        specs: Vec<SinkSpec>,
        default: bool,
        claim: Claim<'_>,
    ) -> Result<Self> {
        let sinks = sinks::open(ctx, &specs, claim)?;
        Ok(Self { sinks, specs, default })
    }

    /// Delivers to every sink or to none, and notes in the result where the key went.
    fn deliver(&mut self, ctx: &Ctx, key: &Secret, issued: &mut Issued) -> Result<()> {
        let look = ctx.ui.look();
        let on_terminal = self.default && ctx.ui.stdout_is_terminal();
        let stdout_frame = match look.format {
            Some(format) => issued.document(format, !look.no_header)?,
            None if on_terminal => issued.block(ctx.ui.width()),
            None => Frame::bare(),
        };
        let tty_frame = issued.block(ctx.ui.width());
        let sinks = &mut self.sinks;
        let mut delivered = Ok(());
        let written = ctx.ui.write_now(|stdout| {
            delivered = sinks.deliver_all(key, &mut Reveal { stdout, stdout_frame, tty_frame });
            Ok(())
        });
        // A reader who has gone is no success here, so this comes before stdout's own failure.
        delivered.map_err(|failed| sinks::not_delivered(ctx, failed))?;
        written?;
        issued.revealed_on_stdout = self.specs.contains(&SinkSpec::Stdout);
        issued.delivered_to = self.specs.iter().map(SinkSpec::to_string).collect();
        Ok(())
    }

    /// The keys that stand in the sinks now.
    pub(super) fn held(&self) -> Vec<Secret> {
        self.sinks.held()
    }

    /// Takes the key back out of the sinks, after a router that refused it.
    fn take_back(&mut self, ctx: &Ctx) {
        sinks::report(ctx, &self.sinks.undo_all());
    }
}

/// The sinks of one key, and what is told of it.
pub(super) struct Shown<'a> {
    pub(super) delivery: &'a mut Delivery,
    pub(super) issued: &'a mut Issued,
}

impl Shows for Shown<'_> {
    fn deliver(&mut self, ctx: &Ctx, key: &Secret) -> Result<()> {
        self.delivery.deliver(ctx, key, self.issued)
    }

    fn take_back(&mut self, ctx: &Ctx) {
        self.delivery.take_back(ctx);
    }

    fn held(&self) -> Vec<Secret> {
        self.delivery.held()
    }
}
