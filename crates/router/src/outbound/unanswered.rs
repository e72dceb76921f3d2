//! Why a provider did not answer.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::iter::successors;

use rustls::CertificateError;

/// It did not, and this is how. The words are ours alone: those of a library may repeat an address,
/// and there are providers whose secret stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unanswered {
    pub(crate) timed_out: bool,
    /// Whether the provider may have heard of the request.
    pub(crate) is_sent: bool,
    /// Continues a sentence that begins with the provider.
    pub(crate) how: &'static str,
}

impl Unanswered {
    /// Nothing came within the time that there was.
    pub(crate) const LATE: Self =
        Self { timed_out: true, is_sent: true, how: "did not answer in time" };

    /// It came to its end in good order, and there was nothing in it.
    pub(crate) const EMPTY: Self = Self::failed("failed to answer: its answer is empty");

    /// It sent its client elsewhere, where nobody may follow with a key.
    pub(crate) const REDIRECT: Self =
        Self::failed("failed to answer: it sent a redirect, and redirects are not followed");

    /// It answered with a status that ends no request of this kind.
    pub(crate) const NO_ANSWER: Self =
        Self::failed("failed to answer: its status stands for no answer");

    const BROKEN: Self = Self::failed("failed to answer: the connection broke off");

    const fn failed(how: &'static str) -> Self {
        Self { timed_out: false, is_sent: true, how }
    }

    /// No request could be made of it.
    pub(crate) fn unsent() -> Self {
        let unusable = Self::failed("failed to answer: its address cannot be used");
        Self { is_sent: false, ..unusable }
    }

    /// An answer that had begun broke off like this.
    pub(crate) fn broken(kind: ErrorKind) -> Self {
        if kind == ErrorKind::TimedOut { Self::LATE } else { Self::BROKEN }
    }

    /// What the causes of an error say, the innermost that is known here. `connecting` is whether
    /// there was no connection yet.
    pub(crate) fn of(error: &(dyn Error + 'static), connecting: bool) -> Self {
        let causes = successors(Some(error), |&error| error.source());
        let how = match causes.filter_map(known).last() {
            Some(late) if late.timed_out && connecting => {
                Self { how: "did not answer in time: it accepted no connection", ..late }
            }
            Some(known) => known,
            None if connecting => Self::failed("failed to answer: no connection came about"),
            None => Self::BROKEN,
        };
        Self { is_sent: !connecting, ..how }
    }
}

fn known(cause: &(dyn Error + 'static)) -> Option<Unanswered> {
    if let Some(error) = cause.downcast_ref::<io::Error>() {
        // What one of these wraps is not among its causes.
        let inner = error.get_ref().and_then(|inner| known(inner));
        return inner.or_else(|| of_system(error.kind()));
    }
    if let Some(error) = cause.downcast_ref::<rustls::Error>() {
        return Some(Unanswered::failed(of_tls(error)));
    }
    if let Some(error) = cause.downcast_ref::<hyper::Error>() {
        let not_http = Unanswered::failed("failed to answer: what came was not HTTP");
        return error.is_parse().then_some(not_http);
    }
    let error = cause.downcast_ref::<reqwest::Error>()?;
    if error.is_dns() {
        return Some(Unanswered::failed("failed to answer: its host name was not found"));
    }
    error.is_timeout().then_some(Unanswered::LATE)
}

fn of_system(kind: ErrorKind) -> Option<Unanswered> {
    Some(match kind {
        ErrorKind::TimedOut => Unanswered::LATE,
        ErrorKind::ConnectionRefused => {
            Unanswered::failed("failed to answer: the connection was refused")
        }
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
            Unanswered::failed("failed to answer: no network leads to its address")
        }
        _ => return None,
    })
}

fn of_tls(error: &rustls::Error) -> &'static str {
    let rustls::Error::InvalidCertificate(error) = error else {
        return "failed to answer: no secure connection came about";
    };
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "failed to answer: its certificate has expired"
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "failed to answer: its certificate is for another name"
        }
        _ => "failed to answer: its certificate is not trusted",
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use http::{HeaderMap, Method};

    use super::*;
    use crate::outbound::clients::{Clients, Outgoing, install_crypto};
    use crate::outbound::mask::Mask;

    /// A port where nobody listens, and one where every connection is answered with this.
    fn ports(said: &'static [u8]) -> (u16, u16) {
        let bind = || TcpListener::bind("127.0.0.1:0").unwrap();
        let closed = bind().local_addr().unwrap().port();
        let listener = bind();
        let open = listener.local_addr().unwrap().port();
        // The thread ends with the process.
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let _ = stream.read(&mut [0; 4096]);
                let _ = stream.write_all(said);
            }
        });
        (closed, open)
    }

    #[tokio::test]
    async fn how_it_failed_is_said_without_a_word_of_the_address() {
        let (closed, garbage) = ports(b"\x16\x03 this is no HTTP\r\n\r\n");
        let (_, silent) = ports(b"");
        let clients = Clients::new().unwrap();
        for (url, how) in [
            (format!("http://127.0.0.1:{closed}/"), "the connection was refused"),
            (format!("https://127.0.0.1:{closed}/"), "the connection was refused"),
            (format!("https://127.0.0.1:{garbage}/"), "no secure connection came about"),
            (format!("http://127.0.0.1:{garbage}/"), "what came was not HTTP"),
            (format!("http://127.0.0.1:{silent}/"), "the connection broke off"),
        ] {
            let url = format!("{url}?key=canary").parse().unwrap();
            let (method, headers) = (Method::POST, HeaderMap::new());
            let request = Outgoing { method, url, headers, body: None, mask: Mask::default() };
            let unanswered = clients.send(request).await.unwrap_err();
            assert_eq!(unanswered.how, format!("failed to answer: {how}"));
            assert!(!unanswered.timed_out, "{how}");
            // Who answered something has heard the request, and may have worked.
            let heard = ["what came was not HTTP", "the connection broke off"].contains(&how);
            assert_eq!(unanswered.is_sent, heard, "{how}");
        }
    }

    #[tokio::test]
    async fn a_name_that_is_not_found_is_not_said_to_refuse() {
        install_crypto();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        // No name server is asked for a label that is longer than a label can be.
        let url = format!("http://{}.example/", "x".repeat(64));
        let error = client.get(url).send().await.unwrap_err();
        let unanswered = Unanswered::of(&error, error.is_connect());
        assert_eq!(unanswered.how, "failed to answer: its host name was not found");
    }

    #[test]
    fn what_a_certificate_lacks_is_told_apart() {
        let check = |error, how: &str| {
            // As it comes from below: wrapped into an error of the system.
            let error = io::Error::other(rustls::Error::InvalidCertificate(error));
            assert_eq!(Unanswered::of(&error, true).how, format!("failed to answer: {how}"));
        };
        check(CertificateError::Expired, "its certificate has expired");
        check(CertificateError::NotValidForName, "its certificate is for another name");
        check(CertificateError::UnknownIssuer, "its certificate is not trusted");
    }

    #[test]
    fn who_accepts_no_connection_in_time_is_late() {
        let late = io::Error::from(ErrorKind::TimedOut);
        assert_eq!(Unanswered::of(&late, false), Unanswered::LATE);
        let unconnected = Unanswered::of(&late, true);
        assert!(unconnected.timed_out && !unconnected.is_sent);
        assert_eq!(unconnected.how, "did not answer in time: it accepted no connection");
    }
}
