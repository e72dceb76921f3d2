//! How results look: one file per noun, over a small set of shapes.
//!
//! A command returns a value; its [`View`] says how a person sees it and what a machine gets. No
//! view writes anywhere itself: it draws on a [`Page`] or hands its items to a [`Machine`].

pub mod api;
mod bar;
pub mod binding;
pub mod budget;
pub mod catalog;
pub mod cell;
pub mod change;
pub mod ci;
pub mod connect;
pub mod content;
pub mod context;
pub mod doctor;
pub mod feed;
pub mod fusion;
pub mod grant;
pub mod handover;
pub mod inspect;
pub mod issued;
pub mod key;
pub mod leak;
pub mod log;
pub mod machine;
pub mod page;
pub mod plan;
pub mod policy;
pub mod problems;
pub mod provider;
pub mod provider_check;
pub mod reap;
pub mod rotation;
pub mod router;
pub mod rule;
pub mod service;
pub mod status;
mod stream;
pub mod table;
pub mod tenant;
pub mod undo;
pub mod upstream;
pub mod usage;
pub mod user;
pub mod verify;
pub mod why;

use std::io;

pub use self::cell::{Cell, Tone};
pub use self::feed::{Feed, Room};
pub use self::machine::Machine;
pub use self::page::Page;
pub use self::table::{Align, Column};
use crate::error::Exit;

/// A result that can be shown.
pub trait View {
    /// For a person: tables, fields and sentences.
    fn human(&self, page: &mut Page<'_>) -> io::Result<()>;

    /// For a program: the same facts, in the format that was asked for.
    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()>;

    /// The exit code that this result stands for.
    fn exit(&self) -> Exit {
        Exit::DONE
    }
}

/// Nothing to show: whatever had to be said went to stderr.
pub struct Nothing;

impl View for Nothing {
    fn human(&self, _: &mut Page<'_>) -> io::Result<()> {
        Ok(())
    }

    fn machine(&self, _: &mut Machine<'_>) -> io::Result<()> {
        Ok(())
    }
}

/// Rows of one kind under fixed columns.
pub struct List<R: 'static> {
    pub rows: Vec<R>,
    pub columns: &'static [Column<R>],
    /// What a person is told when there are no rows.
    pub empty: &'static str,
}

impl<R: serde::Serialize> View for List<R> {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        if self.rows.is_empty() {
            return page.aside(self.empty);
        }
        page.table(self.columns, &self.rows)
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.items(self.columns, &self.rows)
    }
}
