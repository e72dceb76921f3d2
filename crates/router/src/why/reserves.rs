//! What is set aside for a request, apart from whether anybody may make it.

use super::{Ask, Request, decision, forward, route};
use crate::manifest::Manifests;
use clawctl_wire::money::Micros;
use clawctl_wire::usage_event::CostBasis;

/// What a router reserves for a request under a budget: `fixed`, if the policy has a price for each
/// request, or else what the model costs at most. Nothing where the request is none, or where the
/// model has no price.
pub fn reserves(manifests: &Manifests, request: &Request, fixed: Option<Micros>) -> Option<Micros> {
    let (path, query) = request.split_path();
    let path = route::canonical(path);
    let route = route::forwarded(&request.method, &path)?;
    let ask = Ask { route, method: &request.method, query, body: &request.body };
    let config = |name: &str| Some(name.to_owned());
    let selection = decision::select(manifests, &config, &ask, &forward::adapt).ok()?;
    let model = selection.model.as_deref();
    let estimate = decision::estimate(model, fixed, selection.capability, &selection.size);
    (estimate.basis != CostBasis::FlatFallback).then_some(estimate.micros)
}
