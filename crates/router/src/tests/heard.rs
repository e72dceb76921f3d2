//! What a served router says to its log.

use std::sync::{Arc, Mutex};

use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::log::{AccessLine, LogLine, is_ours};

/// Keeps every line.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard(Arc<Mutex<Vec<LogLine>>>);

impl Heard {
    pub(super) fn lines(&self) -> Vec<LogLine> {
        self.0.lock().unwrap().clone()
    }

    pub(super) fn answers(&self) -> Vec<AccessLine> {
        let answer = |line| match line {
            LogLine::Answered(line) => Some(line),
            LogLine::Notice { .. } | LogLine::Failed { .. } => None,
        };
        self.lines().into_iter().filter_map(answer).collect()
    }
}

impl Subscriber for Heard {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        is_ours(metadata)
    }

    fn event(&self, event: &Event<'_>) {
        self.0.lock().unwrap().extend(LogLine::of(event));
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
