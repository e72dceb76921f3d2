//! What a router adds to the contract.

use clawctl_wire::health::{Extension, Health};

/// The extensions that a router offers, and the default that it tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Offers {
    extensions: u32,
    /// A new policy keeps the contents of requests where nothing else is said.
    pub retains: bool,
}

impl Offers {
    /// Every extension, for what is compared and not sent.
    pub const ALL: Self = Self { extensions: u32::MAX, retains: false };

    pub fn of(health: &Health) -> Self {
        let offered = Extension::ALL.into_iter().filter(|extension| health.has(*extension));
        let offers = offered.fold(Self::default(), Self::with);
        Self { retains: health.observability.request_content_retention_default, ..offers }
    }

    #[must_use]
    pub fn with(self, extension: Extension) -> Self {
        Self { extensions: self.extensions | bit(extension), ..self }
    }

    #[must_use]
    pub fn without(self, extension: Extension) -> Self {
        Self { extensions: self.extensions & !bit(extension), ..self }
    }

    pub fn has(self, extension: Extension) -> bool {
        self.extensions & bit(extension) != 0
    }
}

fn bit(extension: Extension) -> u32 {
    1 << extension as u32
}
