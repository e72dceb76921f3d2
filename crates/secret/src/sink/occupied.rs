//! Whether a key may take the place of what a destination holds already.

use std::fmt;
use std::sync::Arc;

use super::SinkSpec;
use super::error::SinkError;

/// What a key may replace where it is delivered. An empty place needs no permission.
#[derive(Clone)]
pub enum Replaces {
    Anything,
    /// Only what this allows, by the place and its text. A refusal says what is there, without
    /// any secret.
    Only(Arc<Permission>),
}

type Permission = dyn Fn(&SinkSpec, &str) -> Result<(), String> + Send + Sync;

impl Replaces {
    pub(super) fn check(&self, spec: &SinkSpec, held: &[u8]) -> Result<(), SinkError> {
        let Self::Only(permission) = self else { return Ok(()) };
        if held.is_empty() {
            return Ok(());
        }
        let allowed = match std::str::from_utf8(held) {
            Ok(text) => permission(spec, text),
            Err(_) => Err("binary data".to_owned()),
        };
        allowed.map_err(|what| SinkError::Occupied { spec: spec.clone(), what })
    }
}

impl fmt::Debug for Replaces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Anything => "Anything",
            Self::Only(_) => "Only(..)",
        })
    }
}
