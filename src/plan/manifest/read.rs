//! From a checked tree to wishes.

mod access;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value};

use super::check::time;
use super::node::{Node, Placed};
use super::problem::Problem;
use crate::client::{Change, ConnectionEdit, CredentialEdit, PolicyEdit};
use crate::plan::desired::{Desired, KeyWish, PolicyWish, Routing, Wanted};
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::model::ModelPattern;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{BudgetScope, ENVIRONMENT_FALLBACK, ProviderScope};

/// Adds what a file wants. A thing that another file names already is a problem.
pub(super) fn read(
    file: usize,
    root: &Node,
    folder: &Path,
    desired: &mut Desired,
    problems: &mut Vec<Problem>,
) {
    let Desired { policies, keys, providers, grants, users, bindings, rules, fusion } = desired;
    section(file, root, "policies", policies, problems, policy);
    section(file, root, "keys", keys, problems, |node, id| key(node, id, folder));
    section(file, root, "providers", providers, problems, |node, _| provider(node));
    section(file, root, "grants", grants, problems, |node, _| access::grant(node, folder));
    section(file, root, "users", users, problems, |node, _| access::user(node));
    section(file, root, "rules", rules, problems, |node, _| access::rule(node));
    access::check_rules(file, root, problems);
    access::bindings(file, root, bindings, problems);
    if let Some(node) = root.get("fusion") {
        let at = node.at.of_file(file);
        match fusion {
            None => *fusion = Some(Wanted { wish: access::fusion(&node.value), place: at }),
            Some(_) => {
                let problem = Problem::new(at, "`fusion` is named twice");
                problems.push(problem.suggest("leave one of them out"));
            }
        }
    }
}

fn section<T>(
    file: usize,
    root: &Node,
    name: &str,
    into: &mut BTreeMap<String, Wanted<T>>,
    problems: &mut Vec<Problem>,
    each: impl Fn(&Node, &str) -> T,
) {
    let Some(Placed { value: Node::Map(members), .. }) = root.get(name) else { return };
    for (id, node) in members {
        let at = id.at.of_file(file);
        // Addresses are written in lower case by the router.
        let id_text = match name {
            "users" => id.value.trim().to_lowercase(),
            _ => id.value.clone(),
        };
        match into.entry(id_text) {
            Entry::Vacant(free) => {
                free.insert(Wanted { wish: each(&node.value, &id.value), place: at });
            }
            Entry::Occupied(_) => {
                let message = format!("`{}` is named twice under `{name}`", id.value);
                problems.push(Problem::new(at, message).suggest("leave one of them out"));
            }
        }
    }
}

fn policy(node: &Node, _: &str) -> PolicyWish {
    let edit = PolicyEdit {
        scope: all_or(node, "providers", |ids| ids.map(str::to_owned).collect())
            .map(|scope| scope.map_or(ProviderScope::All, ProviderScope::Only)),
        models: match all_or(node, "models", patterns) {
            None => Change::Keep,
            Some(None) => Change::Clear,
            Some(Some(list)) => Change::Set(list),
        },
        budget: money(node, "budget"),
        request_cost: money(node, "request_cost"),
        budget_scope: text(node, "budget_scope").map(BudgetScope::from),
        tenant: text(node, "tenant").map(str::to_owned),
        token_role: text(node, "role").map(str::to_owned),
        retain_content: flag(node, "retain_content"),
        enabled: flag(node, "enabled"),
        ..PolicyEdit::default()
    };
    let routing = node.get("grant_routing").map(|node| routing(&node.value));
    PolicyWish { edit, routing }
}

fn patterns(texts: &mut dyn Iterator<Item = &str>) -> Vec<ModelPattern> {
    // In one order and once each, as the router's own commands write them.
    let set: BTreeSet<_> = texts.filter_map(|text| ModelPattern::parse(text).ok()).collect();
    set.into_iter().collect()
}

/// `None` if nothing is said, `Some(None)` for `all`.
fn all_or<T>(
    node: &Node,
    name: &str,
    collect: impl Fn(&mut dyn Iterator<Item = &str>) -> T,
) -> Option<Option<T>> {
    match &node.get(name)?.value {
        Node::List(items) => Some(Some(collect(&mut items.iter().filter_map(|i| i.value.text())))),
        _ => Some(None),
    }
}

fn routing(node: &Node) -> Routing {
    let Node::Map(_) = node else { return Routing::Default };
    let mut members = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            members.insert(name.to_owned(), value);
        }
    };
    put("strategy", text(node, "strategy").map(Value::from));
    put("stickiness", text(node, "stickiness").map(Value::from));
    put("failover", flag(node, "failover").map(Value::from));
    put(ENVIRONMENT_FALLBACK, flag(node, "environment_fallback").map(Value::from));
    put("staleState", text(node, "stale_state").map(Value::from));
    put("staleAfterSeconds", whole(node, "stale_after_seconds").map(Value::from));
    put("eligibleGrants", node.get("eligible_grants").map(|node| sorted_lists(&node.value)));
    Routing::Members(members)
}

/// In the order in which a router keeps them.
fn sorted_lists(node: &Node) -> Value {
    let Node::Map(members) = node else { return Value::Null };
    let sorted = |node: &Node| -> Value {
        let Node::List(items) = node else { return Value::Null };
        let texts: BTreeSet<_> = items.iter().filter_map(|item| item.value.text()).collect();
        texts.into_iter().collect()
    };
    members.iter().map(|(name, list)| (name.value.clone(), sorted(&list.value))).collect()
}

fn key(node: &Node, id: &str, folder: &Path) -> KeyWish {
    let edit = CredentialEdit {
        policy_id: text(node, "policy").map(str::to_owned),
        principal: match words(node, "principal") {
            Change::Set(text) => Change::Set(text.to_lowercase()),
            other => other,
        },
        label: words(node, "label"),
        expires_at: match text(node, "expires") {
            None => Change::Keep,
            Some("never") => Change::Clear,
            Some(text) => time(text).map_or(Change::Keep, Change::Set),
        },
        enabled: flag(node, "enabled"),
    };
    let sink = |text: &str| {
        let spec = text.replace("{id}", id).parse::<SinkSpec>().ok()?;
        Some(spec.from_directory(folder))
    };
    let to = match node.get("to").map(|node| &node.value) {
        Some(Node::List(items)) => {
            items.iter().filter_map(|item| item.value.text()).filter_map(sink).collect()
        }
        Some(one) => one.text().and_then(sink).into_iter().collect(),
        None => Vec::new(),
    };
    KeyWish {
        edit,
        to,
        folder: folder.to_owned(),
        test: flag(node, "test").unwrap_or(false),
        secret_sha256: text(node, "secret_sha256").map(str::to_ascii_lowercase),
    }
}

fn provider(node: &Node) -> ConnectionEdit {
    ConnectionEdit {
        enabled: flag(node, "enabled"),
        label: words(node, "label"),
        budget: money(node, "budget"),
    }
}

fn text<'n>(node: &'n Node, name: &str) -> Option<&'n str> {
    node.get(name).and_then(|node| node.value.text()).map(str::trim)
}

fn flag(node: &Node, name: &str) -> Option<bool> {
    node.get(name).and_then(|node| node.value.flag())
}

fn whole(node: &Node, name: &str) -> Option<u64> {
    node.get(name).and_then(|node| node.value.number()).and_then(|text| text.parse().ok())
}

fn money(node: &Node, name: &str) -> Change<Micros> {
    let Some(node) = node.get(name) else { return Change::Keep };
    match node.value.text().or(node.value.number()).map(Micros::parse) {
        Some(Ok(amount)) => Change::Set(amount),
        // The check lets nothing else through but `none`.
        _ => Change::Clear,
    }
}

/// A text, or `null` to take it away.
fn words(node: &Node, name: &str) -> Change<String> {
    match node.get(name).map(|node| &node.value) {
        None => Change::Keep,
        Some(Node::Null) => Change::Clear,
        Some(node) => node.text().map_or(Change::Keep, |text| Change::Set(text.trim().to_owned())),
    }
}
