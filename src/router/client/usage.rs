//! `GET /v1/usage`: what the policy of a key has spent.

use crate::router::exchange::Exchange;
use crate::router::refusal::Refusal;
use crate::router::reply::Reply;
use crate::router::store::events::{self, Whose};
use crate::router::{auth, budget};
use crate::wire::usage::KeyUsage;

pub(crate) fn answer(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    exchange.router.store.flush()?;
    let (holder, shown) = exchange.router.store.read(|db| {
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
