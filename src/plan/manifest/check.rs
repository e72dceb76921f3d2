//! Whether a tree is a manifest: every member known, and of its kind.

use super::node::{Node, Placed};
use super::problem::Problem;
use super::shape::ROOT;
use crate::plan::nearest::nearest;
use crate::resource::value::moment;
use crate::resource::{Kind, Named, Shape};
use clawctl_secret::reference::SecretRef;
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::credential::is_principal;
use clawctl_wire::grant::GrantKey;
use clawctl_wire::id::{BadId, check_id};
use clawctl_wire::key::is_sha256_hex;
use clawctl_wire::model::ModelPattern;
use clawctl_wire::money::Micros;

/// What is wrong with a value: the words, and what to write instead.
pub(super) struct Fault(String, Option<String>);

fn fault<T>(message: impl Into<String>, instead: &str) -> Result<T, Fault> {
    Err(Fault(message.into(), Some(instead.to_owned())))
}

impl From<BadId> for Fault {
    fn from(e: BadId) -> Self {
        let instead = e.suggestion().map(|id| format!("write `{id}`"));
        Self(e.to_string(), instead)
    }
}

/// Notes everything that is wrong with a file.
pub(super) fn check(file: usize, root: &Placed<Node>, problems: &mut Vec<Problem>) {
    if !matches!(root.value, Node::Map(_)) {
        let at = root.at.of_file(file);
        let message = format!("a manifest is a mapping, and this is {}", root.value.kind());
        problems.push(Problem::new(at, message).suggest("begin with `version: 1`"));
        return;
    }
    Checking { file, problems }.shape(root, &ROOT, "");
}

struct Checking<'a> {
    file: usize,
    problems: &'a mut Vec<Problem>,
}

impl Checking<'_> {
    fn note(&mut self, node: &Placed<Node>, Fault(message, instead): Fault) {
        self.problems.push(Problem::new(node.at.of_file(self.file), message).maybe(instead));
    }

    fn shape(&mut self, node: &Placed<Node>, shape: &Shape, name: &str) {
        let Node::Map(members) = &node.value else {
            let noun = shape.noun;
            let what = node.value.kind();
            let message = format!("a {noun} is a mapping, and this is {what}");
            let first = shape.fields.first().map_or("name", |member| member.name);
            return self.note(node, Fault(message, Some(format!("write `{{ {first}: … }}`"))));
        };
        for (written, value) in members {
            match shape.field(&written.value) {
                Some(member) => self.kind(value, &member.kind, member.name),
                // A place for anchors, which aliases take up elsewhere.
                None if shape.noun == ROOT.noun && written.value.starts_with("x-") => {}
                None => {
                    let names: Vec<_> = shape.fields.iter().map(|field| field.name).collect();
                    let problem = unknown_member(shape.noun, &written.value, &names);
                    let Fault(message, instead) = problem;
                    let at = written.at.of_file(self.file);
                    self.problems.push(Problem::new(at, message).maybe(instead));
                }
            }
        }
        for member in shape.fields.iter().filter(|field| field.needed) {
            if node.value.get(member.name).is_none() {
                let whose = if name.is_empty() { String::new() } else { format!(" `{name}`") };
                let message = format!("the {}{whose} has no `{}`", shape.noun, member.name);
                self.note(node, Fault(message, Some(format!("add `{}: …`", member.name))));
            }
        }
    }

    fn kind(&mut self, node: &Placed<Node>, kind: &Kind, name: &str) {
        match kind {
            Kind::Part(shape) => self.shape(node, shape, ""),
            Kind::PartOrDefault(shape) => match node.value.text() {
                Some("default") => {}
                Some(_) => {
                    let what = format!("`{name}` is `default`, or a mapping");
                    self.note(node, Fault(what, Some("write `default`".to_owned())));
                }
                None => self.shape(node, shape, ""),
            },
            Kind::Each(named, shape) => {
                let Node::Map(members) = &node.value else {
                    // A section that has nothing in it yet.
                    if node.value == Node::Null {
                        return;
                    }
                    let what = node.value.kind();
                    let message = format!("`{name}` is a mapping by id, and this is {what}");
                    let instead = Some("write each as `id: { … }`".to_owned());
                    return self.note(node, Fault(message, instead));
                };
                for (id, value) in members {
                    if let Err(Fault(message, instead)) = check_name(*named, &id.value) {
                        let at = id.at.of_file(self.file);
                        self.problems.push(Problem::new(at, message).maybe(instead));
                    }
                    // `id:` alone names something without saying anything of it.
                    if value.value != Node::Null {
                        self.shape(value, shape, &id.value);
                    }
                }
            }
            Kind::Items(shape) => match &node.value {
                Node::List(items) => items.iter().for_each(|item| self.shape(item, shape, "")),
                Node::Null => {}
                other => {
                    let message = format!("`{name}` is a list, and this is {}", other.kind());
                    self.note(node, Fault(message, Some("write each as `- { … }`".to_owned())));
                }
            },
            Kind::Texts
            | Kind::AnyTexts
            | Kind::Providers
            | Kind::Models
            | Kind::Sinks
            | Kind::Policies => self.list(node, kind, name),
            Kind::TextLists => self.entries(node, name, |checking, value, key| {
                checking.list(value, &Kind::Texts, key);
            }),
            Kind::TextMap => self.entries(node, name, |checking, value, key| {
                checking.scalar(value, &Kind::Text, key);
            }),
            Kind::Secrets => self.entries(node, name, |checking, value, key| {
                checking.scalar(value, &Kind::Secret, key);
            }),
            // Variables are checked where they are taken in, before anything else.
            Kind::Variables | Kind::Any => {}
            scalar => self.scalar(node, scalar, name),
        }
    }

    fn entries(
        &mut self,
        node: &Placed<Node>,
        name: &str,
        each: impl Fn(&mut Self, &Placed<Node>, &str),
    ) {
        let Node::Map(members) = &node.value else {
            let message = format!("`{name}` is a mapping, and this is {}", node.value.kind());
            return self.note(node, Fault(message, None));
        };
        for (key, value) in members {
            each(self, value, &key.value);
        }
    }

    fn list(&mut self, node: &Placed<Node>, kind: &Kind, name: &str) {
        let one = |text: &str| match kind {
            Kind::Providers => check_provider(text),
            Kind::Models => check_pattern(text),
            Kind::Sinks => check_sink(text),
            Kind::Policies => Ok(check_id(text)?),
            Kind::AnyTexts => Ok(()),
            _ if text.trim().is_empty() => Err(Fault(format!("`{name}` has a blank text"), None)),
            _ => Ok(()),
        };
        match (&node.value, kind) {
            (Node::List(items), Kind::Providers | Kind::Models) if items.is_empty() => {
                let message = format!("`{name}` is empty, which is neither some nor all");
                self.note(node, Fault(message, Some("name some, or write `all`".to_owned())));
            }
            (Node::List(items), _) => {
                for item in items {
                    let checked = match item.value.text() {
                        Some("all") if matches!(kind, Kind::Providers | Kind::Models) => {
                            fault("`all` stands alone", &format!("write `{name}: all`"))
                        }
                        Some(text) => one(text),
                        None => Err(not_a_text(name, &item.value)),
                    };
                    if let Err(found) = checked {
                        self.note(item, found);
                    }
                }
            }
            (value, Kind::Providers | Kind::Models) if value.text() == Some("all") => {}
            (value, Kind::Sinks) if value.text().is_some() => {
                if let Err(found) = check_sink(value.text().unwrap_or_default()) {
                    self.note(node, found);
                }
            }
            (value, _) => {
                let message = format!("`{name}` is a list, and this is {}", value.kind());
                let instead = match value.text() {
                    Some(text) => format!("write `[{text}]`"),
                    None => "write `[…]`".to_owned(),
                };
                self.note(node, Fault(message, Some(instead)));
            }
        }
    }

    fn scalar(&mut self, node: &Placed<Node>, kind: &Kind, name: &str) {
        if let Err(found) = check_scalar(&node.value, kind, name) {
            self.note(node, found);
        }
    }
}

fn unknown_member(noun: &str, name: &str, known: &[&str]) -> Fault {
    let message = format!("a {noun} has no member `{}`", name.escape_debug());
    let instead = match nearest(name, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it has {}", known.join(", ")),
    };
    Fault(message, Some(instead))
}

fn not_a_text(name: &str, value: &Node) -> Fault {
    let message = format!("`{name}` takes a text, and this is {}", value.kind());
    let instead = match value {
        Node::Number(text) => Some(format!("put it in quotes: \"{text}\"")),
        Node::Flag(yes) => Some(format!("put it in quotes: \"{yes}\"")),
        _ => None,
    };
    Fault(message, instead)
}

fn check_scalar(value: &Node, kind: &Kind, name: &str) -> Result<(), Fault> {
    let nullable = matches!(kind, Kind::TextOrNull | Kind::EmailOrNull);
    if *value == Node::Null {
        return match kind {
            _ if nullable => Ok(()),
            Kind::MoneyOrNone => {
                fault(format!("`{name}` is empty"), "write an amount, or `none` for no limit")
            }
            Kind::TimeOrNever => fault(format!("`{name}` is empty"), "write a time, or `never`"),
            _ => fault(format!("`{name}` is empty"), "give it a value, or leave it out"),
        };
    }
    let text = || value.text().ok_or_else(|| not_a_text(name, value));
    match kind {
        Kind::Flag => match value.flag() {
            Some(_) => Ok(()),
            None => {
                let yes = value.text().is_some_and(|t| matches!(t, "yes" | "on" | "y" | "Yes"));
                let instead = if yes { "write `true`" } else { "write `true` or `false`" };
                fault(format!("`{name}` is a yes or no, and this is {}", value.kind()), instead)
            }
        },
        Kind::Text | Kind::TextOrNull => match text()?.trim() {
            "" => fault(format!("`{name}` is blank"), "give it a value, or leave it out"),
            _ => Ok(()),
        },
        Kind::MoneyOrNone => {
            let written = value.text().or(value.number()).ok_or_else(|| {
                let message = format!("`{name}` takes an amount, and this is {}", value.kind());
                Fault(message, Some("write `$50`, or `none` for no limit".to_owned()))
            })?;
            match Micros::parse(written) {
                Ok(_) => Ok(()),
                Err(_) if written == "none" => Ok(()),
                Err(_) if matches!(written, "unlimited" | "null" | "~") => {
                    fault(format!("`{written}` is not an amount of money"), "write `none`")
                }
                Err(e) => Err(Fault(e.to_string(), None)),
            }
        }
        Kind::Word(words) => {
            let word = text()?;
            if words.contains(&word) {
                return Ok(());
            }
            let instead = match nearest(word, words) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write one of {}", words.join(", ")),
            };
            fault(format!("`{name}` cannot be `{}`", word.escape_debug()), &instead)
        }
        Kind::Whole { min, max } => {
            let number = value.number().and_then(|text| text.parse::<u64>().ok());
            match number.filter(|number| (min..=max).contains(&number)) {
                Some(_) => Ok(()),
                None => Err(Fault(format!("`{name}` is a whole number from {min} to {max}"), None)),
            }
        }
        Kind::Number { min, max } => {
            let number = value.number().and_then(|text| text.parse::<f64>().ok());
            match number.filter(|number| (min..=max).contains(&number)) {
                Some(_) => Ok(()),
                None => Err(Fault(format!("`{name}` is a number from {min} to {max}"), None)),
            }
        }
        Kind::Share { max } => {
            let number = value.number().and_then(|text| text.parse::<f64>().ok());
            match number.filter(|number| *number > 0.0 && number <= max) {
                Some(_) => Ok(()),
                None => Err(Fault(format!("`{name}` is a number above 0 and up to {max}"), None)),
            }
        }
        Kind::Secret => match text()?.parse::<SecretRef>() {
            Ok(_) => Ok(()),
            Err(e) => Err(Fault(e.to_string(), Some(SecretRef::FORMS.to_owned()))),
        },
        Kind::Hash => match is_sha256_hex(text()?) {
            true => Ok(()),
            // It is not repeated: somebody may have put a secret here.
            false => Err(Fault(format!("`{name}` takes the 64 hex digits of a SHA-256"), None)),
        },
        Kind::TimeOrNever => {
            let text = text()?;
            match text == "never" || moment(text).is_some() {
                true => Ok(()),
                false => fault(
                    format!("`{}` is not a time", text.escape_debug()),
                    "write `2027-01-31`, `2027-01-31T12:00:00Z` or `never`",
                ),
            }
        }
        Kind::Id => Ok(check_id(text()?)?),
        Kind::EmailOrNull | Kind::Email => match is_principal(text()?.trim()) {
            true => Ok(()),
            false => fault(
                format!("`{}` is not an e-mail address", text()?.escape_debug()),
                "write it as `ci@example.com`",
            ),
        },
        Kind::Version => match value {
            Node::Number(text) if text == "1" => Ok(()),
            Node::Number(other) => {
                let message = format!("version {other} is not known; this clawctl knows 1");
                Err(Fault(message, None))
            }
            _ => fault("the version is a number", "write `version: 1`"),
        },
        // Kinds with something inside do not come here.
        _ => Ok(()),
    }
}

fn check_name(named: Named, id: &str) -> Result<(), Fault> {
    match named {
        // A key's id that is too short may be there all the same.
        Named::Policy | Named::Key | Named::Rule => Ok(check_id(id)?),
        Named::Provider => check_provider(id),
        Named::User => match is_principal(id.trim()) {
            true => Ok(()),
            false => fault(
                format!("`{}` is not an e-mail address", id.escape_debug()),
                "write it as `ada@example.com`",
            ),
        },
        Named::Grant => match id.parse::<GrantKey>() {
            Ok(_) => Ok(()),
            Err(e) => fault(e.to_string(), "write it as `policies/team/main`"),
        },
    }
}

/// Which there are is known to the router alone.
fn check_provider(id: &str) -> Result<(), Fault> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_' || c == '.';
    match !id.is_empty() && id.chars().all(plain) {
        true => Ok(()),
        false => Err(Fault(format!("`{}` is no id of a provider", id.escape_debug()), None)),
    }
}

fn check_pattern(text: &str) -> Result<(), Fault> {
    ModelPattern::parse(text).map(|_| ()).map_err(|e| Fault(e.to_string(), None))
}

fn check_sink(text: &str) -> Result<(), Fault> {
    // A key's id has nothing in it that a sink could stumble over.
    let filled = text.replace("{id}", "some_key");
    filled.parse::<SinkSpec>().map(|_| ()).map_err(|e| Fault(e.to_string(), e.hint()))
}
