//! An upstream secret that its provider says back never reaches a client, in whatever answer.
//!
//! It is overwritten with as many stars, so that lengths stay true: that of the answer, and those in
//! it. What may be the beginning of a secret is held back until the next piece shows whether it is.

use http::{HeaderMap, HeaderValue};
use hyper::body::Bytes;
use memchr::memchr_iter;
use memchr::memmem::Finder;

use clawctl_secret::Secret;
use clawctl_secret::spelling::spellings;

const STAR: u8 = b'*';

/// The secrets that one request was sent with, and where its answer was cut.
#[derive(Debug, Default)]
pub(crate) struct Mask {
    texts: Vec<Finder<'static>>,
    /// What has come and may be the beginning of one of them.
    held: Bytes,
}

impl Mask {
    /// Hides this one, too.
    pub(crate) fn hide(&mut self, secret: &Secret) {
        let texts = spellings(secret.expose());
        self.texts.extend(texts.iter().map(|text| Finder::new(text.as_bytes()).into_owned()));
    }

    /// The next piece of the answer, as far as it can be passed on.
    pub(crate) fn pass(&mut self, piece: Bytes) -> Option<Bytes> {
        let whole = if self.held.is_empty() {
            piece
        } else {
            Bytes::from([std::mem::take(&mut self.held), piece].concat())
        };
        let mut masked = self.masked(&whole).map_or(whole, Bytes::from);
        let begun = self.begun(&masked);
        self.held = masked.split_off(masked.len() - begun);
        (!masked.is_empty() || self.held.is_empty()).then_some(masked)
    }

    /// What was held back, once nothing follows.
    pub(crate) fn rest(&mut self) -> Option<Bytes> {
        Some(std::mem::take(&mut self.held)).filter(|rest| !rest.is_empty())
    }

    /// Hides them in the values of headers.
    pub(crate) fn hide_in(&self, headers: &mut HeaderMap) {
        for value in headers.values_mut() {
            let masked = self.masked(value.as_bytes());
            if let Some(Ok(masked)) = masked.map(|masked| HeaderValue::from_bytes(&masked)) {
                *value = masked;
            }
        }
    }

    /// Nothing if there is nothing to hide.
    fn masked(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut masked: Option<Vec<u8>> = None;
        for text in &self.texts {
            let length = text.needle().len();
            let mut from = 0;
            while let Some(at) = text.find(&masked.as_deref().unwrap_or(bytes)[from..]) {
                let start = from + at;
                let masked = masked.get_or_insert_with(|| bytes.to_vec());
                masked[start..start + length].fill(STAR);
                from = start + length;
            }
        }
        masked
    }

    /// How many bytes at the end may be the beginning of a secret.
    fn begun(&self, bytes: &[u8]) -> usize {
        let begun = self.texts.iter().filter_map(|text| {
            let text = text.needle();
            let (first, _) = text.split_first()?;
            let last = &bytes[bytes.len().saturating_sub(text.len() - 1)..];
            let begins = |at: &usize| text.starts_with(&last[*at..]);
            memchr_iter(*first, last).find(begins).map(|at| last.len() - at)
        });
        begun.max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SECRET: &str = "sk-canary/aab+aaab";

    fn mask() -> Mask {
        let mut mask = Mask::default();
        mask.hide(&Secret::new(SECRET.to_owned()));
        mask
    }

    /// What comes out if so much goes in at a time.
    fn passed(text: &[u8], cuts: &[usize]) -> Vec<u8> {
        let mut mask = mask();
        let mut rest = Bytes::copy_from_slice(text);
        let mut out = Vec::new();
        for cut in cuts {
            let piece = rest.split_to((*cut).min(rest.len()));
            out.extend(mask.pass(piece).unwrap_or_default());
        }
        out.extend(mask.pass(rest).unwrap_or_default());
        out.extend(mask.rest().unwrap_or_default());
        out
    }

    #[test]
    fn a_secret_is_hidden_in_every_spelling() {
        let check = |text: &str, expected: &str| {
            let out = passed(text.as_bytes(), &[]);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
            assert_eq!(text.len(), expected.len());
        };
        check("no sk-canary here", "no sk-canary here");
        check("key sk-canary/aab+aaab!", "key ******************!");
        check("?k=sk-canary%2Faab%2Baaab&", "?k=**********************&");
        check("sk-canary/aab+aaabsk-canary/aab+aaab", &"*".repeat(36));
        check("sk-canary/aab+aaa", "sk-canary/aab+aaa");
    }

    #[test]
    fn no_more_is_held_back_than_may_be_a_secret() {
        let mut mask = mask();
        assert_eq!(mask.pass("data: {}\n\n".into()).unwrap(), "data: {}\n\n");
        assert_eq!(mask.pass("data: sk-can".into()).unwrap(), "data: ");
        assert_eq!(mask.pass("t".into()).unwrap(), "sk-cant");
        assert_eq!(mask.pass("sk-".into()), None);
        assert_eq!(mask.pass(Bytes::new()), None);
        assert_eq!(mask.rest().unwrap(), "sk-");
        assert_eq!(mask.rest(), None);
    }

    #[test]
    fn headers_are_masked() {
        let mut headers = HeaderMap::new();
        headers.insert("x-echo", HeaderValue::from_static("Bearer sk-canary/aab+aaab"));
        headers.insert("x-other", HeaderValue::from_static("sk-other"));
        mask().hide_in(&mut headers);
        assert_eq!(headers["x-echo"], "Bearer ******************");
        assert_eq!(headers["x-other"], "sk-other");
    }

    proptest! {
        /// However an answer is cut, the same comes out, as long, and without the secret.
        #[test]
        fn where_an_answer_is_cut_makes_no_difference(
            parts in prop::collection::vec("sk-|canary|/aab|[+]|aaab|a|sk-canary/aab[+]aaab|%2F", 0..12),
            cuts in prop::collection::vec(0_usize..9, 0..40),
        ) {
            let text = parts.concat();
            let at_once = passed(text.as_bytes(), &[]);
            let in_pieces = passed(text.as_bytes(), &cuts);
            prop_assert_eq!(at_once.len(), text.len());
            prop_assert!(!String::from_utf8_lossy(&in_pieces).contains(SECRET));
            prop_assert_eq!(at_once, in_pieces);
        }
    }
}
