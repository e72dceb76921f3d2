//! The state of the router in force, in as few reads as there are kinds of things.

use crate::client::{Client, if_offered};
use crate::error::Result;
use crate::plan::live::Live;
use clawctl_wire::grant::Grant;
use clawctl_wire::health::Extension;

/// Reads it all, but of the keys only those whose ids are asked for: there may be very many. Hashes
/// of secrets are read only where somebody wants to compare them.
pub(in crate::commands) async fn read(
    client: &Client,
    is_asked_for: impl Fn(&str) -> bool,
    with_hashes: bool,
) -> Result<Live> {
    let keys = async {
        let mut live = Live::default();
        let mut rows = client.credential_rows().await?;
        while let Some(key) = rows.next().await? {
            let is_asked_for = is_asked_for(&key.credential_id);
            live.add_key(key, is_asked_for);
        }
        Ok((live.keys, live.enabled_keys))
    };
    let hashes = async {
        match with_hashes && client.has(Extension::CredentialHash).await? {
            true => Ok(Some(client.credential_hashes(&is_asked_for).await?)),
            false => Ok(None),
        }
    };
    let (others, (keys, enabled_keys), hashes) =
        tokio::try_join!(read_without_keys(client), keys, hashes)?;
    Ok(Live { keys, enabled_keys, hashes, ..others })
}

/// Reads all but the keys.
pub(in crate::commands) async fn read_without_keys(client: &Client) -> Result<Live> {
    let offers = client.offers().await?;
    let grants = async { if_offered(client.grants().await) };
    let users = async { if_offered(client.users().await) };
    let bindings = async { if_offered(client.bindings().await) };
    let rules = async { if_offered(client.rules().await) };
    let fusion = async { if_offered(client.fusion().await) };
    let (policies, providers, grants, users, bindings, rules, fusion) = tokio::try_join!(
        client.policies(),
        client.connections(),
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
        providers,
        grants: grants.into_iter().flatten().filter_map(named).collect(),
        users: users.into_iter().flatten().map(|it| (it.email.clone(), it)).collect(),
        bindings: bindings.unwrap_or_default(),
        rules: rules.into_iter().flatten().map(|it| (it.rule_id.clone(), it)).collect(),
        fusion,
        offers,
        lacks,
        ..Live::default()
    })
}
