//! From a checked tree to wishes.

mod secrets;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use serde_json::{Map, Value};

use super::node::{Node, Placed};
use super::problem::Problem;
use crate::plan::desired::{BindingWish, Desired, KeyWish, Wanted};
use crate::resource::value::{text, texts};
use crate::resource::{KEY, Kind, Resource, Shape, check_match};
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::binding::{Binding, BindingKey};
use clawctl_wire::connection::Connection;
use clawctl_wire::credential::Credential;
use clawctl_wire::fusion::FusionConfig;
use clawctl_wire::policy::Policy;
use clawctl_wire::rule::Rule;
use clawctl_wire::user::AccessUser;

/// Adds what a file wants. A thing that another file names already is a problem.
pub(super) fn read(
    file: usize,
    root: &Node,
    folder: &Path,
    desired: &mut Desired,
    problems: &mut Vec<Problem>,
) {
    let Desired { policies, keys, providers, grants, users, bindings, rules, fusion } = desired;
    section(file, root, "policies", policies, problems, |node, _| edit::<Policy>(node));
    section(file, root, "keys", keys, problems, |node, id| key(node, id, folder));
    section(file, root, "providers", providers, problems, |node, _| edit::<Connection>(node));
    section(file, root, "grants", grants, problems, |node, _| secrets::grant(node, folder));
    section(file, root, "users", users, problems, |node, _| edit::<AccessUser>(node));
    section(file, root, "rules", rules, problems, |node, _| edit::<Rule>(node));
    check_rules(file, root, problems);
    read_bindings(file, root, bindings, problems);
    if let Some(node) = root.get("fusion") {
        let at = node.at.of_file(file);
        match fusion {
            None => *fusion = Some(Wanted { wish: edit::<FusionConfig>(&node.value), place: at }),
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

/// What is wished of a thing.
fn edit<R: Resource>(node: &Node) -> R::Edit {
    let mut edit = R::Edit::default();
    for member in R::MEMBERS {
        if let Some(node) = node.get(member.field.name) {
            (member.set)(&mut edit, &said(&node.value, &member.field.kind));
        }
    }
    edit
}

/// The members of a mapping that are named.
fn members(node: &Node, shape: &Shape) -> Map<String, Value> {
    let named = shape.fields.iter().filter_map(|field| {
        Some((field.name.to_owned(), said(&node.get(field.name)?.value, &field.kind)))
    });
    named.collect()
}

/// A value in the one form that a kind has.
fn said(node: &Node, kind: &Kind) -> Value {
    match (kind, node) {
        (Kind::Flag, _) => node.flag().into(),
        (Kind::Whole { .. }, _) => node.number().and_then(|text| text.parse::<u64>().ok()).into(),
        (Kind::Number { .. } | Kind::Share { .. }, _) => {
            node.number().and_then(|text| text.parse::<f64>().ok()).into()
        }
        (Kind::MoneyOrNone, _) => node.text().or(node.number()).into(),
        (Kind::Part(shape) | Kind::PartOrDefault(shape), Node::Map(_)) => {
            Value::Object(members(node, shape))
        }
        (Kind::TextLists, Node::Map(lists)) => {
            lists.iter().map(|(name, list)| (name.value.clone(), raw(&list.value))).collect()
        }
        (Kind::TextMap | Kind::Secrets, Node::Map(members)) => {
            members.iter().map(|(name, text)| (name.value.clone(), raw(&text.value))).collect()
        }
        (Kind::Any, _) => node.value(),
        (Kind::AnyTexts | Kind::Sinks, _) => raw(node),
        (_, Node::List(items)) => items.iter().filter_map(|it| trimmed(&it.value)).collect(),
        _ => trimmed(node).into(),
    }
}

/// Texts as they are written: no router takes a space away.
fn raw(node: &Node) -> Value {
    match node {
        Node::List(items) => items.iter().filter_map(|item| item.value.text()).collect(),
        one => one.text().into(),
    }
}

fn trimmed(node: &Node) -> Option<&str> {
    node.text().map(str::trim)
}

/// A rule matches one thing, however it is written.
fn check_rules(file: usize, root: &Node, problems: &mut Vec<Problem>) {
    let Some(Placed { value: Node::Map(rules), .. }) = root.get("rules") else { return };
    for (id, node) in rules {
        if let Err(names) = check_match(|name| node.value.get(name).is_some()) {
            let both = names.join("` and `");
            let message = format!("rule `{}` says `{both}`, and matches one thing", id.value);
            let problem = Problem::new(id.at.of_file(file), message);
            problems.push(problem.suggest("keep one of them, such as `domain: example.com`"));
        }
    }
}

fn read_bindings(
    file: usize,
    root: &Node,
    into: &mut BTreeMap<String, Wanted<BindingWish>>,
    problems: &mut Vec<Problem>,
) {
    let Some(Placed { value: Node::List(items), .. }) = root.get("bindings") else { return };
    for item in items {
        let at = item.at.of_file(file);
        let own = |name: &str| item.value.get(name).and_then(|node| node.value.text());
        let policy = own("policy").unwrap_or_default().trim();
        let key = match (own("user"), own("group")) {
            (Some(user), None) => BindingKey::of_user(user, policy),
            (None, Some(group)) => BindingKey::of_group(group, policy),
            _ => None,
        };
        let Some(key) = key else {
            let problem = Problem::new(at, "a binding is for a user or for a group, and for one");
            problems.push(problem.suggest("write `{ group: NAME, policy: ID }`"));
            continue;
        };
        let edit = edit::<Binding>(&item.value);
        match into.entry(key.to_string()) {
            Entry::Vacant(free) => {
                free.insert(Wanted { wish: BindingWish { key, edit }, place: at });
            }
            Entry::Occupied(taken) => {
                let problem = Problem::new(at, format!("binding {} is named twice", taken.key()));
                problems.push(problem.suggest("leave one of them out"));
            }
        }
    }
}

fn key(node: &Node, id: &str, folder: &Path) -> KeyWish {
    let named = members(node, &KEY);
    let own = |name: &str| named.get(name);
    let sink = |text: String| {
        let spec = text.replace("{id}", id).parse::<SinkSpec>().ok()?;
        Some(spec.from_directory(folder))
    };
    let to = own("to").map(|to| texts(to).unwrap_or_else(|| text(to).into_iter().collect()));
    KeyWish {
        edit: edit::<Credential>(node),
        to: to.into_iter().flatten().filter_map(sink).collect(),
        folder: folder.to_owned(),
        test: own("test").and_then(Value::as_bool).unwrap_or(false),
        secret_sha256: own("secret_sha256").and_then(text).map(|hash| hash.to_ascii_lowercase()),
    }
}
