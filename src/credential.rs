//! Where an admin token comes from: the environment, else the store of the context in force.
//!
//! The store is the operating system's keychain. Where there is none, it is a file that only its
//! owner can read, and `context login` says so.

mod stored;

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use url::{Host, Url};

pub use self::stored::Stored;
use crate::config::{Context, lock_privately, write_privately};
use crate::env::{self, Environment};
use crate::error::{Error, Result};
use crate::ui::Ui;
use clawctl_secret::Secret;
use clawctl_secret::keychain::{Keychain, KeychainError};

/// The name of our entries in a keychain; the account is the context's name.
const SERVICE: &str = "clawctl";

/// An account that no context can have, to find out whether there is a keychain at all.
const PROBE: &str = "(probe)";

/// A Cloudflare Access service token.
#[derive(Debug)]
pub struct AccessToken {
    pub client_id: String,
    pub client_secret: Secret,
}

/// Where a secret was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Environment(&'static str),
    Keychain,
    File,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Environment(name) => f.write_str(name),
            Self::Keychain => f.write_str("the keychain"),
            Self::File => f.write_str("the credentials file"),
        }
    }
}

/// What there is to identify with.
#[derive(Debug, Default)]
pub struct Found {
    pub admin_token: Option<(Secret, Place)>,
    pub access: Option<(AccessToken, Place)>,
}

impl Found {
    fn of_environment(env: &Environment) -> Result<Self> {
        let mut found = Self::default();
        if let Some(token) = env.get(env::ADMIN_TOKEN) {
            let place = Place::Environment(env::ADMIN_TOKEN.name);
            found.admin_token = Some((Secret::new(token), place));
        }
        match (env.get(env::ACCESS_CLIENT_ID), env.get(env::ACCESS_CLIENT_SECRET)) {
            (Some(client_id), Some(secret)) => {
                let token = AccessToken { client_id, client_secret: Secret::new(secret) };
                found.access = Some((token, Place::Environment(env::ACCESS_CLIENT_ID.name)));
            }
            (None, None) => {}
            (one, _) => {
                let missing =
                    if one.is_some() { env::ACCESS_CLIENT_SECRET } else { env::ACCESS_CLIENT_ID };
                return Err(Error::usage(format!(
                    "a Cloudflare Access service token has two halves, and `{}` is not set",
                    missing.name
                )));
            }
        }
        Ok(found)
    }
}

/// Which store is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreChoice {
    Auto,
    Keychain,
    File,
}

impl StoreChoice {
    pub fn of(env: &Environment) -> Result<Self> {
        match env.get(env::CREDENTIAL_STORE).as_deref() {
            None | Some("auto") => Ok(Self::Auto),
            Some("keychain") => Ok(Self::Keychain),
            Some("file") => Ok(Self::File),
            Some(other) => Err(Error::usage(format!(
                "`{}` is `{other}`, which is neither `auto`, `keychain` nor `file`",
                env::CREDENTIAL_STORE.name
            ))),
        }
    }
}

/// The store of tokens.
#[derive(Clone, Copy)]
pub struct TokenStore<'a> {
    pub env: &'a Environment,
    /// The file that is used if there is no keychain.
    pub file: &'a Path,
    pub ui: &'a Ui,
}

impl TokenStore<'_> {
    /// Looks where the precedence says. The keychain is not touched when the environment has it all,
    /// nor when the router in force has no context.
    pub fn find(&self, context: Option<(&str, &Context)>) -> Result<Found> {
        let mut found = Found::of_environment(self.env)?;
        // An address that was given by hand has no context, and gets no context's token.
        let Some((name, Context { url, access, .. })) = context else { return Ok(found) };
        let access_wanted = found.access.is_none() && *access;
        if found.admin_token.is_some() && !access_wanted {
            return Ok(found);
        }
        let Some((mut stored, place)) = self.load(name)? else { return Ok(found) };
        self.check_origin(name, url, &mut stored, &place)?;
        if found.admin_token.is_none() {
            found.admin_token = stored.admin_token.take().map(|token| (token, place.clone()));
        }
        if found.access.is_none() {
            found.access = stored.take_access().map(|token| (token, place));
        }
        Ok(found)
    }

    /// What is stored for a context, and where.
    pub fn load(&self, name: &str) -> Result<Option<(Stored, Place)>> {
        let choice = StoreChoice::of(self.env)?;
        if choice != StoreChoice::Keychain
            && let Some(stored) = self.read_file()?.remove(name)
        {
            return Ok(Some((stored, Place::File)));
        }
        if choice == StoreChoice::File {
            return Ok(None);
        }
        match Keychain::system().get(SERVICE, name) {
            Ok(None) => Ok(None),
            Ok(Some(text)) => {
                let stored = serde_json::from_str(text.expose()).map_err(|_| {
                    Error::failed(format!("the keychain's entry for `{name}` cannot be read"))
                        .run("write it again", format!("clawctl context login {name}"))
                })?;
                Ok(Some((stored, Place::Keychain)))
            }
            // Without a keychain there is no entry in it. Only a choice of it makes that an error.
            Err(e) if choice == StoreChoice::Keychain => Err(unusable(e)),
            Err(e) => {
                self.ui.detail(format!("keychain not used: {e}"));
                Ok(None)
            }
        }
    }

    /// A changed URL in the contexts file must not send a secret to another machine.
    ///
    /// Older versions kept no origin. Such a secret is bound to the address that it is used for first,
    /// unless everybody on the way could read it: then a login has to say that the address is right.
    fn check_origin(
        &self,
        name: &str,
        url: &Url,
        stored: &mut Stored,
        place: &Place,
    ) -> Result<()> {
        let here = origin(url);
        let login =
            format!("if the address is right, log in again: `clawctl context login {name}`");
        match &stored.origin {
            Some(known) if *known == here => return Ok(()),
            Some(known) => {
                return Err(Error::usage(format!(
                    "cannot use the token of context `{name}`: it was stored for {known}, and the \
                     context is at {here} now"
                ))
                .hint(login));
            }
            None if url.scheme() != "https" && !is_this_machine(url) => {
                return Err(Error::usage(format!(
                    "cannot use the token of context `{name}`: it does not say for which router it was \
                     stored, and {here} is not encrypted"
                ))
                .hint(login));
            }
            None => {}
        }
        stored.origin = Some(here);
        if let Err(error) = self.keep(name, stored, place) {
            // It stays usable on a machine where the store cannot be written.
            self.ui.detail(format!("the origin of the token was not stored: {error}"));
        }
        Ok(())
    }

    /// Writes an entry back to the place where it was found.
    fn keep(&self, name: &str, stored: &Stored, place: &Place) -> Result<()> {
        let text = Secret::new(serde_json::to_string(stored).map_err(std::io::Error::from)?);
        match place {
            Place::Environment(_) => Ok(()),
            Place::Keychain => Keychain::system().set(SERVICE, name, &text).map_err(unusable),
            Place::File => {
                let again = serde_json::from_str(text.expose()).map_err(std::io::Error::from)?;
                self.change_file(|all| all.insert(name.to_owned(), again)).map(drop)
            }
        }
    }

    /// Stores what identifies us to the router at an address; says where it went.
    pub fn save(&self, name: &str, url: &Url, stored: Stored) -> Result<Place> {
        let stored = Stored { origin: Some(origin(url)), ..stored };
        let choice = StoreChoice::of(self.env)?;
        if choice != StoreChoice::File {
            let text = Secret::new(serde_json::to_string(&stored).map_err(std::io::Error::from)?);
            match Keychain::system().set(SERVICE, name, &text) {
                Ok(()) => {
                    self.forget_in_file(name)?;
                    return Ok(Place::Keychain);
                }
                Err(e) if choice == StoreChoice::Keychain => return Err(unusable(e)),
                Err(e) => {
                    self.ui.detail(format!("keychain not used: {e}"));
                    let why = in_short(&e);
                    self.ui
                        .warning(format!("{why}, so the token is kept in a file, not encrypted"));
                }
            }
        }
        self.change_file(|all| all.insert(name.to_owned(), stored))?;
        Ok(Place::File)
    }

    /// Forgets what is stored for a context, in every store; says where there was something.
    pub fn forget(&self, name: &str) -> Result<Vec<Place>> {
        let mut places = Vec::new();
        if self.forget_in_file(name)? {
            places.push(Place::File);
        }
        let choice = StoreChoice::of(self.env)?;
        if choice != StoreChoice::File {
            let keychain = Keychain::system();
            match keychain.get(SERVICE, name) {
                Ok(Some(_)) => {
                    keychain.remove(SERVICE, name).map_err(unusable)?;
                    places.push(Place::Keychain);
                }
                Ok(None) => {}
                Err(e) if choice == StoreChoice::Keychain => return Err(unusable(e)),
                Err(_) => {}
            }
        }
        Ok(places)
    }

    fn forget_in_file(&self, name: &str) -> Result<bool> {
        // Where there is nothing to forget, nothing has to be writable.
        if !self.read_file()?.contains_key(name) {
            return Ok(false);
        }
        Ok(self.change_file(|all| all.remove(name))?.is_some())
    }

    fn read_file(&self) -> Result<BTreeMap<String, Stored>> {
        let path = self.file;
        let shown = path.display();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => Secret::new(text),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(e) => return Err(Error::failed(format!("cannot read `{shown}`")).cause(e)),
        };
        let others = std::fs::metadata(path).is_ok_and(|m| m.permissions().mode() & 0o077 != 0);
        if others {
            self.ui.warning(format!(
                "`{shown}` can be read by others; `chmod 600 {shown}` mends that"
            ));
        }
        serde_json::from_str(text.expose()).map_err(|e| {
            // The parser's own words could repeat a token, so only the place is told.
            Error::failed(format!("`{shown}` is damaged at line {}", e.line()))
                .hint("move it away, then `clawctl context login NAME`")
        })
    }

    /// Changes the file under its lock, so that no other login in it is lost.
    fn change_file<T>(&self, change: impl FnOnce(&mut BTreeMap<String, Stored>) -> T) -> Result<T> {
        let path = self.file;
        let locked = lock_privately(path)?;
        let mut all = self.read_file()?;
        let changed = change(&mut all);
        let text = Secret::new(serde_json::to_string_pretty(&all).map_err(std::io::Error::from)?);
        write_privately(&locked, path, text.expose().as_bytes())?;
        Ok(changed)
    }

    /// Which store is really used, in words; an error where the chosen one is not to be had.
    pub fn state(&self, choice: StoreChoice) -> Result<String, String> {
        if choice == StoreChoice::File {
            return Ok("a file for its owner alone".to_owned());
        }
        match Keychain::system().get(SERVICE, PROBE) {
            Ok(_) => Ok("the keychain".to_owned()),
            Err(e) if choice == StoreChoice::Keychain => {
                Err(format!("the keychain cannot be used: {e}"))
            }
            Err(e) => {
                self.ui.detail(format!("keychain not used: {e}"));
                Ok(format!("a file for its owner alone, because {}", in_short(&e)))
            }
        }
    }
}

/// The part of an address that decides who receives what is sent there.
pub fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

/// Without the bus's own words, which fill lines.
fn in_short(e: &KeychainError) -> &'static str {
    match e {
        KeychainError::LeftOut => "this build has no keychain support",
        KeychainError::Absent { .. } => "there is no keychain here",
        KeychainError::Silent { .. } => "the keychain does not answer",
        KeychainError::Locked { .. } => "the keychain is locked",
        _ => "the keychain fails",
    }
}

fn unusable(e: KeychainError) -> Error {
    let otherwise = || format!("or set `{}=file`", env::CREDENTIAL_STORE.name);
    let hint = e.hint().unwrap_or_else(otherwise);
    Error::failed("the keychain cannot be used").cause(e).hint(hint)
}

#[cfg(test)]
mod tests;
