//! Grants, users, bindings, rules and fusion.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use super::super::check::time;
use super::super::node::{Node, Placed};
use super::super::problem::Problem;
use super::{flag, text, whole, words};
use crate::client::{BindingEdit, Change, FusionEdit, RuleEdit, SetEdit, UserEdit};
use crate::plan::desired::{BindingWish, GrantFacts, GrantRefs, GrantWish, Wanted};
use clawctl_secret::reference::SecretRef;
use clawctl_wire::binding::BindingKey;
use clawctl_wire::grant::{GrantKind, GrantRefresh, plain_number};
use clawctl_wire::rule::RuleKind;

pub(super) fn grant(node: &Node, folder: &Path) -> GrantWish {
    let facts = GrantFacts {
        provider: text(node, "provider").map(str::to_owned),
        kind: text(node, "kind").map(GrantKind::from),
        enabled: flag(node, "enabled"),
        label: words(node, "label"),
        token_type: text(node, "token_type").map(str::to_owned),
        expires_at: match text(node, "expires") {
            None => Change::Keep,
            Some("never") => Change::Clear,
            // As it is written where it is a full time: some routers keep fractions.
            Some(at) if at.contains('T') => Change::Set(at.to_owned()),
            Some(day) => time(day).map_or(Change::Keep, |at| Change::Set(at.to_string())),
        },
        // As they are written: no router takes a space away.
        scopes: items(node, "scopes").map(|texts| texts.map(str::to_owned).collect()),
        account_id: words(node, "account"),
        subscription: match node.get("subscription").map(|node| &node.value) {
            None => Change::Keep,
            Some(Node::Null) => Change::Clear,
            Some(any) => Change::Set(any.value()),
        },
        priority: whole(node, "priority"),
        weight: number(node, "weight").and_then(plain_number),
        refresh: node.get("refresh").map(|node| refresh(&node.value)),
    };
    let kept = |node: &Node, name: &str| {
        let reference = text(node, name)?.parse::<SecretRef>().ok()?;
        Some(reference.from_directory(folder))
    };
    let bundle = match node.get("credentials").map(|node| &node.value) {
        Some(all @ Node::Map(members)) => members
            .iter()
            .filter_map(|(name, _)| Some((name.value.clone(), kept(all, &name.value)?)))
            .collect(),
        _ => BTreeMap::new(),
    };
    let secrets = GrantRefs {
        credential: kept(node, "credential"),
        access_token: kept(node, "access_token"),
        refresh_token: kept(node, "refresh_token"),
        bundle,
    };
    GrantWish { facts, secrets }
}

fn refresh(node: &Node) -> GrantRefresh {
    let own = |name: &str| text(node, name).map(str::to_owned);
    let extra = node.get("extra_params").map(|node| &node.value);
    GrantRefresh {
        token_url: own("token_url").unwrap_or_default(),
        client_id: own("client_id"),
        client_id_config: own("client_id_config"),
        client_secret_config: own("client_secret_config"),
        extra_params: match extra {
            Some(Node::Map(members)) => members
                .iter()
                .filter_map(|(name, value)| {
                    Some((name.value.clone(), value.value.text()?.to_owned()))
                })
                .collect(),
            _ => BTreeMap::new(),
        },
    }
}

pub(super) fn user(node: &Node) -> UserEdit {
    UserEdit {
        tenant: text(node, "tenant").map(str::to_owned),
        enabled: flag(node, "enabled"),
        groups: set(node, "groups"),
        retention_disabled: flag(node, "retain_content").map(|retain| !retain),
    }
}

/// What a rule matches, by the names that the flags of `rule put` have.
const MATCHES: [(&str, RuleKind); 4] = [
    ("domain", RuleKind::EmailDomain),
    ("email", RuleKind::ExactEmail),
    ("github_org", RuleKind::GithubOrg),
    ("github_team", RuleKind::GithubTeam),
];

pub(super) fn rule(node: &Node) -> RuleEdit {
    let short = MATCHES.into_iter().find_map(|(name, kind)| Some((kind, text(node, name)?)));
    let (kind, subject) = match short {
        Some((RuleKind::EmailDomain, name)) => {
            let name = name.strip_prefix("*@").or(name.strip_prefix('@')).unwrap_or(name);
            (Some(RuleKind::EmailDomain), Some(name))
        }
        Some((kind, subject)) => (Some(kind), Some(subject)),
        None => (text(node, "kind").map(RuleKind::from), text(node, "subject")),
    };
    RuleEdit {
        kind,
        subject: subject.map(str::to_owned),
        groups: set(node, "groups"),
        policies: set(node, "policies"),
        priority: whole(node, "priority"),
        revoke_on_loss: flag(node, "revoke_on_loss"),
        provenance: text(node, "provenance").map(str::to_owned),
        enabled: flag(node, "enabled"),
    }
}

/// A rule matches one thing, however it is written.
pub(super) fn check_rules(file: usize, root: &Node, problems: &mut Vec<Problem>) {
    let Some(Placed { value: Node::Map(rules), .. }) = root.get("rules") else { return };
    for (id, node) in rules {
        let named = |name: &&str| node.value.get(name).is_some();
        let short: Vec<_> = MATCHES.iter().map(|(name, _)| *name).filter(named).collect();
        let long: Vec<_> = ["kind", "subject"].into_iter().filter(named).collect();
        if short.len() > 1 || (!short.is_empty() && !long.is_empty()) {
            let both = [short, long].concat().join("` and `");
            let message = format!("rule `{}` says `{both}`, and matches one thing", id.value);
            let problem = Problem::new(id.at.of_file(file), message);
            problems.push(problem.suggest("keep one of them, such as `domain: example.com`"));
        }
    }
}

pub(super) fn bindings(
    file: usize,
    root: &Node,
    into: &mut BTreeMap<String, Wanted<BindingWish>>,
    problems: &mut Vec<Problem>,
) {
    let Some(Placed { value: Node::List(items), .. }) = root.get("bindings") else { return };
    for item in items {
        let (node, at) = (&item.value, item.at.of_file(file));
        let policy = text(node, "policy").unwrap_or_default();
        let key = match (text(node, "user"), text(node, "group")) {
            (Some(user), None) => BindingKey::of_user(user, policy),
            (None, Some(group)) => BindingKey::of_group(group, policy),
            _ => None,
        };
        let Some(key) = key else {
            let problem = Problem::new(at, "a binding is for a user or for a group, and for one");
            problems.push(problem.suggest("write `{ group: NAME, policy: ID }`"));
            continue;
        };
        let edit =
            BindingEdit { enabled: flag(node, "enabled"), priority: whole(node, "priority") };
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

pub(super) fn fusion(node: &Node) -> FusionEdit {
    FusionEdit {
        enabled: flag(node, "enabled"),
        advisers: texts(node, "advisers"),
        aggregator: text(node, "aggregator").map(str::to_owned),
        adviser_timeout_ms: whole(node, "adviser_timeout_ms"),
        max_output_tokens: whole(node, "max_output_tokens"),
        max_input_chars: whole(node, "max_input_chars"),
        max_proposal_chars: whole(node, "max_proposal_chars"),
        temperature: number(node, "temperature"),
    }
}

fn number(node: &Node, name: &str) -> Option<f64> {
    node.get(name).and_then(|node| node.value.number()).and_then(|text| text.parse().ok())
}

fn texts(node: &Node, name: &str) -> Option<Vec<String>> {
    Some(items(node, name)?.map(|text| text.trim().to_owned()).collect())
}

fn items<'n>(node: &'n Node, name: &str) -> Option<impl Iterator<Item = &'n str>> {
    let Node::List(items) = &node.get(name)?.value else { return None };
    Some(items.iter().filter_map(|item| item.value.text()))
}

/// All of them, in whatever order.
fn set(node: &Node, name: &str) -> SetEdit {
    texts(node, name).map_or_else(SetEdit::default, SetEdit::only)
}
