//! Connections of providers that are wanted. They are there, or the router knows no such provider.

use super::Work;
use crate::plan::action::{Action, Deed};
use crate::plan::connection_change;

impl Work<'_> {
    pub(super) fn providers(&mut self) {
        let manifest = self.manifest;
        let live: std::collections::HashMap<_, _> =
            self.live.providers.iter().map(|it| (it.provider_id.as_str(), it)).collect();
        for (id, wanted) in &manifest.desired.providers {
            let Some(before) = live.get(id.as_str()).copied() else {
                self.unknown_provider(wanted.place, id);
                continue;
            };
            let change = connection_change(before, &wanted.wish.apply(before));
            let (before, edit) = (Box::new(before.clone()), wanted.wish.clone());
            let deed = Deed::EditProvider { before, edit };
            self.add(Action { change, place: Some(wanted.place), deed });
        }
    }
}
