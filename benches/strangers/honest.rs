//! Clients that have a key, ask one small thing after the other, and note how long they waited.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::common::Failure;
use crate::crowd::Connection;
use crate::served::Served;

/// Between two requests of one client.
const PAUSE: Duration = Duration::from_millis(5);

pub(crate) struct Honest {
    stop: Arc<AtomicBool>,
    waits: Arc<Mutex<Vec<Option<Duration>>>>,
    threads: Vec<JoinHandle<()>>,
}

pub(crate) struct Waited {
    pub p50: Duration,
    pub p99: Duration,
    pub count: usize,
    pub failed: usize,
}

impl Honest {
    pub(crate) fn begin(served: &Served, clients: usize) -> Result<Self, Failure> {
        let body = json!({
            "model": "openai/gpt-4.1-mini", "max_tokens": 64,
            "messages": [{ "role": "user", "content": "!size=300" }],
        })
        .to_string();
        let request = format!(
            "POST /v1/chat/completions HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\n\
             content-length: {}\r\n\r\n{body}",
            served.address,
            served.key,
            body.len()
        );
        let (stop, waits) = (Arc::<AtomicBool>::default(), Arc::<Mutex<_>>::default());
        let threads = (0..clients).map(|_| {
            let (stop, waits) = (Arc::clone(&stop), Arc::clone(&waits));
            let (address, request) = (served.address.clone(), request.clone());
            std::thread::spawn(move || ask(&address, &request, &stop, &waits))
        });
        let threads = threads.collect();
        Ok(Self { stop, waits, threads })
    }

    /// How long they waited until then.
    pub(crate) fn after(&self, time: Duration) -> Result<Waited, Failure> {
        std::thread::sleep(time);
        self.waited()
    }

    pub(crate) fn end(self) -> Result<Waited, Failure> {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads {
            thread.join().map_err(|_| "a client broke")?;
        }
        Self { threads: Vec::new(), ..self }.waited()
    }

    fn waited(&self) -> Result<Waited, Failure> {
        let mut waits = self.waits.lock().unwrap_or_else(PoisonError::into_inner);
        let all = std::mem::take(&mut *waits);
        drop(waits);
        let mut good: Vec<Duration> = all.iter().copied().flatten().collect();
        good.sort_unstable();
        let at = |share: f64| good.get((good.len() as f64 * share) as usize).copied();
        let (p50, p99) = at(0.5).zip(at(0.99)).ok_or("no honest client was answered")?;
        Ok(Waited { p50, p99, count: all.len(), failed: all.len() - good.len() })
    }
}

fn ask(address: &str, request: &str, stop: &AtomicBool, waits: &Mutex<Vec<Option<Duration>>>) {
    let mut connection = None;
    while !stop.load(Ordering::Relaxed) {
        let started = Instant::now();
        // A connection that was closed while it was unused is made again, as every client does.
        let answered = (0..2).find_map(|_| {
            let there = match connection.take() {
                Some(there) => Ok(there),
                None => Connection::open(address),
            };
            let mut there = there.ok()?;
            let status = there.ask(request).ok()?;
            connection = Some(there);
            (status == 200).then_some(())
        });
        let waited = answered.map(|()| started.elapsed());
        waits.lock().unwrap_or_else(PoisonError::into_inner).push(waited);
        std::thread::sleep(PAUSE);
    }
}
