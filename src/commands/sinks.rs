//! Sinks as the commands use them: named by `--to`, checked before anything is sent, reported on.

use crate::ctx::Ctx;
use crate::env;
use crate::error::{Error, Result};
use crate::secret::sink::{
    BadSink, DeliveryFailed, SinkSpec, Sinks, Surroundings, Undone, Warning,
};

/// Reads the text of `--to`. The hint travels with the message, because clap prints only that.
pub fn parse(text: &str) -> Result<SinkSpec, String> {
    text.parse().map_err(|e: BadSink| match e.hint() {
        Some(hint) => format!("{e}; {hint}"),
        None => e.to_string(),
    })
}

/// The variables that no command of a sink or of a secret's place inherits.
pub fn withheld() -> [&'static str; 3] {
    [env::ADMIN_TOKEN.name, env::ACCESS_CLIENT_ID.name, env::ACCESS_CLIENT_SECRET.name]
}

/// The sinks, proved to be able to take a secret. No command of theirs inherits a token of ours.
pub fn open(ctx: &Ctx, specs: &[SinkSpec]) -> Result<Sinks> {
    checked(ctx, specs, |_| true)
}

/// The same where it is known that there is something to replace.
pub fn open_to_replace(ctx: &Ctx, specs: &[SinkSpec]) -> Result<Sinks> {
    checked(ctx, specs, |warning| {
        !matches!(warning, Warning::WillReplace { .. } | Warning::WillReplaceEntry)
    })
}

fn checked(ctx: &Ctx, specs: &[SinkSpec], said: fn(&Warning) -> bool) -> Result<Sinks> {
    let lookup = |name: &str| ctx.env.lookup(name).map(Into::into);
    let mut sinks = Sinks::new(specs, Surroundings::new(&lookup, &withheld()));
    let checked =
        sinks.check_all().map_err(|e| with_hint(Error::usage(e.to_string()), e.hint()))?;
    for checked in checked.into_iter().filter(|checked| said(&checked.warning)) {
        ctx.ui.warning(format!("{}: {}", checked.sink, checked.warning));
    }
    Ok(sinks)
}

/// Says what became of the other sinks, and gives the error to end with.
pub fn not_delivered(ctx: &Ctx, failed: DeliveryFailed) -> Error {
    report(ctx, &failed.undone);
    let hint = failed.hint();
    with_hint(Error::failed(failed.to_string()), hint)
}

/// Says which sinks are as they were, and which may still hold a secret that does not work.
pub fn report(ctx: &Ctx, undone: &Undone) {
    for sink in &undone.put_back {
        ctx.ui.status(format!("{sink} is again as it was."));
    }
    for left in &undone.left {
        ctx.ui.warning(left);
    }
}

fn with_hint(error: Error, hint: Option<String>) -> Error {
    match hint {
        Some(hint) => error.hint(hint),
        None => error,
    }
}
