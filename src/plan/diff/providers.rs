//! Connections of providers that are wanted. They are there, or the router knows no such provider.

use super::Work;
use crate::plan::action::{Operation, Step};
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
            let after = wanted.wish.apply(before);
            let change = connection_change(before, &after);
            let step = Step::write(Some(before), wanted.wish.clone(), after);
            self.wish(wanted.place, change, Operation::Provider(step));
        }
    }
}
