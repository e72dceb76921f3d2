//! A request for fusion: the advisers are asked at the same time, then the model that answers.
//!
//! Each of them is a request like any other, with its own admission, reservation, event and place
//! among the requests in flight. The one that answers is admitted first, and what it may cost at
//! most is set aside first, so that no adviser is paid for an answer that cannot come. An adviser
//! that fails is missed by nobody but the counts.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::{Duration, Instant};

use http::{HeaderMap, HeaderName, HeaderValue, Response};
use hyper::body::{Body as _, Bytes};

use super::part::Part;
use super::{Admitted, AnswerBody, Arrival, Incoming, event, pass_selected, refused};
use crate::capacity::Share;
use crate::decision::{self, Body, Demand};
use crate::fusion::{Parts, Proposal, advice, config};
use crate::ids;
use crate::refusal::Refusal;
use clawctl_wire::fusion::FusionConfig;
use clawctl_wire::usage_event::UsageEvent;

const ADVISER: &str = "fusion_adviser";
const SYNTHESIZER: &str = "fusion_synthesizer";

/// One request for fusion.
struct Run<'a> {
    arrival: &'a Arrival<'a>,
    parts: &'a Parts<'a>,
    /// Of the client's body.
    length: usize,
    id: String,
}

/// Answers a request for fusion.
pub(super) async fn pass_on(
    arrival: &Arrival<'_>,
    body: &[u8],
    in_flight: Share,
) -> Result<Response<AnswerBody>, Refusal> {
    let Incoming { forwarder, .. } = *arrival.incoming;
    let manifests = forwarder.core.manifests();
    let config = forwarder.core.store.read(|db| config::stored(db, manifests))?;
    let length = body.len();
    let body = forwarder.aside.run(length, || Body::parse(body)).await?;
    let parts = Parts::of(manifests, &config, &body)?;
    let run = Run { arrival, parts: &parts, length, id: format!("fusion_{:032x}", ids::fresh()) };
    let largest = || parts.largest_synthesis(|body| arrival.incoming.select(body));
    let selection = forwarder.aside.run(length, largest).await?;
    let part = run.part(SYNTHESIZER, None, 1);
    let (mut admitted, demand, mut tab) =
        Admitted::admit(arrival, selection, |event| part.mark(event), None)?;
    let reserved = admitted.reserve(&demand, None, &mut tab).await;
    reserved.map_err(|refusal| refused(&mut tab, refusal))?;

    let started = Instant::now();
    let advisers = (0..config.adviser_models.len()).map(|place| run.ask(place)).collect();
    let proposals: Vec<Proposal> = all(advisers).await.into_iter().flatten().collect();
    let took = started.elapsed();

    let synthesis = || parts.synthesis(&proposals).and_then(|body| arrival.incoming.select(&body));
    let selection = forwarder.aside.run(length, synthesis).await;
    admitted.selection = selection.map_err(|refusal| refused(&mut tab, refusal))?;
    admitted.started = Instant::now();
    let estimate = decision::estimate(
        admitted.selection.model.as_deref(),
        arrival.holder.policy.policy.request_cost_micros,
        admitted.selection.capability,
        &admitted.selection.size,
    );
    // Its money is set aside already; this is for its content.
    let nothing = Demand { estimate: estimate.clone(), claims: Vec::new() };
    tab.resumed(estimate, parts.count());
    let content = event::content(&admitted);
    let kept = admitted.reserve(&nothing, content, &mut tab).await;
    kept.map_err(|refusal| refused(&mut tab, refusal))?;
    let answered = admitted.answer(tab, in_flight).await;
    let mut response = answered.unwrap_or_else(|refusal| {
        arrival.incoming.refused(refusal).into_response().map(AnswerBody::from)
    });
    describe(response.headers_mut(), &config, &proposals, took);
    Ok(response)
}

impl Run<'_> {
    fn part(&self, stage: &'static str, index: Option<u64>, size: u64) -> Part<'_> {
        let started_at_ms = self.arrival.incoming.now.as_millisecond();
        Part { id: &self.id, stage, index, size, started_at_ms }
    }

    /// What one adviser proposes; nothing if it fails, for whatever reason.
    async fn ask(&self, place: usize) -> Option<Proposal> {
        let number = place + 1;
        let request_id = format!("fusion-adviser-{number}_{:032x}", ids::fresh());
        let request_id = HeaderValue::try_from(request_id).ok()?;
        let incoming = Incoming { request_id: &request_id, ..*self.arrival.incoming };
        let arrival = Arrival { incoming: &incoming, ..*self.arrival };
        let in_flight = incoming.take_place(&arrival.holder.credential.id).ok()?;
        let config = self.parts.config;
        let advice = || incoming.select(&self.parts.advice(place));
        let selection = incoming.forwarder.aside.run(self.length, advice).await.ok()?;
        let part = self.part(ADVISER, Some(number as u64), self.parts.count());
        let mark = |event: &mut UsageEvent| part.mark(event);
        let limit = Duration::from_millis(config.adviser_timeout_ms);
        let answer = pass_selected(&arrival, selection, mark, Some(limit), in_flight).await;
        let answer = answer.inspect_err(|refusal| incoming.note_failure(refusal)).ok()?;
        let well = answer.status().is_success();
        // Also a refusal is read to its end, which closes its tab.
        let said = whole(answer.into_body(), advice::answer_bytes_max(config)).await?;
        if well { advice::proposal(config, place, &said) } else { None }
    }
}

/// Reads an answer, unless it is longer than this.
pub(super) async fn whole(body: AnswerBody, bytes_max: usize) -> Option<Vec<u8>> {
    let mut body = pin!(body);
    let mut read = Vec::new();
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let piece: Bytes = frame.ok()?.into_data().unwrap_or_default();
        if read.len() + piece.len() > bytes_max {
            return None;
        }
        read.extend_from_slice(&piece);
    }
    Some(read)
}

/// Waits for all of them at once, and keeps their order.
async fn all<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut waiting: Vec<Pin<Box<F>>> = futures.into_iter().map(Box::pin).collect();
    let mut done: Vec<Option<F::Output>> = waiting.iter().map(|_| None).collect();
    poll_fn(|context| {
        for (future, output) in waiting.iter_mut().zip(&mut done) {
            if output.is_none()
                && let Poll::Ready(value) = future.as_mut().poll(context)
            {
                *output = Some(value);
            }
        }
        if done.iter().all(Option::is_some) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}

/// Says in the head of the answer how it came about.
fn describe(
    headers: &mut HeaderMap,
    config: &FusionConfig,
    proposals: &[Proposal],
    took: Duration,
) {
    let failed = config.adviser_models.len() - proposals.len();
    let models: Vec<_> = proposals.iter().map(|proposal| proposal.model.as_str()).collect();
    let mode = if proposals.is_empty() { "aggregator-only" } else { "advisers" };
    for (name, value) in [
        ("x-clawrouter-fusion", mode.to_owned()),
        ("x-clawrouter-fusion-aggregator", config.aggregator_model.clone()),
        ("x-clawrouter-fusion-adviser-count", proposals.len().to_string()),
        ("x-clawrouter-fusion-failed-count", failed.to_string()),
        ("x-clawrouter-fusion-latency-ms", took.as_millis().to_string()),
        ("x-clawrouter-fusion-advisers", models.join(",")),
    ] {
        // A model's id is made of what a header may hold.
        if let (false, Ok(value)) = (value.is_empty(), HeaderValue::try_from(value.as_str())) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}
