//! What one request takes from budgets and leaves in usage. A tab is closed exactly once, however
//! the request ends: dropped without a word, it says that the client went away.

use std::sync::Arc;
use std::time::Instant;

use super::Forwarder;
use super::booking::{Booked, Charge, Terms};
use super::meter::{Amount, Failure, Outcome};
use crate::decision::{Estimate, Tariff, Tokens};
use crate::store::Reservation;
use clawctl_wire::money::Micros;
use clawctl_wire::usage_event::{CostBasis, EventStatus, UsageEvent};

/// The status of a request whose client did not wait for the answer.
const CLIENT_GONE: u16 = 499;

/// How many bytes of text a token stands for at the most, in whatever language. A provider that
/// keeps to the limits of a request never writes so much for each.
const TEXT_BYTES_PER_TOKEN_MAX: u64 = 16;

/// How long an answer is for its tokens at the most, with all that stands around them.
const ANSWER_BYTES_PER_TOKEN: u64 = 1024;
const ANSWER_BYTES_MIN: u64 = 64 * 1024;

/// An open request's account. It is handed on at every step of the request, so it is a pointer.
pub(crate) struct Tab {
    open: Option<Box<Open>>,
}

struct Open {
    forwarder: Arc<Forwarder>,
    event: Box<UsageEvent>,
    estimate: Estimate,
    tariff: Option<Tariff>,
    fixed: Option<Micros>,
    started: Instant,
    reservation: Option<Reservation>,
    /// Whether a provider may have heard of it, and not have said that it turns it down.
    is_sent: bool,
    /// Whether one heard of it, and it is not known what became of that.
    is_lost: bool,
}

/// How a request ended.
#[derive(Debug)]
pub(crate) enum Ending {
    /// It never reached a provider.
    Refused { status: u16 },
    /// The provider did not answer, or not in time. It may have worked all the same, unless it is
    /// known that it did not.
    Unanswered { timed_out: bool, is_free: bool },
    /// The provider's answer was passed on to its end.
    Answered { status: u16, outcome: Outcome },
    /// The provider's answer was over, and there was nothing in it.
    Silent { outcome: Outcome },
    /// The provider's answer broke off.
    Broken { outcome: Outcome, timed_out: bool },
    /// The answer reached what was reserved for it, and the router stopped it.
    Stopped { outcome: Outcome },
    /// The client did not wait for the end. There is a status if the answer had begun, and it may
    /// have come to its end without the client.
    Left { status: Option<u16>, outcome: Outcome, is_over: bool },
}

impl Tab {
    pub(crate) fn new(
        forwarder: Arc<Forwarder>,
        event: Box<UsageEvent>,
        estimate: Estimate,
        tariff: Option<Tariff>,
        fixed: Option<Micros>,
        started: Instant,
    ) -> Self {
        let (reservation, is_sent, is_lost) = (None, false, false);
        let open = Open {
            forwarder,
            event,
            estimate,
            tariff,
            fixed,
            started,
            reservation,
            is_sent,
            is_lost,
        };
        Self { open: Some(Box::new(open)) }
    }

    /// What was reserved for the request is settled with it.
    pub(crate) fn reserved(&mut self, reservation: Reservation) {
        if let Some(open) = &mut self.open {
            open.event.reserved_cost_micros = open.estimate.micros;
            open.reservation = Some(reservation);
        }
    }

    /// The request goes to its provider now.
    pub(crate) fn sent(&mut self) {
        if let Some(open) = &mut self.open {
            open.is_sent = true;
        }
    }

    /// The provider has not heard of it, or has turned it down.
    pub(crate) fn turned_down(&mut self) {
        if let Some(open) = &mut self.open {
            open.is_sent = false;
        }
    }

    /// The provider was asked, and nobody knows what it did, whatever is answered now.
    pub(crate) fn lost(&mut self) {
        if let Some(open) = &mut self.open {
            open.is_lost = true;
        }
    }

    /// The request turned out to be smaller than what was reserved for it, and to be one of so
    /// many; its own time starts only now.
    pub(crate) fn resumed(&mut self, estimate: Estimate, parts: u64) {
        if let Some(open) = &mut self.open {
            open.estimate = estimate;
            open.event.compound_request_size = Some(parts);
            open.started = Instant::now();
        }
    }

    /// The request's content was kept under this name.
    pub(crate) fn retained(&mut self, content_ref: String) {
        if let Some(open) = &mut self.open {
            open.event.content_retained = true;
            open.event.content_ref = Some(content_ref);
        }
    }

    /// Everything, to be closed in the place of this.
    pub(crate) fn take(&mut self) -> Self {
        Self { open: self.open.take() }
    }

    /// Where what is still to come is worth reading although nobody waits for it: money was set
    /// aside, and how much of that is spent only the answer tells. Gives its forwarder and its key.
    pub(crate) fn owing(&self) -> Option<(&Arc<Forwarder>, &str)> {
        let open = self.open.as_ref().filter(|open| open.is_owing())?;
        Some((&open.forwarder, open.event.credential_id.as_deref().unwrap_or_default()))
    }

    /// The longest text that its answer may have, where that is limited by what was set aside.
    pub(crate) fn text_max(&self) -> Option<u64> {
        let open = self.open.as_ref().filter(|open| open.is_owing())?;
        let tokens = open.estimate.output_tokens.filter(|tokens| *tokens > 0)?;
        Some(tokens.saturating_mul(TEXT_BYTES_PER_TOKEN_MAX))
    }

    /// The longest that one answer to it can be, in bytes.
    pub(crate) fn answer_bytes_max(&self) -> u64 {
        let tokens = self.open.as_ref().and_then(|open| open.estimate.output_tokens).unwrap_or(0);
        tokens.saturating_mul(ANSWER_BYTES_PER_TOKEN).saturating_add(ANSWER_BYTES_MIN)
    }

    pub(crate) fn close(&mut self, ending: Ending) {
        if let Some(open) = self.open.take() {
            open.close(&ending);
        }
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        let outcome = Outcome::default();
        self.close(Ending::Left { status: None, outcome, is_over: false });
    }
}

impl Open {
    fn is_owing(&self) -> bool {
        let priced = self.estimate.basis == CostBasis::ManifestPricing;
        self.reservation.is_some() && priced && self.estimate.micros > Micros::ZERO
    }

    fn close(mut self: Box<Self>, ending: &Ending) {
        let (status, code) = how(ending);
        let nothing = Outcome::default();
        let terms =
            Terms { estimate: &self.estimate, tariff: self.tariff.as_ref(), fixed: self.fixed };
        let booked = terms.book(self.charge(ending), ending.outcome().unwrap_or(&nothing));
        let Booked { micros, basis, tokens, note } = booked;
        let tokens = tokens.unwrap_or_default();
        let event = &mut self.event;
        event.status = status;
        event.status_code = Some(code);
        event.actual_cost_micros = micros;
        event.cost_basis = basis;
        event.cost_note = note;
        event.input_tokens = tokens.input;
        event.output_tokens = tokens.output;
        event.total_tokens = tokens.total;
        event.cached_input_tokens = tokens.cached;
        event.cache_write_input_tokens = written(&tokens);
        event.duration_ms = u64::try_from(self.started.elapsed().as_millis()).ok();
        event.occurred_at_ms = (self.forwarder.core.clock)().as_millisecond();
        self.forwarder.core.store.settle(self.reservation, micros, self.event);
    }

    /// What there is to pay for.
    fn charge(&self, ending: &Ending) -> Charge {
        let unknown = Charge::Reservation { stopped: false };
        let charge = match ending {
            Ending::Refused { .. } => Charge::Nothing,
            Ending::Unanswered { is_free, .. } if *is_free => Charge::Nothing,
            Ending::Unanswered { .. } => unknown,
            Ending::Answered { status, .. } if !(200..300).contains(status) => Charge::Nothing,
            Ending::Answered { outcome, .. } => of_an_end(outcome),
            Ending::Silent { outcome } if outcome.tokens.or(outcome.partial).is_none() => {
                Charge::Nothing
            }
            Ending::Silent { outcome } => of_an_end(outcome),
            Ending::Broken { outcome, .. } => of_a_break(outcome),
            Ending::Stopped { .. } => Charge::Reservation { stopped: true },
            // Nobody can have charged for what nobody was asked.
            Ending::Left { status: None, .. } if !self.is_sent => Charge::Nothing,
            Ending::Left { status: Some(300..), .. } => Charge::Nothing,
            Ending::Left { outcome, .. } if outcome.is_complete => of_an_end(outcome),
            Ending::Left { outcome, is_over: true, .. } if !is_cut(outcome) => of_an_end(outcome),
            Ending::Left { .. } if self.is_owing() => unknown,
            Ending::Left { .. } => Charge::Part,
        };
        let is_free = matches!(charge, Charge::Nothing);
        if is_free && self.is_lost { unknown } else { charge }
    }
}

/// What is paid for an answer that came to the end of its body.
fn of_an_end(outcome: &Outcome) -> Charge {
    match outcome.failure {
        None => Charge::Whole,
        Some(_) if is_told(outcome) => Charge::Whole,
        Some(Failure::Refused) => Charge::Nothing,
        Some(Failure::Truncated) => of_a_break(outcome),
        Some(Failure::Reported | Failure::Empty) => Charge::Part,
    }
}

/// What is paid for an answer that broke off. A document was written before it was sent, so how
/// much of it has come says nothing; a stream is sent as it is written.
fn of_a_break(outcome: &Outcome) -> Charge {
    match outcome.amount {
        _ if is_told(outcome) => Charge::Whole,
        Amount::Text(_) => Charge::Part,
        Amount::Nothing | Amount::Document(_) => Charge::Reservation { stopped: false },
    }
}

/// Whether its provider counted all of it.
fn is_told(outcome: &Outcome) -> bool {
    outcome.is_complete && outcome.tokens.is_some()
}

fn is_cut(outcome: &Outcome) -> bool {
    outcome.failure == Some(Failure::Truncated)
}

impl Ending {
    fn outcome(&self) -> Option<&Outcome> {
        match self {
            Self::Refused { .. } | Self::Unanswered { .. } => None,
            Self::Answered { outcome, .. }
            | Self::Silent { outcome }
            | Self::Broken { outcome, .. }
            | Self::Stopped { outcome }
            | Self::Left { outcome, .. } => Some(outcome),
        }
    }
}

/// What the event says of an end, and the status that stands for it.
fn how(ending: &Ending) -> (EventStatus, u16) {
    let late = |timed_out: bool| {
        if timed_out { EventStatus::Timeout } else { EventStatus::ProviderError }
    };
    match *ending {
        Ending::Refused { status } => (refusal_status(status), status),
        Ending::Unanswered { timed_out, .. } | Ending::Broken { timed_out, .. } => {
            (late(timed_out), 502)
        }
        Ending::Answered { status, outcome } if (200..300).contains(&status) => {
            let failed = outcome.failure.is_some();
            (if failed { EventStatus::ProviderError } else { EventStatus::Success }, status)
        }
        Ending::Answered { status, .. } => (answer_status(status), status),
        Ending::Silent { .. } | Ending::Stopped { .. } => (EventStatus::ProviderError, 502),
        Ending::Left { .. } => (EventStatus::ClientError, CLIENT_GONE),
    }
}

/// All that was written to a cache, however long it is kept there.
fn written(tokens: &Tokens) -> Option<u64> {
    let kinds = [tokens.cache_write, tokens.cache_write_5m, tokens.cache_write_1h];
    kinds.iter().flatten().copied().reduce(u64::saturating_add)
}

fn refusal_status(status: u16) -> EventStatus {
    match status {
        402 | 403 => EventStatus::Denied,
        400..500 => EventStatus::ClientError,
        _ => EventStatus::ProviderError,
    }
}

fn answer_status(status: u16) -> EventStatus {
    if status < 500 { EventStatus::ClientError } else { EventStatus::ProviderError }
}
