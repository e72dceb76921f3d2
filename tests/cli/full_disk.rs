//! A disk that is full at any write of a command: what was there stays whole, nothing is said to be
//! done that is not, and once there is room the same command succeeds.
//!
//! A file system in memory stands for it, over the home of one command, with so many pages left. A
//! run with every number of pages until one succeeds has filled the disk at each write.

mod keys;

use std::fs;
use std::path::Path;

use crate::harness::{Run, Sandbox, Served};

/// Runs the command in a copy of its home, and takes back what it left there.
const SMALL_DISK: &str = r#"
[ -n "$PAGES_LEFT" ] || exec "$@"
mount -t tmpfs -o size=64m,mode=700 none "$HOME" && cp -a . "$HOME/" || exit 99
head -c 4096 /dev/zero > "$HOME/.ballast" # A file system of no size would have no limit.
used=$(df -k --output=used "$HOME" | tail -n 1)
mount -o "remount,size=$((used + PAGES_LEFT * 4))k" "$HOME" || exit 99
code=0
(cd "$HOME" && "$@") || code=$?
rm "$HOME/.ballast"
find . -mindepth 1 -delete && cp -a "$HOME/." . || exit 99
exit $code"#;

/// More than the longest of these commands writes.
const PAGES_MAX: usize = 400;

fn on_a_small_disk() -> Sandbox {
    Sandbox::new().after_unsharing(SMALL_DISK)
}

/// Runs a command with so much room. Nothing where this user may not mount anything.
fn with_pages(sandbox: &mut Sandbox, pages: usize, words: &[&str]) -> Option<Run> {
    with_pages_and_input(sandbox, pages, words, "")
}

fn with_pages_and_input(
    sandbox: &mut Sandbox,
    pages: usize,
    words: &[&str],
    input: &str,
) -> Option<Run> {
    sandbox.set("PAGES_LEFT", &pages.to_string());
    let run = sandbox.run_with_input(words, input);
    sandbox.set("PAGES_LEFT", "");
    let may_not = run.code == Some(99) || run.stderr.starts_with("unshare:");
    (!may_not).then_some(run)
}

/// One file, and a command that writes it.
struct Row {
    words: &'static [&'static str],
    file: &'static str,
    /// What stands in the file once it is written.
    holds: &'static str,
}

/// In the home of somebody who administers a router elsewhere, or the embedded one.
fn check(mut home: Sandbox, rows: &[Row]) {
    for row in rows {
        let path = home.path(row.file);
        let before = fs::read(&path).ok();
        let mut failures = 0;
        for pages in 0.. {
            let Some(run) = with_pages(&mut home, pages, row.words) else { return };
            let when = format!("{:?} with {pages} pages left\n{run}", row.words);
            assert_eq!(drafts(home.root()), [""; 0], "{when}");
            if run.code == Some(0) {
                break;
            }
            assert!(
                is_whole(row.file, before.as_deref(), fs::read(&path).ok().as_deref()),
                "{when}"
            );
            check_words(&run, &when);
            assert_eq!(run.stdout, "", "{when}");
            failures += 1;
            assert!(pages < PAGES_MAX, "{when}");
        }
        assert!(failures > 0, "{:?} was never without room", row.words);
        let after = fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&after);
        assert!(text.contains(row.holds), "{:?}\n{text}", row.words);
    }
}

/// What was there is there. Lines are added at the end of a lock file, so it may have got longer.
fn is_whole(file: &str, before: Option<&[u8]>, now: Option<&[u8]>) -> bool {
    let grows = file.ends_with(".lock");
    now == before || (grows && now.is_some_and(|now| now.starts_with(before.unwrap_or_default())))
}

#[track_caller]
fn check_words(run: &Run, when: &str) {
    assert_eq!(run.code, Some(1), "{when}");
    let why = ["No space left on device", "disk is full"];
    assert!(why.iter().any(|why| run.stderr.contains(why)), "{when}");
}

/// Temporary files that stayed.
fn drafts(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(drafts(&path));
        } else if path.to_string_lossy().contains(".clawctl-tmp-") {
            found.push(path.display().to_string());
        }
    }
    found
}

/// Somebody at another machine than the router.
fn elsewhere() -> (Sandbox, Served, Sandbox) {
    let router = Sandbox::new().with("OPENAI_API_KEY", "not-a-key");
    let token = router.ok(&["router", "token", "rotate", "--yes"]);
    let _ = router.ok(&["policy", "create", "team", "--provider", "openai", "--budget", "$50"]);
    let served = router.serve();
    let home = on_a_small_disk()
        .with("ROUTER", &served.url)
        .with("CLAWROUTER_BASE_URL", &served.url)
        .with("CLAWROUTER_ADMIN_TOKEN", token.trim());
    write(&home, "token", token.trim());
    (router, served, home)
}

fn write(home: &Sandbox, name: &str, text: &str) {
    let path = home.path(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn row(words: &[&'static str], file: &'static str, holds: &'static str) -> Row {
    Row { words: words.to_vec().leak(), file, holds }
}

const MANIFEST: &str = "version: 1
policies:
  crew: { providers: [openai], budget: $5 }
";

#[test]
fn contexts_and_credentials_stay_whole() {
    let (_router, served, home) = elsewhere();
    let url: &'static str = served.url.clone().leak();
    home.ok(&["context", "add", "first", url, "--token-file", "token"]);
    let add = ["context", "add", "second", url, "--token-file", "token", "--use"];
    check(
        home,
        &[
            row(&add, "clawctl/config.toml", "second"),
            row(&["context", "use", "first"], "clawctl/config.toml", "first"),
        ],
    );
}

#[test]
fn files_of_clients_and_their_backups_stay_whole() {
    let (_router, _served, home) = elsewhere();
    home.ok(&["key", "issue", "alice", "--policy", "team", "--to", "file:alice.key"]);
    write(&home, ".codex/config.toml", "model = \"o3\"\n");
    write(&home, ".claude/settings.json", "{ \"theme\": \"dark\" }\n");
    let codex = ["connect", "codex", "--key-id", "alice", "--write", "--yes"];
    check(
        home,
        &[
            row(&codex, ".codex/config.toml", "clawrouter"),
            row(&["connect", "codex", "--undo", "--yes"], ".codex/config.toml", "o3"),
        ],
    );
}

#[test]
fn manifests_locks_plans_reports_and_backups_stay_whole() {
    let home = on_a_small_disk();
    write(&home, "clawrouter.yaml", MANIFEST);
    home.ok(&["policy", "create", "team", "--provider", "openai", "--budget", "$50"]);
    let plan = ["apply", "--plan-out", "plan.json"];
    let apply = ["apply", "--yes"];
    check(
        home,
        &[
            row(&plan, "plan.json", "crew"),
            row(&apply, "clawrouter.lock", "crew"),
            row(&["router", "backup", "copy.db"], "copy.db", "crew"),
        ],
    );
}
