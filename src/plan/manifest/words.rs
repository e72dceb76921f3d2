//! Words of a newer router, which a manifest cannot say yet.

use serde_json::Value;

use super::emit::{Members, Section, Things};
use super::shape::ROOT;
use crate::resource::{Kind, Shape};

/// Leaves out every word that the reader would refuse, and says which: what is not named is left
/// alone where the manifest is applied.
pub fn without_unknown_words(sections: Vec<Section>) -> (Vec<Section>, Vec<String>) {
    let mut unknown = Vec::new();
    let sections = sections.into_iter().map(|section| {
        let Section { name, mut things } = section;
        let shape = ROOT.field(name).map(|field| &field.kind);
        let (Some(Kind::Each(_, shape)) | Some(Kind::Items(shape)) | Some(Kind::Part(shape))) =
            shape
        else {
            return Section { name, things };
        };
        match &mut things {
            Things::Named(things) => {
                for (id, members) in things {
                    sift(members, shape, &format!("{} {id}", shape.noun), &mut unknown);
                }
            }
            Things::Listed(things) => {
                for members in things {
                    sift(members, shape, shape.noun, &mut unknown);
                }
            }
            Things::Alone(members) => sift(members, shape, shape.noun, &mut unknown),
            // No member of a key is one of several words.
            Things::Made { .. } => {}
        }
        Section { name, things }
    });
    (sections.collect(), unknown)
}

fn sift(members: &mut Members, shape: &Shape, whose: &str, unknown: &mut Vec<String>) {
    members.retain_mut(|(name, value)| keep(name, value, shape, whose, unknown));
}

fn keep(
    name: &str,
    value: &mut Value,
    shape: &Shape,
    whose: &str,
    unknown: &mut Vec<String>,
) -> bool {
    let Some(field) = shape.field(name) else { return true };
    match (&field.kind, value) {
        (Kind::Word(words), Value::String(text)) if !words.contains(&text.as_str()) => {
            unknown.push(format!("{whose}: `{name}: {text}`"));
            false
        }
        (Kind::Part(part) | Kind::PartOrDefault(part), Value::Object(inner)) => {
            inner.retain(|name, value| keep(name, value, part, whose, unknown));
            true
        }
        _ => true,
    }
}
