//! The router's HTTP contract as types: what travels, and how it is spelled.
//!
//! Nothing here opens a file or a socket. The client and the embedded router both speak through
//! these types and never import each other.

pub mod binding;
pub mod budget;
pub mod catalog;
pub mod connection;
pub mod content;
pub mod credential;
pub mod error;
pub mod fusion;
pub mod grant;
pub mod health;
pub mod id;
pub mod key;
pub mod lineage;
pub mod model;
pub mod money;
pub mod overview;
pub mod page;
pub mod percent;
pub mod policy;
pub mod pricing;
pub mod probe;
pub mod provider;
pub mod resource;
pub mod routes;
pub mod rule;
pub mod sighting;
pub mod usage;
pub mod usage_event;
pub mod usage_query;
pub mod user;
pub mod vital;
pub mod why;
pub mod window;
mod word;

/// How far an operator may go with a JSON body in either direction, in bytes.
pub const BODY_BYTES_MAX: usize = 8 * 1024 * 1024;
