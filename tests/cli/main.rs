//! The binary from outside: what a person and a script get.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access;
mod connect;
mod crash;
mod fusion;
mod harness;
mod keys;
mod leak;
mod output;
mod policies;
mod proxy;
mod rotation;
mod served;
mod service;
mod sightings;
mod sink_recipes;
mod tour;
mod usage;
mod usage_errors;
mod verify;
mod why;
