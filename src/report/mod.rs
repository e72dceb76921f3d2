//! What the router's figures mean: pure functions over what it answers.
//!
//! Nothing here asks, writes or reads a clock. Every figure keeps its coverage with it, so that
//! no view can show a number as more than it is.

pub mod access;
pub mod breakdown;
pub mod buckets;
pub mod budget;
pub mod catalog;
pub mod check;
pub mod coverage;
pub mod dimension;
pub mod event;
pub mod forecast;
pub mod handover;
pub mod probe;
pub mod sample;
pub mod tail;
pub mod tenant;
pub mod transport;
pub mod usage;

pub use self::budget::{BudgetRow, Sharing, State};
pub use self::check::{Check, Verdict};
pub use self::coverage::{Coverage, Interval, Part};
pub use self::dimension::Dimension;
pub use self::event::Event;
pub use self::transport::Transport;
