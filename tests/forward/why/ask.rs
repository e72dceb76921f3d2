//! A request in words, and the same as bytes.

use bytes::Bytes;
use clawctl_router::manifest::Manifests;
use clawctl_router::why::{Request, RouteChoice, Sketch};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Routes with what they are asked for. An empty route is the usual one of the model.
const TARGETS: [(&str, &str); 31] = [
    ("", "openai/gpt-5.6"),
    ("", "openai/gpt-4.1-mini"),
    ("", "anthropic/claude-haiku-4-5"),
    ("", "google/gemini-3.5-flash"),
    ("", "groq/gpt-oss-120b"),
    ("", "mistral/mistral-embed"),
    ("", "claude-max-proxy/claude-haiku-4"),
    ("", "openai/not-listed"),
    ("", "local/anything"),
    ("", "xai/grok-4.3"),
    ("", "openrouter/auto"),
    ("", "replicate/predictions"),
    ("", "bedrock/amazon.nova-lite-v1:0"),
    ("", "nobody/knows"),
    ("", "gpt-5.6"),
    ("responses", "openai/gpt-5.4"),
    ("responses", FUSION),
    ("responses", "anthropic/claude-haiku-4-5"),
    ("embeddings", "openai/text-embedding-3-large"),
    ("messages", "claude-opus-4-8"),
    ("messages", "openai/gpt-5.6"),
    ("messages", "clawpool/anything"),
    ("count-tokens", "anthropic/claude-haiku-4-5"),
    ("/v1/native/openai/v1/responses", "gpt-5.5"),
    ("/v1/native/openai/v1/chat/completions", "groq/gpt-oss-120b"),
    ("/v1/native/anthropic/v1/nothing", "claude-opus-4-8"),
    ("/v1/native/nobody/v1/messages", "claude-opus-4-8"),
    ("/v1/native/google-gemini/v1beta/models/gemini-3.5-flash:streamGenerateContent", ""),
    ("/v1/proxy/mistral/chat_completions", "mistral/mistral-small-2603"),
    ("/v1/proxy/google-gemini/generate_content", "google/gemini-3.5-flash"),
    ("/v1/proxy/firecrawl/scrape", ""),
];

pub(super) const FUSION: &str = "clawrouter/fusion";

#[derive(Debug, Clone)]
pub(super) struct AskOf {
    pub target: (&'static str, &'static str),
    pub prompt_bytes: usize,
    pub output_tokens: Option<u64>,
    pub streams: bool,
    pub twist: Twist,
}

/// What is odd about a body.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Twist {
    None,
    Picture,
    Choices(u8),
    CacheControl,
    Earlier,
    /// Messages of which nobody says whose they are.
    NoRole,
    NoModel,
    /// A path to one model, a body for another.
    OtherModel,
    /// A limit that no format knows by this name.
    StrangeLimit,
    NoLimit,
    /// A number of answers that is no number.
    TextChoices,
    ProviderTool,
    ClientTool,
    DearTier,
    /// Something that one server takes for the model, and another does not.
    TwinModel,
    Fallbacks,
    Plugins,
    LongName,
    NoJson,
    NoObject,
    TooLong,
}

impl AskOf {
    pub(super) fn request(&self, manifests: &Manifests) -> Request {
        let (route, model) = self.target;
        let sketch = Sketch {
            route: (!route.is_empty()).then(|| route.parse::<RouteChoice>().unwrap()),
            model: (!model.is_empty()).then_some(model),
            prompt_bytes: self.prompt_bytes,
            output_tokens: self.output_tokens,
            streams: self.streams,
            ..Sketch::default()
        };
        let mut request = Request::draw(manifests, &sketch).unwrap();
        request.body = self.twist.apply(&request.body);
        request
    }
}

impl Twist {
    fn apply(self, body: &Bytes) -> Bytes {
        let mut whole: Value = serde_json::from_slice(body).unwrap_or_default();
        let inner = match whole.get("body").is_some() {
            true => &mut whole["body"],
            false => &mut whole,
        };
        let picture = json!([{ "role": "user", "content": [
            { "type": "image_url", "image_url": { "url": "data:," } }] }]);
        match self {
            Self::None => return body.clone(),
            Self::NoJson => return Bytes::from_static(b"{\"model\":"),
            Self::NoObject => return Bytes::from_static(b"[1]"),
            Self::TooLong => return vec![b' '; 8 * 1024 * 1024 + 1].into(),
            Self::Picture => inner["messages"] = picture,
            Self::Choices(n) => inner["n"] = json!(n),
            Self::CacheControl => {
                inner["system"] = json!([{ "type": "text", "text": "x",
                    "cache_control": { "type": "ephemeral", "ttl": "1h" } }]);
            }
            Self::Earlier => inner["previous_response_id"] = json!("resp_1"),
            Self::NoRole => inner["messages"] = json!([{ "content": "x" }]),
            Self::NoModel => drop(inner.as_object_mut().map(|members| members.remove("model"))),
            Self::OtherModel => inner["model"] = json!("gemini-other"),
            Self::StrangeLimit => inner["max_answer_tokens"] = json!(1),
            Self::NoLimit => inner["max_tokens"] = json!(0),
            Self::TextChoices => inner["n"] = json!("4"),
            Self::ProviderTool => inner["tools"] = json!([{ "type": "web_search" }]),
            Self::ClientTool => {
                inner["tools"] = json!([{ "type": "function", "name": "f",
                    "functionDeclarations": [] }]);
            }
            Self::DearTier => inner["service_tier"] = json!("priority"),
            Self::TwinModel => inner["Model"] = json!("gpt-5.6"),
            Self::Fallbacks => inner["models"] = json!(["gpt-5.6", "openrouter/auto"]),
            Self::Plugins => inner["plugins"] = json!([{ "id": "web" }]),
            Self::LongName => inner["model"] = json!("openai/".repeat(40)),
        }
        whole.to_string().into()
    }
}

fn twists() -> impl Strategy<Value = Twist> {
    use Twist::{
        CacheControl, Choices, ClientTool, DearTier, Earlier, Fallbacks, LongName, NoJson, NoLimit,
        NoModel, NoObject, NoRole, OtherModel, Picture, Plugins, ProviderTool, StrangeLimit,
        TextChoices, TooLong, TwinModel,
    };
    prop_oneof![
        60 => Just(Twist::None),
        20 => prop::sample::select(vec![Picture, Choices(3), CacheControl, Earlier, NoRole, OtherModel]),
        12 => prop::sample::select(vec![StrangeLimit, NoLimit, TextChoices, ProviderTool, ClientTool,
            DearTier, TwinModel, Fallbacks, Plugins, LongName]),
        10 => prop::sample::select(vec![NoJson, NoObject, NoModel]),
        1 => Just(TooLong),
    ]
}

pub(super) fn asks() -> impl Strategy<Value = AskOf> {
    (
        prop_oneof![7 => prop::sample::select(TARGETS.to_vec()), 1 => Just(("", FUSION))],
        prop_oneof![4 => 0..200_usize, 2 => 200..20_000_usize, 1 => 20_000..400_000_usize],
        prop_oneof![
            2 => Just(None),
            4 => (0..2_000_u64).prop_map(Some),
            1 => (2_000..200_000_u64).prop_map(Some),
        ],
        any::<bool>(),
        twists(),
    )
        .prop_map(|(target, prompt_bytes, output_tokens, streams, twist)| AskOf {
            target,
            prompt_bytes,
            output_tokens,
            streams,
            twist,
        })
}
