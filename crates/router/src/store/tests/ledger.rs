//! The ledger against a model of it that is simple enough to be right.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::super::ledger::{self, Ledger, Reservation, window_key};
use super::super::{Db, Store};
use super::{now, open, scratch};
use crate::account::{Account, Claim};
use clawctl_wire::money::{MICROS_MAX, Micros};
use clawctl_wire::window::Month;

fn policy(tenant: &str, policy: &str, principal: Option<&str>) -> Account {
    let principal = principal.map(str::to_owned);
    Account::Policy { tenant: tenant.to_owned(), policy: policy.to_owned(), principal }
}

fn provider(provider: &str) -> Account {
    Account::Provider { provider: provider.to_owned() }
}

fn reserve(
    db: &Db,
    claims: &[Claim],
    micros: u64,
    now: Timestamp,
    end: Timestamp,
) -> Result<Reservation, usize> {
    let mut ledger = Ledger::open(db);
    let shares = ledger::shares(claims, now);
    let misfit = ledger.misfit(&shares, Micros(micros), now).unwrap();
    let reserved = match misfit {
        Some((claim, _)) => Err(claim),
        None => Ok(ledger.hold(shares, Micros(micros), end).unwrap()),
    };
    ledger.close().unwrap();
    reserved
}

fn settle(db: &Db, reservation: &Reservation, actual: u64) {
    let mut ledger = Ledger::open(db);
    ledger.settle(reservation, Micros(actual)).unwrap();
    ledger.close().unwrap();
}

#[test]
fn no_two_accounts_share_a_window() {
    let month = Month::of(now());
    let check = |account: Account, key: &str| assert_eq!(window_key(&account, month), key);
    check(policy("default", "team", None), "policy:default/team/2026-11");
    check(policy("t", "team", Some("ada@x")), "policy:t/team/ada@x/2026-11");
    check(policy("a/b%c", "team", Some("d/e")), "policy:a%2Fb%25c/team/d%2Fe/2026-11");
    check(policy("provider", "openai", None), "policy:provider/openai/2026-11");
    check(provider("openai"), "provider:openai/2026-11");
}

proptest! {
    #[test]
    fn names_of_windows_are_as_different_as_the_accounts(
        a in account(), b in account(), month in 1..=12i64,
    ) {
        let at = |month| now() + SignedDuration::from_hours(31 * 24 * month);
        let here = window_key(&a, Month::of(now()));
        prop_assert_eq!(here == window_key(&b, Month::of(now())), a == b);
        prop_assert_ne!(here, window_key(&a, Month::of(at(month))));
    }
}

fn account() -> impl Strategy<Value = Account> {
    let name = || "[a%/2F:]{1,4}";
    let of_policy = (name(), name(), proptest::option::of(name()))
        .prop_map(|(tenant, policy, principal)| Account::Policy { tenant, policy, principal });
    prop_oneof![of_policy, name().prop_map(|provider| Account::Provider { provider })]
}

#[test]
fn all_claims_are_met_or_none() {
    let (_dir, path) = scratch();
    let store = open(&path).unwrap();
    let (team, openai) = (policy("t", "team", None), provider("openai"));
    let claims = [
        Claim { account: team.clone(), limit: Micros(100) },
        Claim { account: openai.clone(), limit: Micros(30) },
    ];
    let (month, end) = (Month::of(now()), now() + SignedDuration::from_mins(15));
    let spent = |db: &Db| {
        [&team, &openai].map(|account| ledger::spent(db, account, month, now()).unwrap().0)
    };
    on(&store, |db| {
        let first = reserve(db, &claims, 30, now(), end).unwrap();
        assert_eq!(spent(db), [30, 30]);
        assert_eq!(reserve(db, &claims, 1, now(), end), Err(1));
        assert_eq!(reserve(db, &claims, 71, now(), end), Err(0));
        assert_eq!(spent(db), [30, 30]);
        // What costs nothing fits into what is used up, and is settled at what it cost.
        let free = reserve(db, &claims, 0, now(), end).unwrap();
        settle(db, &free, 5);
        settle(db, &first, 10);
        assert_eq!(spent(db), [15, 15]);
        assert!(reserve(db, &claims, 15, now(), end).is_ok());
    });
}

#[test]
fn spending_stops_where_json_ends() {
    let (_dir, path) = scratch();
    let store = open(&path).unwrap();
    let team = policy("t", "team", None);
    let claims = [Claim { account: team.clone(), limit: Micros(MICROS_MAX) }];
    on(&store, |db| {
        let end = now() + SignedDuration::from_mins(15);
        let first = reserve(db, &claims, 1, now(), end).unwrap();
        let second = reserve(db, &claims, 1, now(), end).unwrap();
        settle(db, &first, u64::MAX);
        settle(db, &second, u64::MAX);
        let spent = ledger::spent(db, &team, Month::of(now()), now()).unwrap();
        assert_eq!(spent, Micros(MICROS_MAX));
        assert_eq!(reserve(db, &claims, 1, now(), end), Err(0));
    });
}

#[test]
fn a_late_settlement_is_not_anothers() {
    let (_dir, path) = scratch();
    let store = open(&path).unwrap();
    let team = policy("t", "team", None);
    let claims = [Claim { account: team.clone(), limit: Micros(100) }];
    on(&store, |db| {
        let end = now() + SignedDuration::from_mins(15);
        let late = reserve(db, &claims, 100, now(), end).unwrap();
        // Its time is over, and another takes its place.
        let new_end = end + SignedDuration::from_mins(15);
        let other = reserve(db, &claims, 60, end, new_end).unwrap();
        settle(db, &late, 7);
        let spent = || ledger::spent(db, &team, Month::of(now()), end).unwrap();
        assert_eq!(spent(), Micros(67));
        settle(db, &other, 1);
        assert_eq!(spent(), Micros(8));
    });
}

#[derive(Debug, Clone)]
enum Step {
    Reserve { claims: Vec<usize>, micros: u64, lease_minutes: i64 },
    Settle { which: usize, actual: u64 },
    Wait { minutes: i64 },
    Rollover,
}

fn step() -> impl Strategy<Value = Step> {
    let claims = prop_oneof![Just(vec![0]), Just(vec![1]), Just(vec![0, 2]), Just(vec![1, 2])];
    prop_oneof![
        5 => (claims, 0..60u64, 1..40i64).prop_map(|(claims, micros, lease_minutes)| {
            Step::Reserve { claims, micros, lease_minutes }
        }),
        4 => (any::<usize>(), 0..80u64).prop_map(|(which, actual)| Step::Settle { which, actual }),
        2 => (0..30i64).prop_map(|minutes| Step::Wait { minutes }),
        1 => Just(Step::Rollover),
    ]
}

/// A window as one would keep it on paper.
#[derive(Default)]
struct Paper {
    spent: u64,
    /// Micros and end of each open reservation, by its number.
    open: BTreeMap<usize, (u64, Timestamp)>,
    /// What was settled beyond what was held for it.
    overrun: u64,
}

impl Paper {
    fn total(&self, now: Timestamp) -> u64 {
        let live = self.open.values().filter(|(_, end)| *end > now);
        self.spent + live.map(|(micros, _)| micros).sum::<u64>()
    }
}

const LIMITS: [u64; 3] = [100, 150, 200];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn what_is_counted_is_what_happened(
        steps in proptest::collection::vec(step(), 1..80),
        reopened_at in 0..80usize,
    ) {
        let (_dir, path) = scratch();
        let mut store = open(&path).unwrap();
        let accounts =
            [policy("t", "team", None), policy("t", "team", Some("ada")), provider("openai")];
        let mut paper: BTreeMap<(usize, String), Paper> = BTreeMap::new();
        let mut open_reservations: Vec<(usize, Vec<usize>, String, Reservation)> = Vec::new();
        let mut now = now();
        for (number, step) in steps.into_iter().enumerate() {
            if number == reopened_at {
                store = open(&path).unwrap();
            }
            match step {
                Step::Reserve { claims, micros, lease_minutes } => {
                    let month = Month::of(now).key();
                    let end = now + SignedDuration::from_mins(lease_minutes);
                    let misfit = claims.iter().position(|&account| {
                        let page = paper.entry((account, month.clone())).or_default();
                        micros > LIMITS[account].saturating_sub(page.total(now))
                    });
                    let wanted: Vec<_> = claims
                        .iter()
                        .map(|&account| {
                            let limit = Micros(LIMITS[account]);
                            Claim { account: accounts[account].clone(), limit }
                        })
                        .collect();
                    let made = on(&store, |db| reserve(db, &wanted, micros, now, end));
                    prop_assert_eq!(made.as_ref().err().copied(), misfit);
                    if let Ok(reservation) = made {
                        for &account in &claims {
                            let page = paper.entry((account, month.clone())).or_default();
                            page.open.insert(number, (micros, end));
                            let limit = LIMITS[account] + page.overrun;
                            prop_assert!(page.total(now) <= limit);
                        }
                        open_reservations.push((number, claims, month, reservation));
                    }
                }
                Step::Settle { which, actual } if !open_reservations.is_empty() => {
                    let (number, claims, month, reservation) =
                        open_reservations.swap_remove(which % open_reservations.len());
                    on(&store, |db| settle(db, &reservation, actual));
                    for account in claims {
                        let page = paper.entry((account, month.clone())).or_default();
                        let held = page.open.remove(&number).filter(|(_, end)| *end > now);
                        page.overrun += actual.saturating_sub(held.map_or(0, |(micros, _)| micros));
                        page.spent += actual;
                    }
                }
                Step::Settle { .. } => {}
                Step::Wait { minutes } => now += SignedDuration::from_mins(minutes),
                Step::Rollover => now = Month::of(now).end(),
            }
            for ((account, month), page) in &paper {
                let first = format!("{month}-01T00:00:00Z").parse().unwrap();
                let read = |db: &Db| {
                    ledger::spent(db, &accounts[*account], Month::of(first), now)
                };
                prop_assert_eq!(store.read(read).unwrap(), Micros(page.total(now)));
                prop_assert!(page.total(now) <= LIMITS[*account] + page.overrun);
            }
        }
    }
}

/// In a transaction, but without waiting for the disk: nobody pulls the plug here.
fn on<T>(store: &Store, work: impl FnOnce(&Db) -> T) -> T {
    let mut db = store.take().unwrap();
    db.pragma_update(None, "synchronous", "OFF").unwrap();
    let transaction = db.transaction().unwrap();
    let done = work(&transaction);
    transaction.commit().unwrap();
    store.give_back(db);
    done
}
