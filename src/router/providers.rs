//! What is stored of the providers, beside their manifests.

use std::collections::BTreeMap;

use super::exchange::Exchange;
use super::grants::record::GrantRecord;
use super::readiness::{Circumstances, Granted, readiness};
use super::store::connections::{self, ConnectionRecord};
use super::store::{Db, StoreError, grants, health};
use crate::wire::catalog::{ProviderHealth, Readiness};
use crate::wire::policy::Policy;
use crate::wire::provider::Provider;

/// The switches and the last checks of all providers, of one moment.
pub(crate) struct State {
    pub(crate) connections: BTreeMap<String, ConnectionRecord>,
    health: BTreeMap<String, ProviderHealth>,
    grants: Vec<GrantRecord>,
}

impl State {
    pub(crate) fn read(db: &Db) -> Result<Self, StoreError> {
        Ok(Self {
            connections: connections::all(db)?,
            health: health::all(db)?,
            grants: grants::all(db)?,
        })
    }

    /// As a policy sees a provider, or as the administrator does, to whom every grant counts.
    pub(crate) fn readiness(
        &self,
        exchange: &Exchange<'_>,
        provider: &Provider,
        policy: Option<&Policy>,
    ) -> Readiness {
        let connection = self.connections.get(&provider.id);
        readiness(
            provider,
            &Circumstances {
                switched_on: connection.is_none_or(|connection| connection.enabled),
                health: self.health.get(&provider.id),
                granted: Granted::of(provider, &self.grants, policy, exchange.now),
                is_set: &|name| exchange.router.is_configured(name),
                now: exchange.now,
            },
        )
    }

    pub(crate) fn all_readiness(&self, exchange: &Exchange<'_>) -> Vec<Readiness> {
        let manifests = exchange.router.manifests();
        manifests.providers().map(|provider| self.readiness(exchange, provider, None)).collect()
    }
}
