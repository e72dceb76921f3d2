//! What a request costs: at most, before it is sent, and as it turned out. Integers alone, to the
//! micro.

use super::{BYTES_PER_TOKEN, Bounds, CacheWrite, Estimate, RequestSize, Tokens};
use clawctl_wire::money::{MICROS_MAX, Micros};
use clawctl_wire::pricing::Pricing;
use clawctl_wire::provider::{Model, Provider};
use clawctl_wire::usage_event::CostBasis;

/// What asks only how long a request would be; it costs nothing and no budget counts it.
pub(crate) const COUNT_TOKENS: &str = "llm.count_tokens";

/// What is taken for a request whose price nobody knows, so that it is seen in the sums.
const UNPRICED: Micros = Micros(1);

/// Prices are for so many tokens.
const PER: u128 = 1_000_000;

/// Whether a budget counts money and nothing says what a request costs.
pub(crate) fn lacks_price(model: Option<&Model>, fixed: Option<Micros>, budgeted: bool) -> bool {
    budgeted && fixed.is_none() && model.is_none_or(|model| model.pricing.is_none())
}

/// Whether nothing at a provider costs anything, whichever model answers and however.
pub(super) fn is_free(provider: &Provider) -> bool {
    let free = |model: &Model| model.token_pricing().is_some_and(Pricing::is_free);
    !provider.models.is_empty() && provider.models.iter().all(free)
}

/// What a request costs at most.
pub(crate) fn estimate(
    model: Option<&Model>,
    fixed: Option<Micros>,
    capability: &str,
    size: &RequestSize,
) -> Estimate {
    let known = |micros, basis, tokens| Estimate {
        micros,
        basis,
        input_tokens: tokens,
        output_tokens: tokens,
        bounds: None,
    };
    if capability == COUNT_TOKENS {
        return known(Micros::ZERO, CostBasis::None, Some(0));
    }
    if let Some(fixed) = fixed {
        return known(fixed, CostBasis::PolicyFixed, None);
    }
    let Some(pricing) = model.and_then(Model::token_pricing) else {
        return known(UNPRICED, CostBasis::FlatFallback, None);
    };
    let cap = pricing.max_request_input_tokens.unwrap_or(pricing.max_input_tokens);
    let told = size.bytes.saturating_add(pricing.input_token_overhead);
    let input = if size.unbounded { cap } else { told.min(cap) };
    let limit = size.output_limit.unwrap_or(pricing.default_max_output_tokens);
    let output = limit.saturating_mul(size.choices.max(1));
    Estimate {
        micros: at_most(pricing, input, output, size.cache_write),
        basis: CostBasis::ManifestPricing,
        input_tokens: Some(input),
        output_tokens: Some(output),
        bounds: Some(bounds(pricing, size, cap)),
    }
}

/// What no report can exceed: the whole window, and the largest output as often as it is asked for.
fn bounds(pricing: &Pricing, size: &RequestSize, window: u64) -> Bounds {
    let limit = size.output_limit.unwrap_or(0).max(pricing.default_max_output_tokens);
    let output = limit.saturating_mul(size.choices.max(1));
    // The length of a picture says nothing about its tokens.
    let bytes = if size.unbounded { 0 } else { size.bytes };
    Bounds {
        sent: (bytes / BYTES_PER_TOKEN).min(window),
        window,
        output,
        micros: at_most(pricing, window, output, size.cache_write),
    }
}

/// What so many tokens cost, each at the dearest rate that can apply.
fn at_most(pricing: &Pricing, input: u64, output: u64, write: CacheWrite) -> Micros {
    let rates = Tariff::new(pricing).at_most(input);
    let input_cost = micros(product(input, rates.dearest_input(write)));
    let output_cost = micros(product(output, rates.output));
    Micros(input_cost.0.saturating_add(output_cost.0).min(MICROS_MAX))
}

/// What a request cost, if what the provider said of it is enough to tell.
pub(crate) fn actual(
    tariff: Option<&Tariff>,
    fixed: Option<Micros>,
    tokens: &Tokens,
) -> Option<Micros> {
    if fixed.is_some() {
        return fixed;
    }
    let Some(tariff) = tariff else { return Some(UNPRICED) };
    let input = tokens.input?;
    let rates = tariff.rates(input);
    let output = match tokens.output {
        Some(output) => output,
        None if rates.output == 0 => 0,
        None => return None,
    };
    let mut left = input;
    let mut take = |tokens: Option<u64>| {
        let taken = tokens.unwrap_or(0).min(left);
        left -= taken;
        taken
    };
    let cached = take(tokens.cached);
    let [short, long] = [tokens.cache_write_5m, tokens.cache_write_1h].map(&mut take);
    let written = take(tokens.cache_write);
    let writes = [tokens.cache_write_5m, tokens.cache_write_1h, tokens.cache_write];
    // Some of the rest may have been written to a cache, where nobody says how much was.
    let rest = match rates.cache_write {
        Some(rate) if writes.iter().all(Option::is_none) => rate.max(rates.input),
        _ => rates.input,
    };
    let write_5m = rates.cache_write_5m.unwrap_or(rates.input);
    let write_1h = rates.cache_write_1h.unwrap_or(write_5m);
    let write = rates.cache_write.unwrap_or(write_5m.max(write_1h));
    let parts = [
        product(cached, rates.cached.unwrap_or(rates.input)),
        product(short, write_5m),
        product(long, write_1h),
        product(written, write),
        product(left, rest),
        product(output, rates.output),
    ];
    Some(micros(parts.into_iter().fold(0, u128::saturating_add)))
}

/// What a model charges for tokens, apart from everything else that is known of it: an open request
/// keeps no more than this.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tariff {
    base: Rates,
    /// The rates of a request with more input tokens than the threshold.
    long: Option<(u64, Rates)>,
}

impl Tariff {
    /// The tariff of a model that has one.
    pub(crate) fn of(model: Option<&Model>) -> Option<Self> {
        model.and_then(Model::token_pricing).map(Self::new)
    }

    fn new(pricing: &Pricing) -> Self {
        let base = Rates {
            input: pricing.input_micros_per_million,
            output: pricing.output_micros_per_million,
            cached: pricing.cached_input_micros_per_million,
            cache_write: pricing.cache_write_input_micros_per_million,
            cache_write_5m: pricing.cache_write_5m_input_micros_per_million,
            cache_write_1h: pricing.cache_write_1h_input_micros_per_million,
        };
        let long = pricing.long_context.as_ref().map(|long| {
            let rates = Rates {
                input: long.input_micros_per_million,
                output: long.output_micros_per_million,
                cached: long.cached_input_micros_per_million,
                cache_write: long.cache_write_input_micros_per_million,
                cache_write_5m: long.cache_write_5m_input_micros_per_million,
                cache_write_1h: long.cache_write_1h_input_micros_per_million,
            };
            (long.threshold_input_tokens, rates)
        });
        Self { base, long }
    }

    /// The rates of a request that has so many input tokens.
    fn rates(&self, input: u64) -> Rates {
        match self.long {
            Some((threshold, long)) if input > threshold => long,
            _ => self.base,
        }
    }

    /// The dearest rates of any request that has at most so many.
    fn at_most(&self, input: u64) -> Rates {
        let (base, other) = (self.base, self.rates(input));
        Rates {
            input: base.input.max(other.input),
            output: base.output.max(other.output),
            cached: base.cached.max(other.cached),
            cache_write: base.cache_write.max(other.cache_write),
            cache_write_5m: base.cache_write_5m.max(other.cache_write_5m),
            cache_write_1h: base.cache_write_1h.max(other.cache_write_1h),
        }
    }
}

/// Micros for a million tokens of each kind.
#[derive(Debug, Clone, Copy)]
struct Rates {
    input: u64,
    output: u64,
    cached: Option<u64>,
    cache_write: Option<u64>,
    cache_write_5m: Option<u64>,
    cache_write_1h: Option<u64>,
}

impl Rates {
    /// The most that a token of input may cost. Writing for an hour has the price of writing for
    /// five minutes where it has none of its own, so that one counts as well.
    fn dearest_input(&self, write: CacheWrite) -> u64 {
        let short = (write >= CacheWrite::FiveMinutes).then_some(self.cache_write_5m).flatten();
        let long = (write >= CacheWrite::OneHour).then_some(self.cache_write_1h).flatten();
        let optional = [self.cached, self.cache_write, short, long];
        optional.into_iter().flatten().fold(self.input, u64::max)
    }
}

fn product(tokens: u64, rate: u64) -> u128 {
    u128::from(tokens) * u128::from(rate)
}

/// Rounded up: a part of a micro is taken for a whole one.
fn micros(millionths: u128) -> Micros {
    let micros = u64::try_from(millionths.div_ceil(PER)).unwrap_or(u64::MAX);
    Micros(micros.min(MICROS_MAX))
}

#[cfg(test)]
mod tests;
