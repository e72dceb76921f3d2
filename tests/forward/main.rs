//! Real traffic through the served router: the binary on a file of its own, clients on one side
//! and an upstream that goes wrong on demand on the other.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod attribution;
mod booked;
mod budgets;
mod checks;
mod clients;
mod connect;
mod crashes;
mod failures;
#[cfg(target_os = "linux")]
mod full_disk;
mod fusion;
mod grants;
#[path = "../cli/harness.rs"]
#[expect(dead_code, reason = "this runner needs a part of the harness")]
mod harness;
mod headers;
mod instrument;
mod leaks;
mod limits;
mod losses;
mod misbehaviour;
mod native_clients;
mod passing;
mod patience;
mod protocol;
mod raw;
mod renewals;
mod reservations;
mod rollover;
mod settling;
#[cfg(target_os = "linux")]
mod soak;
mod strangers;
mod streams;
#[path = "../cli/token_server.rs"]
mod token_server;
mod tries;
#[path = "../upstream/mod.rs"]
#[expect(dead_code, reason = "the benches use the rest")]
mod upstream;
mod vitals;
mod why;
mod world;
