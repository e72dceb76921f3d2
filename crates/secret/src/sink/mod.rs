//! Sinks: where a revealed key is delivered, once.
//!
//! Every sink is asked three things. `check` proves, before anything is sent to a router, that a
//! delivery can work. `deliver` does it. `undo` puts back what was there, or says that it cannot.
//! [`Sinks`] holds all that one key goes to. A failure anywhere is never answered by showing
//! the key somewhere else.

mod all;
mod child;
mod clipboard;
mod dotenv;
mod env_file;
mod error;
mod exec;
mod file;
mod keyring;
mod occupied;
mod replace;
mod reveal;
mod spec;
mod surroundings;
#[cfg(test)]
mod testing;

pub use all::{CheckFailed, Checked, DeliveryFailed, Left, Reveal, Sinks, Undone};
pub use dotenv::{BadEnvFile, set as set_assignment};
pub use error::{NotUndone, SinkError, Warning};
pub use occupied::Replaces;
pub use reveal::{Frame, to_stdout};
pub use spec::{BadSink, FORMS, SinkSpec};
pub use surroundings::{COMMAND_LIMIT, Surroundings};

use super::Secret;

/// One place that a key is delivered to.
trait Sink: Send {
    fn spec(&self) -> &SinkSpec;

    /// Proves that a delivery can work, and leaves everything as it was.
    fn check(&mut self) -> Result<Option<Warning>, SinkError>;

    /// Delivers the whole key. After an error there may be something to undo.
    fn deliver(&mut self, key: &Secret) -> Result<(), SinkError>;

    /// What stands there now, where it can be read back.
    fn held(&self) -> Option<Secret> {
        None
    }

    /// Can a delivered key be read back?
    fn keeps(&self) -> bool {
        false
    }

    /// From now on whatever stands there may be replaced.
    fn replace_anything(&mut self) {}

    /// Puts back what was there before. Without a delivery it does nothing.
    fn undo(&mut self) -> Result<(), NotUndone>;
}
