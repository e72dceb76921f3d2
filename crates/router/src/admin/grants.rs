//! Upstream grants: `GET /v1/admin/upstream-grants`, and `PUT` and `POST …/<verb>` on one.

use std::cell::OnceCell;
use std::sync::Arc;

use http::{Method, Request};
use hyper::body::Bytes;

use super::fields::Fields;
use super::grant_body::{GrantBody, Ground, priority, weight};
use super::grant_target::{GrantTarget, GrantVerb};
use crate::exchange::{Caller, Exchange, Identity};
use crate::grant::record::GrantRecord;
use crate::grant::seal::SealError;
use crate::grants::{self, Occasion};
use crate::manifest::Manifest;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::store::{Db, StoreError, grants as stored, meta};
use crate::{Router, auth};
use clawctl_wire::error::code;
use clawctl_wire::grant::{Grant, GrantKey, GrantKind, GrantList, GrantScope, POOL_MEMBERS_MAX};

pub(super) fn list(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let grants = exchange.router.store.read(|db| rows(exchange, db))?;
    Reply::private(&GrantList { grants })
}

/// All grants, each with what was last seen of it.
pub(super) fn rows(exchange: &Exchange<'_>, db: &Db) -> Result<Vec<Grant>, StoreError> {
    let states = stored::states(db)?;
    let shown = |record: GrantRecord| {
        exchange.router.grants.shown(&record, states.get(&record.key), exchange.now)
    };
    Ok(stored::all(db)?.into_iter().map(shown).collect())
}

pub(super) fn one(exchange: &Exchange<'_>, tail: &str) -> Result<Reply, Refusal> {
    if !matches!(*exchange.method(), Method::PUT | Method::POST) {
        return Err(Refusal::wrong_method());
    }
    let target = GrantTarget::parse(tail)?;
    match (exchange.method().as_str(), target.verb) {
        ("PUT", None) => put(exchange, &target.key),
        ("POST", Some(GrantVerb::Revoke)) => revoke(exchange, &target.key),
        ("POST", Some(GrantVerb::Authorize)) => authorize(exchange),
        ("POST", Some(GrantVerb::Refresh | GrantVerb::QuotaRefresh)) => {
            Err(Refusal::internal("a provider has to be asked for this"))
        }
        _ => Err(Refusal::wrong_method()),
    }
}

fn put(exchange: &Exchange<'_>, key: &GrantKey) -> Result<Reply, Refusal> {
    let router = exchange.router;
    let body = GrantBody::read(exchange.json()?)?;
    let grants = &router.grants;
    if body.seals() {
        // A keychain may take its time, and others wait for the database meanwhile. Another key is
        // made only where the write needs nothing that is sealed under the one there was.
        let may_make = router.store.read(|db| {
            let present = stored::find(db, key)?;
            let needed = present.is_some_and(|record| record.sealed.is_some()) && !body.suffices();
            Ok::<_, StoreError>(!needed && !stored::sealed_beside(db, key)?)
        })?;
        grants.sealer.prepare(may_make).map_err(SealError::refusal)?;
    }
    let (record, state) = router.store.write(|db| {
        let present = stored::find(db, key)?;
        let provider = body.provider(present.as_ref()).map(str::to_owned);
        let provider = provider
            .ok_or_else(|| Refusal::bad(code::INVALID_UPSTREAM_GRANT, "`provider` is missing"))?;
        let manifest = known_provider(router, &provider)?;
        body.check_destinations(&manifest.provider, present.as_ref(), router.manifests())?;
        let now = stored::time_after(present.as_ref().map(|p| p.updated_at), exchange.now)?;
        let sealed = present.as_ref().and_then(|record| record.sealed.clone());
        let sealer = &grants.sealer;
        let record = body.apply(provider, Ground { key, present, sealer, now })?;
        may_be_used(manifest, &record)?;
        if record.sealed != sealed {
            one_key_for_all(router, db, key)?;
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

fn known_provider<'r>(router: &'r Router, id: &str) -> Result<&'r Manifest, Refusal> {
    router.manifests().get(id).ok_or_else(|| {
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
fn one_key_for_all(router: &Router, db: &Db, key: &GrantKey) -> Result<(), Refusal> {
    let mark = router.grants.sealer.mark().map_err(SealError::refusal)?;
    let known = meta::sealing_key_mark(db)?;
    if known.as_ref() == Some(&mark) {
        return Ok(());
    }
    if known.is_some() && stored::sealed_beside(db, key)? {
        return Err(SealError::OtherKey.refusal());
    }
    Ok(meta::set_sealing_key_mark(db, &mark)?)
}

fn revoke(exchange: &Exchange<'_>, key: &GrantKey) -> Result<Reply, Refusal> {
    let router = exchange.router;
    let record = router.store.write(|db| {
        let present = stored::find(db, key)?.ok_or_else(|| grants::unknown(key))?;
        let now = stored::time_after(Some(present.updated_at), exchange.now)?;
        let record = present.revoked(now);
        stored::put(db, &record)?;
        Ok::<_, Refusal>(record)
    })?;
    Reply::private(&router.grants.shown(&record, None, exchange.now))
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
    known_provider(exchange.router, &provider)?;
    let message = "signing in at a provider takes an administrator in a browser session, which \
                   this router does not have";
    Err(Refusal::forbidden(code::ACCESS_ADMIN_REQUIRED, message))
}

/// Carries out what a provider has to be asked for: `…/refresh` and `…/quota-refresh`.
pub(crate) async fn ask_provider(
    router: &Arc<Router>,
    request: &Request<Bytes>,
    caller: Caller,
    rest: &str,
    identity: &mut Option<Identity>,
) -> Result<Reply, Refusal> {
    let now = (router.clock)();
    let target = target(router, request, caller, rest, identity)?;
    match target.verb {
        Some(GrantVerb::Refresh) => {
            grants::renew(router, &target.key, Occasion::Asked).await?;
        }
        Some(GrantVerb::QuotaRefresh) => grants::probe(router, &target.key).await?,
        _ => return Err(Refusal::wrong_method()),
    }
    let (record, state) = router.store.read(|db| {
        let record = stored::find(db, &target.key)?.ok_or_else(|| grants::unknown(&target.key))?;
        Ok::<_, Refusal>((record, stored::state(db, &target.key)?))
    })?;
    Reply::private(&router.grants.shown(&record, state.as_ref(), now))
}

/// An exchange cannot be carried from one thread to another, so it ends here.
fn target(
    router: &Router,
    request: &Request<Bytes>,
    caller: Caller,
    rest: &str,
    identity: &mut Option<Identity>,
) -> Result<GrantTarget, Refusal> {
    let (now, unknown) = ((router.clock)(), OnceCell::new());
    let exchange = Exchange { router, request, caller, now, identity: unknown };
    auth::admin(&exchange)?;
    *identity = exchange.identity.into_inner();
    if *request.method() != Method::POST {
        return Err(Refusal::wrong_method());
    }
    GrantTarget::parse(rest.strip_prefix("upstream-grants/").unwrap_or(rest))
}
