//! Everything that takes part: the upstream, the ways to it, and what is asked.

use serde_json::json;

use crate::common::{Failure, Home};
use crate::cores::Cores;
use crate::load::{Load, Until};
use crate::process::{BUDGETED, Process, UNBUDGETED, home_with_keys, key};

/// The ways to the upstream, the direct one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Direct,
    Passthrough,
    Unbudgeted,
    Budgeted,
}

pub(crate) const WAYS: [Way; 4] = [Way::Direct, Way::Passthrough, Way::Unbudgeted, Way::Budgeted];

impl Way {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Passthrough => "hyper + reqwest passthrough",
            Self::Unbudgeted => "clawctl",
            Self::Budgeted => "clawctl, budgeted",
        }
    }
}

/// What a client asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// An answer of about 1 KB.
    Whole,
    /// An answer in 50 pieces.
    Stream,
}

pub(crate) struct Scene {
    pub cores: Cores,
    pub home: Home,
    pub upstream: Process,
    passthrough: Process,
    pub clawctl: Process,
    keys: [String; 2],
}

impl Scene {
    pub(crate) fn set(cores: Cores) -> Result<Self, Failure> {
        let home = home_with_keys()?;
        let upstream = Process::role(cores, false, &["upstream"])?;
        let passthrough = Process::role(cores, true, &["passthrough", &upstream.url])?;
        let clawctl = Process::clawctl(&home, cores, &upstream.url, "127.0.0.1:0")?;
        let keys = [key(&home, UNBUDGETED)?, key(&home, BUDGETED)?];
        Ok(Self { cores, home, upstream, passthrough, clawctl, keys })
    }

    /// The process between, if there is one.
    pub(crate) fn gateway(&self, way: Way) -> Option<&Process> {
        match way {
            Way::Direct => None,
            Way::Passthrough => Some(&self.passthrough),
            Way::Unbudgeted | Way::Budgeted => Some(&self.clawctl),
        }
    }

    pub(crate) fn load(&self, way: Way, shape: Shape, connections: usize, until: Until) -> Load {
        let orders = match shape {
            Shape::Whole => "!size=700",
            Shape::Stream => "!events=50 size=1000",
        };
        let body = json!({
            "model": "openai/gpt-4.1-mini", "max_tokens": 256, "stream": shape == Shape::Stream,
            "messages": [
                { "role": "system", "content": "You are a helpful assistant that answers briefly." },
                { "role": "user", "content": orders },
            ],
        });
        Load {
            url: self.gateway(way).unwrap_or(&self.upstream).url.clone(),
            key: self.keys[usize::from(way == Way::Budgeted)].clone(),
            body: body.to_string(),
            connections,
            until,
        }
    }
}
