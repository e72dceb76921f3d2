//! Codex: `config.toml` with a provider of its own. Codex speaks the Responses API and no other.

use super::settings::{Changed, Edit};
use super::{Client, Needs};
use crate::foreign::{BadFile, toml::Document};
use clawctl_secret::Secret;

const NAME: &str = "clawrouter";

pub fn text(needs: &Needs<'_>) -> Result<String, BadFile> {
    let mut document = Document::parse("")?;
    merge(&mut document, needs, None)?;
    Ok(document.text())
}

fn provider(needs: &Needs<'_>) -> [(&'static str, String); 3] {
    [
        ("name", "ClawRouter".to_owned()),
        ("base_url", format!("{}/v1", needs.url)),
        ("wire_api", "responses".to_owned()),
    ]
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
    // Codex sends this tool with every request to some models, and a budget refuses all of them.
    if needs.is_metered {
        edit.set_text(&["web_search"], "disabled")?;
    }
    // Codex says of itself nothing that usage could be told apart by.
    for (name, value) in needs.headers(Client::Codex) {
        edit.set_text(&["model_providers", NAME, "http_headers", name], value)?;
    }
    Ok(edit.changed)
}
