//! The label and the budget of a provider, wherever they can be given.

use clap::Args;

use crate::client::{Change, ConnectionEdit};
use crate::commands::policy::flags::words;
use crate::error::Result;
use clawctl_wire::money::Micros;

#[derive(Debug, Args)]
pub(super) struct ConnectionFlags {
    /// A label to know it by
    #[arg(long, value_name = "TEXT")]
    label: Option<String>,

    /// No label
    #[arg(long, conflicts_with = "label")]
    no_label: bool,

    /// Budget per UTC month, such as `$50`; zero blocks
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    budget: Option<Micros>,

    /// No limit on what is spent
    #[arg(long, conflicts_with = "budget")]
    no_budget: bool,
}

impl ConnectionFlags {
    pub(super) fn edit(&self, enabled: Option<bool>) -> Result<ConnectionEdit> {
        // The router would turn a blank label into none without a word.
        let label = self.label.as_deref().map(|text| words("--label", text)).transpose()?;
        Ok(ConnectionEdit {
            enabled,
            label: Change::of(label, self.no_label),
            budget: Change::of(self.budget, self.no_budget),
        })
    }
}
