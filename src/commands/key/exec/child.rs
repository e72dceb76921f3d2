//! The command: started with the key in its environment, told of signals, watched until it ends.

use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

use rustix::process::{Pid, Signal, kill_process};
use tokio::process::Command;
use tokio::signal::unix::{self, SignalKind, signal};
use zeroize::Zeroizing;

use super::Variable;
use super::lease::Lease;
use crate::ctx::Ctx;
use crate::env;
use crate::error::{Error, Exit, Result};

/// What a shell exits with for a command that there is not.
const NOT_FOUND: u8 = 127;

/// How the command ended.
pub(super) enum Ended {
    Code(u8),
    Signal(u8),
}

/// The program, as a shell would find it.
pub(super) fn find(ctx: &Ctx, program: &OsStr) -> Result<PathBuf> {
    let runs = |path: &Path| {
        path.metadata().is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o111 != 0)
    };
    let path = Path::new(program);
    let found = if path.components().count() > 1 {
        Some(path.to_owned()).filter(|path| runs(path))
    } else {
        let folders = ctx.env.search_path();
        std::env::split_paths(&folders).map(|folder| folder.join(path)).find(|path| runs(path))
    };
    found.ok_or_else(|| {
        let name = program.to_string_lossy();
        Error::new(Exit(NOT_FOUND), format!("there is no program `{name}`; nothing was sent"))
    })
}

/// Signals that are passed on.
pub(super) struct Signals {
    /// Each with whether a terminal sends it to the command as well.
    streams: Vec<(Signal, bool, unix::Signal)>,
}

impl Signals {
    pub(super) fn listen() -> io::Result<Self> {
        let kinds = [
            (Signal::INT, true, SignalKind::interrupt()),
            (Signal::QUIT, true, SignalKind::quit()),
            (Signal::TERM, false, SignalKind::terminate()),
            (Signal::HUP, false, SignalKind::hangup()),
            (Signal::USR1, false, SignalKind::user_defined1()),
            (Signal::USR2, false, SignalKind::user_defined2()),
        ];
        let mut streams = Vec::new();
        for (number, by_terminal, kind) in kinds {
            streams.push((number, by_terminal, signal(kind)?));
        }
        Ok(Self { streams })
    }

    /// The next one, and whether the command has it from the terminal already.
    async fn next(&mut self) -> (Signal, bool) {
        std::future::poll_fn(|context| {
            for (number, by_terminal, stream) in &mut self.streams {
                if stream.poll_recv(context).is_ready() {
                    return std::task::Poll::Ready((*number, *by_terminal));
                }
            }
            std::task::Poll::Pending
        })
        .await
    }
}

pub(super) struct Child {
    running: tokio::process::Child,
}

impl Child {
    /// The key is in the environment of this process and nowhere else.
    pub(super) fn start(
        ctx: &Ctx,
        program: &Path,
        words: &[OsString],
        variables: &[Variable],
        lease: &Lease,
    ) -> Result<Self> {
        let mut command = Command::new(program);
        command.args(words);
        // What administers the router is none of the command's business.
        for variable in [env::ADMIN_TOKEN, env::ACCESS_CLIENT_ID, env::ACCESS_CLIENT_SECRET] {
            command.env_remove(variable.name);
        }
        for Variable { name, template } in variables {
            let filled = template.replace("{url}", &lease.url);
            let filled = Zeroizing::new(filled.replace("{key}", lease.key().expose()));
            command.env(name, filled.as_str());
        }
        let running = command.spawn().map_err(|e| {
            Error::new(Exit(126), format!("cannot start `{}`", program.display())).cause(e)
        })?;
        ctx.ui.detail(format!("Started `{}`", program.display()));
        Ok(Self { running })
    }

    /// Passes signals on until the command ends. When the lease is over, so is the key.
    pub(super) async fn watch(
        &mut self,
        ctx: &Ctx,
        mut signals: Signals,
        lease: &Lease,
    ) -> Result<Ended> {
        let left = lease.until.duration_since(ctx.now()).unsigned_abs();
        let mut over = std::pin::pin!(tokio::time::sleep(left));
        let mut is_over = false;
        let on_terminal = io::stdin().is_terminal();
        loop {
            tokio::select! {
                ended = self.running.wait() => {
                    let ended = ended.map_err(|e| Error::failed("the command got lost").cause(e))?;
                    return Ok(how(ended));
                }
                (number, by_terminal) = signals.next() => {
                    // A terminal sends Ctrl-C to the whole group, and twice is something else.
                    if !(by_terminal && on_terminal) {
                        self.tell(number);
                    }
                }
                () = &mut over, if !is_over => {
                    is_over = true;
                    ctx.ui.warning(format!(
                        "lease {} is over; the command goes on without a key",
                        lease.id()
                    ));
                    if let Err(e) = lease.give_up(ctx.client()?).await {
                        ctx.ui.warning(format!("it could not be revoked yet: {e}"));
                    }
                }
            }
        }
    }

    fn tell(&self, number: Signal) {
        // There is no id any more once it was waited for, so no stranger gets the signal.
        let id = self.running.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        if let Some(id) = id {
            let _ = kill_process(id, number);
        }
    }
}

fn how(status: ExitStatus) -> Ended {
    match (status.code(), status.signal()) {
        (Some(code), _) => Ended::Code(u8::try_from(code).unwrap_or(1)),
        (None, signal) => Ended::Signal(signal.and_then(|n| u8::try_from(n).ok()).unwrap_or(0)),
    }
}
