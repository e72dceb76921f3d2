//! Passing requests on to providers, and accounting for each of them.
//!
//! [`pass_on`] is the whole way of a request: who it is from, what it asks for, whether it may, what
//! it may cost at most, and then the provider's answer, which [`relay`] hands through while
//! [`meter`] reads what it really cost. From the moment a request is understood it has a [`tab`],
//! and however it ends, the tab is closed once: in the ledger and in usage. A request for
//! [`fusion`] is several of these.

mod body;
mod booking;
mod check;
mod drain;
mod event;
mod flow;
mod forwarder;
mod fusion;
mod meter;
mod part;
mod quirks;
mod relay;
mod response;
mod sending;
mod sigv4;
mod source;
mod tab;
mod upstream;
mod watch;
mod withheld;

use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{HeaderValue, Request, Response};
use hyper::body::Bytes;
use jiff::{SignedDuration, Timestamp};

pub use self::body::AnswerBody;
pub(crate) use self::check::check;
pub(crate) use self::forwarder::Forwarder;
use self::relay::Relay;
use self::tab::{Ending, Tab};
pub(crate) use self::upstream::{Held, base_url, check as check_upstream, check_held};
use super::auth::{self, Holder};
use super::capacity::Share;
use super::decision::{self, Ask, Body, Demand, ForwardRoute, Selection, Standing};
use super::exchange::{self, Caller, Identity};
use super::grants::{self, Pools, UpstreamCredential, Wish};
use super::headers::Attribution;
use super::log;
use super::manifest::Manifest;
use super::outbound::Unanswered;
use super::refusal::Refusal;
use super::reply::Reply;
use super::store::contents::ContentRecord;
use super::store::{Authority, ReserveError, ReserveJob};
use clawctl_wire::error::code;
use clawctl_wire::provider::Provider;
use clawctl_wire::usage_event::UsageEvent;

/// How long a reservation counts without a renewal. While its request is open, it
/// is renewed several times in that time.
const LEASE: SignedDuration = SignedDuration::from_mins(15);

/// When a client may try again that met a router which is busy with as much as it may be.
const BUSY_RETRY_SECONDS: u32 = 1;

/// A request to pass on, with what is known of it so far.
#[derive(Clone, Copy)]
pub(crate) struct Incoming<'a> {
    pub(crate) forwarder: &'a Arc<Forwarder>,
    pub(crate) request: &'a Request<Bytes>,
    pub(crate) request_id: &'a HeaderValue,
    pub(crate) route: ForwardRoute<'a>,
    pub(crate) now: Timestamp,
}

/// A request that is known to be from the holder of a key.
#[derive(Clone, Copy)]
struct Arrival<'a> {
    incoming: &'a Incoming<'a>,
    holder: &'a Holder,
    authority: &'a Authority,
    attribution: &'a Attribution,
}

/// A request that may go to its provider.
struct Admitted<'a> {
    incoming: &'a Incoming<'a>,
    holder: &'a Holder,
    selection: Selection<'a>,
    attribution: &'a Attribution,
    credential: UpstreamCredential,
    pools: Arc<Pools>,
    started: Instant,
    /// When its answer must be over, where that is not up to the provider alone.
    limit: Option<Duration>,
}

/// Answers a request with what its provider says.
pub(crate) async fn pass_on(
    incoming: &Incoming<'_>,
    known: impl FnOnce(Identity),
) -> Result<Response<AnswerBody>, Refusal> {
    let Incoming { forwarder, request, route, now, .. } = *incoming;
    let core = &forwarder.core;
    decision::provider_of(core.manifests(), route)?;
    let authority = core.store.authority_for_many().await?;
    let holder = auth::key_from(&authority, request.headers(), now, known)?;
    core.store.note_use(&holder.credential.id, now);
    if !core.store.has_room() {
        return Err(cannot_write());
    }
    let in_flight = incoming.take_place(&holder.credential.id)?;
    let body = exchange::checked_body(request)?;
    let attribution = Attribution::of(request.headers());
    let (holder, authority, attribution) = (&holder, &*authority, &attribution);
    let arrival = Arrival { incoming, holder, authority, attribution };
    let selection = match forwarder.aside.run(body.len(), || incoming.select(body)).await {
        Ok(selection) => selection,
        // It is no model that a provider has, and takes a way of its own.
        Err(refusal) if decision::is_several(&refusal) => {
            return Box::pin(fusion::pass_on(&arrival, body, in_flight)).await;
        }
        Err(refusal) => return Err(refusal),
    };
    pass_selected(&arrival, selection, |_| {}, None, in_flight).await
}

/// Answers a request of which it is known what it asks for.
async fn pass_selected(
    arrival: &Arrival<'_>,
    selection: Selection<'_>,
    mark: impl FnOnce(&mut UsageEvent),
    limit: Option<Duration>,
    in_flight: Share,
) -> Result<Response<AnswerBody>, Refusal> {
    let (admitted, demand, mut tab) = Admitted::admit(arrival, selection, mark, limit)?;
    let content = event::content(&admitted);
    let reserved = admitted.reserve(&demand, content, &mut tab).await;
    reserved.map_err(|refusal| refused(&mut tab, refusal))?;
    // What is awaited is moved into the future that awaits it, up to the connection. This is much.
    Box::pin(admitted.answer(tab, in_flight)).await
}

impl<'a> Incoming<'a> {
    /// What it asks for, by its body.
    fn select(&self, body: &[u8]) -> Result<Selection<'a>, Refusal> {
        let Incoming { forwarder, request, route, .. } = *self;
        let core = &forwarder.core;
        let ask = Ask { route, method: request.method(), query: request.uri().query(), body };
        let config = |name: &str| (core.environment)(name);
        decision::select(core.manifests(), &config, &ask, &adapt)
    }

    /// The reply to one that is refused on the way. Why the router failed is in its log alone.
    fn refused(&self, refusal: Refusal) -> Reply {
        Reply::refused(refusal, Caller::Network, self.request_id)
    }

    /// Says in the log why the router failed, where no answer is sent that would say it.
    fn note_failure(&self, refusal: &Refusal) {
        if let Some(cause) = &refusal.cause {
            let id = self.request_id.to_str().unwrap_or_default();
            log::failed((self.forwarder.core.clock)(), id, cause);
        }
    }

    /// A place among the requests that are passed on at the same time.
    fn take_place(&self, holder: &str) -> Result<Share, Refusal> {
        self.forwarder.in_flight.take(holder, 1).map_err(|exhausted| {
            exhausted.refusal(
                "the router is passing on as many requests as it may; try again",
                "the router is passing on as many requests of this key as it may; try again",
            )
        })
    }
}

/// Closes the tab of a request that goes no further.
fn refused(tab: &mut Tab, refusal: Refusal) -> Refusal {
    tab.close(Ending::Refused { status: refusal.status.as_u16() });
    refusal
}

impl<'a> Admitted<'a> {
    /// Checks whether a request may go on, and opens its tab. One that may not has left its event,
    /// in which `mark` says what else there is to it.
    fn admit(
        arrival: &Arrival<'a>,
        selection: Selection<'a>,
        mark: impl FnOnce(&mut UsageEvent),
        limit: Option<Duration>,
    ) -> Result<(Self, Demand, Tab), Refusal> {
        let Arrival { incoming, holder, authority, attribution } = *arrival;
        let Incoming { forwarder, now, .. } = *incoming;
        let started = Instant::now();
        let policy = &holder.policy.policy;
        let estimate = decision::estimate(
            selection.model.as_deref(),
            policy.request_cost_micros,
            selection.capability,
            &selection.size,
        );
        let mut event = Box::new(event::open(incoming, holder, &selection, attribution, &estimate));
        mark(&mut event);
        let tariff = decision::Tariff::of(selection.model.as_deref());
        let fixed = policy.request_cost_micros;
        let mut tab = Tab::new(Arc::clone(forwarder), event, estimate, tariff, fixed, started);
        let provider = &selection.manifest.provider;
        let connections = authority.connections()?;
        let connection = connections.get(&provider.id);
        let standing = Standing {
            policy,
            principal: holder.principal(),
            connection_enabled: selection.manifest.is_on(connection.map(|record| record.enabled)),
            provider_budget: connection.and_then(|connection| connection.monthly_budget),
        };
        let pools = authority.cached(grants::Pools::read)?;
        let config = |name: &str| (forwarder.core.environment)(name);
        let credential = || {
            let chosen = forwarder.grants.choose(
                &pools,
                &Wish {
                    provider,
                    policy,
                    principal: holder.principal(),
                    session: attribution.session.as_deref(),
                    excluded: &[],
                    now,
                },
            )?;
            check_upstream(&selection, &chosen, connection.is_some(), &config)?;
            Ok(chosen)
        };
        let admitted = decision::admit(&selection, &standing, credential, &mut |_| {});
        let (credential, demand) = admitted.map_err(|refusal| refused(&mut tab, refusal))?;
        let admitted =
            Self { incoming, holder, selection, attribution, credential, pools, started, limit };
        Ok((admitted, demand, tab))
    }

    /// Sets aside what the request may cost, and keeps its content if that is wanted, before
    /// the provider hears of it.
    async fn reserve(
        &self,
        demand: &Demand,
        content: Option<ContentRecord>,
        tab: &mut Tab,
    ) -> Result<(), Refusal> {
        if demand.claims.is_empty() && content.is_none() {
            return Ok(());
        }
        let content_ref = content.as_ref().map(|content| content.reference.clone());
        let (store, now) = (&self.incoming.forwarder.core.store, self.incoming.now);
        let job = ReserveJob {
            claims: demand.claims.clone(),
            micros: demand.estimate.micros,
            now,
            lease_until: now.checked_add(LEASE).unwrap_or(now),
            content,
        };
        let reservation = store.reserve(job).await.map_err(|error| unreserved(error, demand))?;
        if !demand.claims.is_empty() {
            tab.reserved(reservation);
        }
        if let Some(name) = content_ref {
            tab.retained(name);
        }
        Ok(())
    }

    /// Passes on what the provider says.
    async fn answer(
        mut self,
        mut tab: Tab,
        in_flight: Share,
    ) -> Result<Response<AnswerBody>, Refusal> {
        let answer = match self.send(&mut tab).await {
            Ok(answer) => answer,
            Err(refusal) => return Err(refused(&mut tab, refusal)),
        };
        response::respond(&self, answer, tab, in_flight).await
    }
}

/// What is done to a body because of who gets it.
pub(crate) fn adapt(manifest: &Manifest, body: &mut Body<'_>) -> Result<(), Refusal> {
    quirks::apply(&manifest.body_quirks, body)
}

fn unavailable(provider: &Provider, failure: &Unanswered) -> Refusal {
    let message = format!("provider {} {}", provider.id, failure.how);
    Refusal::new(http::StatusCode::BAD_GATEWAY, code::PROVIDER_UNAVAILABLE, message)
}

fn unreserved(error: ReserveError, demand: &Demand) -> Refusal {
    match error {
        ReserveError::Refused { claim, taken } => {
            decision::no_room(&demand.claims[claim], taken, demand.estimate.micros)
        }
        ReserveError::Content(error) => {
            let message = "the request's content has to be kept, and cannot be";
            Refusal::unavailable(code::CONTENT_RETENTION_UNAVAILABLE, message).because(error)
        }
        ReserveError::Busy => cannot_write(),
        ReserveError::Store(error) => cannot_write().because(error),
    }
}

fn cannot_write() -> Refusal {
    let message = "the ledger cannot be written now";
    Refusal::unavailable(code::BUDGET_STORE_UNAVAILABLE, message).retry_after(BUSY_RETRY_SECONDS)
}
