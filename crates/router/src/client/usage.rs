//! `GET /v1/usage`: what the policy of a key has spent.

use crate::exchange::Exchange;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::store::events::{self, Whose};
use crate::{auth, budget};
use clawctl_wire::usage::KeyUsage;

pub(crate) fn answer(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    exchange.core.store.flush()?;
    let (holder, shown) = exchange.core.store.read(|db| {
        let holder = auth::key(exchange, db)?;
        let policy = &holder.policy.policy;
        let whose = Whose::Policy { tenant: &policy.tenant_id, policy: &policy.policy_id };
        let shown = KeyUsage {
            policy_id: policy.policy_id.clone(),
            budget: budget::of_key(db, policy, holder.principal(), exchange.now)?,
            usage: events::snapshot(db, whose, exchange.now)?,
        };
        Ok::<_, Refusal>((holder, shown))
    })?;
    auth::note_use(exchange, &holder);
    Reply::private(&shown)
}
