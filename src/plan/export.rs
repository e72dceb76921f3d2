//! A router's state as a manifest. Every member is written out, also where it is the default, so
//! that applying it somewhere else leaves nothing to what is there.

mod keys;

use std::collections::HashSet;

use serde_json::{Value, json};

pub use self::keys::Keys;
use super::live::Live;
use super::manifest::emit::{Members, Section, Things};
use crate::resource::{Offers, Resource};
use clawctl_wire::binding::PrincipalType;
use clawctl_wire::connection::Connection;
use clawctl_wire::fusion::FusionConfig;
use clawctl_wire::grant::Grant;
use clawctl_wire::resource::{BINDING, FUSION, GRANT, KEY, Kind};
use clawctl_wire::rule::GENERATED_PREFIX;
use clawctl_wire::user::CONSOLE_ADMIN;

/// Everything that a manifest can say of this state.
pub fn export(live: &Live) -> Vec<Section> {
    let mut keys = Keys::default();
    live.keys.values().for_each(|key| keys.add(key));
    for (id, hash) in live.hashes.iter().flatten() {
        keys.set_hash(id, hash.clone());
    }
    export_with(live, keys)
}

/// The same with keys that were read one after the other, because there may be very many.
pub fn export_with(live: &Live, keys: Keys) -> Vec<Section> {
    let offers = live.offers;
    // Without the administrator of the router's own console, whom every write would lock out.
    let users = live.users.values().filter(|user| user.email != CONSOLE_ADMIN);
    let sections = [
        named(live.policies.values(), offers),
        (&KEY, keys.things(offers)),
        named(live.providers.iter().filter(|it| !is_untouched(it)), offers),
        (&GRANT, Things::Named(grants(live))),
        named(users, offers),
        (&BINDING, Things::Listed(bindings(live))),
        named(live.rules.values(), offers),
        (&FUSION, Things::Alone(fusion(live))),
    ];
    let section = |(kind, things): (&Kind, Things)| Section { name: kind.section, things };
    sections.into_iter().map(section).collect()
}

fn grants(live: &Live) -> Vec<(String, Members)> {
    let mut taken = HashSet::new();
    live.grants.iter().map(|(name, it)| (name.clone(), grant(it, &mut taken))).collect()
}

/// Its secrets are named by variables, so that they can be given where it is applied. A router
/// that has them is not sent them again. No two secrets have the same variable.
fn grant(grant: &Grant, taken: &mut HashSet<String>) -> Members {
    let mut members = vec![
        ("provider", json!(grant.provider)),
        ("kind", json!(grant.kind)),
        ("enabled", json!(grant.enabled)),
        ("label", json!(grant.label)),
        ("priority", json!(grant.priority)),
        ("weight", json!(grant.weight)),
        ("token_type", json!(grant.token_type)),
        ("expires", json!(grant.expires_at.as_deref().unwrap_or("never"))),
        ("scopes", json!(grant.scopes)),
        ("account", json!(grant.account_id)),
        ("subscription", json!(grant.subscription)),
    ];
    let mut variable = |what: &str| {
        let name = format!("GRANT_{}_{}_{what}", grant.scope_id, grant.token_ref);
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
        let name: String = name.chars().map(plain).collect();
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|it| !taken.contains(it));
        let free = free.unwrap_or(name);
        taken.insert(free.clone());
        json!(format!("env:{free}"))
    };
    let single = [
        ("credential", grant.has_credential),
        ("access_token", grant.has_access_token),
        ("refresh_token", grant.has_refresh_token),
    ];
    for (name, _) in single.into_iter().filter(|(_, has)| *has) {
        members.push((name, variable(name)));
    }
    if !grant.credential_fields.is_empty() {
        let fields = grant.credential_fields.iter().map(|name| (name.clone(), variable(name)));
        members.push(("credentials", Value::Object(fields.collect())));
    }
    if let Some(url) = &grant.refresh_token_url {
        let configs = [
            ("client_id_config", &grant.client_id_config),
            ("client_secret_config", &grant.client_secret_config),
        ];
        let mut refresh = serde_json::Map::from_iter([("token_url".to_owned(), json!(url))]);
        for (name, value) in configs {
            refresh.extend(value.as_ref().map(|value| (name.to_owned(), json!(value))));
        }
        members.push(("refresh", Value::Object(refresh)));
    }
    members
}

/// Without those that rules make, and without kinds of principals that cannot be written either.
fn bindings(live: &Live) -> Vec<Members> {
    let own = live.bindings.iter().filter(|it| {
        let is_known = !matches!(it.principal_type, PrincipalType::Other(_));
        is_known && !it.principal_id.starts_with(GENERATED_PREFIX)
    });
    own.map(|it| members(it, live.offers)).collect()
}

/// Nothing while nobody configured it.
fn fusion(live: &Live) -> Members {
    let config = live.fusion.as_ref().filter(|it| **it != FusionConfig::default());
    config.map(|config| members(config, live.offers)).unwrap_or_default()
}

/// Whatever the description of a thing says, and the router knows.
fn members<R: Resource>(of: &R, offers: Offers) -> Members {
    let known = R::MEMBERS
        .iter()
        .filter(|member| member.extended.is_none_or(|extended| offers.has(extended.extension)));
    known.filter_map(|member| Some((member.field.name, (member.get)(of)?))).collect()
}

fn named<'a, R: Resource<Id = str>>(
    things: impl Iterator<Item = &'a R>,
    offers: Offers,
) -> (&'static Kind, Things) {
    let things = things.map(|it| (it.id().into_owned(), members(it, offers)));
    (R::KIND, Things::Named(things.collect()))
}

/// What was never written has nothing to tell.
fn is_untouched(connection: &Connection) -> bool {
    connection.enabled && connection.label.is_none() && connection.budget().is_none()
}
