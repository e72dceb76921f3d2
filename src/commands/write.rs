//! The one way of a write: nothing to do, or a dry run, or a question and then the write.

use super::caution::{Caution, ask};
use super::uses::say_who_loses;
use crate::client::{Client, Kept, Planned};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::plan::ChangeSet;
use crate::resource::Offers;
use crate::view::change::{Changed, HeldBack};

/// Carries out the planned edit of a resource, or only shows it in a dry run.
pub(super) async fn carry_out<R: Kept>(
    ctx: &Ctx,
    client: &Client,
    planned: &Planned<R>,
    change: ChangeSet,
) -> Result<Changed<R>> {
    let proposal = Proposal::put(ctx, client, planned, change).await?;
    proposal.carry_out(ctx, client, async || Ok(client.write(planned).await?)).await
}

/// A write that was thought through and not sent.
pub(super) struct Proposal<T> {
    pub(super) change: ChangeSet,
    /// What the router has now; `None` where it will be created.
    pub(super) before: Option<T>,
    pub(super) after: T,
    /// What a dry run shows.
    pub(super) request: HeldBack,
    /// What was said, and may be a reason to ask.
    pub(super) cautions: Vec<Caution>,
    /// The word of the question, if the change does not say it itself.
    pub(super) verb: Option<&'static str>,
    /// Is it written although it is so already?
    pub(super) even_if_same: bool,
}

impl<T: Clone + PartialEq> Proposal<T> {
    pub(super) fn new(change: ChangeSet, before: Option<T>, after: T, request: HeldBack) -> Self {
        let (cautions, verb, even_if_same) = (Vec::new(), None, false);
        Self { change, before, after, request, cautions, verb, even_if_same }
    }

    /// Carries it out by `write`, or only shows it in a dry run.
    pub(super) async fn carry_out(
        self,
        ctx: &Ctx,
        client: &Client,
        write: impl AsyncFnOnce() -> Result<T>,
    ) -> Result<Changed<T>> {
        let Self { mut change, before, after, request, cautions, verb, even_if_same } = self;
        if let Some(now) = before.filter(|before| *before == after && !even_if_same) {
            return Ok(Changed { change, now, dry_run: false, request: None });
        }
        say_who_loses(ctx, client, [&mut change]).await;
        if ctx.settings.dry_run {
            return Ok(Changed { change, now: after, dry_run: true, request: Some(request) });
        }
        ask(ctx, &change, &cautions, verb)?;
        let now = write().await?;
        Ok(Changed { change, now, dry_run: false, request: None })
    }
}

impl<R: Kept> Proposal<R> {
    pub(super) async fn put(
        ctx: &Ctx,
        client: &Client,
        planned: &Planned<R>,
        change: ChangeSet,
    ) -> Result<Self> {
        let Planned { before, after, .. } = planned;
        let offers = match ctx.settings.dry_run && R::KIND.is_read_one {
            true => client.offers().await?,
            false => Offers::default(),
        };
        let request = HeldBack::put(R::place(&after.id()).path(), after.sent(offers));
        Ok(Self::new(change, before.clone(), after.clone(), request))
    }
}
