//! Where a provider reports its own limits.

use super::{Faults, is_token};
use crate::address::is_safe_address;
use clawctl_wire::provider::Quota;

const KINDS: &[&str] =
    &["requests", "tokens", "input_tokens", "output_tokens", "credits", "subscription", "generic"];

pub(super) fn check(quota: &Quota, faults: &mut Faults) {
    let at = "quota/responseHeaders";
    faults.unless(quota.response_headers.len() <= 12, at, "there are more than 12 limits");
    for (index, limit) in quota.response_headers.iter().enumerate() {
        let at = format!("{at}/{index}");
        faults.unless(!limit.id.is_empty(), &at, "the limit has no id");
        faults.word(&limit.kind, KINDS, format!("{at}/kind"));
        let headers = || {
            let lists = [&limit.limit_headers, &limit.remaining_headers];
            lists.into_iter().chain([&limit.used_headers, &limit.reset_headers]).flatten()
        };
        let sourced = headers().next().is_some() || limit.fixed_limit.is_some();
        faults.unless(sourced, &at, "no header says anything about this limit");
        let named = headers().all(|header| is_token(header));
        faults.unless(named, &at, "one of the headers' names is not an HTTP header");
    }
    faults.unless(quota.probes.len() <= 4, "quota/probes", "there are more than 4 probes");
    for (index, probe) in quota.probes.iter().enumerate() {
        let at = format!("quota/probes/{index}");
        let safe = url::Url::parse(&probe.url).is_ok_and(|url| is_safe_address(&url));
        faults.unless(safe, format!("{at}/url"), "a probe must use https, or be on this machine");
        let method = matches!(probe.method.as_str(), "GET" | "POST");
        faults.unless(method, format!("{at}/method"), "a probe must use GET or POST");
        faults.unless(!probe.grant_kinds.is_empty(), &at, "the probe is for no kind of grant");
        faults.unless(!probe.windows.is_empty(), &at, "the probe reads no limit");
    }
}
