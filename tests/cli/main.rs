//! The binary from outside: what a person and a script get.

mod harness;
mod keys;
mod output;
mod policies;
mod served;
mod tour;
mod usage_errors;
