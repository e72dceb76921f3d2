//! A request that is one of several which answer one request of a client's.

use clawctl_wire::usage_event::UsageEvent;

/// What its usage event says of that.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    /// The same for all of them.
    pub(super) id: &'a str,
    pub(super) stage: &'static str,
    /// Of an adviser, from one.
    pub(super) index: Option<u64>,
    /// How many there are.
    pub(super) size: u64,
    pub(super) started_at_ms: i64,
}

impl Part<'_> {
    pub(super) fn mark(&self, event: &mut UsageEvent) {
        event.compound_request_id = Some(self.id.to_owned());
        event.compound_request_stage = Some(self.stage.to_owned());
        event.compound_request_index = self.index;
        event.compound_request_size = Some(self.size);
        event.compound_request_started_at_ms = Some(self.started_at_ms);
    }
}
