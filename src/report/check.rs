//! Whether a budget still carries what is planned on it.

use std::cmp::Reverse;

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::budget::{BudgetRow, State};
use super::forecast::runs_out_at;
use clawctl_wire::money::Micros;

/// What is asked of every budget.
#[derive(Debug, Clone, Copy)]
pub struct Demand {
    /// From this much spent on, in percent, there is a warning.
    pub warn_percent: u64,
    /// What has to be left.
    pub need: Option<Micros>,
}

/// What became of a budget, from harmless to worst.
///
/// Exhausted is worse than unknown: it is certain that requests are refused now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    Ok,
    Warning,
    WillRunOut,
    Unknown,
    Exhausted,
}

/// A budget with its verdict.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    pub verdict: Verdict,
    /// Why, in words.
    pub reason: String,
    /// Of several budgets, this one refuses first.
    pub binds: bool,
    pub runs_out_at: Option<Timestamp>,
    #[serde(flatten)]
    pub row: BudgetRow,
}

/// Judges every budget, and marks the one that binds.
pub fn judge_all(rows: Vec<BudgetRow>, demand: &Demand, now: Timestamp) -> Vec<Check> {
    let mut checks: Vec<_> = rows.into_iter().map(|row| judge(row, demand, now)).collect();
    let limited = |check: &&mut Check| check.row.state != State::Unlimited;
    // What is not known cannot be said to have more left than anything else.
    let left = |check: &Check| check.row.remaining_micros.unwrap_or(Micros::ZERO);
    if let Some(binding) =
        checks.iter_mut().filter(limited).max_by_key(|check| (check.verdict, Reverse(left(check))))
    {
        binding.binds = true;
    }
    checks
}

pub fn judge(row: BudgetRow, demand: &Demand, now: Timestamp) -> Check {
    let runs_out_at = match (row.state, row.spent_micros, row.limit_micros) {
        (State::Open, Some(spent), Some(limit)) => runs_out_at(spent, limit, now),
        _ => None,
    };
    let (verdict, reason) = verdict(&row, demand, runs_out_at);
    Check { verdict, reason, binds: false, runs_out_at, row }
}

fn verdict(row: &BudgetRow, demand: &Demand, runs_out: Option<Timestamp>) -> (Verdict, String) {
    let limit = row.limit_micros.unwrap_or_default();
    let left = row.remaining_micros.unwrap_or_default();
    let short = demand.need.filter(|need| left < *need);
    let left_of = format!("{left} of {limit} left");
    match row.state {
        State::Unlimited => (Verdict::Ok, "unlimited".to_owned()),
        State::Blocked => (Verdict::Exhausted, "a budget of zero refuses every request".to_owned()),
        State::Unknown => (Verdict::Unknown, "the ledger is unavailable".to_owned()),
        State::Exhausted => {
            let spent = row.spent_micros.unwrap_or_default();
            (Verdict::Exhausted, format!("{spent} of {limit} spent, nothing left"))
        }
        State::Unused | State::Open if short.is_some() => {
            let need = short.unwrap_or_default();
            (Verdict::Exhausted, format!("{left_of}, {need} needed"))
        }
        State::Unused => (Verdict::Ok, format!("{limit} for each principal, none spends yet")),
        State::Open => match runs_out {
            Some(at) => (Verdict::WillRunOut, format!("{left_of}; {}", runs_out_words(at, row))),
            None if reaches(row, demand.warn_percent) => {
                (Verdict::Warning, format!("{left_of}, {}% or more spent", demand.warn_percent))
            }
            None => (Verdict::Ok, left_of),
        },
    }
}

fn runs_out_words(at: Timestamp, row: &BudgetRow) -> String {
    let day = |time: Timestamp| time.to_zoned(TimeZone::UTC).date();
    format!(
        "at this month's pace it is used up on {}, and it resets on {}",
        day(at),
        day(row.resets_at)
    )
}

/// In whole numbers, so that 80 % of an odd limit is not a matter of rounding.
fn reaches(row: &BudgetRow, percent: u64) -> bool {
    let (Some(spent), Some(limit)) = (row.spent_micros, row.limit_micros) else { return false };
    u128::from(spent.0) * 100 >= u128::from(limit.0) * u128::from(percent)
}

#[cfg(test)]
mod tests;
