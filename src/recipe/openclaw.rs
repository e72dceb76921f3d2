//! OpenClaw: `openclaw.json`, which is JSON5. Its own plugin asks the router for the catalog, so
//! all that it needs is the address, the key and a model to begin with.

use serde_json::{Value, json};

use super::settings::{Changed, Edit};
use super::{Client, KEY_VARIABLE, Needs};
use crate::foreign::{BadFile, json::Document};
use crate::secret::Secret;

const PROVIDER: [&str; 3] = ["models", "providers", "clawrouter"];
const MODEL: [&str; 3] = ["agents", "defaults", "model"];
/// Where there is one, no other model can be used.
const ALLOWED_MODELS: [&str; 3] = ["agents", "defaults", "models"];

pub fn text(needs: &Needs<'_>) -> Result<String, BadFile> {
    let mut document = Document::parse("")?;
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
        edit.set(&PROVIDER, json!({ "baseUrl": needs.url, "models": [] }))?;
    } else {
        edit.set(&provider("baseUrl"), needs.url.into())?;
        if edit.document.get(&provider("models"))?.is_none() {
            edit.set(&provider("models"), json!([]))?;
        }
    }
    let stored = edit.document.get(&provider("apiKey"))?;
    match key {
        Some(key) => edit.set_key(&provider("apiKey"), key)?,
        // The plugin looks at the usual variable by itself, but a key in the file goes before it.
        None if needs.variable != KEY_VARIABLE || stored.is_some() => {
            let by_name = json!({ "source": "env", "provider": "default", "id": needs.variable });
            edit.set(&provider("apiKey"), by_name)?;
        }
        None => {}
    }
    // The model may be written as a text, or as an object with fallbacks beside it.
    match edit.document.get(&MODEL)? {
        Some(Value::String(_)) => edit.set(&MODEL, reference.as_str().into())?,
        _ => edit.set(&[&MODEL[..], &["primary"]].concat(), reference.as_str().into())?,
    }
    if let Some(Value::Object(allowed)) = edit.document.get(&ALLOWED_MODELS)?
        && !allowed.contains_key(&reference)
        && !allowed.contains_key("clawrouter/*")
    {
        edit.set(&[&ALLOWED_MODELS[..], &[&reference]].concat(), json!({}))?;
    }
    edit.add_to_list(&["plugins", "allow"], clawrouter)?;
    let switch = ["plugins", "entries", clawrouter, "enabled"];
    if edit.document.get(&switch)? == Some(Value::Bool(false)) {
        edit.set(&switch, true.into())?;
    }
    Ok(edit.changed)
}
