//! Sinks as the commands use them: named by `--to`, checked before anything is sent, reported on.

use std::sync::Arc;

use crate::ctx::Ctx;
use crate::env;
use crate::error::{Error, Exit, Result};
use crate::journal::Journal;
use clawctl_secret::Secret;
use clawctl_secret::disk;
use clawctl_secret::sink::{
    BadSink, CheckFailed, DeliveryFailed, Replaces, SinkError, SinkSpec, Sinks, Surroundings,
    Undone, Warning,
};
use clawctl_wire::key::ProxyKey;
use clawctl_wire::lineage::Lineage;

/// Reads the text of `--to`. The hint travels with the message, because clap prints only that.
pub(crate) fn parse(text: &str) -> Result<SinkSpec, String> {
    text.parse().map_err(|e: BadSink| match e.hint() {
        Some(hint) => format!("{e}; {hint}"),
        None => e.to_string(),
    })
}

/// The variables that no command of a sink or of a secret's place inherits.
pub(crate) fn withheld() -> [&'static str; 3] {
    [env::ADMIN_TOKEN.name, env::ACCESS_CLIENT_ID.name, env::ACCESS_CLIENT_SECRET.name]
}

/// What is delivered, which decides what a destination may hold already.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Claim<'a> {
    /// A key. It takes the place of an earlier secret of the same key, or of its predecessor's.
    Key { id: &'a str, force: Force },
    /// The admin token of this machine's router. It takes the place of an earlier one.
    AdminToken,
}

/// May a key take the place of anything?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Force {
    Yes,
    No,
    /// This command has no `--force`.
    NotOffered,
}

impl Force {
    pub(crate) fn of(flag: bool) -> Self {
        if flag { Self::Yes } else { Self::No }
    }
}

impl<'a> Claim<'a> {
    /// A key, by a command that has `--force`.
    pub(crate) fn key(id: &'a str, force: bool) -> Self {
        Self::Key { id, force: Force::of(force) }
    }

    fn replaces(&self, ctx: &Ctx) -> Replaces {
        let (base, journal, router) = match self {
            Self::Key { force: Force::Yes, .. } => return Replaces::Anything,
            Self::Key { id, .. } => {
                (Lineage::of(id).base.to_owned(), ctx.journal(), ctx.journal_target())
            }
            Self::AdminToken => {
                return Replaces::Only(Arc::new(|_, held| match Secret::looks_generated(held) {
                    true => Ok(()),
                    false => Err(named(held)),
                }));
            }
        };
        Replaces::Only(Arc::new(move |spec, held| {
            let allowed = match ProxyKey::parse(held.trim()) {
                // Routers may have keys of the same id.
                Ok(key) => {
                    Lineage::of(key.id).base == base
                        && !journal.is_of_another(&router, &key.secret_sha256()).unwrap_or(true)
                }
                Err(_) => was_delivered(&journal, &router, &base, spec),
            };
            if allowed { Ok(()) } else { Err(named(held)) }
        }))
    }

    /// What to do about a destination that holds something else.
    fn hint(&self) -> &'static str {
        match self {
            Self::Key { force: Force::NotOffered, .. } | Self::AdminToken => {
                "name another destination, or remove what is there"
            }
            Self::Key { .. } => "name another destination, or replace what is there: `--force`",
        }
    }
}

/// What a destination holds, without its secret.
fn named(held: &str) -> String {
    match ProxyKey::parse(held.trim()) {
        Ok(key) => format!("key `{}`", key.id),
        Err(_) => "something else".to_owned(),
    }
}

/// Did this machine deliver the key there before, perhaps with words around it?
fn was_delivered(journal: &Journal, router: &str, base: &str, spec: &SinkSpec) -> bool {
    let place = lasting(spec);
    let known = journal.known(router).unwrap_or_default();
    known.iter().any(|(id, known)| Lineage::of(id).base == base && known.sinks.contains(&place))
}

/// A sink as a later process finds it, from whatever folder it is started.
pub(crate) fn lasting(spec: &SinkSpec) -> String {
    match std::env::current_dir() {
        Ok(folder) => spec.clone().from_directory(&folder).as_typed(),
        Err(_) => spec.as_typed(),
    }
}

/// The sinks, proved to be able to take a secret. No command of theirs inherits a token of ours.
pub(crate) fn open(ctx: &Ctx, specs: &[SinkSpec], claim: Claim<'_>) -> Result<Sinks> {
    checked(ctx, specs, claim, |_| true)
}

/// The same where it is known that there is something to replace.
pub(crate) fn open_to_replace(ctx: &Ctx, specs: &[SinkSpec], claim: Claim<'_>) -> Result<Sinks> {
    checked(ctx, specs, claim, |warning| {
        !matches!(warning, Warning::WillReplace { .. } | Warning::WillReplaceEntry)
    })
}

fn checked(
    ctx: &Ctx,
    specs: &[SinkSpec],
    claim: Claim<'_>,
    said: fn(&Warning) -> bool,
) -> Result<Sinks> {
    let lookup = |name: &str| ctx.env.lookup(name).map(Into::into);
    let mut surroundings = Surroundings::new(&lookup, &withheld());
    surroundings.keychain_lock = Some(ctx.settings.home.data.join("keychain.clawctl-lock"));
    let mut sinks = Sinks::new(specs, surroundings, &claim.replaces(ctx));
    let mut found = sinks.check_all();
    if let Err(CheckFailed { error: error @ SinkError::Occupied { .. }, .. }) = &found
        && may_ask(ctx, claim)
    {
        ctx.ui.confirm(&format!("{error}. Replace it?"))?;
        sinks.replace_anything();
        found = sinks.check_all();
    }
    let found = found.map_err(|e| match e.error {
        SinkError::Occupied { .. } => Error::of(Exit::CONFLICT, e.error).hint(claim.hint()),
        _ => {
            let hint = e.hint();
            Error::of(Exit::USAGE, e).hint_if(hint)
        }
    })?;
    for checked in found.into_iter().filter(|checked| said(&checked.warning)) {
        ctx.ui.warning(format!("{}: {}", checked.sink, checked.warning));
    }
    Ok(sinks)
}

/// `--yes` answers what a command always asks. It does not give up a key that nobody thought of.
fn may_ask(ctx: &Ctx, claim: Claim<'_>) -> bool {
    let offered = matches!(claim, Claim::Key { force: Force::No, .. });
    offered && ctx.ui.can_prompt() && !ctx.ui.look().yes
}

/// Removes what killed processes left beside these destinations. It may hold a valid key.
pub(crate) fn sweep(ctx: &Ctx, sinks: &[String]) {
    for spec in sinks.iter().filter_map(|text| text.parse::<SinkSpec>().ok()) {
        let Some(path) = spec.file() else { continue };
        if let Err(error) = disk::sweep(path) {
            ctx.ui.warning(format!("cannot remove what is left beside {spec}: {error}"));
        }
    }
}

/// Says what became of the other sinks, and gives the error to end with.
pub(crate) fn not_delivered(ctx: &Ctx, failed: DeliveryFailed) -> Error {
    report(ctx, &failed.undone);
    let hint = failed.hint();
    let exit = match *failed.error {
        SinkError::Occupied { .. } => Exit::CONFLICT,
        _ => Exit::FAILED,
    };
    Error::of(exit, failed).hint_if(hint)
}

/// Says which sinks are as they were, and which may still hold a secret that does not work.
pub(crate) fn report(ctx: &Ctx, undone: &Undone) {
    for sink in &undone.put_back {
        ctx.ui.status(format!("{sink} is again as it was."));
    }
    for left in &undone.left {
        ctx.ui.warning(left);
    }
}
