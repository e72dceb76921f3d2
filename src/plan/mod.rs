//! What a change means: the fields it touches, and its effect in words.

pub mod access;
pub mod change;
pub mod effect;
pub mod fusion;
pub mod grant;

mod routing;

pub use self::access::{binding_change, grants_change, rule_change, user_change};
pub use self::change::{ChangeSet, FieldChange};
pub use self::effect::{connection_change, credential_change, policy_change};
pub use self::fusion::fusion_change;
pub use self::grant::{Left, grant_change, grant_revocation};
