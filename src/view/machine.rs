//! What a program gets: JSON, JSON lines, CSV or YAML.
//!
//! Field names and meanings are a promise, described in `docs/output.md` under one version.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use super::page::choose;
use super::table::Column;

/// The version of all machine-readable output. It grows when a field goes or changes its meaning;
/// new fields may appear at any time.
pub const OUTPUT_VERSION: u32 = 1;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Json,
    JsonLines,
    Csv,
    Yaml,
}

/// Output for a program under way.
pub struct Machine<'a> {
    out: &'a mut dyn Write,
    format: Format,
    header: bool,
    chosen: &'a [String],
}

impl<'a> Machine<'a> {
    pub(crate) fn new(
        out: &'a mut dyn Write,
        format: Format,
        header: bool,
        chosen: &'a [String],
    ) -> Self {
        Self { out, format, header, chosen }
    }

    pub fn format(&self) -> Format {
        self.format
    }

    /// A list: a JSON array, a JSON object a line, CSV rows, or a YAML sequence.
    pub fn items<R: Serialize>(&mut self, columns: &[Column<R>], rows: &[R]) -> io::Result<()> {
        match self.format {
            Format::Csv => return self.csv_rows(columns, rows),
            Format::Yaml => {
                let values: Vec<Value> =
                    rows.iter().map(|row| self.item(columns, row)).collect::<io::Result<_>>()?;
                return self.yaml(&values);
            }
            Format::Json | Format::JsonLines => {}
        }
        let array = self.format == Format::Json;
        if array {
            self.out.write_all(b"[")?;
        }
        // A row is put together before it is written: `out` takes few long pieces much faster than
        // many short ones.
        let mut text = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            text.clear();
            if array {
                text.extend_from_slice(if index == 0 { b"\n  " } else { b",\n  " });
            }
            if self.chosen.is_empty() {
                serde_json::to_writer(&mut text, row)?;
            } else {
                let value = self.item(columns, row)?;
                serde_json::to_writer(&mut text, &value)?;
            }
            if !array {
                text.push(b'\n');
            }
            self.out.write_all(&text)?;
        }
        if array {
            self.out.write_all(if rows.is_empty() { b"]\n" } else { b"\n]\n" })?;
        }
        Ok(())
    }

    /// The same rows as values, with only the columns that were asked for: a list that is part of
    /// something larger.
    pub fn picked<R: Serialize>(
        &self,
        columns: &[Column<R>],
        rows: &[R],
    ) -> io::Result<Vec<Value>> {
        rows.iter().map(|row| self.item(columns, row)).collect()
    }

    /// One thing: a JSON object, one row of CSV, or a YAML mapping.
    pub fn one<T: Serialize>(&mut self, thing: &T) -> io::Result<()> {
        match self.format {
            Format::Json => {
                serde_json::to_writer_pretty(&mut self.out, thing)?;
                self.out.write_all(b"\n")
            }
            Format::JsonLines => {
                serde_json::to_writer(&mut self.out, thing)?;
                self.out.write_all(b"\n")
            }
            Format::Yaml => {
                let value = serde_json::to_value(thing)?;
                self.yaml(&value)
            }
            Format::Csv => {
                let Value::Object(members) = serde_json::to_value(thing)? else {
                    return Err(io::Error::other("only rows and objects can be written as CSV"));
                };
                if self.header {
                    let names: Vec<_> = members.keys().map(String::as_str).collect();
                    self.csv_line(&names)?;
                }
                let fields: Vec<_> = members.values().map(csv_text).collect();
                self.csv_line(&fields.iter().map(String::as_str).collect::<Vec<_>>())
            }
        }
    }

    /// Bytes as they are: an answer that is JSON already.
    pub fn verbatim(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }

    fn item<R: Serialize>(&self, columns: &[Column<R>], row: &R) -> io::Result<Value> {
        let value = serde_json::to_value(row)?;
        if self.chosen.is_empty() {
            return Ok(value);
        }
        let picked: Map<String, Value> = choose(columns, self.chosen)
            .into_iter()
            .map(|column| {
                let member = value.get(column.name).cloned();
                let shown = || Value::from((column.cell)(row).csv());
                (column.name.to_owned(), member.unwrap_or_else(shown))
            })
            .collect();
        Ok(Value::Object(picked))
    }

    fn csv_rows<R>(&mut self, columns: &[Column<R>], rows: &[R]) -> io::Result<()> {
        // A program gets every column unless it names some.
        let columns = if self.chosen.is_empty() {
            columns.iter().collect()
        } else {
            choose(columns, self.chosen)
        };
        if self.header {
            let names: Vec<_> = columns.iter().map(|column| column.name).collect();
            self.csv_line(&names)?;
        }
        let mut line = String::new();
        for row in rows {
            line.clear();
            for column in &columns {
                csv_field(&mut line, (column.cell)(row).csv());
            }
            self.csv_end(&mut line)?;
        }
        Ok(())
    }

    fn csv_line(&mut self, fields: &[&str]) -> io::Result<()> {
        let mut line = String::new();
        fields.iter().for_each(|field| csv_field(&mut line, field));
        self.csv_end(&mut line)
    }

    /// Writes a line whose fields all have their comma.
    fn csv_end(&mut self, line: &mut String) -> io::Result<()> {
        line.pop();
        line.push('\n');
        self.out.write_all(line.as_bytes())
    }

    fn yaml<T: Serialize>(&mut self, thing: &T) -> io::Result<()> {
        let text = serde_saphyr::to_string(thing).map_err(io::Error::other)?;
        self.out.write_all(text.as_bytes())?;
        if text.ends_with('\n') { Ok(()) } else { self.out.write_all(b"\n") }
    }
}

/// Adds a field and a comma, quoted where RFC 4180 asks for it.
fn csv_field(line: &mut String, field: &str) {
    let guard = if is_formula(field) { "'" } else { "" };
    if field.contains([',', '"', '\n', '\r']) {
        line.push('"');
        line.push_str(guard);
        line.push_str(&field.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(guard);
        line.push_str(field);
    }
    line.push(',');
}

/// Would a spreadsheet run this field instead of showing it? A label or the name of a client may
/// have been chosen by anybody. A number is none, also with a minus sign.
fn is_formula(field: &str) -> bool {
    field.starts_with(['=', '+', '-', '@', '\t', '\r'])
        && serde_json::from_str::<serde_json::Number>(field).is_err()
}

fn csv_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn field(text: &str) -> String {
        let mut line = String::new();
        csv_field(&mut line, text);
        line
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        for (text, written) in [
            ("=1+1", "'=1+1,"),
            ("+1", "'+1,"),
            ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0,"),
            ("@SUM(A1,A2)", "\"'@SUM(A1,A2)\","),
            ("\t=1", "'\t=1,"),
            ("\r=1", "\"'\r=1\","),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\","),
            ("-", "'-,"),
            ("-1+cmd", "'-1+cmd,"),
            ("alice", "alice,"),
            ("a=b", "a=b,"),
            ("", ","),
        ] {
            assert_eq!(field(text), written, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn numbers_are_written_as_they_are(whole: i64, part in -1e9..1e9_f64) {
            prop_assert_eq!(field(&whole.to_string()), format!("{whole},"));
            prop_assert_eq!(field(&part.to_string()), format!("{part},"));
        }

        #[test]
        fn no_text_begins_as_a_formula(text in "[=+@\t\r-]?[ !#-~\t\r]{0,12}") {
            let written = field(&text);
            let begins = written.trim_start_matches('"');
            let is_number = serde_json::from_str::<serde_json::Number>(&text).is_ok();
            prop_assert!(is_number || !begins.starts_with(['=', '+', '-', '@', '\t', '\r']));
        }
    }
}
