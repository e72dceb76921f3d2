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
        for (index, row) in rows.iter().enumerate() {
            if array {
                self.out.write_all(if index == 0 { b"\n  " } else { b",\n  " })?;
            }
            if self.chosen.is_empty() {
                serde_json::to_writer(&mut self.out, row)?;
            } else {
                let value = self.item(columns, row)?;
                serde_json::to_writer(&mut self.out, &value)?;
            }
            if !array {
                self.out.write_all(b"\n")?;
            }
        }
        if array {
            self.out.write_all(if rows.is_empty() { b"]\n" } else { b"\n]\n" })?;
        }
        Ok(())
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
        for row in rows {
            for (index, column) in columns.iter().enumerate() {
                if index > 0 {
                    self.out.write_all(b",")?;
                }
                let cell = (column.cell)(row);
                self.csv_field(cell.csv())?;
            }
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn csv_line(&mut self, fields: &[&str]) -> io::Result<()> {
        for (index, field) in fields.iter().enumerate() {
            if index > 0 {
                self.out.write_all(b",")?;
            }
            self.csv_field(field)?;
        }
        self.out.write_all(b"\n")
    }

    /// Quoted where RFC 4180 asks for it.
    fn csv_field(&mut self, field: &str) -> io::Result<()> {
        if !field.contains([',', '"', '\n', '\r']) {
            return self.out.write_all(field.as_bytes());
        }
        write!(self.out, "\"{}\"", field.replace('"', "\"\""))
    }

    fn yaml<T: Serialize>(&mut self, thing: &T) -> io::Result<()> {
        let text = serde_saphyr::to_string(thing).map_err(io::Error::other)?;
        self.out.write_all(text.as_bytes())?;
        if text.ends_with('\n') { Ok(()) } else { self.out.write_all(b"\n") }
    }
}

fn csv_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
