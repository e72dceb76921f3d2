//! Writes down what the client tells.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use serde_json::Value;

use super::record::{Began, Ended, Line, Outcome, Was, clean};
use super::{Changes, ChangesError};
use crate::client::witness::{self, Before, Change, End, Witness};

/// Who changes what, as far as this process knows.
#[derive(Debug, Clone)]
pub struct Scene {
    pub who: String,
    pub command: String,
    pub router: String,
    pub context: Option<String>,
}

/// Told of every change by the client. What it cannot write is no failure of the change.
pub struct Recorder {
    changes: Changes,
    scene: Scene,
    clock: fn() -> Timestamp,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    trouble: Option<ChangesError>,
    undoes: Option<String>,
}

impl Recorder {
    pub fn new(changes: Changes, scene: Scene, clock: fn() -> Timestamp) -> Self {
        Self { changes, scene, clock, state: Mutex::default() }
    }

    /// The changes that follow take this one back.
    pub fn undoing(&self, id: &str) {
        self.state().undoes = Some(id.to_owned());
    }

    /// The first thing that could not be written.
    pub fn trouble(&self) -> Option<ChangesError> {
        self.state().trouble.take()
    }

    fn write(&self, line: &Line) {
        if let Err(error) = self.changes.append(line, (self.clock)()) {
            self.state().trouble.get_or_insert(error);
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Witness for Arc<Recorder> {
    fn begins(&self, change: &Change<'_>) -> Option<String> {
        let mut number = [0_u8; 5];
        // Without a name of its own a change cannot be written down, but it can be made.
        getrandom::fill(&mut number).ok()?;
        let id: String = number.iter().map(|byte| format!("{byte:02x}")).collect();
        let Scene { who, command, router, context } = self.scene.clone();
        let resource = change.resource.as_ref();
        // Taken before the line is written: what fails there is noted in the same place.
        let undoes = self.state().undoes.clone();
        self.write(&Line::Began(Box::new(Began {
            id: id.clone(),
            at: (self.clock)(),
            who,
            command,
            router,
            context,
            method: change.method.to_owned(),
            path: change.path.to_owned(),
            noun: resource.map(|it| it.kind.noun.to_owned()),
            name: resource.map(crate::wire::resource::Resource::name),
            before: match &change.before {
                Before::Known(state) => Was::Known(clean(state.clone())),
                Before::Absent => Was::Absent,
                Before::Unseen => Was::Unseen,
            },
            carries_secret: change.carries_secret,
            undoes,
        })));
        Some(id)
    }

    fn ends(&self, id: &str, end: &End<'_>) {
        let End { outcome, after, status, code, request_id } = end;
        self.write(&Line::Ended(Box::new(Ended {
            id: id.to_owned(),
            outcome: match outcome {
                witness::Outcome::Done => Outcome::Done,
                witness::Outcome::Refused => Outcome::Refused,
                witness::Outcome::Unknown => Outcome::Unknown,
            },
            status: *status,
            code: code.clone(),
            request_id: request_id.map(str::to_owned),
            after: after.clone().map(clean).filter(Value::is_object),
        })));
    }
}
