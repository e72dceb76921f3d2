//! Portkey: what `GET /v1/api-keys` answers.

use serde_json::{Map, Value};

use super::models::Reach;
use super::taken::Taken;
use super::{BadImport, Found, Import, Period};

const KNOWN: &[(&str, &str)] = &[
    ("rate_limits", "a router of this kind counts money, not requests in a minute"),
    ("scopes", "a key can do nothing else here than ask models"),
    ("defaults", "defaults of one key are not carried over"),
    ("alert_emails", "nobody is written to; use `clawctl budget check` in a schedule"),
    ("workspace_id", "there are no workspaces; a tenant is the nearest"),
    ("organisation_id", "there are no organizations; a tenant is the nearest"),
    ("description", "a key has a label here, which is its name"),
    ("rotation_policy", "rotate with `clawctl key rotate --all --older-than`"),
];

pub(super) fn read(export: &Value, import: &mut Import) -> Result<(), BadImport> {
    let list = [export, &export["data"]].into_iter().find_map(Value::as_array);
    let list = list.ok_or(BadImport::NoList)?;
    let found = list.len() as u64;
    if let Some(total) = export["total"].as_u64().filter(|total| *total > found) {
        return Err(BadImport::Partial { found, total });
    }
    list.iter().filter_map(Value::as_object).for_each(|key| read_key(key, import));
    Ok(())
}

fn read_key(members: &Map<String, Value>, import: &mut Import) {
    let key = Taken::of(members);
    let name = key.text(&["name"]).unwrap_or("key").to_owned();
    key.ignore(&["id", "key", "object", "type", "created_at", "last_updated_at", "creation_mode"]);
    key.ignore(&["reset_usage", "usage", "last_reset_at", "slug"]);
    let limits = key.take(&["usage_limits"]);
    let budget = limits.as_object().and_then(|members| {
        let limits = Taken::of(members);
        let period = match limits.text(&["periodic_reset"]) {
            None => Period::Ever,
            Some("monthly") => Period::Month,
            Some("weekly") => Period::Other("week".to_owned()),
            Some(other) => Period::Other(other.to_owned()),
        };
        let is_money = !matches!(limits.text(&["type"]), Some(kind) if kind != "cost");
        let limit = limits.take(&["credit_limit"]);
        let budget = match is_money {
            true => import.budget(&name, "usage_limits.credit_limit", limit, period),
            false => {
                let why = "it counts tokens there; nothing may be spent here until a budget is set";
                import.lose(&name, "usage_limits.credit_limit", why);
                Some(clawctl_wire::money::Micros::ZERO)
            }
        };
        let warning = "there is no warning on the way; use `clawctl budget check --warn`";
        let known = [("alert_threshold", warning)];
        limits.tell_the_rest(&format!("{name} (usage_limits)"), &known, import);
        budget
    });
    let status = key.text(&["status"]);
    let found = Found {
        // What a key reaches there is said by configs and providers of its workspace.
        reach: Reach::Unknown,
        budget,
        enabled: matches!(status, None | Some("active")),
        principal: import.principal(&name, "user_id", key.take(&["user_id"])),
        expires: import.expires(&name, "expires_at", key.take(&["expires_at"])),
        name: name.clone(),
    };
    let why = "what it reaches is said by configs there, so its policy has no providers yet";
    import.lose(&name, "defaults.config_id", why);
    key.tell_the_rest(&name, KNOWN, import);
    import.add(found);
}
