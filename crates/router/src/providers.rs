//! What is stored of the providers, beside their manifests.

use std::collections::{BTreeMap, BTreeSet};

use super::core::Core;
use super::exchange::Exchange;
use super::grant::record::GrantRecord;
use super::manifest::Manifest;
use super::readiness::{Circumstances, Granted, readiness};
use super::store::connections::{self, ConnectionRecord};
use super::store::{Db, StoreError, grants, health};
use clawctl_wire::catalog::{ProviderHealth, Readiness};
use clawctl_wire::policy::Policy;

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
        manifest: &Manifest,
        policy: Option<&Policy>,
    ) -> Readiness {
        let provider = &manifest.provider;
        readiness(
            manifest,
            &Circumstances {
                connection: self.connections.get(&provider.id),
                health: self.health.get(&provider.id),
                granted: Granted::of(provider, &self.grants, policy, exchange.now),
                is_set: &|name| exchange.core.is_configured(name),
                now: exchange.now,
            },
        )
    }

    pub(crate) fn all_readiness(&self, exchange: &Exchange<'_>) -> Vec<Readiness> {
        let manifests = exchange.core.manifests();
        manifests.iter().map(|manifest| self.readiness(exchange, manifest, None)).collect()
    }
}

/// The providers that could be called without any grant, were they switched on.
pub(crate) fn configured(core: &Core) -> BTreeSet<String> {
    let on = ConnectionRecord { enabled: true, label: None, monthly_budget: None };
    let known = Circumstances {
        connection: Some(&on),
        health: None,
        granted: Granted::default(),
        is_set: &|name| core.is_configured(name),
        now: (core.clock)(),
    };
    let ready = core.manifests().iter().filter(|manifest| readiness(manifest, &known).executable);
    ready.map(|manifest| manifest.provider.id.clone()).collect()
}
