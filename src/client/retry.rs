//! When a call is made again, and after how long.
//!
//! Reads, PUTs and the admin POSTs (revoke) say the state that they want, so they may be repeated
//! after a lost answer; whether that holds for a call is said by the caller.

use std::time::{Duration, Instant};

use super::error::Error;
use super::transport::Answer;

const ATTEMPTS_MAX: u32 = 4;
const PAUSE_FIRST: Duration = Duration::from_millis(100);
const PAUSE_MAX: Duration = Duration::from_secs(5);

/// What to do after an attempt.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    /// Hand the outcome to the caller.
    Give,
    /// Pause, then send the same request again.
    Wait(Duration),
}

/// The attempts at one call, and the time that is left for all of them together. What somebody does
/// with a part of an answer before the next part is asked for does not count.
pub(super) struct Tries {
    made: u32,
    left: Duration,
    repeatable: bool,
}

impl Tries {
    pub(super) fn new(left: Duration, repeatable: bool) -> Self {
        Self { made: 0, left, repeatable }
    }

    /// Waits for a part of the answer; nothing if there is no time left.
    pub(super) async fn within<T>(&mut self, part: impl Future<Output = T>) -> Option<T> {
        let started = Instant::now();
        let waited = tokio::time::timeout(self.left, part).await.ok();
        self.left = self.left.saturating_sub(started.elapsed());
        waited
    }

    /// Pauses if the call is to be made once more. If not, the outcome is final.
    pub(super) async fn again(&mut self, outcome: Result<&Answer, &Error>) -> bool {
        self.made += 1;
        match after(outcome, self.repeatable, self.made, self.left) {
            Next::Give => false,
            Next::Wait(pause) => {
                tokio::time::sleep(pause).await;
                self.left = self.left.saturating_sub(pause);
                true
            }
        }
    }
}

/// Decides on the outcome of an attempt. `left` is what remains of the time limit.
fn after(outcome: Result<&Answer, &Error>, repeatable: bool, attempt: u32, left: Duration) -> Next {
    let asked = match outcome {
        Ok(answer) => match answer.status {
            429 | 503 => retry_after(answer),
            502 | 504 => None,
            _ => return Next::Give,
        },
        Err(Error::Unreachable { .. }) => None,
        Err(_) => return Next::Give,
    };
    if attempt >= ATTEMPTS_MAX || !repeatable {
        return Next::Give;
    }
    let pause = asked.unwrap_or_else(|| backoff(attempt));
    // Waiting past the limit would only turn the router's own answer into a time-out.
    if pause >= left { Next::Give } else { Next::Wait(pause) }
}

fn retry_after(answer: &Answer) -> Option<Duration> {
    let seconds: u64 = answer.header("retry-after")?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// Doubles from attempt to attempt; the jitter keeps a fleet of scripts from marching in step.
fn backoff(attempt: u32) -> Duration {
    let full = PAUSE_FIRST.saturating_mul(1 << (attempt - 1).min(10)).min(PAUSE_MAX);
    let mut byte = [0_u8; 1];
    // Without randomness the pause is merely not jittered.
    let _ = getrandom::fill(&mut byte);
    full / 2 + (full / 2).mul_f64(f64::from(byte[0]) / 255.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, retry_after: Option<&str>) -> Answer {
        let mut headers = http::HeaderMap::new();
        if let Some(text) = retry_after {
            headers.insert("retry-after", text.parse().unwrap());
        }
        Answer { status, headers, body: bytes::Bytes::new() }
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn what_cannot_get_better_is_not_repeated() {
        for status in [200, 301, 400, 401, 404, 412, 500] {
            assert_eq!(after(Ok(&answer(status, None)), true, 1, LONG), Next::Give, "{status}");
        }
        let timeout = Error::Timeout { place: String::new(), after: LONG };
        assert_eq!(after(Err(&timeout), true, 1, LONG), Next::Give);
    }

    #[test]
    fn the_router_says_when_to_come_back() {
        let slow = answer(429, Some("2"));
        assert_eq!(after(Ok(&slow), true, 1, LONG), Next::Wait(Duration::from_secs(2)));
        assert_eq!(after(Ok(&slow), true, 1, Duration::from_secs(1)), Next::Give);
        assert_eq!(after(Ok(&slow), true, ATTEMPTS_MAX, LONG), Next::Give);
        assert_eq!(after(Ok(&slow), false, 1, LONG), Next::Give);
    }

    #[test]
    fn pauses_grow_and_stay_bounded() {
        for attempt in 1..40 {
            let pause = backoff(attempt);
            assert!(pause >= PAUSE_FIRST / 2 && pause <= PAUSE_MAX, "{attempt}: {pause:?}");
        }
        assert!(backoff(4) > backoff(1));
    }
}
