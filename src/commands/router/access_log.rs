//! One line for each answered request, and for what the operator should know. Nothing in it is
//! secret.

use clap::ValueEnum;
use serde_json::{Value, json};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::ctx::Ctx;
use crate::ui::Ui;
use clawctl_router::Identity;
use clawctl_router::log::{AccessLine, LogLine, is_ours};
use clawctl_wire::key::masked;

/// How the served router logs on stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Log {
    /// A line for people
    Text,
    /// A JSON object a line
    Json,
    /// Nothing
    Off,
}

impl Log {
    /// Writes what this process logs from now on.
    pub(super) fn listen(self) {
        let line: fn(&LogLine) -> String = match self {
            Self::Text => text,
            Self::Json => json,
            Self::Off => return,
        };
        // One command listens, once: nobody else can have been first.
        let _ = tracing::subscriber::set_global_default(Lines(line));
    }

    /// Something that happens once, as a JSON line beside those of the requests.
    pub(super) fn event(self, ctx: &Ctx, event: &str, mut about: Value) {
        if ctx.ui.look().quiet {
            return;
        }
        about["at"] = format!("{:.3}", ctx.now()).into();
        about["event"] = event.into();
        Ui::log(&about.to_string());
    }
}

/// Writes each event of the router as a line.
struct Lines(fn(&LogLine) -> String);

impl Subscriber for Lines {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        is_ours(metadata)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::INFO)
    }

    fn event(&self, event: &Event<'_>) {
        if let Some(line) = LogLine::of(event) {
            Ui::log(&(self.0)(&line));
        }
    }

    // The router has no spans.
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

fn text(line: &LogLine) -> String {
    match line {
        LogLine::Answered(line) => answered_text(line),
        LogLine::Notice { at, text } => format!("{at:.3} warning: {text}"),
        LogLine::Failed { at, request_id, cause } => {
            format!("{at:.3} error: request {request_id} failed: {}", masked(cause))
        }
    }
}

fn json(line: &LogLine) -> String {
    match line {
        LogLine::Answered(line) => answered_json(line),
        LogLine::Notice { at, text } => {
            json!({ "event": "notice", "at": format!("{at:.3}"), "message": text }).to_string()
        }
        LogLine::Failed { at, request_id, cause } => json!({
            "event": "error",
            "at": format!("{at:.3}"),
            "requestId": request_id,
            "message": masked(cause),
        })
        .to_string(),
    }
}

fn answered_text(line: &AccessLine) -> String {
    let AccessLine { at, method, path, status, request_id, duration, identity } = line;
    let who = match identity {
        None => "-".to_owned(),
        Some(Identity::Admin) => "admin".to_owned(),
        Some(Identity::Key { id, policy }) => format!("key={id} policy={policy}"),
    };
    let ms = duration.as_secs_f64() * 1000.0;
    format!("{at:.3} {status} {method} {path} {ms:.1}ms {who} {request_id}")
}

fn answered_json(line: &AccessLine) -> String {
    let AccessLine { at, method, path, status, request_id, duration, identity } = line;
    let (kind, key, policy) = match identity {
        None => (None, None, None),
        Some(Identity::Admin) => (Some("admin"), None, None),
        Some(Identity::Key { id, policy }) => (Some("key"), Some(id), Some(policy)),
    };
    json!({
        "event": "request",
        "at": format!("{at:.3}"),
        "method": method,
        "path": path,
        "status": status,
        "durationMs": (duration.as_secs_f64() * 1e6).round() / 1e3,
        "requestId": request_id,
        "identity": kind,
        "credentialId": key,
        "policyId": policy,
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_line_says_who_asked_for_what() {
        let line = AccessLine {
            at: "2026-11-20T19:00:00.5Z".parse().unwrap(),
            method: "GET".into(),
            path: "/v1/models".into(),
            status: 200,
            request_id: "req_1".into(),
            duration: Duration::from_micros(1234),
            identity: Some(Identity::Key { id: "alice".into(), policy: "team".into() }),
        };
        assert_eq!(
            answered_text(&line),
            "2026-11-20T19:00:00.500Z 200 GET /v1/models 1.2ms key=alice policy=team req_1"
        );
        let value: serde_json::Value = serde_json::from_str(&answered_json(&line)).unwrap();
        assert_eq!(value["durationMs"], 1.234);
        assert_eq!((&value["identity"], &value["credentialId"]), (&"key".into(), &"alice".into()));
    }

    #[test]
    fn a_failure_is_told_with_its_cause_and_without_keys() {
        let line = LogLine::Failed {
            at: "2026-11-20T19:00:00.5Z".parse().unwrap(),
            request_id: "req_1".into(),
            cause: "no room for clawrouter-live-alice-s3cr3ts3cr3t: the disk is full".into(),
        };
        let said = text(&line);
        assert!(
            said.starts_with("2026-11-20T19:00:00.500Z error: request req_1 failed: "),
            "{said}"
        );
        assert!(said.ends_with("the disk is full") && !said.contains("s3cr3t"), "{said}");
        let value: serde_json::Value = serde_json::from_str(&json(&line)).unwrap();
        assert_eq!((&value["event"], &value["requestId"]), (&"error".into(), &"req_1".into()));
        assert!(!value["message"].as_str().unwrap().contains("s3cr3t"), "{value}");
    }
}
