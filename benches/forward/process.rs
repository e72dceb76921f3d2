//! Processes that are measured, and what the system says of them.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use crate::common::{Failure, Home};
use crate::cores::Cores;

/// The names that the two policies have, and the files that their keys are in.
pub(crate) const UNBUDGETED: &str = "open";
pub(crate) const BUDGETED: &str = "paid";

/// Linux counts time for programs in hundredths of a second, whatever its own clock does.
const TICKS_PER_SECOND: u64 = 100;

/// A process that is stopped when it is dropped.
pub(crate) struct Process {
    child: Child,
    /// Its end of a pipe that it ends with.
    _stdin: Option<ChildStdin>,
    pub url: String,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Process {
    /// This program in another role, which says where it listens on its first line.
    pub(crate) fn role(cores: Cores, gateway: bool, words: &[&str]) -> Result<Self, Failure> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("as").args(words).stdin(Stdio::piped()).stdout(Stdio::piped());
        let spawned = if gateway {
            cores.spawn_gateway(&mut command)
        } else {
            cores.spawn_other(&mut command)
        };
        let mut child = spawned?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no stdout")?).read_line(&mut line)?;
        let stdin = child.stdin.take();
        Ok(Self { child, _stdin: stdin, url: format!("http://{}", line.trim()) })
    }

    /// clawctl, serving the router of this home in front of an upstream.
    pub(crate) fn clawctl(
        home: &Home,
        cores: Cores,
        upstream: &str,
        listen: &str,
    ) -> Result<Self, Failure> {
        let upstream = format!("openai={upstream}");
        let words =
            ["router", "serve", "--listen", listen, "--log", "off", "--upstream", &upstream];
        let mut command = home.clawctl(&words);
        command
            .env("OPENAI_API_KEY", "bench-upstream-key")
            .env("CLAWROUTER_ADMIN_TOKEN_SHA256", TOKEN_SHA256);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = cores.spawn_gateway(&mut command)?;
        let stderr = BufReader::new(child.stderr.take().ok_or("no stderr")?);
        let mut process = Self { child, _stdin: None, url: String::new() };
        let mut heard = String::new();
        let mut lines = stderr.lines();
        while process.url.is_empty() {
            let Some(line) = lines.next().transpose()? else {
                return Err(format!("the router did not start: {heard}").into());
            };
            if let Some((_, address)) = line.split_once(" at http://") {
                process.url = format!("http://{address}");
            }
            heard.push_str(&line);
        }
        // It goes on talking; nobody listens, and a full pipe must not stop it.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Ok(process)
    }

    /// What it computed so far, in all of its threads.
    pub(crate) fn cpu(&self) -> Result<Duration, Failure> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The name, which is in parentheses, may have spaces in it.
        let (_, rest) = stat.rsplit_once(") ").ok_or("no such figures")?;
        let fields: Vec<&str> = rest.split(' ').collect();
        let ticks = fields[11].parse::<u64>()? + fields[12].parse::<u64>()?;
        Ok(Duration::from_millis(ticks * 1000 / TICKS_PER_SECOND))
    }

    /// Memory that it has in use.
    pub(crate) fn resident(&self) -> Result<u64, Failure> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB")).ok_or("no VmRSS")?;
        Ok(kib.trim().parse::<u64>()? * 1024)
    }

    /// How many files and sockets it has open.
    pub(crate) fn handles(&self) -> Result<usize, Failure> {
        Ok(std::fs::read_dir(format!("/proc/{}/fd", self.child.id()))?.count())
    }
}

/// Of the token that every command here sends.
const TOKEN_SHA256: &str = "1b32c28cb38c05480eccc1bd60ff97029b57a05c96718b96dad7e9d84894f549";

/// A home with a policy that has no budget, one that has, and a key for each.
pub(crate) fn home_with_keys() -> Result<Home, Failure> {
    let home = Home::new()?;
    for (id, budget) in [(UNBUDGETED, "--no-budget"), (BUDGETED, "--budget=$9000000")] {
        let file = format!("file:{}", home.path(id).display());
        let words = ["--provider", "openai", budget, "--no-retention", "--to", &file];
        home.run(&[&["key", "issue", id], &words[..]].concat())?;
    }
    Ok(home)
}

pub(crate) fn key(home: &Home, id: &str) -> Result<String, Failure> {
    Ok(std::fs::read_to_string(home.path(id))?.trim().to_owned())
}
