//! Flags that describe a configuration of fusion.

use std::time::Duration;

use clap::Args;

use crate::client::FusionEdit;
use crate::commands::complete;
use crate::settings::parse_duration;

#[derive(Debug, Args)]
#[command(next_help_heading = "Models and limits")]
pub(super) struct FusionFlags {
    /// Model that is asked for a proposal; repeat it for up to four
    #[arg(long = "adviser", value_name = "MODEL", value_delimiter = ',')]
    #[arg(add = complete::models())]
    advisers: Vec<String>,

    /// Model that answers, with the proposals before it
    #[arg(long, value_name = "MODEL", add = complete::models())]
    aggregator: Option<String>,

    /// How long an adviser may take, from `1s` to `2m`
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    adviser_timeout: Option<Duration>,

    /// The most that an adviser may write, in tokens
    #[arg(long, value_name = "TOKENS")]
    max_output_tokens: Option<u64>,

    /// How much of the conversation an adviser sees, in characters from its end
    #[arg(long, value_name = "CHARACTERS")]
    max_input_chars: Option<u64>,

    /// How much of a proposal the aggregator sees, in characters
    #[arg(long, value_name = "CHARACTERS")]
    max_proposal_chars: Option<u64>,

    /// How freely advisers write, from 0 to 2
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    temperature: Option<f64>,
}

impl FusionFlags {
    pub(super) fn edit(self) -> FusionEdit {
        FusionEdit {
            enabled: None,
            advisers: (!self.advisers.is_empty()).then_some(self.advisers),
            aggregator: self.aggregator,
            adviser_timeout_ms: self
                .adviser_timeout
                .map(|limit| u64::try_from(limit.as_millis()).unwrap_or(u64::MAX)),
            max_output_tokens: self.max_output_tokens,
            max_input_chars: self.max_input_chars,
            max_proposal_chars: self.max_proposal_chars,
            temperature: self.temperature,
        }
    }
}
