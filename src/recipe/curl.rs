//! One request with curl. The key comes to it on standard input: in an argument every user of the
//! machine would see it.

use serde_json::json;

use super::{Client, Needs, native};
use crate::recipe::shell::{Shell, quoted};
use crate::report::transport::Transport;

pub(super) fn text(needs: &Needs<'_>) -> String {
    let (url, variable) = (needs.url, needs.variable);
    let model = Client::Curl.reference(needs.model);
    let provider = &needs.model.provider;
    let transport = Client::Curl.transport(needs.model).unwrap_or(Transport::OpenaiCompletions);
    let (address, header, more, body) = match transport {
        Transport::OpenaiResponses => (
            format!("{url}/v1/responses"),
            "Authorization: Bearer %s",
            "",
            json!({ "model": model, "input": "Say hello.", "max_output_tokens": 64 }),
        ),
        Transport::OpenaiCompletions => (
            format!("{url}/v1/chat/completions"),
            "Authorization: Bearer %s",
            "",
            json!({ "model": model, "messages": [{ "role": "user", "content": "Say hello." }] }),
        ),
        Transport::AnthropicMessages => (
            format!("{}/v1/messages", native(url, provider)),
            "x-api-key: %s",
            " -H 'anthropic-version: 2023-06-01'",
            json!({
                "model": model,
                "max_tokens": 64,
                "messages": [{ "role": "user", "content": "Say hello." }],
            }),
        ),
        Transport::GoogleGenerativeAi => (
            format!(
                "{}/v1beta/models/{model}:streamGenerateContent?alt=sse",
                native(url, provider)
            ),
            "x-goog-api-key: %s",
            "",
            json!({ "contents": [{ "role": "user", "parts": [{ "text": "Say hello." }] }] }),
        ),
    };
    let attributed: String = needs
        .headers(Client::Curl)
        .iter()
        .map(|(name, value)| format!(" -H {}", quoted(Shell::Sh, &format!("{name}: {value}"))))
        .collect();
    let (address, body) = (quoted(Shell::Sh, &address), quoted(Shell::Sh, &body.to_string()));
    format!(
        "printf '{header}\\n' \"${variable}\" |\n  curl -sS -H @-{more} \
         -H 'content-type: application/json' \\\n   {attributed} \\\n    {address} \\\n    -d {body}\n"
    )
}
