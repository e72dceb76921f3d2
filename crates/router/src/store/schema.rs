//! Whether a database is made of what this program makes, and of nothing else.
//!
//! A trigger or a view in a file that somebody hands over would run with every write of the router.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::migrate;

/// The tables, indexes, triggers and views of a database: by kind and name, what each belongs to and
/// the SQL that makes it.
type Objects = BTreeMap<(String, String), (String, String)>;

/// What is not as a database of this schema version has it, if there is such a thing.
pub(super) fn strange(db: &Connection, version: u32) -> Result<Option<String>, rusqlite::Error> {
    let (ours, theirs) = (objects(&migrate::in_memory(version)?)?, objects(db)?);
    let added = theirs.iter().find(|(name, object)| ours.get(*name) != Some(object));
    let missing = ours.keys().find(|name| !theirs.contains_key(*name));
    let named = |(kind, name): &(String, String)| format!("{kind} `{}`", name.escape_debug());
    Ok(match (added, missing) {
        (Some((name, _)), _) => Some(format!("its {} is not one that clawctl makes", named(name))),
        (None, Some(name)) => Some(format!("it has no {}", named(name))),
        (None, None) => None,
    })
}

fn objects(db: &Connection) -> Result<Objects, rusqlite::Error> {
    let sql = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema";
    let mut statement = db.prepare(sql)?;
    let rows = statement.query_map([], |row| {
        let sql: String = row.get(3)?;
        Ok(((row.get(0)?, row.get(1)?), (row.get(2)?, plain(&sql))))
    })?;
    rows.collect()
}

/// The SQL without its comments and its layout, which may change between two versions of this
/// program. None of ours has a quotation mark outside of comments, so two dashes are always one.
fn plain(sql: &str) -> String {
    let lines = sql.lines().map(|line| line.split("--").next().unwrap_or_default());
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::SCHEMA_VERSION;

    #[test]
    fn every_version_is_made_of_what_it_should_be() {
        for version in 1..=SCHEMA_VERSION {
            let db = migrate::in_memory(version).unwrap();
            assert_eq!(strange(&db, version).unwrap(), None, "{version}");
            for (name, (_, sql)) in objects(&db).unwrap() {
                assert!(
                    !sql.contains(['"', '\'', '`', '[']),
                    "{name:?}: comments could hide in it"
                );
            }
        }
    }

    #[test]
    fn what_is_added_changed_or_missing_is_told() {
        let check = |change: &str, told: &str| {
            let db = migrate::in_memory(SCHEMA_VERSION).unwrap();
            db.execute_batch(change).unwrap();
            let strange = strange(&db, SCHEMA_VERSION).unwrap();
            assert_eq!(strange.as_deref(), Some(told), "{change}");
        };
        let trigger = "CREATE TRIGGER zz AFTER INSERT ON policies BEGIN DELETE FROM policies; END";
        check(trigger, "its trigger `zz` is not one that clawctl makes");
        check("CREATE VIEW v AS SELECT 1", "its view `v` is not one that clawctl makes");
        check("CREATE TABLE notes (x)", "its table `notes` is not one that clawctl makes");
        check("DROP TRIGGER grants_made", "it has no trigger `grants_made`");
        check(
            "ALTER TABLE policies ADD COLUMN evil INTEGER DEFAULT 0",
            "its table `policies` is not one that clawctl makes",
        );
        let swapped = "DROP TRIGGER policies_made; CREATE TRIGGER policies_made \
                       AFTER INSERT ON policies BEGIN UPDATE authority SET version = 1; END";
        check(swapped, "its trigger `policies_made` is not one that clawctl makes");
    }

    #[test]
    fn comments_and_layout_say_nothing() {
        assert_eq!(
            plain("CREATE TABLE x (\n  -- what's that\n  a TEXT -- b\n)"),
            "CREATE TABLE x ( a TEXT )"
        );
    }
}
