//! What a body says about the size of a request, and what in it has a price of its own.
//!
//! A body is walked once, token by token, without making values of it, and without recursion: its
//! depth is the client's choice. A limit counts by its exact name alone; what may cost more counts
//! in every spelling.

mod kinds;
mod place;
mod token;

use std::borrow::Cow;

use self::kinds::Runner;
use self::place::Place;
use self::token::{number_length, string_length, string_text, whole};
use super::body::Body;
use super::compact::string_end;
use super::fold::Folded;
use super::format::Format;
use super::{CacheWrite, RequestSize, Unpriced};

/// The facts of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Measured {
    pub(super) size: RequestSize,
    pub(super) unpriced: Option<Unpriced>,
}

impl Default for Measured {
    /// Those of a request without a body.
    fn default() -> Self {
        Self { size: RequestSize { choices: 1, ..RequestSize::default() }, unpriced: None }
    }
}

/// Looks at a body. Its bytes are counted as `JSON.stringify` would write it.
pub(super) fn measure(body: &Body<'_>, format: Format) -> Measured {
    let mut walk = Walk {
        format,
        found: Measured::default(),
        limit: Limit::None,
        generations: 0,
        around: Vec::new(),
        member: String::new(),
    };
    walk.found.size.bytes = 2;
    for (index, (name, value)) in body.iter().enumerate() {
        let separators = if index == 0 { 1 } else { 2 };
        walk.found.size.bytes += separators + token::text_length(name);
        let place = walk.enter(Place::Body, name);
        walk.value(value.get(), place);
    }
    if let Limit::Of(tokens) = walk.limit {
        walk.found.size.output_limit = Some(tokens);
    }
    walk.found
}

/// What is known of the limit on the output.
#[derive(Debug, Clone, Copy)]
enum Limit {
    None,
    Of(u64),
    /// A provider may read a member that limits nothing.
    Void,
}

/// An array or object that is open.
struct Open {
    object: bool,
    place: Place,
    /// For a tool that the client runs only if the tool says so.
    runs: Runs,
}

/// What a tool says of who runs it, where its type leaves that open.
#[derive(Debug, Clone, Copy, Default)]
struct Runs {
    is_open: bool,
    by_client: bool,
    by_another: bool,
}

struct Walk {
    format: Format,
    found: Measured,
    limit: Limit,
    /// How many members there are that say how to generate.
    generations: u32,
    around: Vec<Open>,
    /// The name of the last member that may have a price of its own.
    member: String,
}

impl Walk {
    /// What the member of an object is, by what the object is.
    fn enter(&mut self, object: Place, name: &str) -> Place {
        let folded = Folded::of(name);
        let known = folded.as_str();
        let size = &mut self.found.size;
        if known == "cachecontrol" {
            size.cache_write = size.cache_write.max(CacheWrite::FiveMinutes);
            return Place::CacheControl;
        }
        let limits = match object {
            Place::Body => self.format.output_limits(),
            Place::Generation => self.format.generation_limits(),
            _ => &[],
        };
        if limits.contains(&name) {
            let is_body = object == Place::Body;
            return if is_body { Place::OutputLimit } else { Place::GenerationLimit };
        }
        let is_near = |limit: &&str| Folded::of(limit).as_str() == known;
        if known.starts_with("max") && limits.iter().any(is_near) {
            self.limit = Limit::Void;
        }
        let place = object.member(self.format, known);
        match place {
            Place::Generation => {
                self.generations += 1;
                // A provider reads one of them.
                if self.generations > 1 {
                    self.limit = Limit::Void;
                }
                place
            }
            _ => {
                if place.is_named_in_refusals() {
                    name.clone_into(&mut self.member);
                }
                place
            }
        }
    }

    /// Looks at a value by its first token.
    fn look(&mut self, place: Place, token: &str) {
        let size = &mut self.found.size;
        let is_none = token == "null";
        match place {
            Place::Kept if !is_none => size.unbounded = true,
            Place::ContentType => size.unbounded |= kinds::is_media(&string_text(token)),
            Place::PartType => size.unbounded |= !kinds::is_text(&string_text(token)),
            Place::ToolType => self.tool(&said(token)),
            Place::Execution => {
                let is_client = string_text(token) == "client";
                if let Some(Open { runs, .. }) = self.around.last_mut() {
                    runs.by_client |= is_client;
                    runs.by_another |= !is_client;
                }
            }
            Place::EnvironmentType if string_text(token) != "local" => {
                self.unpriced(Unpriced::tool("shell"));
            }
            Place::OutputLimit if is_none => {}
            Place::OutputLimit | Place::GenerationLimit => self.limit(whole(token)),
            Place::Choices if is_none => {}
            Place::Choices => match whole(token) {
                Some(choices) => size.choices = size.choices.max(choices),
                None => self.unpriced(Unpriced::count(&self.member)),
            },
            Place::CacheDuration if string_text(token) == "1h" => {
                size.cache_write = CacheWrite::OneHour;
            }
            // A list asks for nothing until something is in it.
            Place::Costly if !matches!(token, "null" | "false" | "[") => {
                self.unpriced(Unpriced::member(&self.member));
            }
            Place::Tier if !is_none => {
                let tier = said(token);
                if !kinds::is_usual_tier(&tier.to_ascii_lowercase()) {
                    self.unpriced(Unpriced::tier(&self.member, &tier));
                }
            }
            Place::Modalities
                if !matches!(token, "null" | "[")
                    && !string_text(token).eq_ignore_ascii_case("text") =>
            {
                self.unpriced(Unpriced::member(&self.member));
            }
            Place::EditType if !string_text(token).starts_with("clear_") => {
                self.unpriced(Unpriced::member(&self.member));
            }
            _ => {}
        }
    }

    fn tool(&mut self, kind: &str) {
        match kinds::runner(self.format, kind) {
            Runner::Client => {}
            Runner::ClientUntold => self.found.size.unbounded = true,
            Runner::ClientIfSaid => {
                if let Some(Open { runs, .. }) = self.around.last_mut() {
                    runs.is_open = true;
                }
            }
            Runner::Provider => self.unpriced(Unpriced::tool(kind)),
        }
    }

    fn limit(&mut self, tokens: Option<u64>) {
        self.limit = match (self.limit, tokens.filter(|tokens| *tokens > 0)) {
            (Limit::Void, _) | (_, None) => Limit::Void,
            (Limit::None, Some(tokens)) => Limit::Of(tokens),
            (Limit::Of(other), Some(tokens)) => Limit::Of(other.max(tokens)),
        };
    }

    fn unpriced(&mut self, what: Unpriced) {
        self.found.unpriced.get_or_insert(what);
    }

    /// Walks over a value that is known to be JSON.
    fn value(&mut self, json: &str, mut place: Place) {
        let bytes = json.as_bytes();
        let mut names_next = false;
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let start = at;
            at += 1;
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => continue,
                b'{' | b'[' => {
                    self.look(place, &json[start..at]);
                    let object = *byte == b'{';
                    self.around.push(Open { object, place, runs: Runs::default() });
                    names_next = object;
                    place = if object { Place::Elsewhere } else { place.item() };
                }
                b',' => {
                    if let Some(open) = self.around.last() {
                        names_next = open.object;
                        place = open.place.item();
                    }
                }
                b':' => {}
                b'}' | b']' => {
                    let runs = self.around.pop().map(|open| open.runs).unwrap_or_default();
                    if runs.is_open && (runs.by_another || !runs.by_client) {
                        self.unpriced(Unpriced::tool("tool_search"));
                    }
                }
                b'"' => {
                    at = string_end(bytes, start);
                    let token = &json[start..at];
                    self.found.size.bytes += string_length(token);
                    match self.around.last() {
                        Some(open) if names_next => {
                            place = self.enter(open.place, &string_text(token));
                            names_next = false;
                        }
                        _ => self.look(place, token),
                    }
                    continue;
                }
                _ => {
                    let rest = &bytes[start..];
                    let end =
                        |b: &u8| matches!(b, b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r');
                    at = start + rest.iter().position(end).unwrap_or(rest.len());
                    let token = &json[start..at];
                    self.found.size.bytes += number_length(token);
                    self.look(place, token);
                    continue;
                }
            }
            self.found.size.bytes += 1;
        }
    }
}

/// What a token says, as a text or as it stands.
fn said(token: &str) -> Cow<'_, str> {
    if token.starts_with('"') { string_text(token) } else { Cow::Borrowed(token) }
}

#[cfg(test)]
mod tests;
