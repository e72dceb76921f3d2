//! A list that is shown while it is read, so that its length costs no memory.

use clap::Args;
use serde::Serialize;

use crate::client::rows::{Row, Rows};
use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::view::{Column, Feed, List, Nothing};

/// Which of what can be disabled is listed.
#[derive(Debug, Args)]
pub(super) struct StateFlags {
    /// Only those that are switched on
    #[arg(long)]
    enabled: bool,

    /// Only those that are switched off
    #[arg(long, conflicts_with = "enabled")]
    disabled: bool,
}

impl StateFlags {
    pub(super) fn takes(&self, is_enabled: bool) -> bool {
        if is_enabled { !self.disabled } else { !self.enabled }
    }
}

/// Up to this many rows are one table whose columns fit all of them. More are shown as they come.
const SHOWN_AT_ONCE: usize = 1000;

/// Rows on their way to stdout.
pub(in crate::commands) struct Listing<'c, R: 'static> {
    ctx: &'c Ctx,
    columns: &'static [Column<R>],
    rows: Vec<R>,
    feed: Option<Feed<R>>,
}

impl<'c, R: Serialize> Listing<'c, R> {
    pub(in crate::commands) fn new(ctx: &'c Ctx, columns: &'static [Column<R>]) -> Self {
        Self { ctx, columns, rows: Vec::new(), feed: None }
    }

    pub(in crate::commands) fn push(&mut self, row: R) -> Result<()> {
        self.rows.push(row);
        if self.rows.len() > SHOWN_AT_ONCE {
            let feed = self.feed.get_or_insert_with(|| Feed::new(self.columns).fitted());
            self.ctx.ui.feed(feed, &self.rows)?;
            self.rows.clear();
        }
        Ok(())
    }

    /// Shows what is left. `empty` is what a person is told if there are no rows.
    pub(in crate::commands) fn end(self, empty: &'static str) -> Result<Exit> {
        let Self { ctx, columns, rows, feed } = self;
        let Some(mut feed) = feed else { return ctx.show(List { rows, columns, empty }) };
        ctx.ui.feed(&mut feed, &rows)?;
        ctx.ui.end_feed(feed, &())?;
        ctx.show(Nothing)
    }
}

/// Shows what `takes` makes of the rows of a list, while they are read.
pub(in crate::commands) async fn show<T: Row + Send, R: Serialize>(
    ctx: &Ctx,
    mut rows: Rows<'_, T>,
    columns: &'static [Column<R>],
    empty: &'static str,
    mut takes: impl FnMut(T) -> Option<R>,
) -> Result<Exit> {
    let mut listing = Listing::new(ctx, columns);
    while let Some(row) = rows.next().await? {
        if let Some(row) = takes(row) {
            listing.push(row)?;
        }
    }
    listing.end(empty)
}
