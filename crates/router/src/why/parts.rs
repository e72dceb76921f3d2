//! A request for fusion: each of the requests that it is, decided about as if it came alone, after
//! those before it have set their money aside.

use super::chain::Chain;
use super::{Facts, Fusion, Held, Request, Seen, admit, words};
use crate::decision::{self, Ask, Body, Check, Selection};
use crate::forward;
use crate::fusion::Parts;
use crate::refusal::Refusal;
use clawctl_wire::fusion::FusionStage;
use clawctl_wire::policy::Policy;
use clawctl_wire::why::Explanation;

/// What is said of the parts of a router that another make of this contract runs.
const WORDED_ELSEWHERE: &str = "how that router words the requests of which fusion is made, and in \
                                which order it sets their money aside, it does not say: the \
                                amounts are what clawctl's own router would reserve";

/// Walks on with the request of the model that answers, and beside it with those of the advisers.
pub(super) fn walk(
    facts: &Facts<'_>,
    policy: &Policy,
    request: &Request,
    ask: &Ask<'_>,
    chain: &mut Chain,
) -> Result<(), Refusal> {
    let Fusion { config, is_worded_here } = match facts.sight.fusion() {
        Seen::Known(fusion) => fusion,
        Seen::Unseen(why) => {
            chain.unseen(Check::Request, why);
            return Ok(());
        }
    };
    let select = |body: &[u8]| {
        let ask = Ask { body, ..*ask };
        decision::select(facts.manifests, facts.config, &ask, &forward::adapt)
    };
    let body = chain.quietly(Check::Request, Body::parse(ask.body))?;
    let parts = chain.quietly(Check::Request, Parts::of(facts.manifests, &config, &body))?;
    let synthesis =
        chain.check(Check::Request, parts.largest_synthesis(select), || words::fusion(&config))?;
    let mut held = Held { of_others: Vec::new(), is_exact: is_worded_here };
    if !is_worded_here {
        chain.unknown_amounts(WORDED_ELSEWHERE);
    }
    let (told, outcome) = part(facts, policy, request, Ok(synthesis), &mut held);
    chain.goes_on_as(&told);
    chain.part(FusionStage::Synthesizer, None, &config.aggregator_model, told);
    outcome?;
    for (place, model) in config.adviser_models.iter().enumerate() {
        let selected = select(&parts.advice(place));
        let (told, _) = part(facts, policy, request, selected, &mut held);
        chain.part(FusionStage::Adviser, Some(place as u64 + 1), model, told);
    }
    Ok(())
}

/// One of them, and how it would go.
fn part(
    facts: &Facts<'_>,
    policy: &Policy,
    request: &Request,
    selected: Result<Selection<'_>, Refusal>,
    held: &mut Held,
) -> (Explanation, Result<(), Refusal>) {
    let mut chain = Chain::new(facts, request);
    let outcome = match selected {
        Ok(selection) => {
            chain.selected(&selection);
            admit(facts, policy, &selection, held, &mut chain)
        }
        Err(refusal) => chain.quietly(Check::Request, Err(refusal)),
    };
    (chain.end(outcome.clone().err()), outcome)
}
