//! Settings that are changed in a client's file, with what they were.

use serde_json::Value;

use crate::foreign::{BadFile, Dotted, Path, json, toml};
use clawctl_secret::Secret;

/// One setting that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its path, such as `models.providers.clawrouter.baseUrl`.
    pub setting: String,
    pub before: Option<String>,
    pub after: String,
}

/// Settings that may hold a secret, now or before.
const SECRET: &[&str] = &[
    "apiKey",
    "apiKeyHelper",
    "experimental_bearer_token",
    "ANTHROPIC_AUTH_TOKEN",
    "ANTHROPIC_API_KEY",
    SHARED,
];

/// A setting to which ours is added. What was there stays in it, and may be a secret.
const SHARED: &str = "ANTHROPIC_CUSTOM_HEADERS";

const HIDDEN: &str = "[hidden]";
const GONE: &str = "gone";

/// A document under way, with what was changed in it so far.
pub struct Edit<'d, D> {
    pub document: &'d mut D,
    pub changed: Vec<Changed>,
}

impl<'d, D> Edit<'d, D> {
    pub fn of(document: &'d mut D) -> Self {
        Self { document, changed: Vec::new() }
    }

    fn note(&mut self, path: &Path<'_>, before: Option<String>, after: String) {
        let secret = path.last().is_some_and(|last| SECRET.contains(last));
        let is_mixed = before.is_some() && path.last() == Some(&SHARED);
        let after = if is_mixed { HIDDEN.to_owned() } else { after };
        let before = before.map(|text| if secret { HIDDEN.to_owned() } else { text });
        self.changed.push(Changed { setting: Dotted(path).to_string(), before, after });
    }
}

impl Edit<'_, json::Document> {
    pub fn set(&mut self, path: &Path<'_>, value: Value) -> Result<(), BadFile> {
        let before = self.document.get(path)?;
        if self.document.set(path, &value)? {
            self.note(path, before.as_ref().map(shown), shown(&value));
        }
        Ok(())
    }

    /// Writes the key itself. It is shown nowhere.
    pub fn set_key(&mut self, path: &Path<'_>, key: &Secret) -> Result<(), BadFile> {
        let before = self.document.get(path)?;
        if self.document.set(path, &Value::from(key.expose()))? {
            self.note(path, before.as_ref().map(shown), HIDDEN.to_owned());
        }
        Ok(())
    }

    pub fn remove(&mut self, path: &Path<'_>) -> Result<(), BadFile> {
        let before = self.document.get(path)?;
        if self.document.remove(path)? {
            self.note(path, before.as_ref().map(shown), GONE.to_owned());
        }
        Ok(())
    }

    pub fn add_to_list(&mut self, path: &Path<'_>, value: &str) -> Result<(), BadFile> {
        let before = self.document.get(path)?;
        if self.document.add_to_list(path, &Value::from(value))? {
            let after = self.document.get(path)?;
            let after = after.as_ref().map(shown).unwrap_or_default();
            self.note(path, before.as_ref().map(shown), after);
        }
        Ok(())
    }
}

impl Edit<'_, toml::Document> {
    pub fn set_text(&mut self, path: &Path<'_>, text: &str) -> Result<(), BadFile> {
        let before = self.document.get(path);
        if self.document.set(path, text)? {
            self.note(path, before, Value::from(text).to_string());
        }
        Ok(())
    }

    pub fn set_secret_text(&mut self, path: &Path<'_>, key: &Secret) -> Result<(), BadFile> {
        let before = self.document.get(path);
        if self.document.set(path, key.expose())? {
            self.note(path, before, HIDDEN.to_owned());
        }
        Ok(())
    }

    pub fn remove_text(&mut self, path: &Path<'_>) {
        let before = self.document.get(path);
        if self.document.remove(path) {
            self.note(path, before, GONE.to_owned());
        }
    }
}

fn shown(value: &Value) -> String {
    value.to_string()
}
