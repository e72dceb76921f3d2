//! One value in a table: what is shown, and what it means.

use std::borrow::Cow;

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// The meaning of a cell. Colour follows from it, and never stands alone: the text says it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Plain,
    /// As it should be.
    Good,
    /// Worth a look.
    Warning,
    /// Wrong, blocked or off.
    Bad,
    /// There is nothing, or it does not matter.
    Faint,
    /// The name of the row.
    Name,
}

impl Tone {
    pub fn style(self) -> Style {
        match self {
            Self::Plain => Style::new(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Warning => AnsiColor::Yellow.on_default(),
            Self::Bad => AnsiColor::Red.on_default(),
            Self::Faint => Style::new().dimmed(),
            Self::Name => Style::new().bold(),
        }
    }
}

/// One value in a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub text: String,
    pub tone: Tone,
    /// What CSV gets instead, such as a number without its sign.
    pub plain: Option<String>,
}

impl Cell {
    pub fn new(text: impl AsRef<str>) -> Self {
        Self { text: clean(text.as_ref()).into_owned(), tone: Tone::Plain, plain: None }
    }

    pub fn toned(text: impl AsRef<str>, tone: Tone) -> Self {
        Self { tone, ..Self::new(text) }
    }

    /// The name of the row.
    pub fn name(text: impl AsRef<str>) -> Self {
        Self::toned(text, Tone::Name)
    }

    /// A value that is not there.
    pub fn none() -> Self {
        Self { plain: Some(String::new()), ..Self::toned("–", Tone::Faint) }
    }

    pub fn optional(text: Option<impl AsRef<str>>) -> Self {
        text.map_or_else(Self::none, Self::new)
    }

    #[must_use]
    pub fn plain(mut self, plain: impl Into<String>) -> Self {
        self.plain = Some(plain.into());
        self
    }

    /// No wider than this on a terminal; what is missing is marked.
    #[must_use]
    pub(super) fn cut(mut self, width: usize) -> Self {
        if self.text.width() <= width {
            return self;
        }
        let room = width.saturating_sub(1);
        let mut taken = 0;
        let fits = |c: &char| {
            taken += c.width().unwrap_or(0);
            taken <= room
        };
        self.text = self.text.chars().take_while(fits).chain(['…']).collect();
        self
    }

    /// What a CSV field holds.
    pub fn csv(&self) -> &str {
        self.plain.as_deref().unwrap_or(&self.text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

/// Takes out what could steer a terminal: control characters, and the marks that turn text around.
///
/// A name that a router sends may have been chosen by anybody.
pub fn clean(text: &str) -> Cow<'_, str> {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if steers(c) { '\u{fffd}' } else { c }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_cell_steers_the_terminal() {
        let evil = "a\x1b[2Jb\u{202e}c\nd\x07";
        assert_eq!(Cell::new(evil).text, "a\u{fffd}[2Jb\u{fffd}c\u{fffd}d\u{fffd}");
        assert!(matches!(clean("plain — ∞"), Cow::Borrowed(_)));
    }
}
