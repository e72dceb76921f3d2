use crate::client::{Console, IfMissing, UserEdit};
use crate::commands::write;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::plan::user_change;
use crate::view::change::Changed;
use clawctl_wire::user::{self, AccessUser};

/// The address as the router spells it.
pub(in crate::commands) fn email(typed: &str) -> Result<String> {
    user::email(typed).ok_or_else(|| {
        Error::usage(format!("`{typed}` is not an e-mail address"))
            .hint("an address is something, one `@`, and something, without spaces")
    })
}

/// Plans an edit of a user, and shows it or carries it out.
pub(super) async fn edit(
    ctx: &Ctx,
    typed: &str,
    edit: &UserEdit,
    missing: IfMissing,
    console: Console,
) -> Result<Changed<AccessUser>> {
    let (email, client) = (email(typed)?, ctx.client()?);
    let planned = client.plan_put::<AccessUser>(&email, edit, missing, console).await?;
    let bindings = client.bindings().await?;
    let change = user_change(planned.before.as_ref(), &planned.after, &bindings);
    write::carry_out(ctx, client, &planned, change).await
}
