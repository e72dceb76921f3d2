//! The router behind HTTP: it is given its listener and told when to stop, and prints nothing.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::header::EXPECT;
use http::{Request, Response};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use jiff::Timestamp;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::{select, time};

use super::exchange::Oversized;
use super::refusal::Refusal;
use super::reply::Reply;
use super::store::Claim;
use super::{AnswerBody, Caller, Identity, Router, delivery, headers, route};
use crate::wire::BODY_BYTES_MAX;

/// How many clients are listened to at once; the next wait in the system's queue.
const CONNECTIONS_MAX: usize = 1024;

/// How long a client may take for the head of a request, and may leave a connection unused.
const HEAD_TIMEOUT: Duration = Duration::from_secs(60);

/// How long a client may take for the body of a request.
const BODY_TIMEOUT: Duration = Duration::from_secs(60);

/// How much of a body that is too long is read away, and for how long, before it is refused.
const DRAIN_BYTES_MAX: usize = 4 * BODY_BYTES_MAX;
const DRAIN_TIMEOUT: Duration = Duration::from_secs(2);

/// How long requests in flight are waited for on shutdown.
const GRACE: Duration = Duration::from_secs(10);

/// How often open requests say that they are still open: often enough that one attempt may fail.
const RENEW_EVERY: Duration = Duration::from_secs(4 * 60);

/// After the system refused to accept a connection, for want of file descriptors or memory.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// The longest path that a log line repeats.
const PATH_CHARS_MAX: usize = 256;

/// One answered request, for a log. Nothing in it is secret.
#[derive(Debug, Clone)]
pub struct AccessLine {
    pub at: Timestamp,
    pub method: String,
    /// Without the query, and without anything that looks like a key.
    pub path: String,
    pub status: u16,
    pub request_id: String,
    /// Until the answer was ready, which is before it was sent.
    pub duration: Duration,
    /// Who it was from, where that was proved.
    pub identity: Option<Identity>,
}

struct Service<L> {
    router: Arc<Router>,
    /// What is told of each answer, if anyone listens.
    log: Option<L>,
}

/// Serves until `shutdown` is done; then it finishes what is in flight, for ten seconds at most.
pub async fn serve(
    router: Arc<Router>,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
    log: Option<impl Fn(&AccessLine) + Send + Sync + 'static>,
) -> io::Result<()> {
    let Some(_claim) = Claim::shared(router.store.path())? else {
        let message = "the database is being restored from a backup";
        return Err(io::Error::new(io::ErrorKind::ResourceBusy, message));
    };
    let service = Arc::new(Service { router, log });
    let slots = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let (stop, stopping) = watch::channel(());
    let mut connections = JoinSet::new();
    let mut renewal = time::interval(RENEW_EVERY);
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = async {
            let slot = Arc::clone(&slots).acquire_owned().await;
            (slot, listener.accept().await)
        };
        select! {
            biased;
            () = &mut shutdown => break,
            Some(_) = connections.join_next() => {}
            _ = renewal.tick() => service.router.renew_leases(),
            (slot, accepted) = accepted => match accepted {
                Ok((stream, _)) => {
                    let connection = connection(Arc::clone(&service), stream, stopping.clone());
                    connections.spawn(async move {
                        let _until_it_ends = slot;
                        connection.await;
                    });
                }
                Err(_) => time::sleep(ACCEPT_PAUSE).await,
            },
        }
    }
    drop(listener);
    drop(stop);
    let finished = async { while connections.join_next().await.is_some() {} };
    // Whoever is not done by then is cut off when the set is dropped.
    let _ = time::timeout(GRACE, finished).await;
    // A token that a provider has handed out, and that nobody kept, would be lost.
    let _ = time::timeout(GRACE, service.router.grants.finish()).await;
    service.router.grants.save_states(&service.router.store);
    // The log is as durable as the file, so nothing is lost where this does not succeed.
    let _ = service.router.store.drain();
    let _ = service.router.store.checkpoint();
    Ok(())
}

async fn connection<L>(
    service: Arc<Service<L>>,
    stream: TcpStream,
    mut stopping: watch::Receiver<()>,
) where
    L: Fn(&AccessLine) + Send + Sync + 'static,
{
    // Without this, a small answer can wait 40 ms for an acknowledgement that the peer delays.
    let _ = stream.set_nodelay(true);
    let terms = delivery::Terms::default();
    let stream = delivery::Watched::new(stream, terms.clone());
    let respond = service_fn(move |request| respond(Arc::clone(&service), terms.clone(), request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), respond);
    let mut connection = pin!(connection);
    // An error here is a client that went away or does not speak HTTP; there is nobody to tell.
    select! {
        _ = connection.as_mut() => {}
        // The sender is never used: that it is gone is the signal.
        _ = stopping.changed() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

async fn respond<L>(
    service: Arc<Service<L>>,
    terms: delivery::Terms,
    request: Request<Incoming>,
) -> Result<Response<AnswerBody>, io::Error>
where
    L: Fn(&AccessLine) + Send + Sync + 'static,
{
    let started = Instant::now();
    let at = (service.router.clock)();
    let asked = |_: &L| (request.method().to_string(), shown_path(request.uri().path()));
    let logged = service.log.as_ref().map(asked);
    let request = whole(request).await?;
    let response = answer(&service.router, request).await;
    terms.set(response.extensions().get());
    if let (Some(log), Some((method, path))) = (&service.log, logged) {
        let request_id = response.headers().get(headers::X_REQUEST_ID);
        log(&AccessLine {
            at,
            method,
            path,
            status: response.status().as_u16(),
            request_id: request_id.and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned(),
            duration: started.elapsed(),
            identity: response.extensions().get().cloned(),
        });
    }
    Ok(response)
}

/// Reads the body. One that is too long is marked instead.
async fn whole(request: Request<Incoming>) -> io::Result<Request<Bytes>> {
    let (mut head, mut body) = request.into_parts();
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let read = if announced > BODY_BYTES_MAX { None } else { take(&mut body).await? };
    if read.is_none() {
        head.extensions.insert(Oversized);
        // A client that writes on without asking would meet a closed connection, not the answer.
        if !head.headers.contains_key(EXPECT) {
            let _ = time::timeout(DRAIN_TIMEOUT, drain(&mut body)).await;
        }
    }
    Ok(Request::from_parts(head, read.unwrap_or_default()))
}

/// The body, or nothing if it turns out to be too long.
async fn take(body: &mut Incoming) -> io::Result<Option<Bytes>> {
    let reading = Limited::new(body, BODY_BYTES_MAX).collect();
    match time::timeout(BODY_TIMEOUT, reading).await {
        Ok(Ok(whole)) => Ok(Some(whole.to_bytes())),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Ok(None),
        Ok(Err(error)) => Err(io::Error::other(error)),
        Err(_) => Err(io::ErrorKind::TimedOut.into()),
    }
}

/// Takes the rest of a body that is too long off the wire, up to a limit of its own.
async fn drain(body: &mut Incoming) {
    let mut left = DRAIN_BYTES_MAX;
    while let Some(Ok(frame)) = body.frame().await {
        left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
        if left == 0 {
            return;
        }
    }
}

/// SQLite blocks, so what needs it leaves the threads that serve the sockets. What is passed on to
/// a provider waits for the one thread that writes, and reads next to nothing.
async fn answer(router: &Arc<Router>, request: Request<Bytes>) -> Response<AnswerBody> {
    let path = route::canonical(request.uri().path());
    match route::find(request.method(), &path) {
        Some(route) if route.is_async() => return router.handle(request, Caller::Network).await,
        Some(route) if route.needs_store() => {}
        _ => return router.answer(request, Caller::Network).map(AnswerBody::from),
    }
    let shared = route::is_shared(&path);
    let router = Arc::clone(router);
    let answered =
        tokio::task::spawn_blocking(move || router.answer(request, Caller::Network)).await;
    let response = answered.unwrap_or_else(|_panicked| {
        let mut response = Reply::from(Refusal::internal("the router failed")).into_response();
        if shared {
            headers::allow_origins(response.headers_mut());
        }
        response
    });
    response.map(AnswerBody::from)
}

/// A path as it may stand in a log. Someone may have put a key into it by mistake.
fn shown_path(path: &str) -> String {
    let keyless = |segment: &str| {
        let lower = segment.to_ascii_lowercase();
        !["clawrouter-live-", "clawrouter-test-", "ocpk_"].iter().any(|mark| lower.contains(mark))
    };
    // Nearly every path is short and plain, and has nothing in it that a key could begin with.
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b == b'/';
    if path.len() <= PATH_CHARS_MAX && path.bytes().all(is_plain) {
        return path.to_owned();
    }
    let segments = path.split('/').map(|segment| if keyless(segment) { segment } else { "[key]" });
    let shown: String = segments.collect::<Vec<_>>().join("/");
    shown.chars().map(|c| if c.is_control() { '?' } else { c }).take(PATH_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_stands_in_a_logged_path() {
        let check = |path: &str, shown: &str| assert_eq!(shown_path(path), shown);
        check("/v1/admin/policies/team", "/v1/admin/policies/team");
        check(
            "/v1/admin/credentials/clawrouter-live-alice-s3cr3t-s3cr3t/revoke",
            "/v1/admin/credentials/[key]/revoke",
        );
        check("/v1/native/openai/OCPK_live_alice_12345678", "/v1/native/openai/[key]");
        assert_eq!(shown_path(&"/x".repeat(400)).chars().count(), 256);
    }
}
