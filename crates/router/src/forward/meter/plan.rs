//! How an answer is to be read, from what was asked for.

use super::dialect::Dialect;

/// What is known of an answer before it comes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) dialect: Dialect,
    /// The client asked for a stream.
    pub(crate) streams: bool,
    /// It did not ask for the usage that such a stream will carry.
    pub(crate) drops_usage: bool,
    /// An answer without a word in it is a failure.
    pub(crate) wants_content: bool,
    /// How many texts are asked for.
    pub(crate) choices: u64,
    /// The longest text that may pass in a stream, in bytes.
    pub(crate) text_max: Option<u64>,
}

impl Plan {
    pub(crate) fn of(dialect: Dialect) -> Self {
        Self {
            dialect,
            streams: false,
            drops_usage: false,
            wants_content: false,
            choices: 1,
            text_max: None,
        }
    }
}
