//! The official packages for Node.js.

use super::python::{literal, object};
use super::{Client, Needs, native};
use crate::report::transport::Transport;

pub(super) fn text(needs: &Needs<'_>) -> String {
    let variable = needs.variable;
    let model = literal(&Client::Node.reference(needs.model));
    let own = literal(&native(needs.url, &needs.model.provider));
    let root = literal(&format!("{}/v1", needs.url));
    let headers = object(&needs.headers(Client::Node));
    match Client::Node.transport(needs.model) {
        Some(Transport::OpenaiResponses) => format!(
            "// npm install openai\nimport OpenAI from \"openai\";\n\n\
             const client = new OpenAI({{\n  baseURL: {root},\n  apiKey: process.env.{variable},\n  \
             defaultHeaders: {headers},\n}});\n\
             const answer = await client.responses.create({{ model: {model}, \
             input: \"Say hello.\" }});\nconsole.log(answer.output_text);\n"
        ),
        Some(Transport::AnthropicMessages) => format!(
            "// npm install @anthropic-ai/sdk\nimport Anthropic from \"@anthropic-ai/sdk\";\n\n\
             const client = new Anthropic({{\n  baseURL: {own},\n  apiKey: process.env.{variable},\n  \
             defaultHeaders: {headers},\n}});\n\
             const answer = await client.messages.create({{\n  model: {model},\n  \
             max_tokens: 64,\n  messages: [{{ role: \"user\", content: \"Say hello.\" }}],\n}});\n\
             console.log(answer.content[0].text);\n"
        ),
        Some(Transport::GoogleGenerativeAi) => format!(
            "// npm install @google/genai\nimport {{ GoogleGenAI }} from \"@google/genai\";\n\n\
             const client = new GoogleGenAI({{\n  apiKey: process.env.{variable},\n  \
             httpOptions: {{ baseUrl: {own}, apiVersion: \"v1beta\", headers: {headers} }},\n}});\n\
             const answer = await client.models.generateContentStream({{\n  model: {model},\n  \
             contents: \"Say hello.\",\n}});\n\
             for await (const part of answer) process.stdout.write(part.text ?? \"\");\n"
        ),
        Some(Transport::OpenaiCompletions) | None => format!(
            "// npm install openai\nimport OpenAI from \"openai\";\n\n\
             const client = new OpenAI({{\n  baseURL: {root},\n  apiKey: process.env.{variable},\n  \
             defaultHeaders: {headers},\n}});\n\
             const answer = await client.chat.completions.create({{\n  model: {model},\n  \
             messages: [{{ role: \"user\", content: \"Say hello.\" }}],\n}});\n\
             console.log(answer.choices[0].message.content);\n"
        ),
    }
}
