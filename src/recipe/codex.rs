//! Codex: `config.toml` with a provider of its own. Codex speaks the Responses API and no other.

use super::settings::{Changed, Edit};
use super::{Client, Needs};
use crate::foreign::{BadFile, toml::Document};
use crate::secret::Secret;

const NAME: &str = "clawrouter";

pub fn text(needs: &Needs<'_>) -> String {
    let model = toml_text(&Client::Codex.reference(needs.model));
    let mut text = format!(
        "model = {model}\nmodel_provider = {}\n\n[model_providers.{NAME}]\n",
        toml_text(NAME)
    );
    for (name, value) in provider(needs) {
        text.push_str(&format!("{name} = {}\n", toml_text(&value)));
    }
    text.push_str(&format!("env_key = {}\n", toml_text(needs.variable)));
    text
}

fn provider(needs: &Needs<'_>) -> [(&'static str, String); 3] {
    [
        ("name", "ClawRouter".to_owned()),
        ("base_url", format!("{}/v1", needs.url)),
        ("wire_api", "responses".to_owned()),
    ]
}

fn toml_text(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// Connects a configuration. With a key it is written into it; else its variable is named.
pub fn merge(
    document: &mut Document,
    needs: &Needs<'_>,
    key: Option<&Secret>,
) -> Result<Vec<Changed>, BadFile> {
    let setting = |name| ["model_providers", NAME, name];
    let mut edit = Edit::of(document);
    edit.set_text(&["model"], &Client::Codex.reference(needs.model))?;
    edit.set_text(&["model_provider"], NAME)?;
    for (name, value) in provider(needs) {
        edit.set_text(&setting(name), &value)?;
    }
    // Codex asks for the variable as soon as one is named, so there is either this or that.
    match key {
        Some(key) => {
            edit.remove_text(&setting("env_key"));
            edit.set_secret_text(&setting("experimental_bearer_token"), key)?;
        }
        None => {
            edit.remove_text(&setting("experimental_bearer_token"));
            edit.set_text(&setting("env_key"), needs.variable)?;
        }
    }
    Ok(edit.changed)
}
