//! Passing requests on to providers, and accounting for each of them.

mod meter;
mod quirks;
mod sigv4;
