//! Models as other gateways call them.

use std::collections::BTreeSet;

/// What a key may reach.
pub(super) enum Reach {
    All,
    Only {
        providers: BTreeSet<String>,
        models: BTreeSet<String>,
    },
    /// Something, but it cannot be told what.
    Unknown,
}

/// Their prefix, our provider, and the prefix of its models here.
const PREFIXES: &[(&str, &str, &str)] = &[
    ("anthropic", "anthropic", "anthropic"),
    ("azure", "azure-openai", "azure-openai"),
    ("azure_ai", "azure-openai", "azure-openai"),
    ("bedrock", "aws-bedrock", "bedrock"),
    ("cohere", "cohere", "cohere"),
    ("deepseek", "deepseek", "deepseek"),
    ("fireworks", "fireworks", "fireworks"),
    ("fireworks_ai", "fireworks", "fireworks"),
    ("gemini", "google-gemini", "google"),
    ("google", "google-gemini", "google"),
    ("groq", "groq", "groq"),
    ("huggingface", "huggingface", "huggingface"),
    ("minimax", "minimax", "minimax"),
    ("mistral", "mistral", "mistral"),
    ("openai", "openai", "openai"),
    ("openrouter", "openrouter", "openrouter"),
    ("perplexity", "perplexity", "perplexity"),
    ("replicate", "replicate", "replicate"),
    ("together", "together", "together"),
    ("together_ai", "together", "together"),
    ("x-ai", "xai", "xai"),
    ("xai", "xai", "xai"),
];

/// How models begin whose provider is left out, and whose they are.
const FAMILIES: &[(&str, &str)] = &[
    ("claude", "anthropic"),
    ("gemini", "gemini"),
    ("gpt-", "openai"),
    ("o1", "openai"),
    ("o3", "openai"),
    ("o4", "openai"),
    ("text-embedding-", "openai"),
    ("grok", "xai"),
    ("deepseek-", "deepseek"),
    ("mistral-", "mistral"),
];

/// Our provider and our name of a model.
pub(super) fn ours(model: &str) -> Option<(&'static str, String)> {
    let (prefix, rest) = match model.split_once('/') {
        Some(parts) => parts,
        None => {
            let family = FAMILIES.iter().find(|(begins, _)| model.starts_with(begins))?;
            (family.1, model)
        }
    };
    let known = PREFIXES.iter().find(|(theirs, ..)| *theirs == prefix)?;
    Some((known.1, format!("{}/{rest}", known.2)))
}
