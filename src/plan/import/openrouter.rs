//! OpenRouter: what `GET /api/v1/keys` answers.

use serde_json::{Map, Value};

use super::models::Reach;
use super::taken::Taken;
use super::{BadImport, Found, Import, Period};

const KNOWN: &[(&str, &str)] = &[
    ("include_byok_in_limit", "what a key of your own spends counts here like everything else"),
    ("includeByokInLimit", "what a key of your own spends counts here like everything else"),
    ("workspace_id", "there are no workspaces; a tenant is the nearest"),
    ("workspaceId", "there are no workspaces; a tenant is the nearest"),
    ("external_user", "a principal is an e-mail address here"),
    ("externalUser", "a principal is an e-mail address here"),
];

pub(super) fn read(export: &Value, import: &mut Import) -> Result<(), BadImport> {
    let list = [export, &export["data"]].into_iter().find_map(Value::as_array);
    let list = list.ok_or(BadImport::NoList)?;
    list.iter().filter_map(Value::as_object).for_each(|key| read_key(key, import));
    Ok(())
}

fn read_key(members: &Map<String, Value>, import: &mut Import) {
    let key = Taken::of(members);
    let name = key.text(&["name"]).unwrap_or("key").to_owned();
    // The label is the beginning and the end of the key itself.
    key.ignore(&["hash", "label", "created_at", "createdAt", "updated_at", "updatedAt"]);
    key.ignore(&["last_used_at", "lastUsedAt", "creator_user_id", "creatorUserId"]);
    key.ignore(&["limit_remaining", "limitRemaining", "usage", "byok_usage", "byokUsage"]);
    for span in ["daily", "weekly", "monthly", "Daily", "Weekly", "Monthly"] {
        let names = ["usage", "byok_usage", "byokUsage"];
        names
            .iter()
            .for_each(|name| key.ignore(&[&format!("{name}_{span}"), &format!("{name}{span}")]));
    }
    let period = match key.text(&["limit_reset", "limitReset"]) {
        None => Period::Ever,
        Some("monthly") => Period::Month,
        Some("daily") => Period::Other("day".to_owned()),
        Some("weekly") => Period::Other("week".to_owned()),
        Some(other) => Period::Other(other.to_owned()),
    };
    let budget = import.budget(&name, "limit", key.take(&["limit"]), period);
    let found = Found {
        // A key there reaches every model.
        reach: Reach::All,
        budget,
        enabled: key.take(&["disabled"]) != &Value::Bool(true),
        principal: None,
        expires: import.expires(&name, "expires_at", key.take(&["expires_at", "expiresAt"])),
        name: name.clone(),
    };
    key.tell_the_rest(&name, KNOWN, import);
    import.add(found);
}
