//! A served router with the upstream behind it, and clients of it.

/// A client that belongs to one test: its connections end with the runtime they were made in.
pub(crate) fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().unwrap()
}

/// A stream as it arrives, piece by piece.
pub(crate) async fn collect(mut answer: reqwest::Response) -> Vec<String> {
    let mut pieces = Vec::new();
    while let Some(piece) = answer.chunk().await.unwrap() {
        pieces.push(String::from_utf8(piece.to_vec()).unwrap());
    }
    pieces
}

/// How long anything may take before the test gives up on it.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);
