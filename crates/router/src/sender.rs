//! Who sends a request, by its head alone: nobody's body is read into memory before that is known.

use std::sync::Arc;

use http::request::Parts;

use super::route::Route;
use super::{Router, auth, route};

/// The name of the administrator beside the ids of keys, which are never empty.
pub(crate) const ADMINISTRATOR: &str = "";

impl Router {
    /// Whose key or token stands in the head of a request to a route that takes one with a body;
    /// nothing if nobody is let in with it.
    pub(crate) async fn sender(self: &Arc<Self>, head: &Parts) -> Option<String> {
        let path = route::canonical(head.uri.path());
        match route::find(&head.method, &path)? {
            Route::Forward(_) => {
                let authority = self.store.authority_for_many().await.ok()?;
                let now = (self.clock)();
                let holder = auth::key_from(&authority, &head.headers, now, |_| {}).ok()?;
                Some(holder.credential.id.clone())
            }
            Route::Admin(_) | Route::Check(_) => {
                let (router, headers) = (Arc::clone(self), head.headers.clone());
                let look = move || auth::has_admin_token(&router, &headers);
                let found = tokio::task::spawn_blocking(look).await;
                matches!(found, Ok(Ok(true))).then(|| ADMINISTRATOR.to_owned())
            }
            // No other route looks at a body.
            _ => None,
        }
    }
}
