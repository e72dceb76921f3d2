//! Sums over everything, and everything at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;

use super::{connections, grants};
use crate::router::exchange::Exchange;
use crate::router::manifest::Manifests;
use crate::router::readiness::is_openai_compatible;
use crate::router::refusal::Refusal;
use crate::router::reply::Reply;
use crate::router::store::credentials::{CredentialRecord, PolicyState};
use crate::router::store::policies::PolicyRecord;
use crate::router::store::{Db, StoreError, bindings, credentials, health, policies, rules, users};
use crate::router::{Router, fusion, providers};
use crate::wire::catalog::{ProviderHealthList, ReadinessList};
use crate::wire::money::Micros;
use crate::wire::overview::{Bootstrap, Overview, Tenant, TenantList};

/// All policies and all keys, of one moment.
struct Everything {
    policies: Vec<PolicyRecord>,
    credentials: Vec<(CredentialRecord, Option<PolicyState>)>,
}

impl Everything {
    fn read(db: &Db) -> Result<Self, StoreError> {
        Ok(Self {
            policies: policies::all(db)?,
            credentials: credentials::all(db, |record, policy| (record, policy))?,
        })
    }

    fn overview(&self, router: &Router, now: Timestamp) -> Overview {
        let tenants: BTreeSet<_> =
            self.policies.iter().map(|record| &record.policy.tenant_id).collect();
        let manifests: &Manifests = router.manifests();
        let compatible = manifests.providers().filter(|provider| is_openai_compatible(provider));
        let routes = manifests.providers().map(|provider| provider.endpoints.len());
        Overview {
            policies_total: count(self.policies.iter()),
            policies_active: count(self.policies.iter().filter(|record| record.policy.enabled)),
            keys_total: count(self.credentials.iter()),
            keys_active: count(self.credentials.iter().filter(|key| is_active(key, now))),
            tenants_total: count(tenants.iter()),
            provider_count: count(manifests.providers()),
            openai_compatible_providers: count(compatible),
            manifest_routes: routes.sum::<usize>() as u64,
            monthly_budget_micros: sum(self
                .policies
                .iter()
                .map(|record| record.policy.monthly_budget_micros)),
            request_cost_micros: sum(self
                .policies
                .iter()
                .map(|record| record.policy.request_cost_micros)),
        }
    }

    /// In the order in which the policies first name them.
    fn tenants(&self, now: Timestamp) -> Vec<Tenant> {
        let mut tenants: Vec<Tenant> = Vec::new();
        let mut by_name = HashMap::new();
        let mut by_policy = BTreeMap::new();
        for PolicyRecord { policy, .. } in &self.policies {
            let index = *by_name.entry(policy.tenant_id.as_str()).or_insert_with(|| {
                tenants.push(nobody(&policy.tenant_id));
                tenants.len() - 1
            });
            by_policy.insert(policy.policy_id.as_str(), index);
            let tenant = &mut tenants[index];
            tenant.policies += 1;
            tenant.active_policies += u64::from(policy.enabled);
            tenant.providers.extend_from_slice(&policy.providers);
            tenant.all_providers |= policy.providers.is_empty();
            tenant.monthly_budget_micros =
                sum([Some(tenant.monthly_budget_micros), policy.monthly_budget_micros]);
            tenant.request_cost_micros =
                sum([Some(tenant.request_cost_micros), policy.request_cost_micros]);
        }
        for key in &self.credentials {
            if let Some(index) = by_policy.get(key.0.policy_id.as_str()) {
                tenants[*index].keys += 1;
                tenants[*index].active_keys += u64::from(is_active(key, now));
            }
        }
        for tenant in &mut tenants {
            tenant.providers.sort();
            tenant.providers.dedup();
        }
        tenants
    }
}

/// Whether a key counts as active in sums. As the contract has it, these do not look at
/// generations.
fn is_active(key: &(CredentialRecord, Option<PolicyState>), now: Timestamp) -> bool {
    let (credential, policy) = key;
    let policy_enabled = policy.as_ref().is_some_and(|policy| policy.enabled);
    credential.enabled && policy_enabled && !credential.is_expired(now)
}

fn count(items: impl Iterator) -> u64 {
    items.count() as u64
}

/// What is not limited adds nothing.
fn sum(amounts: impl IntoIterator<Item = Option<Micros>>) -> Micros {
    let amounts = amounts.into_iter().flatten();
    Micros(amounts.fold(0, |sum: u64, amount| sum.saturating_add(amount.0)))
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
    let everything = exchange.router.store.read(Everything::read)?;
    Reply::private(&everything.overview(exchange.router, exchange.now))
}

pub(super) fn tenants(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let everything = exchange.router.store.read(Everything::read)?;
    Reply::private(&TenantList { tenants: everything.tenants(exchange.now) })
}

pub(super) fn provider_status(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let state = exchange.router.store.read(providers::State::read)?;
    Reply::private(&ReadinessList { providers: state.all_readiness(exchange) })
}

pub(super) fn provider_health(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let health = exchange.router.store.read(health::all)?;
    Reply::private(&ProviderHealthList { providers: health.into_values().collect() })
}

pub(super) fn bootstrap(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let (everything, state, connections, grants, people, fusion) =
        exchange.router.store.read(|db| {
            let state = providers::State::read(db)?;
            let connections = connections::rows(exchange, db, &state)?;
            let grants = grants::rows(exchange, db)?;
            let people = (users::all(db)?, bindings::all(db)?, rules::all(db)?);
            let fusion = fusion::config::stored(db, exchange.router.manifests())?;
            let everything = Everything::read(db)?;
            Ok::<_, StoreError>((everything, state, connections, grants, people, fusion))
        })?;
    let (users, bindings, rules) = people;
    let now = exchange.now;
    let credentials =
        everything.credentials.iter().map(|(record, policy)| record.shown(policy.as_ref(), now));
    Reply::private(&Bootstrap {
        credentials: credentials.collect(),
        connections,
        users: users.into_iter().map(|record| record.user).collect(),
        bindings,
        providers: state.all_readiness(exchange),
        grants,
        rules,
        fusion: Some(fusion),
        overview: everything.overview(exchange.router, now),
        tenants: everything.tenants(now),
        policies: everything.policies.into_iter().map(|record| record.policy).collect(),
    })
}
