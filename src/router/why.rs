//! The chain of decisions about a request that nobody sends.
