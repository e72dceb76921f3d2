//! What there is to know before a grant is changed.

use serde_json::{Value, json};

use crate::client::{Client, PlannedGrant};
use crate::commands::write::Proposal;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::plan::{Left, grant_change, has_other};
use crate::view::change::{Changed, HeldBack};
use clawctl_wire::error::code;
use clawctl_wire::grant::{Grant, GrantKey, GrantScope, PutGrant};
use clawctl_wire::health::Extension;

/// Carries out a planned change, or only shows it in a dry run.
pub(super) async fn carry_out(
    ctx: &Ctx,
    client: &Client,
    planned: PlannedGrant,
) -> Result<Changed<Grant>> {
    let PlannedGrant { key, before, put, secrets } = &planned;
    let change = grant_change(&planned, left(client, key, &put.provider).await?);
    let same = before.as_ref().filter(|it| PutGrant::unchanged(it) == *put && secrets.is_empty());
    // A router shows neither a secret nor all of where it is renewed.
    let even_if_same = same.is_none();
    let after = match same {
        Some(before) => before.clone(),
        None => as_written(ctx, &planned)?,
    };
    let request = HeldBack::put(key.path(), planned.shown_body());
    Proposal { even_if_same, ..Proposal::new(change, before.clone(), after, request) }
        .carry_out(ctx, client, async || client.write_grant(&planned).await.map_err(explained))
        .await
}

/// What a holder has for a provider beside one grant.
pub(super) async fn left(client: &Client, key: &GrantKey, provider: &str) -> Result<Left> {
    let all = client.grants().await?;
    let tenant = match key.scope {
        GrantScope::Tenants => None,
        GrantScope::Policies => {
            let policies = client.policies().await?;
            let policy = policies.into_iter().find(|policy| policy.policy_id == key.scope_id);
            policy.map(|policy| policy.tenant_id)
        }
    };
    if has_other(&all, key, tenant.as_deref(), provider) {
        return Ok(Left::Others);
    }
    // This router refuses where the original falls back without a word.
    let refuses = client.has(Extension::PolicyEnvironmentFallback).await?;
    Ok(if refuses { Left::Nothing } else { Left::OperatorsKey })
}

/// The grant as the write will leave it: what is written, over what is there.
fn as_written(ctx: &Ctx, planned: &PlannedGrant) -> Result<Grant> {
    let PlannedGrant { key, before, put, secrets } = planned;
    let now = format!("{:.3}", ctx.now());
    let mut members = match before {
        Some(before) => json!(before),
        None => json!({
            "key": key.stored(), "scope": key.scope.as_str(), "scopeId": key.scope_id,
            "tokenRef": key.token_ref, "version": 1, "createdAt": now, "updatedAt": now,
            "quotaStatus": "unknown", "tokenType": "", "provider": "",
        }),
    };
    for (name, value) in put.body() {
        // Only the router can say where it renews a token, and how it keeps one warm.
        if !matches!(name.as_str(), "refresh" | "maintenance") {
            members[name] = value;
        }
    }
    members["usable"] = put.enabled.into();
    members["revokedAt"] = Value::Null;
    let mut grant: Grant = serde_json::from_value(members).map_err(std::io::Error::from)?;
    grant.has_credential |= secrets.credential.is_some();
    grant.has_access_token |= secrets.access_token.is_some();
    grant.has_refresh_token |= secrets.refresh_token.is_some();
    if !secrets.bundle.is_empty() {
        grant.credential_fields = secrets.bundle.keys().cloned().collect();
    }
    Ok(grant)
}

/// Says what to do about a refusal that the router's words do not explain.
pub(super) fn explained(error: crate::client::Error) -> Error {
    let hint = match error.code() {
        code::GRANT_REFRESH_UNAVAILABLE => Some(
            "give it a refresh token and say where it is renewed: `clawctl grant put … --token-url URL`",
        ),
        code::GRANT_REFRESH_FAILED => Some(
            "the provider did not take the refresh token; sign in there again, then give the new \
             tokens with `clawctl grant put`",
        ),
        code::GRANT_QUOTA_PROBE_UNAVAILABLE => Some(
            "what a provider says of its limits in its answers is in `clawctl grant show` all the \
             same",
        ),
        // The original's answer to one grant too many.
        code::INTERNAL_ERROR if error.status() == Some(500) => Some(
            "a router takes at most 32 enabled grants of one policy or tenant for one provider, \
             and some say no more than this about it",
        ),
        _ => None,
    };
    let error = Error::from(error);
    match hint {
        Some(hint) => error.hint(hint),
        None => error,
    }
}
