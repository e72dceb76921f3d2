//! Who may: the administrator's token, and the keys of clients.

use std::sync::Arc;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq as _;

use super::core::Core;
use super::decision::{self, KeyFacts, PolicyFacts};
use super::exchange::{Caller, Exchange, Identity};
use super::refusal::Refusal;
use super::store::authority::{self, Registered};
use super::store::credentials::{self, CredentialRecord};
use super::store::policies::PolicyRecord;
use super::store::{Authority, Db, StoreError};
use clawctl_wire::error::code;
use clawctl_wire::key::{Mode, ProxyKey, sha256_hex};

/// Where a client may put its key, in the order in which they are looked at.
const KEY_HEADERS: [&str; 4] = ["authorization", "x-api-key", "x-goog-api-key", "api-key"];

/// How often a use is written down, at most.
const USE_NOTED_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// A key that works, and what it is good for.
pub(crate) struct Holder {
    pub(crate) credential: Arc<CredentialRecord>,
    pub(crate) policy: Arc<PolicyRecord>,
    pub(crate) mode: Mode,
    is_exempt: bool,
}

impl Holder {
    /// Of records that stand in no database, for a request that no key makes.
    pub(crate) fn made_up(credential: CredentialRecord, policy: PolicyRecord) -> Self {
        let (credential, policy) = (Arc::new(credential), Arc::new(policy));
        Self { credential, policy, mode: Mode::Live, is_exempt: true }
    }

    /// The name under which a principal-scoped budget counts this key.
    pub(crate) fn principal(&self) -> &str {
        principal(&self.credential)
    }

    /// Whether what is asked with this key may be kept: its policy wants that, and its principal
    /// is not exempt.
    pub(crate) fn keeps_contents(&self) -> bool {
        self.policy.policy.retain_request_content && !self.is_exempt
    }
}

/// The principal of a key, or else the key itself.
pub(crate) fn principal(credential: &CredentialRecord) -> &str {
    credential.principal_id.as_deref().unwrap_or(&credential.id)
}

/// Admits the owner of the file, and anyone with the token.
pub(crate) fn admin(exchange: &Exchange<'_>) -> Result<(), Refusal> {
    let Exchange { core, caller, .. } = *exchange;
    if caller == Caller::Network && !has_admin_token(core, exchange.headers())? {
        let message = "the admin API takes the administrator's bearer token";
        return Err(Refusal::unauthorized(code::ADMIN_UNAUTHORIZED, message));
    }
    exchange.is(Identity::Admin);
    Ok(())
}

/// Whether the administrator's token is among these headers.
pub(crate) fn has_admin_token(core: &Core, headers: &HeaderMap) -> Result<bool, StoreError> {
    let Some(token) = bearer(headers) else { return Ok(false) };
    let expected = core.admin_token_sha256()?;
    Ok(expected.is_some_and(|expected| same_hash(&sha256_hex(token), &expected)))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// Takes as long for a hash that differs at once as for one that differs at the end.
fn same_hash(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.to_ascii_lowercase().as_bytes()).into()
}

/// The holder of the key in a request.
pub(crate) fn key(exchange: &Exchange<'_>, db: &Db) -> Result<Holder, Refusal> {
    let find = |kid: &str| authority::registered(db, kid);
    holder(exchange.headers(), exchange.now, find, |identity| exchange.is(identity))
}

/// As [`key`], from what is remembered. Whose key it is becomes `known` once that is proved, also
/// where the key is refused then.
pub(crate) fn key_from(
    authority: &Authority,
    headers: &HeaderMap,
    now: Timestamp,
    known: impl FnOnce(Identity),
) -> Result<Holder, Refusal> {
    holder(headers, now, |kid| authority.holder(kid), known)
}

fn holder(
    headers: &HeaderMap,
    now: Timestamp,
    find: impl FnOnce(&str) -> Result<Option<Registered>, StoreError>,
    known: impl FnOnce(Identity),
) -> Result<Holder, Refusal> {
    let Some(key) = KEY_HEADERS.iter().find_map(|name| parse(headers.get(*name)?)) else {
        return Err(no_key());
    };
    let registered = find(key.id)?.ok_or_else(unknown_key)?;
    if !proves(&key, &registered) {
        return Err(wrong_secret());
    }
    let Registered { credential, policy, is_exempt } = &registered;
    known(Identity::Key { id: credential.id.clone(), policy: credential.policy_id.clone() });
    decision::check_key(&facts(&registered), now, &mut |_| {})?;
    let policy =
        policy.clone().ok_or_else(|| Refusal::internal("a key without a policy passed"))?;
    Ok(Holder { credential: Arc::clone(credential), policy, mode: key.mode, is_exempt: *is_exempt })
}

/// Whether somebody has the secret of a key, and not just its id.
pub(crate) fn proves(key: &ProxyKey<'_>, registered: &Registered) -> bool {
    same_hash(&key.secret_sha256(), &registered.credential.secret_sha256)
}

/// What is decided by of a key that was found.
pub(crate) fn facts(registered: &Registered) -> KeyFacts {
    let Registered { credential, policy, .. } = registered;
    KeyFacts {
        enabled: credential.enabled,
        expires_at: credential.expires_at,
        policy: policy.as_ref().map(|record| PolicyFacts {
            enabled: record.policy.enabled,
            is_the_keys: record.generation == credential.generation,
        }),
    }
}

pub(crate) fn no_key() -> Refusal {
    let message = "this takes a proxy key, such as `clawrouter-live-<id>-<secret>`";
    Refusal::unauthorized(code::INVALID_PROXY_KEY, message)
}

pub(crate) fn unknown_key() -> Refusal {
    Refusal::unauthorized(code::UNKNOWN_PROXY_KEY, "there is no key with this id")
}

pub(crate) fn wrong_secret() -> Refusal {
    let message = "the secret of this key is not the one that is registered";
    Refusal::unauthorized(code::INVALID_PROXY_KEY, message)
}

/// As [`key`], for the routes that a browser session could ask, too: where nothing in the request
/// is meant as a key, they say so in another word.
pub(crate) fn client(exchange: &Exchange<'_>, db: &Db) -> Result<Holder, Refusal> {
    let mentions = |name: &str| {
        let value = exchange.headers().get(name).and_then(|value| value.to_str().ok());
        value.is_some_and(|text| text.contains("clawrouter-") || text.contains("ocpk_"))
    };
    if !KEY_HEADERS.into_iter().any(mentions) {
        let message = "this takes a proxy key; this router has no browser sessions";
        return Err(Refusal::unauthorized(code::CLIENT_AUTH_REQUIRED, message));
    }
    key(exchange, db)
}

fn parse(value: &HeaderValue) -> Option<ProxyKey<'_>> {
    let text = value.to_str().ok()?.trim();
    let bare = match text.split_once(' ') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bearer") => rest.trim(),
        _ => text,
    };
    ProxyKey::parse(bare).ok()
}

/// Writes down that a key was used. Nothing depends on it, so a request does not fail for it.
pub(crate) fn note_use(exchange: &Exchange<'_>, holder: &Holder) {
    let id = &holder.credential.id;
    if is_due(holder.credential.last_used_at, exchange.now) {
        let _ = exchange.core.store.write(|db| credentials::touch(db, id, exchange.now));
    }
}

/// A note from the future, left by a clock that was wrong, does not stop later ones.
fn is_due(last: Option<Timestamp>, now: Timestamp) -> bool {
    last.is_none_or(|last| now.duration_since(last).abs() >= USE_NOTED_EVERY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_word_is_optional_and_in_any_case() {
        let check = |value: &'static str, id: Option<&str>| {
            let header = HeaderValue::from_static(value);
            assert_eq!(parse(&header).map(|key| key.id), id, "{value}");
        };
        check("Bearer clawrouter-live-alice-12345678", Some("alice"));
        check("bearer   clawrouter-live-alice-12345678", Some("alice"));
        check("clawrouter-live-alice-12345678", Some("alice"));
        check("Basic clawrouter-live-alice-12345678", None);
        check("Bearer sk-123", None);
    }

    #[test]
    fn an_admin_token_comes_as_a_bearer() {
        let check = |value: &'static str, token: Option<&str>| {
            let headers = HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static(value))]);
            assert_eq!(bearer(&headers), token, "{value}");
        };
        check("Bearer t0ken", Some("t0ken"));
        check("bearer t0ken", Some("t0ken"));
        check("BEARER  t0ken ", Some("t0ken"));
        check("t0ken", None);
        check("Basic t0ken", None);
        check("Bearer ", None);
    }

    #[test]
    fn a_use_is_noted_once_a_minute() {
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let check = |seconds, due| {
            assert_eq!(is_due(Some(now - SignedDuration::from_secs(seconds)), now), due);
        };
        assert!(is_due(None, now));
        check(59, false);
        check(60, true);
        check(-3600, true);
    }
}
