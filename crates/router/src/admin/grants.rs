//! Upstream grants: `GET /v1/admin/upstream-grants`, and `PUT` and `POST …/<verb>` on one.

use std::sync::Arc;

use http::Method;

use super::fields::Fields;
use super::grant_body::{GrantBody, Ground, priority, weight};
use super::grant_target::{GrantTarget, GrantVerb};
use crate::auth;
use crate::exchange::Exchange;
use crate::grant::record::GrantRecord;
use crate::grant::seal::{SealError, Sealer};
use crate::grants::{self, Grants, Occasion};
use crate::manifest::{Manifest, Manifests};
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::store::{Db, StoreError, grants as stored, meta};
use clawctl_wire::error::code;
use clawctl_wire::grant::{Grant, GrantKey, GrantKind, GrantList, GrantScope, POOL_MEMBERS_MAX};

pub(super) fn list(exchange: &Exchange<'_>, grants: &Grants) -> Result<Reply, Refusal> {
    let grants = exchange.core.store.read(|db| rows(exchange, grants, db))?;
    Reply::private(&GrantList { grants })
}

/// All grants, each with what was last seen of it.
pub(super) fn rows(
    exchange: &Exchange<'_>,
    grants: &Grants,
    db: &Db,
) -> Result<Vec<Grant>, StoreError> {
    let states = stored::states(db)?;
    let shown = |record: GrantRecord| grants.shown(&record, states.get(&record.key), exchange.now);
    Ok(stored::all(db)?.into_iter().map(shown).collect())
}

pub(super) fn one(exchange: &Exchange<'_>, grants: &Grants, tail: &str) -> Result<Reply, Refusal> {
    if !matches!(*exchange.method(), Method::PUT | Method::POST) {
        return Err(Refusal::wrong_method());
    }
    let target = GrantTarget::parse(tail)?;
    match (exchange.method().as_str(), target.verb) {
        ("PUT", None) => put(exchange, grants, &target.key),
        ("POST", Some(GrantVerb::Revoke)) => revoke(exchange, grants, &target.key),
        ("POST", Some(GrantVerb::Authorize)) => authorize(exchange),
        _ => Err(Refusal::wrong_method()),
    }
}

fn put(exchange: &Exchange<'_>, grants: &Grants, key: &GrantKey) -> Result<Reply, Refusal> {
    let core = exchange.core;
    let body = GrantBody::read(exchange.json()?)?;
    if body.seals() {
        // A keychain may take its time, and others wait for the database meanwhile. Another key is
        // made only where the write needs nothing that is sealed under the one there was.
        let may_make = core.store.read(|db| {
            let present = stored::find(db, key)?;
            let needed = present.is_some_and(|record| record.sealed.is_some()) && !body.suffices();
            Ok::<_, StoreError>(!needed && !stored::sealed_beside(db, key)?)
        })?;
        grants.sealer.prepare(may_make).map_err(SealError::refusal)?;
    }
    let (record, state) = core.store.write(|db| {
        let present = stored::find(db, key)?;
        let provider = body.provider(present.as_ref()).map(str::to_owned);
        let provider = provider
            .ok_or_else(|| Refusal::bad(code::INVALID_UPSTREAM_GRANT, "`provider` is missing"))?;
        let manifest = known_provider(core.manifests(), &provider)?;
        body.check_destinations(&manifest.provider, present.as_ref(), core.manifests())?;
        let now = stored::time_after(present.as_ref().map(|p| p.updated_at), exchange.now)?;
        let sealed = present.as_ref().and_then(|record| record.sealed.clone());
        let sealer = &grants.sealer;
        let record = body.apply(provider, Ground { key, present, sealer, now })?;
        may_be_used(manifest, &record)?;
        if record.sealed != sealed {
            one_key_for_all(sealer, db, key)?;
        }
        if record.enabled && stored::enabled_beside(db, key, &record.provider)? >= POOL_MEMBERS_MAX
        {
            return Err(Refusal::bad(
                code::INVALID_UPSTREAM_GRANT,
                format!(
                    "{} {} has {POOL_MEMBERS_MAX} enabled grants for {} already, and more are not \
                     chosen from; disable or revoke one of them",
                    holder(key),
                    key.scope_id,
                    record.provider
                ),
            ));
        }
        stored::put(db, &record)?;
        Ok((record, stored::state(db, key)?))
    })?;
    Reply::private(&grants.shown(&record, state.as_ref(), exchange.now))
}

fn holder(key: &GrantKey) -> &'static str {
    match key.scope {
        GrantScope::Policies => "policy",
        GrantScope::Tenants => "tenant",
    }
}

fn known_provider<'m>(manifests: &'m Manifests, id: &str) -> Result<&'m Manifest, Refusal> {
    manifests.get(id).ok_or_else(|| {
        let message = format!("there is no provider `{}`", id.escape_debug());
        Refusal::bad(code::UNKNOWN_PROVIDER, message)
    })
}

/// Refuses a token that its provider gives to programs of its own, and takes from no other.
fn may_be_used(manifest: &Manifest, record: &GrantRecord) -> Result<(), Refusal> {
    if !record.facts.has_access_token {
        return Ok(());
    }
    let (kind, provider) = (&record.facts.kind, &manifest.provider);
    let probed = provider
        .quota
        .probes
        .iter()
        .any(|probe| probe.grant_kinds.iter().any(|taken| taken == kind.as_str()));
    let why = match manifest.refused_tokens.get(kind.as_str()) {
        Some(why) => why.as_str(),
        None if *kind == GrantKind::Subscription && !probed => {
            "a subscription is reached through another program's client, which this router does \
             not pass itself off as"
        }
        None => return Ok(()),
    };
    let message = format!("a grant of kind `{kind}` for {} is not taken: {why}", provider.id);
    Err(Refusal::bad(code::INVALID_UPSTREAM_GRANT, message))
}

/// Sees to it that everything in one database is sealed under one key, whichever processes seal.
fn one_key_for_all(sealer: &Sealer, db: &Db, key: &GrantKey) -> Result<(), Refusal> {
    let mark = sealer.mark().map_err(SealError::refusal)?;
    let known = meta::sealing_key_mark(db)?;
    if known.as_ref() == Some(&mark) {
        return Ok(());
    }
    if known.is_some() && stored::sealed_beside(db, key)? {
        return Err(SealError::OtherKey.refusal());
    }
    Ok(meta::set_sealing_key_mark(db, &mark)?)
}

fn revoke(exchange: &Exchange<'_>, grants: &Grants, key: &GrantKey) -> Result<Reply, Refusal> {
    let record = exchange.core.store.write(|db| {
        let present = stored::find(db, key)?.ok_or_else(|| grants::unknown(key))?;
        let now = stored::time_after(Some(present.updated_at), exchange.now)?;
        let record = present.revoked(now);
        stored::put(db, &record)?;
        Ok::<_, Refusal>(record)
    })?;
    Reply::private(&grants.shown(&record, None, exchange.now))
}

/// A browser would have to sign in at the provider, with a session of this router's to come back
/// to.
fn authorize(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let body = exchange.json()?;
    let fields = Fields::of(&body, code::INVALID_UPSTREAM_GRANT)?;
    let provider =
        fields.text("provider")?.ok_or_else(|| fields.refuse("`provider` is missing"))?;
    priority(fields)?;
    weight(fields)?;
    known_provider(exchange.core.manifests(), &provider)?;
    let message = "signing in at a provider takes an administrator in a browser session, which \
                   this router does not have";
    Err(Refusal::forbidden(code::ACCESS_ADMIN_REQUIRED, message))
}

/// Carries out what a provider has to be asked for: `…/refresh` and `…/quota-refresh`.
pub(crate) async fn ask_provider(
    exchange: &Exchange<'_>,
    grants: &Arc<Grants>,
    tail: &str,
) -> Result<Reply, Refusal> {
    auth::admin(exchange)?;
    let GrantTarget { key, verb } = GrantTarget::parse(tail)?;
    match verb {
        Some(GrantVerb::Refresh) => {
            grants.renew(&key, Occasion::Asked).await?;
        }
        Some(GrantVerb::QuotaRefresh) => grants.probe(&key).await?,
        _ => return Err(Refusal::wrong_method()),
    }
    let (record, state) = exchange.core.store.read(|db| {
        let record = stored::find(db, &key)?.ok_or_else(|| grants::unknown(&key))?;
        Ok::<_, Refusal>((record, stored::state(db, &key)?))
    })?;
    Reply::private(&grants.shown(&record, state.as_ref(), exchange.now))
}
