//! LiteLLM: what `/key/list?return_full_object=true` answers, or `/key/info` of one key.

use serde_json::{Map, Value};

use super::models::{Reach, ours};
use super::taken::Taken;
use super::{BadImport, Found, Import, Period};

/// Names that stand for all models there.
const ALL: &[&str] = &["all-proxy-models", "*"];

const LIMITS: &str = "a router of this kind counts money, not requests or tokens in a minute";
const KNOWN: &[(&str, &str)] = &[
    ("tpm_limit", LIMITS),
    ("rpm_limit", LIMITS),
    ("max_parallel_requests", LIMITS),
    ("model_rpm_limit", LIMITS),
    ("model_tpm_limit", LIMITS),
    ("rpm_limit_type", LIMITS),
    ("tpm_limit_type", LIMITS),
    ("soft_budget", "there is no warning on the way; use `clawctl budget check --warn`"),
    ("model_max_budget", "a budget is for a policy here, not for a model"),
    ("litellm_budget_table", "its budget is an object of its own there; set it here by hand"),
    ("budget_id", "its budget is an object of its own there; set it here by hand"),
    ("team_id", "the budget and the models of its team are not those of the key"),
    ("team_alias", "the budget and the models of its team are not those of the key"),
    ("org_id", "there are no organizations; a tenant is the nearest"),
    ("organization_id", "there are no organizations; a tenant is the nearest"),
    ("aliases", "a model has one name here"),
    ("config", "settings of one key are not carried over"),
    ("router_settings", "settings of one key are not carried over"),
    ("permissions", "a key can do nothing else here than ask models"),
    ("allowed_routes", "a key may use every route of its providers here"),
    ("allowed_cache_controls", "nothing is cached here"),
    ("guardrails", "there are no guardrails"),
    ("tags", "there are no tags"),
    ("metadata", "a key has a label here, and nothing more is kept with it"),
    ("object_permission", "tools and stores have no scope here"),
    ("auto_rotate", "rotate with `clawctl key rotate --all --older-than`"),
    ("rotation_interval", "rotate with `clawctl key rotate --all --older-than`"),
];

pub(super) fn read(export: &Value, import: &mut Import) -> Result<(), BadImport> {
    let list = [export, &export["keys"], &export["data"]].into_iter().find_map(Value::as_array);
    if let Some(list) = list {
        let names_only = !list.is_empty() && list.iter().all(Value::is_string);
        if names_only {
            return Err(BadImport::NamesOnly);
        }
        let found = list.len() as u64;
        if let Some(total) = export["total_count"].as_u64().filter(|total| *total > found) {
            return Err(BadImport::Partial { found, total });
        }
        list.iter().filter_map(Value::as_object).for_each(|key| read_key(key, import));
        return Ok(());
    }
    let one = export["info"].as_object().ok_or(BadImport::NoList)?;
    read_key(one, import);
    Ok(())
}

fn read_key(members: &Map<String, Value>, import: &mut Import) {
    let key = Taken::of(members);
    let named = key.text(&["key_alias"]).or(key.text(&["key_name"]));
    let name = named.unwrap_or("key").to_owned();
    key.ignore(&[
        "key_alias",
        "key_name",
        "token",
        "token_id",
        "key",
        "api_key",
        "spend",
        "model_spend",
    ]);
    key.ignore(&["created_at", "updated_at", "created_by", "updated_by", "last_active"]);
    key.ignore(&["budget_reset_at", "soft_budget_cooldown", "last_rotation_at", "rotation_count"]);
    key.ignore(&["last_refreshed_at", "user_role", "key_rotation_at", "max_budget_alert_emails"]);
    let period = match key.text(&["budget_duration"]) {
        None => Period::Ever,
        Some("30d" | "31d" | "1mo" | "monthly") => Period::Month,
        Some(other) => Period::Other(other.to_owned()),
    };
    let budget = import.budget(&name, "max_budget", key.take(&["max_budget"]), period);
    let user = key.take(&["user_email"]);
    let principal = match import.principal(&name, "user_email", user) {
        Some(address) => {
            key.ignore(&["user_id"]);
            Some(address)
        }
        None => import.principal(&name, "user_id", key.take(&["user_id"])),
    };
    let reach = reach(&name, key.take(&["models"]), import);
    let found = Found {
        reach,
        budget,
        enabled: key.take(&["blocked"]) != &Value::Bool(true),
        principal,
        expires: import.expires(&name, "expires", key.take(&["expires"])),
        name: name.clone(),
    };
    key.tell_the_rest(&name, KNOWN, import);
    import.add(found);
}

fn reach(name: &str, models: &Value, import: &mut Import) -> Reach {
    let models: Vec<&str> =
        models.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if models.is_empty() || models.iter().any(|model| ALL.contains(model)) {
        return Reach::All;
    }
    let (mut providers, mut patterns) =
        (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    for model in models {
        match ours(model) {
            Some((provider, pattern)) => {
                providers.insert(provider.to_owned());
                patterns.insert(pattern);
            }
            None => import.lose(
                name,
                "models",
                format!("no provider can be told from the name `{}`", model.escape_debug()),
            ),
        }
    }
    if patterns.is_empty() {
        import.lose(name, "models", "none of them is known, so its policy has no providers yet");
        return Reach::Unknown;
    }
    Reach::Only { providers, models: patterns }
}
