//! What is kept of an incident: everything but the secret.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use jiff::Timestamp;

use crate::error::{Error, Result};
use crate::view::leak::{Case, Responded};
use crate::view::router::counted;

/// The report as Markdown.
pub(super) fn text(responded: &Responded, router: &str, now: Timestamp) -> String {
    let mut text = format!("# Leaked keys\n\nRouter: {router}\nTime: {now:.0}\n");
    if responded.unread > 0 {
        let files = counted(responded.unread, "file", "files");
        let _ = writeln!(text, "\n{files} could not be read to the end.");
    }
    for case in &responded.cases {
        of_case(&mut text, case);
    }
    text
}

fn of_case(text: &mut String, case: &Case) {
    let _ = writeln!(text, "\n## Key {}\n", case.key_id);
    let _ = writeln!(text, "- secret, SHA-256: {}…", case.fingerprint);
    let _ = writeln!(text, "- when it was found: {}", case.finding);
    let _ = writeln!(text, "- what was done: {}", case.action.words());
    let state = if case.works { "still works" } else { "does not work" };
    let _ = writeln!(text, "- the leaked key now: {state}");
    for place in &case.places {
        let _ = writeln!(text, "- found at: `{}`", place.text());
    }
    match &case.coverage {
        Some(coverage) => {
            let _ = writeln!(text, "- who used it ({}):", coverage.words());
        }
        None => {
            let _ = writeln!(text, "- who used it: this could not be seen");
        }
    }
    for user in &case.use_of_it {
        let _ = writeln!(text, "  - {}", user.words());
    }
}

/// Into a new file that nobody else can read.
pub(super) fn write(path: &Path, text: &str) -> Result<()> {
    let failed = |e: std::io::Error| {
        Error::failed(format!("cannot write the report to `{}`", path.display())).cause(e)
    };
    let mut file =
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)
}
