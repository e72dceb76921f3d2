//! Requests as they come in on one connection.

use std::io;

use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;

/// How much is read at once.
const READ_BYTES: usize = 16 * 1024;

/// A request, as it lies in the buffer of its connection.
#[derive(Debug)]
pub(crate) struct Request<'b> {
    pub method: &'b str,
    /// Path and query.
    pub target: &'b str,
    /// The lines after the first.
    head: &'b str,
    pub body: &'b [u8],
}

impl<'b> Request<'b> {
    pub(crate) fn headers(&self) -> impl Iterator<Item = (&'b str, &'b str)> + use<'b> {
        let lines = self.head.split("\r\n").filter_map(|line| line.split_once(':'));
        lines.map(|(name, value)| (name, value.trim()))
    }

    fn header(&self, wanted: &str) -> Option<&'b str> {
        self.headers().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    }
}

/// A connection with what was read of it and not yet taken.
pub(crate) struct Inbox {
    pub stream: TcpStream,
    buffer: Vec<u8>,
    /// How much of the buffer the present request fills.
    taken: usize,
}

impl Inbox {
    pub(crate) fn new(stream: TcpStream) -> Self {
        Self { stream, buffer: Vec::with_capacity(READ_BYTES), taken: 0 }
    }

    /// Reads until there is a whole request. False once there will be none.
    pub(crate) async fn next(&mut self) -> io::Result<bool> {
        self.buffer.drain(..self.taken);
        self.taken = 0;
        loop {
            if let Some(length) = whole(&self.buffer)? {
                self.taken = length;
                return Ok(true);
            }
            if self.more().await? == 0 {
                return Ok(false);
            }
        }
    }

    /// The request that [`Self::next`] found.
    pub(crate) fn request(&self) -> io::Result<Request<'_>> {
        let (request, start) = head(&self.buffer)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(Request { body: &self.buffer[start..self.taken], ..request })
    }

    /// Returns when the client has closed its end, however much it says before.
    pub(crate) async fn gone(&mut self) {
        while self.more().await.is_ok_and(|read| read > 0) {}
    }

    async fn more(&mut self) -> io::Result<usize> {
        self.buffer.reserve(READ_BYTES);
        self.stream.read_buf(&mut self.buffer).await
    }
}

/// The length of the request at the start of the buffer, if all of it is there.
fn whole(buffer: &[u8]) -> io::Result<Option<usize>> {
    let Some((request, start)) = head(buffer)? else { return Ok(None) };
    if request.header("transfer-encoding").is_some() {
        return Err(io::Error::other("a request without a length"));
    }
    let length = request.header("content-length").map_or(Ok(0), str::parse::<usize>);
    let end = start + length.map_err(io::Error::other)?;
    Ok((buffer.len() >= end).then_some(end))
}

/// The head at the start of the buffer, and where its body starts.
fn head(buffer: &[u8]) -> io::Result<Option<(Request<'_>, usize)>> {
    let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let text = str::from_utf8(&buffer[..end]).map_err(io::Error::other)?;
    let (line, head) = text.split_once("\r\n").unwrap_or((text, ""));
    let mut words = line.split(' ');
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Err(io::Error::other("no request line"));
    };
    Ok(Some((Request { method, target, head, body: &[] }, end + 4)))
}
