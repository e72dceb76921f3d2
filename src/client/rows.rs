//! Lists are read row by row, while the answer arrives.
//!
//! What a list may have is bounded by row and not by answer: half a million keys are read in the
//! memory of one. A row that cannot be understood is left out and noted, because a router that is
//! newer than this program may have made it, and all the others are still of use. Everything that
//! is looked up in a list fails if it may be the row that was left out: a thing that cannot be read
//! must not be taken for one that is absent.
//!
//! [`Rows`] hands the rows out one after the other, and asks for pages where the router has them.
//! [`Client::list`] collects them, [`Client::find`] keeps one, and [`Client::gather`] reads several
//! lists of one answer.

mod pages;
mod row;
mod split;
mod unread;

use bytes::{Buf as _, Bytes, BytesMut};
use http::Method;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use self::pages::Rows;
use self::row::ReadRow;
pub use self::row::Row;
pub(super) use self::split::ListPath;
use self::split::{Fault, Splitter};
pub(super) use self::unread::LeftOut;
pub use self::unread::{Unread, UnreadRow};
use super::error::{Error, Result};
use super::hidden::Hidden;
use super::retry::Tries;
use super::transport::{Opened, not_json};
use super::{As, Client};
use clawctl_wire::BODY_BYTES_MAX;

/// A list that has an address of its own.
pub(super) struct List {
    pub(super) path: &'static str,
    /// What it is called, such as `policy list`.
    pub(super) name: &'static str,
    pub(super) at: ListPath,
    pub(super) pages: Pages,
}

impl List {
    pub(super) const fn new(path: &'static str, name: &'static str, at: ListPath) -> Self {
        Self { path, name, at, pages: Pages::None }
    }

    pub(super) const fn by_pages(self, pages: Pages) -> Self {
        Self { pages, ..self }
    }
}

/// When a list is read page by page (extension `list.pages`).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pages {
    /// No router has pages of it.
    None,
    /// From a router in this process, whose whole answer would be in our memory. Over the network
    /// rows arrive one by one, and to ask whether there are pages would cost a request.
    InProcess,
    /// From every router that has them, so that it does not hold the whole answer either.
    Everywhere,
}

/// An answer on its way, and the next row in it.
struct Reading<'c> {
    client: &'c Client,
    path: String,
    opened: Opened<'c>,
    hidden: Hidden,
    splitter: Splitter,
    /// What arrived and was not looked at.
    text: Bytes,
    /// The whole answer, kept where a thing is about to be changed.
    kept: Option<BytesMut>,
}

impl Reading<'_> {
    /// Reads on to the end of the next row, and says of which list it is.
    async fn next(&mut self, tries: &mut Tries) -> Result<Option<usize>> {
        loop {
            let mut rest = &self.text[..];
            let found = self.splitter.advance(&mut rest);
            let used = self.text.len() - rest.len();
            self.text.advance(used);
            if let Some(list) = found.map_err(|fault| self.broken(fault))? {
                return Ok(Some(list));
            }
            let Some(text) = self.opened.chunk(tries).await? else { break };
            if let Some(kept) = &mut self.kept {
                match kept.len() + text.len() > BODY_BYTES_MAX {
                    true => self.kept = None,
                    false => kept.extend_from_slice(&text),
                }
            }
            self.text = text;
        }
        if !self.splitter.may_end() {
            return Err(self.broken(Fault::NotJson));
        }
        Ok(None)
    }

    fn broken(&self, fault: Fault) -> Error {
        match fault {
            Fault::TooLarge { limit_bytes } => Error::TooLarge { limit_bytes },
            Fault::NotJson => {
                let text = self.hidden.hide_in_bytes(self.splitter.around());
                not_json(self.opened.status, &text, self.opened.request_id())
            }
        }
    }

    /// What is around the rows, once all of them were read.
    fn around<T: DeserializeOwned>(&mut self, what: &str) -> Result<T> {
        let read = self.read_around(what)?;
        self.client.saw(&self.path, self.kept.take().map(BytesMut::freeze));
        Ok(read)
    }

    fn read_around<T: DeserializeOwned>(&self, what: &str) -> Result<T> {
        let around = self.splitter.around();
        match serde_json::from_slice(around) {
            Ok(read) => Ok(read),
            Err(e) if e.is_data() => {
                // The words about it are made of its text, so they come from one without secrets.
                let hidden = self.hidden.hide_in_bytes(around);
                let said = serde_json::from_slice::<T>(&hidden).err();
                Err(self.shape(what, said.map_or_else(repeats_secret, |e| e.to_string())))
            }
            Err(_) => Err(self.broken(Fault::NotJson)),
        }
    }

    fn shape(&self, what: &str, reason: String) -> Error {
        Error::Shape { what: what.to_owned(), reason, request_id: self.opened.request_id() }
    }

    /// The row that was found last, or what is wrong with it.
    fn row<T: Row>(&self, list: &'static str) -> Result<Result<T, UnreadRow>> {
        let read = row::read(self.splitter.row(), &self.hidden).map_err(|e| self.broken(e))?;
        let left_out = &self.client.left_out;
        Ok(match read {
            Ok(ReadRow { row, left_out: parts }) => {
                parts.into_iter().for_each(|part| left_out.note(list, part));
                Ok(row)
            }
            Err(unread) => {
                left_out.note(list, unread.clone());
                Err(unread)
            }
        })
    }

    /// Refuses an answer that has no such list.
    fn ends_with(&mut self, list: &str, at: ListPath) -> Result<()> {
        let around: Value = self.around(list)?;
        self.check_list(&around, list, at)
    }

    fn check_list(&self, around: &Value, list: &str, at: ListPath) -> Result<()> {
        let mut place = around;
        for name in at {
            let missing = || self.shape(list, format!("missing field `{name}`"));
            place = place.get(name).ok_or_else(missing)?;
        }
        if place.is_array() {
            return Ok(());
        }
        Err(self.shape(list, format!("`{}` is not a list", at.join("."))))
    }
}

fn repeats_secret() -> String {
    "it repeats a secret that it was sent".to_owned()
}

/// The place for the rows of one list.
pub(super) struct Bin<'b> {
    name: &'static str,
    at: ListPath,
    rows: Box<dyn Take + Send + 'b>,
}

impl<'b> Bin<'b> {
    /// Puts the rows that are found there behind each other.
    pub(super) fn new<T: Row + Send>(
        name: &'static str,
        at: ListPath,
        rows: &'b mut Vec<T>,
    ) -> Self {
        Self { name, at, rows: Box::new(All { rows }) }
    }
}

/// What becomes of each row.
trait Take {
    fn take(&mut self, reading: &Reading<'_>, list: &'static str) -> Result<()>;

    /// The list is read once more.
    fn clear(&mut self);
}

struct All<'b, T> {
    rows: &'b mut Vec<T>,
}

impl<T: Row> Take for All<'_, T> {
    fn take(&mut self, reading: &Reading<'_>, list: &'static str) -> Result<()> {
        self.rows.extend(reading.row(list)?.ok());
        Ok(())
    }

    fn clear(&mut self) {
        self.rows.clear();
    }
}

/// Keeps one row, and the row that may be the one.
struct One<'b, T, F> {
    is_it: F,
    id: &'b str,
    found: &'b mut Option<T>,
    suspect: &'b mut Option<UnreadRow>,
}

impl<T: Row, F: Fn(&T) -> bool> Take for One<'_, T, F> {
    fn take(&mut self, reading: &Reading<'_>, list: &'static str) -> Result<()> {
        match reading.row::<T>(list)? {
            Ok(row) if self.found.is_none() && (self.is_it)(&row) => *self.found = Some(row),
            Err(unread) if unread.id.as_deref().is_none_or(|id| id == self.id) => {
                *self.suspect = Some(unread);
            }
            _ => {}
        }
        Ok(())
    }

    fn clear(&mut self) {
        *self.found = None;
        *self.suspect = None;
    }
}

impl Client {
    /// The rows that were left out of what was read, by the list.
    pub fn unread(&self) -> Vec<(&'static str, Unread)> {
        self.left_out.lists()
    }

    /// Reads a list and keeps all of it.
    pub(super) async fn list<T: Row + Send>(&self, list: &'static List) -> Result<Vec<T>> {
        if self.has_pages(list).await? {
            return self.rows(list).await?.filter(|_| true).await;
        }
        let mut rows = Vec::new();
        let mut bins = [Bin::new(list.name, list.at, &mut rows)];
        self.fill(list.path, &As::Admin, &mut bins, |reading| {
            reading.ends_with(list.name, list.at)
        })
        .await?;
        drop(bins);
        Ok(rows)
    }

    /// Reads a list and keeps one row, if it is there. Fails if it may be one that cannot be read.
    pub(super) async fn find<T: Row + Send>(
        &self,
        list: &'static List,
        noun: &'static str,
        id: &str,
        is_it: impl Fn(&T) -> bool + Send,
    ) -> Result<Option<T>> {
        let (mut found, mut suspect) = (None, None);
        let one = One { is_it, id, found: &mut found, suspect: &mut suspect };
        let mut bins = [Bin { name: list.name, at: list.at, rows: Box::new(one) }];
        self.fill(list.path, &As::Admin, &mut bins, |reading| {
            reading.ends_with(list.name, list.at)
        })
        .await?;
        drop(bins);
        match (found, suspect) {
            (None, Some(row)) => Err(Error::Unread { noun, id: id.to_owned(), row }),
            (found, _) => Ok(found),
        }
    }

    /// The same for a list of which only the place is known.
    pub(super) async fn find_raw(
        &self,
        path: &str,
        name: &'static str,
        at: ListPath,
        is_it: impl Fn(&Value) -> bool + Send,
    ) -> Result<Option<Value>> {
        let (mut found, mut suspect) = (None, None);
        let one = One { is_it, id: "", found: &mut found, suspect: &mut suspect };
        let mut bins = [Bin { name, at, rows: Box::new(one) }];
        self.fill(path, &As::Admin, &mut bins, |reading| reading.ends_with(name, at)).await?;
        drop(bins);
        Ok(found)
    }

    /// Reads an answer with several lists. What is returned is the answer without their rows.
    pub(super) async fn gather<T: DeserializeOwned>(
        &self,
        path: &str,
        who: &As<'_>,
        what: &str,
        bins: &mut [Bin<'_>],
    ) -> Result<T> {
        self.fill(path, who, bins, |reading| reading.around(what)).await
    }

    /// Puts rows where they belong, and begins once more where the connection breaks.
    async fn fill<T>(
        &self,
        path: &str,
        who: &As<'_>,
        bins: &mut [Bin<'_>],
        end: impl Fn(&mut Reading<'_>) -> Result<T> + Send,
    ) -> Result<T> {
        self.fill_part(path, who, (bins, true), end).await
    }

    /// The same, where the lists may have begun earlier. Of these a row that was left out may be
    /// counted twice, if the connection breaks.
    async fn fill_part<T>(
        &self,
        path: &str,
        who: &As<'_>,
        (bins, begin): (&mut [Bin<'_>], bool),
        end: impl Fn(&mut Reading<'_>) -> Result<T> + Send,
    ) -> Result<T> {
        let mut tries = self.transport.tries();
        loop {
            for bin in bins.iter_mut() {
                if begin {
                    self.left_out.begin(bin.name);
                }
                bin.rows.clear();
            }
            let lists = bins.iter().map(|bin| bin.at).collect();
            let mut reading = self.read(path, who, lists, &mut tries).await?;
            let broke = loop {
                match reading.next(&mut tries).await {
                    Ok(Some(list)) => {
                        let Bin { name, rows, .. } = &mut bins[list];
                        rows.take(&reading, name)?;
                    }
                    Ok(None) => return end(&mut reading),
                    Err(e) => break e,
                }
            };
            if !tries.again(Err(&broke)).await {
                return Err(broke);
            }
        }
    }

    async fn read(
        &self,
        path: &str,
        who: &As<'_>,
        lists: Vec<ListPath>,
        tries: &mut Tries,
    ) -> Result<Reading<'_>> {
        let outgoing = self.outgoing(Method::GET, path, who, None);
        let hidden = self.hidden(&outgoing);
        let mut opened = self.open(outgoing, tries, &hidden).await?;
        hidden.hide_in_headers(&mut opened.headers);
        Ok(Reading {
            client: self,
            path: path.to_owned(),
            opened,
            hidden,
            splitter: Splitter::new(lists),
            text: Bytes::new(),
            kept: self.witnesses(path).then(BytesMut::new),
        })
    }
}

#[cfg(test)]
mod tests;
