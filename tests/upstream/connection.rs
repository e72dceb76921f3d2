//! One connection: requests in turn, each answered by playing its script.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::{select, time};

use super::Stage;
use super::inbox::Inbox;
use super::log::{Ended, Entry};
use super::script::{Script, Step};

/// Whether the connection can be used again.
#[derive(PartialEq)]
enum After {
    Open,
    Closed,
}

pub(super) async fn converse(stream: TcpStream, number: usize, stage: Arc<Stage>) {
    // Without this, each event of a stream would wait for the acknowledgement of the last.
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let mut inbox = Inbox::new(stream);
    while inbox.next().await.unwrap_or(false) {
        let Ok(request) = inbox.request() else { return };
        let script = stage.script(&request);
        let entry = stage.log.as_ref().map(|log| log.write(number, &request));
        let played = play(&mut inbox, &script, entry.as_ref()).await;
        if let Some(entry) = &entry {
            entry.ended(if played.is_ok() { Ended::Played } else { Ended::ClientGone });
        }
        if !matches!(played, Ok(After::Open)) {
            return;
        }
    }
}

/// An error is a client that went away.
async fn play(inbox: &mut Inbox, script: &Script, entry: Option<&Entry>) -> io::Result<After> {
    for step in &script.steps {
        match step {
            Step::Wait(time) => wait(inbox, *time).await?,
            Step::Send(bytes) => inbox.stream.write_all(bytes).await?,
            Step::Event(bytes) => event(inbox, bytes, entry).await?,
            Step::Endless(bytes, pause) => loop {
                wait(inbox, *pause).await?;
                event(inbox, bytes, entry).await?;
            },
            Step::Stall => {
                inbox.gone().await;
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
            Step::Drop => return Ok(After::Closed),
            Step::Reset => {
                inbox.stream.set_zero_linger()?;
                return Ok(After::Closed);
            }
        }
    }
    Ok(After::Open)
}

async fn event(inbox: &mut Inbox, bytes: &[u8], entry: Option<&Entry>) -> io::Result<()> {
    inbox.stream.write_all(bytes).await?;
    if let Some(entry) = entry {
        entry.event_sent();
    }
    Ok(())
}

/// Waits, unless the client goes meanwhile.
async fn wait(inbox: &mut Inbox, time: Duration) -> io::Result<()> {
    select! {
        biased;
        () = inbox.gone() => Err(io::ErrorKind::ConnectionAborted.into()),
        () = time::sleep(time) => Ok(()),
    }
}
