//! What of a chunk goes on to the client.

use bytes::{Bytes, BytesMut};

/// Up to two pieces, in their order: what stood before something that is withheld, and what
/// stands behind it.
#[derive(Debug, Default)]
pub(crate) struct Passed([Option<Bytes>; 2]);

impl Passed {
    pub(super) fn one(bytes: Bytes) -> Self {
        let mut passed = Self::default();
        passed.add(bytes);
        passed
    }

    pub(super) fn two(one: Bytes, other: Bytes) -> Self {
        let mut passed = Self::one(one);
        passed.add(other);
        passed
    }

    /// Adds a piece behind the others. A third one is rare enough to be copied.
    pub(super) fn add(&mut self, bytes: Bytes) {
        match &mut self.0 {
            _ if bytes.is_empty() => {}
            [first @ None, _] => *first = Some(bytes),
            [_, second @ None] => *second = Some(bytes),
            [_, Some(second)] => {
                let mut joined = BytesMut::with_capacity(second.len() + bytes.len());
                joined.extend_from_slice(second);
                joined.extend_from_slice(&bytes);
                *second = joined.freeze();
            }
        }
    }
}

impl IntoIterator for Passed {
    type Item = Bytes;
    type IntoIter = std::iter::Flatten<std::array::IntoIter<Option<Bytes>, 2>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().flatten()
    }
}
