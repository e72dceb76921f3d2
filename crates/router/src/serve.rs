//! The router behind HTTP: it is given its listener and told when to stop, and prints nothing.

mod body;
mod connections;
mod hosts;

use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use http::header::EXPECT;
use http::request::Parts;
use http::{Request, Response};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::{select, time};

use self::connections::{Connections, Opened, Working};
pub use self::hosts::Hosts;
use super::capacity::Share;
use super::exchange::{Caller, Identity, Unread};
use super::forward::AnswerBody;
use super::log::AccessLine;
use super::refusal::Refusal;
use super::reply::Reply;
use super::route::{self, Route};
use super::router::Router;
use super::sender::sender;
use super::store::{Claim, Unwritten};
use super::{delivery, headers, log};
use clawctl_wire::error::code;

/// How many clients are listened to at once.
pub const CONNECTIONS_MAX: usize = 1024;

/// How long a client may take for the head of a request, and may leave a connection unused.
const HEAD_TIMEOUT: Duration = Duration::from_secs(60);

/// The longest head of a request, and how much of a body is read at once.
const BUFFER_BYTES_MAX: usize = 64 * 1024;

/// How long requests in flight are waited for on shutdown.
const GRACE: Duration = Duration::from_secs(10);

/// How often it is looked whether there is something to say to the operator.
const NOTICE_EVERY: Duration = Duration::from_secs(10);

/// How often open requests say that they are still open: often enough that one attempt may fail.
const RENEW_EVERY: Duration = Duration::from_secs(4 * 60);

/// After the system refused to accept a connection, for want of file descriptors or memory.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// The longest path that a log line repeats.
const PATH_CHARS_MAX: usize = 256;

/// How a router is served.
pub struct ServeOptions {
    pub hosts: Hosts,
    /// How many clients are listened to at once. One more closes the connection that has waited for
    /// its client the longest; if all work, it waits in the system's queue.
    pub connections_max: usize,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self { hosts: Hosts::Any, connections_max: CONNECTIONS_MAX }
    }
}

struct Service {
    router: Arc<Router>,
    hosts: Hosts,
}

/// Serves until `shutdown` is done; then it finishes what is in flight, for ten seconds at most. Says
/// what it could not write.
pub async fn serve(
    router: Arc<Router>,
    listener: TcpListener,
    options: ServeOptions,
    shutdown: impl Future<Output = ()>,
) -> io::Result<Result<(), Unwritten>> {
    let Some(_claim) = Claim::shared(router.core.store.path())? else {
        let message = "the database is being restored from a backup";
        return Err(io::Error::new(io::ErrorKind::ResourceBusy, message));
    };
    let ServeOptions { hosts, connections_max } = options;
    let service = Arc::new(Service { router, hosts });
    let connections = Connections::new(connections_max);
    let (stop, stopping) = watch::channel(());
    let mut tasks = JoinSet::new();
    let mut renewal = time::interval(RENEW_EVERY);
    let mut looking = time::interval(NOTICE_EVERY);
    let mut shutdown = pin!(shutdown);
    let mut arrived = None;
    loop {
        select! {
            biased;
            () = &mut shutdown => break,
            Some(_) = tasks.join_next() => {}
            _ = renewal.tick() => service.router.forwarder.renew_leases(),
            _ = looking.tick() => service.say_notices(),
            () = connections.room(), if arrived.is_some() => {
                if let Some(stream) = arrived.take() {
                    let opened = Arc::new(connections.open());
                    let service = Arc::clone(&service);
                    tasks.spawn(connection(service, stream, opened, stopping.clone()));
                }
            }
            accepted = listener.accept(), if arrived.is_none() => match accepted {
                Ok((stream, _)) => arrived = Some(stream),
                Err(_) => time::sleep(ACCEPT_PAUSE).await,
            },
        }
    }
    drop((listener, arrived));
    drop(stop);
    let end = time::Instant::now() + GRACE;
    let finished = async { while tasks.join_next().await.is_some() {} };
    // What is not done by then is stopped, and recorded with the rest.
    let _ = time::timeout_at(end, finished).await;
    tasks.shutdown().await;
    service
        .router
        .forwarder
        .drains
        .finish(end.saturating_duration_since(time::Instant::now()))
        .await;
    // A token that a provider has handed out, and that nobody kept, would be lost.
    let (store, grants) = (&service.router.core.store, &service.router.forwarder.grants);
    let _ = time::timeout(GRACE, grants.finish()).await;
    grants.save_states();
    // The log is as durable as the file, so nothing is lost where this does not succeed.
    let _ = store.drain();
    let written = store.finish();
    let _ = store.checkpoint();
    service.say_notices();
    Ok(written)
}

impl Service {
    fn say_notices(&self) {
        for text in self.router.core.store.notices() {
            log::notice((self.router.core.clock)(), &text);
        }
    }
}

async fn connection(
    service: Arc<Service>,
    stream: TcpStream,
    opened: Arc<Opened>,
    mut stopping: watch::Receiver<()>,
) {
    // Without this, a small answer can wait 40 ms for an acknowledgement that the peer delays.
    let _ = stream.set_nodelay(true);
    let terms = delivery::Terms::default();
    let stream = delivery::Watched::new(stream, terms.clone());
    let ours = Arc::clone(&opened);
    let respond = service_fn(move |request| {
        respond(Arc::clone(&service), terms.clone(), Arc::clone(&ours), request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(BUFFER_BYTES_MAX)
        .serve_connection(TokioIo::new(stream), respond);
    let mut connection = pin!(connection);
    // An error here is a client that went away or does not speak HTTP; there is nobody to tell.
    select! {
        biased;
        _ = connection.as_mut() => {}
        () = opened.closing() => {}
        // The sender is never used: that it is gone is the signal.
        _ = stopping.changed() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

async fn respond(
    service: Arc<Service>,
    terms: delivery::Terms,
    opened: Arc<Opened>,
    request: Request<Incoming>,
) -> Result<Response<Sent>, io::Error> {
    let started = Instant::now();
    let at = (service.router.core.clock)();
    let asked = || (request.method().to_string(), shown_path(request.uri().path()));
    let logged = log::hears_answers().then(asked);
    let (head, mut body) = request.into_parts();
    let (response, working) = if service.hosts.admit(&head) {
        let (request, received) = receive(&service.router, head, body, &opened).await?;
        (answer(&service.router, request).await, received.working)
    } else {
        body::drain(&mut body, Unread::OfAStranger).await;
        (wrong_host(), works(&opened)?)
    };
    terms.set(response.extensions().get());
    log::failure(at, &response);
    if let Some((method, path)) = logged {
        log::answered(&AccessLine {
            at,
            method,
            path,
            status: response.status().as_u16(),
            request_id: headers::id_of(response.headers()).to_owned(),
            duration: started.elapsed(),
            identity: response.extensions().get().cloned(),
        });
    }
    // Somebody who proved nothing and leaves the answer unread may have to make room.
    let working = response.extensions().get::<Identity>().map(|_| working);
    Ok(response.map(|body| Sent { body, _working: working }))
}

/// What a request holds while it is answered.
struct Received {
    working: Working,
    /// The memory that its body takes.
    _share: Option<Share>,
}

/// Reads the body of a request. A large one is read only if its head shows that its sender may send
/// it; one that is not read is marked with why.
async fn receive(
    router: &Arc<Router>,
    mut head: Parts,
    mut body: Incoming,
    opened: &Opened,
) -> io::Result<(Request<Bytes>, Received)> {
    let (mut share, mut working) = (None, None);
    let read = match body::announced(&body) {
        (_, Some(most)) if most <= body::SMALL_BYTES_MAX => body::read(&mut body, None).await?,
        _ => match sender(&router.core, &head).await {
            Some(sender) => {
                working = Some(works(opened)?);
                let share = share.insert(router.bodies.nothing_yet(&sender));
                body::read(&mut body, Some(share)).await?
            }
            None => Err(Unread::OfAStranger),
        },
    };
    let read = match read {
        Ok(read) => read,
        Err(why) => {
            head.extensions.insert(why);
            // A client that waits to be asked for the body sends none.
            if !head.headers.contains_key(EXPECT) {
                body::drain(&mut body, why).await;
            }
            Bytes::new()
        }
    };
    let working = working.map_or_else(|| works(opened), Ok)?;
    Ok((Request::from_parts(head, read), Received { working, _share: share }))
}

fn works(opened: &Opened) -> io::Result<Working> {
    opened.works().ok_or_else(|| io::ErrorKind::ConnectionAborted.into())
}

/// No browser may read this from a page of another address, so it is not shared.
fn wrong_host() -> Response<AnswerBody> {
    let message = "this router answers only for the names of its own machine, and for those that \
                   `router serve --allow-host` lists";
    refused(Refusal::forbidden(code::HOST_NOT_ALLOWED, message)).map(AnswerBody::from)
}

/// The answer to a request of which nothing is known any more.
fn refused(refusal: Refusal) -> Response<Bytes> {
    let request_id = headers::fresh_request_id();
    let mut response = Reply::refused(refusal, Caller::Network, &request_id).into_response();
    response.headers_mut().insert(headers::X_REQUEST_ID, request_id);
    response
}

/// An answer on its way, and that its connection is in use.
struct Sent {
    body: AnswerBody,
    _working: Option<Working>,
}

impl Body for Sent {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// SQLite blocks, so what needs it leaves the threads that serve the sockets. What is passed on to
/// a provider waits for the one thread that writes, and reads next to nothing.
async fn answer(router: &Arc<Router>, request: Request<Bytes>) -> Response<AnswerBody> {
    let path = route::canonical(request.uri().path());
    match route::find(request.method(), &path) {
        Some(Route::Upstream(_)) => return router.handle(request, Caller::Network).await,
        Some(Route::Local(route)) if route.needs_store() => {}
        _ => return router.answer(request, Caller::Network).map(AnswerBody::from),
    }
    let shared = route::is_shared(&path);
    let router = Arc::clone(router);
    let answered =
        tokio::task::spawn_blocking(move || router.answer(request, Caller::Network)).await;
    let response = answered.unwrap_or_else(|_panicked| {
        let mut response = refused(Refusal::internal("what answers this request has panicked"));
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
