//! The administrator of a router's own console, whom a write to the wrong record locks out.
//!
//! A ClawRouter that lets people sign in with the admin token keeps a record of them under one
//! address, and takes their rights from it. Each write to that record, of whatever, makes it one
//! of an ordinary user, and signing in again does not mend it. A write of a rule looks at the
//! records of all users, and writes to each that it has not looked at before.

use super::Client;
use super::error::{Error, Result};
use clawctl_wire::rule::{Reconcile, Rule};
use clawctl_wire::user::CONSOLE_ADMIN;

/// What may become of the console's administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Console {
    /// What would lock it out is not sent.
    Guard,
    /// That is wanted.
    LockOut,
}

impl Console {
    /// Refuses a write to the administrator's own record.
    pub(super) fn check_user(self, email: &str) -> Result<()> {
        if self == Self::Guard && email == CONSOLE_ADMIN {
            return Err(locks_out("a write to its record"));
        }
        Ok(())
    }
}

impl Client {
    /// Refuses a rule that gives the administrator anything, and any rule once there is a record
    /// of it.
    pub(super) async fn check_rule_for_console(&self, rule: &Rule, console: Console) -> Result<()> {
        if console == Console::LockOut {
            return Ok(());
        }
        if rule.enabled && rule.matches_email(CONSOLE_ADMIN) {
            return Err(locks_out("a rule that matches it"));
        }
        if self.knows_console_admin().await? {
            return Err(locks_out("a write of any rule, which looks at every user,"));
        }
        Ok(())
    }

    /// Refuses a reconciliation that reaches the administrator's record.
    pub async fn check_reconcile_for_console(
        &self,
        whom: &Reconcile,
        console: Console,
    ) -> Result<()> {
        match whom {
            Reconcile::One { email, .. } => console.check_user(email),
            Reconcile::All if console == Console::Guard && self.knows_console_admin().await? => {
                Err(locks_out("a reconciliation of all users"))
            }
            Reconcile::All => Ok(()),
        }
    }

    async fn knows_console_admin(&self) -> Result<bool> {
        Ok(self.users().await?.iter().any(|user| user.email == CONSOLE_ADMIN))
    }
}

fn locks_out(what: &'static str) -> Error {
    Error::LocksOut { what, email: CONSOLE_ADMIN }
}
