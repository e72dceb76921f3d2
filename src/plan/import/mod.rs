//! Keys and budgets that another gateway wrote out, as a manifest; and everything that could not be
//! carried over, by name. A field that nothing is known of is told too, so that none is dropped
//! without a word.

mod litellm;
mod models;
mod openrouter;
mod portkey;
mod taken;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Value, json};
use thiserror::Error;

use self::models::Reach;
use super::manifest::emit::{Members, Section, Things};
use clawctl_wire::credential::is_principal;
use clawctl_wire::id::{ID_CHARS_MAX, KEY_ID_CHARS_MIN};
use clawctl_wire::money::Micros;

/// Which gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gateway {
    LiteLlm,
    OpenRouter,
    Portkey,
}

/// A manifest, and what is not in it.
pub struct Imported {
    pub sections: Vec<Section>,
    pub lost: Vec<Lost>,
}

/// Something that could not be carried over. What it said is not repeated: it may be a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lost {
    /// The key, by its name there.
    pub thing: String,
    pub field: String,
    pub why: String,
}

#[derive(Debug, Error)]
pub enum BadImport {
    #[error("there is no list of keys in it")]
    NoList,
    #[error("its keys are names only")]
    NamesOnly,
    #[error("it holds a part of the keys only: {found} of {total}")]
    Partial { found: u64, total: u64 },
}

/// Turns an export into a manifest.
pub fn import(from: Gateway, export: &Value) -> Result<Imported, BadImport> {
    let mut import = Import::default();
    match from {
        Gateway::LiteLlm => litellm::read(export, &mut import)?,
        Gateway::OpenRouter => openrouter::read(export, &mut import)?,
        Gateway::Portkey => portkey::read(export, &mut import)?,
    }
    let Import { policies, keys, lost, .. } = import;
    let named = |name, things| Section { name, things: Things::Named(things) };
    Ok(Imported { sections: vec![named("policies", policies), named("keys", keys)], lost })
}

#[derive(Default)]
struct Import {
    ids: BTreeSet<String>,
    policies: Vec<(String, Members)>,
    keys: Vec<(String, Members)>,
    lost: Vec<Lost>,
}

/// A key as all gateways have one.
struct Found {
    /// Its name there.
    name: String,
    reach: Reach,
    /// `None` is no limit.
    budget: Option<Micros>,
    enabled: bool,
    principal: Option<String>,
    expires: Option<String>,
}

impl Import {
    fn lose(&mut self, thing: &str, field: &str, why: impl Into<String>) {
        self.lost.push(Lost { thing: thing.to_owned(), field: field.to_owned(), why: why.into() });
    }

    /// A key with a policy of its own, which has its scope and its budget.
    fn add(&mut self, found: Found) {
        let Found { name, reach, budget, enabled, principal, expires } = found;
        let id = self.free_id(&name);
        let mut policy: Members = Vec::new();
        match reach {
            Reach::All => policy.push(("providers", json!("all"))),
            Reach::Only { providers, models } => {
                policy.push(("providers", json!(providers)));
                if !models.is_empty() {
                    policy.push(("models", json!(models)));
                }
            }
            // Without providers the policy cannot be made, which is better than one that is wider
            // than what was meant.
            Reach::Unknown => {}
        }
        let amount = budget.map_or_else(|| json!("none"), |it| json!(format!("${}", it.plain())));
        policy.push(("budget", amount));
        let mut key: Members = vec![("policy", json!(id)), ("label", json!(name))];
        if !enabled {
            key.push(("enabled", json!(false)));
        }
        key.extend(principal.map(|it| ("principal", json!(it))));
        key.extend(expires.map(|it| ("expires", json!(it))));
        self.policies.push((id.clone(), policy));
        self.keys.push((id, key));
    }

    /// An id made of a name, that no other has.
    fn free_id(&mut self, name: &str) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
        let mut id: String = name.trim().chars().map(plain).take(ID_CHARS_MAX - 8).collect();
        while id.len() < KEY_ID_CHARS_MIN || !id.contains(|c: char| c != '_') {
            id.insert_str(0, "key_");
        }
        let first = id.clone();
        let mut number = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{first}_{number}");
            number += 1;
        }
        id
    }

    /// A limit in dollars, and over what time it is counted there.
    fn budget(&mut self, name: &str, field: &str, limit: &Value, period: Period) -> Option<Micros> {
        let text = match limit {
            Value::Number(number) => number.to_string(),
            Value::String(text) => text.clone(),
            _ => return None,
        };
        let Some(amount) = exact(&text) else {
            self.lose(
                name,
                field,
                "it is no amount of money; nothing may be spent until it is set",
            );
            return Some(Micros::ZERO);
        };
        match period {
            Period::Month => {}
            Period::Ever => self.lose(
                name,
                field,
                "it was for good there; here the same amount is there again every month",
            ),
            Period::Other(every) => self.lose(
                name,
                field,
                format!("it was per {every} there; here the same amount has to do for a month"),
            ),
        }
        Some(amount)
    }

    /// A person, if the text is an address.
    fn principal(&mut self, name: &str, field: &str, text: &Value) -> Option<String> {
        let text = text.as_str().filter(|text| !text.is_empty())?;
        let address = text.trim().to_lowercase();
        if is_principal(&address) {
            return Some(address);
        }
        self.lose(name, field, "a principal is an e-mail address here");
        None
    }

    fn expires(&mut self, name: &str, field: &str, text: &Value) -> Option<String> {
        let text = text.as_str().filter(|text| !text.is_empty())?;
        // Some write no zone and mean UTC.
        let at = [text.to_owned(), format!("{text}Z"), format!("{}Z", text.replace(' ', "T"))]
            .iter()
            .find_map(|text| text.parse::<jiff::Timestamp>().ok());
        match at.and_then(|at| jiff::Timestamp::from_second(at.as_second()).ok()) {
            Some(at) => Some(at.to_string()),
            None => {
                self.lose(name, field, "it is no time that can be read");
                None
            }
        }
    }
}

/// How often a limit starts again there.
enum Period {
    Month,
    Ever,
    Other(String),
}

/// To the micro, and never more than what is written.
fn exact(text: &str) -> Option<Micros> {
    if let Ok(amount) = Micros::parse(&format!("${text}")) {
        return Some(amount);
    }
    let dollars: f64 = text.parse().ok().filter(|it: &f64| it.is_finite() && *it >= 0.0)?;
    let fixed = format!("{dollars:.12}");
    let (whole, part) = fixed.split_once('.')?;
    Micros::parse(&format!("${whole}.{}", &part[..6])).ok()
}
