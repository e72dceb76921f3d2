//! The state of the router in force, in as few reads as there are kinds of things.

use crate::client::{Client, if_offered};
use crate::error::Result;
use crate::plan::live::{Live, Offers};
use clawctl_wire::grant::Grant;
use clawctl_wire::health::Extension;

/// Reads it all. Hashes of secrets are asked for only where somebody wants to compare them.
pub(in crate::commands) async fn read(client: &Client, with_hashes: bool) -> Result<Live> {
    read_parts(client, true, with_hashes).await
}

/// Reads all but the keys, of which there may be very many.
pub(in crate::commands) async fn read_without_keys(client: &Client) -> Result<Live> {
    read_parts(client, false, false).await
}

async fn read_parts(client: &Client, with_keys: bool, with_hashes: bool) -> Result<Live> {
    let health = client.health().await?;
    let offers = Offers {
        models: health.has(Extension::PolicyModels),
        expiry: health.has(Extension::CredentialExpiresAt),
        metadata: health.has(Extension::CredentialMetadata),
        keep_secret: health.has(Extension::CredentialKeepSecret),
        refuses_fallback: health.has(Extension::PolicyEnvironmentFallback),
        retains: health.observability.request_content_retention_default,
    };
    let hashes = async {
        match with_hashes && health.has(Extension::CredentialHash) {
            true => client.credential_hashes().await.map(Some),
            false => Ok(None),
        }
    };
    let keys = async {
        match with_keys {
            true => client.credentials().await,
            false => Ok(Vec::new()),
        }
    };
    let grants = async { if_offered(client.grants().await) };
    let users = async { if_offered(client.users().await) };
    let bindings = async { if_offered(client.bindings().await) };
    let rules = async { if_offered(client.rules().await) };
    let fusion = async { if_offered(client.fusion().await) };
    let (policies, keys, providers, hashes, grants, users, bindings, rules, fusion) = tokio::try_join!(
        client.policies(),
        keys,
        client.connections(),
        hashes,
        grants,
        users,
        bindings,
        rules,
        fusion
    )?;
    let parts = [
        ("grants", grants.is_none()),
        ("users", users.is_none()),
        ("bindings", bindings.is_none()),
        ("rules", rules.is_none()),
        ("fusion", fusion.is_none()),
    ];
    let lacks = parts.into_iter().filter(|(_, lacks)| *lacks).map(|(name, _)| name).collect();
    let named = |grant: Grant| Some((grant.name()?.to_string(), grant));
    Ok(Live {
        policies: policies.into_iter().map(|it| (it.policy_id.clone(), it)).collect(),
        keys: keys.into_iter().map(|it| (it.credential_id.clone(), it)).collect(),
        providers,
        grants: grants.into_iter().flatten().filter_map(named).collect(),
        users: users.into_iter().flatten().map(|it| (it.email.clone(), it)).collect(),
        bindings: bindings.unwrap_or_default(),
        rules: rules.into_iter().flatten().map(|it| (it.rule_id.clone(), it)).collect(),
        fusion,
        hashes,
        offers,
        lacks,
    })
}
