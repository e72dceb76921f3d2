//! A line on a terminal that says how far something has come, and is overwritten.

use std::cell::Cell;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use crate::view::cell::clean;

/// More often than this nobody can read it.
const REDRAW: Duration = Duration::from_millis(50);

const BAR_CHARS: usize = 24;

pub(super) struct Progress {
    is_seen: bool,
    drawn: Cell<Option<Instant>>,
}

impl Progress {
    pub(super) fn new(is_seen: bool) -> Self {
        Self { is_seen, drawn: Cell::new(None) }
    }

    pub(super) fn show(&self, text: &str) {
        if self.is_seen {
            self.draw(text);
        }
    }

    pub(super) fn bar(&self, done: usize, of: usize, what: &str) {
        let is_recent = self.drawn.get().is_some_and(|at| at.elapsed() < REDRAW);
        if !self.is_seen || is_recent && done < of {
            return;
        }
        self.draw(&bar(done, of, what));
    }

    /// Before anything else is written there.
    pub(super) fn clear(&self) {
        if self.drawn.take().is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }

    fn draw(&self, text: &str) {
        let width = terminal_size::terminal_size_of(io::stderr()).map_or(80, |(width, _)| width.0);
        let text: String = clean(text).chars().take(usize::from(width).saturating_sub(1)).collect();
        let mut err = io::stderr().lock();
        // There is nobody left to tell if stderr is gone.
        let _ = write!(err, "\r\x1b[K{text}").and_then(|()| err.flush());
        self.drawn.set(Some(Instant::now()));
    }
}

fn bar(done: usize, of: usize, what: &str) -> String {
    let full = (done * BAR_CHARS).checked_div(of).unwrap_or(BAR_CHARS).min(BAR_CHARS);
    let (full, rest) = ("━".repeat(full), "─".repeat(BAR_CHARS - full));
    format!("{full}{rest} {done}/{of} {what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_full_as_it_should_be() {
        assert!(bar(0, 10, "keys").starts_with('─'));
        assert!(bar(10, 10, "keys").contains("━ 10/10 keys"));
        assert_eq!(bar(1, 3, "keys").matches('━').count(), 8);
        assert!(bar(0, 0, "keys").contains("0/0"));
    }
}
