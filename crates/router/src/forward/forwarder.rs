//! What it takes to pass requests on.

use std::sync::Arc;

use super::LEASE;
use super::drain::Drains;
use crate::aside::Aside;
use crate::capacity::Capacity;
use crate::core::Core;
use crate::grants::Grants;

pub(crate) struct Forwarder {
    pub(crate) core: Arc<Core>,
    pub(crate) grants: Arc<Grants>,
    /// How many requests may be passed on at the same time, of all and of each key.
    pub(super) in_flight: Arc<Capacity>,
    pub(super) aside: Aside,
    /// Answers that are read although their clients have left.
    pub(crate) drains: Drains,
}

impl Forwarder {
    pub(crate) fn new(core: Arc<Core>, grants: Arc<Grants>, in_flight: Arc<Capacity>) -> Self {
        Self { core, grants, in_flight, aside: Aside::new(), drains: Drains::default() }
    }

    /// Says that the requests which are open are still open.
    pub(crate) fn renew_leases(&self) {
        if let Ok(until) = (self.core.clock)().checked_add(LEASE) {
            self.core.store.renew_leases(until);
        }
    }
}
