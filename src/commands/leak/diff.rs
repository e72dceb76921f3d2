//! What a range of commits added, line by line, as `git` tells it.

use std::io::{self, BufRead};

use clawctl_wire::sighting::keys_in;

/// The words with which git is asked for a range; the range itself comes last.
pub(super) const LOG: &[&str] = &[
    "-c",
    "core.quotePath=false",
    "log",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--text",
    "--diff-merges=separate",
    "--patch",
    "--unified=0",
    "--src-prefix=a/",
    "--dst-prefix=b/",
    // The message stands indented, so that nothing in it is taken for the word of git.
    "--format=commit %H%n%w(0,4,4)%B",
    "--end-of-options",
];

/// The same for what is staged.
pub(super) const STAGED: &[&str] = &[
    "-c",
    "core.quotePath=false",
    "diff",
    "--cached",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--text",
    "--unified=0",
    "--src-prefix=a/",
    "--dst-prefix=b/",
];

/// Where a line was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Added<'a> {
    pub(super) commit: Option<&'a str>,
    /// Nothing for the message of a commit.
    pub(super) path: Option<&'a str>,
    pub(super) line: u64,
    pub(super) column: u64,
}

/// Tells of every key in what was added, and in the messages.
pub(super) fn keys_of(
    mut input: impl BufRead,
    found: &mut dyn FnMut(Added<'_>, &clawctl_wire::sighting::Sighting<'_>),
) -> io::Result<()> {
    let (mut commit, mut path) = (None::<String>, None::<String>);
    let mut next_line = 0_u64;
    // How many lines of the hunk under way are still to come.
    let (mut removed, mut added) = (0_u64, 0_u64);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(());
        }
        let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        let mut report = |path: Option<&str>, line: u64, text: &[u8]| {
            for sighting in keys_in(text) {
                let column = sighting.at as u64 + 1;
                let place = Added { commit: commit.as_deref(), path, line, column };
                found(place, &sighting);
            }
        };
        match line {
            [b'+', text @ ..] if added > 0 => {
                report(path.as_deref(), next_line, text);
                (added, next_line) = (added - 1, next_line + 1);
            }
            [b'-', ..] if removed > 0 => removed -= 1,
            [b' ', b' ', b' ', b' ', text @ ..] => report(None, 0, text),
            _ => {
                let text = String::from_utf8_lossy(line);
                if let Some(id) = text.strip_prefix("commit ") {
                    (commit, path) = (Some(id.to_owned()), None);
                } else if let Some(name) = text.strip_prefix("+++ ") {
                    path =
                        name.strip_prefix("b/").map(|name| name.trim_end_matches('\t').to_owned());
                } else if let Some(hunk) = Hunk::read(&text) {
                    (removed, added, next_line) = (hunk.removed, hunk.added, hunk.first);
                }
            }
        }
    }
}

/// The head of a hunk, `@@ -12,3 +14,2 @@`.
struct Hunk {
    removed: u64,
    added: u64,
    first: u64,
}

impl Hunk {
    fn read(line: &str) -> Option<Self> {
        let (ranges, _) = line.strip_prefix("@@ -")?.split_once(" @@")?;
        let (old, new) = ranges.split_once(" +")?;
        let (_, removed) = range(old)?;
        let (first, added) = range(new)?;
        Some(Self { removed, added, first })
    }
}

/// First line and number of lines; the number is left out where it is one.
fn range(text: &str) -> Option<(u64, u64)> {
    let (first, count) = text.split_once(',').unwrap_or((text, "1"));
    Some((first.parse().ok()?, count.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_added_counts_and_its_place_is_right() {
        let log = "commit 1234abcd\n    Add a key\n\n    clawrouter-live-said-12345678\n\n\
            diff --git a/x.env b/x.env\nindex 0..1 100644\n--- a/x.env\n+++ b/x.env\n\
            @@ -3 +3,2 @@ section\n-OLD=clawrouter-live-gone-12345678\n+A=1\n\
            +KEY=clawrouter-live-alice-12345678\n@@ -9,0 +11 @@\n\
            +++ b/clawrouter-live-robert-12345678\n";
        let mut seen = Vec::new();
        keys_of(log.as_bytes(), &mut |place, sighting| {
            assert_eq!(place.commit, Some("1234abcd"));
            let path = place.path.map(str::to_owned);
            seen.push((path, place.line, place.column, sighting.key.id.to_owned()));
        })
        .unwrap();
        let env = || Some("x.env".to_owned());
        let want = [
            (None, 0, 1, "said".to_owned()),
            (env(), 4, 5, "alice".to_owned()),
            // A line that was added and begins with two more plus signs is no name of a file.
            (env(), 11, 6, "robert".to_owned()),
        ];
        assert_eq!(seen, want);
    }
}
