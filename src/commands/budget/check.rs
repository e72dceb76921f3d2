use clap::Args;

use super::which::{all, is_set, named};
use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::report::Verdict;
use crate::report::check::{Demand, judge_all};
use crate::view::budget::check::{COLUMNS, Checks};
use clawctl_wire::money::Micros;

/// Check budgets, and say the worst in the exit code
///
/// One line for every budget: of the named policies and providers, or of everything that is
/// switched on. Where each principal has a budget of its own, each is a line. A policy without a
/// limit is fine.
///
/// From harmless to worst: ok (0), warning (20), will run out before the reset (22), ledger
/// unavailable (23), exhausted or less left than needed (21). A router that cannot be reached at
/// all is 6, also with `--fail-open`.
///
/// Whether a budget will run out is a straight line from the start of the UTC month through what
/// is spent now. It is drawn once a whole day of the month has passed and a tenth of the budget is
/// spent, and a burst of today is averaged over the month.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl budget check
  clawctl budget check --policy ci --need '$5' && ./run-evals
  clawctl budget check --policy team_alpha --provider openai --warn 90%
  clawctl budget check --policy ci --fail-open -o json")]
pub struct Check {
    /// Policy to check; repeat it for more
    #[arg(long = "policy", value_name = "ID", value_delimiter = ',')]
    #[arg(add = complete::policies())]
    policies: Vec<String>,

    /// Provider to check; repeat it for more
    #[arg(long = "provider", value_name = "ID", value_delimiter = ',')]
    #[arg(add = complete::providers())]
    providers: Vec<String>,

    /// Warn from this much spent on
    #[arg(long, value_name = "PERCENT", default_value = "80%", value_parser = parse_percent)]
    warn: u64,

    /// What has to be left, such as `$5`
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    need: Option<Micros>,

    /// Pass where the ledger is unavailable
    #[arg(long)]
    fail_open: bool,
}

pub(super) async fn run(ctx: &Ctx, args: Check) -> Result<Checks> {
    ctx.check_columns(COLUMNS)?;
    let mut rows = all(ctx).await?;
    if args.policies.is_empty() && args.providers.is_empty() {
        rows.retain(|row| row.enabled && is_set(row));
    } else {
        rows = named(rows, &args.policies, &args.providers)?;
    }
    let demand = Demand { warn_percent: args.warn, need: args.need };
    let checks = judge_all(rows, &demand, ctx.now());
    if args.fail_open {
        for check in checks.iter().filter(|check| check.verdict == Verdict::Unknown) {
            ctx.ui.warning(format!(
                "the ledger of {} is unavailable, and is let pass because of `--fail-open`",
                check.row.name()
            ));
        }
    }
    Ok(Checks { checks, fail_open: args.fail_open })
}

/// A share that was typed: `80%` or `80`.
fn parse_percent(text: &str) -> Result<u64, String> {
    let bad = || format!("`{text}` is not a percentage; write `80%`, from 1 to 100");
    let number = text.trim().trim_end_matches('%').trim_end();
    let percent: u64 = number.parse().map_err(|_| bad())?;
    if (1..=100).contains(&percent) { Ok(percent) } else { Err(bad()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_typed_in_percent() {
        for (text, percent) in [("80%", 80), ("80", 80), (" 5 % ", 5), ("100%", 100), ("1", 1)] {
            assert_eq!(parse_percent(text), Ok(percent), "{text}");
        }
        for text in ["0.8", "0", "101", "-5", "%", "", "eighty", "80.5%"] {
            assert!(parse_percent(text).is_err(), "{text}");
        }
    }
}
