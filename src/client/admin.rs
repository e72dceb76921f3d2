//! The admin's reads over everything at once.

use http::Method;

use super::error::Result;
use super::{As, Client};
use crate::wire::catalog::{ProviderHealth, ProviderHealthList, Readiness, ReadinessList};
use crate::wire::overview::{Bootstrap, Overview, Tenant, TenantList};
use crate::wire::usage::AdminUsage;

impl Client {
    pub async fn overview(&self) -> Result<Overview> {
        self.get("/v1/admin/overview", &As::Admin, "overview").await
    }

    pub async fn tenants(&self) -> Result<Vec<Tenant>> {
        let list: TenantList = self.get("/v1/admin/tenants", &As::Admin, "tenant list").await?;
        Ok(list.tenants)
    }

    pub async fn bootstrap(&self) -> Result<Bootstrap> {
        self.get("/v1/admin/bootstrap", &As::Admin, "state").await
    }

    /// Budgets of every policy, sums over thirty days, and the newest events.
    pub async fn admin_usage(&self) -> Result<AdminUsage> {
        self.get("/v1/admin/usage", &As::Admin, "usage").await
    }

    pub async fn provider_status(&self) -> Result<Vec<Readiness>> {
        let list: ReadinessList =
            self.get("/v1/admin/provider-status", &As::Admin, "provider status").await?;
        Ok(list.providers)
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
        let list: ProviderHealthList =
            self.get("/v1/admin/provider-health", &As::Admin, "provider health").await?;
        Ok(list.providers)
    }
}
