//! Long tables: padded columns, row by row, in memory that does not grow with the rows.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::cell::{Cell, Tone};
use super::table::{Align, Column, Drawing};

/// The widths are those of the first rows; a wider cell further down pushes its line out.
const MEASURED_ROWS: usize = 1000;
const GAP: &str = "  ";

pub(super) fn draw<R>(
    out: &mut dyn Write,
    drawing: Drawing,
    columns: &[&Column<R>],
    rows: &[R],
) -> io::Result<()> {
    let widths = measure(drawing, columns, rows);
    if drawing.header {
        draw_header(out, drawing, columns, &widths)?;
    }
    draw_rows(out, drawing, columns, &widths, rows)
}

/// How wide each column has to be for the first rows and its heading.
pub(super) fn measure<R>(drawing: Drawing, columns: &[&Column<R>], rows: &[R]) -> Vec<usize> {
    let width = |column: &&Column<R>| {
        let cells = rows.iter().take(MEASURED_ROWS).map(|row| (column.cell)(row).text.width());
        let heading = if drawing.header { column.heading.width() } else { 0 };
        cells.chain([heading]).max().unwrap_or(0)
    };
    columns.iter().map(width).collect()
}

pub(super) fn draw_header<R>(
    out: &mut dyn Write,
    drawing: Drawing,
    columns: &[&Column<R>],
    widths: &[usize],
) -> io::Result<()> {
    let headings = columns.iter().map(|c| Cell::toned(c.heading, Tone::Faint));
    write_line(out, &mut String::new(), drawing, columns, widths, headings)
}

pub(super) fn draw_rows<R>(
    out: &mut dyn Write,
    drawing: Drawing,
    columns: &[&Column<R>],
    widths: &[usize],
    rows: &[R],
) -> io::Result<()> {
    let mut line = String::new();
    for row in rows {
        let cells = columns.iter().map(|column| (column.cell)(row));
        write_line(out, &mut line, drawing, columns, widths, cells)?;
    }
    Ok(())
}

fn write_line<R>(
    out: &mut dyn Write,
    line: &mut String,
    drawing: Drawing,
    columns: &[&Column<R>],
    widths: &[usize],
    cells: impl Iterator<Item = Cell>,
) -> io::Result<()> {
    line.clear();
    for (index, (cell, (column, width))) in cells.zip(columns.iter().zip(widths)).enumerate() {
        if index > 0 {
            line.push_str(GAP);
        }
        let pad = width.saturating_sub(cell.text.width());
        let spaces = |line: &mut String| line.extend(std::iter::repeat_n(' ', pad));
        if column.align == Align::Right {
            spaces(line);
        }
        if drawing.color && cell.tone != Tone::Plain {
            let style = cell.tone.style();
            line.push_str(&format!("{style}{}{style:#}", cell.text));
        } else {
            line.push_str(&cell.text);
        }
        if column.align == Align::Left {
            spaces(line);
        }
    }
    writeln!(out, "{}", line.trim_end())
}
