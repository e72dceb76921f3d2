//! The checked-in completions, manual pages and tables of the README are those that this source
//! makes.
//!
//! To make them anew: `CLAWCTL_REGENERATE=1 cargo test --test generated`.

#![expect(clippy::unwrap_used, reason = "a failing test may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clawctl::commands::completions::{Shell, script};
use clawctl::commands::{man, topics};

const REMEDY: &str = "run `CLAWCTL_REGENERATE=1 cargo test --test generated`";

#[test]
fn completions_are_current() {
    let scripts = Shell::ALL.map(|shell| (shell.file_name().to_owned(), script(shell)));
    check("completions", &scripts);
}

#[test]
fn manual_pages_are_current() {
    check("man", &man::pages().unwrap());
}

/// The tables of the README that say what the code says.
#[test]
fn the_tables_of_the_readme_are_current() {
    let row = |(name, text): (String, String)| format!("| `{name}` | {text} |\n");
    let codes: String = topics::exit_codes("clawctl").map(row).collect();
    let variables: String = topics::environment().map(row).collect();
    let tables = [
        ("exit codes", format!("| code | meaning |\n|---|---|\n{codes}")),
        ("environment", format!("| variable | what it is for |\n|---|---|\n{variables}")),
    ];
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let found = fs::read_to_string(&path).unwrap();
    let mut expected = found.clone();
    for (name, table) in tables {
        let opening = format!("<!-- {name}: checked by tests/generated.rs -->\n");
        let (before, rest) = expected.split_once(&opening).unwrap();
        let (_, after) = rest.split_once("<!-- end -->").unwrap();
        expected = format!("{before}{opening}{table}<!-- end -->{after}");
    }
    if regenerate() {
        fs::write(&path, expected).unwrap();
    } else {
        assert!(found == expected, "a table of the README is out of date; {REMEDY}");
    }
}

/// A folder holds exactly these files; or does so after this, where it is to be made anew.
#[track_caller]
fn check(folder: &str, expected: &[(String, Vec<u8>)]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    if regenerate() {
        make_anew(&folder, expected);
        return;
    }
    let names: BTreeSet<PathBuf> = expected.iter().map(|(name, _)| name.into()).collect();
    assert_eq!(files(&folder), names, "{} has other files; {REMEDY}", folder.display());
    for (name, text) in expected {
        let found = fs::read(folder.join(name)).unwrap();
        // The texts themselves are too long to be shown.
        assert!(found == *text, "{name} is out of date; {REMEDY}");
    }
}

fn make_anew(folder: &Path, expected: &[(String, Vec<u8>)]) {
    for stale in files(folder) {
        fs::remove_file(folder.join(stale)).unwrap();
    }
    fs::create_dir_all(folder).unwrap();
    for (name, text) in expected {
        fs::write(folder.join(name), text).unwrap();
    }
}

fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeSet::new() };
    entries.map(|entry| PathBuf::from(entry.unwrap().file_name())).collect()
}

#[expect(clippy::disallowed_methods, reason = "this variable is the test's, not the program's")]
fn regenerate() -> bool {
    std::env::var_os("CLAWCTL_REGENERATE").is_some()
}
