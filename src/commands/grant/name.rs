//! Which grant is meant, as it is typed.

use clap::Args;

use crate::commands::complete;
use crate::error::{Error, Result};
use clawctl_wire::grant::{GrantKey, GrantScope};

#[derive(Debug, Clone, Args)]
pub(super) struct GrantName {
    /// Name of the grant: `policies/ID/NAME`, `tenants/ID/NAME`, or its NAME alone
    #[arg(value_name = "GRANT", add = complete::grants())]
    grant: String,

    /// Policy that holds it, where the name says nothing of that
    #[arg(long, value_name = "ID", conflicts_with = "tenant", add = complete::policies())]
    policy: Option<String>,

    /// Tenant that holds it, where the name says nothing of that
    #[arg(long, value_name = "NAME", add = complete::tenants())]
    tenant: Option<String>,
}

impl GrantName {
    pub(super) fn key(&self) -> Result<GrantKey> {
        let Self { grant, policy, tenant } = self;
        let key = match (policy, tenant) {
            (Some(id), _) => GrantKey::new(GrantScope::Policies, id, grant),
            (None, Some(id)) => GrantKey::new(GrantScope::Tenants, id, grant),
            (None, None) => grant.parse(),
        };
        key.map_err(|error| {
            Error::usage(format!("`{}` names no grant: {error}", grant.escape_debug())).hint(
                "write `policies/team/main`, or `main --policy team`, or `main --tenant acme`",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_is_named_once() {
        let name = |grant: &str, policy: Option<&str>, tenant: Option<&str>| {
            let (policy, tenant) = (policy.map(str::to_owned), tenant.map(str::to_owned));
            let name = GrantName { grant: grant.to_owned(), policy, tenant };
            name.key().map(|key| key.to_string()).ok()
        };
        let check = |named: Option<String>, want: Option<&str>| assert_eq!(named.as_deref(), want);
        check(name("policies/team/main", None, None), Some("policies/team/main"));
        check(name("main", Some("team"), None), Some("policies/team/main"));
        check(name("main key.1", None, Some("acme")), Some("tenants/acme/main key.1"));
        check(name("main", None, None), None);
        check(name("policies/team/main", Some("team"), None), None);
        check(name("main", Some("tenants"), None), None);
    }
}
