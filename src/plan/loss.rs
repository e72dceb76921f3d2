//! Who loses by a change: the requests of late that the router would have refused after it.

use std::collections::{BTreeMap, BTreeSet};

use clawctl_wire::model::{ModelPattern, allows};

/// How many are named; the others are counted.
const NAMED_MAX: usize = 3;

/// The requests that an effect is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Policy(String),
    Key(String),
    Provider(String),
}

/// What is still allowed afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    Nothing,
    Providers(BTreeSet<String>),
    Models(Vec<ModelPattern>),
}

/// What an effect takes away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    pub subject: Subject,
    pub left: Left,
}

/// Answered requests that agree in all of this.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Use {
    pub policy: Option<String>,
    pub key: Option<String>,
    pub provider: Option<String>,
    pub model: Option<String>,
    pub requests: u64,
}

/// How far back the requests go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extent {
    Month,
    /// Earlier ones of this month are no longer kept.
    Since(jiff::civil::Date),
    /// A sample: the router shows only so many.
    Newest(usize),
}

/// The requests of late, as far as a router tells.
#[derive(Debug)]
pub struct Uses {
    pub rows: Vec<Use>,
    pub extent: Extent,
}

impl Loss {
    /// Nothing is left.
    pub(super) fn everything(subject: Subject) -> Self {
        Self { subject, left: Left::Nothing }
    }

    fn hits(&self, one: &Use) -> bool {
        let is = |has: &Option<String>, id: &str| has.as_deref() == Some(id);
        let ours = match &self.subject {
            Subject::Policy(id) => is(&one.policy, id),
            Subject::Key(id) => is(&one.key, id),
            Subject::Provider(id) => is(&one.provider, id),
        };
        let refused = match &self.left {
            Left::Nothing => true,
            Left::Providers(ids) => one.provider.as_ref().is_some_and(|it| !ids.contains(it)),
            Left::Models(list) => one.model.as_ref().is_some_and(|it| !allows(Some(list), it)),
        };
        ours && refused
    }

    /// Who made such requests, or that nobody did. Without usage nobody knows.
    pub fn words(&self, uses: Option<&Uses>) -> String {
        let Some(Uses { rows, extent }) = uses else {
            return "who uses it is unknown, because usage cannot be read".to_owned();
        };
        let when = match extent {
            Extent::Month => "this month".to_owned(),
            Extent::Since(day) => format!("since {day}"),
            Extent::Newest(count) => format!("in the newest {count} requests"),
        };
        let mut by_key: BTreeMap<&str, u64> = BTreeMap::new();
        for row in rows.iter().filter(|row| self.hits(row)) {
            *by_key.entry(row.key.as_deref().unwrap_or("others")).or_default() += row.requests;
        }
        let mut users: Vec<_> = by_key.into_iter().filter(|(_, count)| *count > 0).collect();
        users.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let Some(((first, count), others)) = users.split_first() else {
            return format!("nobody used it {when}");
        };
        let is_key_itself = matches!(&self.subject, Subject::Key(id) if id == first);
        let who = if is_key_itself { "it was used" } else { &format!("{first} used it") };
        let mut text = format!("{who} {}", times(*count));
        let (named, rest) = others.split_at(others.len().min(NAMED_MAX - 1));
        named.iter().for_each(|(key, count)| text.push_str(&format!(", {key} {}", times(*count))));
        if !rest.is_empty() {
            let sum: u64 = rest.iter().map(|(_, count)| count).sum();
            text.push_str(&format!(", {} more {}", rest.len(), times(sum)));
        }
        format!("{text} {when}")
    }
}

fn times(count: u64) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(key: &str, provider: &str, model: &str, requests: u64) -> Use {
        let some = |text: &str| Some(text.to_owned());
        let policy = some("team");
        Use { policy, key: some(key), provider: some(provider), model: some(model), requests }
    }

    fn loss(left: Left) -> Loss {
        Loss { subject: Subject::Policy("team".into()), left }
    }

    fn uses(extent: Extent) -> Uses {
        let rows = vec![
            used("bobby", "anthropic", "anthropic/claude-haiku-4-5", 100),
            used("bobby", "anthropic", "anthropic/claude-opus-4-8", 27),
            used("carol", "anthropic", "anthropic/claude-haiku-4-5", 1),
            used("alice", "openai", "openai/gpt-5.6", 4),
            Use { policy: Some("other".into()), ..used("dave", "anthropic", "x", 9) },
        ];
        Uses { rows, extent }
    }

    #[test]
    fn only_whose_requests_would_be_refused_is_named() {
        let check = |left: Left, said: &str| {
            assert_eq!(loss(left).words(Some(&uses(Extent::Month))), said);
        };
        let providers = |ids: &[&str]| Left::Providers(ids.iter().map(|id| (*id).into()).collect());
        check(providers(&["openai"]), "bobby used it 127 times, carol once this month");
        check(providers(&["anthropic"]), "alice used it 4 times this month");
        check(providers(&["anthropic", "openai"]), "nobody used it this month");
        let models = |text: &str| Left::Models(vec![text.parse().unwrap()]);
        check(models("*haiku*"), "bobby used it 27 times, alice 4 times this month");
        check(Left::Nothing, "bobby used it 127 times, alice 4 times, carol once this month");
        let key = Loss { subject: Subject::Key("alice".into()), left: Left::Nothing };
        assert_eq!(key.words(Some(&uses(Extent::Month))), "it was used 4 times this month");
        let provider = Loss { subject: Subject::Provider("openai".into()), left: Left::Nothing };
        assert_eq!(provider.words(Some(&uses(Extent::Month))), "alice used it 4 times this month");
    }

    #[test]
    fn a_sample_is_not_told_as_the_whole() {
        let key = Loss { subject: Subject::Key("alice".into()), left: Left::Nothing };
        let sampled = key.words(Some(&uses(Extent::Newest(100))));
        assert_eq!(sampled, "it was used 4 times in the newest 100 requests");
        let cut = key.words(Some(&uses(Extent::Since(jiff::civil::date(2026, 12, 2)))));
        assert_eq!(cut, "it was used 4 times since 2026-12-02");
        assert!(key.words(None).contains("unknown"));
    }

    #[test]
    fn many_are_counted_and_not_listed() {
        let rows = (1..=6).map(|n| used(&format!("key_{n}"), "xai", "xai/grok", n)).collect();
        let said = loss(Left::Nothing).words(Some(&Uses { rows, extent: Extent::Month }));
        let expected =
            "key_6 used it 6 times, key_5 5 times, key_4 4 times, 3 more 6 times this month";
        assert_eq!(said, expected);
    }
}
