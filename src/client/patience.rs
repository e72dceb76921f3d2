//! Asking again and again, until a router answers.

use std::time::Duration;

use super::Error;

/// The longest pause between two tries.
const PAUSE_MAX: Duration = Duration::from_secs(30);

/// Can it be otherwise the next time?
pub(crate) fn is_transient(e: &Error) -> bool {
    match e {
        Error::Unreachable { .. } | Error::Timeout { .. } => true,
        Error::Refused { status, .. } | Error::NotJson { status, .. } => {
            matches!(status, 408 | 425 | 429 | 500..)
        }
        _ => false,
    }
}

/// How long to wait after so many failures in a row. It doubles, up to half a minute.
pub(crate) fn pause_after(failures: u32, interval: Duration) -> Duration {
    let doubled = interval.saturating_mul(1 << failures.saturating_sub(1).min(16));
    doubled.min(PAUSE_MAX.max(interval))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clawctl_wire::error::Problem;

    #[test]
    fn pauses_double_up_to_half_a_minute() {
        let pauses = |interval| {
            let pause = |failures| pause_after(failures, Duration::from_secs(interval)).as_secs();
            [1, 2, 3, 4, 5, 6, 60].map(pause)
        };
        assert_eq!(pauses(2), [2, 4, 8, 16, 30, 30, 30]);
        assert_eq!(pauses(60), [60; 7]);
    }

    #[test]
    fn a_refused_identity_does_not_get_better() {
        let refused = |status| Error::Refused {
            status,
            problem: Problem { code: "x".into(), message: String::new() },
            request_id: None,
        };
        for status in [408, 429, 500, 502, 503, 504] {
            assert!(is_transient(&refused(status)), "{status}");
        }
        for status in [400, 401, 403, 404] {
            assert!(!is_transient(&refused(status)), "{status}");
        }
        assert!(is_transient(&Error::Timeout {
            place: String::new(),
            after: Duration::from_secs(1)
        }));
    }
}
