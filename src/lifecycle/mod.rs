//! A key's life: it is issued, delivered, enabled, given another secret or a successor, and retired.
//!
//! Whatever is done to a key, the new secret is delivered before it becomes valid or the old one ends,
//! so that at no point a key is valid that nobody holds. Each step is in the journal before the next is
//! taken. Flags, questions and results are of `commands`.

pub(crate) mod evidence;
pub(crate) mod families;
pub(crate) mod family;
pub(crate) mod fleet;
mod in_place;
pub(crate) mod issue;
pub(crate) mod members;
mod noted;
pub(crate) mod overlap;
pub(crate) mod proven;
pub(crate) mod retire;
pub(crate) mod rotation;
pub(crate) mod selection;
pub(crate) mod sinks;
pub(crate) mod steps;
pub(crate) mod way;
