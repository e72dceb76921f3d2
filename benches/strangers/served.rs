//! The router that is measured, in a process of its own.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::common::{Failure, Home};
use crate::upstream::Upstream;

pub(crate) struct Served {
    child: Child,
    home: Home,
    _upstream: Upstream,
    pub address: String,
    pub key: String,
    pub other_key: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    pub(crate) fn start() -> Result<Self, Failure> {
        let home = Home::new()?;
        let mut keys = Vec::new();
        for id in ["honest", "large"] {
            let file = home.path(id);
            let to = format!("file:{}", file.display());
            let words = ["--provider", "openai", "--no-budget", "--no-retention", "--to", &to];
            home.run(&[&["key", "issue", id], &words[..]].concat())?;
            keys.push(std::fs::read_to_string(file)?.trim().to_owned());
        }
        let upstream = Upstream::start()?;
        let there = format!("openai={}", upstream.url());
        let words = ["router", "serve", "--listen", "127.0.0.1:0", "--log", "off"];
        let mut command = home.clawctl(&[&words[..], &["--upstream", &there]].concat());
        command.env("OPENAI_API_KEY", "bench-upstream-key");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let mut lines = BufReader::new(child.stderr.take().ok_or("no stderr")?).lines();
        let address = loop {
            let line = lines.next().transpose()?.ok_or("the router did not start")?;
            if let Some((_, address)) = line.split_once(" at http://") {
                break address.to_owned();
            }
        };
        // It goes on talking; nobody listens, and a full pipe must not stop it.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        let [key, other_key] = <[String; 2]>::try_from(keys).map_err(|_| "two keys")?;
        Ok(Self { child, home, _upstream: upstream, address, key, other_key })
    }

    /// Memory that it has in use.
    pub(crate) fn resident(&self) -> Result<u64, Failure> {
        resident(self.child.id())
    }

    /// The database with its log.
    pub(crate) fn database_bytes(&self) -> Result<u64, Failure> {
        let mut bytes = 0;
        for name in ["router.db", "router.db-wal"] {
            bytes += std::fs::metadata(self.home.path(name)).map_or(0, |file| file.len());
        }
        if bytes == 0 { Err("there is no database".into()) } else { Ok(bytes) }
    }

    pub(crate) fn watch_memory(&self) -> Watch {
        let pid = self.child.id();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            let mut most = 0;
            while !stopped.load(Ordering::Relaxed) {
                most = most.max(resident(pid).unwrap_or(0));
                std::thread::sleep(Duration::from_millis(20));
            }
            most
        });
        Watch { stop, thread }
    }
}

/// Looks again and again how much memory is in use.
pub(crate) struct Watch {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<u64>,
}

impl Watch {
    /// The most that it saw.
    pub(crate) fn most(self) -> Result<u64, Failure> {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().map_err(|_| "the watch broke".into())
    }
}

fn resident(pid: u32) -> Result<u64, Failure> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")).ok_or("no VmRSS")?;
    Ok(kib.trim().parse::<u64>()? * 1024)
}
