//! How a provider on this machine says it is, asked when it is shown.

use url::Host;

use crate::ctx::Ctx;
use crate::settings::Target;
use clawctl_router::manifest::Manifests;
use clawctl_router::vitals;
use clawctl_wire::vital::VitalSign;

/// The signs of a provider whose manifest says where it gives them. Only a router on this machine
/// reaches what is reached from here, so elsewhere there are none.
pub(super) async fn look(ctx: &Ctx, id: &str) -> Vec<VitalSign> {
    let is_here = match &ctx.settings.target {
        // A served router may reach it at another address than its manifest says.
        Target::Embedded => return of(ctx, ctx.embedded().ok().map(|r| r.manifests()), id).await,
        Target::Remote { url, .. } => match url.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        },
    };
    let manifests = is_here.then(|| Manifests::load(Some(&ctx.settings.home.providers())));
    of(ctx, manifests.as_ref(), id).await
}

async fn of(ctx: &Ctx, manifests: Option<&Manifests>, id: &str) -> Vec<VitalSign> {
    match manifests.and_then(|manifests| manifests.get(id)) {
        Some(manifest) => vitals::ask(manifest, &|name| ctx.env.lookup(name)).await,
        None => Vec::new(),
    }
}
