//! What one request takes from budgets and leaves in usage. A tab is closed exactly once, however
//! the request ends: whoever drops it without a word says that the client went away.

use std::sync::Arc;
use std::time::Instant;

use super::meter::Outcome;
use crate::router::Router;
use crate::router::decision::{self, Estimate, Tokens};
use crate::router::store::Reservation;
use crate::wire::money::Micros;
use crate::wire::provider::Model;
use crate::wire::usage_event::{CostBasis, EventStatus, UsageEvent};

/// How many bytes of a stream are taken for one token, where it broke off before its provider said
/// how many there were. Most of them are JSON around a word, so this is more than it was.
const BYTES_PER_TOKEN: u64 = 4;

/// The status of a request whose client did not wait for the answer.
const CLIENT_GONE: u16 = 499;

/// An open request's account.
pub(crate) struct Tab {
    open: Option<Open>,
}

struct Open {
    router: Arc<Router>,
    event: UsageEvent,
    estimate: Estimate,
    model: Option<Model>,
    fixed: Option<Micros>,
    started: Instant,
    reservation: Option<Reservation>,
    /// Whether a provider may have heard of it.
    is_sent: bool,
    /// How much of the answer was passed on.
    passed: u64,
}

/// How a request ended.
#[derive(Debug)]
pub(crate) enum Ending {
    /// It never reached a provider.
    Refused { status: u16 },
    /// The provider did not answer, or not in time.
    Unanswered { timed_out: bool },
    /// The provider's answer was passed on to its end.
    Answered { status: u16, outcome: Outcome },
    /// The provider's answer broke off.
    Broken { outcome: Outcome, timed_out: bool },
    /// The client did not wait for the end. There is a status if the answer had begun.
    Left { status: Option<u16>, outcome: Outcome },
}

impl Tab {
    pub(crate) fn new(
        router: Arc<Router>,
        event: UsageEvent,
        estimate: Estimate,
        model: Option<Model>,
        fixed: Option<Micros>,
        started: Instant,
    ) -> Self {
        let (reservation, is_sent, passed) = (None, false, 0);
        let open =
            Open { router, event, estimate, model, fixed, started, reservation, is_sent, passed };
        Self { open: Some(open) }
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

    pub(crate) fn passed(&mut self, bytes: usize) {
        if let Some(open) = &mut self.open {
            open.passed += bytes as u64;
        }
    }

    pub(crate) fn close(&mut self, ending: Ending) {
        if let Some(open) = self.open.take() {
            open.close(ending);
        }
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        self.close(Ending::Left { status: None, outcome: Outcome::default() });
    }
}

impl Open {
    fn close(mut self, ending: Ending) {
        let (status, code, actual, tokens) = match ending {
            Ending::Refused { status } => (refusal_status(status), status, Micros::ZERO, None),
            Ending::Unanswered { timed_out: true } => {
                (EventStatus::Timeout, 502, Micros::ZERO, None)
            }
            Ending::Unanswered { timed_out: false } => {
                (EventStatus::ProviderError, 502, Micros::ZERO, None)
            }
            Ending::Answered { status, outcome } if (200..300).contains(&status) => {
                if outcome.failure.is_some() {
                    let tokens = outcome.tokens.or(outcome.partial);
                    (EventStatus::ProviderError, status, self.of_a_part(tokens), tokens)
                } else {
                    let actual = self.of_the_whole(outcome.tokens);
                    (EventStatus::Success, status, actual, outcome.tokens)
                }
            }
            Ending::Answered { status, outcome } => {
                (answer_status(status), status, Micros::ZERO, outcome.tokens)
            }
            Ending::Broken { outcome, timed_out } => {
                let tokens = outcome.tokens.or(outcome.partial);
                let status =
                    if timed_out { EventStatus::Timeout } else { EventStatus::ProviderError };
                (status, 502, self.of_a_part(tokens), tokens)
            }
            // Nobody can have charged for what nobody was asked.
            Ending::Left { status: None, .. } if !self.is_sent => {
                (EventStatus::ClientError, CLIENT_GONE, Micros::ZERO, None)
            }
            Ending::Left { status: Some(300..), outcome } => {
                (EventStatus::ClientError, CLIENT_GONE, Micros::ZERO, outcome.tokens)
            }
            Ending::Left { outcome, .. } => {
                let tokens = outcome.tokens.or(outcome.partial);
                (EventStatus::ClientError, CLIENT_GONE, self.of_a_part(tokens), tokens)
            }
        };
        let tokens = tokens.unwrap_or_default();
        let event = &mut self.event;
        event.status = status;
        event.status_code = Some(code);
        event.actual_cost_micros = actual;
        event.input_tokens = tokens.input;
        event.output_tokens = tokens.output;
        event.total_tokens = tokens.total;
        event.cached_input_tokens = tokens.cached;
        event.cache_write_input_tokens = written(&tokens);
        event.duration_ms = u64::try_from(self.started.elapsed().as_millis()).ok();
        event.occurred_at_ms = (self.router.clock)().as_millisecond();
        self.router.store.settle(self.reservation, actual, self.event);
    }

    /// The price of an answer that came to its end. Where its provider did not say how many tokens
    /// it took, it is all that was reserved.
    fn of_the_whole(&self, tokens: Option<Tokens>) -> Micros {
        if self.estimate.basis == CostBasis::None {
            return Micros::ZERO;
        }
        let measured =
            tokens.and_then(|tokens| decision::actual(self.model.as_ref(), self.fixed, &tokens));
        measured.unwrap_or(self.estimate.micros)
    }

    /// The price of an answer that broke off: of the tokens that were reported, and for the rest of
    /// what was sent and what was passed on; never more than was reserved.
    fn of_a_part(&self, tokens: Option<Tokens>) -> Micros {
        if self.estimate.basis == CostBasis::None {
            return Micros::ZERO;
        }
        let mut known = tokens.unwrap_or_default();
        let complete = known.input.is_some() && known.output.is_some();
        known.input = known.input.or(self.estimate.input_tokens);
        let passed = self.passed.div_ceil(BYTES_PER_TOKEN);
        let most = self.estimate.output_tokens.unwrap_or(u64::MAX);
        known.output = known.output.or(Some(passed.min(most)));
        let measured = decision::actual(self.model.as_ref(), self.fixed, &known);
        let measured = measured.unwrap_or(self.estimate.micros);
        if complete { measured } else { measured.min(self.estimate.micros) }
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
