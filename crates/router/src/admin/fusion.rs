//! Fusion: its configuration, and what one would do.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::budget;
use crate::exchange::Exchange;
use crate::fusion::config;
use crate::fusion::preview::{Known, preview};
use crate::providers;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::store::{meta, policies};
use clawctl_wire::error::code;
use clawctl_wire::id::check_id;

pub(super) fn get(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let core = exchange.core;
    Reply::private(&core.store.read(|db| config::stored(db, core.manifests()))?)
}

pub(super) fn put(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let core = exchange.core;
    let config = config::read(&exchange.json()?, core.manifests())?;
    core.store.write(|db| meta::set_fusion(db, &config))?;
    Reply::private(&config)
}

pub(super) fn preview_of(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let Value::Object(members) = exchange.json()? else {
        let message = "a preview takes a JSON object of `policyId` and `config`";
        return Err(Refusal::bad(code::FUSION_PREVIEW_INVALID, message));
    };
    let id = members.get("policyId").and_then(Value::as_str).map(str::trim);
    let Some(id) = id.filter(|id| check_id(id).is_ok()) else {
        let message = "a preview takes the id of a policy in `policyId`";
        return Err(Refusal::bad(code::FUSION_POLICY_REQUIRED, message));
    };
    let core = exchange.core;
    let (manifests, now) = (core.manifests(), exchange.now);
    let (policy, state, budget, left) = core.store.read(|db| {
        let Some(record) = policies::find(db, id)? else {
            let message = format!("there is no policy `{id}`");
            return Err(Refusal::missing(code::FUSION_POLICY_NOT_FOUND, message));
        };
        let state = providers::State::read(db)?;
        let mut left = BTreeMap::new();
        for (provider, connection) in &state.connections {
            if let Some(limit) = connection.monthly_budget {
                let spent = budget::provider_spent(db, provider, now)?;
                left.insert(provider.clone(), limit.saturating_sub(spent));
            }
        }
        let budget = budget::of_policy(db, &record.policy, now)?;
        Ok((record.policy, state, budget, left))
    })?;
    let fusion = config::read(members.get("config").unwrap_or(&Value::Null), manifests)?;
    let known = Known {
        manifests,
        config: &|name| core.config(name),
        policy: &policy,
        readiness: &|provider| state.readiness(exchange, provider, Some(&policy)),
        budget,
        providers: left,
    };
    Reply::private(&preview(&fusion, &known)?)
}
