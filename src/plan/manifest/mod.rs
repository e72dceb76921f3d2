//! A manifest: the state that somebody wants, as YAML or JSON.
//!
//! What a file does not name is left alone, a thing as well as a member of one; to take something
//! away has a word of its own (`none`, `all`, `never`, `default`, or `null` for a text). A thing
//! that is new takes the router's defaults for what is not named.

mod check;
pub mod emit;
mod node;
mod problem;
mod read;
mod schema;
mod shape;
mod vars;
mod words;

#[cfg(test)]
mod tests;

use std::path::PathBuf;

use serde_json::Value;

pub use self::emit::{MODELINE, document};
pub use self::node::FILE_BYTES_MAX;
use self::node::{Node, Placed};
pub use self::problem::{Place, Problem};
pub use self::schema::schema;
use self::vars::Vars;
pub use self::words::without_unknown_words;
use super::desired::Desired;

/// A file as it was found.
#[derive(Debug, Clone)]
pub struct Source {
    /// As it is called in messages.
    pub name: String,
    /// Where its relative paths start.
    pub folder: PathBuf,
    pub text: String,
}

/// Files that were read, and what they want.
#[derive(Debug)]
pub struct Manifest {
    names: Vec<String>,
    trees: Vec<Placed<Node>>,
    pub desired: Desired,
}

/// Files with something wrong in them.
#[derive(Debug)]
pub struct Rejected {
    pub names: Vec<String>,
    pub problems: Vec<Problem>,
}

impl Manifest {
    /// Reads them all together: a thing may be named once.
    pub fn read(
        sources: &[Source],
        env: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Rejected> {
        let names: Vec<_> = sources.iter().map(|source| source.name.clone()).collect();
        let (mut problems, mut trees) = (Vec::new(), Vec::new());
        let mut desired = Desired::default();
        for (file, source) in sources.iter().enumerate() {
            let mut tree = match node::parse(file, &source.text) {
                Ok(tree) => tree,
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            };
            Vars::declared(file, &tree.value, env, &mut problems).fill(&mut tree);
            let before = problems.len();
            check::check(file, &tree, &mut problems);
            if problems.len() == before {
                read::read(file, &tree.value, &source.folder, &mut desired, &mut problems);
            }
            trees.push(tree);
        }
        if problems.is_empty() {
            return Ok(Self { names, trees, desired });
        }
        problems.sort_by_key(|problem| problem.place);
        Err(Rejected { names, problems })
    }

    pub fn name(&self, place: Place) -> &str {
        &self.names[place.file]
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The place of something in a file, or of the nearest thing around it that is there.
    pub fn locate(&self, file: usize, way: &[&str]) -> Place {
        let mut node = &self.trees[file];
        let mut at = node.at;
        for step in way {
            let next = match &node.value {
                Node::Map(_) => node.value.get(step),
                Node::List(items) => items
                    .iter()
                    .find(|item| item.value.text() == Some(step))
                    .or_else(|| step.parse().ok().and_then(|index: usize| items.get(index))),
                _ => None,
            };
            let Some(next) = next else { break };
            (node, at) = (next, next.at);
        }
        at.of_file(file)
    }

    /// The files with their variables filled in, for a plan that is carried out later.
    pub fn filled(&self) -> Vec<Value> {
        let without_vars = |tree: &Placed<Node>| {
            let mut value = tree.value.value();
            if let Some(members) = value.as_object_mut() {
                members.remove("vars");
            }
            value
        };
        self.trees.iter().map(without_vars).collect()
    }
}
