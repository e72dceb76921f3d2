//! Signing requests to AWS.
