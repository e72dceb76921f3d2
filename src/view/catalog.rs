//! How models look.

use std::io;

use super::budget::micros;
use super::{Cell, Column, Machine, Page, Tone, View};
use crate::report::Transport;
use crate::report::catalog::{CatalogRow, Use};
use clawctl_wire::money::Micros;
use clawctl_wire::pricing::{Price, Pricing};

const MODEL: Column<CatalogRow> = Column::left("model", "MODEL", |row| Cell::name(&row.model));
const PROVIDER: Column<CatalogRow> =
    Column::left("provider", "PROVIDER", |row| Cell::new(&row.provider));
const TRANSPORT: Column<CatalogRow> = Column::left("transport", "TRANSPORT", |row| {
    Cell::optional(row.transports.first().map(|transport| transport.as_str()))
});
const TRANSPORTS: Column<CatalogRow> =
    Column::left("transports", "TRANSPORTS", |row: &CatalogRow| transports(&row.transports))
        .on_request();
const CONTEXT: Column<CatalogRow> =
    Column::right("contextTokens", "CONTEXT", |row| tokens(row.context_tokens));
const MAX_OUTPUT: Column<CatalogRow> =
    Column::right("maxOutputTokens", "MAX OUT", |row| tokens(row.max_output_tokens));
const INPUT: Column<CatalogRow> =
    Column::right("inputMicrosPerMillion", "IN/M", |row: &CatalogRow| match &row.pricing {
        Some(price) => per_million(price, |p| Some(p.input_micros_per_million)),
        None => Cell::none(),
    });
const OUTPUT: Column<CatalogRow> =
    Column::right("outputMicrosPerMillion", "OUT/M", |row| micros(row.output_micros_per_million));
const CACHED: Column<CatalogRow> =
    Column::right("cachedInputMicrosPerMillion", "CACHED/M", |row| {
        micros(row.cached_input_micros_per_million)
    });
const STATE: Column<CatalogRow> = Column::left("state", "READY", |row| state(row.state));
const REASON: Column<CatalogRow> =
    Column::left("reason", "WHY", |row| Cell::optional(row.reason.as_ref()));
const UPSTREAM: Column<CatalogRow> =
    Column::left("upstream", "UPSTREAM", |row: &CatalogRow| Cell::new(&row.upstream)).on_request();
const CAPABILITIES: Column<CatalogRow> =
    Column::left("capabilities", "CAPABILITIES", |row: &CatalogRow| {
        Cell::new(row.capabilities.join(", "))
    })
    .on_request();

pub const COLUMNS: &[Column<CatalogRow>] = &[
    MODEL,
    PROVIDER,
    TRANSPORT,
    CONTEXT,
    MAX_OUTPUT,
    INPUT,
    CACHED,
    OUTPUT,
    STATE,
    REASON,
    TRANSPORTS,
    UPSTREAM,
    CAPABILITIES,
];

/// The same columns, with fewer of them shown unasked.
const MIDDLE: &[Column<CatalogRow>] = &[
    MODEL,
    TRANSPORT,
    CONTEXT,
    MAX_OUTPUT,
    INPUT,
    CACHED,
    OUTPUT,
    STATE,
    PROVIDER.on_request(),
    REASON.on_request(),
    TRANSPORTS,
    UPSTREAM,
    CAPABILITIES,
];

const NARROW: &[Column<CatalogRow>] = &[
    MODEL,
    TRANSPORT,
    INPUT,
    OUTPUT,
    STATE,
    CONTEXT.on_request(),
    MAX_OUTPUT.on_request(),
    CACHED.on_request(),
    PROVIDER.on_request(),
    REASON.on_request(),
    TRANSPORTS,
    UPSTREAM,
    CAPABILITIES,
];

/// Models, and what to know about the list as a whole.
pub struct CatalogList {
    pub rows: Vec<CatalogRow>,
    pub notes: Vec<String>,
}

impl View for CatalogList {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        if self.rows.is_empty() {
            page.aside("No models.")?;
        } else {
            let (columns, reasons_shown) = match page.width() {
                Some(..100) => (NARROW, false),
                Some(100..160) => (MIDDLE, false),
                _ => (COLUMNS, true),
            };
            page.table(columns, &self.rows)?;
            if !reasons_shown && self.rows.iter().any(|row| !row.is_ready()) {
                page.aside("`--columns model,reason` says why a model is not ready.")?;
            }
        }
        self.notes.iter().try_for_each(|note| page.aside(note))
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.items(COLUMNS, &self.rows)
    }
}

/// One model.
pub struct CatalogDetail {
    pub row: CatalogRow,
    pub notes: Vec<String>,
}

impl View for CatalogDetail {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let row = &self.row;
        let mut fields = vec![
            ("model", Cell::name(&row.model)),
            ("provider", Cell::new(&row.provider)),
            ("upstream", Cell::new(&row.upstream)),
            ("ready", state(row.state)),
        ];
        if let Some(reason) = &row.reason {
            fields.push(("why", Cell::new(reason)));
        }
        fields.extend([
            ("transports", transports(&row.transports)),
            ("capabilities", Cell::new(row.capabilities.join(", "))),
            ("context", exact_tokens(row.context_tokens)),
            ("max output", exact_tokens(row.max_output_tokens)),
        ]);
        fields.extend(price_fields(row));
        page.fields(fields)?;
        self.notes.iter().try_for_each(|note| page.aside(note))
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(&self.row)
    }
}

fn price_fields(row: &CatalogRow) -> Vec<(&'static str, Cell)> {
    let pricing = match &row.pricing {
        Some(Price::Tokens(pricing)) => pricing,
        Some(Price::Characters(price)) => {
            let rate = Micros(price.input_micros_per_million_characters);
            let mut fields = vec![("input", Cell::new(format!("{rate} per million characters")))];
            let most = price.max_input_characters;
            fields.extend(most.map(|most| ("max input", Cell::new(format!("{most} characters")))));
            return fields;
        }
        Some(Price::Unknown(price)) => {
            return vec![("price", Cell::toned(format!("not understood: {price}"), Tone::Warning))];
        }
        None => return vec![("price", Cell::toned("none is known", Tone::Warning))],
    };
    let per_million = |micros: u64| Cell::new(format!("{} per million tokens", Micros(micros)));
    let mut fields = vec![
        ("input", per_million(pricing.input_micros_per_million)),
        ("output", per_million(pricing.output_micros_per_million)),
    ];
    let optional = [
        ("cached input", pricing.cached_input_micros_per_million),
        ("cache write", pricing.cache_write_input_micros_per_million),
        ("cache write 5m", pricing.cache_write_5m_input_micros_per_million),
        ("cache write 1h", pricing.cache_write_1h_input_micros_per_million),
    ];
    let known = optional.into_iter().filter_map(|(name, micros)| Some((name, micros?)));
    fields.extend(known.map(|(name, micros)| (name, per_million(micros))));
    if let Some(long) = &pricing.long_context {
        let text = format!(
            "above {} tokens: {} in, {} out per million",
            long.threshold_input_tokens,
            Micros(long.input_micros_per_million),
            Micros(long.output_micros_per_million)
        );
        fields.push(("long context", Cell::new(text)));
    }
    if !pricing.effective_at.is_empty() {
        fields.push(("prices of", Cell::new(&pricing.effective_at)));
    }
    fields
}

/// A rate in a table. A price that is not for tokens says what it is for, or that it is not
/// understood; programs have it as it came, in the price itself.
pub fn per_million(price: &Price, rate: fn(&Pricing) -> Option<u64>) -> Cell {
    match price {
        Price::Tokens(pricing) => micros(rate(pricing).map(Micros)),
        Price::Characters(price) => {
            let rate = Micros(price.input_micros_per_million_characters);
            Cell::new(format!("{rate}/M characters")).plain("")
        }
        Price::Unknown(_) => Cell::toned("not understood", Tone::Warning).plain(""),
    }
}

/// A short word; the reason has a column of its own.
pub fn state(state: Use) -> Cell {
    let (text, tone, plain) = match state {
        Use::Ready => ("yes", Tone::Good, "ready"),
        Use::NotReady => ("no", Tone::Bad, "notReady"),
        Use::NeedsFixedPrice => ("needs a fixed price", Tone::Warning, "needsFixedPrice"),
        Use::Refused => ("refused", Tone::Bad, "refused"),
        Use::Unknown => ("?", Tone::Warning, "unknown"),
    };
    Cell::toned(text, tone).plain(plain)
}

fn transports(transports: &[Transport]) -> Cell {
    if transports.is_empty() {
        return Cell::none();
    }
    let words: Vec<_> = transports.iter().map(|transport| transport.as_str()).collect();
    Cell::new(words.join(", "))
}

/// Three digits are enough to choose a model by: `1.05M`, `272k`.
pub fn tokens(count: Option<u64>) -> Cell {
    let Some(count) = count else { return Cell::none() };
    let text = match count {
        1_000_000.. => {
            let hundredths = format!("{:02}", count % 1_000_000 / 10_000);
            let digits = format!("{}.{hundredths}", count / 1_000_000);
            format!("{}M", digits.trim_end_matches('0').trim_end_matches('.'))
        }
        1000.. => format!("{}k", count / 1000),
        _ => count.to_string(),
    };
    Cell::new(text).plain(count.to_string())
}

fn exact_tokens(count: Option<u64>) -> Cell {
    count.map_or_else(Cell::none, |count| Cell::new(format!("{count} tokens")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_counts_are_short_for_people_and_exact_for_programs() {
        let check = |count, text: &str, exact: &str| {
            let cell = tokens(count);
            assert_eq!((cell.text.as_str(), cell.csv()), (text, exact));
        };
        check(Some(1_050_000), "1.05M", "1050000");
        check(Some(1_000_000), "1M", "1000000");
        check(Some(10_000_000), "10M", "10000000");
        check(Some(1_048_576), "1.04M", "1048576");
        check(Some(272_000), "272k", "272000");
        check(Some(8192), "8k", "8192");
        check(Some(0), "0", "0");
        check(None, "–", "");
    }

    #[test]
    fn every_width_knows_every_column() {
        let names = |columns: &[Column<CatalogRow>]| {
            let mut names: Vec<_> = columns.iter().map(|column| column.name).collect();
            names.sort_unstable();
            names
        };
        assert_eq!(names(NARROW), names(COLUMNS));
        assert_eq!(names(MIDDLE), names(COLUMNS));
    }
}
