//! One small request over each way of speaking, and what came of it.

use http::{HeaderMap, HeaderValue, header};
use serde_json::{Value, json};

use crate::client::{Answer, sensitive};
use crate::commands::key_source::HeldKey;
use crate::error::Result;
use crate::recipe::Client;
use crate::report::catalog::CatalogRow;
use crate::report::transport::Transport;
use crate::view::doctor::{Finding, Level};
use clawctl_wire::error::{ErrorEnvelope, Problem, code};
use clawctl_wire::money::Micros;
use clawctl_wire::pricing::Price;
use clawctl_wire::probe::{OUTPUT_TOKENS, most};

/// A request in the shape in which a client sends it.
pub(super) struct Probe {
    pub(super) check: &'static str,
    transport: Transport,
    model: String,
    pub(super) path: String,
    pub(super) body: Value,
    /// What it costs at most; unknown where the model has no price.
    most: Option<Micros>,
    /// Does the client send the key in both headers?
    both_headers: bool,
}

const TEXT: &str = "Say ok.";

/// The cheapest model of every way of speaking that the client would use.
pub(super) fn probes(client: Client, rows: &[CatalogRow]) -> Vec<Probe> {
    let mut probes: Vec<Probe> = Vec::new();
    for row in rows {
        let Some(transport) = client.transport(row) else { continue };
        let probe = Probe::new(client, transport, row);
        match probes.iter_mut().find(|known| known.transport == transport) {
            None => probes.push(probe),
            // Of those that cost the same, the first.
            Some(known) if probe.dearness() < known.dearness() => *known = probe,
            Some(_) => {}
        }
    }
    probes
}

impl Probe {
    fn new(client: Client, transport: Transport, row: &CatalogRow) -> Self {
        let native = format!("/v1/native/{}", row.provider);
        let said = json!([{ "role": "user", "content": TEXT }]);
        let (model, upstream) = (row.model.as_str(), row.upstream.as_str());
        let (check, path, body) = match transport {
            Transport::OpenaiResponses => (
                "probe.openai-responses",
                "/v1/responses".to_owned(),
                json!({
                    "model": model, "stream": true, "store": false,
                    "max_output_tokens": OUTPUT_TOKENS, "input": said,
                }),
            ),
            Transport::OpenaiCompletions => (
                "probe.openai-completions",
                "/v1/chat/completions".to_owned(),
                json!({
                    "model": model, "stream": true, "stream_options": { "include_usage": true },
                    "max_completion_tokens": OUTPUT_TOKENS, "messages": said,
                }),
            ),
            Transport::AnthropicMessages => (
                "probe.anthropic-messages",
                // Claude Code speaks to the router's root where Anthropic is meant.
                match client {
                    Client::ClaudeCode if row.provider == "anthropic" => "/v1/messages".to_owned(),
                    _ => format!("{native}/v1/messages"),
                },
                json!({
                    "model": upstream, "stream": true, "max_tokens": OUTPUT_TOKENS,
                    "messages": said,
                }),
            ),
            Transport::GoogleGenerativeAi => (
                "probe.google-generative-ai",
                format!("{native}/v1beta/models/{upstream}:streamGenerateContent?alt=sse"),
                json!({
                    "contents": [{ "role": "user", "parts": [{ "text": TEXT }] }],
                    "generationConfig": { "maxOutputTokens": OUTPUT_TOKENS },
                }),
            ),
        };
        let both_headers = client == Client::ClaudeCode;
        let bytes = body.to_string().len() as u64;
        let most = row.pricing.as_ref().and_then(Price::tokens).map(|pricing| most(pricing, bytes));
        Self { check, transport, model: model.to_owned(), path, body, most, both_headers }
    }

    /// What has no price is dearer than what has one. Fusion is dearest: it takes several requests.
    fn dearness(&self) -> (bool, u64) {
        (self.model == clawctl_wire::fusion::MODEL, self.most.map_or(u64::MAX, |most| most.0))
    }

    /// What it costs, in words.
    fn cost(&self) -> String {
        match self.most {
            Some(Micros::ZERO) => "a request that costs nothing".to_owned(),
            Some(most) => format!("a paid request, {most} at most"),
            None => "a paid request, at a price that is not known here".to_owned(),
        }
    }

    /// What is about to be sent, and what it costs.
    pub(super) fn announced(&self) -> String {
        format!("{} is asked: {}.", self.model, self.cost())
    }

    /// The key where this client puts it.
    pub(super) fn headers(&self, key: &HeldKey) -> Result<HeaderMap> {
        let mut headers = HeaderMap::new();
        let bare = || sensitive(key.secret().expose());
        match self.transport {
            Transport::OpenaiResponses | Transport::OpenaiCompletions => {
                headers.insert(header::AUTHORIZATION, key.bearer()?);
            }
            Transport::AnthropicMessages => {
                headers.insert("x-api-key", bare()?);
                headers.insert("anthropic-version", HeaderValue::from_static("2023-06-01"));
                if self.both_headers {
                    headers.insert(header::AUTHORIZATION, key.bearer()?);
                }
            }
            Transport::GoogleGenerativeAi => {
                headers.insert("x-goog-api-key", bare()?);
            }
        }
        Ok(headers)
    }

    /// What stands there in place of a verdict where nothing is sent.
    pub(super) fn held_back(&self) -> Finding {
        let what = format!("{} would be asked", self.model);
        Finding::new(Level::Info, self.check, what).because(format!(
            "POST {}, {}; nothing was sent: this is a dry run",
            self.path,
            self.cost()
        ))
    }

    /// Did an answer come, and did it come to its end?
    pub(super) fn verdict(&self, answer: &Answer, took_ms: u128) -> Finding {
        let model = &self.model;
        if !(200..300).contains(&answer.status) {
            let what = format!("{model} is answered with {}", answer.status);
            let finding = Finding::new(Level::Problem, self.check, what).because(said(answer));
            return match remedy(answer) {
                Some(remedy) => finding.remedy(remedy),
                None => finding,
            };
        }
        let body = String::from_utf8_lossy(&answer.body);
        let events: Vec<Value> = body
            .lines()
            .filter_map(|line| serde_json::from_str(line.strip_prefix("data:")?.trim()).ok())
            .collect();
        if let Some(error) = events.iter().find_map(error_in) {
            return Finding::new(Level::Problem, self.check, format!("{model} began and failed"))
                .because(error);
        }
        if !self.is_whole(&body, &events) {
            return Finding::new(Level::Problem, self.check, format!("{model} ended too early"))
                .because("the answer has no end: the provider, or something between, cut it off")
                .remedy("clawctl usage events --limit 1");
        }
        Finding::ok(self.check, format!("{model} answers in {took_ms} ms"))
    }

    /// Each way of speaking has its own sign of the end.
    fn is_whole(&self, body: &str, events: &[Value]) -> bool {
        let of_type = |wanted: &[&str]| {
            events.iter().any(|event| event["type"].as_str().is_some_and(|t| wanted.contains(&t)))
        };
        match self.transport {
            Transport::OpenaiResponses => of_type(&["response.completed", "response.incomplete"]),
            Transport::OpenaiCompletions => body.lines().any(|line| line.trim() == "data: [DONE]"),
            Transport::AnthropicMessages => of_type(&["message_stop"]),
            Transport::GoogleGenerativeAi => {
                events.iter().any(|event| event["candidates"][0]["finishReason"].is_string())
            }
        }
    }
}

/// What an event says went wrong.
fn error_in(event: &Value) -> Option<String> {
    let error = match event["type"].as_str() {
        Some("response.failed") => &event["response"]["error"],
        _ => event.get("error")?,
    };
    let words = error["message"].as_str().map(str::to_owned);
    (!error.is_null()).then(|| words.unwrap_or_else(|| error.to_string()))
}

/// The words of a refusal, or the first of whatever came.
pub(super) fn said(answer: &Answer) -> String {
    match ErrorEnvelope::read(&answer.body) {
        Some(problem) if problem.code().is_empty() => problem.message,
        Some(problem) => format!("{}: {}", problem.code(), problem.message),
        None => {
            let text = String::from_utf8_lossy(&answer.body);
            let line = text.lines().map(str::trim).find(|line| !line.is_empty());
            line.unwrap_or("an empty answer").chars().take(160).collect()
        }
    }
}

/// What mends a refusal, by its code, or else by its status.
fn remedy(answer: &Answer) -> Option<&'static str> {
    let problem = ErrorEnvelope::read(&answer.body);
    let said = problem.as_ref().map(Problem::code).unwrap_or_default();
    Some(match (said, answer.status) {
        (code::BUDGET_EXHAUSTED, _) => "clawctl budget set POLICY AMOUNT",
        (code::PROVIDER_BUDGET_EXHAUSTED, _) => "clawctl provider set PROVIDER --budget AMOUNT",
        (code::PROVIDER_NOT_ALLOWED, _) => "clawctl policy scope POLICY --add-provider PROVIDER",
        (code::MODEL_NOT_ALLOWED, _) => "clawctl policy scope POLICY --add-model MODEL",
        (code::PRICING_REQUIRED, _) => "clawctl policy set POLICY --request-cost AMOUNT",
        (code::PROVIDER_DISABLED, _) => "clawctl provider enable PROVIDER",
        (code::PROVIDER_NOT_CONFIGURED | code::UPSTREAM_GRANT_POOL_UNAVAILABLE, _) => {
            "clawctl provider show PROVIDER says what is missing"
        }
        (_, 401 | 403) => "the provider refuses the router's own credential: renew it",
        (_, 429) => "the provider's limit is reached: wait, or ask it for a higher one",
        (_, 500..) => "the provider is in trouble: try again, or use another model",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::report::catalog::{Basis, Use};

    fn row(model: &str, transport: Transport) -> CatalogRow {
        let (provider, upstream) = model.split_once('/').unwrap();
        CatalogRow {
            model: model.to_owned(),
            provider: provider.to_owned(),
            upstream: upstream.to_owned(),
            capabilities: Vec::new(),
            transports: vec![transport],
            context_tokens: None,
            max_output_tokens: None,
            input_micros_per_million: None,
            output_micros_per_million: None,
            cached_input_micros_per_million: None,
            pricing: None,
            state: Use::Ready,
            reason: None,
            basis: Basis::Key,
        }
    }

    #[test]
    fn every_way_is_tried_once() {
        let rows = [
            row("openai/a", Transport::OpenaiResponses),
            row("openai/b", Transport::OpenaiResponses),
            row("anthropic/c", Transport::AnthropicMessages),
            row("google-gemini/d", Transport::GoogleGenerativeAi),
        ];
        let paths =
            |client| probes(client, &rows).into_iter().map(|probe| probe.path).collect::<Vec<_>>();
        assert_eq!(
            paths(Client::Openclaw),
            [
                "/v1/responses",
                "/v1/native/anthropic/v1/messages",
                "/v1/native/google-gemini/v1beta/models/d:streamGenerateContent?alt=sse",
            ]
        );
        assert_eq!(paths(Client::Codex), ["/v1/responses"]);
        assert_eq!(paths(Client::ClaudeCode), ["/v1/messages"]);
    }

    fn at(row: CatalogRow, micros_per_million: u64) -> CatalogRow {
        let pricing = serde_json::from_value(json!({
            "inputMicrosPerMillion": micros_per_million,
            "outputMicrosPerMillion": micros_per_million,
            "maxInputTokens": 1_000_000, "defaultMaxOutputTokens": 1_000,
        }));
        CatalogRow { pricing: Some(pricing.unwrap()), ..row }
    }

    #[test]
    fn the_cheapest_model_is_asked_and_its_price_said() {
        let chat = Transport::OpenaiCompletions;
        let fusion = row(clawctl_wire::fusion::MODEL, chat);
        let unpriced = row("local/default", chat);
        let dear = at(row("openai/dear", chat), 75_000_000);
        let cheap = at(row("groq/cheap", chat), 1_000_000);
        let other = at(row("xai/as-cheap", chat), 1_000_000);
        let free = at(row("local/free", chat), 0);
        let check = |rows: &[&CatalogRow], model: &str, cost: &str| {
            let rows: Vec<_> = rows.iter().map(|row| (*row).clone()).collect();
            let probes = probes(Client::Curl, &rows);
            assert_eq!(probes.len(), 1);
            let said = probes[0].announced();
            assert!(said.starts_with(model) && said.contains(cost), "{said}");
            assert!(probes[0].held_back().why.unwrap().contains(cost), "{said}");
        };
        check(&[&dear, &cheap, &other], "groq/cheap ", "a paid request, $0.0");
        check(&[&unpriced, &dear], "openai/dear ", "a paid request, $0.0");
        check(&[&fusion, &unpriced], "local/default ", "at a price that is not known");
        check(&[&cheap, &free], "local/free ", "a request that costs nothing");
    }

    #[test]
    fn what_takes_several_calls_is_asked_only_where_there_is_nothing_else() {
        let fusion = row(clawctl_wire::fusion::MODEL, Transport::OpenaiCompletions);
        let plain = row("local/default", Transport::OpenaiCompletions);
        let asked = |rows: &[CatalogRow]| probes(Client::Curl, rows).remove(0).model;
        assert_eq!(asked(&[fusion.clone(), plain]), "local/default");
        assert_eq!(asked(&[fusion]), clawctl_wire::fusion::MODEL);
    }

    #[test]
    fn an_answer_is_judged_by_its_end() {
        let check = |transport, status, body: &'static str, expected: &str| {
            let probe = &probes(Client::Curl, &[row("p/m", transport)])[0];
            let body = Bytes::from_static(body.as_bytes());
            let answer = Answer { status, headers: HeaderMap::new(), body };
            let finding = probe.verdict(&answer, 7);
            let text = format!(
                "{:?} {} {:?} {:?}",
                finding.level, finding.what, finding.why, finding.remedy
            );
            assert!(text.contains(expected), "{text}");
        };
        let chat = Transport::OpenaiCompletions;
        check(
            chat,
            200,
            ":ok\n\ndata: {\"choices\":[]}\n\ndata: [DONE]\n\n",
            "Ok p/m answers in 7 ms",
        );
        check(chat, 200, "data: {\"choices\":[]}\n\n", "ended too early");
        check(
            chat,
            200,
            "data: {\"error\":{\"message\":\"no\"}}\n\ndata: [DONE]\n\n",
            "Some(\"no\")",
        );
        let broke = "{\"error\":{\"code\":\"budget_exhausted\",\"message\":\"spent\"}}";
        check(chat, 402, broke, "clawctl budget set");
        check(chat, 502, "<html>bad gateway</html>", "bad gateway");
        check(chat, 429, "", "an empty answer");
        let responses = Transport::OpenaiResponses;
        check(responses, 200, "data: {\"type\":\"response.incomplete\"}\n\n", "Ok");
        let failed = "data: {\"type\":\"response.failed\",\"response\":{\"error\":{\"message\":\"x1\"}}}\n\n";
        check(responses, 200, failed, "x1");
        check(Transport::AnthropicMessages, 200, "data: {\"type\":\"message_stop\"}\n\n", "Ok");
        let google = "data: {\"candidates\":[{\"finishReason\":\"STOP\"}]}\r\n\r\n";
        check(Transport::GoogleGenerativeAi, 200, google, "Ok");
    }
}
