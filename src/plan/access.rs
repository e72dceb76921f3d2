//! What a change of a user, a binding or a rule means for the people whom it touches.

use super::change::ChangeSet;
use super::effect::{Effect, without};
use crate::resource::words::{listed, subject_text};
use clawctl_wire::binding::{Binding, PrincipalType};
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{BudgetScope, Policy};
use clawctl_wire::rule::{GENERATED_PREFIX, Rule, RuleKind};
use clawctl_wire::user::{AccessUser, CONSOLE_ADMIN, UserGrants};

/// What a change of a user does. `bindings` are all there are.
pub fn user_change(
    before: Option<&AccessUser>,
    after: &AccessUser,
    bindings: &[Binding],
) -> ChangeSet {
    let mut set = ChangeSet::new("user", &after.email, before.is_none());
    set.members(before, after);
    user_effects(&mut set, before, after, bindings);
    set
}

/// What a change of a user and of the policies bound to the address does.
pub fn grants_change(
    before: Option<&UserGrants>,
    after: &UserGrants,
    bindings: &[Binding],
) -> ChangeSet {
    let user = before.map(|grants| &grants.user);
    let mut set = ChangeSet::new("user", &after.user.email, before.is_none());
    set.members(user, &after.user);
    let names = |grants: &UserGrants| listed(grants.policy_ids.iter());
    set.field("policies", before.map(names), names(after));
    user_effects(&mut set, user, &after.user, bindings);
    // A new record may find bindings that were made for the address before.
    let email = &after.user.email;
    let held: Vec<_> = bindings.iter().filter(|b| b.enabled && b.is_of(email)).collect();
    let lost = held.iter().map(|b| &b.policy_id).filter(|id| !after.policy_ids.contains(*id));
    let gained = after.policy_ids.iter().filter(|id| !held.iter().any(|b| b.policy_id == **id));
    let (lost, gained): (Vec<_>, Vec<_>) = (lost.collect(), gained.collect());
    if !gained.is_empty() {
        set.effect(Effect::Grants, format!("{}: {}", direct(gained.len()), listed(gained)));
    }
    if !lost.is_empty() {
        set.effect(Effect::Revokes, format!("{}: {}", direct(lost.len()), listed(lost)));
    }
    set
}

fn user_effects(
    set: &mut ChangeSet,
    before: Option<&AccessUser>,
    after: &AccessUser,
    bindings: &[Binding],
) {
    if set.is_empty() && before.is_some() {
        return;
    }
    if after.email == CONSOLE_ADMIN {
        set.effect(Effect::LocksOut, LOCKED_OUT);
    }
    let Some(before) = before else {
        set.effect(Effect::Creates, "a record of somebody whom the router does not know yet");
        if after.content_retention_disabled {
            set.effect(Effect::Exempts, EXEMPTED);
        }
        return;
    };
    match (before.enabled, after.enabled) {
        (true, false) => set.effect(
            Effect::Disables,
            "signing in to the console is refused; keys of this principal go on working",
        ),
        (false, true) => set.effect(Effect::ReEnables, "signing in to the console works again"),
        _ => {}
    }
    if before.tenant_id != after.tenant_id {
        set.effect(
            Effect::Moves,
            format!("from tenant {} to {}", before.tenant_id, after.tenant_id),
        );
    }
    let through = |groups: Vec<&String>| {
        let held = bindings.iter().filter(|binding| {
            binding.enabled
                && binding.principal_type == PrincipalType::Group
                && groups.contains(&&binding.principal_id)
        });
        let policies = listed(held.map(|binding| &binding.policy_id));
        format!("through {}: {policies}", listed(groups))
    };
    let (gained, lost) =
        (without(&after.groups, &before.groups), without(&before.groups, &after.groups));
    if !gained.is_empty() {
        set.effect(Effect::Gains, through(gained.iter().collect()));
    }
    if !lost.is_empty() {
        set.effect(Effect::Loses, through(lost.iter().collect()));
    }
    match (before.content_retention_disabled, after.content_retention_disabled) {
        (false, true) => set.effect(Effect::Exempts, EXEMPTED),
        (true, false) => set.effect(
            Effect::Retains,
            "contents of requests with keys of this principal are kept where a policy says so",
        ),
        _ => {}
    }
}

const EXEMPTED: &str =
    "contents of requests with keys of this principal are not kept, whatever the policy says";

const LOCKED_OUT: &str =
    "the administrator of a ClawRouter's own console, who becomes an ordinary user for good";

/// What a change of a binding does. `users` are all there are.
pub fn binding_change(
    before: Option<&Binding>,
    after: &Binding,
    users: &[AccessUser],
    policy: Option<&Policy>,
) -> ChangeSet {
    let mut set = ChangeSet::new("binding", &after.key().to_string(), before.is_none());
    set.members(before, after);
    if set.is_empty() {
        return set;
    }
    let Binding { principal_id, policy_id, .. } = after;
    let whom = match after.principal_type {
        PrincipalType::Group => {
            let members = users.iter().filter(|user| user.groups.contains(principal_id)).count();
            format!("group {principal_id} ({})", people(members))
        }
        _ => principal_id.clone(),
    };
    match (before.is_some_and(|binding| binding.enabled), after.enabled) {
        (false, true) => {
            set.effect(Effect::Grants, format!("{policy_id} to {whom}"));
            if let Some(budget) = shared_budget(after, policy) {
                set.effect(Effect::Shares, format!("{budget} a month between all of them"));
            }
        }
        (true, false) => set.effect(Effect::Revokes, format!("{policy_id} from {whom}")),
        _ => {}
    }
    if let Some(rule) = principal_id.strip_prefix(GENERATED_PREFIX) {
        set.effect(
            Effect::Overruled,
            format!("the next write of rule {rule} sets this binding anew"),
        );
    }
    set
}

/// The one budget that everybody in a group draws on, so that each can use it up for all.
fn shared_budget(binding: &Binding, policy: Option<&Policy>) -> Option<Micros> {
    let policy = policy.filter(|policy| policy.budget_scope == BudgetScope::Policy)?;
    let is_group = binding.principal_type == PrincipalType::Group;
    policy.monthly_budget_micros.filter(|_| is_group)
}

/// What a change of a rule does. `users` are all there are.
pub fn rule_change(before: Option<&Rule>, after: &Rule, users: &[AccessUser]) -> ChangeSet {
    let mut set = ChangeSet::new("rule", &after.rule_id, before.is_none());
    set.members(before, after);
    if set.is_empty() {
        return set;
    }
    if users.iter().any(|user| user.email == CONSOLE_ADMIN) {
        set.effect(Effect::LocksOut, LOCKED_OUT);
    }
    rule_effects(&mut set, before, after, users);
    set.effect(Effect::Reconciles, format!("{}, all that the router knows", people(users.len())));
    set
}

fn rule_effects(set: &mut ChangeSet, before: Option<&Rule>, after: &Rule, users: &[AccessUser]) {
    let given = |rule: &Rule| -> Vec<String> {
        let groups = rule.groups.iter().map(|name| format!("group {name}"));
        let policies = rule.policy_ids.iter().map(|id| format!("policy {id}"));
        if rule.enabled { groups.chain(policies).collect() } else { Vec::new() }
    };
    let was = before.map(given).unwrap_or_default();
    let is = given(after);
    let same_subject =
        before.is_some_and(|rule| rule.kind == after.kind && rule.subject == after.subject);
    let gained: Vec<_> = is.iter().filter(|item| !same_subject || !was.contains(item)).collect();
    let lost: Vec<_> = was.iter().filter(|item| !same_subject || !is.contains(item)).collect();
    if !gained.is_empty() {
        set.effect(Effect::Gives, format!("{} to {}", listed(gained), whom(after, users)));
    }
    let Some(before) = before.filter(|_| !lost.is_empty()) else { return };
    // Who no longer matches keeps what he has; to whom a rule goes on giving, it gives what it says.
    let kept = after.enabled && !after.revoke_on_loss && !same_subject;
    let (kind, from) = if kept { (Effect::Keeps, "with") } else { (Effect::Takes, "from") };
    set.effect(kind, format!("{} {from} {}", listed(lost), whom(before, users)));
}

/// The users that a rule matches, as far as this machine can see.
fn whom(rule: &Rule, users: &[AccessUser]) -> String {
    match rule.kind {
        RuleKind::ExactEmail | RuleKind::EmailDomain => {
            let matched = users.iter().filter(|user| rule.matches_email(&user.email)).count();
            format!("{} ({})", subject_text(rule), people(matched))
        }
        _ => format!("confirmed members of {}", subject_text(rule)),
    }
}

fn people(count: usize) -> String {
    match count {
        0 => "no known user".to_owned(),
        1 => "1 known user".to_owned(),
        n => format!("{n} known users"),
    }
}

fn direct(count: usize) -> String {
    if count == 1 { "1 direct grant".to_owned() } else { format!("{count} direct grants") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clawctl_wire::binding::BindingKey;
    use clawctl_wire::policy::ProviderScope;

    fn user(email: &str, groups: &[&str]) -> AccessUser {
        let groups = groups.iter().map(|name| (*name).to_owned()).collect();
        AccessUser { groups, ..AccessUser::with_defaults(email) }
    }

    fn lines(set: &ChangeSet) -> Vec<String> {
        set.effects.iter().map(|effect| effect.to_string()).collect()
    }

    #[test]
    fn each_change_of_a_user_is_named() {
        let before = user("ada@example.com", &["devs", "ops"]);
        let key = BindingKey::of_group("devs", "team").unwrap();
        let bindings = [Binding::with_defaults(&key)];
        let check = |after: AccessUser, expected: &[&str]| {
            assert_eq!(lines(&user_change(Some(&before), &after, &bindings)), expected);
        };
        check(before.clone(), &[]);
        let moved = AccessUser { tenant_id: "acme".into(), ..before.clone() };
        check(moved, &["MOVES: from tenant default to acme"]);
        let regrouped = user("ada@example.com", &["ops", "night"]);
        check(regrouped, &["GAINS: through night: none", "LOSES: through devs: team"]);
        let off = AccessUser { enabled: false, ..before.clone() };
        assert_eq!(user_change(Some(&before), &off, &[]).effects[0].kind.word(), "DISABLES");
        let exempt = AccessUser { content_retention_disabled: true, ..before.clone() };
        assert_eq!(user_change(Some(&before), &exempt, &[]).effects[0].kind.word(), "EXEMPTS");
        assert_eq!(user_change(Some(&exempt), &before, &[]).effects[0].kind.word(), "RETAINS");
    }

    #[test]
    fn grants_are_counted_against_the_bindings_that_there_are() {
        let bound = |policy: &str, enabled| {
            let key = BindingKey::of_user("ada@example.com", policy).unwrap();
            Binding { enabled, ..Binding::with_defaults(&key) }
        };
        let bindings = [bound("a", true), bound("b", true), bound("c", false)];
        let grants = |ids: &[&str]| UserGrants {
            user: user("ada@example.com", &[]),
            policy_ids: ids.iter().map(|id| (*id).to_owned()).collect(),
        };
        let check = |after: &[&str], expected: &[&str]| {
            let set = grants_change(Some(&grants(&["a", "b"])), &grants(after), &bindings);
            assert_eq!(lines(&set), expected);
        };
        check(&["a", "b"], &[]);
        check(&[], &["REVOKES: 2 direct grants: a, b"]);
        check(&["b", "c"], &["GRANTS: 1 direct grant: c", "REVOKES: 1 direct grant: a"]);
        let created = grants_change(None, &grants(&["a", "c"]), &bindings);
        let words: Vec<_> = created.effects.iter().map(|effect| effect.kind.word()).collect();
        assert_eq!(words, ["CREATES", "GRANTS", "REVOKES"]);
    }

    #[test]
    fn a_binding_says_whom_it_reaches() {
        let users = [user("a@b", &["devs"]), user("c@d", &["devs"]), user("e@f", &[])];
        let group = Binding::with_defaults(&BindingKey::of_group("devs", "team").unwrap());
        let off = Binding { enabled: false, ..group.clone() };
        let line = |before: Option<&Binding>, after: &Binding| {
            lines(&binding_change(before, after, &users, None))
        };
        assert_eq!(line(None, &group), ["GRANTS: team to group devs (2 known users)"]);
        assert_eq!(line(Some(&group), &off), ["REVOKES: team from group devs (2 known users)"]);
        let later = Binding { priority: 7, ..group.clone() };
        assert_eq!(line(Some(&group), &later), Vec::<String>::new());
        let made = Binding::with_defaults(&BindingKey::of_group("assignment.eng", "t").unwrap());
        assert_eq!(
            line(None, &made)[1],
            "OVERRULED: the next write of rule eng sets this binding anew"
        );
    }

    #[test]
    fn a_group_is_said_to_share_one_budget() {
        let whole = Policy {
            monthly_budget_micros: Some(Micros(100_000_000)),
            budget_scope: BudgetScope::Policy,
            ..Policy::with_defaults("team", &ProviderScope::All)
        };
        let group = Binding::with_defaults(&BindingKey::of_group("devs", "team").unwrap());
        let one = Binding::with_defaults(&BindingKey::of_user("a@b", "team").unwrap());
        let said = |binding: &Binding, policy: &Policy| {
            lines(&binding_change(None, binding, &[], Some(policy))).len() == 2
        };
        let change = binding_change(None, &group, &[], Some(&whole));
        assert_eq!(lines(&change)[1], "SHARES: $100.00 a month between all of them");
        assert!(!said(&one, &whole));
        let each = Policy { budget_scope: BudgetScope::Principal, ..whole.clone() };
        assert!(!said(&group, &each));
        assert!(!said(&group, &Policy { monthly_budget_micros: None, ..whole }));
    }

    #[test]
    fn a_rule_says_what_it_gives_and_takes_and_whom_it_reaches() {
        let users = [user("ada@example.com", &[]), user("bob@other.com", &[])];
        let rule = |subject: &str, groups: &[&str]| Rule {
            groups: groups.iter().map(|name| (*name).to_owned()).collect(),
            ..Rule::with_defaults("eng", RuleKind::EmailDomain, subject)
        };
        let start = rule("example.com", &["eng"]);
        let check = |before: Option<&Rule>, after: &Rule, expected: &[&str]| {
            let mut found = lines(&rule_change(before, after, &users));
            let last = found.pop();
            if !expected.is_empty() {
                assert_eq!(last.unwrap(), "RECONCILES: 2 known users, all that the router knows");
            }
            assert_eq!(found, expected);
        };
        check(Some(&start), &start, &[]);
        let given = "GIVES: group eng to *@example.com (1 known user)";
        check(None, &start, &[given]);
        let off = Rule { enabled: false, ..start.clone() };
        let taken = "TAKES: group eng from *@example.com (1 known user)";
        check(Some(&start), &off, &[taken]);
        check(Some(&off), &start, &[given]);
        let moved = rule("other.com", &["eng"]);
        check(Some(&start), &moved, &["GIVES: group eng to *@other.com (1 known user)", taken]);
        let gentle = Rule { revoke_on_loss: false, ..moved };
        let kept = "KEEPS: group eng with *@example.com (1 known user)";
        check(Some(&start), &gentle, &["GIVES: group eng to *@other.com (1 known user)", kept]);
        let more = Rule { policy_ids: vec!["team".into()], ..rule("example.com", &[]) };
        check(Some(&start), &more, &["GIVES: policy team to *@example.com (1 known user)", taken]);
    }

    #[test]
    fn who_would_be_locked_out_is_said() {
        let admin = user(CONSOLE_ADMIN, &[]);
        let off = AccessUser { enabled: false, ..admin.clone() };
        assert_eq!(user_change(Some(&admin), &off, &[]).effects[0].kind.word(), "LOCKS OUT");
        let rule = Rule::with_defaults("eng", RuleKind::EmailDomain, "example.com");
        assert_eq!(rule_change(None, &rule, &[admin]).effects[0].kind.word(), "LOCKS OUT");
        assert_eq!(rule_change(None, &rule, &[]).effects[0].kind.word(), "RECONCILES");
    }
}
