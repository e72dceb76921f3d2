//! What makes the cost of a request unknown, although its model has a price.

use crate::refusal::Refusal;
use clawctl_wire::error::code;

/// How much of a client's own text is repeated to it.
const CHARS_MAX: usize = 64;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unpriced {
    /// A tool that the provider runs, by its type.
    Tool(String),
    /// A member that asks for something with a price of its own.
    Member(String),
    /// A member that asks for another price list, and what it asks for.
    Tier { member: String, tier: String },
    /// A number of answers that is no number.
    Count(String),
}

impl Unpriced {
    pub(super) fn tool(kind: &str) -> Self {
        Self::Tool(short(kind))
    }

    pub(super) fn member(name: &str) -> Self {
        Self::Member(short(name))
    }

    pub(super) fn tier(member: &str, tier: &str) -> Self {
        Self::Tier { member: short(member), tier: short(tier) }
    }

    pub(super) fn count(name: &str) -> Self {
        Self::Count(short(name))
    }

    /// The answer of a budget that cannot count the request.
    pub(super) fn refusal(&self) -> Refusal {
        let what = match self {
            Self::Tool(kind) => format!("no price known for provider tool `{kind}`"),
            Self::Member(name) => format!("no price known for what `{name}` asks for"),
            Self::Tier { member, tier } => format!("no price known for {member} `{tier}`"),
            Self::Count(name) => {
                let message = format!("`{name}` must be a whole number, or no budget can count it");
                return Refusal::bad(code::INVALID_REQUEST_BODY, message);
            }
        };
        let way_out = match self {
            Self::Tool(kind) if kind == "web_search" => {
                "remove the tool (in Codex: `web_search = \"disabled\"` in config.toml)"
            }
            Self::Tool(_) => "remove the tool",
            _ => "remove it",
        };
        let message = format!(
            "{what}, so a budget refuses the request; {way_out}, or give the policy a fixed price \
             per request"
        );
        Refusal::bad(code::PRICING_REQUIRED, message)
    }
}

/// The beginning of a text that a client chose, without what could pass for something else.
pub(super) fn short(text: &str) -> String {
    let mut chars = text.chars();
    let start: String = chars.by_ref().take(CHARS_MAX).collect();
    let rest = if chars.next().is_some() { "…" } else { "" };
    format!("{}{rest}", start.escape_debug())
}
