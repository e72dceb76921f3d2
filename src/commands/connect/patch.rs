//! The patch of OpenClaw's configuration, and what OpenClaw itself says of it.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde::Deserialize;

use super::client::Gathered;
use crate::commands::key_source::HeldKey;
use crate::commands::programs::find;
use crate::ctx::Ctx;
use crate::env;
use crate::error::{Error, Exit, Result};
use crate::foreign::file::look;
use crate::foreign::json::Document;
use crate::recipe::{Needs, openclaw};

const PROGRAM: &str = "openclaw";

/// How long OpenClaw may take. It asks the router for its models.
const PATIENCE: Duration = Duration::from_secs(60);

/// What OpenClaw says of a patch that it does not apply.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Report {
    ok: bool,
    errors: Vec<Fault>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Fault {
    kind: String,
    message: String,
}

/// The patch for the configuration that is there, or for an empty one.
pub(super) fn of(file: &Path, needs: &Needs<'_>) -> Result<String> {
    let there = look(file).ok();
    let text = there.as_ref().and_then(|found| std::str::from_utf8(found.bytes()).ok());
    let empty = || Document::parse("");
    // One that cannot be read is refused where it is to be written.
    let there = text.map_or_else(empty, |text| Document::parse(text).or_else(|_| empty()));
    there.and_then(|there| openclaw::patch(&there, needs)).map_err(|e| Error::of(Exit::FAILED, e))
}

/// Has OpenClaw check the patch, if it is installed. A patch against its schema is an error; that
/// it cannot see the key or the router from here is only worth a warning.
pub(super) fn check(
    ctx: &Ctx,
    file: &Path,
    patch: &str,
    gathered: &Gathered,
) -> Result<Option<String>> {
    let Some(program) = find(ctx, PROGRAM) else { return Ok(None) };
    ctx.ui.status("OpenClaw checks the patch: openclaw config patch --stdin --dry-run --json");
    let mut command = Command::new(program);
    command.args(["config", "patch", "--stdin", "--dry-run", "--json"]);
    command.env(env::OPENCLAW_CONFIG_PATH.name, file);
    for variable in [env::ADMIN_TOKEN, env::ACCESS_CLIENT_ID, env::ACCESS_CLIENT_SECRET] {
        command.env_remove(variable.name);
    }
    if let Some(held) = gathered.reach.held.as_ref().map(HeldKey::secret) {
        command.env(&gathered.variable, held.expose());
    }
    let Some(report) = answer(command, patch) else {
        ctx.ui.warning("OpenClaw did not check the patch: it gave no answer that can be read");
        return Ok(None);
    };
    if report.ok {
        return Ok(Some("OpenClaw accepts the patch.".to_owned()));
    }
    let (refused, unseen): (Vec<_>, Vec<_>) =
        report.errors.into_iter().partition(|fault| fault.kind == "schema");
    for fault in &unseen {
        ctx.ui.warning(format!("OpenClaw cannot check the {}: {}", fault.kind, fault.message));
    }
    if refused.is_empty() {
        return Ok(None);
    }
    let error = Error::failed("cannot connect OpenClaw: it refuses the patch");
    let error = refused.into_iter().fold(error, |error, fault| error.cause(fault.message));
    Err(error.hint("compare the version of OpenClaw with `openclaw --version`"))
}

fn answer(mut command: Command, patch: &str) -> Option<Report> {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let mut stdout = child.stdout.take()?;
    let reading = std::thread::spawn(move || {
        let mut text = Vec::new();
        stdout.read_to_end(&mut text).map(|_| text)
    });
    // A program that reads nothing says so in its answer.
    let _ = child.stdin.take()?.write_all(patch.as_bytes());
    wait(&mut child);
    let text = reading.join().ok()?.ok()?;
    serde_json::from_slice(&text).ok()
}

fn wait(child: &mut Child) {
    let deadline = Instant::now() + PATIENCE;
    while let Ok(None) = child.try_wait() {
        if Instant::now() > deadline {
            let _ = child.kill();
            let _ = child.wait();
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
