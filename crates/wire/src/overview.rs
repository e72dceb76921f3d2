//! Sums over all policies, tenants, and everything at once.

use serde::{Deserialize, Serialize};

use super::binding::Binding;
use super::catalog::Readiness;
use super::connection::Connection;
use super::credential::Credential;
use super::fusion::FusionConfig;
use super::grant::Grant;
use super::money::Micros;
use super::policy::Policy;
use super::rule::Rule;
use super::user::AccessUser;

/// `GET /v1/admin/overview`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    pub policies_total: u64,
    pub policies_active: u64,
    pub keys_total: u64,
    pub keys_active: u64,
    pub tenants_total: u64,
    pub provider_count: u64,
    pub openai_compatible_providers: u64,
    pub manifest_routes: u64,
    /// A plain sum over all policies: unlimited counts as zero, disabled ones count too.
    pub monthly_budget_micros: Micros,
    pub request_cost_micros: Micros,
}

/// A tenant exists only through its policies.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tenant {
    pub tenant_id: String,
    pub policies: u64,
    pub active_policies: u64,
    pub keys: u64,
    pub active_keys: u64,
    pub providers: Vec<String>,
    pub all_providers: bool,
    pub monthly_budget_micros: Micros,
    pub request_cost_micros: Micros,
}

/// `GET /v1/admin/tenants`
#[derive(Debug, Serialize, Deserialize)]
pub struct TenantList {
    pub tenants: Vec<Tenant>,
}

/// `GET /v1/admin/bootstrap`: everything that the web console shows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Bootstrap {
    pub policies: Vec<Policy>,
    pub credentials: Vec<Credential>,
    pub connections: Vec<Connection>,
    #[serde(default)]
    pub users: Vec<AccessUser>,
    #[serde(default)]
    pub bindings: Vec<Binding>,
    #[serde(default)]
    pub providers: Vec<Readiness>,
    #[serde(default)]
    pub grants: Vec<Grant>,
    #[serde(default)]
    pub rules: Vec<Rule>,
    #[serde(default)]
    pub fusion: Option<FusionConfig>,
    pub overview: Overview,
    #[serde(default)]
    pub tenants: Vec<Tenant>,
}
