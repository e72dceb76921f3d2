//! Upstream secrets at rest: sealed under a key that is not in the database.
//!
//! A sealed text is a version byte, a random nonce, and what AES-256-GCM makes of the text. The
//! name of the grant is authenticated with it, so that a row cannot be opened in another's place.

use std::sync::{Mutex, PoisonError};

use http::StatusCode;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use zeroize::{Zeroize as _, Zeroizing};

use crate::options::SealingKey;
use crate::refusal::Refusal;
use clawctl_wire::error::code;
use clawctl_wire::grant::GrantKey;

/// The only way of sealing so far.
const VERSION: u8 = 1;

/// Why a secret is not sealed or not opened. Nothing here holds any of it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum SealError {
    #[error("the sealing key cannot be had: {0}")]
    Key(String),
    #[error(
        "the key that upstream secrets are sealed under is not there; put it back, or revoke those \
         grants and give them their secrets anew"
    )]
    Lost,
    #[error(
        "other upstream secrets here are sealed under another key than the one at hand; put that \
         one back, or revoke those grants and give them their secrets anew"
    )]
    OtherKey,
    #[error("the upstream secret was sealed under another key, or it is damaged")]
    Unopened,
    #[error("the system's random source failed")]
    NoRandomness,
}

/// Seals and opens. The key is asked for when it is first needed, and then kept.
pub(crate) struct Sealer {
    source: SealingKey,
    key: Mutex<Option<Zeroizing<[u8; 32]>>>,
}

impl SealError {
    /// For the administrator. Nothing that a client could do would change it.
    pub(crate) fn refusal(self) -> Refusal {
        match self {
            // In the words of a keychain or of the system.
            Self::Key(_) => Refusal::failed(self),
            _ => {
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                Refusal::new(status, code::INTERNAL_ERROR, self.to_string())
            }
        }
    }
}

impl Sealer {
    pub(crate) fn new(source: SealingKey) -> Self {
        Self { source, key: Mutex::new(None) }
    }

    /// Gets the key before it is needed: a keychain may take its time. One is made only where
    /// nothing is sealed yet.
    pub(crate) fn prepare(&self, may_make: bool) -> Result<(), SealError> {
        self.bytes(may_make).map(drop)
    }

    /// What tells this key from others, and nothing of it.
    pub(crate) fn mark(&self) -> Result<String, SealError> {
        let key = self.bytes(false)?;
        let mut hash = Sha256::new();
        hash.update(b"clawctl sealing key");
        hash.update(key.as_slice());
        Ok(hash.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Seals a text for one grant.
    pub(crate) fn seal(&self, grant: &GrantKey, text: &[u8]) -> Result<Vec<u8>, SealError> {
        let key = self.key()?;
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(|_| SealError::NoRandomness)?;
        let mut sealed = Vec::with_capacity(1 + NONCE_LEN + text.len() + AES_256_GCM.tag_len());
        sealed.push(VERSION);
        sealed.extend_from_slice(&nonce);
        // Room for all of it is there, so no copy of the text is left behind by a move.
        sealed.extend_from_slice(text);
        let (_, body) = sealed.split_at_mut(1 + NONCE_LEN);
        let nonce = Nonce::assume_unique_for_key(nonce);
        let tag = key.seal_in_place_separate_tag(nonce, name(grant), body);
        let Ok(tag) = tag else {
            sealed.zeroize();
            return Err(SealError::Unopened);
        };
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// Opens what was sealed for this very grant.
    pub(crate) fn open(
        &self,
        grant: &GrantKey,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let Some((&[VERSION], rest)) = sealed.split_first_chunk::<1>() else {
            return Err(SealError::Unopened);
        };
        let Some((nonce, body)) = rest.split_first_chunk::<NONCE_LEN>() else {
            return Err(SealError::Unopened);
        };
        let key = self.key()?;
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let mut body = Zeroizing::new(body.to_vec());
        let length = match key.open_in_place(nonce, name(grant), &mut body) {
            Ok(text) => text.len(),
            Err(_) => return Err(SealError::Unopened),
        };
        body.truncate(length);
        Ok(body)
    }

    fn key(&self) -> Result<LessSafeKey, SealError> {
        let bytes = self.bytes(false)?;
        let key = UnboundKey::new(&AES_256_GCM, bytes.as_slice());
        Ok(LessSafeKey::new(key.map_err(|_| SealError::Lost)?))
    }

    fn bytes(&self, make: bool) -> Result<Zeroizing<[u8; 32]>, SealError> {
        let mut kept = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.is_none() {
            *kept = (self.source)(make).map_err(SealError::Key)?;
        }
        kept.clone().ok_or(SealError::Lost)
    }
}

/// What a sealed text belongs to. No part of a name has a slash in it, so no two read alike.
fn name(grant: &GrantKey) -> Aad<Vec<u8>> {
    Aad::from(format!("clawctl grant {grant}").into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(byte: u8) -> Sealer {
        Sealer::new(Box::new(move |_| Ok(Some(Zeroizing::new([byte; 32])))))
    }

    fn grant(name: &str) -> GrantKey {
        name.parse().unwrap()
    }

    #[test]
    fn what_is_sealed_opens_for_the_same_grant_alone() {
        let (sealer, main) = (sealer(7), grant("policies/team/main"));
        let sealed = sealer.seal(&main, b"sk-canary").unwrap();
        assert!(!sealed.windows(6).any(|part| part == b"canary"));
        assert_eq!(sealer.open(&main, &sealed).unwrap().as_slice(), b"sk-canary");
        for other in ["policies/team/main2", "tenants/team/main", "policies/other/main"] {
            assert_eq!(sealer.open(&grant(other), &sealed), Err(SealError::Unopened), "{other}");
        }
    }

    #[test]
    fn no_byte_of_it_can_be_changed() {
        let (sealer, main) = (sealer(7), grant("policies/team/main"));
        let sealed = sealer.seal(&main, b"sk-1").unwrap();
        for position in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[position] ^= 1;
            assert_eq!(sealer.open(&main, &changed), Err(SealError::Unopened), "{position}");
        }
        for length in 0..sealed.len() {
            assert_eq!(sealer.open(&main, &sealed[..length]), Err(SealError::Unopened), "{length}");
        }
    }

    #[test]
    fn the_same_text_is_never_sealed_alike() {
        let (sealer, main) = (sealer(7), grant("policies/team/main"));
        assert_ne!(sealer.seal(&main, b"sk-1"), sealer.seal(&main, b"sk-1"));
    }

    #[test]
    fn a_mark_tells_keys_apart_and_nothing_more() {
        let (one, other) = (sealer(7).mark().unwrap(), sealer(8).mark().unwrap());
        assert_eq!(one, sealer(7).mark().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.len(), 16);
        assert!(!one.contains("0707"), "{one}");
    }

    #[test]
    fn another_key_and_no_key_are_told_apart() {
        let main = grant("policies/team/main");
        let sealed = sealer(7).seal(&main, b"sk-1").unwrap();
        assert_eq!(sealer(8).open(&main, &sealed), Err(SealError::Unopened));
        let none = Sealer::new(Box::new(|_| Ok(None)));
        assert_eq!(none.open(&main, &sealed), Err(SealError::Lost));
        let locked = Sealer::new(Box::new(|_| Err("it is locked".to_owned())));
        assert_eq!(locked.open(&main, &sealed), Err(SealError::Key("it is locked".to_owned())));
    }

    #[test]
    fn reading_never_makes_a_key() {
        let source = |make| if make { Ok(Some(Zeroizing::new([1; 32]))) } else { Ok(None) };
        let (sealer, main) = (Sealer::new(Box::new(source)), grant("policies/team/main"));
        assert_eq!(sealer.open(&main, &[VERSION; 64]), Err(SealError::Lost));
        assert_eq!(sealer.seal(&main, b"sk-1"), Err(SealError::Lost));
        sealer.prepare(true).unwrap();
        let sealed = sealer.seal(&main, b"sk-1").unwrap();
        assert_eq!(sealer.open(&main, &sealed).unwrap().as_slice(), b"sk-1");
    }
}
