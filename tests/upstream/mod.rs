//! An upstream written for the tests and the benches: it speaks OpenAI chat, responses and
//! embeddings, Anthropic messages and Gemini on a free port of 127.0.0.1, and goes wrong when it
//! is told to.
//!
//! What a request wants to happen stands in the request itself, as [`Orders`] in its text, which
//! survive any router in between. So tests share one upstream and run at once.

mod connection;
mod inbox;
mod log;
mod orders;
mod script;
mod speech;

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use inbox::Request;
use log::Log;
pub(crate) use log::{Ended, Seen};
use orders::Orders;
use script::Script;
use speech::Asked;

/// After the system refused to accept a connection, for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(20);

/// Beyond this, scripts are made anew each time: nobody repeats that many different requests.
const SCRIPTS_MAX: usize = 512;

/// An upstream in a thread of its own, until it is dropped.
pub(crate) struct Upstream {
    address: SocketAddr,
    log: Log,
    _running: oneshot::Sender<()>,
}

impl Upstream {
    pub(crate) fn start() -> io::Result<Self> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (log, (running, dropped)) = (Log::default(), oneshot::channel::<()>());
        let stage = Stage { log: Some(log.clone()), scripts: Mutex::default() };
        let serve = async move {
            accept(TcpListener::from_std(listener)?, Arc::new(stage)).await;
            io::Result::Ok(())
        };
        std::thread::spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    _ = serve => {}
                    _ = dropped => {}
                }
            });
        });
        Ok(Self { address, log, _running: running })
    }

    /// Its base URL, without a path.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far whose head or body has this text in it, the oldest first.
    pub(crate) fn seen(&self, mark: &str) -> Vec<Arc<Seen>> {
        self.log.with(mark)
    }

    /// The first request with this text, as soon as it has come.
    pub(crate) async fn come(&self, mark: &str) -> Arc<Seen> {
        self.log.first(mark, |_| true).await
    }

    /// The first request with this text, as soon as its answer is over in whatever way.
    pub(crate) async fn ended(&self, mark: &str) -> Arc<Seen> {
        self.log.first(mark, |seen| seen.end().is_some()).await
    }
}

/// Serves and keeps no record, as long as the process lives.
pub(crate) async fn serve_unrecorded(listener: TcpListener) {
    accept(listener, Arc::new(Stage { log: None, scripts: Mutex::default() })).await;
}

/// What the connections share.
struct Stage {
    log: Option<Log>,
    scripts: Mutex<HashMap<(String, Asked), Arc<Script>>>,
}

impl Stage {
    /// What is to be answered. Equal requests are answered by the same prepared bytes.
    fn script(&self, request: &Request<'_>) -> Arc<Script> {
        let key = (Orders::text(request.body).to_owned(), Asked::read(request));
        let lock = || self.scripts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&key) {
            return Arc::clone(known);
        }
        let script = Arc::new(match Orders::parse(&key.0) {
            // Who is refused is not known by the key alone, so such scripts are never kept.
            Ok(orders) if orders.is_conditional() => {
                let orders = if orders.refuses(request) { orders } else { orders.spared() };
                return Arc::new(Script::of(&orders, &key.1));
            }
            Ok(orders) => Script::of(&orders, &key.1),
            Err(problem) => Script::misunderstood(&problem),
        });
        let mut scripts = lock();
        if scripts.len() < SCRIPTS_MAX {
            scripts.insert(key, Arc::clone(&script));
        }
        script
    }
}

async fn accept(listener: TcpListener, stage: Arc<Stage>) {
    let mut connections = 0;
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        connections += 1;
        tokio::spawn(connection::converse(stream, connections, Arc::clone(&stage)));
    }
}
