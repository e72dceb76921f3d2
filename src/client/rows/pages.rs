//! The rows of a list, one after the other: page by page where the router has pages (extension
//! `list.pages`), and else out of one answer, as it arrives.

use std::vec;

use bytes::BytesMut;
use serde_json::Value;

use super::{Bin, List, Pages, Reading, Row, Tries};
use crate::client::error::{Error, Result};
use crate::client::{As, Client};
use clawctl_wire::health::Extension;
use clawctl_wire::page::{AFTER, LIMIT, PAGE_ROWS_MAX};

/// The rows of a list. However many there are, at most a page of them is in memory.
pub struct Rows<'c, T> {
    list: &'static List,
    source: Source<'c, T>,
}

enum Source<'c, T> {
    Answer(Answer<'c>),
    Pages { client: &'c Client, rows: vec::IntoIter<T>, after: Option<String> },
    Nothing,
}

impl<T: Row + Send> Rows<'_, T> {
    /// The next row, until there is none. A row that cannot be understood is left out and noted.
    pub async fn next(&mut self) -> Result<Option<T>> {
        loop {
            match &mut self.source {
                Source::Nothing => return Ok(None),
                Source::Answer(answer) => match answer.next(self.list).await? {
                    Some(row) => return Ok(Some(row)),
                    None => self.source = Source::Nothing,
                },
                Source::Pages { client, rows, after } => {
                    if let Some(row) = rows.next() {
                        return Ok(Some(row));
                    }
                    let Some(from) = after.take() else {
                        self.source = Source::Nothing;
                        continue;
                    };
                    let (page, next) = client.page(self.list, &from).await?;
                    (*rows, *after) = (page.into_iter(), next);
                }
            }
        }
    }

    /// Those of the rows that are left that are wanted. The others are not kept.
    pub async fn filter(mut self, mut is_wanted: impl FnMut(&T) -> bool) -> Result<Vec<T>> {
        let mut wanted = Vec::new();
        while let Some(row) = self.next().await? {
            if is_wanted(&row) {
                wanted.push(row);
            }
        }
        Ok(wanted)
    }
}

/// One answer with all rows. Where the connection breaks it is asked for once more, and the rows
/// that were handed out are passed over: a router deletes none, so that none is missed.
struct Answer<'c> {
    client: &'c Client,
    reading: Box<Reading<'c>>,
    tries: Tries,
    found: usize,
    handed_out: usize,
}

impl<'c> Answer<'c> {
    async fn begin(client: &'c Client, list: &'static List) -> Result<Self> {
        let mut tries = client.transport.tries();
        let reading = client.read(list.path, &As::Admin, vec![list.at], &mut tries).await?;
        Ok(Self { client, reading: Box::new(reading), tries, found: 0, handed_out: 0 })
    }

    async fn next<T: Row>(&mut self, list: &'static List) -> Result<Option<T>> {
        loop {
            match self.reading.next(&mut self.tries).await {
                Ok(None) => {
                    self.reading.ends_with(list.name, list.at)?;
                    return Ok(None);
                }
                Ok(Some(_)) => {
                    self.found += 1;
                    let row = self.reading.row(list.name)?;
                    if self.found > self.handed_out {
                        self.handed_out = self.found;
                        if let Ok(row) = row {
                            return Ok(Some(row));
                        }
                    }
                }
                Err(broke) => {
                    if !self.tries.again(Err(&broke)).await {
                        return Err(broke);
                    }
                    self.client.left_out.begin(list.name);
                    let lists = vec![list.at];
                    let again = self.client.read(list.path, &As::Admin, lists, &mut self.tries);
                    *self.reading = again.await?;
                    self.found = 0;
                }
            }
        }
    }
}

impl Client {
    /// Begins to read a list, of which nothing is kept.
    pub(in crate::client) async fn rows<T: Row + Send>(
        &self,
        list: &'static List,
    ) -> Result<Rows<'_, T>> {
        self.left_out.begin(list.name);
        let source = if self.has_pages(list).await? {
            let (page, after) = self.page(list, "").await?;
            Source::Pages { client: self, rows: page.into_iter(), after }
        } else {
            Source::Answer(Answer::begin(self, list).await?)
        };
        Ok(Rows { list, source })
    }

    pub(super) async fn has_pages(&self, list: &List) -> Result<bool> {
        let asks = match list.pages {
            Pages::None => false,
            Pages::InProcess => self.transport.is_in_process(),
            Pages::Everywhere => true,
        };
        if !asks {
            return Ok(false);
        }
        match self.has(Extension::ListPages).await {
            Err(e @ (Error::Unreachable { .. } | Error::Timeout { .. })) => Err(e),
            // A router that does not say what it adds has no pages.
            said => Ok(said.unwrap_or(false)),
        }
    }

    /// One page, and where the next one begins.
    async fn page<T: Row + Send>(
        &self,
        list: &'static List,
        after: &str,
    ) -> Result<(Vec<T>, Option<String>)> {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair(AFTER, after)
            .append_pair(LIMIT, &PAGE_ROWS_MAX.to_string())
            .finish();
        let path = format!("{}?{query}", list.path);
        let mut rows = Vec::new();
        let mut bins = [Bin::new(list.name, list.at, &mut rows)];
        let bins_of_list = (&mut bins[..], after.is_empty());
        let next = self
            .fill_part(&path, &As::Admin, bins_of_list, |reading| reading.page_end(list, after));
        let next = next.await?;
        drop(bins);
        Ok((rows, next))
    }
}

impl Reading<'_> {
    /// Where the next page begins. A list that is one page is remembered as the list that it is.
    fn page_end(&mut self, list: &'static List, after: &str) -> Result<Option<String>> {
        let around: Value = self.read_around(list.name)?;
        self.check_list(&around, list.name, list.at)?;
        let next = around.get("next").and_then(Value::as_str);
        // Else the same page would be asked for again and again.
        if next.is_some_and(|next| next <= after) {
            return Err(self.shape(list.name, "its next page is not behind this one".to_owned()));
        }
        if after.is_empty() {
            let whole = self.kept.take().filter(|_| next.is_none());
            self.client.saw(list.path, whole.map(BytesMut::freeze));
        }
        Ok(next.map(str::to_owned))
    }
}
