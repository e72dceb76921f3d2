//! How many connections this process may have open.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use clawctl_router::serve::CONNECTIONS_MAX;

/// For the database, the log, signals and whatever a start leaves open.
const KEPT: u64 = 64;

/// More than any router here needs.
const ENOUGH: u64 = 65_536;

/// What the limit of open files leaves for clients and providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    pub connections: usize,
    pub in_flight: usize,
}

/// Raises the limit of open files as far as this process may, and says what it is.
pub(super) fn raise() -> u64 {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = maximum.unwrap_or(ENOUGH).min(ENOUGH);
    let current = current.unwrap_or(ENOUGH);
    if current >= wanted {
        return current;
    }
    // Some systems have a smaller limit than the one that they name.
    let raised = [wanted, wanted.min(10_240)].into_iter().find(|limit| {
        setrlimit(Resource::Nofile, Rlimit { current: Some(*limit), maximum }).is_ok()
    });
    raised.unwrap_or(current)
}

/// Each client has a connection, and so has each request in flight to its provider.
pub(super) fn room(files: u64, in_flight_wanted: usize) -> Room {
    let left = usize::try_from(files.saturating_sub(KEPT)).unwrap_or(usize::MAX);
    let in_flight = in_flight_wanted.min(left / 3).max(1);
    Room { connections: CONNECTIONS_MAX.min(left.saturating_sub(in_flight)).max(1), in_flight }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_room_for_providers() {
        let check = |files, wanted, connections, in_flight| {
            assert_eq!(room(files, wanted), Room { connections, in_flight }, "{files} {wanted}");
        };
        check(65_536, 512, 1024, 512);
        check(65_536, 20_000, 1024, 20_000);
        check(1024, 512, 640, 320);
        check(256, 512, 128, 64);
        check(256, 4, 188, 4);
        check(10, 512, 1, 1);
    }
}
