//! Where keys are looked for: standard input, files, folders, what is staged, a range of commits.

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Args;

use super::diff::{self, Added};
use super::window::{self, Position};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::view::leak::Place;
use clawctl_secret::Secret;
use clawctl_wire::sighting::Sighting;

/// A folder that git keeps for itself. What was committed is found with `--git`.
const GIT_FOLDER: &str = ".git";

#[derive(Debug, Args)]
#[command(next_help_heading = "Where to look")]
#[group(id = "places", multiple = false)]
pub(super) struct PlaceFlags {
    /// Files and folders; `-` or nothing is standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Look at what is staged for the next commit
    #[arg(long)]
    staged: bool,

    /// Look at what these commits added, such as `origin/main..HEAD`; `HEAD` is everything
    #[arg(long, value_name = "RANGE")]
    git: Option<String>,
}

/// A key that was found, and its text.
pub(super) struct Found {
    pub(super) key_id: String,
    pub(super) mode: &'static str,
    /// What the router stores of it.
    pub(super) secret_sha256: String,
    pub(super) text: Secret,
    pub(super) place: Place,
}

impl Found {
    fn new(sighting: &Sighting<'_>, place: Place) -> Self {
        Self {
            key_id: sighting.key.id.to_owned(),
            mode: sighting.key.mode.as_str(),
            secret_sha256: sighting.key.secret_sha256(),
            text: Secret::new(sighting.expose().to_owned()),
            place,
        }
    }
}

/// What was looked at.
pub(super) struct Looked {
    pub(super) found: Vec<Found>,
    /// Files that could not be read to their end. Nobody knows what is in them.
    pub(super) unread: u64,
}

impl PlaceFlags {
    /// Every key in all of these places.
    pub(super) fn look(&self, ctx: &Ctx) -> Result<Looked> {
        let mut looked = Looked { found: Vec::new(), unread: 0 };
        if let Some(range) = &self.git {
            in_git(diff::LOG, Some(range), &mut looked.found)?;
        } else if self.staged {
            in_git(diff::STAGED, None, &mut looked.found)?;
        } else if self.paths.is_empty() || self.paths == [PathBuf::from("-")] {
            if ctx.ui.can_prompt() {
                return Err(Error::usage("there is nothing to look at")
                    .hint("name files or folders, or use `--staged` or `--git RANGE`")
                    .hint("or send it on standard input: `cat build.log | clawctl leak scan`"));
            }
            of_input(io::stdin().lock(), "standard input", &mut looked.found)
                .map_err(|e| Error::failed("cannot read standard input").cause(e))?;
        } else {
            let mut missing = Vec::new();
            for path in &self.paths {
                if let Err(e) = fs::metadata(path) {
                    missing.push(unreadable(path, e));
                } else {
                    walk(ctx, path, true, &mut looked);
                }
            }
            looked.unread += missing.len() as u64;
            // Where nothing was looked at, there is nothing to be said but that.
            let nothing = if missing.len() == self.paths.len() { missing.pop() } else { None };
            missing.iter().for_each(|error| ctx.ui.failure(error));
            if let Some(error) = nothing {
                return Err(error);
            }
        }
        Ok(looked)
    }
}

fn of_input(input: impl io::Read, name: &str, found: &mut Vec<Found>) -> io::Result<()> {
    window::keys_of(input, &mut |Position { line, column }, sighting| {
        let place = Place { path: Some(name.to_owned()), line, column, commit: None };
        found.push(Found::new(sighting, place));
    })
}

/// Looks into a file, or into everything in a folder. What a link points to is only looked at
/// where the link itself was named.
fn walk(ctx: &Ctx, path: &Path, named: bool, looked: &mut Looked) {
    let name = path.display().to_string();
    let kind = if named { fs::metadata(path) } else { fs::symlink_metadata(path) };
    let done = kind.and_then(|kind| match kind {
        kind if kind.is_dir() => {
            let mut inside: Vec<_> = fs::read_dir(path)?
                .collect::<io::Result<Vec<_>>>()?
                .iter()
                .map(fs::DirEntry::path)
                .collect();
            inside.retain(|path| path.file_name().is_none_or(|name| name != GIT_FOLDER));
            inside.sort();
            inside.iter().for_each(|path| walk(ctx, path, false, looked));
            Ok(())
        }
        kind if kind.is_file() => of_input(File::open(path)?, &name, &mut looked.found),
        _ => Ok(()),
    });
    if let Err(e) = done {
        looked.unread += 1;
        ctx.ui.failure(&unreadable(path, e));
    }
}

fn unreadable(path: &Path, e: io::Error) -> Error {
    Error::usage(format!("cannot read `{}`", path.display())).cause(e)
}

fn in_git(words: &[&str], range: Option<&String>, found: &mut Vec<Found>) -> Result<()> {
    let failed = |e: io::Error| Error::failed("cannot run git").cause(e);
    let mut git = Command::new("git")
        .args(words)
        .args(range)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let mut said = git.stderr.take();
    // Whatever git complains about is short, and is read at the same time, so that neither waits.
    let complaint = std::thread::spawn(move || {
        said.take().map(io::read_to_string).and_then(io::Result::ok).unwrap_or_default()
    });
    if let Some(stdout) = git.stdout.take() {
        diff::keys_of(BufReader::new(stdout), &mut |added, sighting| {
            let Added { commit, path, line, column } = added;
            let (path, commit) = (path.map(str::to_owned), commit.map(str::to_owned));
            found.push(Found::new(sighting, Place { path, line, column, commit }));
        })
        .map_err(failed)?;
    }
    let status = git.wait().map_err(failed)?;
    if status.success() {
        return Ok(());
    }
    let complaint = complaint.join().unwrap_or_default();
    Err(Error::usage("git cannot tell what was added").cause(complaint.trim().to_owned()))
}
