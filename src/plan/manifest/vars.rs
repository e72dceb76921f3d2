//! `${NAME}`, where a file declares it. What is not declared stays as it is written.

use std::borrow::Cow;

use super::node::{Node, Placed};
use super::problem::Problem;

/// The declared variables of a file, each with its value.
pub(super) struct Vars(Vec<(String, String)>);

impl Vars {
    /// Reads the declarations, and takes each value from the environment, else from its default.
    pub(super) fn declared(
        file: usize,
        root: &Node,
        env: &dyn Fn(&str) -> Option<String>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut vars = Vec::new();
        let Some(section) = root.get("vars") else { return Self(vars) };
        let Node::Map(members) = &section.value else {
            let at = section.at.of_file(file);
            let problem = Problem::new(at, "`vars` is a mapping of names and defaults");
            problems.push(problem.suggest("write `vars: { NAME: default }`"));
            return Self(vars);
        };
        for (name, default) in members {
            let at = name.at.of_file(file);
            let default = match &default.value {
                Node::Text(text) | Node::Number(text) => Some(text.clone()),
                Node::Flag(yes) => Some(yes.to_string()),
                Node::Null => None,
                other => {
                    let message = format!("the default of `{}` is {}", name.value, other.kind());
                    problems.push(Problem::new(at, message).suggest("a default is one value"));
                    continue;
                }
            };
            if !is_name(&name.value) {
                let message = format!("`{}` is no name of a variable", name.value.escape_debug());
                problems.push(Problem::new(at, message));
                continue;
            }
            match env(&name.value).or(default) {
                Some(value) => vars.push((name.value.clone(), value)),
                None => {
                    let name = &name.value;
                    let message = format!("`{name}` is not set, and has no default");
                    problems.push(Problem::new(at, message).suggest(format!("export {name}=…")));
                }
            }
        }
        Self(vars)
    }

    /// Puts the values in, everywhere but in the declarations.
    pub(super) fn fill(&self, root: &mut Placed<Node>) {
        if self.0.is_empty() {
            return;
        }
        let Node::Map(members) = &mut root.value else { return };
        for (name, value) in members {
            if name.value != "vars" {
                self.fill_in(&mut value.value);
            }
        }
    }

    fn fill_in(&self, node: &mut Node) {
        match node {
            Node::Text(text) => {
                let alone = self.0.iter().find(|(name, _)| *text == format!("${{{name}}}"));
                if let Some((_, value)) = alone {
                    *node = Node::Filled(value.clone());
                } else if let Cow::Owned(filled) = self.replaced(text) {
                    *text = filled;
                }
            }
            Node::Map(members) => {
                for (name, value) in members {
                    if let Cow::Owned(filled) = self.replaced(&name.value) {
                        name.value = filled;
                    }
                    self.fill_in(&mut value.value);
                }
            }
            Node::List(items) => items.iter_mut().for_each(|item| self.fill_in(&mut item.value)),
            _ => {}
        }
    }

    /// `$${NAME}` is the text `${NAME}` itself. What a value holds is not looked into again.
    fn replaced<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !text.contains("${") {
            return Cow::Borrowed(text);
        }
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find("${") {
            let (before, from) = rest.split_at(at);
            let known = self.0.iter().find(|(name, _)| {
                from[2..].strip_prefix(name.as_str()).is_some_and(|tail| tail.starts_with('}'))
            });
            let Some((name, value)) = known else {
                filled.push_str(&rest[..at + 2]);
                rest = &rest[at + 2..];
                continue;
            };
            let end = 2 + name.len() + 1;
            match before.strip_suffix('$') {
                Some(before) => {
                    filled.push_str(before);
                    filled.push_str(&from[..end]);
                }
                None => {
                    filled.push_str(before);
                    filled.push_str(value);
                }
            }
            rest = &from[end..];
        }
        filled.push_str(rest);
        Cow::Owned(filled)
    }
}

fn is_name(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !name.bytes().next().is_none_or(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_declared_is_replaced_and_only_once() {
        let vars = Vars(vec![("A".into(), "1${B}".into()), ("B".into(), "2".into())]);
        let check = |text: &str, filled: &str| assert_eq!(vars.replaced(text), filled, "{text}");
        check("plain", "plain");
        check("${B}", "2");
        check("x${B}y${B}", "x2y2");
        check("${A}", "1${B}");
        check("$${B}", "${B}");
        check("${HOME} ${B", "${HOME} ${B");
        check("${${B}}", "${2}");
        check("é${B}ß", "é2ß");
    }
}
