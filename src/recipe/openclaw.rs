//! OpenClaw: `openclaw.json`, which is JSON5. Its own plugin asks the router for the catalog, so
//! all that it needs is the address, the key and a model to begin with.

use serde_json::{Value, json};

use super::settings::{Changed, Edit};
use super::{Client, Needs, PROJECT_HEADER};
use crate::foreign::{BadFile, json::Document};
use clawctl_secret::Secret;

const PROVIDER: [&str; 3] = ["models", "providers", "clawrouter"];
const MODEL: [&str; 3] = ["agents", "defaults", "model"];
/// Where there is such a list, no other model can be used.
const ALLOWED: [&str; 4] = ["agents", "defaults", "modelPolicy", "allow"];
/// The same as older versions have it: a map with the models for names.
const ALLOWED_BEFORE: [&str; 3] = ["agents", "defaults", "models"];
const PLUGINS: [&str; 2] = ["plugins", "allow"];
const SWITCH: [&str; 4] = ["plugins", "entries", "clawrouter", "enabled"];
/// What lets through every model of the router.
const EVERY: &str = "clawrouter/*";

/// A patch for `openclaw config patch`, which merges objects and replaces lists. So a list that is
/// there is in the patch as a whole.
pub fn patch(there: &Document, needs: &Needs<'_>) -> Result<String, BadFile> {
    let mut document = Document::parse("")?;
    for list in [&ALLOWED[..], &PLUGINS] {
        if let Some(value @ Value::Array(_)) = there.get(list)? {
            document.set(list, &value)?;
        }
    }
    if let Some(Value::Object(allowed)) = there.get(&ALLOWED_BEFORE)?
        && !allowed.contains_key(EVERY)
    {
        document.set(&ALLOWED_BEFORE, &json!({}))?;
    }
    document.set(&SWITCH, &Value::Bool(false))?;
    merge(&mut document, needs, None)?;
    Ok(document.text().to_owned())
}

/// Connects a configuration. With a key it is written into it; else its variable is named.
pub fn merge(
    document: &mut Document,
    needs: &Needs<'_>,
    key: Option<&Secret>,
) -> Result<Vec<Changed>, BadFile> {
    let [models, providers, clawrouter] = PROVIDER;
    let provider = |member| [models, providers, clawrouter, member];
    let reference = Client::Openclaw.reference(needs.model);
    let mut edit = Edit::of(document);
    if edit.document.get(&PROVIDER)?.is_none() {
        // In one piece, so that it is read in the order in which a person would write it.
        let by_name = by_name(needs);
        edit.set(&PROVIDER, json!({ "baseUrl": needs.url, "apiKey": by_name, "models": [] }))?;
    } else {
        edit.set(&provider("baseUrl"), needs.url.into())?;
        if edit.document.get(&provider("models"))?.is_none() {
            edit.set(&provider("models"), json!([]))?;
        }
    }
    match key {
        Some(key) => edit.set_key(&provider("apiKey"), key)?,
        None => edit.set(&provider("apiKey"), by_name(needs))?,
    }
    // It names itself as the client of its requests.
    if let Some(project) = needs.project {
        let headers = [models, providers, clawrouter, "headers", PROJECT_HEADER];
        edit.set(&headers, project.into())?;
    }
    // The model may be written as a text, or as an object with fallbacks beside it.
    match edit.document.get(&MODEL)? {
        Some(Value::String(_)) => edit.set(&MODEL, reference.as_str().into())?,
        _ => edit.set(&[&MODEL[..], &["primary"]].concat(), reference.as_str().into())?,
    }
    if let Some(Value::Array(allowed)) = edit.document.get(&ALLOWED)?
        && !allowed.contains(&EVERY.into())
    {
        edit.add_to_list(&ALLOWED, &reference)?;
    }
    if let Some(Value::Object(allowed)) = edit.document.get(&ALLOWED_BEFORE)?
        && !allowed.contains_key(&reference)
        && !allowed.contains_key(EVERY)
    {
        edit.set(&[&ALLOWED_BEFORE[..], &[&reference]].concat(), json!({}))?;
    }
    edit.add_to_list(&PLUGINS, clawrouter)?;
    if edit.document.get(&SWITCH)? == Some(Value::Bool(false)) {
        edit.set(&SWITCH, true.into())?;
    }
    Ok(edit.changed)
}

/// The key as OpenClaw looks it up: in the environment, by the name of its variable.
fn by_name(needs: &Needs<'_>) -> Value {
    json!({ "source": "env", "provider": "default", "id": needs.variable })
}
