//! Whose budgets a request draws on, and whether there is room in them.

use clawctl_wire::money::Micros;

/// What is booked for one request at most, whatever its prices are: sums over any number of them
/// must not overflow.
pub(crate) const COST_MAX: Micros = Micros(1_000_000_000_000);

/// Whose budget a claim is on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Account {
    Policy { tenant: String, policy: String, principal: Option<String> },
    Provider { provider: String },
}

/// Money that must be free in a budget before a request may go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) account: Account,
    pub(crate) limit: Micros,
}

/// Whether a budget that has `taken` spent or reserved has room for one more cost.
pub(crate) fn fits(limit: Micros, taken: Micros, cost: Micros) -> bool {
    cost <= limit.saturating_sub(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_what_is_left_of_a_limit() {
        let check = |limit, taken, cost, expected| {
            assert_eq!(fits(Micros(limit), Micros(taken), Micros(cost)), expected);
        };
        check(10, 0, 10, true);
        check(10, 0, 11, false);
        check(10, 10, 0, true);
        check(10, 20, 0, true);
        check(10, 20, 1, false);
    }
}
