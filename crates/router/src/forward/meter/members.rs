//! Members of a JSON document, picked out of it while it passes in pieces.

use memchr::memchr2;

/// The longest value that is picked. What says how many tokens something took is far shorter.
const VALUE_BYTES_MAX: usize = 64 * 1024;

/// The longest name that is recognised.
const NAME_BYTES_MAX: usize = 16;

/// Finds members at the top of an object, or of the objects in a list, and keeps nothing else of
/// the document. It does not check that this is JSON: the reader of a picked value does.
#[derive(Debug)]
pub(super) struct Members {
    wanted: &'static [&'static str],
    depth: u32,
    has_begun: bool,
    /// How deep the members are that are looked at: one more where the document is a list.
    level: u32,
    text: Option<Text>,
    /// A text that stands here is a member's name.
    wants_name: bool,
    name: Name,
    picked: Option<Picked>,
}

#[derive(Debug, Clone, Copy)]
struct Text {
    escaped: bool,
    is_name: bool,
}

/// The last name at the level of the members, as far as it is kept.
#[derive(Debug, Default)]
struct Name {
    bytes: [u8; NAME_BYTES_MAX],
    length: usize,
}

/// A value on its way.
#[derive(Debug)]
struct Picked {
    name: &'static str,
    value: Vec<u8>,
    is_too_long: bool,
}

impl Members {
    pub(super) fn new(wanted: &'static [&'static str]) -> Self {
        Self {
            wanted,
            depth: 0,
            has_begun: false,
            level: 1,
            text: None,
            wants_name: false,
            name: Name::default(),
            picked: None,
        }
    }

    /// Calls `found` with the name and value of each wanted member that ends in this chunk. A
    /// value that is too long is not there.
    pub(super) fn push(&mut self, chunk: &[u8], mut found: impl FnMut(&str, Option<&[u8]>)) {
        // Where in the chunk the picked value begins, or goes on.
        let mut from = 0;
        let mut at = 0;
        while at < chunk.len() {
            if self.text.is_some() {
                at = self.skip_text(chunk, at);
                continue;
            }
            let byte = chunk[at];
            match byte {
                b'"' => {
                    let is_name = self.depth == self.level && std::mem::take(&mut self.wants_name);
                    self.text = Some(Text { escaped: false, is_name });
                    if is_name {
                        self.name.length = 0;
                    }
                }
                b'{' | b'[' => {
                    if byte == b'[' && self.depth == 0 {
                        self.level = 2;
                    }
                    self.depth = self.depth.saturating_add(1);
                    self.has_begun = true;
                    self.wants_name = byte == b'{' && self.depth == self.level;
                }
                b':' if self.depth == self.level && self.picked.is_none() => {
                    self.picked = self.name.among(self.wanted).map(Picked::new);
                    from = at + 1;
                }
                b'}' | b']' | b',' => {
                    if self.depth == self.level
                        && let Some(mut picked) = self.picked.take()
                    {
                        picked.extend(&chunk[from..at]);
                        found(picked.name, (!picked.is_too_long).then_some(&picked.value));
                    }
                    if byte == b',' {
                        self.wants_name = self.depth == self.level;
                    } else {
                        self.depth = self.depth.saturating_sub(1);
                    }
                    self.name.length = 0;
                }
                _ => {}
            }
            at += 1;
        }
        if let Some(picked) = &mut self.picked {
            picked.extend(&chunk[from..]);
        }
    }

    /// Whether an object or a list was begun that is not complete.
    pub(super) fn is_open(&self) -> bool {
        self.depth > 0 || self.text.is_some()
    }

    /// Whether an object or a list has come at all.
    pub(super) fn has_begun(&self) -> bool {
        self.has_begun
    }

    /// Goes on behind the part of a text that is in this chunk.
    fn skip_text(&mut self, chunk: &[u8], at: usize) -> usize {
        let Some(text) = &mut self.text else { return at };
        if std::mem::take(&mut text.escaped) {
            return at + 1;
        }
        let rest = &chunk[at..];
        let length = memchr2(b'"', b'\\', rest);
        if text.is_name {
            self.name.extend(&rest[..length.unwrap_or(rest.len())]);
        }
        match length {
            None => chunk.len(),
            Some(length) => {
                if rest[length] == b'\\' {
                    text.escaped = true;
                    // A name that is written in another way than everyone does is not recognised.
                    self.name.forget();
                } else {
                    self.text = None;
                }
                at + length + 1
            }
        }
    }
}

impl Name {
    fn extend(&mut self, bytes: &[u8]) {
        let end = self.length + bytes.len();
        if let Some(free) = self.bytes.get_mut(self.length..end) {
            free.copy_from_slice(bytes);
            self.length = end;
        } else {
            // None of the wanted names is that long.
            self.forget();
        }
    }

    /// Makes it a name that nobody wants.
    fn forget(&mut self) {
        *self = Self { bytes: [0; NAME_BYTES_MAX], length: NAME_BYTES_MAX };
    }

    fn among(&self, names: &'static [&'static str]) -> Option<&'static str> {
        let name = &self.bytes[..self.length];
        names.iter().copied().find(|wanted| wanted.as_bytes() == name)
    }
}

impl Picked {
    fn new(name: &'static str) -> Self {
        Self { name, value: Vec::new(), is_too_long: false }
    }

    fn extend(&mut self, bytes: &[u8]) {
        self.is_too_long |= self.value.len() + bytes.len() > VALUE_BYTES_MAX;
        if self.is_too_long {
            self.value = Vec::new();
        } else {
            self.value.extend_from_slice(bytes);
        }
    }
}
