//! What the client gets of a provider's answer: the head, with the router's own headers, and the
//! body as it comes, unless it turns out to be an error first.

use std::io::ErrorKind;
use std::time::Duration;

use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use hyper::body::Bytes;

use super::meter::{
    Dialect, ERROR_BYTES_MAX, Meter, Opened, Opening, Outcome, is_event_stream, rewrite_bare_error,
    rewrite_error,
};
use super::relay::Relay;
use super::sending::Answer;
use super::source::{Piece, Source};
use super::tab::{Ending, Tab};
use super::{Admitted, AnswerBody, unavailable, withheld};
use crate::capacity::Share;
use crate::delivery::Delivery;
use crate::outbound::{Mask, Unanswered};
use crate::refusal::Refusal;

const PROVIDER: HeaderName = HeaderName::from_static("x-clawrouter-upstream-provider");
const RETENTION: HeaderName = HeaderName::from_static("x-clawrouter-content-retention");
const FAILOVER: HeaderName = HeaderName::from_static("x-clawrouter-grant-failover");

/// The head of an answer, before it is clear whether the body is what it says.
fn head(
    admitted: &Admitted<'_>,
    upstream: &HeaderMap,
    mask: &Mask,
    failed_over: bool,
) -> HeaderMap {
    let mut headers = withheld::passed(upstream);
    mask.hide_in(&mut headers);
    if let Ok(id) = HeaderValue::from_str(&admitted.selection.manifest.provider.id) {
        headers.insert(PROVIDER, id);
    }
    let retention = if admitted.holder.keeps_contents() { "on; retention-days=30" } else { "off" };
    headers.insert(RETENTION, HeaderValue::from_static(retention));
    if failed_over {
        headers.insert(FAILOVER, HeaderValue::from_static("1"));
    }
    headers
}

/// Why an answer of this status cannot be passed on. Many clients follow a redirect and send their
/// key along, so its target would get the router's key.
fn no_answer(status: StatusCode) -> Option<Unanswered> {
    match status.as_u16() {
        200..=299 | 400..=599 => None,
        300..=399 => Some(Unanswered::REDIRECT),
        _ => Some(Unanswered::NO_ANSWER),
    }
}

/// The longest answer that is read whole before it is passed on, where that has to be.
const WHOLE_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Turns a provider's answer into the client's.
pub(super) async fn respond(
    admitted: &Admitted<'_>,
    answer: Answer,
    mut tab: Tab,
    in_flight: Share,
) -> Result<Response<AnswerBody>, Refusal> {
    let (selection, failed_over) = (&admitted.selection, answer.failed_over);
    let (status, upstream) = (answer.response.status(), answer.response.headers());
    if let Some(failure) = no_answer(status) {
        let outcome = Outcome::default();
        tab.close(Ending::Answered { status: StatusCode::BAD_GATEWAY.as_u16(), outcome });
        return Err(unavailable(&selection.manifest.provider, &failure));
    }
    let content_type = upstream.get(CONTENT_TYPE).cloned();
    let mut headers = head(admitted, upstream, &answer.mask, failed_over);
    let flow = admitted.reading().flow(answer, tab);
    // From here on there is somebody who notices that the client has left.
    let mut relay = Relay::new(flow, in_flight);
    match begin(admitted, status, content_type.as_ref(), &mut relay).await {
        Begun::Well => relay.begin(),
        Begun::Failed { status, body } => {
            let (status_code, outcome) = (status.as_u16(), Outcome::default());
            relay.close(Ending::Answered { status: status_code, outcome });
            return Ok(error(status, headers, body));
        }
        Begun::Broken(failure) => {
            // Who says that it fails has not worked, even if it does not get to the end of that.
            let (timed_out, is_free) = (failure.timed_out, !status.is_success());
            relay.close(Ending::Unanswered { timed_out, is_free });
            return Err(unavailable(&selection.manifest.provider, &failure));
        }
        Begun::Empty => {
            relay.close_silent();
            return Err(unavailable(&selection.manifest.provider, &Unanswered::EMPTY));
        }
    }
    if selection.usage_added {
        // What is withheld is missing from the length.
        headers.remove(CONTENT_LENGTH);
    }
    let mut response = Response::new(AnswerBody::Relayed(Box::new(relay)));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    // Who may be silent for so long may also be deaf for so long.
    let patience = Duration::from_millis(selection.manifest.patience.idle_ms);
    response.extensions_mut().insert(Delivery { patience, is_stream: selection.streams });
    Ok(response)
}

/// How an answer begins.
enum Begun {
    /// As it should.
    Well,
    /// It is an error, and this is what the client is told.
    Failed { status: StatusCode, body: Bytes },
    /// It broke off behind its head.
    Broken(Unanswered),
    /// It is over, and says nothing.
    Empty,
}

/// Looks at the beginning of an answer where its client could not be told of an error later on, or
/// not in words that it knows.
async fn begin(
    admitted: &Admitted<'_>,
    status: StatusCode,
    content_type: Option<&HeaderValue>,
    relay: &mut Relay,
) -> Begun {
    let Some(source) = relay.source() else { return Begun::Well };
    let selection = &admitted.selection;
    let quirks = &selection.manifest.body_quirks;
    if status.as_u16() >= 400 {
        if selection.streams {
            let (said, _) = collect(source, ERROR_BYTES_MAX).await;
            let body = rewrite_error(status, content_type, &said.concat());
            return Begun::Failed { status, body };
        }
        if quirks.bare_errors {
            let (said, broken) = collect(source, ERROR_BYTES_MAX).await;
            let rewritten = rewrite_bare_error(status, &said.concat());
            return match (rewritten, broken) {
                (Some(body), None) => Begun::Failed { status, body },
                _ => Begun::Well,
            };
        }
        return first(source).await;
    }
    if selection.streams && is_event_stream(content_type, true) {
        return open(admitted, source).await;
    }
    if quirks.empty_is_failure {
        let (whole, broken) = collect(source, WHOLE_BYTES_MAX).await;
        let mut meter = Meter::new(admitted.reading().plan, content_type);
        for piece in &whole {
            let _passed = meter.push(piece.clone());
        }
        let (_, outcome) = meter.finish();
        return match broken {
            Some(kind) => Begun::Broken(Unanswered::broken(kind)),
            None if outcome.failure.is_none() => Begun::Well,
            None => Begun::Empty,
        };
    }
    first(source).await
}

/// Waits for the first piece of a document. A head is worth nothing to anyone before it; together
/// they are written to the client at once, and until then an answer that breaks off can still be
/// told as what it is.
async fn first(source: &mut Source) -> Begun {
    match source.next().await {
        Piece::Data(_) | Piece::End => Begun::Well,
        Piece::Broken(kind) => Begun::Broken(Unanswered::broken(kind)),
    }
}

/// Waits for the first event of a stream.
async fn open(admitted: &Admitted<'_>, source: &mut Source) -> Begun {
    let selection = &admitted.selection;
    let dialect = Dialect::of(selection.endpoint);
    let mut opening = Opening::new(dialect, &selection.manifest.body_quirks);
    loop {
        let opened = match source.next().await {
            Piece::Data(data) => opening.push(&data),
            Piece::End => opening.finish(),
            Piece::Broken(kind) => return Begun::Broken(Unanswered::broken(kind)),
        };
        return match opened {
            Opened::Undecided => continue,
            Opened::Well => Begun::Well,
            Opened::Failed { status, body } => Begun::Failed { status, body },
            Opened::Empty => Begun::Empty,
        };
    }
}

/// Reads at least so many bytes, or to the end. Says what it broke off with, if it did.
async fn collect(source: &mut Source, bytes_max: usize) -> (Vec<Bytes>, Option<ErrorKind>) {
    let (mut read, mut length) = (Vec::new(), 0);
    while length < bytes_max {
        match source.next().await {
            Piece::Data(data) => {
                length += data.len();
                read.push(data);
            }
            Piece::End => break,
            Piece::Broken(kind) => return (read, Some(kind)),
        }
    }
    (read, None)
}

/// An error in the contract's words, with the provider's own headers.
fn error(status: StatusCode, mut headers: HeaderMap, body: Bytes) -> Response<AnswerBody> {
    headers.remove(CONTENT_LENGTH);
    headers.remove(CONTENT_ENCODING);
    let json = HeaderValue::from_static("application/json; charset=utf-8");
    headers.insert(CONTENT_TYPE, json);
    let mut response = Response::new(AnswerBody::from(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
