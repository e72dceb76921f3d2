//! What a change of an upstream grant does, in words.

use serde_json::Value;

use super::change::ChangeSet;
use super::effect::Effect;
use crate::client::{GrantSecrets, PlannedGrant};
use crate::resource::words::{text_or_none, yes_no};
use clawctl_wire::grant::{Grant, GrantKey, GrantScope, PutGrant, PutRefresh};

/// What is left to a holder for a provider when a grant of it is switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// There are other grants that can be used.
    Others,
    /// Nothing, and the router refuses requests.
    Nothing,
    /// Nothing, and the router uses the operator's own key without a word.
    OperatorsKey,
}

/// Has a holder another grant for a provider that can be used? Those of a tenant are there for its
/// policies as well.
pub fn has_other<'a>(
    grants: impl IntoIterator<Item = &'a Grant>,
    key: &GrantKey,
    tenant: Option<&str>,
    provider: &str,
) -> bool {
    let shares = |other: GrantKey| match (key.scope, other.scope) {
        (GrantScope::Policies, GrantScope::Tenants) => tenant == Some(other.scope_id.as_str()),
        _ => other.scope == key.scope && other.scope_id == key.scope_id && other != *key,
    };
    let can_serve = |grant: &Grant| grant.usable && grant.provider == provider;
    grants.into_iter().any(|grant| can_serve(grant) && grant.name().is_some_and(shares))
}

/// What a write of a grant does. `left` is what there is beside it.
pub fn grant_change(planned: &PlannedGrant, left: Left) -> ChangeSet {
    let PlannedGrant { key, before, put, secrets } = planned;
    let mut set = ChangeSet::new("grant", &key.to_string(), before.is_none());
    let was = before.as_ref().map(PutGrant::unchanged);
    let show = |read: fn(&PutGrant) -> String| (was.as_ref().map(read), read(put));
    let mut field = |name, (old, new): (Option<String>, String)| set.field(name, old, new);
    field("provider", show(|g| g.provider.clone()));
    field("kind", show(|g| g.kind.to_string()));
    field("enabled", show(|g| yes_no(g.enabled)));
    field("label", show(|g| text_or_none(g.label.as_ref())));
    field("priority", show(|g| g.priority.to_string()));
    field("weight", show(|g| g.weight.to_string()));
    let ends = |end: &Option<String>| end.clone().unwrap_or_else(|| "never".to_owned());
    field("expires", (was.as_ref().map(|g| ends(&g.expires_at)), ends(&put.expires_at)));
    field("token type", show(|g| g.token_type.clone()));
    field("scopes", show(|g| words(&g.scopes)));
    if let Some(yes) = put.keep_warm {
        let old = before.as_ref().and_then(Grant::keeps_warm).map(yes_no);
        field("kept warm", (old, yes_no(yes)));
    }
    field("account", show(|g| text_or_none(g.account_id.as_ref())));
    let plan = |plan: &Option<Value>| plan.as_ref().map_or("none".to_owned(), Value::to_string);
    field("subscription", (was.as_ref().map(|g| plan(&g.subscription)), plan(&put.subscription)));
    if let Some(refresh) = refresh_text(&put.refresh) {
        let old = before.as_ref().map(|g| text_or_none(g.refresh_token_url.as_ref()));
        // A client or a parameter may be new at the same address, and none of them is given back.
        let mark = if old.as_ref() == Some(&refresh) { " (anew)" } else { "" };
        field("renewed at", (old, format!("{refresh}{mark}")));
    }
    for name in names(|(.., given)| given(secrets), secrets.bundle.keys()) {
        let had = before.as_ref().is_some_and(|grant| held(grant).contains(&name));
        field(SECRET, (had.then(|| format!("the old {name}")), format!("{name} is given")));
    }
    effects(&mut set, planned, left);
    if !secrets.is_empty()
        && before.as_ref().is_some_and(|g| {
            g.has_credential || g.has_access_token || !g.credential_fields.is_empty()
        })
    {
        set.effect(Effect::Replaces, "a secret that cannot be brought back");
    }
    set
}

const SECRET: &str = "secret";

fn effects(set: &mut ChangeSet, planned: &PlannedGrant, left: Left) {
    let PlannedGrant { key, before, put, .. } = planned;
    let Some(before) = before else {
        if put.enabled && left == Left::OperatorsKey {
            let text = format!(
                "requests {} to {} no longer use the operator's own key",
                whose(key),
                put.provider
            );
            set.effect(Effect::TakesOver, text);
        }
        return;
    };
    match (before.enabled, put.enabled) {
        (false, true) => set.effect(Effect::ReEnables, "requests can be sent with it again"),
        (true, false) => {
            set.effect(Effect::Disables, "no request is sent with it any more");
            leaves(set, key, &put.provider, left);
        }
        _ => {}
    }
    if before.provider != put.provider {
        let text = format!("its secret goes to {}, no longer to {}", put.provider, before.provider);
        set.effect(Effect::MovesSecret, text);
    }
    if let PutRefresh::Set(refresh) = &put.refresh
        && before.has_refresh_token
        && before.refresh_token_url.as_ref() != Some(&refresh.token_url)
    {
        set.effect(
            Effect::Sends,
            format!("the refresh token that is there to {}", refresh.token_url),
        );
    }
}

/// What revoking a grant does.
pub fn grant_revocation(key: &GrantKey, before: &Grant, left: Left) -> ChangeSet {
    let mut set = ChangeSet::new("grant", &key.to_string(), false);
    set.field("enabled", Some(yes_no(before.enabled)), yes_no(false));
    for name in held(before) {
        set.field(SECRET, Some(name.to_owned()), "erased".to_owned());
    }
    if !set.is_empty() {
        set.effect(Effect::Erases, "its secrets, which cannot be brought back");
    }
    if before.enabled {
        leaves(&mut set, key, &before.provider, left);
    }
    set
}

/// What becomes of requests that have lost a grant.
fn leaves(set: &mut ChangeSet, key: &GrantKey, provider: &str, left: Left) {
    let whose = whose(key);
    match left {
        Left::Others => {}
        Left::Nothing => set.effect(
            Effect::Refuses,
            format!("requests {whose} to {provider}: no other grant is left to them"),
        ),
        Left::OperatorsKey => set.effect(
            Effect::FallsBack,
            format!(
                "no other grant is left: requests {whose} to {provider} use the operator's own key \
                 from the router's environment, where it has one"
            ),
        ),
    }
}

fn whose(key: &GrantKey) -> String {
    match key.scope {
        GrantScope::Policies => format!("under policy {}", key.scope_id),
        GrantScope::Tenants => format!("of tenant {}", key.scope_id),
    }
}

fn refresh_text(refresh: &PutRefresh) -> Option<String> {
    match refresh {
        PutRefresh::Keep => None,
        PutRefresh::Clear => Some("none".to_owned()),
        PutRefresh::Set(refresh) => Some(refresh.token_url.clone()),
    }
}

/// A secret that stands alone: its name, whether a grant has it, and whether a write brings it.
type Single = (&'static str, fn(&Grant) -> bool, fn(&GrantSecrets) -> bool);

const SINGLE: [Single; 3] = [
    ("credential", |it| it.has_credential, |given| given.credential.is_some()),
    ("access token", |it| it.has_access_token, |given| given.access_token.is_some()),
    ("refresh token", |it| it.has_refresh_token, |given| given.refresh_token.is_some()),
];

/// The names of single secrets, and of those in a bundle.
fn names<'a>(
    is_one: impl Fn(&Single) -> bool,
    bundle: impl IntoIterator<Item = &'a String>,
) -> Vec<&'a str> {
    let single = SINGLE.iter().filter(|it| is_one(it)).map(|(name, ..)| *name);
    single.chain(bundle.into_iter().map(String::as_str)).collect()
}

fn held(grant: &Grant) -> Vec<&str> {
    names(|(_, has, _)| has(grant), &grant.credential_fields)
}

fn words(list: &[String]) -> String {
    if list.is_empty() { "none".to_owned() } else { list.join(", ") }
}

#[cfg(test)]
mod tests;
