//! What the holder of a key may ask.

pub(crate) mod catalog;
pub(crate) mod inspect;
pub(crate) mod me;
pub(crate) mod models;
pub(crate) mod usage;
