//! What is booked by the rule, worked out without the router's code: from the prices of the models,
//! what the upstream was told to say, and what the client got.

use serde_json::Value;

use super::case::{Books, Case, Client, Payer};
use super::play::Got;
use crate::protocol::Protocol;

/// Micros for a million tokens in and out, the most that is read, and the most that is written.
fn prices(case: &Case) -> [u128; 4] {
    match case.protocol {
        Protocol::Chat | Protocol::Responses => [400_000, 1_600_000, 1_047_576, 32_768],
        Protocol::Messages => [1_000_000, 5_000_000, 200_000, 64_000],
        Protocol::Gemini => [1_500_000, 9_000_000, 1_048_576, 65_536],
    }
}

fn cost(case: &Case, input: u64, output: u64) -> u64 {
    let [read, written, ..] = prices(case);
    let millionths = u128::from(input) * read + u128::from(output) * written;
    u64::try_from(millionths.div_ceil(1_000_000)).unwrap()
}

pub(super) fn judge(
    case: &Case,
    event: &Value,
    spent: Option<u64>,
    got: &Got,
) -> Result<(), String> {
    let number = |name: &str| event[name].as_u64();
    let booked = number("actual_cost_micros").ok_or("there is no cost")?;
    if let Some(spent) = spent
        && spent != booked
    {
        return Err(format!("the ledger says {spent}, the event {booked}"));
    }
    // A request that the router did not let through has not been sent, whatever was to happen then.
    if [400, 402].contains(&number("status_code").unwrap_or(0)) && event["status"] == "denied" {
        return equal("refused", booked, 0);
    }
    // On a busy machine an answer may be over, or broken off, before its client gets to leave it.
    let status = event["status"].as_str().unwrap_or_default();
    let books = match (case.moment.books, case.payer, status) {
        (Books::ReportOrPart, _, "success") => Books::Report,
        (Books::ReservationOrPart, _, "success") => Books::Reservation,
        (Books::ReportOrPart | Books::ReservationOrPart, Payer::Nobody, _) => Books::Part,
        (Books::ReservationOrPart, _, "provider_error") => Books::Part,
        (Books::ReportOrPart, ..) => Books::Report,
        (Books::ReservationOrPart, ..) => Books::Reservation,
        (books, ..) => books,
    };
    let reserved = number("reserved_cost_micros").unwrap_or(0);
    match case.payer {
        _ if books == Books::Nothing => return equal("nothing", booked, 0),
        Payer::Fixed(price) => {
            equal("the fixed price", booked, price)?;
            return basis(event, "policy_fixed");
        }
        Payer::Budget if reserved == 0 => return Err("nothing was set aside".to_owned()),
        Payer::Budget | Payer::Nobody => {}
    }
    let (input, output) = (
        number("reserved_input_tokens").ok_or("no input is reserved")?,
        number("reserved_output_tokens").ok_or("no output is reserved")?,
    );
    // A part of a micro is a whole one, on either side.
    let most = cost(case, input, 0) + cost(case, 0, output);
    if case.payer == Payer::Budget {
        equal("what was set aside", reserved, most)?;
    }
    let (told_in, told_out) = told(case);
    let [.., window, longest] = prices(case).map(|price| u64::try_from(price).unwrap());
    let longest = output.max(longest * case.choices());
    let all = cost(case, window, 0) + cost(case, 0, longest);
    match books {
        Books::Report => {
            let report = cost(case, told_in, told_out);
            equal("what was reported", booked, report.min(all.max(most)))?;
            basis(event, "manifest_pricing")?;
            note(event, if report > booked { Some("report_capped") } else { None })?;
        }
        Books::Reservation => {
            equal("what was set aside", booked, most)?;
            basis(event, "manifest_reservation")?;
            let stopped = case.moment.name == "longer_than_its_reservation";
            note(event, stopped.then_some("stopped_at_reservation"))?;
        }
        _ => {
            // Four bytes of text are a token, and no more of them count than were asked for.
            let passed = (got.text as u64).div_ceil(4).min(output);
            let least = cost(case, 0, passed);
            if booked < least {
                return Err(format!("{booked} is booked, and {least} passed"));
            }
            let highest = most.max(cost(case, told_in, told_out));
            if booked > highest {
                return Err(format!("{booked} is booked, and {highest} is the most"));
            }
            basis(event, "manifest_pricing")?;
        }
    }
    if told_in <= input && told_out <= output && booked > most {
        return Err(format!("{booked} is booked of {most}, although every limit was kept"));
    }
    let stays = matches!(case.moment.client, Client::Stays | Client::LeavesBehind);
    let success = books == Books::Report || case.moment.name == "answered_without_usage";
    if stays && success != (status == "success") {
        return Err(format!("success should be {success}"));
    }
    Ok(())
}

/// What the upstream reports in the end.
fn told(case: &Case) -> (u64, u64) {
    let own = case.moment.orders.split(' ').find_map(|word| word.strip_prefix("tokens="));
    own.map_or(case.tokens, |text| {
        let (input, output) = text.split_once('/').unwrap();
        (input.parse().unwrap(), output.parse().unwrap())
    })
}

fn equal(what: &str, found: u64, wanted: u64) -> Result<(), String> {
    if found == wanted { Ok(()) } else { Err(format!("{what}: {found} instead of {wanted}")) }
}

fn basis(event: &Value, wanted: &str) -> Result<(), String> {
    if event["cost_basis"] == wanted { Ok(()) } else { Err(format!("the basis is not {wanted}")) }
}

fn note(event: &Value, wanted: Option<&str>) -> Result<(), String> {
    if event["cost_note"].as_str() == wanted {
        Ok(())
    } else {
        Err(format!("the note is not {wanted:?}"))
    }
}
