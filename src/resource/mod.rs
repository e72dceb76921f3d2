//! What clawctl knows of each resource, said once: its name, its members, how it is edited and
//! what a write of it sends.
//!
//! The client, plans, manifests, exports, the record of changes and the views read these tables.
//! What is special about keys and grants stays beside them.

mod binding;
mod change;
mod fusion;
mod grant;
mod key;
pub mod key_state;
mod member;
mod offers;
mod policy;
mod provider;
mod routing;
mod rule;
#[cfg(test)]
mod tests;
mod user;
pub mod value;
pub mod words;

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use self::binding::{BINDING, BindingEdit};
pub use self::change::{Change, SetEdit};
pub use self::fusion::{FUSION, FUSION_ID, FusionEdit};
pub use self::grant::{GRANT, GrantEdit};
pub use self::key::{CredentialEdit, KEY};
pub use self::member::{Extended, Field, Kind, Member, Named, Shape};
pub use self::offers::Offers;
pub use self::policy::{POLICY, PolicyEdit};
pub use self::provider::{ConnectionEdit, PROVIDER};
pub use self::routing::RoutingEdit;
pub use self::rule::{RULE, RuleEdit, check_match};
pub use self::user::{USER, UserEdit};
use clawctl_wire::fusion::BadFusion;
use clawctl_wire::health::Extension;
use clawctl_wire::resource::{self, Resource as Place};

/// A kind of thing that a router keeps and clawctl edits.
pub trait Resource:
    Clone + fmt::Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// What tells two of them apart. It is displayed as messages call one.
    type Id: ?Sized + ToOwned + PartialEq + fmt::Display + Sync;

    /// What is to become of one. Whatever is not named stays.
    type Edit: Clone + Default + fmt::Debug + Send + Sync;

    const KIND: &'static resource::Kind;
    const MEMBERS: &'static [Member<Self>];

    fn id(&self) -> Cow<'_, Self::Id>;

    /// The id as the members that make it, in the order of the path.
    fn parts(id: &Self::Id) -> Vec<String> {
        vec![id.to_string()]
    }

    /// The thing as it will be. Pure, so that it can be shown before anything is sent.
    fn apply(edit: &Self::Edit, to: &Self) -> Self;

    /// The body of a write that leaves nothing to the router's defaults, but for the members of
    /// extensions that nothing is said of.
    fn body(&self) -> Value;

    fn is_enabled(&self) -> bool;

    /// Where an edit says whether the thing is enabled.
    fn enabled(edit: &mut Self::Edit) -> &mut Option<bool>;

    /// The thing that an edit of nothing creates. `None` where more must be said than the id.
    fn with_id(_id: &Self::Id) -> Option<Self> {
        None
    }

    /// Keeps lists whose order means nothing in the order that they have.
    fn settle(&mut self, _before: &Self) {}

    /// Refuses what a router would store otherwise than it is sent.
    fn check(&self) -> Result<(), BadFusion> {
        Ok(())
    }

    /// Ids of policies that must exist.
    fn policies(&self) -> Vec<String> {
        Vec::new()
    }

    /// What was sent to make the thing, without what a router or its rules change by themselves: a
    /// later run recognizes its own by it.
    fn made(&self) -> Value {
        self.sent(Offers::ALL)
    }

    /// The extensions that a write needs, each with the flag that asks for it.
    fn needs(&self) -> Vec<(Extension, &'static str)> {
        member::member_needs(self)
    }

    /// The body of a write to a router that offers these extensions: their members are written
    /// also where they are null.
    fn sent(&self, offers: Offers) -> Value {
        let mut body = self.body();
        for member in Self::MEMBERS {
            let is_known = |extended: Extended| offers.has(extended.extension);
            if member.extended.is_some_and(is_known) && body.get(member.wire).is_none() {
                body[member.wire] = Value::Null;
            }
        }
        body
    }

    /// Do both say the same in every member that clawctl knows?
    fn is_like(&self, other: &Self) -> bool {
        Self::MEMBERS.iter().all(|member| (member.get)(self) == (member.get)(other))
    }

    fn place(id: &Self::Id) -> Place {
        Place { kind: Self::KIND, id: Self::parts(id), verb: None }
    }

    /// An edit that enables or disables and does nothing else.
    fn switched(on: bool) -> Self::Edit {
        let mut edit = Self::Edit::default();
        *Self::enabled(&mut edit) = Some(on);
        edit
    }
}
