//! What a request tells the upstream to do: words after a `!` at the start of a text in its body,
//! such as `"!status=429 header=retry-after:7"`. The last such text counts. Where a text takes no
//! spaces, such as the name of a model, `;` separates the words.
//!
//! | word | what it does |
//! |---|---|
//! | `status=429` | answers with that status |
//! | `body=json`, `html`, `empty`, `string` | the form of an error: of the protocol, a page, nothing, or `{"error":"text"}` |
//! | `header=retry-after:7` | sends a header; repeat it for more |
//! | `delay=300` | waits so many ms before the head |
//! | `events=50`, `events=endless` | how many pieces a text is streamed in; 0: a document that ends badly has no body |
//! | `pause=5` | waits so many ms before each event |
//! | `size=700` | makes the text so many bytes long |
//! | `slice=7` | sends the stream in chunks of so many bytes, whatever the events |
//! | `tokens=11/7/2/3` | reports that much input, output, and of the input read from and written to a cache |
//! | `usage=none`, `every`, `late`, `twice` | never reports usage, or in every event, only in the last, or half of it first |
//! | `end=drop`, `reset`, `stall`, `garbage`, `error`, `unfinished` | how it ends badly |
//! | `after=3` | … after so many events; before the head where nothing is said |
//! | `code=503` | the number in an `end=error` |
//! | `refuse=WORD` | only if a credential ends with the word; answers as usual otherwise |
//! | `say=WORD` | says the word: in each piece of text, and as the message of an error |
//! | `mark=WORD` | nothing: a test finds its own requests by it |

use std::time::Duration;

use super::inbox::Request;
use super::speech::Tokens;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Orders {
    pub status: u16,
    pub body: ErrorBody,
    pub headers: Vec<(String, String)>,
    pub delay: Duration,
    /// None is for ever.
    pub events: Option<usize>,
    pub pause: Duration,
    pub size: Option<usize>,
    pub slice: Option<usize>,
    pub tokens: Tokens,
    pub usage: Usage,
    pub end: End,
    pub after: Option<usize>,
    pub code: Option<u16>,
    pub refuse: Option<String>,
    pub say: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorBody {
    Json,
    Html,
    Empty,
    /// The error is a text, not an object.
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Usage {
    AsAlways,
    Never,
    Every,
    Late,
    Twice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Well,
    /// Closes the connection, whatever was promised.
    Drop,
    /// The same by a reset.
    Reset,
    /// Says nothing more, until the client is gone.
    Stall,
    /// Sends bytes that mean nothing, and closes.
    Garbage,
    /// Reports an error in the stream.
    Error,
    /// Ends the body as HTTP has it, without what the protocol ends with.
    Unfinished,
}

impl Default for Orders {
    fn default() -> Self {
        Self {
            status: 200,
            body: ErrorBody::Json,
            headers: Vec::new(),
            delay: Duration::ZERO,
            events: Some(3),
            pause: Duration::ZERO,
            size: None,
            slice: None,
            tokens: Tokens { input: 11, output: 7, cached: 0, written: 0 },
            usage: Usage::AsAlways,
            end: End::Well,
            after: None,
            code: None,
            refuse: None,
            say: None,
        }
    }
}

impl Orders {
    /// The orders in a body; empty where there are none.
    pub(crate) fn text(body: &[u8]) -> &str {
        let Some(at) = body.windows(2).rposition(|two| two == b"\"!") else { return "" };
        let rest = &body[at + 2..];
        let end = rest.iter().position(|byte| *byte == b'"').unwrap_or(rest.len());
        str::from_utf8(&rest[..end]).unwrap_or("")
    }

    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut orders = Self::default();
        let words = text.split(|c: char| c == ';' || c.is_ascii_whitespace());
        for word in words.filter(|word| !word.is_empty()) {
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            let understood = orders.take(name, value);
            understood.ok_or_else(|| format!("no such order: {word}"))?;
        }
        Ok(orders)
    }

    fn take(&mut self, name: &str, value: &str) -> Option<()> {
        let milliseconds = || value.parse().ok().map(Duration::from_millis);
        match name {
            "status" => self.status = value.parse().ok()?,
            "body" => {
                self.body = match value {
                    "json" => ErrorBody::Json,
                    "html" => ErrorBody::Html,
                    "empty" => ErrorBody::Empty,
                    "string" => ErrorBody::Text,
                    _ => return None,
                };
            }
            "header" => {
                let (name, value) = value.split_once(':')?;
                self.headers.push((name.to_owned(), value.to_owned()));
            }
            "delay" => self.delay = milliseconds()?,
            "events" if value == "endless" => self.events = None,
            "events" => self.events = Some(value.parse().ok()?),
            "pause" => self.pause = milliseconds()?,
            "size" => self.size = Some(value.parse().ok()?),
            "slice" => self.slice = Some(value.parse().ok().filter(|bytes| *bytes > 0)?),
            "tokens" => self.tokens = Tokens::parse(value)?,
            "usage" => {
                self.usage = match value {
                    "none" => Usage::Never,
                    "every" => Usage::Every,
                    "late" => Usage::Late,
                    "twice" => Usage::Twice,
                    _ => return None,
                };
            }
            "end" => {
                self.end = match value {
                    "drop" => End::Drop,
                    "reset" => End::Reset,
                    "stall" => End::Stall,
                    "garbage" => End::Garbage,
                    "error" => End::Error,
                    "unfinished" => End::Unfinished,
                    _ => return None,
                };
            }
            "after" => self.after = Some(value.parse().ok()?),
            "code" => self.code = Some(value.parse().ok()?),
            "refuse" => self.refuse = Some(value.to_owned()).filter(|word| !word.is_empty()),
            "say" => self.say = Some(value.to_owned()),
            "mark" => {}
            _ => return None,
        }
        Some(())
    }

    /// Whether the faults are for some requests only.
    pub(crate) fn is_conditional(&self) -> bool {
        self.refuse.is_some()
    }

    /// Whether they are for this one.
    pub(crate) fn refuses(&self, request: &Request<'_>) -> bool {
        let Some(word) = &self.refuse else { return false };
        let credentials = ["authorization", "x-api-key", "x-goog-api-key", "api-key"];
        request.headers().any(|(name, value)| {
            credentials.iter().any(|known| name.eq_ignore_ascii_case(known))
                && value.ends_with(word.as_str())
        })
    }

    /// An error with the word that is to be said as its message.
    pub(crate) fn worded(&self, error: String) -> String {
        let Some(word) = &self.say else { return error };
        error.replace("the upstream was told to fail", word).replace("it broke on the way", word)
    }

    /// The same orders for whoever is not refused.
    pub(crate) fn spared(&self) -> Self {
        Self { status: 200, headers: Vec::new(), end: End::Well, ..self.clone() }
    }
}
