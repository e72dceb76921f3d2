//! The binary from outside: what a person and a script get.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access;
mod beside;
mod compatibility;
mod connect;
mod crash;
mod desired;
#[cfg(target_os = "linux")]
mod full_disk;
mod fusion;
mod grants;
mod harness;
mod keys;
mod later;
mod leak;
mod newer;
mod output;
mod policies;
mod proxy;
#[cfg(unix)]
mod read_only;
mod room;
mod rotation;
mod scale;
mod served;
mod service;
mod sightings;
mod sink_recipes;
mod together;
#[expect(dead_code, reason = "the forwarding suite uses the rest")]
mod token_server;
mod tour;
mod upstreams;
mod usage;
mod usage_errors;
mod verify;
mod why;
