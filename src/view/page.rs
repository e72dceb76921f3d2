//! What a person sees of a result.

use std::io::{self, Write};

use super::cell::{Cell, Tone, clean};
use super::table::{self, Align, Column, Drawing};

/// A page under way to the terminal, or to a pipe that a person will read.
pub struct Page<'a> {
    out: &'a mut dyn Write,
    /// Where sentences go that are not data, such as "there are none".
    side: &'a mut dyn Write,
    drawing: Drawing,
    chosen: &'a [String],
}

impl<'a> Page<'a> {
    pub(crate) fn new(
        out: &'a mut dyn Write,
        side: &'a mut dyn Write,
        drawing: Drawing,
        chosen: &'a [String],
    ) -> Self {
        Self { out, side, drawing, chosen }
    }

    /// The width to draw in, where there is one.
    pub fn width(&self) -> Option<u16> {
        self.drawing.width
    }

    pub fn table<R>(&mut self, columns: &[Column<R>], rows: &[R]) -> io::Result<()> {
        let shown = choose(columns, self.chosen);
        if !self.chosen.is_empty() {
            return table::draw(self.out, self.drawing, &shown, rows);
        }
        let all: Vec<_> = shown.iter().map(|column| column.name).collect();
        let fitting = table::fitting(self.drawing, shown, rows);
        table::draw(self.out, self.drawing, &fitting, rows)?;
        let left_out = |name: &&&str| fitting.iter().all(|column| column.name != **name);
        let left_out: Vec<&str> = all.iter().filter(left_out).copied().collect();
        if left_out.is_empty() {
            return Ok(());
        }
        self.aside(&no_room(&left_out))
    }

    /// A table that is part of something larger, which `--columns` does not speak of.
    pub fn part<R>(&mut self, columns: &[Column<R>], rows: &[R]) -> io::Result<()> {
        table::draw(self.out, self.drawing, &choose(columns, &[]), rows)
    }

    /// Names and values, one pair a line.
    pub fn fields(&mut self, fields: Vec<(&str, Cell)>) -> io::Result<()> {
        let rows = fields
            .into_iter()
            .map(|(name, cell)| vec![Cell::toned(name, Tone::Faint), cell])
            .collect();
        let drawing = Drawing { header: false, ..self.drawing };
        table::lay_out(self.out, drawing, &[("", Align::Left), ("", Align::Left)], rows)
    }

    /// A line of our own words around values; steering characters are taken out.
    pub fn line(&mut self, text: impl AsRef<str>) -> io::Result<()> {
        writeln!(self.out, "{}", clean(text.as_ref()))
    }

    /// A line with a meaning.
    pub fn toned(&mut self, text: impl AsRef<str>, tone: Tone) -> io::Result<()> {
        let text = clean(text.as_ref());
        if self.drawing.color {
            let style = tone.style();
            writeln!(self.out, "{style}{text}{style:#}")
        } else {
            writeln!(self.out, "{text}")
        }
    }

    pub fn heading(&mut self, text: &str) -> io::Result<()> {
        self.toned(text, Tone::Name)
    }

    pub fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// A sentence that is not data; it goes to stderr.
    pub fn aside(&mut self, text: &str) -> io::Result<()> {
        // Otherwise it would come before the table that it is about.
        self.out.flush()?;
        writeln!(self.side, "{}", clean(text))
    }

    /// Bytes as they are: a script, a man page, an answer that was asked for raw.
    pub fn verbatim(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }
}

/// What is said of columns that were left out.
pub(crate) fn no_room(left_out: &[&str]) -> String {
    format!("No room for `{}`: `--columns` shows them.", left_out.join("`, `"))
}

/// The columns that `--columns` names, in its order, or the usual ones.
pub(super) fn choose<'c, R>(columns: &'c [Column<R>], chosen: &[String]) -> Vec<&'c Column<R>> {
    if chosen.is_empty() {
        return columns.iter().filter(|column| column.default).collect();
    }
    chosen.iter().filter_map(|name| columns.iter().find(|column| column.name == name)).collect()
}
