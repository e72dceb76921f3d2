//! What is checked on the way to a decision, so that `why` can list it.

/// What is checked of a request, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Check {
    /// Whether there is something at the path.
    Route,
    /// Whether there is such a key.
    Key,
    Secret,
    PolicyExists,
    KeyEnabled,
    KeyExpiry,
    PolicyEnabled,
    Generation,
    /// Whether the body is not too long.
    Length,
    /// What is asked for: an endpoint, a model, a body that can be read.
    Request,
    ProviderScope,
    ModelScope,
    Connection,
    Upstream,
    PathParams,
    PolicyBudget,
    ProviderBudget,
    Price,
    PolicyLedger,
    ProviderLedger,
}

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Passed,
    Refused,
    /// There was nothing to check.
    Idle,
}

/// One check and its outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) check: Check,
    pub(crate) outcome: Outcome,
}

/// Notes how a check went, and goes on only if it went well.
pub(super) fn noted<E>(
    note: &mut dyn FnMut(Step),
    check: Check,
    result: Result<Outcome, E>,
) -> Result<(), E> {
    let outcome = *result.as_ref().unwrap_or(&Outcome::Refused);
    note(Step { check, outcome });
    result.map(drop)
}
