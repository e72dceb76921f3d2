//! Extension `list.pages`: a long list in parts.
//!
//! `GET …?after=ID&limit=N` answers with at most N rows whose ids are greater than ID, and with
//! `next`, the id to go on after, unless the list ends there. The first page is behind the empty
//! id. A page may hold fewer rows than were asked for. Without `after` the answer is the whole list.

/// The parameter for the most rows of a page; ignored without [`AFTER`].
pub const LIMIT: &str = "limit";

/// The parameter for the id behind which a page begins.
pub const AFTER: &str = "after";

/// The most rows that can be asked for, and how many come where nothing is said.
pub const PAGE_ROWS_MAX: usize = 1000;
