//! TOML, edited by the library that keeps what it does not touch.

use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

use super::{BadFile, Dotted, Path, position};

pub struct Document {
    document: DocumentMut,
    /// Every line ends in `\r\n`; the library writes `\n`.
    carriage_returns: bool,
}

impl Document {
    pub fn parse(text: &str) -> Result<Self, BadFile> {
        let carriage_returns = text.contains("\r\n");
        let plain = text.replace("\r\n", "\n");
        if carriage_returns && plain.matches('\n').count() != text.matches("\r\n").count() {
            return Err(BadFile::MixedLineEnds);
        }
        let document: DocumentMut = plain.parse().map_err(|e: toml_edit::TomlError| {
            let (line, column) = position(&plain, e.span().map_or(0, |span| span.start));
            let reason = e.message().trim().replace('\n', "; ");
            BadFile::Syntax { line, column, reason }
        })?;
        let read = Self { document, carriage_returns };
        if read.text() != text {
            return Err(BadFile::MixedLineEnds);
        }
        Ok(read)
    }

    pub fn text(&self) -> String {
        let text = self.document.to_string();
        if self.carriage_returns { text.replace('\n', "\r\n") } else { text }
    }

    /// The value at a path, as TOML has it.
    pub fn get(&self, path: &Path<'_>) -> Option<String> {
        let mut item = self.document.as_item();
        for name in path {
            item = item.get(name)?;
        }
        item.as_value().map(|value| bare(value).to_string())
    }

    /// Sets the text at a path, making the tables on the way. Says whether anything changed.
    pub fn set(&mut self, path: &Path<'_>, text: &str) -> Result<bool, BadFile> {
        let Some((last, way)) = path.split_last() else { return Ok(false) };
        let mut table: &mut dyn TableLike = self.document.as_table_mut();
        for (depth, name) in way.iter().enumerate() {
            let implicit = depth + 1 < way.len();
            let item = table.entry(name).or_insert_with(|| {
                let mut table = Table::new();
                table.set_implicit(implicit);
                Item::Table(table)
            });
            let name = Dotted(&path[..=depth]).to_string();
            table =
                item.as_table_like_mut().ok_or(BadFile::OtherShape { name, wanted: "a table" })?;
        }
        match table.get_mut(last) {
            None => {
                table.insert(last, toml_edit::value(text));
            }
            Some(item) => {
                let Some(old) = item.as_value_mut() else {
                    let name = Dotted(path).to_string();
                    return Err(BadFile::OtherShape { name, wanted: "a value" });
                };
                if old.as_str() == Some(text) {
                    return Ok(false);
                }
                // The blanks and the comment around the old value stay.
                let decor = old.decor().clone();
                *old = Value::from(text);
                *old.decor_mut() = decor;
            }
        }
        Ok(true)
    }

    /// Takes a value away, if it is there. Says whether anything changed.
    pub fn remove(&mut self, path: &Path<'_>) -> bool {
        let Some((last, way)) = path.split_last() else { return false };
        let mut table: &mut dyn TableLike = self.document.as_table_mut();
        for name in way {
            let inner = table.get_mut(name).and_then(Item::as_table_like_mut);
            let Some(inner) = inner else { return false };
            table = inner;
        }
        table.remove(last).is_some()
    }
}

/// Without the blanks and comments around it.
fn bare(value: &Value) -> Value {
    let mut value = value.clone();
    value.decor_mut().clear();
    value
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PROVIDER: [&str; 3] = ["model_providers", "clawrouter", "base_url"];

    fn edited(text: &str, path: &Path<'_>, value: &str) -> Result<String, BadFile> {
        let mut document = Document::parse(text)?;
        document.set(path, value)?;
        Ok(document.text())
    }

    #[test]
    fn a_value_changes_and_nothing_around_it() {
        let check = |before: &str, path: &[&str], after: &str| {
            assert_eq!(edited(before, path, "new").unwrap(), after, "{before:?}");
        };
        check("", &["model"], "model = \"new\"\n");
        check("model = \"old\"  # mine\n", &["model"], "model = \"new\"  # mine\n");
        check("# top\n[tui]\nx = 1\n", &["model"], "model = \"new\"\n# top\n[tui]\nx = 1\n");
        check(
            "a = 1\r\n\r\n[tui]\r\nx = 1 # c\r\n",
            &["model"],
            "a = 1\r\nmodel = \"new\"\r\n\r\n[tui]\r\nx = 1 # c\r\n",
        );
        check(
            "a = 1\n[model_providers.other]\nname = 'x'\n",
            &PROVIDER,
            "a = 1\n[model_providers.other]\nname = 'x'\n\n[model_providers.clawrouter]\n\
             base_url = \"new\"\n",
        );
        check(
            "model_providers = { clawrouter = { name = 'x' } }\n",
            &PROVIDER,
            "model_providers = { clawrouter = { name = 'x' , base_url = \"new\" } }\n",
        );
        check(
            "model_providers.clawrouter.base_url = 'old'\n",
            &PROVIDER,
            "model_providers.clawrouter.base_url = \"new\"\n",
        );
    }

    #[test]
    fn what_cannot_be_kept_is_not_touched() {
        let check = |text: &str, path: &[&str], expected: &str| {
            let error = edited(text, path, "new").unwrap_err().to_string();
            assert!(error.contains(expected), "{text:?}: {error}");
        };
        check("a = 1\r\nb = 2\n", &["model"], "mixes line ends");
        check("model = \n", &["model"], "line 1");
        check("model_providers = 3\n", &PROVIDER, "`model_providers` is there");
        check("[model]\nx = 1\n", &["model"], "`model` is there");
        check("a = 1\na = 2\n", &["model"], "duplicate");
    }

    proptest! {
        /// Of random tables with comments, every line but the one that is set stays, in its order.
        #[test]
        fn every_other_line_stays(
            head in "(# [a-z ]{0,8}\n|[a-c] = [1-9][0-9]{0,2} *(# [a-z]{1,4})?\n|\n){0,1}",
            tables in prop::collection::vec(
                ("[d-f]", prop::collection::btree_set("[g-k]", 0..3), "( *# [a-z ]{0,9}\n|\n){0,2}"),
                0..3,
            ),
            carriage_returns: bool,
        ) {
            let mut text = head;
            let mut seen = std::collections::BTreeSet::new();
            for (name, keys, comment) in tables {
                if seen.insert(name.clone()) {
                    text.push_str(&format!("{comment}[{name}]\n"));
                    for key in keys {
                        text.push_str(&format!("{key}  =  'v' # {key}\n"));
                    }
                }
            }
            if carriage_returns {
                text = text.replace('\n', "\r\n");
            }
            for path in [&["model"][..], &PROVIDER[..]] {
                let after = edited(&text, path, "new").unwrap();
                let mut rest = after.split_inclusive('\n');
                for line in text.split_inclusive('\n') {
                    prop_assert!(rest.any(|kept| kept == line), "{text:?} -> {after:?}: {line:?}");
                }
                let added = after.len() - text.len();
                let longest = "\r\n[model_providers.clawrouter]\r\nbase_url = \"new\"\r\n".len();
                prop_assert!(added <= longest, "{text:?} -> {after:?}");
                prop_assert_eq!(Document::parse(&after).unwrap().get(path).unwrap(), "\"new\"");
            }
        }
    }
}
