//! The embedded router: the ClawRouter contract over one SQLite file.
//!
//! [`Router::handle`] turns a request into a response and is all that there is to it: the command
//! line calls it in-process, and [`serve::serve`] calls it for requests from a socket. It reads no
//! environment, no clock and no configuration of its own; [`Options`] gives it all that.
//!
//! A request passes [`headers`], then [`route`], then [`auth`]. What the router answers itself goes
//! through one function of [`public`], [`client`] or [`admin`], which asks [`store`] for what is and
//! [`decision`] and [`readiness`] for what follows from it. What a provider answers goes through
//! [`forward`]. What was read of the store is used again only while nobody has changed it. [`router`]
//! alone knows all of these; they know `core`.

mod account;
mod address;
mod admin;
mod aside;
mod auth;
mod budget;
mod capacity;
mod cause;
mod client;
mod core;
mod decision;
mod delivery;
mod exchange;
mod forward;
mod fusion;
mod grant;
mod grants;
mod headers;
mod ids;
mod info;
pub mod log;
pub mod manifest;
mod notice;
mod options;
mod outbound;
mod precondition;
mod providers;
mod public;
mod readiness;
mod refusal;
mod reply;
mod route;
mod router;
mod sealed;
mod sender;
pub mod serve;
mod server;
mod store;
#[cfg(test)]
mod tests;
pub mod vitals;
pub mod why;

pub use self::cause::Cause;
pub use self::exchange::{Caller, Identity};
pub use self::forward::AnswerBody;
pub use self::info::RouterInfo;
pub use self::manifest::{ManifestProblem, Manifests};
pub use self::notice::Notice;
pub use self::options::{
    Clock, Environment, IN_FLIGHT_DEFAULT, Options, RETENTION_DAYS_DEFAULT, SealingKey,
    in_flight_per_key,
};
pub use self::router::Router;
pub use self::sealed::Sealed;
pub use self::server::Server;
pub use self::store::{
    BackupError, OpenError, RestoreError, Revived, StoreError, Unwritten,
    preview as preview_restore, restore,
};
