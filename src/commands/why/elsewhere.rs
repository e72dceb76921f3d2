//! Asking about a router elsewhere: by what it shows its administrator, and by what it says of a
//! key to its holder.

use http::HeaderValue;
use jiff::Timestamp;

use super::Whose;
use crate::client::{self, Client, sensitive};
use crate::error::Result;
use clawctl_router::why::{Identified, Proof, Request, Snapshot};
use clawctl_wire::budget::BudgetStatus;
use clawctl_wire::error::code;
use clawctl_wire::key::ProxyKey;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::Policy;
use clawctl_wire::provider::ProviderSnapshot;
use clawctl_wire::why::Explanation;

pub(super) async fn explain(
    client: &Client,
    now: Timestamp,
    whose: &Whose,
    providers: ProviderSnapshot,
    request: &Request,
    session: Option<&str>,
) -> Result<Explanation> {
    let state = client.bootstrap().await?;
    let is_plain = client.health().await?.extensions.is_empty();
    let mut snapshot = Snapshot { state, providers, budget: None, is_plain, now };
    let (caller, key) = match whose {
        Whose::Policy(id) => (Identified::Policy(id), None),
        Whose::KeyId(id) => (Identified::Key { id, proof: Proof::Assumed }, None),
        Whose::Key(secret) => match ProxyKey::parse(secret.expose().trim()) {
            Err(_) => (Identified::NoKey, None),
            Ok(key) => {
                let header = sensitive(&format!("Bearer {}", secret.expose().trim()))?;
                let proof = prove(client, &header).await?;
                (Identified::Key { id: key.id, proof }, Some(header))
            }
        },
    };
    let policy = match caller {
        Identified::Policy(id) => snapshot.policy(id),
        Identified::Key { id, .. } => snapshot.policy_of(id),
        Identified::NoKey => None,
    };
    if let Some(policy) = policy {
        snapshot.budget = budget(client, policy, key.as_ref()).await?;
    }
    snapshot.why(caller, request, session).ok_or_else(|| whose.missing())
}

/// Whether the secret is the one that the router knows. That the key is refused for another reason
/// is found out from the state of it.
async fn prove(client: &Client, key: &HeaderValue) -> Result<Proof> {
    match client.inspect_key(key).await {
        Ok(_) => Ok(Proof::Given),
        // The text was parsed here already, so only the secret can be meant.
        Err(said) if said.code() == code::INVALID_PROXY_KEY => Ok(Proof::Wrong),
        Err(client::Error::Refused { status: 401 | 403, .. }) => Ok(Proof::Given),
        Err(other) => Err(other.into()),
    }
}

/// What is spent of a policy's budget: as the key itself sees it, which is little to ask for, or
/// else from the sums over everything.
async fn budget(
    client: &Client,
    policy: &Policy,
    key: Option<&HeaderValue>,
) -> Result<Option<BudgetStatus>> {
    if policy.monthly_budget_micros.is_none_or(|limit| limit == Micros::ZERO) {
        return Ok(None);
    }
    if let Some(key) = key {
        // A key that does not work is refused before its budget matters.
        return Ok(client.key_usage(key).await.ok().map(|usage| usage.budget));
    }
    let usage = client.admin_usage().await?;
    let mut rows = usage.policies.into_iter();
    Ok(rows.find(|row| row.policy.policy_id == policy.policy_id).map(|row| row.budget))
}
