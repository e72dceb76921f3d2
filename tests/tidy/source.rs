//! The parts of a Rust file that say whom it knows.

use std::collections::BTreeMap;
use std::path::Path;

/// What a module names.
#[derive(Debug, Default)]
pub(crate) struct Module {
    pub(crate) files: Vec<String>,
    pub(crate) imports: Vec<Import>,
    /// The paths in its code, as they are written.
    pub(crate) paths: Vec<Vec<String>>,
}

/// A name that a `use` line brings in.
#[derive(Debug, Clone)]
pub(crate) struct Import {
    /// The name in this module; `*` for all that are behind the path.
    pub(crate) name: String,
    pub(crate) path: Vec<String>,
}

/// What was found in a file.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The module of the file, and those that are written into it.
    pub(crate) modules: BTreeMap<Vec<String>, Module>,
    /// The modules that are only there for tests.
    pub(crate) tests: Vec<Vec<String>>,
}

impl Module {
    pub(crate) fn add(&mut self, other: Self) {
        self.files.extend(other.files);
        self.imports.extend(other.imports);
        self.paths.extend(other.paths);
    }
}

/// Reads the file of a module.
pub(crate) fn read(module: &[String], path: &Path, text: &str) -> Found {
    let tokens = tokens(text);
    let file = path.to_str().unwrap().to_owned();
    let mut reader = Reader { tokens: &tokens, at: 0, found: Found::default(), file };
    reader.module(module);
    reader.found
}

struct Reader<'t> {
    tokens: &'t [String],
    at: usize,
    found: Found,
    file: String,
}

impl Reader<'_> {
    /// Reads to the end of a module: of the file, or of the braces that it stands in.
    fn module(&mut self, path: &[String]) {
        let mut module = Module { files: vec![self.file.clone()], ..Module::default() };
        let mut depth = 0_usize;
        while let Some(token) = self.tokens.get(self.at) {
            match token.as_str() {
                "#" if self.is_for_tests() => self.skip_item(path),
                "mod" if self.word(2) == "{" => {
                    let inner = [path, &[self.word(1).to_owned()]].concat();
                    self.at += 3;
                    self.module(&inner);
                }
                "use" if self.word(1) != "<" => {
                    self.at += 1;
                    self.tree(&[], &mut module.imports);
                }
                "}" if depth == 0 => {
                    self.at += 1;
                    break;
                }
                token if is_name(token) && self.word(1) == "::" => {
                    let path = self.path();
                    module.paths.push(path);
                }
                token => {
                    match token {
                        "{" => depth += 1,
                        "}" => depth -= 1,
                        _ => {}
                    }
                    self.at += 1;
                }
            }
        }
        self.found.modules.entry(path.to_vec()).or_default().add(module);
    }

    fn word(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).map_or("", String::as_str)
    }

    fn is_for_tests(&self) -> bool {
        ["#", "[", "cfg", "(", "test", ")", "]"].iter().enumerate().all(|(i, t)| self.word(i) == *t)
    }

    /// Leaves out what stands behind `#[cfg(test)]`.
    fn skip_item(&mut self, path: &[String]) {
        while self.word(0) == "#" {
            self.at += 1;
            self.skip_group();
        }
        if self.word(0) == "pub" {
            self.at += 1;
            if self.word(0) == "(" {
                self.skip_group();
            }
        }
        if self.word(0) == "mod" {
            self.found.tests.push([path, &[self.word(1).to_owned()]].concat());
        }
        let is_use = self.word(0) == "use";
        let is_item = ITEMS.contains(&self.word(0));
        while self.at < self.tokens.len() {
            match self.word(0) {
                ";" => {
                    self.at += 1;
                    return;
                }
                "{" if !is_use => {
                    self.skip_group();
                    return;
                }
                // A member or an argument.
                "," if !is_item => return,
                "}" | ")" | "]" => return,
                "(" | "[" | "{" => self.skip_group(),
                _ => self.at += 1,
            }
        }
    }

    /// From an opening bracket to behind the closing one.
    fn skip_group(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.tokens.len() {
            match self.word(0) {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    /// One tree of a `use` line, and what ends it.
    fn tree(&mut self, before: &[String], imports: &mut Vec<Import>) {
        let mut path = before.to_vec();
        loop {
            match self.word(0) {
                "::" => self.at += 1,
                "{" => {
                    self.at += 1;
                    while !matches!(self.word(0), "}" | "") {
                        self.tree(&path, imports);
                        self.at += usize::from(self.word(0) == ",");
                    }
                    self.at += 1;
                    return;
                }
                "as" => {
                    let name = self.word(1).to_owned();
                    self.at += 2;
                    imports.push(Import { name, path });
                    return;
                }
                "," | ";" | "}" | "" => {
                    let whole = path.last().is_some_and(|last| last == "self") && path.len() > 1;
                    if whole {
                        path.pop();
                    }
                    let name = path.last().cloned().unwrap_or_default();
                    imports.push(Import { name, path });
                    return;
                }
                name => {
                    path.push(name.to_owned());
                    self.at += 1;
                }
            }
        }
    }

    /// A path of at least two names.
    fn path(&mut self) -> Vec<String> {
        let mut path = vec![self.word(0).to_owned()];
        self.at += 1;
        while self.word(0) == "::" && is_name(self.word(1)) {
            path.push(self.word(1).to_owned());
            self.at += 2;
        }
        // What follows `::` and is no name, such as `<` or `{`, ends the path.
        self.at += usize::from(self.word(0) == "::");
        path
    }
}

const ITEMS: [&str; 13] = [
    "mod",
    "use",
    "fn",
    "struct",
    "enum",
    "impl",
    "trait",
    "const",
    "static",
    "type",
    "async",
    "unsafe",
    "macro_rules",
];

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Names, numbers, `::` and single signs. Comments, texts and lifetimes are left out.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let length = rest.find(|c| !word(c)).unwrap_or(rest.len());
        if let Some(text) = text_at(rest) {
            rest = &rest[text..];
        } else if rest.starts_with("//") {
            rest = rest.split_once('\n').map_or("", |(_, after)| after);
        } else if rest.starts_with("/*") {
            rest = after_comment(rest);
        } else if length > 0 {
            tokens.push(rest[..length].to_owned());
            rest = &rest[length..];
        } else if rest.starts_with("::") {
            tokens.push("::".to_owned());
            rest = &rest[2..];
        } else {
            if !first.is_whitespace() && first != '$' {
                tokens.push(first.to_string());
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    tokens
}

/// How long the text, the character or the lifetime is that stands here, if one does.
fn text_at(rest: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| {
        let sign = rest.strip_prefix(*prefix).and_then(|behind| behind.chars().next());
        let raw = prefix.ends_with('r') && sign == Some('#');
        sign == Some('"')
            || (raw && rest[prefix.len()..].trim_start_matches('#').starts_with('"'))
            || (matches!(*prefix, "b" | "") && sign == Some('\''))
    })?;
    let body = &rest[prefix.len()..];
    if prefix.ends_with('r') {
        let marks = body.len() - body.trim_start_matches('#').len();
        let end = format!("\"{}", "#".repeat(marks));
        let inside = &body[marks + 1..];
        let length = inside.find(&end).map_or(inside.len(), |at| at + end.len());
        return Some(prefix.len() + marks + 1 + length);
    }
    let quote = body.chars().next()?;
    let inside = &body[1..];
    if quote == '\'' && !inside.starts_with('\\') {
        // A character has its end behind it; a lifetime has not.
        let first = inside.chars().next()?;
        let is_char = inside[first.len_utf8()..].starts_with('\'');
        let name =
            inside.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(inside.len());
        return Some(prefix.len() + 1 + if is_char { first.len_utf8() + 1 } else { name });
    }
    let mut escaped = false;
    let end = inside.char_indices().find(|(_, c)| {
        let ends = !escaped && *c == quote;
        escaped = !escaped && *c == '\\';
        ends
    });
    Some(prefix.len() + 1 + end.map_or(inside.len(), |(at, _)| at + 1))
}

/// What follows a comment, which may have others in it.
fn after_comment(text: &str) -> &str {
    let (mut depth, mut rest) = (0_usize, text);
    loop {
        let Some(at) = rest.find("/*").into_iter().chain(rest.find("*/")).min() else { return "" };
        if rest[at..].starts_with("/*") {
            depth += 1;
        } else {
            depth -= 1;
        }
        rest = &rest[at + 2..];
        if depth == 0 {
            return rest;
        }
    }
}
