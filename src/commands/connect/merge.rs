//! Merging what a client needs into its own file.

use std::path::Path;

use serde_json::Value;
use zeroize::Zeroizing;

use super::backups;
use super::client::Gathered;
use super::files;
use crate::commands::key_source::HeldKey;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::foreign::file::{Found, look};
use crate::foreign::{BadFile, json, toml};
use crate::recipe::settings::Changed;
use crate::recipe::{Client, Needs, claude_code, codex, dotenv, openclaw};
use crate::view::connect::{Merged, Setting};
use clawctl_secret::Secret;
use clawctl_secret::sink::set_assignment;

pub(super) fn run(
    ctx: &Ctx,
    client: Client,
    named: Option<&Path>,
    gathered: &Gathered,
    inline: bool,
) -> Result<Merged> {
    let path = files::file(ctx, client, named)?;
    let found = look(&path)?;
    let key = gathered.reach.held.as_ref().filter(|_| inline).map(HeldKey::secret);
    let edited = edit(client, &found, &gathered.needs(), key)?;
    let mode = found.next_mode(key.is_some());
    let narrowed = found.content.as_ref().is_some_and(|content| content.mode != mode);
    let mut backup = None;
    // What is all there already is not written again, but a key in it is closed to others.
    if !ctx.settings.dry_run && (!edited.changed.is_empty() || narrowed) {
        backup = backups::of(ctx, client).replace(&found, edited.text.as_bytes(), mode)?;
    }
    if narrowed {
        ctx.ui.status("The file is for your eyes only from now on (mode 0600).");
    }
    for caution in &edited.cautions {
        ctx.ui.warning(caution);
    }
    let notes = if inline { client.notes_inline() } else { client.notes(&gathered.needs()) };
    Ok(Merged {
        client: client.as_str(),
        file: found.path.display().to_string(),
        created: found.content.is_none(),
        changed: edited.changed.into_iter().map(setting).collect(),
        backup: backup.map(|path| path.display().to_string()),
        undo: format!("clawctl connect {} --undo", client.as_str()),
        dry_run: ctx.settings.dry_run,
        notes,
    })
}

fn setting(changed: Changed) -> Setting {
    let Changed { setting, before, after } = changed;
    Setting { setting, before, after }
}

struct Edited {
    text: Zeroizing<String>,
    changed: Vec<Changed>,
    /// What else is set in the file, and matters.
    cautions: Vec<String>,
}

fn edit(client: Client, found: &Found, needs: &Needs<'_>, key: Option<&Secret>) -> Result<Edited> {
    let refused = |e: BadFile| {
        Error::usage(format!("cannot edit `{}`: {e}", found.path.display()))
            .hint("mend it, or paste what the command prints without `--write`")
    };
    let text = std::str::from_utf8(found.bytes()).map_err(|_| refused(BadFile::NotText))?;
    let mut cautions = Vec::new();
    let (text, changed) = match client {
        Client::Openclaw => {
            let mut document = json::Document::parse(text).map_err(refused)?;
            let changed = openclaw::merge(&mut document, needs, key).map_err(refused)?;
            (document.text().to_owned(), changed)
        }
        Client::ClaudeCode => {
            let mut document = json::Document::parse(text).map_err(refused)?;
            let changed = claude_code::merge(&mut document, needs, key).map_err(refused)?;
            cautions = claude_code::cautions(&document).map_err(refused)?;
            (document.text().to_owned(), changed)
        }
        Client::Codex => {
            let mut document = toml::Document::parse(text).map_err(refused)?;
            let changed = codex::merge(&mut document, needs, key).map_err(refused)?;
            (document.text(), changed)
        }
        Client::Env | Client::Curl | Client::Python | Client::Node => variables(found, needs, key)?,
    };
    Ok(Edited { text: Zeroizing::new(text), changed, cautions })
}

/// The assignments of a dotenv file.
fn variables(
    found: &Found,
    needs: &Needs<'_>,
    key: Option<&Secret>,
) -> Result<(String, Vec<Changed>)> {
    let mut bytes = Zeroizing::new(found.bytes().to_vec());
    let mut changed = Vec::new();
    let mut set = |name: &str, value: &str, shown: String| -> Result<()> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "_-.:/~%[]".contains(c);
        if !value.chars().all(plain) {
            return Err(Error::usage(format!(
                "programs disagree about how to read {name}={value}"
            ))
            .hint("give a plain address with `--client-url URL`"));
        }
        let after = set_assignment(&bytes, name, value).map_err(|e| {
            let error = Error::usage(format!("cannot edit `{}`: {e}", found.path.display()));
            match e.hint() {
                Some(hint) => error.hint(hint),
                None => error,
            }
        })?;
        if *after != *bytes {
            changed.push(Changed { setting: name.to_owned(), before: None, after: shown });
            bytes = after;
        }
        Ok(())
    };
    for (name, value) in dotenv::addresses(needs) {
        set(name, &value, Value::from(value.as_str()).to_string())?;
        if let Some(key) = key {
            set(dotenv::key_variable(name), key.expose(), "[hidden]".to_owned())?;
        }
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok((text, changed))
}
