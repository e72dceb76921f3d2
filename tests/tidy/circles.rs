//! Which rooms of a crate know each other: read from its `use` lines and from the paths in its code,
//! through groups, `super::` and re-exports, with tests left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use crate::source::{Import, Module, read};

/// The room that the root file of a crate stands for.
const ROOT: &str = "lib";

/// For each room the rooms that it uses, and in which files.
pub(crate) type Arrows = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// All modules of a crate, by their paths.
pub(crate) struct Graph {
    modules: BTreeMap<Vec<String>, Module>,
}

impl Graph {
    /// Of the files of a crate: the path below its `src`, and the text.
    pub(crate) fn of<'f>(files: impl IntoIterator<Item = (&'f Path, &'f str)>) -> Self {
        let mut modules: BTreeMap<Vec<String>, Module> = BTreeMap::new();
        let mut tests = BTreeSet::new();
        for (path, text) in files {
            let found = read(&module_of(path), path, text);
            tests.extend(found.tests);
            for (name, module) in found.modules {
                modules.entry(name).or_default().add(module);
            }
        }
        modules.retain(|path, _| !(1..=path.len()).any(|end| tests.contains(&path[..end])));
        Self { modules }
    }

    /// Which room uses which, and where.
    pub(crate) fn arrows(&self) -> Arrows {
        let mut arrows = Arrows::new();
        for (path, module) in &self.modules {
            let from = room(path);
            for used in module.imports.iter().map(|import| &import.path).chain(&module.paths) {
                for to in self.rooms_on_the_way(path, used) {
                    if to != from {
                        let files = arrows.entry(from.clone()).or_default().entry(to).or_default();
                        files.extend(module.files.iter().cloned());
                    }
                }
            }
        }
        arrows
    }

    /// The rooms that a path leads through and to.
    fn rooms_on_the_way(&self, from: &[String], path: &[String]) -> BTreeSet<String> {
        let mut rooms = BTreeSet::new();
        self.walk(from, path, &mut rooms, 0);
        rooms
    }

    /// Follows a path from a module. Gives the module at its end; a re-export leads on to where it
    /// points, and what is no module ends the way.
    fn walk(
        &self,
        from: &[String],
        path: &[String],
        rooms: &mut BTreeSet<String>,
        turns: usize,
    ) -> Option<Vec<String>> {
        // Re-exports of re-exports end somewhere; two that name each other do not compile.
        if turns > 20 {
            return None;
        }
        let (mut here, rest) = self.start(from, path)?;
        for (place, name) in rest.iter().enumerate() {
            if *name == "self" || *name == "*" {
                continue;
            }
            let below = [&here[..], std::slice::from_ref(name)].concat();
            if self.modules.contains_key(&below) {
                here = below;
                rooms.insert(room(&here));
                continue;
            }
            let Some(target) = self.imported(&here, name, turns) else {
                // Something that is defined here, or that comes from another crate.
                if !self.is_foreign(&here, name) {
                    rooms.insert(room(&here));
                }
                return None;
            };
            let onward = [&target.path[..], &rest[place + 1..]].concat();
            return self.walk(&target.within, &onward, rooms, turns + 1);
        }
        Some(here)
    }

    /// Where a path begins, and what is left of it. Nothing for a path into another crate, or to
    /// something that is defined in this very module.
    fn start<'p>(
        &self,
        from: &[String],
        path: &'p [String],
    ) -> Option<(Vec<String>, &'p [String])> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some((Vec::new(), rest)),
            "self" => Some((from.to_vec(), rest)),
            "super" => {
                let up = path.iter().take_while(|name| *name == "super").count();
                Some((from[..from.len().checked_sub(up)?].to_vec(), &path[up..]))
            }
            name => {
                let below = [from, std::slice::from_ref(first)].concat();
                let is_known = self.modules.contains_key(&below)
                    || self.modules.get(from)?.imports.iter().any(|import| import.name == name);
                is_known.then(|| (from.to_vec(), path))
            }
        }
    }

    /// What a name stands for that a module has imported.
    fn imported(&self, module: &[String], name: &str, turns: usize) -> Option<Target> {
        let imports = &self.modules.get(module)?.imports;
        let target = |import: &Import| {
            Some(Target { within: module.to_vec(), path: import.path.clone() })
                .filter(|_| self.is_of_this_crate(module, import))
        };
        if let Some(import) = imports.iter().find(|import| import.name == name) {
            return target(import);
        }
        // Behind a star there may be a module or another re-export of this name.
        imports.iter().filter(|import| import.name == "*").find_map(|import| {
            let behind = self.walk(module, &import.path, &mut BTreeSet::new(), turns + 1)?;
            let below = [&behind[..], &[name.to_owned()]].concat();
            let passes_on = |import: &Import| import.name == name;
            let has = self.modules.contains_key(&below)
                || self.modules.get(&behind)?.imports.iter().any(passes_on);
            has.then(|| Target {
                within: Vec::new(),
                path: [&["crate".to_owned()], &below[..]].concat(),
            })
        })
    }

    fn is_of_this_crate(&self, module: &[String], import: &Import) -> bool {
        let first = import.path.first().map_or("", String::as_str);
        // A name may be imported as itself, such as `use serde_json::json;`.
        let names_itself = import.path.len() == 1 && first == import.name;
        !names_itself && self.start(module, &import.path).is_some()
    }

    /// Whether a name in a module comes from another crate.
    fn is_foreign(&self, module: &[String], name: &str) -> bool {
        let imports = self.modules.get(module).map(|module| &module.imports);
        imports.into_iter().flatten().any(|import| import.name == name)
    }
}

struct Target {
    /// The module in which the path stands.
    within: Vec<String>,
    path: Vec<String>,
}

/// The rooms that know each other in a circle, with what they use of each other; empty if there are
/// none.
pub(crate) fn circles(arrows: &Arrows) -> String {
    let reached = |from: &String| {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![from];
        while let Some(room) = waiting.pop() {
            for next in arrows.get(room).into_iter().flat_map(BTreeMap::keys) {
                if seen.insert(next) {
                    waiting.push(next);
                }
            }
        }
        seen
    };
    let reach: BTreeMap<_, _> = arrows.keys().map(|room| (room, reached(room))).collect();
    let mut told = String::new();
    let mut done = BTreeSet::new();
    for (room, seen) in &reach {
        let back = |other: &&String| reach.get(*other).is_some_and(|seen| seen.contains(*room));
        let circle: BTreeSet<_> = seen.iter().copied().filter(back).collect();
        if circle.is_empty() || !done.insert(circle.clone()) {
            continue;
        }
        let names: Vec<_> = circle.iter().map(|room| room.as_str()).collect();
        writeln!(told, "circle: {}", names.join(", ")).unwrap();
        for from in &circle {
            for (to, files) in arrows[*from].iter().filter(|(to, _)| circle.contains(to)) {
                let files: Vec<_> = files.iter().map(String::as_str).collect();
                writeln!(told, "    {from} uses {to} in {}", files.join(", ")).unwrap();
            }
        }
    }
    told
}

/// The room of a module: the first word of its path.
fn room(module: &[String]) -> String {
    module.first().map_or(ROOT, String::as_str).to_owned()
}

/// `forward/meter/mod.rs` as `forward::meter`.
fn module_of(path: &Path) -> Vec<String> {
    let plain = path.with_extension("");
    let mut module: Vec<_> = plain.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib")) {
        module.pop();
    }
    module
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(files: &[(&str, &str)]) -> Graph {
        let files: Vec<_> = files.iter().map(|(path, text)| (Path::new(*path), *text)).collect();
        Graph::of(files)
    }

    /// The arrows among made-up files, such as `a b` for one from `a` to `b`.
    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let arrows = graph(files).arrows();
        let pair = |(from, to): (&String, &BTreeMap<String, _>)| {
            to.keys().map(|to| format!("{from} {to}")).collect::<Vec<_>>()
        };
        arrows.iter().flat_map(pair).collect()
    }

    fn check(text: &str, expected: &[&str]) {
        let others = [("b.rs", ""), ("c/mod.rs", "pub mod d;"), ("c/d.rs", "pub fn f() {}")];
        let files = [&[("lib.rs", "mod a; mod b; mod c;"), ("a.rs", text)], &others[..]].concat();
        assert_eq!(found(&files), expected, "{text}");
    }

    #[test]
    fn every_way_to_name_a_room_is_an_arrow() {
        check("use crate::b;", &["a b"]);
        check("use crate::{b, c};", &["a b", "a c"]);
        check("use crate::{b::{self, X}, c::d as e};", &["a b", "a c"]);
        check("use super::{\n    b,\n    c::d::f,\n};", &["a b", "a c"]);
        check("pub(crate) use crate::b::*;", &["a b"]);
        check("fn x() { crate::c::d::f() }", &["a c"]);
        check("fn x(y: super::b::Y) {}", &["a b"]);
        check("mod inner { use super::super::b; }", &["a b"]);
        check("macro_rules! m { () => { $crate::b::X } }", &["a b"]);
        check("fn x() { use crate::b::y; y() }", &["a b"]);
        check("use std::b; use b::c; use serde::{b, c};", &[]);
    }

    #[test]
    fn what_is_no_code_is_no_arrow() {
        check("// use crate::b;\n/* crate::b /* crate::c */ */", &[]);
        check("const X: &str = \"crate::b\"; const Y: &str = r#\"use crate::c;\"\"#;", &[]);
        check("fn x<'a>(c: char) -> bool { c == '\"' || c == '\\'' }\nuse crate::b;", &["a b"]);
        check("#[cfg(test)]\nmod tests { use crate::b; }\nuse crate::c;", &["a c"]);
        check("#[cfg(test)]\nuse crate::{b, b::x};\nfn y() { crate::c::z() }", &["a c"]);
        check(
            "#[cfg(test)]\n#[allow(x)]\npub(crate) fn y() { crate::b::z() }\nuse crate::c;",
            &["a c"],
        );
        check("fn x() -> impl Y + use<'_> { crate::b::z() }", &["a b"]);
    }

    #[test]
    fn re_exports_are_followed() {
        let lib = ("lib.rs", "mod a; mod b; mod c; pub use self::b::{Shell, Other as Named};");
        let c = ("c.rs", "");
        let check = |a: &str, b: &str, expected: &[&str]| {
            let arrows = found(&[lib, ("a.rs", a), ("b.rs", b), c]);
            let arrows: Vec<_> = arrows
                .iter()
                .map(String::as_str)
                .filter(|arrow| !arrow.starts_with("lib"))
                .collect();
            assert_eq!(arrows, expected, "{a} with {b}");
        };
        // The root passes on, and is not what is used.
        check("use crate::Shell;", "", &["a b"]);
        check("fn x(y: crate::Named) {}", "", &["a b"]);
        check("use crate::b::X;", "pub(crate) use crate::c::X;", &["a b", "a c", "b c"]);
        check("use crate::b; fn f(x: b::X) {}", "pub use super::c::X;", &["a b", "a c", "b c"]);
        check("use crate::b::X;", "pub use crate::c::*;", &["a b", "b c"]);
        check("use crate::X;", "", &["a lib"]);
    }

    #[test]
    fn files_of_tests_are_left_out() {
        let files = [
            ("lib.rs", "mod a; #[cfg(test)] mod staged; mod b;"),
            ("a.rs", "#[cfg(test)]\nmod trial;"),
            ("a/trial.rs", "use crate::b;"),
            ("staged/mod.rs", "use crate::{a, b};"),
            ("b.rs", "use crate::a;"),
        ];
        assert_eq!(found(&files), ["b a"]);
    }

    #[test]
    fn a_circle_is_told_with_its_arrows_and_files() {
        let told = |a: &str, c: &str| {
            let files = [("a.rs", a), ("b.rs", "use crate::{c, d};"), ("c/x.rs", c), ("d.rs", "")];
            circles(
                &graph(&[&[("lib.rs", ""), ("c/mod.rs", "mod x;")], &files[..]].concat()).arrows(),
            )
        };
        assert_eq!(told("use crate::{b, d};", "use crate::d;"), "");
        assert_eq!(
            told("use crate::b;", "use crate::{a, d};"),
            "circle: a, b, c\n    a uses b in a.rs\n    b uses c in b.rs\n    c uses a in c/x.rs\n"
        );
    }
}
