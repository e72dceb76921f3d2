//! What an operator should hear of, until somebody asks for it.

use std::sync::Mutex;

use super::locked;

/// Older ones are dropped if nobody asks.
const NOTICES_MAX: usize = 16;

#[derive(Default)]
pub(super) struct Notices(Mutex<Vec<String>>);

impl Notices {
    pub(super) fn add(&self, text: String) {
        let mut notices = locked(&self.0);
        if notices.len() >= NOTICES_MAX {
            notices.remove(0);
        }
        notices.push(text);
    }

    pub(super) fn take(&self) -> Vec<String> {
        std::mem::take(&mut *locked(&self.0))
    }
}
