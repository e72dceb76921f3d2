//! What anybody, and what the holder of a key, may ask.

use std::collections::BTreeMap;

use http::{HeaderValue, Method};
use serde_json::Value;

use super::error::Result;
use super::rows::Bin;
use super::transport::{Answer, Outgoing};
use super::usage::UsageRows;
use super::{As, Client};
use clawctl_wire::catalog::Catalog;
use clawctl_wire::credential::Inspection;
use clawctl_wire::probe::Probe;
use clawctl_wire::provider::ProviderSnapshot;
use clawctl_wire::usage::KeyUsage;

impl Client {
    /// The providers that the router was built with, their models and prices.
    pub async fn providers(&self) -> Result<ProviderSnapshot> {
        let mut providers = Vec::new();
        let mut bins = [Bin::new("provider snapshot", &["providers"], &mut providers)];
        // The indexes say nothing that the providers do not say, and nobody here reads them.
        let around: Value =
            self.gather("/v1/providers", &As::Nobody, "provider snapshot", &mut bins).await?;
        drop(bins);
        let version = around["version"].as_str().unwrap_or_default().to_owned();
        let (capability_index, model_index) = (BTreeMap::new(), BTreeMap::new());
        Ok(ProviderSnapshot { version, providers, capability_index, model_index })
    }

    /// What a key may do, or the refusal that says what is wrong with it.
    pub async fn inspect_key(&self, key: &HeaderValue) -> Result<Inspection> {
        self.get("/v1/key/inspect", &As::Key(key), "inspection").await
    }

    /// The models that a key can really use.
    pub async fn catalog(&self, key: &HeaderValue) -> Result<Catalog> {
        let mut providers = Vec::new();
        let mut bins = [Bin::new("catalog", &["providers"], &mut providers)];
        let around: Catalog =
            self.gather("/v1/catalog", &As::Key(key), "catalog", &mut bins).await?;
        drop(bins);
        Ok(Catalog { providers, ..around })
    }

    /// Asks a provider through the router, as the holder of a key, and gives the answer whatever it
    /// is. It costs money, so it is not asked again where the answer is lost.
    pub async fn probe(&self, key: &HeaderValue, probe: &Probe) -> Result<Answer> {
        let body = probe.body.to_string().into_bytes();
        let outgoing = self.outgoing(Method::POST, &probe.path, &As::Key(key), Some(body));
        let outgoing = Outgoing { repeatable: false, ..outgoing };
        let hidden = self.hidden(&outgoing);
        Ok(hidden.hide(self.send(outgoing).await?))
    }

    /// Budget and usage as the holder of a key sees them.
    pub async fn key_usage(&self, key: &HeaderValue) -> Result<KeyUsage> {
        let mut usage = UsageRows::default();
        let mut bins = usage.bins();
        let around: KeyUsage = self.gather("/v1/usage", &As::Key(key), "usage", &mut bins).await?;
        drop(bins);
        Ok(KeyUsage { usage: usage.into(around.usage), ..around })
    }
}
