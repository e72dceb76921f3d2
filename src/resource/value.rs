//! Values as a manifest says them, from and to the types that edits and resources hold.
//!
//! A value that is read here was checked against its kind before.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::change::{Change, SetEdit};
use clawctl_wire::money::Micros;

pub fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// A text, or null to take it away.
pub fn clearable(value: &Value) -> Change<String> {
    text(value).map_or(Change::Clear, Change::Set)
}

/// An amount, or `none`.
pub fn amount(value: &Value) -> Change<Micros> {
    match value.as_str().map(Micros::parse) {
        Some(Ok(amount)) => Change::Set(amount),
        _ => Change::Clear,
    }
}

pub fn texts(value: &Value) -> Option<Vec<String>> {
    Some(value.as_array()?.iter().filter_map(text).collect())
}

/// All of them, in whatever order.
pub fn set(value: &Value) -> SetEdit {
    texts(value).map_or_else(SetEdit::default, SetEdit::only)
}

pub fn money(amount: Option<Micros>) -> Value {
    amount.map_or_else(|| json!("none"), |amount| json!(format!("${}", amount.plain())))
}

/// A time in whole seconds. A day means its end, in UTC.
pub fn moment(text: &str) -> Option<Timestamp> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Timestamp::from_second(at.as_second()).ok();
    }
    let next = text.parse::<Date>().ok()?.tomorrow().ok()?;
    Some(next.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

pub fn time(at: Option<Timestamp>) -> Value {
    at.map_or_else(|| json!("never"), |at| json!(at.to_string()))
}
