//! `GET /v1/key/inspect`: what a key may do.

use crate::auth::{self, Holder};
use crate::exchange::Exchange;
use crate::refusal::Refusal;
use crate::reply::Reply;
use clawctl_wire::credential::Inspection;

/// Looking at a key is not using it, so nothing is noted.
pub(crate) fn answer(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let Holder { credential, policy, mode, .. } =
        exchange.core.store.read(|db| auth::key(exchange, db))?;
    let policy = policy.policy.clone();
    Reply::public(&Inspection {
        kid: credential.id.clone(),
        mode: mode.as_str().to_owned(),
        syntax_valid: true,
        verified: true,
        verification: "verified".to_owned(),
        enabled: credential.enabled,
        providers: policy.providers,
        tenant_id: Some(policy.tenant_id),
        token_role: Some(policy.token_role),
        monthly_budget_micros: policy.monthly_budget_micros,
        request_cost_micros: policy.request_cost_micros,
        budget_scope: policy.budget_scope,
        models: policy.models,
        expires_at: credential.expires_at,
    })
}
