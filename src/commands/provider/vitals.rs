//! How a provider on this machine says it is, asked when it is shown.

use url::Host;

use crate::ctx::Ctx;
use crate::router::manifest::Manifests;
use crate::router::vitals;
use crate::settings::Target;
use crate::wire::vital::VitalSign;

/// The signs of a provider whose manifest says where it gives them. Only a router on this machine
/// reaches what is reached from here, so elsewhere there are none.
pub(super) async fn look(ctx: &Ctx, id: &str) -> Vec<VitalSign> {
    let is_here = match &ctx.settings.target {
        Target::Embedded => true,
        Target::Remote { url, .. } => match url.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        },
    };
    if !is_here {
        return Vec::new();
    }
    let manifests = Manifests::load(Some(&ctx.settings.home.providers()));
    let Some(manifest) = manifests.get(id) else { return Vec::new() };
    vitals::ask(manifest, &|name| ctx.env.lookup(name)).await
}
