//! The members of resources: what they are called, and what may stand in them.

use serde_json::Value;

use super::Resource;
use clawctl_wire::health::Extension;

/// A member of a resource.
pub struct Member<R: Resource> {
    /// In a manifest.
    pub field: Field,
    /// On the wire; empty where it is no member there.
    pub wire: &'static str,
    /// For a person; empty where it has no line of its own.
    pub words: &'static str,
    pub extended: Option<Extended>,
    /// Its value for a person.
    pub show: fn(&R) -> String,
    /// Its value as a manifest says it; nothing where a manifest leaves it out.
    pub get: fn(&R) -> Option<Value>,
    /// Has an edit bring a value about that a manifest says.
    pub set: fn(&mut R::Edit, &Value),
}

impl<R: Resource> Member<R> {
    pub(super) const fn new(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self {
            field: Field::new(name, kind, doc),
            wire: "",
            words: "",
            extended: None,
            show: |_| String::new(),
            get: |_| None,
            set: |_, _| {},
        }
    }

    pub(super) const fn needed(mut self) -> Self {
        self.field.needed = true;
        self
    }

    pub(super) const fn wire(mut self, name: &'static str) -> Self {
        self.wire = name;
        self
    }

    pub(super) const fn extended(mut self, extended: Extended) -> Self {
        self.extended = Some(extended);
        self
    }

    pub(super) const fn words(mut self, words: &'static str, show: fn(&R) -> String) -> Self {
        (self.words, self.show) = (words, show);
        self
    }

    pub(super) const fn get(mut self, get: fn(&R) -> Option<Value>) -> Self {
        self.get = get;
        self
    }

    pub(super) const fn set(mut self, set: fn(&mut R::Edit, &Value)) -> Self {
        self.set = set;
        self
    }
}

/// What belongs to a member that is an extension of the contract.
#[derive(Debug, Clone, Copy)]
pub struct Extended {
    pub extension: Extension,
    /// The flag that asks for it.
    pub flag: &'static str,
    /// What a router without it does not know, for messages.
    pub what: &'static str,
    /// What to write for such a router.
    pub instead: &'static str,
}

/// A name in a manifest.
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub needed: bool,
    /// For the schema, where an editor shows it.
    pub doc: &'static str,
}

impl Field {
    pub const fn new(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self { name, kind, needed: false, doc }
    }

    pub const fn needed(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self { name, kind, needed: true, doc }
    }
}

/// A mapping with known names.
pub struct Shape {
    /// What its entries are called in messages.
    pub noun: &'static str,
    pub fields: &'static [&'static Field],
}

impl Shape {
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name).copied()
    }
}

/// The names that a table of members has in a manifest.
pub(super) const fn fields<R: Resource, const N: usize>(
    members: &'static [Member<R>; N],
) -> [&'static Field; N] {
    let mut fields = [&members[0].field; N];
    let mut index = 0;
    while index < N {
        fields[index] = &members[index].field;
        index += 1;
    }
    fields
}

/// The extensions that the members of a thing need where they say something.
pub(super) fn member_needs<R: Resource>(of: &R) -> Vec<(Extension, &'static str)> {
    let extended = R::MEMBERS.iter().filter_map(|it| Some((it.wire, it.extended?)));
    let body = of.body();
    let said = extended.filter(|(wire, _)| !body[*wire].is_null());
    said.map(|(_, extended)| (extended.extension, extended.flag)).collect()
}

/// What may stand behind a name.
pub enum Kind {
    Flag,
    Text,
    TextOrNull,
    /// An amount, or `none`.
    MoneyOrNone,
    Word(&'static [&'static str]),
    Whole {
        min: u64,
        max: u64,
    },
    /// Any number in these bounds.
    Number {
        min: f64,
        max: f64,
    },
    /// Any number above nothing.
    Share {
        max: f64,
    },
    /// `all`, or a list of ids.
    Providers,
    /// `all`, or a list of patterns.
    Models,
    Texts,
    /// Texts as they are, also blank ones.
    AnyTexts,
    /// One sink or several.
    Sinks,
    /// Where a secret is kept.
    Secret,
    /// Several secrets by name.
    Secrets,
    Hash,
    /// A time, or `never`.
    TimeOrNever,
    Id,
    EmailOrNull,
    /// Texts by name.
    TextMap,
    /// Anything, as the router takes it.
    Any,
    /// A list of ids of policies.
    Policies,
    Email,
    /// Lists of texts by name.
    TextLists,
    Part(&'static Shape),
    /// The word `default`, or its members.
    PartOrDefault(&'static Shape),
    Each(Named, &'static Shape),
    Items(&'static Shape),
    /// Texts or nothing by name: defaults of variables.
    Variables,
    Version,
}

/// What the entries of a section are named by.
#[derive(Clone, Copy)]
pub enum Named {
    Policy,
    Key,
    Provider,
    Grant,
    User,
    Rule,
}
