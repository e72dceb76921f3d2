//! One line for each answered request. Nothing in it is secret.

use clap::ValueEnum;
use serde_json::{Value, json};

use crate::ctx::Ctx;
use crate::ui::Ui;
use clawctl_router::Identity;
use clawctl_router::serve::{AccessLine, LogLine};

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
    /// What writes a line, if anything does.
    pub(super) fn writer(self) -> Option<impl Fn(&LogLine) + Send + Sync + 'static> {
        let line: fn(&LogLine) -> String = match self {
            Self::Text => text,
            Self::Json => json,
            Self::Off => return None,
        };
        Some(move |it: &LogLine| Ui::log(&line(it)))
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

fn text(line: &LogLine) -> String {
    match line {
        LogLine::Answered(line) => answered_text(line),
        LogLine::Notice { at, text } => format!("{at:.3} warning: {text}"),
    }
}

fn json(line: &LogLine) -> String {
    match line {
        LogLine::Answered(line) => answered_json(line),
        LogLine::Notice { at, text } => {
            json!({ "event": "notice", "at": format!("{at:.3}"), "message": text }).to_string()
        }
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
}
