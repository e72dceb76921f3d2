//! Making an admin token: it is delivered first, and becomes valid last.

use crate::changes::Own;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::lifecycle::sinks::{self, Claim};
use crate::view::machine::Format;
use clawctl_router::Router;
use clawctl_secret::Secret;
use clawctl_secret::sink::{Frame, Reveal, SinkSpec, Sinks};
use clawctl_wire::key::sha256_hex;

/// The places that a new admin token goes to.
pub(super) struct Places {
    sinks: Sinks,
}

impl Places {
    /// Proves that they can take a token, before anything happens to the old one.
    pub(super) fn check(ctx: &Ctx, specs: &[SinkSpec]) -> Result<Self> {
        let sinks = sinks::open(ctx, specs, Claim::AdminToken)?;
        Ok(Self { sinks })
    }

    /// Makes a token, delivers it, and only then lets the router take it.
    pub(super) fn reveal_new_token(&mut self, ctx: &Ctx, router: &Router) -> Result<()> {
        let token = Secret::generate()?;
        let (sinks, mut delivered) = (&mut self.sinks, Ok(()));
        ctx.ui.write_now(|stdout| {
            let (stdout_frame, tty_frame) = (frame(ctx), Frame::bare());
            delivered = sinks.deliver_all(&token, &mut Reveal { stdout, stdout_frame, tty_frame });
            Ok(())
        })?;
        delivered.map_err(|failed| {
            sinks::not_delivered(ctx, failed).hint("a token that was valid before still is")
        })?;
        let hash = sha256_hex(token.expose());
        let set = ctx.changing(Own::AdminToken, || router.set_admin_token_sha256(&hash));
        set.map_err(|e| {
            sinks::report(ctx, &self.sinks.undo_all());
            Error::from(e)
        })
    }
}

/// What stands around the token on stdout. It is letters and digits, so nothing needs quoting.
fn frame(ctx: &Ctx) -> Frame {
    let framed = |before: &str, after: &str| Frame { before: before.into(), after: after.into() };
    let look = ctx.ui.look();
    match look.format {
        None => Frame::bare(),
        Some(Format::Json | Format::JsonLines) => framed("{\"adminToken\":\"", "\"}\n"),
        Some(Format::Yaml) => framed("adminToken: \"", "\"\n"),
        Some(Format::Csv) if look.no_header => Frame::bare(),
        Some(Format::Csv) => framed("adminToken\n", "\n"),
    }
}
