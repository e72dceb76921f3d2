//! A program that is given a key on its standard input, and is watched until it ends.

use std::io::{self, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::error::SinkError;
use super::surroundings::Surroundings;
use crate::Secret;

/// What the pipe of every system takes at once, so that writing never waits for the reader.
const PIPE_BYTES_MAX: usize = 512;

/// Which processes are stopped when the time is up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    /// The program and all that it started.
    Own(u32),
    /// The program alone. On a terminal it stays in our group, because a background group may not
    /// read there: `ssh` could not ask for a passphrase, and Ctrl-C would not reach it.
    Ours,
}

/// What ends the key for the program.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Newline,
    Nothing,
}

/// Runs the program, and says whether it took the whole key and was content.
///
/// The key is in the pipe alone, never in the arguments or the environment. We keep a reading end
/// of the pipe: what is still in it when the program has ended is what the program did not read,
/// however fast it was. SIGPIPE has its default action in the program, as `Command` sees to.
pub(super) fn feed(
    mut command: Command,
    key: &Secret,
    ending: Ending,
    surroundings: &Surroundings,
) -> Result<(), SinkError> {
    let piped = |cause| SinkError::Pipe { cause };
    let line = line(key, ending)?;
    let (reader, mut writer) = io::pipe().map_err(piped)?;
    command.stdin(Stdio::from(reader.try_clone().map_err(piped)?));
    command.env("PATH", &surroundings.path);
    for name in &surroundings.withheld {
        command.env_remove(name);
    }
    let on_terminal = std::fs::File::open(&surroundings.terminal).is_ok();
    if !on_terminal {
        command.process_group(0);
    }
    let program = Path::new(command.get_program()).display().to_string();
    let mut child = command.spawn().map_err(|cause| SinkError::Start { program, cause })?;
    // It holds the program's copy of the reading end.
    drop(command);
    let group = if on_terminal { Group::Ours } else { Group::Own(child.id()) };
    let written = writer.write_all(line.as_bytes());
    // The program sees the end of its input only when nobody can write any more.
    drop(writer);
    if let Err(cause) = written {
        stop(&mut child, group, surroundings);
        return Err(piped(cause));
    }
    let limit = surroundings.command_limit;
    let Some(status) = wait(&mut child, limit).map_err(piped)? else {
        stop(&mut child, group, surroundings);
        return Err(SinkError::CommandTooSlow { seconds: limit.as_secs() });
    };
    judge(status)?;
    let mut left = Zeroizing::new(Vec::with_capacity(PIPE_BYTES_MAX));
    let mut reader = reader;
    reader.read_to_end(&mut left).map_err(piped)?;
    // Who counts the bytes of a key does not read the newline.
    match left.as_slice() {
        b"" | b"\n" => Ok(()),
        _ => Err(SinkError::CommandDidNotRead),
    }
}

fn line(key: &Secret, ending: Ending) -> Result<Zeroizing<String>, SinkError> {
    let key = key.expose();
    if key.len() >= PIPE_BYTES_MAX {
        return Err(SinkError::NotPlain);
    }
    let mut line = Zeroizing::new(String::with_capacity(PIPE_BYTES_MAX));
    line.push_str(key);
    if ending == Ending::Newline {
        line.push('\n');
    }
    Ok(line)
}

/// `None` when the time is up.
fn wait(child: &mut Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let began = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        let left = limit.saturating_sub(began.elapsed());
        if left.is_zero() {
            return Ok(None);
        }
        thread::sleep(pause.min(left));
        pause = (pause * 2).min(Duration::from_millis(25));
    }
}

fn judge(status: ExitStatus) -> Result<(), SinkError> {
    match (status.code(), status.signal()) {
        (Some(0), _) => Ok(()),
        (Some(status), _) => Err(SinkError::CommandFailed { status }),
        (None, signal) => Err(SinkError::CommandKilled { signal: signal.unwrap_or_default() }),
    }
}

fn stop(child: &mut Child, group: Group, surroundings: &Surroundings) {
    if let (Group::Own(leader), Some(shell)) = (group, surroundings.shell()) {
        // The standard library signals single processes only; the shell's `kill` knows groups.
        let script = "kill -s KILL -- \"-$1\"";
        let mut kill = Command::new(shell);
        kill.args(["-c", script, "sh", &leader.to_string()]);
        kill.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let _ = kill.status();
    }
    // It may be gone already, and then there is nothing to stop.
    let _ = child.kill();
    let _ = child.wait();
}
