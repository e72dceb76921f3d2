//! The way of every change of a grant: plan, say the effect, ask, write, show.

use crate::client::{Client, PlannedGrant};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::plan::{ChangeSet, Left, grant_change};
use crate::view::change::{Changed, HeldBack};
use clawctl_wire::error::code;
use clawctl_wire::grant::{Grant, GrantKey, GrantScope};
use clawctl_wire::health::Extension;

/// Which words of effect are asked about.
const ASKED: &[&str] = &["DISABLES", "ERASES", "FALLS BACK", "MOVES", "REFUSES", "SENDS"];

/// Carries out a planned change, or only shows it in a dry run.
pub async fn carry_out(
    ctx: &Ctx,
    client: &Client,
    planned: PlannedGrant,
) -> Result<Changed<Grant>> {
    let left = left(client, &planned.key, &planned.put.provider).await?;
    let change = grant_change(&planned, left);
    if ctx.settings.dry_run {
        let (path, body) = (planned.key.path(), planned.shown_body());
        let request = Some(HeldBack { method: "PUT", path, body });
        return Ok(Changed { change, now: as_written(ctx, planned), dry_run: true, request });
    }
    if let Some(before) = planned.before.as_ref().filter(|_| change.is_empty()) {
        return Ok(Changed { change, now: before.clone(), dry_run: false, request: None });
    }
    ask(ctx, &change, "Change")?;
    let now = client.write_grant(&planned).await.map_err(explained)?;
    Ok(Changed { change, now, dry_run: false, request: None })
}

/// Asks where the answer could be no.
pub(super) fn ask(ctx: &Ctx, change: &ChangeSet, verb: &str) -> Result<()> {
    let asked: Vec<_> =
        change.effects.iter().filter(|effect| ASKED.contains(&effect.word)).collect();
    for effect in &asked {
        ctx.ui.warning(format!("{}: {}", effect.word, effect.text));
    }
    if asked.is_empty() {
        return Ok(());
    }
    ctx.confirm(&format!("{verb} grant {}?", change.id))
}

/// What a holder has for a provider beside one grant. The grants of a tenant are there for its
/// policies as well.
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
    let same_pool = |other: &GrantKey| match other.scope {
        GrantScope::Policies => {
            *other != *key && other.scope == key.scope && other.scope_id == key.scope_id
        }
        GrantScope::Tenants if key.scope == GrantScope::Tenants => {
            other != key && other.scope_id == key.scope_id
        }
        GrantScope::Tenants => tenant.as_ref() == Some(&other.scope_id),
    };
    let others = all.iter().any(|grant| {
        grant.provider == provider
            && grant.usable
            && grant.name().is_some_and(|name| same_pool(&name))
    });
    if others {
        return Ok(Left::Others);
    }
    // This router refuses where the original falls back without a word.
    let refuses = client.has(Extension::PolicyEnvironmentFallback).await?;
    Ok(if refuses { Left::Nothing } else { Left::OperatorsKey })
}

/// The grant as the write will leave it, for a dry run.
fn as_written(ctx: &Ctx, planned: PlannedGrant) -> Grant {
    let PlannedGrant { key, before, put, secrets } = planned;
    let now = format!("{:.3}", ctx.now());
    let mut grant = before.unwrap_or_else(|| blank(&key, &now));
    grant.provider = put.provider;
    grant.enabled = put.enabled;
    grant.kind = put.kind;
    grant.label = put.label;
    grant.token_type = put.token_type;
    grant.expires_at = put.expires_at;
    grant.scopes = put.scopes;
    grant.account_id = put.account_id;
    grant.subscription = put.subscription;
    grant.priority = put.priority;
    grant.weight = put.weight;
    grant.has_credential |= secrets.credential.is_some();
    grant.has_access_token |= secrets.access_token.is_some();
    grant.has_refresh_token |= secrets.refresh_token.is_some();
    if !secrets.bundle.is_empty() {
        grant.credential_fields = secrets.bundle.keys().cloned().collect();
    }
    grant.usable = grant.enabled;
    grant.revoked_at = None;
    grant
}

fn blank(key: &GrantKey, now: &str) -> Grant {
    use clawctl_wire::grant::{GrantKind, QuotaStatus};
    Grant {
        key: key.stored(),
        scope: key.scope.as_str().to_owned(),
        scope_id: key.scope_id.clone(),
        token_ref: key.token_ref.clone(),
        version: 1,
        enabled: true,
        kind: GrantKind::ApiKey,
        provider: String::new(),
        label: None,
        token_type: String::new(),
        expires_at: None,
        scopes: Vec::new(),
        account_id: None,
        subscription: None,
        created_at: now.to_owned(),
        updated_at: now.to_owned(),
        revoked_at: None,
        has_credential: false,
        credential_fields: Vec::new(),
        has_access_token: false,
        has_refresh_token: false,
        refresh_configured: false,
        refresh_token_url: None,
        client_id_config: None,
        client_secret_config: None,
        usable: true,
        priority: 0,
        weight: 1.into(),
        selected_count: 0,
        last_selected_at: None,
        quota_status: QuotaStatus::Unknown,
        quota_observed_at: None,
        cooldown_until: None,
        quota_source: None,
        last_provider_signal: None,
        quota_windows: Vec::new(),
        unknown: serde_json::Map::new(),
    }
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
