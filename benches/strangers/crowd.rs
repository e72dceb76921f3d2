//! Many who ask for what they will not get, and one who asks for much.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::task::JoinSet;

use crate::common::Failure;

const BODY_BYTES: usize = 8 * 1024 * 1024;
const PATIENCE: Duration = Duration::from_secs(60);

/// How long strangers keep their connections after they were answered.
const LINGER: Duration = Duration::from_secs(10);

/// A connection on which one request follows the other.
pub(crate) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(crate) fn open(address: &str) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Sends a request, reads the whole answer, and gives its status.
    pub(crate) fn ask(&mut self, request: &str) -> Result<u16, Failure> {
        self.0.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.0.read_line(&mut line)?;
        let status = line.split(' ').nth(1).ok_or("no answer")?.parse()?;
        let mut length = 0;
        while !line.trim_end().is_empty() {
            line.clear();
            self.0.read_line(&mut line)?;
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse()?;
            }
        }
        self.0.read_exact(&mut vec![0; length])?;
        Ok(status)
    }
}

/// So many strangers send 8 MiB each, all at once. Says how many of them heard why not.
pub(crate) fn of_bodies(address: &str, count: usize) -> Result<usize, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut strangers = JoinSet::new();
        for _ in 0..count {
            let address = address.to_owned();
            strangers
                .spawn(async move { tokio::time::timeout(PATIENCE, stranger(&address)).await });
        }
        let heard = strangers.join_all().await;
        Ok(heard.into_iter().filter(|heard| matches!(heard, Ok(Ok(true)))).count())
    })
}

async fn stranger(address: &str) -> std::io::Result<bool> {
    let mut stream = tokio::net::TcpStream::connect(address).await?;
    let head = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: {address}\r\n\
         authorization: Bearer clawrouter-live-stranger-12345678\r\n\
         content-length: {BODY_BYTES}\r\n\r\n"
    );
    let (mut reader, mut writer) = stream.split();
    let sending = async {
        writer.write_all(head.as_bytes()).await?;
        let piece = [b'x'; 64 * 1024];
        for _ in 0..BODY_BYTES / piece.len() {
            writer.write_all(&piece).await?;
        }
        std::io::Result::Ok(())
    };
    let hearing = async {
        let mut status = [0; 12];
        reader.read_exact(&mut status).await?;
        std::io::Result::Ok(&status == b"HTTP/1.1 401")
    };
    let (_, heard) = tokio::join!(sending, hearing);
    tokio::time::sleep(LINGER).await;
    heard
}

/// Asks with so many keys that nobody has.
pub(crate) fn of_keys(address: &str, count: usize) -> Result<(), Failure> {
    const CONNECTIONS: usize = 8;
    let threads: Vec<_> = (0..CONNECTIONS)
        .map(|number| {
            let address = address.to_owned();
            std::thread::spawn(move || -> Result<(), String> {
                let asked = (number..count).step_by(CONNECTIONS);
                ask_with_keys(&address, asked).map_err(|error| error.to_string())
            })
        })
        .collect();
    for thread in threads {
        thread.join().map_err(|_| "a stranger broke")??;
    }
    Ok(())
}

fn ask_with_keys(address: &str, keys: impl Iterator<Item = usize>) -> Result<(), Failure> {
    let mut connection = Connection::open(address)?;
    for key in keys {
        let status = connection.ask(&format!(
            "POST /v1/chat/completions HTTP/1.1\r\nhost: {address}\r\ncontent-length: 2\r\n\
             authorization: Bearer clawrouter-live-stranger{key}-12345678\r\n\r\n{{}}"
        ))?;
        if status != 401 {
            return Err(format!("a stranger was answered {status}").into());
        }
    }
    Ok(())
}

/// Sends large bodies of many members with a key, so many at a time. Says how many were sent.
pub(crate) fn of_members(
    address: &str,
    key: &str,
    at_once: usize,
    count: usize,
) -> Result<usize, Failure> {
    let mut body =
        r#"{"model":"openai/gpt-4.1-mini","messages":[{"role":"user","content":""}],"x":{"#
            .to_owned();
    for member in 0..600_000 {
        let comma = if member == 0 { "" } else { "," };
        body.push_str(&format!("{comma}\"m{member:06}\":0"));
    }
    body.push_str("}}");
    if body.len() > BODY_BYTES {
        return Err("the body is longer than any may be".into());
    }
    let request = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {key}\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    std::thread::scope(|scope| {
        let senders: Vec<_> = (0..at_once)
            .map(|_| {
                scope.spawn(|| -> Result<(), String> {
                    for _ in 0..count / at_once {
                        let mut connection =
                            Connection::open(address).map_err(|error| error.to_string())?;
                        connection.ask(&request).map_err(|error| error.to_string())?;
                    }
                    Ok(())
                })
            })
            .collect();
        for sender in senders {
            sender.join().map_err(|_| "a sender broke")??;
        }
        Ok(count)
    })
}
