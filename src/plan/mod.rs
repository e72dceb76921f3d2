//! Desired state: what a manifest wants, what a router has, what has to be done, and what each
//! change means in words.

pub mod access;
pub mod action;
pub mod change;
pub mod desired;
pub mod diff;
pub mod effect;
pub mod export;
pub mod fusion;
pub mod grant;
pub mod import;
pub mod live;
pub mod lock;
pub mod loss;
pub mod made;
pub mod manifest;
pub mod nearest;
pub mod reviewed;
mod routing;

pub use self::access::{binding_change, grants_change, rule_change, user_change};
pub use self::change::{ChangeSet, FieldChange};
pub use self::diff::{Known, Plan, diff};
pub use self::effect::{Effect, connection_change, credential_change, policy_change};
pub use self::fusion::fusion_change;
pub use self::grant::{Left, grant_change, grant_revocation, has_other};
