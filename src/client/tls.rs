//! Whether a connection failed because of TLS.

use std::error::Error as StdError;
use std::io;

/// Why no TLS connection came about.
#[derive(Debug)]
pub(super) enum Failure {
    Refused(rustls::Error),
    /// The other side hung up in the middle of the handshake.
    HungUp,
}

impl Failure {
    /// The failure that is among the causes of one to connect. A server that does not speak TLS at
    /// all is no failure of TLS.
    pub(super) fn among(causes: &(dyn StdError + 'static)) -> Option<Self> {
        std::iter::successors(Some(causes), |e| inner(*e)).find_map(|e| {
            if let Some(e) = e.downcast_ref::<rustls::Error>() {
                let speaks = !matches!(e, rustls::Error::InvalidMessage(_));
                return speaks.then(|| Self::Refused(e.clone()));
            }
            let kind = e.downcast_ref::<io::Error>()?.kind();
            (kind == io::ErrorKind::UnexpectedEof).then_some(Self::HungUp)
        })
    }

    pub(super) fn into_cause(self) -> Option<rustls::Error> {
        match self {
            Self::Refused(e) => Some(e),
            Self::HungUp => None,
        }
    }
}

/// What an error wraps. The source of an `io::Error` is not the error in it, but the source of that.
fn inner<'e>(e: &'e (dyn StdError + 'static)) -> Option<&'e (dyn StdError + 'static)> {
    match e.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => e.source(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::{CertificateError, Error, InvalidMessage};

    #[test]
    fn a_failure_is_found_below_any_number_of_errors() {
        let expired = Error::InvalidCertificate(CertificateError::Expired);
        let wrapped = io::Error::other(io::Error::new(io::ErrorKind::InvalidData, expired.clone()));
        let Some(Failure::Refused(found)) = Failure::among(&wrapped) else { panic!("{wrapped}") };
        assert_eq!(found, expired);
        let eof =
            io::Error::other(io::Error::new(io::ErrorKind::UnexpectedEof, "tls handshake eof"));
        assert!(matches!(Failure::among(&eof), Some(Failure::HungUp)));
    }

    #[test]
    fn other_failures_to_connect_are_none_of_tls() {
        let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
        assert!(Failure::among(&refused).is_none());
        let plain = Error::InvalidMessage(InvalidMessage::InvalidContentType);
        assert!(Failure::among(&io::Error::other(plain)).is_none());
    }
}
