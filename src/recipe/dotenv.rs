//! Variables that many programs read, as a dotenv file has them.

use super::{Needs, messages_root, native};
use crate::report::transport::Transport;

/// Which variables hold addresses, for the ways of speaking that the key can use.
pub fn addresses(needs: &Needs<'_>) -> Vec<(&'static str, String)> {
    let provider = |wanted: &[Transport]| {
        let fits = |row: &&crate::report::catalog::CatalogRow| {
            row.transports.iter().any(|transport| wanted.contains(transport))
        };
        // The chosen model's provider goes before the others.
        let rows = [needs.model].into_iter().chain(needs.models);
        rows.into_iter().find(|row| fits(row)).map(|row| row.provider.as_str())
    };
    let mut found = Vec::new();
    if provider(&[Transport::OpenaiResponses, Transport::OpenaiCompletions]).is_some() {
        found.push(("OPENAI_BASE_URL", format!("{}/v1", needs.url)));
    }
    if let Some(id) = provider(&[Transport::AnthropicMessages]) {
        found.push(("ANTHROPIC_BASE_URL", messages_root(needs.url, id)));
    }
    if let Some(id) = provider(&[Transport::GoogleGenerativeAi]) {
        found.push(("GOOGLE_GEMINI_BASE_URL", native(needs.url, id)));
    }
    found
}

/// The variable for the key that belongs to one for an address.
pub fn key_variable(address: &str) -> &'static str {
    match address {
        "ANTHROPIC_BASE_URL" => "ANTHROPIC_API_KEY",
        "GOOGLE_GEMINI_BASE_URL" => "GEMINI_API_KEY",
        _ => "OPENAI_API_KEY",
    }
}

pub fn text(needs: &Needs<'_>) -> String {
    let mut text = String::new();
    for (name, value) in addresses(needs) {
        text.push_str(&format!("{name}={value}\n# {}=<the key>\n", key_variable(name)));
    }
    text
}
