//! One folder per noun, one file per verb: its flags and its `run`.

mod caution;
pub mod complete;
pub mod key_source;
pub mod lock_out;
pub mod programs;
pub mod sinks;
pub mod terms;
pub mod topics;
mod write;

pub mod api;
pub mod binding;
pub mod budget;
pub mod catalog;
pub mod completions;
pub mod connect;
pub mod content;
pub mod context;
pub mod doctor;
pub mod env;
pub mod fusion;
pub mod grant;
pub mod key;
pub mod leak;
pub mod log;
pub mod man;
pub mod policy;
pub mod provider;
pub mod router;
pub mod rule;
pub mod status;
pub mod tenant;
pub mod undo;
pub mod usage;
pub mod user;
pub mod verify;
pub mod why;
