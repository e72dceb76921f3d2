//! Asking a provider how much of a grant's limits is left, where its manifest says how.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use jiff::Timestamp;
use serde_json::{Number, Value};
use tokio::time::timeout;
use url::Url;

use super::attach::authorize;
use super::renew::{Occasion, blocking, unknown};
use super::{Grants, OpenGrant};
use crate::address::is_safe_address;
use crate::core::Core;
use crate::grant::quota;
use crate::grant::record::GrantRecord;
use crate::grant::seal::SealError;
use crate::manifest::template;
use crate::refusal::Refusal;
use crate::store::grants;
use clawctl_wire::error::code;
use clawctl_wire::grant::{GrantKey, QuotaWindow, plain_number};
use clawctl_wire::provider::{Provider, QuotaPointers, QuotaProbe};

/// For the whole exchange.
const LIMIT: Duration = Duration::from_secs(20);

const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// The name that a manifest's template has for a grant's account.
const ACCOUNT_ID: &str = "grant.accountId";

impl Grants {
    /// Asks, and takes in what the answer says.
    pub(crate) async fn probe(self: &Arc<Self>, key: &GrantKey) -> Result<(), Refusal> {
        let now = (self.core.clock)();
        let (record, open) = {
            let (grants, key) = (Arc::clone(self), key.clone());
            blocking(move || grants.opened_for_probe(&key)).await?
        };
        let manifest = self.core.manifests().get(&record.provider).ok_or_else(|| unknown(key))?;
        let provider = &manifest.provider;
        let asked = wanted(provider, &record)?;
        let open = match open.is_due(now) {
            true => self.renew(key, Occasion::Due { seen: open.updated_at }).await?,
            false => open,
        };
        let request = request(&self.core, provider, asked, &open)?;
        let failed = |how: &str| {
            let message = format!("the quota probe of provider {} {how}", provider.id);
            Refusal::new(StatusCode::BAD_GATEWAY, code::GRANT_QUOTA_PROBE_FAILED, message)
        };
        let clients = self.core.clients()?;
        let exchange = async {
            let sending = clients.for_url(request.url()).execute(request);
            let mut response = sending.await.map_err(|_| failed("was not answered"))?;
            let status = response.status();
            let mut body = Vec::new();
            while status.is_success()
                && let Some(piece) =
                    response.chunk().await.map_err(|_| failed("was answered only in part"))?
            {
                if body.len() + piece.len() > ANSWER_BYTES_MAX {
                    return Err(failed("was answered with too much"));
                }
                body.extend_from_slice(&piece);
            }
            Ok((status.as_u16(), response.headers().clone(), body))
        };
        let answered = timeout(LIMIT, exchange).await;
        let (status, headers, body) =
            answered.unwrap_or_else(|_| Err(failed("was not answered in time")))?;
        if !(200..300).contains(&status) {
            self.observe(&open, provider, status, &headers, now);
            return Err(failed(&format!("returned {status}")));
        }
        let unfit = |code, how: &str| {
            let message =
                format!("the answer to the quota probe of provider {} {how}", provider.id);
            Refusal::new(StatusCode::BAD_GATEWAY, code, message)
        };
        let body: Value = serde_json::from_slice(&body)
            .map_err(|_| unfit(code::GRANT_QUOTA_PROBE_INVALID, "is not JSON"))?;
        let windows = windows(&asked.windows, &body, now);
        if windows.is_empty() {
            return Err(unfit(code::GRANT_QUOTA_PROBE_EMPTY, "speaks of no limit"));
        }
        let grants = Arc::clone(self);
        blocking(move || grants.note_probe(&open, windows, now)).await
    }

    fn opened_for_probe(&self, key: &GrantKey) -> Result<(GrantRecord, Arc<OpenGrant>), Refusal> {
        let found = self.core.store.read(|db| grants::find(db, key))?;
        let record = found.ok_or_else(|| unknown(key))?;
        let manifest = self.core.manifests().get(&record.provider);
        let provider = &manifest.ok_or_else(|| unavailable(&record, "is unknown here"))?.provider;
        // Before the keychain is asked for what nobody will need.
        wanted(provider, &record)?;
        let secrets = record.secrets(&self.sealer).map_err(SealError::refusal)?;
        let open = Arc::new(record.opened(secrets, provider));
        Ok((record, open))
    }
}

/// The probe for a grant of this kind.
fn wanted<'p>(provider: &'p Provider, record: &GrantRecord) -> Result<&'p QuotaProbe, Refusal> {
    let kind = record.facts.kind.as_str();
    let mut probes = provider.quota.probes.iter();
    let probe = probes
        .find(|probe| probe.grant_kinds.iter().any(|taken| taken == kind))
        .ok_or_else(|| unavailable(record, "has no quota probe for this kind of grant"))?;
    let mut names = probe.headers.values().flat_map(|value| template::names(value));
    if record.facts.account_id.is_none() && names.any(|name| name == ACCOUNT_ID) {
        return Err(unavailable(record, "has a quota probe that needs the grant's `accountId`"));
    }
    if !record.has_secret() {
        return Err(unavailable(record, "cannot be asked: the grant has no secret any more"));
    }
    Ok(probe)
}

fn unavailable(record: &GrantRecord, why: &str) -> Refusal {
    let message = format!("provider {} {why}", record.provider);
    Refusal::bad(code::GRANT_QUOTA_PROBE_UNAVAILABLE, message)
}

fn request(
    core: &Core,
    provider: &Provider,
    probe: &QuotaProbe,
    open: &OpenGrant,
) -> Result<reqwest::Request, Refusal> {
    let unusable = || {
        let message = format!("the quota probe of provider {} cannot be made", provider.id);
        Refusal::unavailable(code::PROVIDER_REQUEST_INVALID, message)
    };
    let config = |name: &str| (core.environment)(name);
    let mut headers = HeaderMap::new();
    for (name, value) in &probe.headers {
        let filled = template::fill(value, |name| match name {
            ACCOUNT_ID => open.account_id.clone(),
            other => template::configured(provider, other, &config),
        });
        let value = filled.and_then(|text| HeaderValue::try_from(text.as_ref()).ok());
        let name = HeaderName::try_from(name.as_str()).ok();
        let (name, value) = name.zip(value).ok_or_else(unusable)?;
        headers.insert(name, value);
    }
    let url = Url::parse(&probe.url).ok().filter(is_safe_address);
    let mut url = url.ok_or_else(unusable)?;
    authorize(provider, open, &mut headers, &mut url)?;
    let method = Method::from_bytes(probe.method.as_bytes()).map_err(|_| unusable())?;
    let mut request = reqwest::Request::new(method, url);
    *request.headers_mut() = headers;
    Ok(request)
}

fn windows(limits: &[QuotaPointers], body: &Value, now: Timestamp) -> Vec<QuotaWindow> {
    let at = |pointer: &Option<String>| body.pointer(pointer.as_deref()?);
    let number = |value: &Value| match value {
        Value::String(text) => quota::number(text),
        other => other.as_f64().filter(|number| *number >= 0.0),
    };
    let time = |value: &Value| match value {
        Value::String(text) => quota::time(text, now),
        Value::Number(number) => quota::time(&number.to_string(), now),
        _ => None,
    };
    let read = |limit: &QuotaPointers| {
        let fixed = limit.fixed_limit.as_ref().and_then(Number::as_f64);
        let ceiling = at(&limit.limit_pointer).and_then(number).or(fixed);
        let used = at(&limit.used_pointer).and_then(number);
        let remaining = at(&limit.remaining_pointer)
            .and_then(number)
            .or_else(|| Some((ceiling? - used?).max(0.0)))?;
        Some(QuotaWindow {
            id: limit.id.clone(),
            kind: limit.kind.clone(),
            unit: limit.unit.clone(),
            window: limit.window.clone(),
            remaining: plain_number(remaining),
            limit: ceiling.and_then(plain_number),
            reset_at: at(&limit.reset_pointer).and_then(time).map(|reset| format!("{reset:.3}")),
        })
    };
    limits.iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn limits_are_read_where_the_manifest_points() {
        let pointers = |id: &str, name: &str, value: &str| {
            let text = json!({ "id": id, "kind": "subscription", "fixedLimit": 100, name: value,
                "resetPointer": "/reset" });
            serde_json::from_value::<QuotaPointers>(text).unwrap()
        };
        let now = "2026-11-20T12:00:00Z".parse().unwrap();
        let limits = [
            pointers("used", "usedPointer", "/used"),
            pointers("left", "remainingPointer", "/left"),
            pointers("gone", "usedPointer", "/nowhere"),
        ];
        let body = json!({ "used": 25, "left": "12.5", "reset": 1_795_176_000 });
        let read = windows(&limits, &body, now);
        let shown: Vec<_> = read
            .iter()
            .map(|w| (w.id.as_str(), w.remaining.clone().unwrap().to_string()))
            .collect();
        assert_eq!(shown, [("used", "75".to_owned()), ("left", "12.5".to_owned())]);
        assert_eq!(read[0].reset_at.as_deref(), Some("2026-11-20T12:00:00.000Z"));
        assert!(windows(&limits, &json!([]), now).is_empty());
    }
}
