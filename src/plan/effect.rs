//! Effects in words. A reader of the words alone must not be surprised by the change.

mod key;
mod policy;
mod provider;
mod reach;

use std::fmt;

use serde::{Serialize, Serializer};

pub use self::key::{credential_change, key_delivery, new_key_change};
pub use self::policy::policy_change;
pub use self::provider::connection_change;
use super::loss::Loss;

/// One effect of a change, and what it is for this change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EffectDetail {
    #[serde(rename = "word")]
    pub kind: Effect,
    pub text: String,
    /// Does the command itself name it, so that nobody has to be asked?
    #[serde(skip)]
    pub(super) is_named: bool,
    /// What it takes away, until it was said from whom.
    #[serde(skip)]
    pub(super) loss: Option<Loss>,
}

impl EffectDetail {
    /// Is it dangerous enough to ask before?
    pub fn is_asked(&self) -> bool {
        self.kind.traits().asked && !self.is_named
    }
}

impl fmt::Display for EffectDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.word(), self.text)
    }
}

/// What there is to know of an effect, whatever the change.
#[derive(Debug, Clone, Copy)]
pub struct Traits {
    pub word: &'static str,
    /// Is an operator asked before?
    pub asked: bool,
    /// Does it only take away?
    pub closes: bool,
    /// Is it shown so that nobody misses it?
    pub loud: bool,
}

fn said(word: &'static str) -> Traits {
    Traits { word, asked: false, closes: false, loud: false }
}

macro_rules! effects {
    ($($(#[$doc:meta])* $effect:ident = $word:literal $($is:ident)*;)*) => {
        /// What a change can bring about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Effect { $($(#[$doc])* $effect,)* }

        impl Effect {
            pub fn traits(self) -> Traits {
                match self {
                    $(Self::$effect => Traits { $($is: true,)* ..said($word) },)*
                }
            }
        }
    };
}

effects! {
    Blocks = "BLOCKS" asked closes loud;
    Carries = "CARRIES" loud;
    Creates = "CREATES";
    Disables = "DISABLES" asked closes loud;
    Discloses = "DISCLOSES" loud;
    Enables = "ENABLES" loud;
    Erases = "ERASES" asked loud;
    Exempts = "EXEMPTS";
    FallsBack = "FALLS BACK" asked loud;
    Finishes = "FINISHES" loud;
    Gains = "GAINS";
    Gives = "GIVES";
    Grants = "GRANTS";
    HidesHistory = "HIDES HISTORY" loud;
    Keeps = "KEEPS";
    LocksOut = "LOCKS OUT" asked loud;
    Loses = "LOSES" asked loud;
    Lowers = "LOWERS" closes;
    Meters = "METERS" closes;
    Moves = "MOVES";
    MovesLedger = "MOVES LEDGER" asked loud;
    /// A grant goes to another provider, with its secret.
    MovesSecret = "MOVES" asked;
    Narrows = "NARROWS" asked closes;
    Opens = "OPENS" loud;
    Overruled = "OVERRULED" loud;
    Raises = "RAISES" loud;
    ReEnables = "RE-ENABLES";
    ReOpens = "RE-OPENS" loud;
    Reconciles = "RECONCILES";
    Refuses = "REFUSES" asked loud;
    Replaces = "REPLACES" loud;
    ReplacesSecret = "REPLACES SECRET" loud;
    Retains = "RETAINS" loud;
    Revokes = "REVOKES" asked closes loud;
    Sends = "SENDS" asked loud;
    Shares = "SHARES" loud;
    Takes = "TAKES" asked loud;
    TakesOver = "TAKES OVER" loud;
    UnMetered = "UN-METERED" loud;
    UnMeters = "UN-METERS" asked loud;
    Widens = "WIDENS" asked loud;
}

impl Effect {
    pub fn word(self) -> &'static str {
        self.traits().word
    }
}

impl Serialize for Effect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// Those of some names that are not among others.
pub(super) fn without<T: AsRef<str> + PartialEq>(some: &[T], others: &[T]) -> Vec<String> {
    let left = some.iter().filter(|name| !others.contains(name));
    left.map(|name| name.as_ref().to_owned()).collect()
}
