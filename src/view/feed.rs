//! Rows that come little by little: page after page of a long list, or events as they happen.
//!
//! Nothing is kept of what was written, so the length of a feed costs no memory.

use std::io::{self, Write};

use serde::Serialize;

use super::machine::{Format, Machine};
use super::page::choose;
use super::stream;
use super::table::{self, Column, Drawing};

/// The room of a column, by its name, when its rows are still to come.
#[derive(Debug, Clone, Copy, Default)]
pub struct Room {
    pub usual: usize,
    /// Whether what the terminal has left over is of use to it.
    pub grows: bool,
}

/// A list under way.
pub struct Feed<R: 'static> {
    columns: &'static [Column<R>],
    /// The member of an object that the rows stand in; without it they are the whole answer.
    member: Option<&'static str>,
    /// How wide the columns of a table are where nothing can be measured.
    live: Option<fn(&str) -> Room>,
    /// Are columns left out for which there is no room? Their names, once that is known.
    fitted: Option<Vec<&'static str>>,
    widths: Vec<usize>,
    begun: bool,
    /// A row of JSON that waits to know whether another one follows.
    waiting: Option<Vec<u8>>,
}

impl<R: Serialize> Feed<R> {
    pub fn new(columns: &'static [Column<R>]) -> Self {
        let (member, live, fitted) = (None, None, None);
        Self { columns, member, live, fitted, widths: vec![], begun: false, waiting: None }
    }

    /// Puts the rows into an object, for JSON and YAML, in which more can be said at the end.
    #[must_use]
    pub fn within(mut self, member: &'static str) -> Self {
        self.member = Some(member);
        self
    }

    /// For rows that come one by one: there is nothing to measure when the first is drawn. On a
    /// terminal the columns then stay where they are, and words that are too long for theirs are
    /// cut.
    #[must_use]
    pub fn live(mut self, room: fn(&str) -> Room) -> Self {
        self.live = Some(room);
        self
    }

    /// Leaves columns out for which the terminal has no room beside the first rows, as a table does
    /// that is drawn at once.
    #[must_use]
    pub fn fitted(mut self) -> Self {
        self.fitted = Some(Vec::new());
        self
    }

    /// The columns that were left out.
    pub(crate) fn left_out(&self) -> &[&'static str] {
        self.fitted.as_deref().unwrap_or_default()
    }

    pub(crate) fn rows(
        &mut self,
        out: &mut dyn Write,
        format: Option<Format>,
        drawing: Drawing,
        chosen: &[String],
        rows: &[R],
    ) -> io::Result<()> {
        let first = !std::mem::replace(&mut self.begun, true);
        match format {
            None => self.table(out, drawing, chosen, rows, first),
            Some(format @ Format::Csv) => {
                let header = drawing.header && first;
                Machine::new(out, format, header, chosen).items(self.columns, rows)
            }
            Some(format @ Format::JsonLines) => {
                Machine::new(out, format, false, chosen).items(self.columns, rows)
            }
            Some(Format::Json) => self.json(out, chosen, rows, first),
            Some(Format::Yaml) => {
                if let Some(member) = self.member.filter(|_| first) {
                    writeln!(out, "{member}:")?;
                }
                if rows.is_empty() {
                    return Ok(());
                }
                // Items of a sequence, one after the other, are a sequence.
                Machine::new(out, Format::Yaml, false, chosen).items(self.columns, rows)
            }
        }
    }

    pub(crate) fn end(
        mut self,
        out: &mut dyn Write,
        format: Option<Format>,
        drawing: Drawing,
        chosen: &[String],
        foot: &impl Serialize,
    ) -> io::Result<()> {
        self.rows(out, format, drawing, chosen, &[])?;
        match (format, self.member) {
            (Some(Format::Json), member) => {
                self.release(out, "")?;
                out.write_all(b"]")?;
                if member.is_some() {
                    let foot = serde_json::to_string(foot)?;
                    let members = foot.trim_start_matches('{');
                    write!(out, ",\n{members}")?;
                }
                writeln!(out)
            }
            (Some(format @ Format::Yaml), Some(_)) => {
                Machine::new(out, format, false, &[]).one(foot)
            }
            _ => Ok(()),
        }
    }

    fn table(
        &mut self,
        out: &mut dyn Write,
        drawing: Drawing,
        chosen: &[String],
        rows: &[R],
        first: bool,
    ) -> io::Result<()> {
        let mut columns = choose(self.columns, chosen);
        if let Some(left_out) = self.fitted.as_mut().filter(|_| chosen.is_empty()) {
            if first {
                let all: Vec<_> = columns.iter().map(|column| column.name).collect();
                columns = table::fitting(drawing, columns, rows);
                let is_out = |name: &&str| columns.iter().all(|column| column.name != *name);
                *left_out = all.into_iter().filter(is_out).collect();
            } else {
                columns.retain(|column| !left_out.contains(&column.name));
            }
        }
        let room =
            |room: fn(&str) -> Room| columns.iter().map(|c| room(c.name)).collect::<Vec<_>>();
        let rooms = self.live.map(room);
        if first {
            self.widths = stream::measure(drawing, &columns, rows);
            if let Some(rooms) = &rooms {
                for (width, room) in self.widths.iter_mut().zip(rooms) {
                    *width = room.usual.max(*width);
                }
                if let Some(all) = drawing.width {
                    stream::fit(&mut self.widths, rooms, all.into());
                }
            }
            if drawing.header {
                stream::draw_header(out, drawing, &columns, &self.widths)?;
            }
        }
        match (rooms, drawing.width) {
            (Some(rooms), Some(_)) => {
                stream::draw_cut(out, drawing, &columns, &self.widths, &rooms, rows)
            }
            _ => stream::draw_rows(out, drawing, &columns, &self.widths, rows),
        }
    }

    fn json(
        &mut self,
        out: &mut dyn Write,
        chosen: &[String],
        rows: &[R],
        first: bool,
    ) -> io::Result<()> {
        if first {
            match self.member {
                Some(member) => writeln!(out, "{{\"{member}\": [")?,
                None => writeln!(out, "[")?,
            }
        }
        for row in rows {
            let mut text = Vec::new();
            let mut machine = Machine::new(&mut text, Format::JsonLines, false, chosen);
            machine.items(self.columns, std::slice::from_ref(row))?;
            text.pop();
            self.release(out, ",")?;
            self.waiting = Some(text);
        }
        Ok(())
    }

    /// Writes the row that waited. Every piece that is written ends with its line.
    fn release(&mut self, out: &mut dyn Write, end: &str) -> io::Result<()> {
        let Some(text) = self.waiting.take() else { return Ok(()) };
        out.write_all(b"  ")?;
        out.write_all(&text)?;
        writeln!(out, "{end}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::view::Cell;

    const COLUMNS: &[Column<Value>] = &[
        Column::left("id", "ID", |row| Cell::new(row["id"].as_str().unwrap_or(""))),
        Column::right("n", "N", |row| Cell::new(row["n"].to_string())),
    ];

    fn fed(format: Option<Format>, member: bool, chosen: &[&str], batches: &[usize]) -> String {
        let drawing = Drawing { width: None, color: false, header: true };
        let chosen: Vec<String> = chosen.iter().map(|name| (*name).to_owned()).collect();
        let mut feed = Feed::new(COLUMNS);
        if member {
            feed = feed.within("rows");
        }
        let mut out = Vec::new();
        let mut n = 0;
        for size in batches {
            let rows: Vec<Value> = (n..n + size)
                .map(|n| json!({"id": format!("row{n}"), "n": n, "more": [n]}))
                .collect();
            n += size;
            feed.rows(&mut out, format, drawing, &chosen, &rows).unwrap();
        }
        feed.end(&mut out, format, drawing, &chosen, &json!({"count": n})).unwrap();
        String::from_utf8(out).unwrap()
    }

    const BATCHES: [&[usize]; 4] = [&[], &[0], &[1], &[2, 0, 1, 3]];

    #[test]
    fn however_the_rows_come_the_list_is_whole() {
        for batches in BATCHES {
            let count: usize = batches.iter().sum();
            let json = |member| -> Value {
                serde_json::from_str(&fed(Some(Format::Json), member, &[], batches)).unwrap()
            };
            let rows = json(false);
            assert_eq!(rows.as_array().unwrap().len(), count);
            assert_eq!(json(true), json!({"rows": rows, "count": count}));
            let text = fed(Some(Format::JsonLines), true, &[], batches);
            let lines: Vec<Value> =
                text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert_eq!(json!(lines), rows);
            assert_eq!(fed(Some(Format::Csv), true, &[], batches).lines().count(), count + 1);
            assert_eq!(fed(None, true, &[], batches).lines().count(), count + 1);
            let yaml = fed(Some(Format::Yaml), true, &[], batches);
            let yaml: Value = serde_saphyr::from_str(&yaml).unwrap();
            assert_eq!(yaml["count"], count);
            assert_eq!(yaml["rows"].as_array().map_or(0, Vec::len), count);
        }
    }

    #[test]
    fn columns_are_chosen_in_every_format() {
        let lines = fed(Some(Format::JsonLines), true, &["n"], &[2]);
        assert_eq!(lines, "{\"n\":0}\n{\"n\":1}\n");
        assert_eq!(fed(Some(Format::Csv), true, &["n", "id"], &[1, 1]), "n,id\n0,row0\n1,row1\n");
        assert_eq!(fed(None, true, &["id"], &[1]), "ID\nrow0\n");
    }

    #[test]
    fn a_column_without_room_is_left_out_of_all_rows() {
        const COLUMNS: &[Column<Value>] = &[
            Column::left("id", "ID", |row| Cell::new(row["id"].as_str().unwrap_or(""))),
            Column::left("note", "NOTE", |_| Cell::new("a note of some length")).where_it_fits(),
        ];
        let drawing = Drawing { width: Some(12), color: false, header: true };
        let mut feed = Feed::new(COLUMNS).fitted();
        let mut out = Vec::new();
        for id in ["first", "second"] {
            feed.rows(&mut out, None, drawing, &[], &[json!({ "id": id })]).unwrap();
        }
        assert_eq!(feed.left_out(), ["note"]);
        assert_eq!(String::from_utf8(out).unwrap(), "ID\nfirst\nsecond\n");
    }

    #[test]
    fn columns_are_as_wide_as_is_usual() {
        let drawing = Drawing { width: None, color: false, header: true };
        let mut feed = Feed::new(COLUMNS).live(|name| {
            let usual = if name == "id" { 6 } else { 0 };
            Room { usual, grows: false }
        });
        let mut out = Vec::new();
        let mut draw = |rows: &[Value]| feed.rows(&mut out, None, drawing, &[], rows).unwrap();
        draw(&[]);
        draw(&[json!({"id": "a", "n": 1})]);
        draw(&[json!({"id": "longer than that", "n": 2})]);
        assert_eq!(String::from_utf8(out).unwrap(), "ID      N\na       1\nlonger than that  2\n");
    }
}
