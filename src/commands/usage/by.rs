use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use super::filter::{When, Which};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::report::breakdown::{self, Breakdown, Sort};
use crate::report::{Dimension, buckets};
use crate::view::usage::breakdown::columns;
use clawctl_wire::health::Extension;
use clawctl_wire::usage_query::DIMENSIONS;

/// Break usage down by one or more dimensions
///
/// A line for each group with its requests, tokens and cost; the bar is its share of the whole
/// cost. Groups are in the order of their cost, or of time where the first dimension is one. A
/// dash stands for requests that say nothing of the dimension. Rows of days, hours and months are
/// marked if the window holds only a part of them; those without requests are shown as zero.
///
/// A router with `usage.query` counts every event that it keeps. Another one gives complete sums
/// by provider and by day over everything; the rest is counted here from its newest hundred
/// events, and it is said when that is only a sample.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl usage by policy --since month
  clawctl usage by day,model --policy team_alpha --since 7d
  clawctl usage by key --top 10 --sort requests
  clawctl usage by project -o csv --since 2026-11-01 --until 2026-12-01")]
pub struct By {
    /// What to break it down by; several with commas
    #[arg(value_name = "DIMENSION", required = true, value_delimiter = ',')]
    #[arg(value_parser = PossibleValuesParser::new(["key"].iter().chain(DIMENSIONS).copied()))]
    dimensions: Vec<String>,

    /// Only the groups with the most
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    top: Option<u32>,

    /// What the order follows
    #[arg(long, value_name = "WHAT")]
    sort: Option<SortFlag>,

    #[command(flatten)]
    when: When,

    #[command(flatten)]
    which: Which,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SortFlag {
    Cost,
    Requests,
    Errors,
    Tokens,
    /// By the dimensions themselves
    Name,
}

pub(super) async fn run(ctx: &Ctx, args: By) -> Result<Breakdown> {
    let by = dimensions(&args.dimensions);
    ctx.check_columns(&columns(&by))?;
    // A length of time begins with a whole day or hour, if that is what rows are.
    let filter = args.when.narrow_to(buckets::unit(&by), args.which.filter()?, ctx)?;
    let client = ctx.client()?;
    let mut found = if client.has(Extension::UsageQuery).await? {
        let words: Vec<_> = by.iter().map(|dimension| dimension.as_str()).collect();
        breakdown::of_page(&by, client.usage_groups(&words, &filter).await?, filter.since)
    } else {
        breakdown::of_snapshot(&by, &client.admin_usage().await?.usage, &filter, ctx.now())
    };
    buckets::complete(&mut found, filter.since.is_some(), ctx.now());
    let sort = order(args.sort, &by);
    found.sort(sort);
    if let Some(top) = args.top {
        found.keep(usize::try_from(top).unwrap_or(usize::MAX), sort);
    }
    super::say_coverage(ctx, &found.coverage);
    Ok(found)
}

/// Naming one twice adds nothing.
fn dimensions(words: &[String]) -> Vec<Dimension> {
    let mut found = Vec::new();
    for dimension in words.iter().filter_map(|word| Dimension::parse(word)) {
        if !found.contains(&dimension) {
            found.push(dimension);
        }
    }
    found
}

fn order(flag: Option<SortFlag>, by: &[Dimension]) -> Sort {
    match flag {
        Some(SortFlag::Cost) => Sort::Cost,
        Some(SortFlag::Requests) => Sort::Requests,
        Some(SortFlag::Errors) => Sort::Errors,
        Some(SortFlag::Tokens) => Sort::Tokens,
        Some(SortFlag::Name) => Sort::Name,
        None if by.first().is_some_and(|dimension| dimension.is_time()) => Sort::Name,
        None => Sort::Cost,
    }
}
