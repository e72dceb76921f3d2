//! Who sends a request, by its head alone: nobody's body is read into memory before that is known.

use std::sync::Arc;

use http::request::Parts;

use super::auth;
use super::core::Core;
use super::route::{self, Local, Route, Upstream};

/// The name of the administrator beside the ids of keys, which are never empty.
pub(crate) const ADMINISTRATOR: &str = "";

/// Whose key or token stands in the head of a request to a route that takes one with a body;
/// nothing if nobody is let in with it.
pub(crate) async fn sender(core: &Arc<Core>, head: &Parts) -> Option<String> {
    let path = route::canonical(head.uri.path());
    match route::find(&head.method, &path)? {
        Route::Upstream(Upstream::Forward(_)) => {
            let authority = core.store.authority_for_many().await.ok()?;
            let now = (core.clock)();
            let holder = auth::key_from(&authority, &head.headers, now, |_| {}).ok()?;
            Some(holder.credential.id.clone())
        }
        Route::Upstream(_) | Route::Local(Local::Admin(_)) => {
            let (core, headers) = (Arc::clone(core), head.headers.clone());
            let look = move || auth::has_admin_token(&core, &headers);
            let found = tokio::task::spawn_blocking(look).await;
            matches!(found, Ok(Ok(true))).then(|| ADMINISTRATOR.to_owned())
        }
        // No other route looks at a body.
        Route::Local(_) => None,
    }
}
