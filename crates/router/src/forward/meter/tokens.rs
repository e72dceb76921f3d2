//! Tokens, from whatever a provider calls them.

use super::counted::Counted;
use super::dialect::Dialect;
use crate::decision::Tokens;

/// What a provider has reported so far, which later reports of the same answer add to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// What was read, without what is counted apart from it.
    input: Option<u64>,
    output: Option<u64>,
    total: Option<u64>,
    cached: Option<u64>,
    written: Option<u64>,
    written_5m: Option<u64>,
    written_1h: Option<u64>,
    /// Whether what was read from a cache or written to one is not in `input`.
    cache_is_apart: bool,
}

impl Counts {
    /// A member `usage`, or one named `meta` that counts like it.
    pub(super) fn of_usage(usage: &Counted<'_>, dialect: Dialect) -> Self {
        let count = |path| at(usage, path);
        if is_anthropic(usage, dialect) {
            return Self::of_anthropic(usage);
        }
        if let Some(input) = count("prompt_tokens") {
            return Self {
                input: Some(input),
                output: completion(usage, input),
                total: count("total_tokens"),
                cached: count("prompt_tokens_details.cached_tokens")
                    .or_else(|| count("prompt_cache_hit_tokens")),
                written: count("prompt_tokens_details.cache_write_tokens")
                    .or_else(|| count("cache_write_tokens")),
                ..Self::default()
            };
        }
        if usage.has("inputTokens") {
            return Self::of_bedrock(usage);
        }
        if let Some(inner) = usage.inner("tokens").or_else(|| usage.inner("billed_units")) {
            return Self {
                input: at(inner, "input_tokens"),
                output: at(inner, "output_tokens"),
                ..Self::default()
            };
        }
        Self {
            input: count("input_tokens"),
            output: count("output_tokens").or_else(|| count("completion_tokens")),
            total: count("total_tokens"),
            cached: count("input_tokens_details.cached_tokens"),
            written: count("input_tokens_details.cache_write_tokens")
                .or_else(|| count("cache_write_tokens")),
            ..Self::default()
        }
    }

    fn of_anthropic(usage: &Counted<'_>) -> Self {
        let count = |path| at(usage, path);
        Self {
            input: count("input_tokens"),
            output: count("output_tokens"),
            total: None,
            cached: count("cache_read_input_tokens"),
            written: count("cache_creation_input_tokens"),
            written_5m: count("cache_creation.ephemeral_5m_input_tokens"),
            written_1h: count("cache_creation.ephemeral_1h_input_tokens"),
            cache_is_apart: true,
        }
    }

    fn of_bedrock(usage: &Counted<'_>) -> Self {
        let count = |path| at(usage, path);
        Self {
            input: count("inputTokens"),
            output: count("outputTokens"),
            total: count("totalTokens"),
            cached: count("cacheReadInputTokens").or_else(|| count("cacheReadInputTokenCount")),
            written: count("cacheWriteInputTokens").or_else(|| count("cacheWriteInputTokenCount")),
            cache_is_apart: true,
            ..Self::default()
        }
    }

    /// What Bedrock puts into the last event of a stream, whatever the model.
    pub(super) fn of_invocation(metrics: &Counted<'_>) -> Self {
        let count = |path| at(metrics, path);
        Self {
            input: count("inputTokenCount"),
            output: count("outputTokenCount"),
            cached: count("cacheReadInputTokenCount"),
            written: count("cacheWriteInputTokenCount"),
            cache_is_apart: true,
            ..Self::default()
        }
    }

    /// Gemini's `usageMetadata`. It counts what was thought and what tools brought in apart.
    pub(super) fn of_usage_metadata(usage: &Counted<'_>) -> Self {
        let count = |path| at(usage, path);
        Self {
            input: sum(count("promptTokenCount"), count("toolUsePromptTokenCount")),
            output: sum(count("candidatesTokenCount"), count("thoughtsTokenCount")),
            total: count("totalTokenCount"),
            cached: count("cachedContentTokenCount"),
            ..Self::default()
        }
    }

    /// Adds a later report, whose counts include those of the earlier ones. A zero in it says
    /// nothing new: some gateways fill in what they do not know.
    pub(super) fn merge(&mut self, later: Self) {
        let newer = |old: &mut Option<u64>, new: Option<u64>| {
            if new.is_some_and(|new| new > 0 || old.is_none()) {
                *old = new;
            }
        };
        newer(&mut self.input, later.input);
        newer(&mut self.output, later.output);
        newer(&mut self.total, later.total);
        newer(&mut self.cached, later.cached);
        newer(&mut self.written, later.written);
        newer(&mut self.written_5m, later.written_5m);
        newer(&mut self.written_1h, later.written_1h);
        self.cache_is_apart |= later.cache_is_apart;
    }

    /// Nothing, unless at least one side was counted.
    pub(super) fn tokens(&self) -> Option<Tokens> {
        if self.input.is_none() && self.output.is_none() {
            return None;
        }
        let dated = sum(self.written_5m, self.written_1h);
        let written = self.written.or(dated);
        let apart = if self.cache_is_apart { sum(self.cached, written) } else { None };
        let input = sum(self.input, apart);
        Some(Tokens {
            input,
            output: self.output,
            total: self.total.or_else(|| sum(input, self.output)),
            cached: self.cached,
            cache_write: written.map(|written| written.saturating_sub(dated.unwrap_or(0))),
            cache_write_5m: self.written_5m,
            cache_write_1h: self.written_1h,
        })
    }
}

/// Only Anthropic names what was cached beside `input_tokens`, also through other providers.
fn is_anthropic(usage: &Counted<'_>, dialect: Dialect) -> bool {
    let has = |name| usage.has(name);
    let named = has("cache_read_input_tokens") || has("cache_creation_input_tokens");
    dialect == Dialect::Anthropic || dialect == Dialect::Other && named && !has("prompt_tokens")
}

/// What a chat completion wrote. Some providers count reasoning apart, which shows in their sum.
fn completion(usage: &Counted<'_>, input: u64) -> Option<u64> {
    let output = at(usage, "completion_tokens")?;
    let reasoning = at(usage, "completion_tokens_details.reasoning_tokens").unwrap_or(0);
    let with_reasoning = output.saturating_add(reasoning);
    let is_apart = at(usage, "total_tokens") == input.checked_add(with_reasoning);
    Some(if is_apart { with_reasoning } else { output })
}

/// A count by the names on the way to it.
fn at(usage: &Counted<'_>, path: &str) -> Option<u64> {
    match path.split_once('.') {
        Some((outer, name)) => usage.inner(outer)?.count(name),
        None => usage.count(path),
    }
}

fn sum(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        (one, None) | (None, one) => one,
    }
}
