//! Tables for people: columns, alignment, widths.

use std::io::{self, Write};

use comfy_table::{Attribute, CellAlignment, Color, ContentArrangement, Table, presets};

use super::cell::{Cell, Tone};
use super::stream;

/// Up to this many rows a table is laid out as a whole, with wrapped cells. Beyond it the rows are
/// streamed under the widths of the first ones: a layout of 100 000 rows would take half a second
/// and hundreds of megabytes. Where nothing has to be wrapped, both draw the same.
const LAID_OUT_ROWS_MAX: usize = 1000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// A column of rows of type `R`.
pub struct Column<R> {
    /// As in `--columns`, and the heading of CSV.
    pub name: &'static str,
    /// The heading for people.
    pub heading: &'static str,
    pub align: Align,
    /// Shown without being asked for.
    pub default: bool,
    /// Left out where the table would be wider than the terminal.
    pub dispensable: bool,
    /// Sentences, which are as easy to read over several lines.
    pub prose: bool,
    pub cell: fn(&R) -> Cell,
}

impl<R> Column<R> {
    pub const fn left(name: &'static str, heading: &'static str, cell: fn(&R) -> Cell) -> Self {
        Self::new(name, heading, Align::Left, cell)
    }

    pub const fn right(name: &'static str, heading: &'static str, cell: fn(&R) -> Cell) -> Self {
        Self::new(name, heading, Align::Right, cell)
    }

    const fn new(
        name: &'static str,
        heading: &'static str,
        align: Align,
        cell: fn(&R) -> Cell,
    ) -> Self {
        Self { name, heading, align, default: true, dispensable: false, prose: false, cell }
    }

    /// Left out where there is no room for it.
    #[must_use]
    pub const fn where_it_fits(mut self) -> Self {
        self.dispensable = true;
        self
    }

    /// Broken over lines before another column is left out.
    #[must_use]
    pub const fn prose(mut self) -> Self {
        self.prose = true;
        self
    }

    /// Shown only when `--columns` names it.
    #[must_use]
    pub const fn on_request(mut self) -> Self {
        self.default = false;
        self
    }
}

/// What sentences need at least to be read with ease.
const PROSE_WIDTH: usize = 28;

/// The columns for which there is room. Those that are dispensable go, from the right: first where
/// there is nothing in them.
pub(super) fn fitting<'c, R>(
    drawing: Drawing,
    columns: Vec<&'c Column<R>>,
    rows: &[R],
) -> Vec<&'c Column<R>> {
    let Some(room) = drawing.width.map(usize::from) else { return columns };
    let widths: Vec<_> = stream::measure(drawing, &columns, rows)
        .into_iter()
        .zip(&columns)
        .map(|(width, column)| if column.prose { PROSE_WIDTH.min(width) } else { width } + 2)
        .collect();
    let mut total: usize = widths.iter().sum();
    if total <= room + 2 {
        return columns;
    }
    let mut order: Vec<_> = (0..columns.len()).rev().filter(|&i| columns[i].dispensable).collect();
    order.sort_by_cached_key(|&i| !stream::is_blank(columns[i], rows));
    let mut shown = vec![true; columns.len()];
    for index in order {
        if total <= room + 2 {
            break;
        }
        total -= widths[index];
        shown[index] = false;
    }
    columns.into_iter().zip(shown).filter_map(|(column, shown)| shown.then_some(column)).collect()
}

/// How tables are drawn here.
#[derive(Debug, Clone, Copy)]
pub struct Drawing {
    /// Columns of the terminal; `None` where lines may be as long as they like.
    pub width: Option<u16>,
    pub color: bool,
    pub header: bool,
}

/// Draws rows under the chosen columns.
pub(super) fn draw<R>(
    out: &mut dyn Write,
    drawing: Drawing,
    columns: &[&Column<R>],
    rows: &[R],
) -> io::Result<()> {
    let as_long_as_they_like = drawing.width.is_none() && !drawing.color;
    if rows.len() > LAID_OUT_ROWS_MAX || as_long_as_they_like {
        return stream::draw(out, drawing, columns, rows);
    }
    let cells = rows.iter().map(|row| columns.iter().map(|c| (c.cell)(row)).collect()).collect();
    let headings: Vec<_> = columns.iter().map(|c| (c.heading, c.align)).collect();
    lay_out(out, drawing, &headings, cells)
}

/// Draws a table that is known as a whole.
pub(super) fn lay_out(
    out: &mut dyn Write,
    drawing: Drawing,
    headings: &[(&str, Align)],
    rows: Vec<Vec<Cell>>,
) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    match drawing.width {
        Some(width) => {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        }
        None => {
            table.set_content_arrangement(ContentArrangement::Disabled);
        }
    }
    if drawing.color {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    if drawing.header {
        table.set_header(headings.iter().map(|(text, align)| {
            styled(comfy_table::Cell::new(text), Tone::Faint).set_alignment(alignment(*align))
        }));
    }
    for row in rows {
        table.add_row(row.into_iter().zip(headings).map(|(cell, (_, align))| {
            styled(comfy_table::Cell::new_owned(cell.text), cell.tone)
                .set_alignment(alignment(*align))
        }));
    }
    let last = headings.len().saturating_sub(1);
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, if index == last { 0 } else { 2 }));
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn alignment(align: Align) -> CellAlignment {
    match align {
        Align::Left => CellAlignment::Left,
        Align::Right => CellAlignment::Right,
    }
}

fn styled(cell: comfy_table::Cell, tone: Tone) -> comfy_table::Cell {
    match tone {
        Tone::Plain => cell,
        Tone::Good => cell.fg(Color::DarkGreen),
        Tone::Warning => cell.fg(Color::DarkYellow),
        Tone::Bad => cell.fg(Color::DarkRed),
        Tone::Faint => cell.add_attribute(Attribute::Dim),
        Tone::Name => cell.add_attribute(Attribute::Bold),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dispensable_goes_where_there_is_no_room() {
        const COLUMNS: &[Column<&str>] = &[
            Column::left("id", "ID", |row| Cell::new(*row)),
            Column::left("kind", "KIND", |row| Cell::new(*row)).where_it_fits(),
            Column::left("state", "STATE", |row| Cell::new(*row)),
            Column::left("label", "LABEL", |row| Cell::new(*row)).where_it_fits(),
        ];
        let check = |width: Option<u16>, expected: &[&str]| {
            let drawing = Drawing { width, color: false, header: true };
            let shown = fitting(drawing, COLUMNS.iter().collect(), &["twelve chars"]);
            let names: Vec<_> = shown.iter().map(|column| column.name).collect();
            assert_eq!(names, expected, "{width:?}");
        };
        check(None, &["id", "kind", "state", "label"]);
        check(Some(54), &["id", "kind", "state", "label"]);
        check(Some(53), &["id", "kind", "state"]);
        check(Some(39), &["id", "state"]);
        check(Some(5), &["id", "state"]);
    }

    #[test]
    fn a_column_without_a_value_goes_before_one_that_has_some() {
        const COLUMNS: &[Column<Option<&str>>] = &[
            Column::left("id", "ID", |_| Cell::new("twelve chars")),
            Column::left("kind", "KIND", |_| Cell::none()).where_it_fits(),
            Column::left("label", "LABEL", |row| Cell::optional(*row)).where_it_fits(),
        ];
        let check = |row: Option<&'static str>, expected: &[&str]| {
            let drawing = Drawing { width: Some(20), color: false, header: true };
            let shown = fitting(drawing, COLUMNS.iter().collect(), &[None, row]);
            assert_eq!(shown.iter().map(|column| column.name).collect::<Vec<_>>(), expected);
        };
        check(Some("night"), &["id", "label"]);
        check(None, &["id", "kind"]);
        check(Some("nightly"), &["id"]);
    }

    #[test]
    fn sentences_are_broken_before_a_column_goes() {
        const COLUMNS: &[Column<&str>] = &[
            Column::left("id", "ID", |_| Cell::new("twelve chars")),
            Column::left("kind", "KIND", |_| Cell::new("eight ch")).where_it_fits(),
            Column::left("effect", "EFFECT", |row| Cell::new(*row)).prose(),
        ];
        let sentence = "a sentence that takes more than one line where there is no room for it";
        let check = |row: &'static str, width: u16, expected: &[&str]| {
            let drawing = Drawing { width: Some(width), color: false, header: true };
            let shown = fitting(drawing, COLUMNS.iter().collect(), &[row]);
            let names: Vec<_> = shown.iter().map(|column| column.name).collect();
            assert_eq!(names, expected, "{row} {width}");
        };
        check(sentence, 52, &["id", "kind", "effect"]);
        check(sentence, 51, &["id", "effect"]);
        check("short", 30, &["id", "kind", "effect"]);
    }

    #[test]
    fn where_nothing_is_wrapped_both_ways_draw_the_same() {
        const COLUMNS: &[Column<(&str, u32)>] = &[
            Column::left("name", "NAME", |row| Cell::name(row.0)),
            Column::right("count", "COUNT", |row| Cell::new(row.1.to_string())),
            Column::left("note", "NOTE", |row| {
                Cell::optional((row.1 > 9).then_some("日本 – many"))
            }),
        ];
        let columns: Vec<_> = COLUMNS.iter().collect();
        for rows in [&[("alice", 1), ("b", 1_000_000), ("grüße", 12)][..], &[("x", 0)], &[]] {
            for header in [true, false] {
                let drawing = Drawing { width: None, color: false, header };
                let (mut streamed, mut laid_out) = (Vec::new(), Vec::new());
                draw(&mut streamed, drawing, &columns, rows).unwrap();
                let cells = rows.iter().map(|row| columns.iter().map(|c| (c.cell)(row)).collect());
                let headings: Vec<_> = columns.iter().map(|c| (c.heading, c.align)).collect();
                lay_out(&mut laid_out, drawing, &headings, cells.collect()).unwrap();
                let text = |bytes| String::from_utf8(bytes).unwrap();
                assert_eq!(text(streamed), text(laid_out));
            }
        }
    }
}
