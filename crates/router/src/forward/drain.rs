//! What a provider still says after its client has left. Where money was set aside for it, it is
//! read to its end and passed on to nobody, so that it costs what it costs: who leaves early pays
//! no less, and what was set aside is not kept without need.
//!
//! Nobody can fill the router with what he left: there are few places, they are taken for a minute
//! at most, and where there is none, what was set aside is spent.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout, timeout_at};

use super::flow::Flow;
use super::meter::{Meter, Plan};
use super::sending::Answer;
use super::source::{Piece, Source};
use super::tab::Tab;
use super::watch::Watch;
use crate::capacity::Capacity;
use crate::manifest::Patience;
use crate::outbound::Unanswered;

/// How long an answer is read for nobody.
const TIME_MAX: Duration = Duration::from_secs(60);

/// How many of them at once, and of one key.
const PLACES: usize = 64;
const PLACES_OF_A_KEY: usize = 16;

/// A request on its way to its provider, until the head of the answer.
pub(super) type Sending =
    std::pin::Pin<Box<dyn Future<Output = Result<Answer, Unanswered>> + Send>>;

/// What is needed to read an answer whose head has come.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    pub(super) plan: Plan,
    pub(super) patience: Patience,
    pub(super) started: std::time::Instant,
}

impl Reading {
    /// An answer, with its head taken off.
    pub(super) fn flow(&self, answer: Answer, tab: Tab) -> Flow {
        let (head, body) = answer.response.into_parts();
        let watch = Watch::new(&self.patience, self.started);
        let source = Source::new(body, watch, answer.mask);
        let length = head.headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
        let announced = length.and_then(|text| text.parse().ok());
        let plan = Plan { text_max: tab.text_max(), ..self.plan };
        let encoding = head.headers.get(CONTENT_ENCODING);
        let meter = match encoding.filter(|encoding| encoding.as_bytes() != b"identity") {
            None => Meter::new(plan, head.headers.get(CONTENT_TYPE)),
            Some(_) => Meter::blind(),
        };
        Flow::new(source, (head.status.as_u16(), announced), meter, tab)
    }
}

/// What is left of a request whose client is gone.
pub(super) enum Rest {
    Head { sending: Sending, reading: Reading, tab: Tab },
    Body(Flow),
}

/// Everything that is read for nobody just now; nothing more once the router stops.
pub(crate) struct Drains {
    places: Arc<Capacity>,
    running: Mutex<Option<JoinSet<()>>>,
}

impl Default for Drains {
    fn default() -> Self {
        let places = Capacity::new(PLACES, PLACES_OF_A_KEY);
        let running = Mutex::new(Some(JoinSet::new()));
        Self { places, running }
    }
}

impl Drains {
    /// Waits for what is being read, for so long. What is not over by then is settled as it is, and
    /// so is all that is left from here on.
    pub(crate) async fn finish(&self, patience: Duration) {
        let Some(mut running) = self.running().take() else { return };
        let all = async { while running.join_next().await.is_some() {} };
        let _ = timeout(patience, all).await;
        running.shutdown().await;
    }

    fn running(&self) -> MutexGuard<'_, Option<JoinSet<()>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads the rest for nobody, if there is a place for that. What is dropped settles itself.
pub(super) fn read(rest: Rest) {
    let tab = match &rest {
        Rest::Head { tab, .. } => tab,
        Rest::Body(flow) => flow.tab(),
    };
    let Some((forwarder, key)) = tab.owing() else { return };
    let (forwarder, place) = (Arc::clone(forwarder), forwarder.drains.places.take(key, 1));
    if let (Ok(place), Ok(runtime)) = (place, Handle::try_current())
        && let Some(running) = &mut *forwarder.drains.running()
    {
        while running.try_join_next().is_some() {}
        running.spawn_on(
            async move {
                rest.read().await;
                drop(place);
            },
            &runtime,
        );
    }
}

impl Rest {
    async fn read(self) {
        let end = Instant::now() + TIME_MAX;
        let mut flow = match self {
            Self::Body(flow) => flow,
            Self::Head { sending, reading, mut tab } => match timeout_at(end, sending).await {
                Ok(Ok(answer)) => reading.flow(answer, tab),
                Ok(Err(failure)) if !failure.is_sent => return tab.turned_down(),
                Ok(Err(_)) | Err(_) => return,
            },
        };
        flow.begin(drop);
        let is_over = loop {
            if flow.is_whole() {
                break true;
            }
            if flow.is_stopped().is_some() || flow.is_too_long() {
                break false;
            }
            match timeout_at(end, flow.source.next()).await {
                Ok(Piece::Data(piece)) => drop(flow.push(piece)),
                Ok(Piece::End) => break true,
                Ok(Piece::Broken(_)) | Err(_) => break false,
            }
        };
        flow.close_left(is_over);
    }
}

/// A request that is being sent. If nobody waits for its answer any more, it is read all the same.
pub(super) struct Call<'t> {
    pub(super) sending: Option<Sending>,
    pub(super) reading: Reading,
    pub(super) tab: &'t mut Tab,
}

impl Call<'_> {
    /// The head of the answer.
    pub(super) async fn head(mut self) -> Result<Answer, Unanswered> {
        let Some(sending) = &mut self.sending else { return Err(Unanswered::LATE) };
        let answer = sending.as_mut().await;
        self.sending = None;
        answer
    }
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        if let Some(sending) = self.sending.take()
            && self.tab.owing().is_some()
        {
            read(Rest::Head { sending, reading: self.reading, tab: self.tab.take() });
        }
    }
}
