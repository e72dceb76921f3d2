//! What the router says of itself, in the shapes that are shown.

use crate::view::router::{Database, Problem, Server};
use clawctl_router::manifest::ManifestProblem;
use clawctl_router::{self, RouterInfo};

impl From<RouterInfo> for Database {
    fn from(info: RouterInfo) -> Self {
        Self {
            path: info.database.display().to_string(),
            size_bytes: info.size_bytes,
            wal_bytes: info.wal_bytes,
            schema_version: info.schema_version,
            created_at: info.created_at,
            policies: info.policies,
            keys: info.credentials,
            connections: info.connections,
            usage_events: info.usage_events,
            serving: info.serving,
        }
    }
}

impl From<&ManifestProblem> for Problem {
    fn from(problem: &ManifestProblem) -> Self {
        Self {
            path: problem.path.display().to_string(),
            line: problem.line,
            column: problem.column,
            reason: problem.reason.clone(),
        }
    }
}

impl From<&clawctl_router::Server> for Server {
    fn from(server: &clawctl_router::Server) -> Self {
        Self {
            url: server.url.clone(),
            pid: server.pid,
            since: server.since,
            upstreams: server.upstreams.clone(),
            configured: server.configured.clone(),
        }
    }
}
