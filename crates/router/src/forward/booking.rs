//! What is booked for a request, by how it ended. A pure function, so that the rule stands in one
//! place: the larger of what the provider reported and what passed, and never more than the model
//! can produce for the request.

use super::meter::{Amount, Outcome};
use crate::account::COST_MAX;
use crate::decision::{self, BYTES_PER_TOKEN, Bounds, Estimate, Tariff, Tokens};
use clawctl_wire::money::Micros;
use clawctl_wire::usage_event::{CostBasis, CostNote};

/// What decides about the price of a request.
pub(super) struct Terms<'a> {
    pub(super) estimate: &'a Estimate,
    pub(super) tariff: Option<&'a Tariff>,
    pub(super) fixed: Option<Micros>,
}

/// What a request has to pay for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Charge {
    /// Nothing: no provider heard of it, or it was turned down.
    Nothing,
    /// What was reserved: nobody knows how far the provider got.
    Reservation { stopped: bool },
    /// An answer that came to its end, by these counts.
    Whole,
    /// An answer that ended early: what was reported is the least that it took.
    Part,
}

/// What is booked.
#[derive(Debug, PartialEq)]
pub(super) struct Booked {
    pub(super) micros: Micros,
    pub(super) basis: CostBasis,
    pub(super) tokens: Option<Tokens>,
    pub(super) note: Option<CostNote>,
}

impl Terms<'_> {
    pub(super) fn book(&self, charge: Charge, outcome: &Outcome) -> Booked {
        let booked = self.uncapped(charge, outcome);
        let booked = match self.estimate.bounds {
            Some(bounds) => capped(booked, bounds),
            None => booked,
        };
        Booked { micros: booked.micros.min(COST_MAX), ..booked }
    }

    fn uncapped(&self, charge: Charge, outcome: &Outcome) -> Booked {
        let tokens = outcome.tokens.or(outcome.partial);
        let basis = self.estimate.basis.clone();
        let free = matches!(charge, Charge::Nothing) || basis == CostBasis::None;
        if free || basis != CostBasis::ManifestPricing {
            let micros = if free { Micros::ZERO } else { self.estimate.micros };
            return Booked { micros, basis, tokens, note: None };
        }
        let booked = match charge {
            Charge::Whole => self.of_the_whole(tokens),
            Charge::Part => self.of_a_part(tokens, outcome.amount),
            Charge::Nothing | Charge::Reservation { .. } => None,
        };
        let stopped = matches!(charge, Charge::Reservation { stopped: true });
        booked.unwrap_or_else(|| Booked {
            micros: self.estimate.micros,
            basis: CostBasis::ManifestReservation,
            tokens,
            note: stopped.then_some(CostNote::StoppedAtReservation),
        })
    }

    /// Nothing, if its provider did not say how many tokens it took.
    fn of_the_whole(&self, tokens: Option<Tokens>) -> Option<Booked> {
        let micros = self.price(&tokens?)?;
        Some(Booked { micros, basis: CostBasis::ManifestPricing, tokens, note: None })
    }

    fn of_a_part(&self, reported: Option<Tokens>, amount: Amount) -> Option<Booked> {
        let told = reported.unwrap_or_default();
        let most = |count: u64, most: Option<u64>| count.min(most.unwrap_or(u64::MAX));
        let sent = self.estimate.bounds.map_or(0, |bounds| bounds.sent);
        let sent = most(sent, self.estimate.input_tokens);
        let passed = match amount {
            Amount::Nothing => 0,
            Amount::Document(bytes) | Amount::Text(bytes) => bytes.div_ceil(BYTES_PER_TOKEN),
        };
        let passed = most(passed, self.estimate.output_tokens);
        // A report of nothing says nothing: some gateways fill in what they do not know yet.
        let input = told.input.filter(|input| *input > 0).map(|input| input.max(sent));
        let output = told.output.unwrap_or(0).max(passed);
        let counted =
            Tokens { input: input.or(self.estimate.input_tokens), output: Some(output), ..told };
        // What is only taken for so many tokens never costs more than was reserved.
        let reported = told.output.and_then(|_| self.price(&told)).unwrap_or(Micros::ZERO);
        let micros = self.price(&counted)?.min(self.estimate.micros.max(reported));
        let as_passed = (input, Some(output)) != (told.input, told.output);
        let total = input.map(|input| input.saturating_add(output));
        Some(Booked {
            micros,
            basis: CostBasis::ManifestPricing,
            tokens: Some(Tokens { input, output: Some(output), total, ..told }),
            note: as_passed.then_some(CostNote::CountedAsPassed),
        })
    }

    fn price(&self, tokens: &Tokens) -> Option<Micros> {
        decision::actual(self.tariff, self.fixed, tokens)
    }
}

/// No provider can have done more than the model can.
fn capped(booked: Booked, bounds: Bounds) -> Booked {
    let Some(tokens) = booked.tokens else { return booked };
    let all = bounds.window.saturating_add(bounds.output);
    let is_possible = |count: Option<u64>| count.is_none_or(|count| count <= all);
    let dear = booked.micros > bounds.micros;
    if !dear && is_possible(tokens.input) && is_possible(tokens.output) {
        return booked;
    }
    let most = |count: Option<u64>, most: u64| count.map(|count| count.min(most));
    let [input, output] = [most(tokens.input, bounds.window), most(tokens.output, bounds.output)];
    let [cached, cache_write, cache_write_5m, cache_write_1h] =
        [tokens.cached, tokens.cache_write, tokens.cache_write_5m, tokens.cache_write_1h]
            .map(|count| most(count, bounds.window));
    let total = input.unwrap_or(0).saturating_add(output.unwrap_or(0));
    let tokens = Tokens {
        input,
        output,
        total: Some(total),
        cached,
        cache_write,
        cache_write_5m,
        cache_write_1h,
    };
    Booked {
        micros: booked.micros.min(bounds.micros),
        tokens: Some(tokens),
        note: Some(CostNote::ReportCapped),
        ..booked
    }
}

#[cfg(test)]
mod tests;
