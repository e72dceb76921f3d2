//! What was seen of a grant at its provider: how often it was chosen, how much of its limits is
//! left, and until when it rests.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::quota;
use clawctl_wire::grant::{QuotaStatus, QuotaWindow};
use clawctl_wire::provider::Provider;

/// What is said of a grant whose secret was refused.
const AUTHENTICATION: &str = "authentication";

/// How long a grant rests when its provider does not accept it.
const REFUSED_RESTS: SignedDuration = SignedDuration::from_mins(5);
/// How long it rests when a limit is spent, and nothing says until when.
const LIMITED_RESTS: SignedDuration = SignedDuration::from_secs(60);
/// The longest rest, whatever a provider says.
const RESTS_MAX: SignedDuration = SignedDuration::from_hours(24);
/// This part of a limit is little.
pub(crate) const LITTLE_LEFT: f64 = 0.1;

/// The state of one revision of a grant. One that was seen of another means nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct State {
    pub(crate) revision: String,
    pub(crate) selected_count: u64,
    pub(crate) last_selected_at: Option<Timestamp>,
    pub(crate) observed_at: Option<Timestamp>,
    pub(crate) cooldown_until: Option<Timestamp>,
    /// Where the limits were read: `response_headers` or `provider_probe`.
    pub(crate) source: Option<String>,
    /// What the provider said last: `authentication`, `rate_limit` or `quota`.
    pub(crate) signal: Option<String>,
    pub(crate) windows: Vec<QuotaWindow>,
    /// When its token was renewed last, while this was kept.
    pub(crate) renewed_at: Option<Timestamp>,
}

impl State {
    pub(crate) fn of(revision: &str) -> Self {
        Self { revision: revision.to_owned(), ..Self::default() }
    }

    /// When anything was last seen of it.
    pub(crate) fn seen_at(&self) -> Option<Timestamp> {
        self.observed_at.max(self.last_selected_at)
    }

    pub(crate) fn rests(&self, now: Timestamp) -> bool {
        self.cooldown_until.is_some_and(|end| end > now)
    }

    pub(crate) fn status(&self, now: Timestamp) -> QuotaStatus {
        if self.rests(now) {
            return QuotaStatus::Cooldown;
        }
        match self.remaining(now) {
            Some(left) if left <= LITTLE_LEFT => QuotaStatus::Limited,
            _ if self.observed_at.is_some() && !self.windows.is_empty() => QuotaStatus::Available,
            _ => QuotaStatus::Unknown,
        }
    }

    /// The part that is left of the scarcest limit; nothing where no limit is known. A limit whose
    /// reset has passed is full again.
    pub(crate) fn remaining(&self, now: Timestamp) -> Option<f64> {
        let left = self.windows.iter().filter_map(|window| quota::left(window, now));
        left.min_by(f64::total_cmp)
    }

    /// Takes in what the provider said when it was asked for the limits.
    pub(crate) fn probed(&mut self, windows: Vec<QuotaWindow>, now: Timestamp) {
        self.windows = windows;
        self.observed_at = Some(now);
        self.source = Some("provider_probe".to_owned());
        self.signal = Some("quota".to_owned());
    }

    /// What was held against the token before holds no longer.
    pub(crate) fn renewed(&mut self, at: Timestamp) {
        self.renewed_at = Some(at);
        if self.signal.as_deref() == Some(AUTHENTICATION) {
            self.cooldown_until = None;
        }
    }

    /// A token that is over and was not renewed rests as one that was refused.
    pub(crate) fn unrenewed(&mut self, now: Timestamp) {
        self.signal = Some(AUTHENTICATION.to_owned());
        self.cooldown_until = Some(now.saturating_add(LIMITED_RESTS).unwrap_or(now));
    }

    /// Takes in what an answer says. Returns whether there was anything to take in.
    pub(crate) fn observe(
        &mut self,
        provider: &Provider,
        status: u16,
        headers: &http::HeaderMap,
        now: Timestamp,
    ) -> bool {
        let windows = quota::windows(&provider.quota.response_headers, headers, now);
        let seen = !windows.is_empty();
        if seen {
            self.windows = windows;
            self.observed_at = Some(now);
            self.source = Some("response_headers".to_owned());
            self.signal = Some("quota".to_owned());
        }
        let rest = match status {
            401 | 403 => {
                self.signal = Some(AUTHENTICATION.to_owned());
                Some(now.saturating_add(REFUSED_RESTS).unwrap_or(now))
            }
            429 => {
                self.signal = Some("rate_limit".to_owned());
                Some(self.limited_until(headers, now))
            }
            _ => None,
        };
        match rest {
            None => seen,
            Some(end) => {
                self.observed_at = Some(now);
                // An earlier, longer rest still holds: this answer may be to an older request.
                self.cooldown_until = self.cooldown_until.max(Some(end));
                true
            }
        }
    }

    fn limited_until(&self, headers: &http::HeaderMap, now: Timestamp) -> Timestamp {
        let asked = headers.get(http::header::RETRY_AFTER).and_then(|value| value.to_str().ok());
        let resets = |spent: bool| {
            let windows = self.windows.iter();
            windows
                .filter(move |window| !spent || quota::is_spent(window))
                .filter_map(|window| window.reset_at.as_deref()?.parse::<Timestamp>().ok())
                .filter(|reset| *reset > now)
        };
        let end = asked
            .and_then(|text| quota::retry_after(text, now))
            // All that is spent must be full again; where nothing says what is, the first will do.
            .or_else(|| resets(true).max())
            .or_else(|| resets(false).min())
            .unwrap_or_else(|| now.saturating_add(LIMITED_RESTS).unwrap_or(now));
        end.clamp(now, now.saturating_add(RESTS_MAX).unwrap_or(now))
    }
}
