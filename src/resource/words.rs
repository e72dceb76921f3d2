//! Values for a person, written the same way everywhere.

use clawctl_wire::model::ModelPattern;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::ProviderScope;
use clawctl_wire::rule::{Rule, RuleKind};

pub fn yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

/// Providers as they are shown everywhere: `ALL` is loud on purpose.
pub fn providers_text(scope: &ProviderScope) -> String {
    match scope {
        ProviderScope::All => "ALL".to_owned(),
        ProviderScope::Only(ids) => ids.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
    }
}

pub fn models_text(models: Option<&[ModelPattern]>) -> String {
    match models {
        None => "all".to_owned(),
        Some(list) => list.iter().map(ModelPattern::as_str).collect::<Vec<_>>().join(", "),
    }
}

pub fn budget_text(budget: Option<Micros>) -> String {
    match budget {
        None => "unlimited".to_owned(),
        Some(Micros::ZERO) => "$0.00 (blocks)".to_owned(),
        Some(amount) => amount.to_string(),
    }
}

pub fn request_cost_text(cost: Option<Micros>) -> String {
    cost.map_or_else(|| "by model".to_owned(), |amount| amount.to_string())
}

/// A text that may be missing.
pub fn text_or_none(text: Option<&String>) -> String {
    text.cloned().unwrap_or_else(|| "none".to_owned())
}

pub fn listed(names: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| name.as_ref().to_owned()).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

/// What a rule looks at.
pub fn subject_text(rule: &Rule) -> String {
    let subject = &rule.subject;
    match &rule.kind {
        RuleKind::ExactEmail => subject.clone(),
        RuleKind::EmailDomain => format!("*@{subject}"),
        RuleKind::GithubOrg => format!("GitHub organization {subject}"),
        RuleKind::GithubTeam => format!("GitHub team {subject}"),
        RuleKind::Other(word) => format!("{word} {subject}"),
    }
}
