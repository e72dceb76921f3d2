//! The least that a gateway in Rust does: hyper takes a request, reqwest passes it on, and the
//! answer goes back as it comes. What clawctl does beyond that is what it costs.

use std::io::{self, Read as _, Write as _};
use std::sync::Arc;

use http::{Request, Response};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::common::Failure;

/// Headers that belong to one connection.
const HOP_BY_HOP: [&str; 4] = ["connection", "keep-alive", "transfer-encoding", "host"];

/// Serves until its stdin is closed, so that it cannot outlive whoever started it.
pub(crate) fn serve(upstream: &str) -> Result<(), Failure> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let client = reqwest::Client::builder().no_proxy().tcp_nodelay(true).build()?;
    let gateway = Arc::new(Gateway { client, upstream: upstream.to_owned() });
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
    writeln!(io::stdout(), "{}", listener.local_addr()?)?;
    runtime.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let gateway = Arc::clone(&gateway);
            let _ = stream.set_nodelay(true);
            tokio::spawn(async move {
                let answer = service_fn(move |request| pass(Arc::clone(&gateway), request));
                // A client that goes away is no failure.
                let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await;
            });
        }
    });
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

struct Gateway {
    client: reqwest::Client,
    upstream: String,
}

async fn pass(
    gateway: Arc<Gateway>,
    request: Request<Incoming>,
) -> Result<Response<reqwest::Body>, Failure> {
    let (head, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let url = format!("{}{}", gateway.upstream, head.uri);
    let mut onward = gateway.client.request(head.method, url).body(body);
    for (name, value) in &head.headers {
        if !HOP_BY_HOP.contains(&name.as_str()) && name != "content-length" {
            onward = onward.header(name, value);
        }
    }
    let mut answer: Response<reqwest::Body> = onward.send().await?.into();
    for name in HOP_BY_HOP {
        answer.headers_mut().remove(name);
    }
    Ok(answer)
}
