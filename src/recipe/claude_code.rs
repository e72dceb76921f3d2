//! Claude Code: `settings.json` with an address and with models pinned, so that none is asked for
//! that the key cannot use.
//!
//! The key comes from a helper command, which prints the variable: an entry in `env` would have to
//! hold the key itself.

use serde_json::{Value, json};

use super::settings::{Changed, Edit};
use super::shell::is_variable;
use super::{Client, Needs, messages_root};
use crate::foreign::{BadFile, json::Document};
use crate::report::catalog::CatalogRow;
use clawctl_secret::Secret;

/// Prints a variable, and fails where it is not set.
const HELPER: &str = "printenv";

/// Its names for three sizes, each with the variable that says what it means.
const SIZES: [(&str, &str); 3] = [
    ("opus", "ANTHROPIC_DEFAULT_OPUS_MODEL"),
    ("sonnet", "ANTHROPIC_DEFAULT_SONNET_MODEL"),
    ("haiku", "ANTHROPIC_DEFAULT_HAIKU_MODEL"),
];

/// Claude Code retries a refused request ten times, with ever longer pauses, and seems to hang for
/// minutes. With a key from a helper it adds two retries, a second apart each, whatever the answer
/// says: the helper might print another key. So a revoked key is reported after five requests and
/// about 5 s. One retry less would give up a busy provider after half a second.
const RETRIES: (&str, &str) = ("CLAUDE_CODE_MAX_RETRIES", "2");

/// Further headers of its requests, a line each.
const HEADERS: &str = "ANTHROPIC_CUSTOM_HEADERS";

pub fn text(needs: &Needs<'_>) -> Result<String, BadFile> {
    let mut document = Document::parse("")?;
    merge(&mut document, needs, None)?;
    Ok(document.text().to_owned())
}

/// The address and the pins, as variables.
pub fn variables(needs: &Needs<'_>) -> Vec<(&'static str, String)> {
    let chosen = needs.model;
    let same: Vec<&CatalogRow> =
        needs.models.iter().filter(|row| row.provider == chosen.provider).collect();
    let mut variables = vec![
        ("ANTHROPIC_BASE_URL", messages_root(needs.url, &chosen.provider)),
        ("ANTHROPIC_MODEL", Client::ClaudeCode.reference(chosen)),
    ];
    for (size, variable) in SIZES {
        let fits = |row: &&&CatalogRow| row.upstream.contains(size);
        // The chosen one goes before another of its size.
        let row = [chosen].iter().find(fits).copied().or_else(|| same.iter().find(fits).copied());
        variables.push((variable, Client::ClaudeCode.reference(row.unwrap_or(chosen))));
    }
    variables
}

/// Connects settings. With a key it is written into them; else its variable is named.
pub fn merge(
    document: &mut Document,
    needs: &Needs<'_>,
    key: Option<&Secret>,
) -> Result<Vec<Changed>, BadFile> {
    let mut variables = variables(needs);
    let mut edit = Edit::of(document);
    let text = |value: Option<Value>| value.and_then(|value| value.as_str().map(str::to_owned));
    let headers = text(edit.document.get(&["env", HEADERS])?).unwrap_or_default();
    variables.push((HEADERS, with_headers(&headers, &needs.headers(Client::ClaudeCode))));
    // A number that somebody chose is left alone.
    if edit.document.get(&["env", RETRIES.0])?.is_none() {
        variables.push((RETRIES.0, RETRIES.1.to_owned()));
    }
    if edit.document.get(&["env"])?.is_none() {
        let all = variables.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
        edit.set(&["env"], Value::Object(all.collect()))?;
    } else {
        for (name, value) in &variables {
            edit.set(&["env", name], json!(value))?;
        }
    }
    match key {
        Some(key) => {
            // A helper that was written here would fail where the variable is not set.
            let helper = edit.document.get(&["apiKeyHelper"])?;
            if helper.as_ref().and_then(Value::as_str).is_some_and(is_ours) {
                edit.remove(&["apiKeyHelper"])?;
            }
            edit.set_key(&["env", "ANTHROPIC_AUTH_TOKEN"], key)?;
        }
        None => {
            // It would go before the helper, and show the router a key that may be another's.
            edit.remove(&["env", "ANTHROPIC_AUTH_TOKEN"])?;
            let command = format!("{HELPER} {}", needs.variable);
            edit.set(&["apiKeyHelper"], command.into())?;
        }
    }
    Ok(edit.changed)
}

/// The lines of headers that are there, with ours in place of earlier ones of the same names.
fn with_headers(there: &str, ours: &[(&str, &str)]) -> String {
    let name = |line: &str| line.split(':').next().unwrap_or_default().trim().to_owned();
    let is_ours =
        |line: &&str| ours.iter().any(|(known, _)| known.eq_ignore_ascii_case(&name(line)));
    let kept = there.lines().filter(|line| !line.trim().is_empty() && !is_ours(line));
    let written = ours.iter().map(|(name, value)| format!("{name}: {value}"));
    kept.map(str::to_owned).chain(written).collect::<Vec<_>>().join("\n")
}

fn is_ours(command: &str) -> bool {
    command.split_once(' ').is_some_and(|(program, rest)| program == HELPER && is_variable(rest))
}

/// What else is set in the file and changes where requests go, or what they carry.
pub fn cautions(document: &Document) -> Result<Vec<String>, BadFile> {
    let mut found = Vec::new();
    for name in ["CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX"] {
        if document.get(&["env", name])?.is_some() {
            found.push(format!("`env.{name}` is set in the file: Claude Code bypasses the router"));
        }
    }
    // Seen with 2.1.332: it is sent as `x-api-key`, beside the key of the helper.
    let name = "ANTHROPIC_API_KEY";
    if document.get(&["env", name])?.is_some() {
        found.push(format!(
            "`env.{name}` is set in the file: Claude Code sends it to the router too, which ignores it"
        ));
    }
    Ok(found)
}
