//! Upstream credentials of policies and tenants: which one a request uses, and how they are kept.
