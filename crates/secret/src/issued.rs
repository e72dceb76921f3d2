//! A key that was just made: its secret, and the full text that a client presents.

use super::Secret;

/// A fresh key. Its `Debug` shows the id alone.
#[derive(Debug)]
pub struct IssuedKey {
    id: String,
    secret: Secret,
    text: Secret,
}

impl IssuedKey {
    /// Joins the parts to `clawrouter-<mode>-<id>-<secret>`. The id is one that was checked: a
    /// dash in it would move the place where the router splits the key.
    pub fn join(mode: &str, id: &str, secret: Secret) -> Self {
        const PREFIX: &str = "clawrouter-";
        // The room is measured first, because a text that grows leaves copies of itself behind.
        let room = PREFIX.len() + mode.len() + id.len() + secret.expose().len() + 2;
        let mut text = String::with_capacity(room);
        for part in [PREFIX, mode, "-", id, "-", secret.expose()] {
            text.push_str(part);
        }
        Self { id: id.to_owned(), secret, text: Secret::new(text) }
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    /// The part that is hashed for the router.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// What is delivered to the sinks and presented by a client.
    pub fn text(&self) -> &Secret {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_joined_to_the_text_of_a_key() {
        let key = IssuedKey::join("test", "alice_1", Secret::new("s3cret-99".into()));
        assert_eq!(key.text().expose(), "clawrouter-test-alice_1-s3cret-99");
        assert_eq!((key.id(), key.secret().expose()), ("alice_1", "s3cret-99"));
        let shown = format!("{key:?}");
        assert!(shown.contains("alice_1") && !shown.contains("s3cret"), "{shown}");
    }
}
