//! What an error comes from. Clients are not told; the log is.

use std::error::Error;
use std::fmt;
use std::iter::successors;
use std::sync::Arc;

/// An error of another library, or a sentence. Copies share it, and those that say the same are
/// the same.
#[derive(Clone)]
pub struct Cause(Arc<dyn Error + Send + Sync>);

impl Cause {
    pub(crate) fn of(error: impl Error + Send + Sync + 'static) -> Self {
        Self(Arc::new(error))
    }

    /// All that is known of it, from the outside in.
    pub(crate) fn chain(&self) -> String {
        let mut chain = self.to_string();
        for source in successors(self.source(), |&error| error.source()) {
            let source = source.to_string();
            // Many errors say already what theirs says.
            if !chain.ends_with(&source) {
                chain.push_str(": ");
                chain.push_str(&source);
            }
        }
        chain
    }
}

impl From<String> for Cause {
    fn from(said: String) -> Self {
        Self(Box::<dyn Error + Send + Sync>::from(said).into())
    }
}

impl From<&'static str> for Cause {
    fn from(said: &'static str) -> Self {
        Self(Box::<dyn Error + Send + Sync>::from(said).into())
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

impl PartialEq for Cause {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl Eq for Cause {}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("the file cannot be read: {0}")]
    struct Outer(#[source] io::Error);

    #[derive(Debug, thiserror::Error)]
    #[error("nothing works")]
    struct Silent(#[source] Outer);

    #[test]
    fn a_chain_says_everything_once() {
        let file = || Outer(io::Error::other("no such disk"));
        assert_eq!(Cause::of(file()).chain(), "the file cannot be read: no such disk");
        assert_eq!(
            Cause::of(Silent(file())).chain(),
            "nothing works: the file cannot be read: no such disk"
        );
        assert_eq!(Cause::from("it is late").chain(), "it is late");
    }
}
