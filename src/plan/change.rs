//! Before and after, field by field.

use serde::Serialize;

use super::effect::{Effect, EffectDetail};
use super::loss::{Loss, Uses};
use crate::resource::Resource;

/// One field that a change touches, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    pub field: &'static str,
    /// `None` where the thing is created.
    pub before: Option<String>,
    pub after: String,
}

/// Everything that a change does to one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeSet {
    pub noun: &'static str,
    pub id: String,
    pub created: bool,
    pub fields: Vec<FieldChange>,
    pub effects: Vec<EffectDetail>,
}

impl ChangeSet {
    pub(super) fn new(noun: &'static str, id: &str, created: bool) -> Self {
        Self { noun, id: id.to_owned(), created, fields: Vec::new(), effects: Vec::new() }
    }

    /// Notes a field if it changes, or if the thing is created.
    pub(super) fn field(&mut self, field: &'static str, before: Option<String>, after: String) {
        if before.as_ref() != Some(&after) {
            self.fields.push(FieldChange { field, before, after });
        }
    }

    /// Notes every member that changes and has words of its own.
    pub(super) fn members<R: Resource>(&mut self, before: Option<&R>, after: &R) {
        for member in R::MEMBERS.iter().filter(|member| !member.words.is_empty()) {
            self.field(member.words, before.map(member.show), (member.show)(after));
        }
    }

    pub(super) fn effect(&mut self, kind: Effect, text: impl Into<String>) {
        self.effects.push(EffectDetail { kind, text: text.into(), is_named: false, loss: None });
    }

    /// An effect that takes something away; usage can tell from whom.
    pub(super) fn loss(&mut self, kind: Effect, text: impl Into<String>, loss: Loss) {
        self.effects.push(EffectDetail {
            kind,
            text: text.into(),
            is_named: false,
            loss: Some(loss),
        });
    }

    /// An effect that the command itself names, so that nobody has to be asked.
    pub(super) fn named_effect(&mut self, kind: Effect, text: impl Into<String>) {
        self.effects.push(EffectDetail { kind, text: text.into(), is_named: true, loss: None });
    }

    /// Everything that the change takes away.
    pub fn losses(&self) -> impl Iterator<Item = &Loss> {
        self.effects.iter().filter_map(|effect| effect.loss.as_ref())
    }

    /// Adds to the effects who loses by them; without usage, that nobody knows.
    pub fn say_who_loses(&mut self, uses: Option<&Uses>) {
        for effect in &mut self.effects {
            if let Some(loss) = effect.loss.take() {
                effect.text = format!("{}; {}", effect.text, loss.words(uses));
            }
        }
    }

    /// Does it take away and give nothing?
    pub(super) fn only_closes(&self) -> bool {
        !self.created
            && !self.effects.is_empty()
            && self.effects.iter().all(|effect| effect.kind.traits().closes)
    }

    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}
