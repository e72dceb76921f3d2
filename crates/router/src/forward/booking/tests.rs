use proptest::prelude::*;

use super::*;
use crate::decision::RequestSize;
use crate::manifest::Manifests;
use clawctl_wire::provider::Model;

/// A model at 1 micro a token in and 5 out, which reads 200 000 of them.
fn haiku() -> Model {
    Manifests::bundled().model("anthropic/claude-haiku-4-5").unwrap().1.clone()
}

/// 4 000 bytes were sent, and at most 100 tokens asked for.
fn size() -> RequestSize {
    RequestSize { bytes: 4_000, output_limit: Some(100), choices: 1, ..RequestSize::default() }
}

fn tokens(input: u64, output: u64) -> Option<Tokens> {
    Some(Tokens { input: Some(input), output: Some(output), ..Tokens::default() })
}

fn book(fixed: Option<u64>, charge: Charge, outcome: &Outcome) -> Booked {
    let (model, fixed) = (haiku(), fixed.map(Micros));
    let estimate = decision::estimate(Some(&model), fixed, "llm.chat", &size());
    let tariff = Tariff::of(Some(&model));
    Terms { estimate: &estimate, tariff: tariff.as_ref(), fixed }.book(charge, outcome)
}

const RESERVED: u64 = 4_000 + 1_024 + 100 * 5;

#[test]
fn of_a_part_the_larger_of_report_and_passage_is_booked() {
    let check = |partial, text, micros, note| {
        let outcome = Outcome { partial, amount: Amount::Text(text), ..Outcome::default() };
        let booked = book(None, Charge::Part, &outcome);
        assert_eq!((booked.micros.0, booked.note), (micros, note), "{partial:?} {text}");
        assert_eq!(booked.basis, CostBasis::ManifestPricing);
    };
    let passed = Some(CostNote::CountedAsPassed);
    // A first event that knows of one token, and forty that passed since.
    check(tokens(1_500, 1), 160, 1_500 + 40 * 5, passed.clone());
    check(tokens(1_500, 60), 160, 1_500 + 60 * 5, None);
    // What passed is only taken for so many tokens, so it never costs more than was reserved.
    check(tokens(1_500, 1), 100_000, 1_500 + 100 * 5, passed.clone());
    check(tokens(9_000, 1), 100_000, 9_005, passed.clone());
    check(tokens(9_000, 200), 0, 9_000 + 200 * 5, None);
    // A report of less input than was sent for certain.
    check(tokens(3, 1), 0, 1_000 + 5, passed.clone());
    check(tokens(0, 0), 40, 5_024 + 10 * 5, passed.clone());
    check(None, 40, 5_024 + 10 * 5, passed);
}

#[test]
fn where_nobody_says_it_the_reservation_is_booked() {
    let unknown = Charge::Reservation { stopped: false };
    for (charge, outcome) in [
        (unknown, Outcome::default()),
        (Charge::Whole, Outcome::default()),
        (
            Charge::Whole,
            Outcome {
                tokens: Some(Tokens { output: Some(3), ..Tokens::default() }),
                ..Outcome::default()
            },
        ),
    ] {
        let booked = book(None, charge, &outcome);
        assert_eq!(booked.micros, Micros(RESERVED), "{charge:?}");
        assert_eq!(booked.basis, CostBasis::ManifestReservation, "{charge:?}");
        assert_eq!(booked.note, None);
    }
    let stopped = book(None, Charge::Reservation { stopped: true }, &Outcome::default());
    assert_eq!(stopped.note, Some(CostNote::StoppedAtReservation));
    assert_eq!(book(None, Charge::Nothing, &Outcome::default()).micros, Micros::ZERO);
}

#[test]
fn a_fixed_price_is_booked_whole_or_not_at_all() {
    let outcome = Outcome { tokens: tokens(1 << 40, 1 << 40), ..Outcome::default() };
    for charge in [Charge::Whole, Charge::Part, Charge::Reservation { stopped: false }] {
        let booked = book(Some(250), charge, &outcome);
        assert_eq!((booked.micros, booked.basis), (Micros(250), CostBasis::PolicyFixed));
    }
    assert_eq!(book(Some(250), Charge::Nothing, &outcome).micros, Micros::ZERO);
}

#[test]
fn a_report_of_more_than_the_model_can_do_is_capped_and_marked() {
    let (window, output) = (200_000, 64_000);
    let most = window + output * 5;
    for (reported, expected) in [
        (tokens(1 << 60, 1 << 60), (window, output)),
        (tokens(10, u64::MAX), (10, output)),
        (tokens(u64::MAX, 10), (window, 10)),
    ] {
        let outcome = Outcome { tokens: reported, is_complete: true, ..Outcome::default() };
        let booked = book(None, Charge::Whole, &outcome);
        assert_eq!(booked.micros, Micros(most), "{reported:?}");
        assert_eq!(booked.note, Some(CostNote::ReportCapped), "{reported:?}");
        let told = booked.tokens.unwrap();
        assert_eq!((told.input, told.output), (Some(expected.0), Some(expected.1)));
    }
    let possible = Outcome { tokens: tokens(window, output), ..Outcome::default() };
    let booked = book(None, Charge::Whole, &possible);
    assert_eq!((booked.micros, booked.note), (Micros(most), None));
}

proptest! {
    #[test]
    fn nothing_that_is_reported_books_more_than_the_model_can_do(
        counts in prop::array::uniform6(prop::option::of(any::<u64>())),
        text in any::<u64>(),
        is_part: bool,
        is_final: bool,
    ) {
        let [input, output, cached, cache_write, cache_write_5m, cache_write_1h] = counts;
        let told =
            Tokens { input, output, total: None, cached, cache_write, cache_write_5m, cache_write_1h };
        let (tokens, partial) = if is_final { (Some(told), None) } else { (None, Some(told)) };
        let amount = Amount::Text(text);
        let outcome = Outcome { tokens, partial, amount, ..Outcome::default() };
        let charge = if is_part { Charge::Part } else { Charge::Whole };
        let booked = book(None, charge, &outcome);
        prop_assert!(booked.micros <= Micros(200_000 + 64_000 * 5));
    }

    #[test]
    fn an_answer_within_its_limits_books_no_more_than_was_reserved(
        reported in prop::option::of((0..=5_024_u64, 0..=100_u64)),
        text in any::<u64>(),
        kind in 0..3_u8,
        is_final: bool,
    ) {
        let told = reported.and_then(|(input, output)| tokens(input, output));
        let (tokens, partial) = if is_final { (told, None) } else { (None, told) };
        let amount = if kind == 0 { Amount::Text(text) } else { Amount::Document(text) };
        let outcome = Outcome { tokens, partial, amount, ..Outcome::default() };
        let charge = match kind {
            0 => Charge::Part,
            1 => Charge::Whole,
            _ => Charge::Reservation { stopped: false },
        };
        prop_assert!(book(None, charge, &outcome).micros <= Micros(RESERVED));
    }
}
