//! Reading the body of a request: only of somebody who may send one, and only as much as there is
//! memory for.

use std::io;
use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Bytes, Incoming};
use tokio::time;

use crate::capacity::Share;
use crate::exchange::Unread;
use clawctl_wire::BODY_BYTES_MAX;

/// A body of at most this length is read before it is known who sends it.
pub(super) const SMALL_BYTES_MAX: usize = 16 * 1024;

/// How long a client may take for the body of a request.
const TIMEOUT: Duration = Duration::from_secs(60);

/// How much of a body that is not wanted is read away, and for how long, before its request is
/// answered: a client that writes on without asking would meet a closed connection, not the answer.
const DRAIN_BYTES_MAX: usize = 4 * BODY_BYTES_MAX;
const DRAIN_TIMEOUT: Duration = Duration::from_secs(2);

/// The same of somebody who proved nothing.
const STRANGERS_DRAIN_BYTES_MAX: usize = 1024 * 1024;

/// How long a body is at least, and how long at most, where that is known.
pub(super) fn announced(body: &Incoming) -> (usize, Option<usize>) {
    let hint = body.size_hint();
    let length = |bytes| usize::try_from(bytes).unwrap_or(usize::MAX);
    (length(hint.lower()), hint.upper().map(length))
}

/// Reads a body. What it takes of memory is counted as it comes: an announcement takes none.
pub(super) async fn read(
    body: &mut Incoming,
    share: Option<&mut Share>,
) -> io::Result<Result<Bytes, Unread>> {
    let reading = time::timeout(TIMEOUT, read_all(body, share)).await;
    reading.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

async fn read_all(
    body: &mut Incoming,
    mut share: Option<&mut Share>,
) -> io::Result<Result<Bytes, Unread>> {
    let (length, _) = announced(body);
    if length > BODY_BYTES_MAX {
        return Ok(Err(Unread::TooLong));
    }
    let mut read = Vec::with_capacity(length);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(io::Error::other)?;
        let Some(data) = frame.data_ref() else { continue };
        if read.len() + data.len() > BODY_BYTES_MAX {
            return Ok(Err(Unread::TooLong));
        }
        if let Some(Err(exhausted)) = share.as_mut().map(|share| share.grow(data.len())) {
            return Ok(Err(Unread::NoMemory(exhausted)));
        }
        read.extend_from_slice(data);
    }
    Ok(Ok(read.into()))
}

/// Takes what is not wanted of a body off the wire, and keeps nothing of it.
pub(super) async fn drain(body: &mut Incoming, why: Unread) {
    let most = if why == Unread::OfAStranger { STRANGERS_DRAIN_BYTES_MAX } else { DRAIN_BYTES_MAX };
    let draining = async {
        let mut left = most;
        while let Some(Ok(frame)) = body.frame().await {
            left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
            if left == 0 {
                return;
            }
        }
    };
    let _ = time::timeout(DRAIN_TIMEOUT, draining).await;
}
