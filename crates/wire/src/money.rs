//! Money: an integer count of micros, a million to the US dollar.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Micros in a dollar.
pub const MICROS_PER_DOLLAR: u64 = 1_000_000;

/// The largest amount that survives a trip through JSON numbers: 2^53 - 1.
pub const MICROS_MAX: u64 = (1 << 53) - 1;

/// A bare integer above this is taken for micros written by mistake.
const BARE_DOLLARS_MAX: u64 = 100_000;

/// An amount of money.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Micros(pub u64);

/// Why a text is not an amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadMoney {
    #[error("an amount is needed, such as `$50` or `12.5usd`")]
    Empty,
    #[error("`{0}` is not an amount of money; write `$50`, `50usd` or `0.75`")]
    Syntax(String),
    #[error("`{0}` is negative; a budget is zero (which blocks) or more")]
    Negative(String),
    #[error("`{0}` has more than six decimals; the router counts in millionths of a dollar")]
    TooFine(String),
    #[error("`{0}` is more than the router can count ($9007199254.740991)")]
    TooLarge(String),
    #[error("`{text}` looks like micros; write `${dollars}` if you mean that, or `${text}`")]
    LooksLikeMicros { text: String, dollars: String },
}

impl Micros {
    pub const ZERO: Self = Self(0);

    /// Reads what an operator types: `$50`, `50usd`, `12.5 USD`, `0.75`.
    pub fn parse(text: &str) -> Result<Self, BadMoney> {
        let typed = text.trim();
        if typed.is_empty() {
            return Err(BadMoney::Empty);
        }
        let (number, marked) = strip_currency(typed);
        if number.starts_with('-') {
            return Err(BadMoney::Negative(typed.to_owned()));
        }
        let syntax = || BadMoney::Syntax(typed.to_owned());
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
            return Err(syntax());
        }
        if number.ends_with('.') {
            return Err(syntax());
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > 6 {
            return Err(BadMoney::TooFine(typed.to_owned()));
        }
        let too_large = || BadMoney::TooLarge(typed.to_owned());
        let dollars: u64 =
            if whole.is_empty() { 0 } else { whole.parse().map_err(|_| too_large())? };
        if !marked && !number.contains('.') && dollars > BARE_DOLLARS_MAX {
            let meant = Self(dollars.min(MICROS_MAX));
            return Err(BadMoney::LooksLikeMicros {
                text: typed.to_owned(),
                dollars: meant.plain(),
            });
        }
        let part: u64 = format!("{fraction:0<6}").parse().map_err(|_| syntax())?;
        let micros = dollars
            .checked_mul(MICROS_PER_DOLLAR)
            .and_then(|micros| micros.checked_add(part))
            .filter(|micros| *micros <= MICROS_MAX)
            .ok_or_else(too_large)?;
        Ok(Self(micros))
    }

    /// The amount without a currency sign and without superfluous zeros: `12.5`.
    pub fn plain(self) -> String {
        let (dollars, part) = (self.0 / MICROS_PER_DOLLAR, self.0 % MICROS_PER_DOLLAR);
        if part == 0 {
            return dollars.to_string();
        }
        let digits = format!("{part:06}");
        format!("{dollars}.{}", digits.trim_end_matches('0'))
    }

    /// The sum, or the largest amount that there is.
    pub fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0).min(MICROS_MAX))
    }

    pub fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

fn strip_currency(typed: &str) -> (&str, bool) {
    if let Some(rest) = typed.strip_prefix('$') {
        return (rest.trim_start(), true);
    }
    // A suffix is compared as bytes first: slicing inside a multi-byte character would panic.
    if let Some(split) = typed.len().checked_sub(3)
        && typed.is_char_boundary(split)
        && typed[split..].eq_ignore_ascii_case("usd")
    {
        return (typed[..split].trim_end(), true);
    }
    (typed, false)
}

/// Shows at least cents, and as many decimals as the amount has: `$50.00`, `$0.000016`.
impl fmt::Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (dollars, part) = (self.0 / MICROS_PER_DOLLAR, self.0 % MICROS_PER_DOLLAR);
        let digits = format!("{part:06}");
        let shown = digits.trim_end_matches('0');
        f.pad(&format!("${dollars}.{shown:0<2}"))
    }
}

impl std::str::FromStr for Micros {
    type Err = BadMoney;
    fn from_str(text: &str) -> Result<Self, BadMoney> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_operators_type_is_understood() {
        let check =
            |text: &str, micros| assert_eq!(Micros::parse(text), Ok(Micros(micros)), "{text}");
        check("$50", 50_000_000);
        check("50usd", 50_000_000);
        check("12.5 USD", 12_500_000);
        check("12.5USD", 12_500_000);
        check("0.75", 750_000);
        check(".5", 500_000);
        check("0", 0);
        check("$0.000001", 1);
        check("1.50000000", 1_500_000);
        check("$9007199254.740991", MICROS_MAX);
        check("100000", 100_000_000_000);
        check("$250000", 250_000_000_000);
    }

    #[test]
    fn what_is_not_money_is_refused_with_the_reason() {
        assert_eq!(Micros::parse(""), Err(BadMoney::Empty));
        assert_eq!(Micros::parse("-1"), Err(BadMoney::Negative("-1".into())));
        assert_eq!(Micros::parse("$-1"), Err(BadMoney::Negative("$-1".into())));
        assert_eq!(Micros::parse("0.0000001"), Err(BadMoney::TooFine("0.0000001".into())));
        for text in ["abc", "1e5", "1,000", "$", "5 eur", "1.2.3", "∞", "usd", "1."] {
            assert!(matches!(Micros::parse(text), Err(BadMoney::Syntax(_))), "{text}");
        }
        for text in ["$9007199254.740992", "$99999999999999999999"] {
            assert!(matches!(Micros::parse(text), Err(BadMoney::TooLarge(_))), "{text}");
        }
    }

    #[test]
    fn micros_typed_by_mistake_are_noticed() {
        let refused = Micros::parse("50000000").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "`50000000` looks like micros; write `$50` if you mean that, or `$50000000`"
        );
    }

    #[test]
    fn amounts_are_shown_to_the_micro() {
        let check = |micros, text| assert_eq!(Micros(micros).to_string(), text);
        check(0, "$0.00");
        check(50_000_000, "$50.00");
        check(16, "$0.000016");
        check(12_500_000, "$12.50");
    }

    proptest! {
        #[test]
        fn any_amount_survives_being_shown_and_typed(micros in 0..=MICROS_MAX) {
            let amount = Micros(micros);
            prop_assert_eq!(Micros::parse(&amount.to_string()), Ok(amount));
            let typed = format!("{}usd", amount.plain());
            prop_assert_eq!(Micros::parse(&typed), Ok(amount));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,24}") {
            let _ = Micros::parse(&text);
        }
    }
}
