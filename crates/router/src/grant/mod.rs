//! A grant: what is stored of it, what is sealed in it, and what was seen of it at its provider.
//! Which grant a request is sent with is decided in [`grants`](crate::grants).

pub(crate) mod quota;
pub(crate) mod record;
pub(crate) mod seal;
pub(crate) mod state;
