//! The load: so many connections, each with one request at a time, and how long each took.

use std::io::{self, Read as _, Write as _};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::common::Failure;
use crate::cores::Cores;

/// At the start, connections are made and memory is taken; this is not counted.
const WARM_UP: Duration = Duration::from_millis(300);

const READ_BYTES: usize = 16 * 1024;

/// What is asked, how, and for how long. The key in it is why it is not told in arguments.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Load {
    pub url: String,
    pub key: String,
    pub body: String,
    pub connections: usize,
    pub until: Until,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) enum Until {
    Seconds(f64),
    Requests(u64),
}

/// What came of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Figures {
    /// All, also those before anything was counted.
    pub asked: u64,
    pub per_second: f64,
    pub p50_us: f64,
    pub p99_us: f64,
    /// Until the first byte of the body.
    pub first_p50_us: f64,
}

impl Load {
    /// Runs it in a process of its own.
    pub(crate) fn run(&self, cores: Cores) -> Result<Figures, Failure> {
        let mut command = std::process::Command::new(std::env::current_exe()?);
        command.args(["as", "load"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = cores.spawn_other(&mut command)?;
        let mut stdin = child.stdin.take().ok_or("no stdin")?;
        stdin.write_all(&serde_json::to_vec(self)?)?;
        drop(stdin);
        let done = child.wait_with_output()?;
        if !done.status.success() {
            return Err("the load failed".into());
        }
        Ok(serde_json::from_slice(&done.stdout)?)
    }
}

/// The role of the process that makes the load.
pub(crate) fn make() -> Result<(), Failure> {
    let mut text = Vec::new();
    io::stdin().read_to_end(&mut text)?;
    let load: Load = serde_json::from_slice(&text)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let figures = runtime.block_on(measure(&load))?;
    io::stdout().write_all(&serde_json::to_vec(&figures)?)?;
    Ok(())
}

/// One answered request.
struct Sample {
    whole: Duration,
    first: Duration,
}

async fn measure(load: &Load) -> Result<Figures, Failure> {
    let address = load.url.trim_start_matches("http://").to_owned();
    let request: std::sync::Arc<[u8]> = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{}",
        load.key,
        load.body.len(),
        load.body
    )
    .into_bytes()
    .into();
    let started = Instant::now();
    let (warm, end, most) = match load.until {
        Until::Seconds(seconds) => {
            (started + WARM_UP, started + WARM_UP + Duration::from_secs_f64(seconds), u64::MAX)
        }
        Until::Requests(count) => {
            let each = count.div_ceil(load.connections as u64);
            (started, started + Duration::from_secs(3600), each)
        }
    };
    let mut workers = JoinSet::new();
    for _ in 0..load.connections {
        let (address, request) = (address.clone(), request.clone());
        workers.spawn(async move {
            let mut connection = Connection::open(&address).await?;
            let (mut samples, mut asked) = (Vec::new(), 0);
            while asked < most && Instant::now() < end {
                let begun = Instant::now();
                let sample = connection.ask(&request).await?;
                asked += 1;
                if begun >= warm {
                    samples.push(sample);
                }
            }
            Ok::<_, Failure>((samples, asked))
        });
    }
    let (mut samples, mut asked) = (Vec::new(), 0);
    while let Some(done) = workers.join_next().await {
        let (mut some, count) = done??;
        samples.append(&mut some);
        asked += count;
    }
    let counted = Instant::now() - warm;
    let mut whole: Vec<Duration> = samples.iter().map(|sample| sample.whole).collect();
    let mut first: Vec<Duration> = samples.iter().map(|sample| sample.first).collect();
    Ok(Figures {
        asked,
        per_second: samples.len() as f64 / counted.as_secs_f64(),
        p50_us: quantile(&mut whole, 0.5),
        p99_us: quantile(&mut whole, 0.99),
        first_p50_us: quantile(&mut first, 0.5),
    })
}

fn quantile(times: &mut [Duration], share: f64) -> f64 {
    times.sort_unstable();
    let at = (times.len() as f64 * share) as usize;
    let time = times.get(at.min(times.len().saturating_sub(1)));
    time.map_or(0.0, |time| time.as_secs_f64() * 1e6)
}

/// HTTP with as little between the socket and the clock as possible.
struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    async fn open(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(READ_BYTES) })
    }

    async fn ask(&mut self, request: &[u8]) -> Result<Sample, Failure> {
        let started = Instant::now();
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let body = loop {
            self.more().await?;
            if let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
        };
        let head = str::from_utf8(&self.buffer[..body])?.to_ascii_lowercase();
        if !head.starts_with("http/1.1 200") {
            return Err(head.into());
        }
        let length = head.split("content-length:").nth(1).and_then(|rest| rest.lines().next());
        let length = length.map(|text| text.trim().parse::<usize>()).transpose()?;
        let mut first = None;
        loop {
            if self.buffer.len() > body {
                first.get_or_insert_with(|| started.elapsed());
            }
            let whole = match length {
                Some(length) => self.buffer.len() >= body + length,
                None => self.buffer[body..].ends_with(b"0\r\n\r\n"),
            };
            if whole {
                let whole = started.elapsed();
                return Ok(Sample { whole, first: first.unwrap_or(whole) });
            }
            self.more().await?;
        }
    }

    async fn more(&mut self) -> io::Result<()> {
        self.buffer.reserve(READ_BYTES);
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}
