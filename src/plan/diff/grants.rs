//! Upstream grants that are wanted. Their secrets cannot be read, so that only those are sent that
//! the router lacks; to replace one, `clawctl grant put` is there.

use jiff::Timestamp;
use serde_json::Value;

use super::Work;
use crate::client::{Change, GrantEdit, GrantSecrets, PlannedGrant};
use crate::plan::action::{Action, Operation, WriteGrant};
use crate::plan::desired::{GrantRefs, GrantWish, Wanted};
use crate::plan::grant::{Left, grant_change, has_other};
use crate::plan::nearest::nearest;
use clawctl_secret::Secret;
use clawctl_wire::grant::{Grant, GrantKey, GrantKind, GrantRefresh, GrantScope, PutGrant};
use clawctl_wire::health::Extension;

impl Work<'_> {
    pub(super) fn grants(&mut self) {
        let manifest = self.manifest;
        if !self.knows("grants", manifest.desired.grants.values().map(|it| it.place)) {
            return;
        }
        for (name, wanted) in &manifest.desired.grants {
            // The check lets nothing else through.
            let Ok(key) = name.parse::<GrantKey>() else { continue };
            self.grant(key, name, wanted);
        }
    }

    fn grant(&mut self, key: GrantKey, name: &str, wanted: &Wanted<GrantWish>) {
        let before = self.live.grants.get(name);
        let GrantWish { edit, secrets } = &wanted.wish;
        let mut edit = edit.clone();
        if let Some(before) = before {
            settle(before, &mut edit);
        } else if edit.enabled == Some(false) && secrets.is_empty() {
            // There is nothing that it could be made of, and nothing is to be done with it.
            self.plan.unchanged += 1;
            return;
        }
        if let Some(provider) = &edit.provider
            && !self.provider_ids.contains(provider.as_str())
            && before.is_none_or(|it| it.provider != *provider)
        {
            let at = self.manifest.locate(wanted.place.file, &["grants", name, "provider"]);
            self.unknown_provider(at, provider);
            return;
        }
        // A router takes any word for a kind, so that one which is there already is no mistake.
        if let Some(GrantKind::Other(word)) = &edit.kind
            && before.is_none_or(|it| it.kind.as_str() != word)
            && let Some(near) = nearest(word, GrantKind::WORDS)
        {
            let at = self.manifest.locate(wanted.place.file, &["grants", name, "kind"]);
            let message = format!("`kind` cannot be `{}`", word.escape_debug());
            return self.problem(at, message, format!("did you mean `{near}`?"));
        }
        let put = match (before, &edit.provider, &edit.kind) {
            (Some(before), ..) => PutGrant::unchanged(before),
            (None, Some(provider), Some(kind)) => PutGrant::with_defaults(provider, kind.clone()),
            _ => {
                let message =
                    format!("grant `{name}` is not on this router yet, so more is needed");
                return self.problem(wanted.place, message, "add `provider: …` and `kind: …`");
            }
        };
        let enabled = edit.enabled.unwrap_or(put.enabled);
        let lacking = match before {
            // One that was revoked is not armed again by a file that does not say so.
            Some(_) if !enabled => GrantRefs::default(),
            Some(before) => lacking(before, &edit, secrets),
            None => secrets.clone(),
        };
        let has_any = before.is_some_and(|it| {
            it.has_credential
                || it.has_access_token
                || it.has_refresh_token
                || !it.credential_fields.is_empty()
        });
        if enabled && !has_any && lacking.is_empty() {
            let message = format!("grant `{name}` has no secret on this router, and none is named");
            return self.problem(
                wanted.place,
                message,
                "say where it is kept: `credential: env:NAME`",
            );
        }
        if let (Change::Set(refresh), Some(before)) = (&edit.refresh, before)
            && is_renewed_so(before, refresh)
        {
            edit.refresh = Change::Keep;
        }
        let mut after = put;
        edit.apply(&mut after, lacking.access_token.is_some());
        let left = self.left(&key, &after.provider);
        let planned = PlannedGrant {
            key: key.clone(),
            before: before.cloned(),
            put: after,
            secrets: stand_ins(&lacking),
        };
        let change = grant_change(&planned, left);
        let before = before.cloned();
        let grant = WriteGrant { key, before, edit, secrets: lacking, is_pruned: false };
        let operation = Operation::Grant(Box::new(grant));
        self.add(Action { change, place: Some(wanted.place), operation });
    }

    /// What is left to the holder of a grant beside it.
    pub(super) fn left(&self, key: &GrantKey, provider: &str) -> Left {
        let tenant = match key.scope {
            GrantScope::Tenants => None,
            GrantScope::Policies => {
                self.live.policies.get(&key.scope_id).map(|policy| policy.tenant_id.as_str())
            }
        };
        let others = has_other(self.live.grants.values(), key, tenant, provider);
        match (others, self.live.offers.has(Extension::PolicyEnvironmentFallback)) {
            (true, _) => Left::Others,
            (false, true) => Left::Nothing,
            (false, false) => Left::OperatorsKey,
        }
    }
}

/// Does the router renew its tokens there already?
fn is_renewed_so(before: &Grant, refresh: &GrantRefresh) -> bool {
    before.refresh_token_url.as_ref() == Some(&refresh.token_url)
        && before.client_id_config == refresh.client_id_config
        && before.client_secret_config == refresh.client_secret_config
}

/// What means the same is left as it is.
fn settle(before: &Grant, edit: &mut GrantEdit) {
    let instant = |text: &str| text.parse::<Timestamp>().ok();
    if let (Change::Set(wanted), Some(has)) = (&edit.expires_at, &before.expires_at)
        && instant(wanted).is_some()
        && instant(wanted) == instant(has)
    {
        edit.expires_at = Change::Keep;
    }
    if let (Change::Set(wanted), Some(has)) = (&edit.subscription, &before.subscription)
        && is_same(wanted, has)
    {
        edit.subscription = Change::Keep;
    }
    if edit.weight.as_ref().and_then(serde_json::Number::as_f64) == before.weight.as_f64() {
        edit.weight = None;
    }
}

/// Is it the same value, however its numbers are written? Not every reader rounds their last digit
/// the same way.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let both_whole = !one.is_f64() && !other.is_f64();
            let near = |a: f64, b: f64| (a - b).abs() <= a.abs().max(b.abs()) * 4.0 * f64::EPSILON;
            let floats = one.as_f64().zip(other.as_f64()).filter(|_| !both_whole);
            one == other || floats.is_some_and(|(one, other)| near(one, other))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, value)| other.get(name).is_some_and(|it| is_same(value, it)))
        }
        _ => one == other,
    }
}

/// Of the secrets that are named, those that the router does not have, and those that it will not
/// send to another place than it was given them for.
fn lacking(before: &Grant, edit: &GrantEdit, secrets: &GrantRefs) -> GrantRefs {
    let GrantRefs { credential, access_token, refresh_token, bundle } = secrets.clone();
    let all = bundle.keys().all(|name| before.credential_fields.contains(name));
    let moves = edit.provider.as_ref().is_some_and(|provider| before.provider != *provider);
    let renewed_elsewhere = matches!(&edit.refresh, Change::Set(refresh)
        if before.refresh_token_url.as_ref() != Some(&refresh.token_url));
    GrantRefs {
        credential: credential.filter(|_| moves || !before.has_credential),
        access_token: access_token.filter(|_| moves || !before.has_access_token),
        refresh_token: refresh_token
            .filter(|_| moves || renewed_elsewhere || !before.has_refresh_token),
        // A bundle is replaced as a whole.
        bundle: if all && !moves { Default::default() } else { bundle },
    }
}

/// What stands for secrets in a plan, which holds none.
fn stand_ins(secrets: &GrantRefs) -> GrantSecrets {
    let stand_in =
        |reference: &clawctl_secret::reference::SecretRef| Secret::new(reference.to_string());
    GrantSecrets {
        credential: secrets.credential.as_ref().map(stand_in),
        access_token: secrets.access_token.as_ref().map(stand_in),
        refresh_token: secrets.refresh_token.as_ref().map(stand_in),
        bundle: secrets.bundle.iter().map(|(name, it)| (name.clone(), stand_in(it))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_the_same_however_their_numbers_are_written() {
        let check = |one: Value, other: Value, same: bool| {
            assert_eq!(is_same(&one, &other), same, "{one} and {other}");
            assert_eq!(is_same(&other, &one), same, "{other} and {one}");
        };
        check(json!({"a": [1, null]}), json!({"a": [1.0, null]}), true);
        check(json!(4.179_493_588_546_379e189), json!(4.179_493_588_546_379_4e189), true);
        check(json!(0.0), json!(-0.0), true);
        check(json!(1.0), json!(1.000_000_1), false);
        check(json!(u64::MAX), json!(u64::MAX - 1), false);
        check(json!({"a": 1}), json!({"b": 1}), false);
        check(json!({"a": 1}), json!({"a": 1, "b": 1}), false);
        check(json!([1, 2]), json!([2, 1]), false);
        check(json!("1"), json!(1), false);
    }
}
