//! How grants look.

use std::io;

use jiff::Timestamp;
use serde::Serialize;

use super::policy::yes_no;
use super::{Cell, Column, Machine, Page, Tone, View};
use clawctl_wire::grant::{Grant, QuotaStatus, QuotaWindow};

/// Whether requests are sent with a grant, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Usable,
    /// Its provider refused it; it is tried again at the end of its rest.
    Resting,
    Disabled,
    Revoked,
    Expired,
    /// The provider refused to renew its token for good.
    ReauthRequired,
    /// Switched on, and without a secret that could be sent.
    Unusable,
}

impl State {
    fn of(grant: &Grant, now: Timestamp) -> Self {
        let ended = grant.expires_at.as_deref().and_then(time).is_some_and(|end| end <= now);
        let rests = grant.cooldown_until.as_deref().and_then(time).is_some_and(|end| end > now);
        if grant.revoked_at.is_some() {
            Self::Revoked
        } else if !grant.enabled {
            Self::Disabled
        } else if grant.credential_status() == Some("reauth_required") {
            Self::ReauthRequired
        } else if !grant.usable && ended {
            Self::Expired
        } else if !grant.usable {
            Self::Unusable
        } else if rests {
            Self::Resting
        } else {
            Self::Usable
        }
    }

    fn cell(self, grant: &Grant) -> Cell {
        let (text, tone) = match self {
            Self::Usable => ("usable", Tone::Good),
            Self::Resting => ("resting", Tone::Warning),
            Self::Disabled => ("disabled", Tone::Faint),
            Self::Revoked => ("revoked", Tone::Faint),
            Self::Expired => ("expired", Tone::Bad),
            Self::ReauthRequired => ("sign in again", Tone::Bad),
            Self::Unusable => ("no usable secret", Tone::Bad),
        };
        match (self, &grant.cooldown_until) {
            (Self::Resting, Some(end)) => {
                Cell::toned(format!("{text} until {}", minute(end)), tone).plain(text)
            }
            _ => Cell::toned(text, tone),
        }
    }
}

/// A grant in a list.
#[derive(Debug, Clone, Serialize)]
pub struct GrantRow {
    /// Its name, as commands take it.
    #[serde(rename = "grant")]
    pub name: String,
    pub state: State,
    #[serde(flatten)]
    pub grant: Grant,
}

impl GrantRow {
    pub fn new(grant: Grant, now: Timestamp) -> Self {
        Self { name: name(&grant), state: State::of(&grant, now), grant }
    }
}

/// A scope that this version does not know is shown as it is.
fn name(grant: &Grant) -> String {
    format!("{}/{}/{}", grant.scope, grant.scope_id, grant.token_ref)
}

pub const COLUMNS: &[Column<GrantRow>] = &[
    Column::left("grant", "GRANT", |row| Cell::name(&row.name)),
    Column::left("provider", "PROVIDER", |row| provider(&row.grant)),
    Column::left("kind", "KIND", |row: &GrantRow| Cell::new(row.grant.kind.as_str()))
        .where_it_fits(),
    Column::left("state", "STATE", |row| row.state.cell(&row.grant)),
    Column::left("quota", "QUOTA", |row| quota(&row.grant)),
    Column::right("priority", "PRIORITY", |row: &GrantRow| {
        Cell::new(row.grant.priority.to_string())
    })
    .where_it_fits(),
    Column::left("expiresAt", "EXPIRES", |row: &GrantRow| {
        optional_time(row.grant.expires_at.as_ref())
    })
    .where_it_fits(),
    Column::left("lastSelectedAt", "LAST USED", |row: &GrantRow| {
        optional_time(row.grant.last_selected_at.as_ref())
    })
    .where_it_fits(),
    Column::left("label", "LABEL", |row: &GrantRow| Cell::optional(row.grant.label.as_deref()))
        .where_it_fits(),
    Column::right("weight", "WEIGHT", |row: &GrantRow| Cell::new(row.grant.weight.to_string()))
        .on_request(),
    Column::right("selectedCount", "USES", |row: &GrantRow| {
        Cell::new(row.grant.selected_count.to_string())
    })
    .on_request(),
    Column::left("secrets", "SECRETS", |row: &GrantRow| Cell::new(secrets(&row.grant)))
        .on_request(),
    Column::left("enabled", "ENABLED", |row: &GrantRow| yes_no(row.grant.enabled)).on_request(),
    Column::left("quotaStatus", "QUOTA STATUS", |row: &GrantRow| {
        Cell::new(row.grant.quota_status.as_str())
    })
    .on_request(),
    Column::left("quotaObservedAt", "SEEN", |row: &GrantRow| {
        optional_time(row.grant.quota_observed_at.as_ref())
    })
    .on_request(),
    Column::left("cooldownUntil", "RESTS UNTIL", |row: &GrantRow| {
        optional_time(row.grant.cooldown_until.as_ref())
    })
    .on_request(),
    Column::left("createdAt", "CREATED", |row: &GrantRow| {
        optional_time(said(&row.grant.created_at))
    })
    .on_request(),
    Column::left("updatedAt", "UPDATED", |row: &GrantRow| {
        optional_time(said(&row.grant.updated_at))
    })
    .on_request(),
];

fn said(text: &String) -> Option<&String> {
    Some(text).filter(|text| !text.is_empty())
}

/// The router may not know it of an old record.
fn provider(grant: &Grant) -> Cell {
    said(&grant.provider).map_or_else(|| Cell::toned("unknown", Tone::Warning).plain(""), Cell::new)
}

/// The scarcest of its limits.
fn quota(grant: &Grant) -> Cell {
    let scarcest = grant
        .quota_windows
        .iter()
        .filter_map(|window| Some((share(window)?, window)))
        .min_by(|a, b| a.0.total_cmp(&b.0));
    let Some((left, window)) = scarcest else { return Cell::none() };
    let tone = match grant.quota_status {
        QuotaStatus::Limited | QuotaStatus::Cooldown => Tone::Warning,
        _ => Tone::Plain,
    };
    let percent = format!("{:.0}%", left * 100.0);
    Cell::toned(format!("{percent} of {}", window.id), tone).plain(format!("{left:.4}"))
}

/// The part of a limit that is left, from 0 to 1.
fn share(window: &QuotaWindow) -> Option<f64> {
    let remaining = window.remaining.as_ref()?.as_f64()?;
    let limit = window.limit.as_ref()?.as_f64().filter(|limit| *limit > 0.0)?;
    Some((remaining / limit).clamp(0.0, 1.0))
}

/// The names of what is secret in it.
fn secrets(grant: &Grant) -> String {
    let single = [
        (grant.has_credential, "credential"),
        (grant.has_access_token, "access token"),
        (grant.has_refresh_token, "refresh token"),
    ];
    let single = single.into_iter().filter(|(has, _)| *has).map(|(_, name)| name);
    let names: Vec<_> = single.chain(grant.credential_fields.iter().map(String::as_str)).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

fn time(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// To the minute for people. What is no time is shown as it came.
fn minute(text: &str) -> String {
    let Some(at) = time(text) else { return text.to_owned() };
    let utc = jiff::tz::TimeZone::UTC.to_datetime(at);
    let (date, time) = (utc.date(), utc.time());
    format!("{date} {:02}:{:02}", time.hour(), time.minute())
}

fn optional_time(text: Option<&String>) -> Cell {
    text.map_or_else(Cell::none, |text| Cell::new(minute(text)).plain(text.as_str()))
}

/// One grant, with all that is known of it.
#[derive(Debug, Serialize)]
pub struct GrantDetail {
    #[serde(flatten)]
    row: GrantRow,
}

impl GrantDetail {
    pub fn new(grant: Grant, now: Timestamp) -> Self {
        Self { row: GrantRow::new(grant, now) }
    }
}

const WINDOWS: &[Column<QuotaWindow>] = &[
    Column::left("id", "LIMIT", |window| Cell::name(&window.id)),
    Column::right("remaining", "LEFT", |window| number(window.remaining.as_ref())),
    Column::right("limit", "OF", |window| number(window.limit.as_ref())),
    Column::left("unit", "UNIT", |window| {
        Cell::optional(window.unit.as_deref().or(Some(&window.kind)))
    }),
    Column::left("window", "PER", |window| Cell::optional(window.window.as_deref())),
    Column::left("resetAt", "FULL AGAIN", |window| optional_time(window.reset_at.as_ref())),
];

/// The requests that keep a subscription warm use up its limits, and no usage event shows them.
fn kept_warm(yes: bool) -> Cell {
    match yes {
        true => Cell::toned("yes: the router sends requests of its own with it", Tone::Warning),
        false => Cell::new("no"),
    }
}

fn number(number: Option<&serde_json::Number>) -> Cell {
    number.map_or_else(Cell::none, |number| Cell::new(number.to_string()))
}

impl View for GrantDetail {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let grant = &self.row.grant;
        let mut fields = vec![
            ("grant", Cell::name(&self.row.name)),
            ("provider", provider(grant)),
            ("kind", Cell::new(grant.kind.as_str())),
            ("state", self.row.state.cell(grant)),
            ("secrets", Cell::new(secrets(grant))),
            ("label", Cell::optional(grant.label.as_deref())),
            ("priority", Cell::new(grant.priority.to_string())),
            ("weight", Cell::new(grant.weight.to_string())),
            ("expires", optional_time(grant.expires_at.as_ref())),
            ("renewed at", Cell::optional(grant.refresh_token_url.as_deref())),
        ];
        if !grant.scopes.is_empty() {
            fields.push(("scopes", Cell::new(grant.scopes.join(", "))));
        }
        if let Some(account) = &grant.account_id {
            fields.push(("account", Cell::new(account)));
        }
        fields.extend(grant.keeps_warm().map(|yes| ("kept warm", kept_warm(yes))));
        fields.extend([
            ("uses", Cell::new(grant.selected_count.to_string())),
            ("last used", optional_time(grant.last_selected_at.as_ref())),
            ("limits", Cell::new(grant.quota_status.as_str())),
            ("seen", optional_time(grant.quota_observed_at.as_ref())),
            ("created", optional_time(said(&grant.created_at))),
            ("updated", optional_time(said(&grant.updated_at))),
        ]);
        page.fields(fields)?;
        if !grant.quota_windows.is_empty() {
            page.blank()?;
            page.part(WINDOWS, &grant.quota_windows)?;
        }
        Ok(())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }
}

/// Where a person goes on in a browser.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SignIn {
    pub grant: String,
    /// Nothing in a dry run.
    pub authorization_url: Option<String>,
}

impl View for SignIn {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        match &self.authorization_url {
            None => Ok(()),
            Some(url) => {
                page.line(url)?;
                page.aside("Open this address in the browser in which you are signed in.")
            }
        }
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn grant(changes: Value) -> Grant {
        let mut grant = json!({
            "key": "oauth/team/main", "scope": "policies", "scopeId": "team", "tokenRef": "main",
            "version": 1, "enabled": true, "kind": "api_key", "provider": "openai", "label": null,
            "tokenType": "Bearer", "expiresAt": null, "scopes": [], "accountId": null,
            "subscription": null, "createdAt": "", "updatedAt": "", "revokedAt": null,
            "hasCredential": true, "credentialFields": [], "hasAccessToken": false,
            "hasRefreshToken": false, "refreshConfigured": false, "refreshTokenUrl": null,
            "clientIdConfig": null, "clientSecretConfig": null, "usable": true, "priority": 100,
            "weight": 1, "selectedCount": 0, "lastSelectedAt": null, "quotaStatus": "unknown",
            "quotaObservedAt": null, "cooldownUntil": null, "quotaSource": null,
            "lastProviderSignal": null, "quotaWindows": [],
        });
        grant.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        serde_json::from_value(grant).unwrap()
    }

    #[test]
    fn the_state_says_why_a_grant_is_not_used() {
        let now = "2026-11-20T12:00:00Z".parse().unwrap();
        let check = |changes: Value, state| {
            assert_eq!(State::of(&grant(changes.clone()), now), state, "{changes}");
        };
        let (past, future) = ("2026-11-20T11:00:00.000Z", "2026-11-20T13:00:00.000Z");
        check(json!({}), State::Usable);
        check(json!({ "cooldownUntil": future }), State::Resting);
        check(json!({ "cooldownUntil": past }), State::Usable);
        check(json!({ "enabled": false, "usable": false }), State::Disabled);
        check(json!({ "enabled": false, "usable": false, "revokedAt": past }), State::Revoked);
        check(json!({ "usable": false, "expiresAt": past }), State::Expired);
        check(json!({ "usable": true, "expiresAt": past }), State::Usable);
        check(json!({ "usable": false }), State::Unusable);
    }

    #[test]
    fn the_scarcest_limit_is_shown() {
        let window = |id: &str, remaining: Value, limit: Value| {
            json!({ "id": id, "kind": "requests", "unit": null, "window": null,
                "remaining": remaining, "limit": limit, "resetAt": null })
        };
        let check = |windows: Value, text: &str| {
            assert_eq!(quota(&grant(json!({ "quotaWindows": windows }))).text, text);
        };
        check(json!([]), "–");
        check(
            json!([window("a", json!(75), json!(100)), window("b", json!(1), json!(50))]),
            "2% of b",
        );
        check(json!([window("credits", json!(12.5), Value::Null)]), "–");
        check(json!([window("a", json!(5), json!(0))]), "–");
    }
}
