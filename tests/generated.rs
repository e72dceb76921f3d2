//! The checked-in completions, manual pages and tables of the README are those that this source
//! makes.
//!
//! To make them anew: `CLAWCTL_REGENERATE=1 cargo test --test generated`.

#![expect(clippy::unwrap_used, reason = "a failing test may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory as _;
use clap::error::ErrorKind;
use clawctl::cli::Cli;
use clawctl::commands::completions::{Shell, script};
use clawctl::commands::{man, topics};

const REMEDY: &str = "run `CLAWCTL_REGENERATE=1 cargo test --test generated`";

#[test]
fn completions_are_current() {
    let made = |shell: Shell| script(shell, &mut Cli::command());
    let scripts = Shell::ALL.map(|shell| (shell.file_name().to_owned(), made(shell)));
    check("completions", &scripts);
}

#[test]
fn manual_pages_are_current() {
    check("man", &man::pages(Cli::command()).unwrap());
}

#[test]
fn every_command_has_a_page_with_both_tables() {
    let pages = man::pages(Cli::command()).unwrap();
    let names: Vec<_> = pages.iter().map(|(name, _)| name.as_str()).collect();
    for name in ["clawctl.1", "clawctl-key-issue.1", "clawctl-router-token-rotate.1"] {
        assert!(names.contains(&name), "{name} is missing");
    }
    for (name, page) in &pages {
        let text = std::str::from_utf8(page).unwrap();
        assert!(text.contains("EXIT STATUS") && text.contains("CLAWCTL_HOME"), "{name}");
    }
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

/// Whatever a hint, a page of help or the documentation says to type is a command that there is,
/// with flags that it has.
#[test]
fn what_is_said_to_type_can_be_typed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in written(root) {
        let text = unwrapped(&fs::read_to_string(&file).unwrap());
        for said in commands_in(&text) {
            count += 1;
            if let Err(e) = Cli::command().try_get_matches_from(words(&said))
                && matches!(e.kind(), ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand)
            {
                let reason = e.to_string();
                let reason = reason.lines().next().unwrap_or_default();
                // Words that are filled in later may be anything but flags.
                if said.contains('{') && !reason.contains("'-") {
                    continue;
                }
                wrong.push(format!("{}: `{said}`: {reason}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(count > 400, "only {count} commands were found");
}

/// The sources and the documentation, without the tests.
fn written(root: &Path) -> Vec<PathBuf> {
    let mut files = vec![root.join("README.md")];
    let mut folders = vec![root.join("src"), root.join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_stem().is_some_and(|stem| stem != "tests") {
                files.push(path);
            }
        }
    }
    files
}

/// The same with sentences on one line that the source breaks.
fn unwrapped(text: &str) -> String {
    let mut whole = String::new();
    let mut joins = false;
    for line in text.lines() {
        let bare = line.trim_start();
        let said = bare.strip_prefix("/// ").unwrap_or(bare);
        let continues = joins || (said.len() < bare.len() && !whole.ends_with("\n///\n"));
        if !continues {
            whole.push('\n');
        } else if !whole.ends_with(' ') {
            whole.push(' ');
        }
        joins = line.ends_with('\\');
        whole.push_str(said.trim_end_matches('\\'));
    }
    whole
}

/// What stands in backticks, behind a prompt or alone in a text of the source.
fn commands_in(text: &str) -> impl Iterator<Item = String> {
    const BEFORE: [&str; 8] = ["`", "\"", "$ ", "\n", "\n  ", "then ", "| ", "&& "];
    /// What speaks of the program and is not to be typed.
    const PROSE: [&str; 4] = ["drives three", "manual", "manifest", "sealing key"];
    text.match_indices("clawctl ").filter_map(|(at, _)| {
        let before = &text[..at];
        let rest = text[at..].lines().next().unwrap_or_default();
        let is_command = BEFORE.iter().any(|mark| before.ends_with(mark))
            && !PROSE.iter().any(|words| rest.contains(&format!("clawctl {words}")))
            && !rest.contains("-- clawctl");
        // What is quoted is one word, whatever it holds.
        let mut parts = rest.split('\'');
        let mut said = parts.next().unwrap_or_default().to_owned();
        while let Some(_quoted) = parts.next().filter(|_| !said.contains(['`', '"'])) {
            said = said + "quoted" + parts.next().unwrap_or("`");
        }
        let end = said.find(['`', '"', '|', ';', '&', '>', '#', '(', ')']).unwrap_or(said.len());
        said.truncate(end);
        for more in [", ", " or ", " says ", " ends "] {
            said.truncate(said.find(more).unwrap_or(said.len()));
        }
        is_command.then_some(said)
    })
}

/// The words of a command, up to where they are left open.
fn words(said: &str) -> Vec<&str> {
    let open = |word: &&str| !word.contains('…') && !word.starts_with('[');
    let filled = |word| if str::contains(word, '{') { "filled_in" } else { word };
    said.split_whitespace().take_while(open).map(filled).collect()
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
