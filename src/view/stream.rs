//! Long tables: padded columns, row by row, in memory that does not grow with the rows.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::cell::{Cell, Tone};
use super::feed::Room;
use super::table::{Align, Column, Drawing};

/// The widths are those of the first rows; a wider cell further down pushes its line out.
const MEASURED_ROWS: usize = 1000;
const GAP: &str = "  ";
/// Of a word, so much is always shown: less says nothing.
const WORD_WIDTH_MIN: usize = 8;

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

/// Is there nothing in the first rows of a column?
pub(super) fn is_blank<R>(column: &Column<R>, rows: &[R]) -> bool {
    rows.iter().take(MEASURED_ROWS).all(|row| (column.cell)(row) == Cell::none())
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

/// As [`draw_rows`], with what stands in a column that grows cut to its width. The others never are:
/// what is left of a number would be another.
pub(super) fn draw_cut<R>(
    out: &mut dyn Write,
    drawing: Drawing,
    columns: &[&Column<R>],
    widths: &[usize],
    rooms: &[Room],
    rows: &[R],
) -> io::Result<()> {
    let mut line = String::new();
    for row in rows {
        let places = columns.iter().zip(widths).zip(rooms);
        let cells = places.map(|((column, width), room)| {
            let cell = (column.cell)(row);
            if room.grows { cell.cut(*width) } else { cell }
        });
        write_line(out, &mut line, drawing, columns, widths, cells)?;
    }
    Ok(())
}

/// Makes columns as wide as the terminal has room for: those that grow take what is left over, or
/// give up what there is not.
pub(super) fn fit(widths: &mut [usize], rooms: &[Room], all: usize) {
    let gaps = GAP.len() * widths.len().saturating_sub(1);
    let needed = |widths: &[usize]| widths.iter().sum::<usize>() + gaps;
    let growing = rooms.iter().filter(|room| room.grows).count();
    let spare = all.saturating_sub(needed(widths)).checked_div(growing).unwrap_or(0);
    for (width, _) in widths.iter_mut().zip(rooms).filter(|(_, room)| room.grows) {
        *width += spare;
    }
    while needed(widths) > all {
        let words = widths.iter_mut().zip(rooms).filter(|(_, room)| room.grows);
        let widest = words.map(|(width, _)| width).max().filter(|width| **width > WORD_WIDTH_MIN);
        let Some(widest) = widest else { break };
        *widest -= 1;
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column<(&str, &str)>] = &[
        Column::left("status", "STATUS", |_| Cell::new("success")),
        Column::left("policy", "POLICY", |row| Cell::new(row.0)),
        Column::right("cost", "COST", |row| Cell::new(row.1)),
    ];
    const ROOMS: [Room; 3] = [
        Room { usual: 7, grows: false },
        Room { usual: 10, grows: true },
        Room { usual: 5, grows: false },
    ];

    fn drawn(all: u16, rows: &[(&'static str, &'static str)]) -> String {
        let drawing = Drawing { width: Some(all), color: false, header: true };
        let columns: Vec<_> = COLUMNS.iter().collect();
        let mut widths: Vec<_> = ROOMS.iter().map(|room| room.usual).collect();
        fit(&mut widths, &ROOMS, all.into());
        let mut out = Vec::new();
        draw_cut(&mut out, drawing, &columns, &widths, &ROOMS, rows).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_of_a_terminal_stay_where_they_are() {
        let rows = [
            ("short", "$0.10"),
            ("an_id_that_is_rather_long", "$0.20"),
            ("日本語日本語日本", "$3"),
        ];
        let narrow =
            "success  short       $0.10\nsuccess  an_id_tha…  $0.20\nsuccess  日本語日…      $3\n";
        assert_eq!(drawn(26, &rows), narrow);
        assert!(drawn(60, &rows).contains("an_id_that_is_rather_long"));
        // Narrower than it can be, it is as narrow as words may be, and numbers are whole.
        let row = [("an_id_that_is_rather_long", "$1234.567890")];
        assert_eq!(drawn(10, &row), "success  an_id_t…  $1234.567890\n");
    }
}
