//! `GET /v1/admin/usage`: every policy with the state of its budget, and what all have used.

use crate::budget;
use crate::exchange::Exchange;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::store::events::{self, Whose};
use crate::store::{StoreError, policies};
use clawctl_wire::usage::{AdminUsage, PolicyUsage};

pub(super) fn usage(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    exchange.core.store.flush()?;
    let (rows, usage) = exchange.core.store.read(|db| {
        let mut rows = Vec::new();
        for record in policies::all(db)? {
            rows.push(PolicyUsage {
                kid: record.policy.policy_id.clone(),
                budget: budget::of_policy(db, &record.policy, exchange.now)?,
                policy: record.policy,
            });
        }
        let usage = events::snapshot(db, Whose::Everyone, exchange.now)?;
        Ok::<_, StoreError>((rows, usage))
    })?;
    Reply::private(&AdminUsage { keys: rows.clone(), policies: rows, usage })
}
