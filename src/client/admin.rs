//! The admin's reads over everything at once.

use http::Method;

use super::error::Result;
use super::rows::{Bin, List};
use super::usage::UsageRows;
use super::{As, Client};
use clawctl_wire::catalog::{ProviderHealth, Readiness};
use clawctl_wire::overview::{Bootstrap, Overview, Tenant};
use clawctl_wire::usage::AdminUsage;

const TENANTS: List = List::new("/v1/admin/tenants", "tenant list", &["tenants"]);
const STATUS: List = List::new("/v1/admin/provider-status", "provider status", &["providers"]);
const HEALTH: List = List::new("/v1/admin/provider-health", "provider health", &["providers"]);

impl Client {
    pub async fn overview(&self) -> Result<Overview> {
        self.get("/v1/admin/overview", &As::Admin, "overview").await
    }

    pub async fn tenants(&self) -> Result<Vec<Tenant>> {
        self.list(&TENANTS).await
    }

    pub async fn bootstrap(&self) -> Result<Bootstrap> {
        let (mut policies, mut credentials, mut connections) = (Vec::new(), Vec::new(), Vec::new());
        let (mut users, mut bindings, mut rules) = (Vec::new(), Vec::new(), Vec::new());
        let (mut providers, mut grants, mut tenants) = (Vec::new(), Vec::new(), Vec::new());
        let mut bins = [
            Bin::new("policy list", &["policies"], &mut policies),
            Bin::new("key list", &["credentials"], &mut credentials),
            Bin::new("provider list", &["connections"], &mut connections),
            Bin::new("user list", &["users"], &mut users),
            Bin::new("binding list", &["bindings"], &mut bindings),
            Bin::new("provider status", &["providers"], &mut providers),
            Bin::new("grant list", &["grants"], &mut grants),
            Bin::new("rule list", &["rules"], &mut rules),
            Bin::new("tenant list", &["tenants"], &mut tenants),
        ];
        let around: Bootstrap =
            self.gather("/v1/admin/bootstrap", &As::Admin, "state", &mut bins).await?;
        drop(bins);
        let Bootstrap { fusion, overview, .. } = around;
        Ok(Bootstrap {
            policies,
            credentials,
            connections,
            users,
            bindings,
            providers,
            grants,
            rules,
            fusion,
            overview,
            tenants,
        })
    }

    /// Budgets of every policy, sums over thirty days, and the newest events.
    pub async fn admin_usage(&self) -> Result<AdminUsage> {
        let (mut policies, mut keys, mut usage) = (Vec::new(), Vec::new(), UsageRows::default());
        let mut bins = vec![
            Bin::new("budgets of policies", &["policies"], &mut policies),
            Bin::new("budgets of older keys", &["keys"], &mut keys),
        ];
        bins.extend(usage.bins());
        let around: AdminUsage =
            self.gather("/v1/admin/usage", &As::Admin, "usage", &mut bins).await?;
        drop(bins);
        Ok(AdminUsage { policies, keys, usage: usage.into(around.usage) })
    }

    pub async fn provider_status(&self) -> Result<Vec<Readiness>> {
        self.list(&STATUS).await
    }

    /// Extension `provider.check`: has the router ask a provider. It costs money, so it is not asked
    /// again where the answer is lost.
    pub async fn check_provider(&self, id: &str, model: Option<&str>) -> Result<ProviderHealth> {
        let path = format!("/v1/admin/provider-health/{id}");
        let body = serde_json::json!({ "model": model });
        let answer = self.call_once(Method::POST, &path, &As::Admin, &body).await?;
        answer.read("provider check")
    }

    pub async fn provider_health(&self) -> Result<Vec<ProviderHealth>> {
        self.list(&HEALTH).await
    }
}
