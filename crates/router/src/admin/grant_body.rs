//! What the body of a grant write means: each member, and what becomes of it when it is left out.

mod destination;
mod refresh;
mod secrets;

use std::borrow::Cow;

use jiff::Timestamp;
use serde_json::{Map, Number, Value};

use self::refresh::GivenRefresh;
use self::secrets::Given;
use super::fields::{Fields, whole};
use crate::grant::record::{GrantFacts, GrantRecord, Secrets};
use crate::grant::seal::{SealError, Sealer};
use crate::refusal::Refusal;
use clawctl_wire::error::code;
use clawctl_wire::grant::{
    GrantKey, GrantKind, PRIORITY_DEFAULT, PRIORITY_MAX, WEIGHT_MAX, plain_number,
};

/// What is read of a write beside its secrets.
const KNOWN: &str = "provider enabled kind label tokenType expiresAt scopes accountId \
    subscription priority weight refresh";

/// What a router says of a grant and nobody can write.
const ANSWERED: &str = "key scope scopeId tokenRef version createdAt updatedAt revokedAt \
    hasCredential credentialFields hasAccessToken hasRefreshToken refreshConfigured \
    refreshTokenUrl clientIdConfig clientSecretConfig usable selectedCount lastSelectedAt \
    quotaStatus quotaObservedAt cooldownUntil quotaSource lastProviderSignal quotaWindows";

/// A write of a grant. What is `None` outside is kept as it is.
pub(super) struct GrantBody {
    provider: Option<String>,
    enabled: bool,
    kind: GrantKind,
    label: Option<Option<String>>,
    token_type: String,
    expires_at: Option<Option<String>>,
    scopes: Vec<String>,
    account_id: Option<Option<String>>,
    subscription: Option<Value>,
    priority: Option<u64>,
    weight: Option<Number>,
    refresh: Option<GivenRefresh>,
    secrets: Given,
    /// Members that nobody here knows. One of them could be a secret.
    unknown: Map<String, Value>,
}

/// What a write is read against.
pub(super) struct Ground<'a> {
    pub(super) key: &'a GrantKey,
    pub(super) present: Option<GrantRecord>,
    pub(super) sealer: &'a Sealer,
    pub(super) now: Timestamp,
}

impl GrantBody {
    pub(super) fn read(body: Value) -> Result<Self, Refusal> {
        let Value::Object(mut members) = body else {
            return Err(refuse("a grant must be a JSON object"));
        };
        let secrets = Given::take(&mut members)?;
        let refresh = GivenRefresh::take(&mut members)?;
        let fields = Fields::in_object(&members, code::INVALID_UPSTREAM_GRANT);
        let read = Self {
            priority: priority(fields)?,
            weight: weight(fields)?,
            provider: fields.text("provider")?,
            enabled: match fields.given("enabled") {
                None => true,
                Some(_) => fields.boolean("enabled")?.unwrap_or(true),
            },
            kind: fields.text("kind")?.map_or(GrantKind::Oauth, |word| GrantKind::from(&*word)),
            label: fields.clearable("label")?,
            token_type: token_type(fields)?,
            expires_at: expires_at(fields)?,
            scopes: match fields.given("scopes") {
                None => Vec::new(),
                Some(_) => fields
                    .strings("scopes")?
                    .unwrap_or_default()
                    .into_iter()
                    .map(str::to_owned)
                    .collect(),
            },
            account_id: fields.clearable("accountId")?,
            subscription: fields.get("subscription").cloned(),
            refresh,
            secrets,
            unknown: Map::new(),
        };
        let known = |name: &String| {
            [KNOWN, ANSWERED].iter().flat_map(|names| names.split(' ')).any(|known| known == name)
        };
        members.retain(|name, _| !known(name));
        Ok(Self { unknown: members, ..read })
    }

    pub(super) fn provider<'b>(&'b self, present: Option<&'b GrantRecord>) -> Option<&'b str> {
        self.provider.as_deref().or(present.map(|record| record.provider.as_str()))
    }

    /// Whether something has to be sealed.
    pub(super) fn seals(&self) -> bool {
        !self.secrets.is_nothing() || self.refresh.is_some() || !self.unknown.is_empty()
    }

    /// Whether it needs nothing of what was sealed before.
    pub(super) fn suffices(&self) -> bool {
        self.secrets.suffices()
    }

    /// The grant that a write asks for, against the one that is there.
    pub(super) fn apply(
        self,
        provider: String,
        ground: Ground<'_>,
    ) -> Result<GrantRecord, Refusal> {
        let seals = self.seals();
        let Self { enabled, kind, token_type, scopes, secrets, unknown, .. } = self;
        let Ground { key, present, sealer, now } = ground;
        let anew = !secrets.is_nothing()
            || present.as_ref().is_none_or(|record| record.facts.revoked_at.is_some());
        let before = present.as_ref().map(|record| &record.facts);
        let kept = |given: Option<Option<String>>, kept: fn(&GrantFacts) -> &Option<String>| {
            given.unwrap_or_else(|| before.and_then(|facts| kept(facts).clone()))
        };
        let mut record = GrantRecord {
            key: key.clone(),
            provider,
            enabled,
            facts: GrantFacts {
                kind,
                label: kept(self.label, |facts| &facts.label),
                token_type,
                expires_at: kept(self.expires_at, |facts| &facts.expires_at),
                scopes,
                account_id: kept(self.account_id, |facts| &facts.account_id),
                subscription: match self.subscription {
                    Some(value) => Some(value).filter(|value| !value.is_null()),
                    None => before.and_then(|facts| facts.subscription.clone()),
                },
                priority: self
                    .priority
                    .or(before.map(|facts| facts.priority))
                    .unwrap_or(PRIORITY_DEFAULT),
                weight: self
                    .weight
                    .or(before.map(|facts| facts.weight.clone()))
                    .unwrap_or_else(|| 1.into()),
                refresh: match &self.refresh {
                    Some(given) => given.facts.clone(),
                    None => before.and_then(|facts| facts.refresh.clone()),
                },
                created_at: before.map_or(now, |facts| facts.created_at),
                secrets_at: before.filter(|_| !anew).map_or(now, |facts| facts.secrets_at),
                revoked_at: None,
                has_credential: before.is_some_and(|facts| facts.has_credential),
                credential_fields: before
                    .map(|facts| facts.credential_fields.clone())
                    .unwrap_or_default(),
                has_access_token: before.is_some_and(|facts| facts.has_access_token),
                has_refresh_token: before.is_some_and(|facts| facts.has_refresh_token),
            },
            sealed: present.as_ref().and_then(|record| record.sealed.clone()),
            updated_at: now,
        };
        if seals {
            let mut all = opened(present.as_ref(), sealer, secrets.suffices())?;
            secrets.apply(&mut all);
            if let Some(given) = self.refresh {
                all.extra_params = given.extra_params;
            }
            all.unknown.extend(unknown);
            record.seal(&all, sealer).map_err(SealError::refusal)?;
        }
        if !record.has_secret() {
            return Err(refuse("a grant needs a credential, an access token or a bundle"));
        }
        Ok(record)
    }
}

/// The secrets that there are. What nobody can open any more does not stand in the way of new
/// ones.
fn opened(
    present: Option<&GrantRecord>,
    sealer: &Sealer,
    may_be_lost: bool,
) -> Result<Secrets, Refusal> {
    let Some(present) = present else { return Ok(Secrets::default()) };
    match present.secrets(sealer) {
        Ok(secrets) => Ok(secrets),
        Err(SealError::Unopened | SealError::Lost) if may_be_lost => Ok(Secrets::default()),
        Err(error) => Err(error.refusal()),
    }
}

/// Null means the same as nothing, here and for the weight.
pub(super) fn priority(fields: Fields<'_>) -> Result<Option<u64>, Refusal> {
    let Some(value) = fields.given("priority") else { return Ok(None) };
    let priority = whole(value).filter(|priority| *priority <= PRIORITY_MAX);
    priority.map(Some).ok_or_else(|| {
        fields.refuse(format!("`priority` takes a whole number from 0 to {PRIORITY_MAX}"))
    })
}

pub(super) fn weight(fields: Fields<'_>) -> Result<Option<Number>, Refusal> {
    let Some(value) = fields.given("weight") else { return Ok(None) };
    let weight = value.as_f64().filter(|weight| *weight > 0.0 && *weight <= WEIGHT_MAX);
    weight.and_then(plain_number).map(Some).ok_or_else(|| {
        fields.refuse(format!("`weight` takes a number above 0 and up to {WEIGHT_MAX}"))
    })
}

/// It stands before the token in a header.
fn token_type(fields: Fields<'_>) -> Result<String, Refusal> {
    let word = fields.text("tokenType")?.unwrap_or_else(|| "Bearer".to_owned());
    if word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) {
        return Ok(word);
    }
    Err(fields.refuse("`tokenType` takes one word, such as `Bearer`"))
}

/// It is kept as it was written. One that nobody can read would mean "never".
fn expires_at(fields: Fields<'_>) -> Result<Option<Option<String>>, Refusal> {
    match fields.get("expiresAt") {
        None => Ok(None),
        Some(Value::Null) => Ok(Some(None)),
        Some(Value::String(text)) if text.parse::<Timestamp>().is_ok() => {
            Ok(Some(Some(text.clone())))
        }
        Some(_) => Err(fields.refuse("`expiresAt` takes a time such as 2026-12-31T00:00:00Z")),
    }
}

pub(super) fn refuse(message: impl Into<Cow<'static, str>>) -> Refusal {
    Refusal::bad(code::INVALID_UPSTREAM_GRANT, message)
}
