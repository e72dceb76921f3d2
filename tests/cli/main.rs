//! The binary from outside: what a person and a script get.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access;
mod crash;
mod fusion;
mod harness;
mod keys;
mod leak;
mod output;
mod policies;
mod proxy;
mod served;
mod sightings;
mod tour;
mod usage;
mod usage_errors;
mod verify;
mod why;
