//! The official Python packages.

use super::{Client, Needs, native};
use crate::report::transport::Transport;

pub(super) fn text(needs: &Needs<'_>) -> String {
    let variable = needs.variable;
    let model = literal(&Client::Python.reference(needs.model));
    let own = literal(&native(needs.url, &needs.model.provider));
    let root = literal(&format!("{}/v1", needs.url));
    let headers = object(&needs.headers(Client::Python));
    match Client::Python.transport(needs.model) {
        Some(Transport::OpenaiResponses) => format!(
            "# pip install openai\nimport os\nfrom openai import OpenAI\n\n\
             client = OpenAI(\n    base_url={root},\n    api_key=os.environ[\"{variable}\"],\n    \
             default_headers={headers},\n)\n\
             answer = client.responses.create(model={model}, input=\"Say hello.\")\n\
             print(answer.output_text)\n"
        ),
        Some(Transport::AnthropicMessages) => format!(
            "# pip install anthropic\nimport os\nfrom anthropic import Anthropic\n\n\
             client = Anthropic(\n    base_url={own},\n    api_key=os.environ[\"{variable}\"],\n    \
             default_headers={headers},\n)\n\
             answer = client.messages.create(\n    model={model},\n    max_tokens=64,\n    \
             messages=[{{\"role\": \"user\", \"content\": \"Say hello.\"}}],\n)\n\
             print(answer.content[0].text)\n"
        ),
        Some(Transport::GoogleGenerativeAi) => format!(
            "# pip install google-genai\nimport os\nfrom google import genai\n\
             from google.genai import types\n\n\
             options = types.HttpOptions(\n    base_url={own}, api_version=\"v1beta\", headers={headers}\n)\n\
             client = genai.Client(api_key=os.environ[\"{variable}\"], http_options=options)\n\
             for part in client.models.generate_content_stream(model={model}, \
             contents=\"Say hello.\"):\n    print(part.text, end=\"\")\n"
        ),
        Some(Transport::OpenaiCompletions) | None => format!(
            "# pip install openai\nimport os\nfrom openai import OpenAI\n\n\
             client = OpenAI(\n    base_url={root},\n    api_key=os.environ[\"{variable}\"],\n    \
             default_headers={headers},\n)\n\
             answer = client.chat.completions.create(\n    model={model},\n    \
             messages=[{{\"role\": \"user\", \"content\": \"Say hello.\"}}],\n)\n\
             print(answer.choices[0].message.content)\n"
        ),
    }
}

/// The same for names with values.
pub(super) fn object(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(name, value)| format!("{}: {}", literal(name), literal(value)))
        .collect();
    format!("{{{}}}", pairs.join(", "))
}

/// Python and JavaScript read a JSON string as a text of theirs.
pub(super) fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
