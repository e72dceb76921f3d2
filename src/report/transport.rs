//! Which way of speaking to a model a client takes: the rules of the real OpenClaw client.

use serde::Serialize;

/// A client's word for a way of speaking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Transport {
    OpenaiResponses,
    OpenaiCompletions,
    AnthropicMessages,
    GoogleGenerativeAi,
}

impl Transport {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OpenaiResponses => "openai-responses",
            Self::OpenaiCompletions => "openai-completions",
            Self::AnthropicMessages => "anthropic-messages",
            Self::GoogleGenerativeAi => "google-generative-ai",
        }
    }
}

/// One address of a provider, as far as a client looks at it.
#[derive(Debug, Clone, Copy)]
pub struct Route<'a> {
    pub methods: &'a [String],
    pub path: &'a str,
    pub request_format: &'a str,
}

impl Route<'_> {
    fn takes_post(&self) -> bool {
        self.methods.iter().any(|method| method.eq_ignore_ascii_case("POST"))
    }
}

/// Every way that a model can be spoken to. A client takes the first.
///
/// A model without any, such as one for embeddings, is not listed by a chat client.
pub fn transports(
    openai_compatible: bool,
    capabilities: &[String],
    routes: &[Route<'_>],
) -> Vec<Transport> {
    let can = |capability: &str| capabilities.iter().any(|known| known == capability);
    let post = |format: &str, fits: fn(&str) -> bool| {
        routes.iter().any(|r| r.takes_post() && r.request_format == format && fits(r.path))
    };
    let streams_google = |path: &str| {
        path.contains(":streamGenerateContent") && path.find("/models/${model}") > Some(0)
    };
    let rules = [
        (Transport::OpenaiResponses, openai_compatible && can("llm.responses")),
        (Transport::OpenaiCompletions, openai_compatible && can("llm.chat")),
        (Transport::AnthropicMessages, can("llm.messages") && post("anthropic.messages", |_| true)),
        (
            Transport::GoogleGenerativeAi,
            can("llm.stream") && post("google.generate_content", streams_google),
        ),
    ];
    rules.into_iter().filter_map(|(transport, holds)| holds.then_some(transport)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rule_that_fits_comes_first() {
        let post = ["POST".to_owned()];
        let get = ["GET".to_owned()];
        let google = "/v1beta/models/${model}:streamGenerateContent";
        let check = |compatible,
                     capabilities: &[&str],
                     route: Option<(&[String], &str, &str)>,
                     expected: &[&str]| {
            let capabilities: Vec<_> = capabilities.iter().map(|c| (*c).to_owned()).collect();
            let route = route.map(|(methods, path, request_format)| Route {
                methods,
                path,
                request_format,
            });
            let found = transports(compatible, &capabilities, route.as_slice());
            let found: Vec<_> = found.into_iter().map(Transport::as_str).collect();
            assert_eq!(found, expected, "{capabilities:?} {route:?}");
        };
        let messages = "anthropic.messages";
        let generate = "google.generate_content";
        check(
            true,
            &["llm.chat", "llm.responses"],
            None,
            &["openai-responses", "openai-completions"],
        );
        check(true, &["llm.chat"], None, &["openai-completions"]);
        check(false, &["llm.chat"], None, &[]);
        check(true, &["llm.embeddings"], None, &[]);
        check(
            false,
            &["llm.messages"],
            Some((&post, "/v1/messages", messages)),
            &["anthropic-messages"],
        );
        check(false, &["llm.messages"], Some((&get, "/v1/messages", messages)), &[]);
        check(false, &["llm.messages"], None, &[]);
        check(false, &["llm.stream"], Some((&post, google, generate)), &["google-generative-ai"]);
        check(false, &["llm.generate"], Some((&post, google, generate)), &[]);
        check(
            false,
            &["llm.stream"],
            Some((&post, "/models/${model}:streamGenerateContent", generate)),
            &[],
        );
        check(
            false,
            &["llm.stream"],
            Some((&post, "/v1/models/{model}:streamGenerateContent", generate)),
            &[],
        );
    }
}
