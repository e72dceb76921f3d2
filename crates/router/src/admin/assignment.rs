//! Which groups the rules give to somebody: one pure function.

use std::collections::{BTreeMap, BTreeSet};

use crate::store::users::UserRecord;
use clawctl_wire::rule::{GENERATED_PREFIX, GithubEvidence, Rule, RuleKind};
use clawctl_wire::user::groups;

/// What the rules mean for a user.
#[derive(Debug, PartialEq)]
pub(super) struct Outcome {
    pub(super) record: UserRecord,
    /// In the order of the rules.
    pub(super) matched: Vec<String>,
    /// Rules whose groups were given once, and stay although nothing matches now.
    pub(super) retained: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Match {
    Yes,
    No,
    /// It depends on memberships, and nobody has shown any.
    Unknown,
}

/// Works out a user's groups anew: those that rules gave before are taken away, those that they give
/// now are added, and what somebody gave by hand stays. `rules` are in the order in which they apply.
pub(super) fn evaluate(
    record: &UserRecord,
    rules: &[Rule],
    evidence: Option<&GithubEvidence>,
) -> Outcome {
    let (mut assignments, mut matched, mut retained) = (BTreeMap::new(), Vec::new(), Vec::new());
    for rule in rules {
        let id = &rule.rule_id;
        let stays = match matches(rule, &record.user.email, evidence) {
            Match::Yes => {
                assignments.insert(id.clone(), given(rule));
                matched.push(id.clone());
                continue;
            }
            Match::Unknown => true,
            Match::No => rule.enabled && !rule.revoke_on_loss,
        };
        // What stays is what was given then, whatever the rule would give now.
        if let Some(groups) = record.assignments.get(id).filter(|_| stays) {
            assignments.insert(id.clone(), groups.clone());
            retained.push(id.clone());
        }
    }
    let before: BTreeSet<&String> = record.assignments.values().flatten().collect();
    let by_hand = record.user.groups.iter();
    let by_hand =
        by_hand.filter(|name| !before.contains(name) && !name.starts_with(GENERATED_PREFIX));
    let all = by_hand.chain(assignments.values().flatten());
    let mut user = record.user.clone();
    user.groups = groups(all.map(String::as_str));
    Outcome { record: UserRecord { user, assignments }, matched, retained }
}

fn matches(rule: &Rule, email: &str, evidence: Option<&GithubEvidence>) -> Match {
    let known = match rule.kind {
        _ if !rule.enabled => false,
        RuleKind::ExactEmail | RuleKind::EmailDomain => rule.matches_email(email),
        _ => {
            let Some(GithubEvidence { orgs, teams }) = evidence else { return Match::Unknown };
            let shown = if rule.kind == RuleKind::GithubOrg { orgs } else { teams };
            shown.contains(&rule.subject)
        }
    };
    if known { Match::Yes } else { Match::No }
}

/// The groups of a rule, and the one that carries its policies if it has any.
fn given(rule: &Rule) -> Vec<String> {
    let own = rule.groups.iter().map(String::as_str);
    let generated = Some(rule.generated_group.as_str()).filter(|_| !rule.policy_ids.is_empty());
    groups(own.chain(generated))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(id: &str, kind: RuleKind, subject: &str, names: &[&str]) -> Rule {
        Rule { groups: groups(names.iter().copied()), ..Rule::with_defaults(id, kind, subject) }
    }

    fn user(names: &[&str], assignments: &[(&str, &[&str])]) -> UserRecord {
        let mut record = UserRecord::fresh("ada@example.com");
        record.user.groups = groups(names.iter().copied());
        record.assignments = assignments
            .iter()
            .map(|(id, names)| ((*id).to_owned(), groups(names.iter().copied())))
            .collect();
        record
    }

    fn check(
        record: &UserRecord,
        rules: &[Rule],
        evidence: Option<&GithubEvidence>,
        (names, matched, retained): (&str, &str, &str),
    ) -> UserRecord {
        let outcome = evaluate(record, rules, evidence);
        let found = (outcome.record.user.groups.join(" "), outcome.matched.join(" "));
        assert_eq!((found.0.as_str(), found.1.as_str()), (names, matched));
        assert_eq!(outcome.retained.join(" "), retained);
        outcome.record
    }

    #[test]
    fn rules_give_and_take_only_what_is_theirs() {
        let by_domain = rule("eng", RuleKind::EmailDomain, "example.com", &["eng"]);
        let with_policy = Rule { policy_ids: vec!["team".into()], ..by_domain.clone() };
        let exact = rule("one", RuleKind::ExactEmail, "ada@example.com", &["vip", "eng"]);
        let start = user(&["devs"], &[]);
        let both = [exact.clone(), with_policy.clone()];
        let after = check(&start, &both, None, ("assignment.eng devs eng vip", "one eng", ""));
        // A group that two rules give stays while one of them does.
        let after = check(&after, std::slice::from_ref(&by_domain), None, ("devs eng", "eng", ""));
        check(&after, &[], None, ("devs", "", ""));
    }

    #[test]
    fn a_rule_that_is_switched_off_gives_nothing_and_keeps_nothing() {
        let off = |revoke_on_loss| Rule {
            enabled: false,
            revoke_on_loss,
            ..rule("eng", RuleKind::EmailDomain, "example.com", &["eng"])
        };
        let start = user(&["devs", "eng"], &[("eng", &["eng"])]);
        check(&start, &[off(true)], None, ("devs", "", ""));
        check(&start, &[off(false)], None, ("devs", "", ""));
    }

    #[test]
    fn what_a_rule_lost_stays_where_it_says_so() {
        let elsewhere = |revoke_on_loss| Rule {
            revoke_on_loss,
            ..rule("eng", RuleKind::EmailDomain, "other.com", &["new"])
        };
        let start = user(&["devs", "eng"], &[("eng", &["eng"])]);
        check(&start, &[elsewhere(true)], None, ("devs", "", ""));
        check(&start, &[elsewhere(false)], None, ("devs eng", "", "eng"));
        // It gives nothing anew to whom it never matched.
        check(&user(&["devs"], &[]), &[elsewhere(false)], None, ("devs", "", ""));
    }

    #[test]
    fn a_membership_stays_until_there_is_evidence_against_it() {
        let rules = [
            rule("org", RuleKind::GithubOrg, "OpenClaw", &["oc"]),
            rule("team", RuleKind::GithubTeam, "openclaw/core", &["core"]),
        ];
        let shown = |orgs: &[&str], teams: &[&str]| GithubEvidence {
            orgs: groups(orgs.iter().copied()),
            teams: groups(teams.iter().copied()),
        };
        let none = user(&[], &[]);
        check(&none, &rules, None, ("", "", ""));
        let some = shown(&["OpenClaw"], &["openclaw/core"]);
        let member = check(&none, &rules, Some(&some), ("core oc", "org team", ""));
        check(&member, &rules, None, ("core oc", "", "org team"));
        check(&member, &rules, Some(&shown(&["openclaw"], &[])), ("oc", "org", ""));
        check(&member, &rules, Some(&shown(&[], &["openclaw"])), ("", "", ""));
    }

    #[test]
    fn a_generated_group_cannot_be_given_by_hand() {
        check(&user(&["assignment.eng", "devs"], &[]), &[], None, ("devs", "", ""));
    }
}
