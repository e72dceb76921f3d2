use proptest::prelude::*;

use super::*;
use crate::manifest::Manifests;
use clawctl_wire::pricing::{LongContext, Price};

fn model(pricing: Option<Pricing>) -> Model {
    Model { pricing: pricing.map(Price::Tokens), ..Model::default() }
}

/// As [`Tariff::of`], for a model that is there.
fn tariff(model: &Model) -> Option<Tariff> {
    Tariff::of(Some(model))
}

fn listed(id: &str) -> Model {
    Manifests::bundled().model(id).unwrap().1.clone()
}

fn size(bytes: u64, output_limit: Option<u64>) -> RequestSize {
    RequestSize { bytes, output_limit, choices: 1, ..RequestSize::default() }
}

#[test]
fn where_the_price_of_a_request_comes_from() {
    let (priced, unpriced) = (listed("openai/gpt-5.6"), model(None));
    let check = |model, fixed: Option<u64>, capability, micros, basis, tokens| {
        let found = estimate(model, fixed.map(Micros), capability, &size(976, Some(10)));
        assert_eq!((found.micros, found.basis), (Micros(micros), basis));
        assert_eq!(found.input_tokens.zip(found.output_tokens), tokens);
    };
    let both = Some((2_000, 10));
    check(Some(&priced), None, "llm.chat", 12_800, CostBasis::ManifestPricing, both);
    check(Some(&priced), Some(7), "llm.chat", 7, CostBasis::PolicyFixed, None);
    check(Some(&priced), Some(7), COUNT_TOKENS, 0, CostBasis::None, Some((0, 0)));
    check(Some(&unpriced), None, "llm.chat", 1, CostBasis::FlatFallback, None);
    check(None, None, "search.web", 1, CostBasis::FlatFallback, None);
}

#[test]
fn an_estimate_follows_what_the_body_says() {
    let check = |id: &str, size: RequestSize, input, output, micros| {
        let found = estimate(Some(&listed(id)), None, "llm.chat", &size);
        assert_eq!(
            (found.input_tokens, found.output_tokens, found.micros),
            (Some(input), Some(output), Micros(micros)),
            "{id} {size:?}"
        );
    };
    // The recordings of the contract: 1 063 bytes of body and a limit of 64 tokens, and so on.
    check("local/default", size(63, None), 1_087, 4_096, 0);
    check("groq/gpt-oss-120b", size(0, Some(1)), 1_024, 1, 154 + 1);
    check("openai/gpt-5.5", size(1_000_000_000, Some(0)), 1_050_000, 0, 10_500_000);
    check("openai/gpt-5.5", size(270_976, Some(1)), 272_000, 1, 1_360_000 + 30);
    check("openai/gpt-5.5", size(270_977, Some(1)), 272_001, 1, 2_720_010 + 45);
    let media = RequestSize { unbounded: true, ..size(10, Some(0)) };
    check("anthropic/claude-haiku-4-5", media, 200_000, 0, 200_000);
    let thrice = RequestSize { choices: 3, ..size(0, Some(1_000)) };
    check("anthropic/claude-haiku-4-5", thrice, 1_024, 3_000, 1_024 + 15_000);
    let written = |cache_write| RequestSize { cache_write, ..size(0, Some(0)) };
    check("anthropic/claude-haiku-4-5", written(CacheWrite::FiveMinutes), 1_024, 0, 1_280);
    check("anthropic/claude-haiku-4-5", written(CacheWrite::OneHour), 1_024, 0, 2_048);
    let endless = RequestSize { choices: u64::MAX, ..size(u64::MAX, Some(u64::MAX)) };
    check("anthropic/claude-haiku-4-5", endless, 200_000, u64::MAX, MICROS_MAX);
}

#[test]
fn what_was_used_is_priced_by_its_kind() {
    let haiku = listed("anthropic/claude-haiku-4-5");
    let check = |model: &Model, tokens: Tokens, micros: Option<u64>| {
        assert_eq!(actual(tariff(model).as_ref(), None, &tokens), micros.map(Micros), "{tokens:?}");
    };
    let used =
        |input, output| Tokens { input: Some(input), output: Some(output), ..Tokens::default() };
    check(&haiku, used(1_000, 100), Some(1_500));
    check(&haiku, Tokens { cached: Some(400), ..used(1_000, 0) }, Some(640));
    check(&haiku, Tokens { cached: Some(9_000), ..used(1_000, 0) }, Some(100));
    check(&haiku, Tokens { cache_write_5m: Some(400), ..used(1_000, 0) }, Some(1_100));
    check(&haiku, Tokens { cache_write_1h: Some(400), ..used(1_000, 0) }, Some(1_400));
    // A write of unsaid duration is taken for the dearer one.
    check(&haiku, Tokens { cache_write: Some(400), ..used(1_000, 0) }, Some(1_400));
    check(&haiku, Tokens { output: None, ..used(1_000, 0) }, None);
    check(&haiku, Tokens { input: None, ..used(0, 10) }, None);
    check(&haiku, used(0, 1), Some(5));
    let embedding = listed("openai/text-embedding-3-large");
    check(&embedding, Tokens { output: None, ..used(8, 0) }, Some(2));
    let gpt = listed("openai/gpt-5.5");
    check(&gpt, used(272_000, 1), Some(1_360_030));
    check(&gpt, used(272_001, 1), Some(2_720_055));
    check(&gpt, Tokens { cached: Some(272_001), ..used(272_001, 0) }, Some(272_001));
    // Where writing costs more than reading and nobody says how much was written, all of it may
    // have been.
    let writing = listed("openai/gpt-5.6");
    check(&writing, used(1_000, 0), Some(6_250));
    check(&writing, Tokens { cache_write: Some(0), ..used(1_000, 0) }, Some(5_000));
    check(&writing, Tokens { cached: Some(1_000), ..used(1_000, 0) }, Some(500));
    check(&model(None), Tokens::default(), Some(1));
    assert_eq!(
        actual(tariff(&haiku).as_ref(), Some(Micros(9)), &Tokens::default()),
        Some(Micros(9))
    );
    assert_eq!(actual(None, None, &Tokens::default()), Some(Micros(1)));
}

fn rate() -> impl Strategy<Value = u64> {
    prop_oneof![Just(0), 0..100_u64, 0..100_000_000_u64]
}

fn long_context() -> impl Strategy<Value = LongContext> {
    let optional = || prop::option::of(rate());
    (0..5_000_u64, rate(), rate(), optional(), optional(), optional(), optional()).prop_map(
        |(threshold, input, output, cached, write, short, long)| LongContext {
            threshold_input_tokens: threshold,
            input_micros_per_million: input,
            output_micros_per_million: output,
            cached_input_micros_per_million: cached,
            cache_write_input_micros_per_million: write,
            cache_write_5m_input_micros_per_million: short,
            cache_write_1h_input_micros_per_million: long,
        },
    )
}

prop_compose! {
    fn pricing()(
        rates in (rate(), rate()),
        optional in prop::array::uniform4(prop::option::of(rate())),
        max_input_tokens in 1..10_000_u64,
        max_request_input_tokens in prop::option::of(1..20_000_u64),
        default_max_output_tokens in 0..10_000_u64,
        input_token_overhead in 0..2_000_u64,
        long_context in prop::option::of(long_context()),
    ) -> Pricing {
        Pricing {
            effective_at: String::new(),
            source: String::new(),
            input_micros_per_million: rates.0,
            output_micros_per_million: rates.1,
            cached_input_micros_per_million: optional[0],
            cache_write_input_micros_per_million: optional[1],
            cache_write_5m_input_micros_per_million: optional[2],
            cache_write_1h_input_micros_per_million: optional[3],
            max_input_tokens,
            max_request_input_tokens,
            default_max_output_tokens,
            input_token_overhead,
            long_context,
            unknown: serde_json::Map::new(),
        }
    }
}

prop_compose! {
    fn sizes()(
        bytes in 0..20_000_u64,
        unbounded in any::<bool>(),
        output_limit in prop::option::of(0..20_000_u64),
        choices in 0..4_u64,
        cache_write in prop::sample::select(vec![
            CacheWrite::None,
            CacheWrite::FiveMinutes,
            CacheWrite::OneHour,
        ]),
    ) -> RequestSize {
        RequestSize { bytes, unbounded, output_limit, choices, cache_write }
    }
}

prop_compose! {
    fn used()(
        counts in prop::array::uniform6(prop::option::of(0..20_000_u64)),
    ) -> Tokens {
        let [input, output, cached, cache_write, cache_write_5m, cache_write_1h] = counts;
        Tokens { input, output, total: None, cached, cache_write, cache_write_5m, cache_write_1h }
    }
}

/// One token after the other, each at the price of its kind.
fn token_by_token(pricing: &Pricing, tokens: &Tokens) -> Option<u64> {
    let input = tokens.input?;
    let long = pricing.long_context.as_ref().filter(|long| input > long.threshold_input_tokens);
    let base = [
        pricing.cached_input_micros_per_million,
        pricing.cache_write_input_micros_per_million,
        pricing.cache_write_5m_input_micros_per_million,
        pricing.cache_write_1h_input_micros_per_million,
    ];
    let [cached, write, short, hour] = long.map_or(base, |long| {
        [
            long.cached_input_micros_per_million,
            long.cache_write_input_micros_per_million,
            long.cache_write_5m_input_micros_per_million,
            long.cache_write_1h_input_micros_per_million,
        ]
    });
    let plain = long.map_or(pricing.input_micros_per_million, |l| l.input_micros_per_million);
    let out = long.map_or(pricing.output_micros_per_million, |l| l.output_micros_per_million);
    let output = if out == 0 { 0 } else { tokens.output? };
    let silent = tokens.cache_write.or(tokens.cache_write_5m).or(tokens.cache_write_1h).is_none();
    let kinds = [
        (tokens.cached, cached.unwrap_or(plain)),
        (tokens.cache_write_5m, short.unwrap_or(plain)),
        (tokens.cache_write_1h, hour.or(short).unwrap_or(plain)),
        (
            tokens.cache_write,
            write.unwrap_or_else(|| short.unwrap_or(plain).max(hour.or(short).unwrap_or(plain))),
        ),
        (Some(u64::MAX), if silent { plain.max(write.unwrap_or(0)) } else { plain }),
    ];
    let mut queue = kinds.into_iter();
    let mut kind = queue.next()?;
    let mut sum = 0_u128;
    for _ in 0..input {
        while kind.0.unwrap_or(0) == 0 {
            kind = queue.next()?;
        }
        kind.0 = kind.0.map(|left| left - 1);
        sum += u128::from(kind.1);
    }
    sum += u128::from(output) * u128::from(out);
    let whole = sum / 1_000_000 + u128::from(!sum.is_multiple_of(1_000_000));
    Some(u64::try_from(whole).unwrap_or(u64::MAX).min(MICROS_MAX))
}

proptest! {
    #[test]
    fn sums_are_exact(pricing in pricing(), tokens in used()) {
        let expected = token_by_token(&pricing, &tokens).map(Micros);
        prop_assert_eq!(actual(tariff(&model(Some(pricing))).as_ref(), None, &tokens), expected);
    }

    #[test]
    fn more_of_anything_never_costs_less(
        pricing in pricing(),
        less in sizes(),
        more in sizes(),
    ) {
        // A long request may be cheaper than a short one only where a manifest says so.
        let priced = model(Some(pricing));
        let at = |size: &RequestSize| estimate(Some(&priced), None, "llm.chat", size).micros;
        let both = RequestSize {
            bytes: less.bytes.max(more.bytes),
            unbounded: less.unbounded || more.unbounded,
            output_limit: less.output_limit.zip(more.output_limit).map(|(a, b)| a.max(b)),
            choices: less.choices.max(more.choices),
            cache_write: less.cache_write.max(more.cache_write),
        };
        let limited = RequestSize { output_limit: both.output_limit.and(less.output_limit), ..less };
        prop_assert!(at(&limited) <= at(&both));
    }

    #[test]
    fn a_reservation_covers_what_stays_within_it(
        pricing in pricing(),
        size in sizes(),
        tokens in used(),
    ) {
        let priced = model(Some(pricing));
        let reserved = estimate(Some(&priced), None, "llm.chat", &size);
        // A cache is written only where the body says so.
        let written = |needed, count: Option<u64>| if size.cache_write >= needed { count } else { None };
        let within = Tokens {
            input: tokens.input.min(reserved.input_tokens),
            output: tokens.output.min(reserved.output_tokens),
            cache_write: None,
            cache_write_5m: written(CacheWrite::FiveMinutes, tokens.cache_write_5m),
            cache_write_1h: written(CacheWrite::OneHour, tokens.cache_write_1h),
            ..tokens
        };
        if let Some(spent) = actual(tariff(&priced).as_ref(), None, &within) {
            prop_assert!(spent <= reserved.micros, "{spent} over {}", reserved.micros);
        }
    }
}
