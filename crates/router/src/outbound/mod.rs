//! Requests to providers: the connections that they take, and what never comes back from there.

mod clients;
mod mask;
mod unanswered;

pub(crate) use self::clients::{Clients, Outgoing};
pub(crate) use self::mask::Mask;
pub(crate) use self::unanswered::Unanswered;
