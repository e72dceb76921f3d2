//! What `validate`, `diff` and `apply` share: reading manifests, reading the router, planning,
//! showing.

pub mod files;
pub(super) mod live;
pub(super) mod lock_file;
pub(super) mod planning;
pub(super) mod rejected;
pub(super) mod report;
pub(super) mod review;
