//! What is wrong with a manifest, where, and how it would be right.

/// A place in one of the files that were read, by the number of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub file: usize,
    /// Counted from one; zero where it is the file as a whole.
    pub line: u32,
    pub column: u32,
}

impl Place {
    pub(super) fn of_file(file: usize) -> Self {
        Self { file, line: 0, column: 0 }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub place: Place,
    pub message: String,
    /// What to write instead, or what to do.
    pub suggestion: Option<String>,
}

impl Problem {
    pub fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into(), suggestion: None }
    }

    #[must_use]
    pub fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }

    /// The same, with what to write where there is something.
    #[must_use]
    pub(super) fn maybe(mut self, suggestion: Option<String>) -> Self {
        self.suggestion = suggestion;
        self
    }
}
