//! Writes down what the client tells.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use serde_json::Value;

use super::record::{Began, Ended, Line, Outcome, Record, Was, clean};
use super::{Changes, ChangesError};
use crate::client::witness::{self, Before, Change, End, Witness};
use clawctl_wire::key::hex;

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

/// A change of the embedded router's own file, which no request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// The admin token became another one.
    AdminToken,
    /// A backup took the place of the whole database.
    Database,
}

impl Own {
    /// How such a change is called where a request has its path.
    pub fn path(self) -> &'static str {
        match self {
            Self::AdminToken => "admin token",
            Self::Database => "database",
        }
    }

    /// The one that a record is about.
    pub fn of(record: &Record) -> Option<Self> {
        let known = [Self::AdminToken, Self::Database].into_iter();
        known.filter(|_| record.method == OWN).find(|own| own.path() == record.path)
    }
}

/// Stands where a request has its method.
const OWN: &str = "OWN";

impl Recorder {
    /// Notes a change of the router's file before it is made; what is returned names it.
    pub fn own_begins(&self, own: Own) -> Option<String> {
        self.write_beginning(Began {
            method: OWN.to_owned(),
            path: own.path().to_owned(),
            noun: Some("router".to_owned()),
            name: Some(own.path().to_owned()),
            carries_secret: own == Own::AdminToken,
            ..self.scene_of_change()?
        })
    }

    /// Notes how it ended. One that failed may have come halfway.
    pub fn own_ends(&self, id: &str, is_done: bool) {
        self.write(&Line::Ended(Box::new(Ended {
            id: id.to_owned(),
            outcome: if is_done { Outcome::Done } else { Outcome::Unknown },
            status: None,
            code: None,
            request_id: None,
            after: None,
        })));
    }

    /// Who makes a change and where, without what it is.
    fn scene_of_change(&self) -> Option<Began> {
        let mut number = [0_u8; 5];
        // Without a name of its own a change cannot be written down, but it can be made.
        getrandom::fill(&mut number).ok()?;
        let Scene { who, command, router, context } = self.scene.clone();
        // Taken before the line is written: what fails there is noted in the same place.
        let undoes = self.state().undoes.clone();
        Some(Began {
            id: hex(&number),
            at: (self.clock)(),
            who,
            command,
            router,
            context,
            method: String::new(),
            path: String::new(),
            noun: None,
            name: None,
            before: Was::Unseen,
            carries_secret: false,
            undoes,
        })
    }

    fn write_beginning(&self, began: Began) -> Option<String> {
        let id = began.id.clone();
        self.write(&Line::Began(Box::new(began)));
        Some(id)
    }
}

impl Witness for Arc<Recorder> {
    fn begins(&self, change: &Change<'_>) -> Option<String> {
        let resource = change.resource.as_ref();
        self.write_beginning(Began {
            method: change.method.to_owned(),
            path: change.path.to_owned(),
            noun: resource.map(|it| it.kind.noun.to_owned()),
            name: resource.map(clawctl_wire::resource::Resource::name),
            before: match &change.before {
                Before::Known(state) => Was::Known(clean(state.clone())),
                Before::Absent => Was::Absent,
                Before::Unseen => Was::Unseen,
            },
            carries_secret: change.carries_secret,
            ..self.scene_of_change()?
        })
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
