//! What can happen to a request, and requests to which it happens.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use crate::protocol::{PROTOCOLS, Protocol};

/// When, and in which way, something happens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Moment {
    /// A row of docs/money.md names it.
    pub name: &'static str,
    /// What the upstream is told. `#` is a number of events.
    pub orders: &'static str,
    pub form: Form,
    pub client: Client,
    pub books: Books,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Form {
    Any,
    Stream,
    Document,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Client {
    Stays,
    /// It leaves before the head of the answer.
    LeavesBefore,
    /// It leaves after the first event.
    LeavesWithin,
    /// It leaves when it has read the last one.
    LeavesBehind,
}

/// What is booked, by the rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Books {
    Nothing,
    /// What the provider reported at the end, up to what the model can do.
    Report,
    /// The larger of what was reported so far and what passed.
    Part,
    Reservation,
    /// Under a budget the first, without one the second.
    ReportOrPart,
    ReservationOrPart,
}

const fn stays(name: &'static str, orders: &'static str, form: Form, books: Books) -> Moment {
    Moment { name, orders, form, client: Client::Stays, books }
}

const fn leaves(
    name: &'static str,
    orders: &'static str,
    form: Form,
    client: Client,
    books: Books,
) -> Moment {
    Moment { name, orders, form, client, books }
}

pub(super) const MOMENTS: [Moment; 26] = [
    stays("answered_with_usage", "", Form::Any, Books::Report),
    stays("answered_with_usage_in_every_event", "usage=every", Form::Stream, Books::Report),
    stays("answered_with_usage_twice", "usage=twice", Form::Stream, Books::Report),
    stays("answered_with_late_usage", "usage=late", Form::Stream, Books::Report),
    stays("answered_without_usage", "usage=none", Form::Any, Books::Reservation),
    stays("reported_more_than_can_be", "tokens=8888888888/7777777777", Form::Any, Books::Report),
    stays("reported_too_little", "tokens=1/1", Form::Any, Books::Report),
    stays("turned_down", "status=400", Form::Any, Books::Nothing),
    stays("overloaded", "status=529", Form::Any, Books::Nothing),
    stays(
        "redirected",
        "status=302 header=location:http://127.0.0.1:1/",
        Form::Any,
        Books::Nothing,
    ),
    stays("refused_by_its_first_event", "end=error after=0", Form::Stream, Books::Nothing),
    stays("failed_on_the_way", "end=error after=#", Form::Stream, Books::Part),
    stays("broken_off_as_a_stream", "end=drop after=#", Form::Stream, Books::Part),
    stays("reset_as_a_stream", "end=reset after=#", Form::Stream, Books::Part),
    stays("over_without_its_last_event", "end=unfinished after=#", Form::Stream, Books::Part),
    stays("broken_off_as_a_document", "end=drop after=0", Form::Document, Books::Reservation),
    stays("broken_off_before_its_answer", "end=drop", Form::Any, Books::Reservation),
    stays("answered_with_garbage", "end=garbage", Form::Any, Books::Reservation),
    stays("not_answered_in_time", "delay=60000", Form::Any, Books::Reservation),
    stays("not_connected", "", Form::Any, Books::Nothing),
    stays(
        "longer_than_its_reservation",
        "events=endless size=700 pause=1",
        Form::Stream,
        Books::Reservation,
    ),
    leaves(
        "left_behind_the_last_event",
        "end=stall after=999",
        Form::Stream,
        Client::LeavesBehind,
        Books::Report,
    ),
    leaves("left_within", "pause=15", Form::Stream, Client::LeavesWithin, Books::ReportOrPart),
    leaves(
        "left_before_its_answer",
        "delay=150",
        Form::Any,
        Client::LeavesBefore,
        Books::ReportOrPart,
    ),
    leaves(
        "left_and_never_reported",
        "pause=15 usage=none",
        Form::Stream,
        Client::LeavesWithin,
        Books::ReservationOrPart,
    ),
    leaves(
        "left_and_broken_off",
        "pause=15 end=drop after=#",
        Form::Stream,
        Client::LeavesWithin,
        Books::ReservationOrPart,
    ),
];

/// Who sends a request, and from what it is paid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Payer {
    Budget,
    /// Each request at one price, from a budget.
    Fixed(u64),
    /// Nothing counts it.
    Nobody,
}

#[derive(Debug, Clone)]
pub(super) struct Case {
    pub moment: Moment,
    pub protocol: Protocol,
    pub stream: bool,
    pub payer: Payer,
    /// Reported input and output.
    pub tokens: (u64, u64),
    pub pieces: usize,
    pub size: usize,
    pub after: usize,
    shape: Shape,
}

/// What a request asks for beside its text.
#[derive(Debug, Clone)]
struct Shape {
    /// None is the most that the model writes.
    limit: Option<u64>,
    choices: u64,
    tools: bool,
    parts: bool,
    tier: Option<&'static str>,
    more: bool,
}

/// Cases of every moment in turn, the same in each run.
pub(super) fn some(count: usize) -> Vec<Case> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let case = |index: usize| {
        let moment = MOMENTS[index % MOMENTS.len()];
        cases(moment).new_tree(&mut runner).unwrap().current()
    };
    (0..count).map(case).collect()
}

fn cases(moment: Moment) -> impl Strategy<Value = Case> {
    let payer = prop_oneof![
        3 => Just(Payer::Budget),
        1 => (1..5_000_u64).prop_map(Payer::Fixed),
        1 => Just(Payer::Nobody),
    ];
    let shape = (
        prop_oneof![4 => (16..600_u64).prop_map(Some), 1 => Just(None)],
        1..4_u64,
        any::<(bool, bool, bool)>(),
        select(vec![None, None, Some("default"), Some("auto")]),
    );
    let shape = shape.prop_map(|(limit, choices, (tools, parts, more), tier)| Shape {
        limit,
        choices,
        tools,
        parts,
        tier,
        more,
    });
    let answer = (2..24_usize, 0..2_000_usize, any::<prop::sample::Index>());
    let tokens = (1..900_u64, 1..16_u64);
    (select(PROTOCOLS.to_vec()), any::<bool>(), payer, shape, answer, tokens).prop_map(
        move |(protocol, stream, payer, shape, (pieces, size, after), tokens)| {
            let stream = match moment.form {
                Form::Any => stream,
                Form::Stream => true,
                Form::Document => false,
            };
            // Only a budget in tokens ends a stream.
            let endless = moment.name == "longer_than_its_reservation";
            let payer = if endless { Payer::Budget } else { payer };
            let shape =
                if endless { Shape { limit: shape.limit.or(Some(99)), ..shape } } else { shape };
            // The upstream writes one text, and of several that were asked for only all are the end.
            let behind = moment.client == Client::LeavesBehind;
            let shape = if behind { Shape { choices: 1, ..shape } } else { shape };
            // No language has so much text for each token, so the limits are kept.
            let size = shape.limit.map_or(size, |limit| size.min(12 * limit as usize));
            // These two providers speak one protocol.
            let is_special = ["not_answered_in_time", "not_connected"].contains(&moment.name);
            let protocol = if is_special { Protocol::Chat } else { protocol };
            let first = opening(protocol) + 1;
            let after = first + after.index(pieces);
            Case { moment, protocol, stream, payer, tokens, pieces, size, after, shape }
        },
    )
}

/// How many events come before the first piece.
fn opening(protocol: Protocol) -> usize {
    match protocol {
        Protocol::Chat => 1,
        Protocol::Responses => 4,
        Protocol::Messages => 3,
        Protocol::Gemini => 0,
    }
}

impl Case {
    pub(super) fn model(&self) -> &'static str {
        match self.moment.name {
            "not_answered_in_time" => "hasty/one",
            "not_connected" => "absent/one",
            _ => self.protocol.model(),
        }
    }

    /// How many texts it asks for.
    pub(super) fn choices(&self) -> u64 {
        match self.protocol {
            Protocol::Chat | Protocol::Gemini => self.shape.choices,
            Protocol::Responses | Protocol::Messages => 1,
        }
    }

    pub(super) fn orders(&self) -> String {
        let Self { tokens: (input, output), pieces, size, after, .. } = self;
        let own = self.moment.orders.replace('#', &after.to_string());
        format!("tokens={input}/{output} events={pieces} size={size} {own}")
    }

    /// The body, with everything that this request asks for.
    pub(super) fn body(&self, text: &str) -> Value {
        let Shape { limit, choices, tools, parts, tier, more } = &self.shape;
        let mut body = self.protocol.body(self.model(), text, self.stream);
        let tool = json!({ "name": "find", "description": "finds things",
            "parameters": { "type": "object", "properties": {} } });
        match self.protocol {
            Protocol::Chat => {
                let name = if *more { "max_completion_tokens" } else { "max_tokens" };
                body.as_object_mut().unwrap().remove("max_tokens");
                if let Some(limit) = limit {
                    body[name] = json!(limit);
                }
                if *tools {
                    body["tools"] = json!([{ "type": "function", "function": tool }]);
                }
                if *choices > 1 {
                    body["n"] = json!(choices);
                }
                if *parts {
                    body["messages"][0]["content"] = json!([{ "type": "text", "text": text }]);
                }
                if *more && self.stream {
                    body["stream_options"] = json!({});
                }
            }
            Protocol::Responses => {
                body.as_object_mut().unwrap().remove("max_output_tokens");
                if let Some(limit) = limit {
                    body["max_output_tokens"] = json!(limit);
                }
                if *parts {
                    body["input"] = json!([{ "role": "user",
                        "content": [{ "type": "input_text", "text": text }] }]);
                }
            }
            Protocol::Messages => {
                body["max_tokens"] = json!(limit.unwrap_or(64_000));
                if *tools {
                    body["tools"] =
                        json!([{ "name": "find", "input_schema": { "type": "object" } }]);
                }
                if *parts {
                    body["messages"][0]["content"] = json!([{ "type": "text", "text": text }]);
                }
            }
            Protocol::Gemini => {
                let mut generation = json!({});
                if let Some(limit) = limit {
                    generation["maxOutputTokens"] = json!(limit);
                }
                if *choices > 1 {
                    generation["candidateCount"] = json!(choices);
                }
                body["generationConfig"] = generation;
                if *tools {
                    body["tools"] = json!([{ "functionDeclarations": [tool] }]);
                }
            }
        }
        if let (Some(tier), Protocol::Chat | Protocol::Responses) = (tier, self.protocol) {
            body["service_tier"] = json!(tier);
        }
        body
    }
}

pub(super) const HASTY: &str = "
schema: clawrouter.service-provider.v1
id: hasty
displayName: Hasty
baseUrls: { default: http://127.0.0.1:1 }
auth:
  schemes:
    - { type: bearer, header: Authorization, format: 'Bearer ${secret}', secretKind: api_key, required: false }
routing: { modelPrefixes: [hasty/] }
endpoints:
  chat_completions:
    path: /v1/chat/completions
    requestFormat: openai.chat_completions
    responseFormat: openai.chat_completions
    streaming: sse
    timeoutMs: 300
capabilities: [{ id: llm.chat, endpoint: chat_completions }]
models:
  entries:
    - id: hasty/one
      upstream: one
      capabilities: [llm.chat]
      pricingRef: hasty-2026-01-01
      pricing:
        effectiveAt: '2026-01-01'
        source: https://example.com/prices
        inputMicrosPerMillion: 400000
        outputMicrosPerMillion: 1600000
        maxInputTokens: 1047576
        defaultMaxOutputTokens: 32768
";

pub(super) const ABSENT: &str = "
schema: clawrouter.service-provider.v1
id: absent
displayName: Absent
baseUrls: { default: http://127.0.0.1:1 }
auth:
  schemes:
    - { type: bearer, header: Authorization, format: 'Bearer ${secret}', secretKind: api_key, required: false }
routing: { modelPrefixes: [absent/] }
endpoints:
  chat_completions:
    path: /v1/chat/completions
    requestFormat: openai.chat_completions
    responseFormat: openai.chat_completions
    streaming: sse
capabilities: [{ id: llm.chat, endpoint: chat_completions }]
models:
  entries:
    - id: absent/one
      upstream: one
      capabilities: [llm.chat]
      pricingRef: absent-2026-01-01
      pricing:
        effectiveAt: '2026-01-01'
        source: https://example.com/prices
        inputMicrosPerMillion: 400000
        outputMicrosPerMillion: 1600000
        maxInputTokens: 1047576
        defaultMaxOutputTokens: 32768
";
