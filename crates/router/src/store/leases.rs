//! The reservations of requests that are open in this process. A reservation ends by itself, so
//! that nothing is left of a process that died; one whose request is still open must not.

use std::collections::HashMap;
use std::sync::Mutex;

use super::ledger::Held;
use super::{Reservation, locked};

#[derive(Default)]
pub(super) struct Leases(Mutex<HashMap<i64, Held>>);

impl Leases {
    /// A request has begun.
    pub(super) fn begin(&self, reservation: &Reservation) {
        locked(&self.0).extend(reservation.held());
    }

    /// It has come to its end, and is about to be settled: nothing that is asked for later may
    /// renew what it held.
    pub(super) fn end(&self, reservation: &Reservation) {
        let mut open = locked(&self.0);
        for (id, _) in reservation.held() {
            open.remove(&id);
        }
    }

    /// What open requests hold.
    pub(super) fn all(&self) -> Vec<(i64, Held)> {
        locked(&self.0).iter().map(|(id, held)| (*id, held.clone())).collect()
    }
}
