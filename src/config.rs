//! The contexts file: which routers there are, and which one is meant.
//!
//! It holds no secrets. Comments and the order of a hand-written file survive a change.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml_edit::{DocumentMut, Item, Table, value};
use url::Url;

use crate::error::{Error, Result};
use clawctl_secret::disk::{self, Access, Locked};

/// The context that is always there: the router in this program.
pub const EMBEDDED: &str = "embedded";

/// The contexts file as it was read.
#[derive(Debug, Default)]
pub struct Config {
    pub path: PathBuf,
    pub current: Option<String>,
    pub contexts: BTreeMap<String, Context>,
    document: DocumentMut,
}

/// A router that can be administered.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    pub url: Url,
    /// Plain http may be used, although it is another machine.
    #[serde(default)]
    pub insecure_http: bool,
    /// It stands behind Cloudflare Access, and a service token is stored for it.
    #[serde(default)]
    pub access: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    current: Option<String>,
    #[serde(default)]
    contexts: BTreeMap<String, Context>,
}

impl Config {
    /// Reads the file; one that does not exist is an empty one.
    pub fn load(path: &Path) -> Result<Self> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(e) => {
                let shown = path.display();
                return Err(
                    Error::usage(format!("cannot read the contexts file `{shown}`")).cause(e)
                );
            }
        };
        let bad = |reason: &str, span: Option<std::ops::Range<usize>>| {
            let place = span.map(|span| position(&text, span.start));
            bad_file(path, place, reason)
        };
        let document: DocumentMut =
            text.parse().map_err(|e: toml_edit::TomlError| bad(e.message(), e.span()))?;
        let file: File = toml_edit::de::from_str(&text)
            .map_err(|e: toml_edit::de::Error| bad(e.message(), e.span()))?;
        for (name, context) in &file.contexts {
            check_context(name, &context.url).map_err(|e| bad(&e.message, span_of(&text, name)))?;
        }
        Ok(Self { path: path.to_owned(), current: file.current, contexts: file.contexts, document })
    }

    /// The context of this name, or an error that lists those there are.
    pub fn context(&self, name: &str) -> Result<&Context> {
        self.contexts.get(name).ok_or_else(|| {
            let known: Vec<_> =
                [EMBEDDED].into_iter().chain(self.contexts.keys().map(String::as_str)).collect();
            Error::not_found(format!("there is no context `{name}`"))
                .hint(format!("there are: {}", known.join(", ")))
                .hint(format!("add it with `clawctl context add {name} URL`"))
        })
    }

    /// Adds a context, or changes the one of this name.
    pub fn put(&mut self, name: &str, context: Context) {
        let contexts =
            self.document.entry("contexts").or_insert_with(|| Item::Table(implicit_table()));
        if let Some(inline) = contexts.as_inline_table().cloned() {
            *contexts = Item::Table(inline.into_table());
        }
        if contexts.get(name).is_none() {
            contexts[name] = Item::Table(Table::new());
        }
        contexts[name]["url"] = value(context.url.as_str());
        let switches = [("insecure_http", context.insecure_http), ("access", context.access)];
        for (switch, on) in switches {
            if on {
                contexts[name][switch] = value(true);
            } else if let Some(table) = contexts[name].as_table_like_mut() {
                table.remove(switch);
            }
        }
        self.contexts.insert(name.to_owned(), context);
    }

    pub fn remove(&mut self, name: &str) {
        if let Some(contexts) = self.document.get_mut("contexts").and_then(Item::as_table_like_mut)
        {
            contexts.remove(name);
        }
        self.contexts.remove(name);
        if self.current.as_deref() == Some(name) {
            self.set_current(None);
        }
    }

    pub fn set_current(&mut self, name: Option<&str>) {
        match name {
            Some(name) => self.document["current"] = value(name),
            None => {
                self.document.remove("current");
            }
        }
        self.current = name.map(str::to_owned);
    }

    /// Changes the file. Another clawctl that changes it at the same time waits, so that both
    /// changes are in it. If the change fails, the file stays as it is.
    pub fn edit<T>(path: &Path, change: impl FnOnce(&mut Self) -> Result<T>) -> Result<(Self, T)> {
        let locked = lock_privately(path)?;
        let mut config = Self::load(path)?;
        let changed = change(&mut config)?;
        write_privately(&locked, path, config.document.to_string().as_bytes())?;
        Ok((config, changed))
    }
}

/// Keeps other clawctl from writing a file that only its owner can read.
pub fn lock_privately(path: &Path) -> Result<Locked> {
    // A file that is kept elsewhere and linked to stays a link.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let locked = disk::make_folder(disk::folder_of(&target)).and_then(|()| disk::lock(&target));
    locked.map_err(|e| Error::failed(format!("cannot lock `{}`", path.display())).cause(e))
}

/// Writes a file that only its owner can read, all or nothing.
pub fn write_privately(locked: &Locked, path: &Path, bytes: &[u8]) -> Result<()> {
    let written = locked.replace(bytes, Access::PRIVATE);
    written.map_err(|e| Error::failed(format!("cannot write `{}`", path.display())).cause(e))
}

/// Names are typed by hand and become names of keychain entries.
pub fn check_context(name: &str, url: &Url) -> Result<()> {
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.is_empty() || name.len() > 64 || !name.chars().all(legal) {
        return Err(Error::usage(format!(
            "`{name}` is not a name for a context; use letters, digits, `-`, `_` and `.`"
        )));
    }
    if name == EMBEDDED {
        return Err(Error::usage("`embedded` always means the router in this program")
            .hint("choose another name"));
    }
    check_url(url)
}

/// Is this an address that a router can have?
pub fn check_url(url: &Url) -> Result<()> {
    // First, so that no later message repeats a password.
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::usage("a router's URL holds no user and no password")
            .hint("give the admin token with `clawctl context login NAME`"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(Error::usage("a router's URL has no query and no fragment"));
    }
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(Error::usage(format!("`{url}` is not an http or https address")));
    }
    Ok(())
}

/// Reads a URL that was typed.
pub fn parse_url(text: &str) -> Result<Url> {
    let text = text.trim();
    let url = Url::parse(text).map_err(|e| {
        if text.contains('@') {
            return Error::usage("this is not a URL").cause(e);
        }
        let error = Error::usage(format!("`{text}` is not a URL")).cause(e);
        if text.contains("://") {
            error
        } else {
            error.hint(format!("did you mean `https://{text}`?"))
        }
    })?;
    // `localhost:8787` is a URL too, of the scheme `localhost`.
    if url.cannot_be_a_base() && !text.contains('@') {
        return Err(Error::usage(format!("`{text}` is not an http or https address"))
            .hint(format!("did you mean `http://{text}`?")));
    }
    check_url(&url)?;
    Ok(url)
}

/// An address as it is shown: without the slash that parsing puts behind it.
pub fn shown(url: &Url) -> &str {
    url.as_str().trim_end_matches('/')
}

fn implicit_table() -> Table {
    let mut table = Table::new();
    table.set_implicit(true);
    table
}

/// Where a context's URL stands in the file, or else the context itself.
fn span_of(text: &str, name: &str) -> Option<std::ops::Range<usize>> {
    let document = toml_edit::Document::parse(text).ok()?;
    let context = document.get("contexts")?.get(name)?;
    context.get("url").and_then(Item::span).or_else(|| context.span())
}

fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    (line, column)
}

fn bad_file(path: &Path, place: Option<(usize, usize)>, reason: &str) -> Error {
    let mut place_text = path.display().to_string();
    if let Some((line, column)) = place {
        place_text = format!("{place_text}:{line}:{column}");
    }
    Error::usage(format!("{place_text}: {}", reason.trim().replace('\n', "; ")))
        .hint("the contexts file knows `current` and `[contexts.NAME]` with `url`, `insecure_http` and `access`")
}

#[cfg(test)]
mod tests;
