//! Sums over everything, and everything at once.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;

use super::connections;
use crate::core::Core;
use crate::exchange::Exchange;
use crate::grants::Grants;
use crate::manifest::{Manifests, is_openai_compatible};
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::store::policies::PolicyRecord;
use crate::store::{Db, StoreError, bindings, counts, credentials, health, policies, rules, users};
use crate::{fusion, providers};
use clawctl_wire::catalog::{ProviderHealthList, ReadinessList};
use clawctl_wire::money::Micros;
use clawctl_wire::overview::{Bootstrap, Overview, Tenant, TenantList};

/// Sums over all policies and keys. Neither of the two lists is in memory for it.
fn sums(db: &Db, core: &Core, now: Timestamp) -> Result<Overview, StoreError> {
    let manifests: &Manifests = core.manifests();
    let compatible = manifests.providers().filter(|provider| is_openai_compatible(provider));
    let routes = manifests.providers().map(|provider| provider.endpoints.len());
    let keys = counts::keys(db, now)?;
    let mut sums = Overview {
        policies_total: 0,
        policies_active: 0,
        keys_total: keys.total,
        keys_active: keys.active,
        tenants_total: 0,
        provider_count: manifests.providers().count() as u64,
        openai_compatible_providers: compatible.count() as u64,
        manifest_routes: routes.sum::<usize>() as u64,
        monthly_budget_micros: Micros::ZERO,
        request_cost_micros: Micros::ZERO,
    };
    let mut tenants = BTreeSet::new();
    policies::walk(db, "", |PolicyRecord { policy, .. }| {
        sums.policies_total += 1;
        sums.policies_active += u64::from(policy.enabled);
        add(&mut sums.monthly_budget_micros, policy.monthly_budget_micros);
        add(&mut sums.request_cost_micros, policy.request_cost_micros);
        tenants.insert(policy.tenant_id);
        Ok(true)
    })?;
    sums.tenants_total = tenants.len() as u64;
    Ok(sums)
}

/// In the order in which the policies first name them.
fn all_tenants(db: &Db, now: Timestamp) -> Result<Vec<Tenant>, StoreError> {
    let mut tenants: Vec<Tenant> = Vec::new();
    let mut by_name = HashMap::new();
    let mut by_policy = HashMap::new();
    policies::walk(db, "", |PolicyRecord { policy, .. }| {
        let index = *by_name.entry(policy.tenant_id.clone()).or_insert_with(|| {
            tenants.push(nobody(&policy.tenant_id));
            tenants.len() - 1
        });
        by_policy.insert(policy.policy_id, index);
        let tenant = &mut tenants[index];
        tenant.policies += 1;
        tenant.active_policies += u64::from(policy.enabled);
        tenant.all_providers |= policy.providers.is_empty();
        for provider in policy.providers {
            if let Err(place) = tenant.providers.binary_search(&provider) {
                tenant.providers.insert(place, provider);
            }
        }
        add(&mut tenant.monthly_budget_micros, policy.monthly_budget_micros);
        add(&mut tenant.request_cost_micros, policy.request_cost_micros);
        Ok(true)
    })?;
    counts::keys_by_policy(db, now, |policy, keys| {
        if let Some(index) = by_policy.get(policy) {
            tenants[*index].keys += keys.total;
            tenants[*index].active_keys += keys.active;
        }
    })?;
    Ok(tenants)
}

/// What is not limited adds nothing.
fn add(sum: &mut Micros, amount: Option<Micros>) {
    sum.0 = sum.0.saturating_add(amount.map_or(0, |amount| amount.0));
}

fn nobody(tenant_id: &str) -> Tenant {
    Tenant {
        tenant_id: tenant_id.to_owned(),
        policies: 0,
        active_policies: 0,
        keys: 0,
        active_keys: 0,
        providers: Vec::new(),
        all_providers: false,
        monthly_budget_micros: Micros::ZERO,
        request_cost_micros: Micros::ZERO,
    }
}

pub(super) fn overview(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let (core, now) = (exchange.core, exchange.now);
    Reply::private(&core.store.read(|db| sums(db, core, now))?)
}

pub(super) fn tenants(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let tenants = exchange.core.store.read(|db| all_tenants(db, exchange.now))?;
    Reply::private(&TenantList { tenants })
}

pub(super) fn provider_status(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let state = exchange.core.store.read(providers::State::read)?;
    Reply::private(&ReadinessList { providers: state.all_readiness(exchange) })
}

pub(super) fn provider_health(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let health = exchange.core.store.read(health::all)?;
    Reply::private(&ProviderHealthList { providers: health.into_values().collect() })
}

pub(super) fn bootstrap(exchange: &Exchange<'_>, grants: &Grants) -> Result<Reply, Refusal> {
    let (core, now) = (exchange.core, exchange.now);
    let everything = core.store.read(|db| {
        let state = providers::State::read(db)?;
        let mut keys = Vec::new();
        credentials::walk(db, "", |record, policy| {
            keys.push(record.shown(policy.as_ref(), now));
            Ok(true)
        })?;
        let users = users::all(db)?.into_iter().map(|record| record.user);
        let policies = policies::all(db)?.into_iter().map(|record| record.policy);
        Ok::<_, StoreError>(Bootstrap {
            credentials: keys,
            connections: connections::rows(exchange, db, &state)?,
            users: users.collect(),
            bindings: bindings::all(db)?,
            providers: state.all_readiness(exchange),
            grants: super::grants::rows(exchange, grants, db)?,
            rules: rules::all(db)?,
            fusion: Some(fusion::config::stored(db, core.manifests())?),
            overview: sums(db, core, now)?,
            tenants: all_tenants(db, now)?,
            policies: policies.collect(),
        })
    })?;
    Reply::private(&everything)
}
