use serde_json::json;

use super::*;
use crate::client::GrantSecrets;
use clawctl_secret::Secret;
use clawctl_wire::grant::{GrantKind, GrantRefresh};

fn grant() -> Grant {
    serde_json::from_value(json!({
        "key": "oauth/team/main", "scope": "policies", "scopeId": "team", "tokenRef": "main",
        "version": 1, "enabled": true, "kind": "oauth", "provider": "openai", "label": null,
        "tokenType": "Bearer", "expiresAt": null, "scopes": [], "accountId": null,
        "subscription": null, "createdAt": "", "updatedAt": "", "revokedAt": null,
        "hasCredential": false, "credentialFields": [], "hasAccessToken": true,
        "hasRefreshToken": true, "refreshConfigured": true,
        "refreshTokenUrl": "https://a.example/token", "clientIdConfig": null,
        "clientSecretConfig": null, "usable": true, "priority": 100, "weight": 1,
        "selectedCount": 0, "lastSelectedAt": null, "quotaStatus": "unknown",
        "quotaObservedAt": null, "cooldownUntil": null, "quotaSource": null,
        "lastProviderSignal": null, "quotaWindows": [],
    }))
    .unwrap()
}

fn planned(change: impl FnOnce(&mut PlannedGrant)) -> PlannedGrant {
    let mut planned = PlannedGrant {
        key: "policies/team/main".parse().unwrap(),
        put: PutGrant::unchanged(&grant()),
        before: Some(grant()),
        secrets: GrantSecrets::default(),
    };
    change(&mut planned);
    planned
}

#[test]
fn each_dangerous_change_is_named() {
    let check = |left, change: &dyn Fn(&mut PlannedGrant), words: &[&str]| {
        let set = grant_change(&planned(change), left);
        let found: Vec<_> = set.effects.iter().map(|effect| effect.kind.word()).collect();
        assert_eq!(found, words);
    };
    let off = |p: &mut PlannedGrant| p.put.enabled = false;
    check(Left::Others, &|_| {}, &[]);
    check(Left::Others, &off, &["DISABLES"]);
    check(Left::Nothing, &off, &["DISABLES", "REFUSES"]);
    check(Left::OperatorsKey, &off, &["DISABLES", "FALLS BACK"]);
    check(Left::Others, &|p| p.put.provider = "xai".into(), &["MOVES"]);
    let renewed_at = |url: &str| {
        PutRefresh::Set(GrantRefresh { token_url: url.into(), ..GrantRefresh::default() })
    };
    let (same, other) = (renewed_at("https://a.example/token"), renewed_at("https://b.example"));
    check(Left::Others, &|p| p.put.refresh = same.clone(), &[]);
    check(Left::Others, &|p| p.put.refresh = other.clone(), &["SENDS"]);
    let secret = |p: &mut PlannedGrant| p.secrets.access_token = Some(Secret::new("x".into()));
    check(Left::Others, &secret, &["REPLACES"]);
    let back = |p: &mut PlannedGrant| p.before.as_mut().unwrap().enabled = false;
    check(Left::Others, &back, &["RE-ENABLES"]);
    let first = |p: &mut PlannedGrant| p.before = None;
    check(Left::OperatorsKey, &first, &["TAKES OVER"]);
    check(Left::Others, &first, &[]);
}

#[test]
fn a_change_says_which_secrets_it_brings_and_none_of_them() {
    let set = grant_change(
        &planned(|p| p.secrets.access_token = Some(Secret::new("canary".into()))),
        Left::Others,
    );
    let shown = format!("{set:?}");
    assert!(shown.contains("access token is given") && !shown.contains("canary"), "{shown}");
    let mut put = PutGrant::with_defaults("openai", GrantKind::ApiKey);
    put.label = Some("first".into());
    let new = planned(|p| (p.before, p.put) = (None, put));
    let set = grant_change(&new, Left::Others);
    assert!(set.created && set.fields.iter().any(|field| field.after == "first"));
}

#[test]
fn a_revocation_says_what_is_lost() {
    let key = "policies/team/main".parse().unwrap();
    let words = |grant: &Grant, left| {
        let set = grant_revocation(&key, grant, left);
        set.effects.iter().map(|effect| effect.kind.word()).collect::<Vec<_>>()
    };
    assert_eq!(words(&grant(), Left::OperatorsKey), ["ERASES", "FALLS BACK"]);
    assert_eq!(words(&grant(), Left::Nothing), ["ERASES", "REFUSES"]);
    let revoked =
        Grant { enabled: false, has_access_token: false, has_refresh_token: false, ..grant() };
    assert!(grant_revocation(&key, &revoked, Left::Nothing).is_empty());
}
