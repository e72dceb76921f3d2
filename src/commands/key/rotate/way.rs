//! How a fresh key gets to its sinks.

use std::io;

use crate::commands::key::deliver::Delivery;
use crate::commands::sinks::{self, Claim};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::view::issued::Issued;
use clawctl_secret::Secret;
use clawctl_secret::issued::IssuedKey;
use clawctl_secret::sink::{Frame, Reveal, SinkSpec, Sinks};

/// What a rotation delivers by.
pub(super) enum Way<'a> {
    /// One key: a person or a pipe may see it.
    Shown { delivery: &'a mut Delivery, result: &'a mut Issued },
    /// One of many, into sinks that keep it; while one is written, others go on.
    Kept { sinks: Option<Sinks> },
    /// An earlier run delivered it.
    Delivered,
}

impl Way<'_> {
    /// Checks the sinks of one of many. That they are there and will be replaced is the point.
    pub(super) fn kept(ctx: &Ctx, specs: &[SinkSpec], claim: Claim<'_>) -> Result<Self> {
        Ok(Self::Kept { sinks: Some(sinks::open_to_replace(ctx, specs, claim)?) })
    }

    /// Delivers to every sink or to none.
    pub(super) async fn deliver(&mut self, ctx: &Ctx, key: &IssuedKey) -> Result<()> {
        match self {
            Self::Shown { delivery, result } => delivery.deliver(ctx, key.text(), result),
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
                let (moved, delivered) = work.await.map_err(|e| Error::failed(e.to_string()))?;
                *sinks = Some(moved);
                delivered.map_err(|failed| sinks::not_delivered(ctx, failed))
            }
            Self::Delivered => Err(nowhere()),
        }
    }

    /// Takes the key back out of the sinks, after a router that refused it.
    pub(super) fn take_back(&mut self, ctx: &Ctx) {
        match self {
            Self::Shown { delivery, .. } => delivery.take_back(ctx),
            Self::Kept { sinks: Some(sinks) } => sinks::report(ctx, &sinks.undo_all()),
            Self::Kept { sinks: None } | Self::Delivered => {}
        }
    }

    /// The keys that stand in the sinks now.
    pub(super) fn held(&self) -> Vec<Secret> {
        match self {
            Self::Shown { delivery, .. } => delivery.held(),
            Self::Kept { sinks } => sinks.as_ref().map(Sinks::held).unwrap_or_default(),
            Self::Delivered => Vec::new(),
        }
    }
}

fn nowhere() -> Error {
    Error::failed("there is nowhere to deliver the key to")
}
