//! Which binding is meant, and the way of every change of one.

use clap::{ArgGroup, Args};

use crate::client::{BindingEdit, Console, IfMissing};
use crate::commands::user::email;
use crate::commands::{complete, write};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::plan::binding_change;
use crate::view::change::Changed;
use clawctl_wire::binding::{Binding, BindingKey};
use clawctl_wire::id::check_id;

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("whom").args(["user", "group"]).required(true)))]
pub(super) struct BindingTarget {
    /// Policy that is bound
    #[arg(long, value_name = "ID", add = complete::policies())]
    policy: String,

    /// Address of the person to whom it is bound
    #[arg(long, value_name = "EMAIL", add = complete::users())]
    user: Option<String>,

    /// Group to whose members it is bound
    #[arg(long, value_name = "NAME", conflicts_with = "user", add = complete::groups())]
    group: Option<String>,
}

impl BindingTarget {
    fn key(&self) -> Result<BindingKey> {
        check_id(&self.policy)?;
        let key = match (&self.user, &self.group) {
            (Some(typed), _) => BindingKey::of_user(&email(typed)?, &self.policy),
            (None, Some(name)) => BindingKey::of_group(name, &self.policy),
            (None, None) => None,
        };
        key.ok_or_else(|| Error::usage("say whom the policy is bound to: `--user` or `--group`"))
    }

    /// Plans an edit of the binding, and shows it or carries it out.
    pub(super) async fn edit(
        &self,
        ctx: &Ctx,
        edit: &BindingEdit,
        missing: IfMissing,
    ) -> Result<Changed<Binding>> {
        let (key, client) = (self.key()?, ctx.client()?);
        let planned = client.plan_put::<Binding>(&key, edit, missing, Console::Guard).await?;
        let users = client.users().await?;
        let before = planned.before.as_ref();
        let is_new = planned.after.enabled && !before.is_some_and(|binding| binding.enabled);
        let policy = if is_new { Some(client.policy(&self.policy).await?) } else { None };
        let change = binding_change(before, &planned.after, &users, policy.as_ref());
        write::carry_out(ctx, client, &planned, change).await
    }
}
