//! What was spent in each budget window, and what open requests may still spend in it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::Timestamp;
use rusqlite::{CachedStatement, OptionalExtension as _, params};

use super::{Db, StoreError, prepared, signed, unsigned};
use crate::account::{self, Account, Claim};
use clawctl_wire::money::{MICROS_MAX, Micros};
use clawctl_wire::window::Month;

/// The name of a window in the database. Unlike the one that is shown, it is not the same for two
/// accounts, whatever they are called.
pub(crate) fn window_key(account: &Account, month: Month) -> String {
    let month = month.key();
    match account {
        Account::Policy { tenant, policy, principal: None } => {
            format!("policy:{}/{}/{month}", escaped(tenant), escaped(policy))
        }
        Account::Policy { tenant, policy, principal: Some(principal) } => {
            let (tenant, policy) = (escaped(tenant), escaped(policy));
            format!("policy:{tenant}/{policy}/{}/{month}", escaped(principal))
        }
        Account::Provider { provider } => format!("provider:{}/{month}", escaped(provider)),
    }
}

fn escaped(name: &str) -> Cow<'_, str> {
    if name.contains(['%', '/']) {
        return Cow::Owned(name.replace('%', "%25").replace('/', "%2F"));
    }
    Cow::Borrowed(name)
}

/// A claim on a window, by the window's name.
pub(super) struct Share {
    window_key: String,
    limit: Micros,
}

/// What claims are on, in the month of an instant.
pub(super) fn shares(claims: &[Claim], now: Timestamp) -> Vec<Share> {
    let month = Month::of(now);
    let share =
        |claim: &Claim| Share { window_key: window_key(&claim.account, month), limit: claim.limit };
    claims.iter().map(share).collect()
}

/// What was settled in a window, and what open requests hold of it.
pub(crate) fn spent(
    db: &Db,
    account: &Account,
    month: Month,
    now: Timestamp,
) -> Result<Micros, StoreError> {
    let window_key = window_key(account, month);
    let sql = "SELECT spent_micros + reserved_micros - (
                   SELECT coalesce(sum(micros), 0) FROM reservations
                   WHERE expires_at_ms <= ?2 AND window_key = ?1)
               FROM ledgers WHERE window_key = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_row(params![window_key, now.as_millisecond()], |row| row.get(0));
    let spent: Option<i64> = found.optional()?;
    Ok(Micros(unsigned(spent.unwrap_or(0)).min(MICROS_MAX)))
}

/// A share of one window.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Hold {
    /// The row that stands for it; one of nothing needs none.
    id: Option<i64>,
    window_key: String,
}

/// What the row of a hold says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    window_key: String,
    micros: Micros,
}

/// Money that an open request may spend. Its owner settles it, once.
#[derive(Debug, PartialEq, Eq)]
#[must_use = "it counts as spent until it is settled"]
pub(crate) struct Reservation {
    holds: Vec<Hold>,
    micros: Micros,
}

impl Reservation {
    pub(super) fn of_nothing() -> Self {
        Self { holds: Vec::new(), micros: Micros::ZERO }
    }

    /// Its rows, by their ids.
    pub(super) fn held(&self) -> impl Iterator<Item = (i64, Held)> {
        self.holds.iter().filter_map(|hold| {
            let held = Held { window_key: hold.window_key.clone(), micros: self.micros };
            Some((hold.id?, held))
        })
    }
}

/// The windows that one transaction changes: each is read once and written once.
pub(super) struct Ledger<'db> {
    db: &'db Db,
    /// The statements that run for every request.
    holding: Option<CachedStatement<'db>>,
    settling: Option<CachedStatement<'db>>,
    windows: HashMap<String, Window>,
    /// When the first reservation of all ends; unknown until somebody needs it.
    first_end: Option<i64>,
}

#[derive(Clone, Copy, Default)]
struct Window {
    spent: u64,
    reserved: u64,
    is_changed: bool,
}

impl<'db> Ledger<'db> {
    pub(super) fn open(db: &'db Db) -> Self {
        Self { db, holding: None, settling: None, windows: HashMap::new(), first_end: None }
    }

    /// Which of the shares is the first that such a cost does not fit into, if any, and how much of
    /// it is taken.
    pub(super) fn misfit(
        &mut self,
        shares: &[Share],
        micros: Micros,
        now: Timestamp,
    ) -> Result<Option<(usize, Micros)>, StoreError> {
        self.release_expired(now)?;
        for (index, share) in shares.iter().enumerate() {
            let window = self.window(&share.window_key)?;
            let taken = Micros(window.spent.saturating_add(window.reserved));
            if !account::fits(share.limit, taken, micros) {
                return Ok(Some((index, taken)));
            }
        }
        Ok(None)
    }

    /// Takes the cost from the window of every share. Whether it fits was asked before.
    pub(super) fn hold(
        &mut self,
        shares: Vec<Share>,
        micros: Micros,
        lease_until: Timestamp,
    ) -> Result<Reservation, StoreError> {
        let micros = Micros(micros.0.min(MICROS_MAX));
        let end = lease_until.as_millisecond();
        let mut holds = Vec::with_capacity(shares.len());
        for Share { window_key, .. } in shares {
            self.changed(&window_key)?.reserved += micros.0;
            let id = if micros == Micros::ZERO {
                None
            } else {
                let sql = "INSERT INTO reservations (window_key, micros, expires_at_ms)
                           VALUES (?1, ?2, ?3)";
                let holding = prepared(self.db, &mut self.holding, sql)?;
                Some(holding.insert(params![window_key, signed(micros.0), end])?)
            };
            holds.push(Hold { id, window_key });
        }
        self.first_end = self.first_end.map(|first| first.min(end));
        Ok(Reservation { holds, micros })
    }

    /// Puts what was really spent in the place of a reservation, in the windows that it was made
    /// in: the month may have changed since. One whose time was over is no longer held.
    pub(super) fn settle(
        &mut self,
        reservation: &Reservation,
        actual: Micros,
    ) -> Result<(), StoreError> {
        for hold in &reservation.holds {
            let held = match hold.id {
                Some(id) => {
                    let sql = "DELETE FROM reservations WHERE id = ?1";
                    prepared(self.db, &mut self.settling, sql)?.execute([id])? == 1
                }
                None => false,
            };
            let window = self.changed(&hold.window_key)?;
            if held {
                window.reserved = window.reserved.saturating_sub(reservation.micros.0);
            }
            window.spent = window.spent.saturating_add(actual.0).min(MICROS_MAX);
        }
        Ok(())
    }

    /// Makes a hold last longer. One that was given back because this comes too late, as after a
    /// sleep of the machine, counts again: its request is open, and will cost what it costs.
    pub(super) fn renew(
        &mut self,
        id: i64,
        held: &Held,
        lease_until: Timestamp,
    ) -> Result<(), StoreError> {
        let end = lease_until.as_millisecond();
        let sql = "UPDATE reservations SET expires_at_ms = max(expires_at_ms, ?2) WHERE id = ?1";
        if self.db.prepare_cached(sql)?.execute(params![id, end])? == 1 {
            return Ok(());
        }
        let sql = "INSERT INTO reservations (id, window_key, micros, expires_at_ms)
                   VALUES (?1, ?2, ?3, ?4)";
        let Held { window_key, micros } = held;
        self.db.prepare_cached(sql)?.execute(params![id, window_key, signed(micros.0), end])?;
        self.changed(window_key)?.reserved += micros.0;
        self.first_end = self.first_end.map(|first| first.min(end));
        Ok(())
    }

    /// Writes what was changed.
    pub(super) fn close(self) -> Result<(), StoreError> {
        let sql = "INSERT INTO ledgers (window_key, spent_micros, reserved_micros)
                   VALUES (?1, ?2, ?3)
                   ON CONFLICT (window_key) DO UPDATE SET
                       spent_micros = excluded.spent_micros,
                       reserved_micros = excluded.reserved_micros";
        let mut statement = self.db.prepare_cached(sql)?;
        for (key, window) in self.windows.iter().filter(|(_, window)| window.is_changed) {
            statement.execute(params![key, signed(window.spent), signed(window.reserved)])?;
        }
        Ok(())
    }

    /// A window, which is about to be changed.
    fn changed(&mut self, key: &str) -> Result<&mut Window, StoreError> {
        let window = self.window(key)?;
        window.is_changed = true;
        Ok(window)
    }

    fn window(&mut self, key: &str) -> Result<&mut Window, StoreError> {
        match self.windows.entry(key.to_owned()) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(slot) => Ok(slot.insert(read(self.db, key)?)),
        }
    }

    /// Gives back what was held by those who are gone.
    fn release_expired(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let now = now.as_millisecond();
        let first_end = match self.first_end {
            Some(first_end) => first_end,
            None => self.find_first_end()?,
        };
        if now < first_end {
            return Ok(());
        }
        let sql = "DELETE FROM reservations WHERE expires_at_ms <= ?1
                   RETURNING window_key, micros";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([now])?;
        let mut released = Vec::new();
        while let Some(row) = rows.next()? {
            released.push((row.get::<_, String>(0)?, unsigned(row.get(1)?)));
        }
        drop(rows);
        drop(statement);
        for (key, micros) in released {
            let window = self.changed(&key)?;
            window.reserved = window.reserved.saturating_sub(micros);
        }
        self.find_first_end()?;
        Ok(())
    }

    fn find_first_end(&mut self) -> Result<i64, StoreError> {
        let sql = "SELECT min(expires_at_ms) FROM reservations";
        let first: Option<i64> = self.db.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(*self.first_end.insert(first.unwrap_or(i64::MAX)))
    }
}

/// Adds to a window without a reservation.
#[cfg(test)]
pub(crate) fn add(db: &Db, window_key: &str, micros: Micros) -> Result<(), StoreError> {
    let mut ledger = Ledger::open(db);
    let window = ledger.changed(window_key)?;
    window.spent = window.spent.saturating_add(micros.0).min(MICROS_MAX);
    ledger.close()
}

fn read(db: &Db, key: &str) -> Result<Window, StoreError> {
    let sql = "SELECT spent_micros, reserved_micros FROM ledgers WHERE window_key = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_row([key], |row| {
        let (spent, reserved) = (unsigned(row.get(0)?), unsigned(row.get(1)?));
        Ok(Window { spent, reserved, is_changed: false })
    });
    Ok(found.optional()?.unwrap_or_default())
}
