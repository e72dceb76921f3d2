//! A router with events of our choosing, which grows them, loses them and goes away on demand.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::{Value, json};

/// What the router knows, and how it behaves.
pub(super) struct State {
    /// In the order in which they were stored.
    pub(super) events: Vec<Value>,
    /// Does it offer `usage.query`?
    pub(super) query: bool,
    /// Answers everything with this status instead.
    pub(super) refuses: Option<u16>,
    /// Hangs up without an answer.
    pub(super) hangs_up: bool,
    /// Events before this are gone.
    pub(super) retained_since_ms: i64,
    pub(super) asked: Vec<String>,
}

pub(super) struct Router {
    pub(super) url: String,
    state: Arc<Mutex<State>>,
}

/// Where the router's clock stands.
pub(super) const NOW_MS: i64 = 1_795_200_000_000;

impl Router {
    pub(super) fn start(query: bool, events: Vec<Value>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State {
            events,
            query,
            refuses: None,
            hangs_up: false,
            retained_since_ms: 0,
            asked: Vec::new(),
        }));
        let shared = Arc::clone(&state);
        // The thread ends with the test process; each connection has one of its own.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                std::thread::spawn(move || converse(&stream, &state));
            }
        });
        Self { url, state }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub(super) fn add(&self, event: Value) {
        self.state().events.push(event);
    }

    /// How often it was asked for events so far.
    pub(super) fn looks(&self) -> usize {
        self.state().asked.iter().filter(|path| path.contains("/usage")).count()
    }
}

fn converse(stream: &TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut out = stream;
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|read| read > 0) {
        let path = line.split(' ').nth(1).unwrap_or("").to_owned();
        // Only reads are made here, so there is no body behind the head.
        let mut header = String::new();
        while reader.read_line(&mut header).is_ok_and(|read| read > 2) {
            header.clear();
        }
        line.clear();
        let (status, body) = {
            let mut state = state.lock().unwrap();
            state.asked.push(path.clone());
            if state.hangs_up {
                return;
            }
            match state.refuses {
                Some(status) => (status, json!({"error": {"code": "told_to", "message": "no"}})),
                None => state.answer(&path),
            }
        };
        let text = body.to_string();
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            text.len()
        );
        if out.write_all((head + &text).as_bytes()).is_err() {
            return;
        }
    }
}

impl State {
    fn answer(&self, path: &str) -> (u16, Value) {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let query: BTreeMap<String, String> =
            url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let body = match path {
            "/v1/health" => {
                let extensions = if self.query { json!(["usage.query"]) } else { json!([]) };
                json!({"ok": true, "extensions": extensions})
            }
            "/v1/admin/usage" => self.snapshot(),
            "/v1/admin/connections" => json!({"connections": []}),
            "/v1/admin/usage/events" if self.query => self.page(&query),
            "/v1/admin/usage/groups" if self.query => self.groups(&query),
            "/v1/admin/content" if query["ref"] == "content_1" => retained(&query["tenant"]),
            "/v1/admin/content" => {
                return (404, json!({"error": {"code": "content_not_found", "message": "none"}}));
            }
            _ => return (404, json!({"error": {"code": "route_not_found", "message": "none"}})),
        };
        (200, body)
    }

    fn snapshot(&self) -> Value {
        let policy = json!({
            "kid": "team", "policyId": "team", "enabled": true, "providers": [],
            "tenantId": "acme", "tokenRole": "service", "monthlyBudgetMicros": null,
            "requestCostMicros": null, "budgetScope": "policy", "retainRequestContent": true,
            "grantRouting": {
                "strategy": "most_remaining", "stickiness": "none", "failover": true,
                "staleState": "allow", "staleAfterSeconds": 300, "eligibleGrants": {},
            },
            "budget": {"configured": false, "ledger": "unmetered", "windowKey": null,
                "limitMicros": null, "spentMicros": null, "remainingMicros": null},
        });
        let newest: Vec<_> = self.events.iter().rev().take(100).collect();
        let requests = self.events.len();
        let sums = json!({"provider": "openai", "requestCount": requests, "successCount": requests,
            "totalTokens": 18 * requests, "actualCostMicros": 250_000 * requests});
        json!({
            "policies": [policy], "keys": [policy],
            "usage": {
                "summary": {"requestCount": requests}, "providers": [sums], "events": newest,
            },
        })
    }

    fn window(&self, query: &BTreeMap<String, String>) -> Value {
        let asked = query.get("since").map_or(0, |text| text.parse().unwrap());
        json!({
            "sinceMs": asked.max(self.retained_since_ms), "untilMs": NOW_MS,
            "retainedSinceMs": self.retained_since_ms,
        })
    }

    /// The cursor is the number of events before it, from whichever end.
    fn page(&self, query: &BTreeMap<String, String>) -> Value {
        let number = |name: &str| query.get(name).map(|text| text.parse::<usize>().unwrap());
        let ascending = query.get("order").is_some_and(|order| order == "asc");
        let since = query.get("since").map_or(0, |text| text.parse::<i64>().unwrap());
        let from = number("cursor").unwrap_or(0);
        let limit = number("limit").unwrap_or(1000);
        let wanted = |event: &&Value| {
            event["occurred_at_ms"].as_i64().unwrap() >= since
                && query.get("policy").is_none_or(|policy| event["policy_id"] == **policy)
        };
        let all: Vec<_> = if ascending {
            self.events.iter().collect()
        } else {
            self.events.iter().rev().collect()
        };
        let page: Vec<_> = all.iter().copied().skip(from).take(limit).filter(wanted).collect();
        let next = (from + limit).min(all.len());
        let cursor = (ascending || next < all.len()).then(|| next.to_string());
        json!({"events": page, "nextCursor": cursor, "window": self.window(query)})
    }

    /// By the first dimension, which has to be a policy or a day.
    fn groups(&self, query: &BTreeMap<String, String>) -> Value {
        let by: Vec<&str> = query["by"].split(',').collect();
        let mut groups: BTreeMap<String, usize> = BTreeMap::new();
        let asked = query.get("policy");
        for event in &self.events {
            if asked.is_none_or(|policy| event["policy_id"] == **policy) {
                let name = match by[0] {
                    "day" => "2026-11-20",
                    "provider" => event["provider"].as_str().unwrap(),
                    _ => event["policy_id"].as_str().unwrap(),
                };
                *groups.entry(name.to_owned()).or_default() += 1;
            }
        }
        let groups: Vec<_> = groups
            .iter()
            .map(|(name, count)| {
                json!({"key": {by[0]: name}, "requestCount": count, "successCount": count,
                    "inputTokens": 11 * count, "outputTokens": 7 * count, "totalTokens": 18 * count,
                    "actualCostMicros": 250_000 * count, "firstMs": NOW_MS, "lastMs": NOW_MS})
            })
            .collect();
        json!({"by": by, "groups": groups, "window": self.window(query)})
    }
}

fn retained(tenant: &str) -> Value {
    json!({
        "version": "clawrouter.retained-request.v1", "contentRef": "content_1",
        "requestId": "call-42", "occurredAtMs": NOW_MS, "expiresAtMs": NOW_MS + 2_592_000_000_i64,
        "tenantId": tenant, "policyId": "team", "credentialId": "alice", "principalId": null,
        "provider": "openai", "capability": "llm.chat", "model": "openai/gpt-5.5",
        "body": {"model": "gpt-5.5", "messages": [{"role": "user", "content": "a \u{1b}[2J b"}]},
    })
}
