//! The admin's reads over everything at once.

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

    pub async fn provider_health(&self) -> Result<Vec<ProviderHealth>> {
        let list: ProviderHealthList =
            self.get("/v1/admin/provider-health", &As::Admin, "provider health").await?;
        Ok(list.providers)
    }
}
