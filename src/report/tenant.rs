//! Tenants, with what their sums leave out.

use serde::Serialize;

use clawctl_wire::overview::Tenant;
use clawctl_wire::policy::Policy;

/// A tenant as the router sums it up.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TenantRow {
    #[serde(flatten)]
    pub tenant: Tenant,
    /// Policies without a limit, which count as zero in the router's sum of budgets.
    pub unlimited_policies: u64,
}

pub fn rows(tenants: Vec<Tenant>, policies: &[Policy]) -> Vec<TenantRow> {
    let unlimited = |tenant: &Tenant| {
        let of_tenant = policies.iter().filter(|policy| policy.tenant_id == tenant.tenant_id);
        of_tenant.filter(|policy| policy.monthly_budget_micros.is_none()).count() as u64
    };
    tenants
        .into_iter()
        .map(|tenant| TenantRow { unlimited_policies: unlimited(&tenant), tenant })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clawctl_wire::money::Micros;
    use clawctl_wire::policy::ProviderScope;

    #[test]
    fn a_policy_without_a_limit_is_counted_beside_the_sum() {
        let policy = |tenant: &str, budget| Policy {
            tenant_id: tenant.to_owned(),
            monthly_budget_micros: budget,
            ..Policy::with_defaults("p", &ProviderScope::All)
        };
        let policies =
            [policy("acme", None), policy("acme", Some(Micros(5))), policy("other", None)];
        let tenant: Tenant = serde_json::from_value(serde_json::json!({
            "tenantId": "acme", "policies": 2, "activePolicies": 2, "keys": 0, "activeKeys": 0,
            "providers": [], "allProviders": true, "monthlyBudgetMicros": 5,
            "requestCostMicros": 0,
        }))
        .unwrap();
        let rows = rows(vec![tenant], &policies);
        let json = serde_json::to_value(&rows[0]).unwrap();
        assert_eq!((&json["unlimitedPolicies"], &json["tenantId"]), (&1.into(), &"acme".into()));
    }
}
