//! The house as it is drawn in ARCHITECTURE.md: who may know whom, and a few habits.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "tidy/circles.rs"]
mod circles;
#[path = "tidy/source.rs"]
mod source;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use self::circles::{Graph, circles};

/// Which rooms a room may use; it may always use itself. No way leads back to where it began.
const MAY_USE: &[(&str, &[&str])] = &[
    ("resource", &[]),
    ("client", &["resource"]),
    ("plan", &["client", "resource"]),
    ("recipe", &["foreign", "report"]),
    ("report", &[]),
    ("changes", &["client", "plan"]),
    ("service", &["recipe"]),
    ("foreign", &[]),
    ("journal", &[]),
    // What is shown of a key, and what flags and questions there are, is for its callers.
    ("lifecycle", &["client", "ctx", "env", "error", "journal", "report", "resource"]),
    ("env", &[]),
    ("error", &["client", "foreign", "journal"]),
    ("ui", &["error", "view"]),
    // A view says how a result looks, and what exit code it stands for.
    ("view", &["changes", "report", "resource", "plan", "error"]),
    ("config", &["error"]),
    ("credential", &["config", "env", "error", "ui"]),
    ("sealing", &["credential"]),
    ("settings", &["config", "env", "error", "ui", "view"]),
    (
        "ctx",
        &[
            "changes",
            "client",
            "credential",
            "env",
            "error",
            "journal",
            "sealing",
            "settings",
            "ui",
            "view",
        ],
    ),
    (
        "commands",
        &[
            "changes",
            "client",
            "config",
            "credential",
            "ctx",
            "env",
            "error",
            "foreign",
            "journal",
            "lifecycle",
            "plan",
            "recipe",
            "report",
            "resource",
            "service",
            "settings",
            "ui",
            "view",
        ],
    ),
    ("cli", &["commands", "ctx", "env", "error", "settings", "ui"]),
    ("lib", &[]),
    ("main", &["cli"]),
];

/// The crates beside the package at the root.
const CRATES: &[&str] = &["wire", "secret", "router"];

/// Rooms of `src` that may use the router. All others meet it in what is said over HTTP.
const KNOWS_THE_ROUTER: &[&str] = &["commands", "ctx", "error"];

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        let mut entries: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    let crates = CRATES.iter().map(|krate| format!("crates/{krate}/src"));
    for folder in crates.chain(["src".to_owned()]) {
        walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    assert!(found.len() > 60, "the sources were not found");
    // Tests may reach further: they arrange what the code itself may not touch.
    let is_test = |path: &Path| {
        path.components().any(|part| part.as_os_str() == "tests")
            || path.file_stem().is_some_and(|stem| stem == "tests" || stem == "testing")
    };
    found.retain(|(path, _)| !is_test(path));
    found
}

/// The files of the package at the root.
fn own_sources() -> impl Iterator<Item = (PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    sources().into_iter().filter(move |(path, _)| path.starts_with(&root))
}

/// The room of a file: the first word of its path below `src`, or the crate that it is in.
fn room(path: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let inside = path.strip_prefix(root).unwrap();
    let inside = ["src", "crates"].iter().find_map(|top| inside.strip_prefix(top).ok()).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// Who knows whom in the files below a folder of sources.
fn graph(folder: &str) -> Graph {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files: Vec<_> = sources();
    let below = |(path, text): &'_ (PathBuf, String)| {
        let path = path.strip_prefix(&root).ok()?;
        // The program is a crate of its own, which only calls the library.
        (path != Path::new("main.rs")).then(|| (path.to_owned(), text.clone()))
    };
    let files: Vec<_> = files.iter().filter_map(below).collect();
    Graph::of(files.iter().map(|(path, text)| (path.as_path(), text.as_str())))
}

#[test]
fn a_room_knows_only_whom_it_may() {
    let mut wrong = Vec::new();
    for (room, used) in graph("src").arrows() {
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == room) else {
            panic!("{room} is no room that ARCHITECTURE.md draws");
        };
        // The root only names what the library is made of.
        for (other, files) in used.into_iter().filter(|_| room != "lib") {
            if !allowed.contains(&other.as_str()) {
                wrong.push(format!("{room} uses {other} in {files:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What cannot be understood without each other is one thing. Cut the arrow that should not be.
#[test]
fn no_rooms_know_each_other_in_a_circle() {
    for folder in ["src", "crates/router/src"] {
        let arrows = graph(folder).arrows();
        assert!(arrows.len() > 10, "the rooms of {folder} were not found");
        let circles = circles(&arrows);
        assert!(circles.is_empty(), "in {folder}:\n{circles}");
    }
}

#[test]
fn commands_do_not_speak_to_a_socket_or_a_database() {
    for (path, text) in own_sources().filter(|(path, _)| room(path) == "commands") {
        for library in ["rusqlite", "reqwest", "hyper::"] {
            assert!(!text.contains(library), "{} uses {library}", path.display());
        }
    }
}

#[test]
fn few_rooms_know_the_router() {
    for (path, text) in own_sources() {
        let room = room(&path);
        let knows = text.contains("clawctl_router");
        assert!(!knows || KNOWS_THE_ROUTER.contains(&room.as_str()), "{}", path.display());
    }
}

#[test]
fn sql_is_in_the_store_alone() {
    for (path, text) in sources() {
        if path.to_str().unwrap().contains("crates/router/src/store") {
            continue;
        }
        let names_sqlite = text
            .lines()
            .any(|line| line.split("//").next().is_some_and(|code| code.contains("rusqlite::")));
        assert!(!names_sqlite, "{} speaks SQL", path.display());
    }
}

/// Whatever the client sends passes the place where changes are written down.
#[test]
fn every_request_takes_the_one_way_out_of_the_client() {
    let ways: Vec<_> = sources()
        .into_iter()
        .filter(|(path, _)| room(path) == "client")
        .flat_map(|(path, text)| {
            let sends = text.matches("transport.send(").count();
            let opens = text.matches("transport.open(").count();
            std::iter::repeat_n(path.file_name().unwrap().to_owned(), sends + opens)
        })
        .collect();
    // With a witness, without one, and piece by piece.
    assert_eq!(ways, ["mod.rs", "mod.rs", "mod.rs"]);
}

#[test]
fn only_the_ui_takes_hold_of_stdout() {
    for (path, text) in sources() {
        if room(&path) == "ui" {
            continue;
        }
        let takes = text
            .lines()
            .any(|line| line.split("//").next().is_some_and(|code| code.contains("io::stdout(")));
        assert!(!takes, "{} writes to stdout", path.display());
    }
}

#[test]
fn names_say_what_things_are() {
    for (path, text) in sources() {
        let file = path.file_stem().unwrap().to_str().unwrap();
        for vague in ["utils", "util", "helpers", "helper", "common", "misc"] {
            assert_ne!(file, vague, "{}", path.display());
        }
        for line in text.lines().filter(|line| line.contains("struct ") || line.contains("enum ")) {
            for vague in ["Manager", "Dto"] {
                let named = line
                    .split_whitespace()
                    .any(|word| word.trim_end_matches(['{', '(', ';', '<', '>']).ends_with(vague));
                assert!(!named, "{}: {line}", path.display());
            }
        }
    }
}

/// A test file that no runner lists is never run.
#[test]
fn no_test_file_is_forgotten() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let manifest = std::fs::read_to_string(tests.join("../Cargo.toml")).unwrap();
    for entry in std::fs::read_dir(&tests).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let Ok(main) = std::fs::read_to_string(path.join("main.rs")) else { continue };
            for file in std::fs::read_dir(&path).unwrap() {
                let file = file.unwrap().path();
                let Some(stem) = file.file_stem().and_then(|stem| stem.to_str()) else { continue };
                if file.extension().is_some_and(|e| e == "rs") && stem != "main" {
                    assert!(main.contains(&format!("mod {stem};")), "{}", file.display());
                }
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let listed = format!("tests/{}", path.file_name().unwrap().to_str().unwrap());
            assert!(manifest.contains(&listed), "{listed} is not in Cargo.toml");
        }
    }
}

/// SQLite, the allocator and the ciphers are C: they are compiled with guards.
#[test]
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn the_c_parts_notice_a_smashed_stack_and_a_buffer_that_overflows() {
    let binary = std::fs::read(env!("CARGO_BIN_EXE_clawctl")).unwrap();
    let calls = |name: &str| memchr::memmem::find(&binary, name.as_bytes()).is_some();
    assert!(calls("__stack_chk_fail"), "no stack protector");
    assert!(calls("__memcpy_chk") || calls("__memset_chk"), "no checked copies");
}

/// docs/promises.md and SECURITY.md say which test shows what; each of them is there.
/// What a release is checked with at its end finds the paths that every other build keeps.
#[test]
fn a_path_of_the_machine_in_a_binary_is_found() {
    let checked = |file: &Path| {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/check-paths");
        let output = std::process::Command::new(script).arg(file).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = checked(Path::new(env!("CARGO_BIN_EXE_clawctl")));
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("contains paths of the machine that built it"), "{said}");
    let clean = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&clean, "/cargo/registry/src/index.crates.io-1949cf8c6b5b557f/a/src/lib.rs")
        .unwrap();
    assert_eq!(checked(clean.path()), (Some(0), String::new()));
}

#[test]
fn every_promise_is_shown_by_tests_that_there_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |page| std::fs::read_to_string(root.join(page)).unwrap();
    let pages = [read("docs/promises.md"), read("SECURITY.md")].concat();
    let rows = pages.lines().filter(|line| line.starts_with("| ") && !line.contains("shown by"));
    let mut count = 0;
    for row in rows {
        let proof = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let tests: Vec<_> = proof.split('`').filter(|name| name.contains("::")).collect();
        assert!(!tests.is_empty(), "nothing shows that: {row}");
        for test in tests {
            assert!(is_a_test(root, test), "`{test}` is no test, and is to show that: {row}");
            count += 1;
        }
    }
    assert!(count > 80, "only {count} tests were looked for");
}

/// docs/money.md says what is booked when; each row names cases of the test that proves it.
#[test]
fn every_row_of_what_is_booked_names_its_cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/money.md")).unwrap();
    let cases = std::fs::read_to_string(root.join("tests/forward/booked/case.rs")).unwrap();
    let mut named = BTreeSet::new();
    for row in page.lines().filter(|line| line.starts_with("| ") && !line.contains("`cost_basis`"))
    {
        let proof = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let names: Vec<_> = proof.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "no case proves: {row}");
        for name in names {
            assert!(cases.contains(&format!("\"{name}\"")), "`{name}` is no case, in: {row}");
            named.insert(name);
        }
    }
    let moments = cases.split("MOMENTS: [Moment; ").nth(1).unwrap();
    let count: usize = moments.split(']').next().unwrap().parse().unwrap();
    assert_eq!(named.len(), count, "every case stands in a row");
}

/// `suite::module::name`, or `lib::module::name` for one beside the code.
fn is_a_test(root: &Path, test: &str) -> bool {
    let mut words: Vec<_> = test.split("::").collect();
    let name = words.pop().unwrap();
    // `lib` is what is tested beside the code: of the package at the root, or of a crate.
    let suite = Some(words.remove(0)).filter(|suite| *suite != "lib");
    let krate = words.first().filter(|first| suite.is_none() && CRATES.contains(first)).copied();
    let folder = match (suite, krate) {
        (Some(suite), _) => format!("tests/{suite}"),
        (None, None) => "src".to_owned(),
        (None, Some(krate)) => {
            words.remove(0);
            format!("crates/{krate}/src")
        }
    };
    // Tests may stand at the end of the file that they are about.
    let beside = words.strip_suffix(&["tests"]).filter(|_| suite.is_none());
    let places = [Some(words.as_slice()), beside];
    places.into_iter().flatten().any(|modules| {
        let path = root.join(&folder).join(modules.iter().copied().collect::<PathBuf>());
        let files = ["mod.rs", "main.rs", "lib.rs"].map(|name| path.join(name));
        files.iter().chain([&path.with_extension("rs")]).any(|file| {
            let text = std::fs::read_to_string(file).unwrap_or_default();
            ["#[test]\n", "#[tokio::test"].into_iter().any(|mark| {
                text.split(mark).skip(1).any(|after| {
                    let head = after.lines().find(|line| line.contains("fn ")).unwrap_or_default();
                    head.contains(&format!("fn {name}("))
                })
            })
        })
    })
}
