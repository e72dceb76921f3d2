//! How a fresh key gets to its sinks.

use std::io;

use super::sinks::{self, Claim};
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use clawctl_secret::Secret;
use clawctl_secret::issued::IssuedKey;
use clawctl_secret::sink::{Frame, Reveal, SinkSpec, Sinks};

/// Sinks of one key, which may be shown to whoever is there.
pub(crate) trait Shows {
    /// Delivers to every sink or to none.
    fn deliver(&mut self, ctx: &Ctx, key: &Secret) -> Result<()>;

    /// Takes the key back out of the sinks, after a router that refused it.
    fn take_back(&mut self, ctx: &Ctx);

    /// The keys that stand in the sinks now.
    fn held(&self) -> Vec<Secret>;
}

/// What a key is delivered by.
pub(crate) enum Way<'a> {
    /// One key: a person or a pipe may see it.
    Shown(&'a mut dyn Shows),
    /// One of many, into sinks that keep it; while one is written, others go on.
    Kept { sinks: Option<Sinks> },
    /// An earlier run delivered it.
    Delivered,
}

impl Way<'_> {
    /// Checks the sinks of one of many. That they are there and will be replaced is the point.
    pub(crate) fn kept(ctx: &Ctx, specs: &[SinkSpec], claim: Claim<'_>) -> Result<Self> {
        Ok(Self::Kept { sinks: Some(sinks::open_to_replace(ctx, specs, claim)?) })
    }

    /// Delivers to every sink or to none.
    pub(crate) async fn deliver(&mut self, ctx: &Ctx, key: &IssuedKey) -> Result<()> {
        match self {
            Self::Shown(place) => place.deliver(ctx, key.text()),
            Self::Kept { sinks } => {
                let mut moved = sinks.take().ok_or_else(nowhere)?;
                let text = key.text().duplicate();
                let work = tokio::task::spawn_blocking(move || {
                    let mut nothing = io::sink();
                    let (stdout_frame, tty_frame) = (Frame::bare(), Frame::bare());
                    let mut reveal = Reveal { stdout: &mut nothing, stdout_frame, tty_frame };
                    let delivered = moved.deliver_all(&text, &mut reveal);
                    (moved, delivered)
                });
                let (moved, delivered) = work.await.map_err(|e| Error::of(Exit::FAILED, e))?;
                *sinks = Some(moved);
                delivered.map_err(|failed| sinks::not_delivered(ctx, failed))
            }
            Self::Delivered => Err(nowhere()),
        }
    }

    /// Takes the key back out of the sinks, after a router that refused it.
    pub(crate) fn take_back(&mut self, ctx: &Ctx) {
        match self {
            Self::Shown(place) => place.take_back(ctx),
            Self::Kept { sinks: Some(sinks) } => sinks::report(ctx, &sinks.undo_all()),
            Self::Kept { sinks: None } | Self::Delivered => {}
        }
    }

    /// The keys that stand in the sinks now.
    pub(crate) fn held(&self) -> Vec<Secret> {
        match self {
            Self::Shown(place) => place.held(),
            Self::Kept { sinks } => sinks.as_ref().map(Sinks::held).unwrap_or_default(),
            Self::Delivered => Vec::new(),
        }
    }
}

fn nowhere() -> Error {
    Error::failed("there is nowhere to deliver the key to")
}
