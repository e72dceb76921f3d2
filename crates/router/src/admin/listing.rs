//! Lists, written row by row, so that only their text is in memory; and parts of lists (extension
//! `list.pages`).

use serde::Serialize;

use super::params::Params;
use crate::cause::Cause;
use crate::exchange::Exchange;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::store::{Db, StoreError};
use clawctl_wire::error::code;
use clawctl_wire::page::{AFTER, LIMIT, PAGE_ROWS_MAX};

/// How long a page gets. It holds at least one row, however long that is.
const PAGE_BYTES_MAX: usize = 1024 * 1024;

/// The part of a list that is asked for.
struct Page {
    after: String,
    rows: usize,
}

impl Page {
    /// Without `after` it is the whole list, whatever else the query says: the contract ignores it.
    fn asked(exchange: &Exchange<'_>) -> Result<Option<Self>, Refusal> {
        let query = exchange.request.uri().query().unwrap_or("");
        let mut names = url::form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name);
        if !names.any(|name| name == AFTER) {
            return Ok(None);
        }
        let mut params = Params::of(exchange, code::INVALID_PAGE)?;
        let after = params.take(AFTER).unwrap_or_default();
        let rows = params.number(LIMIT)?.unwrap_or(PAGE_ROWS_MAX);
        if !(1..=PAGE_ROWS_MAX).contains(&rows) {
            return Err(params.refused(LIMIT, &format!("takes a number from 1 to {PAGE_ROWS_MAX}")));
        }
        params.end()?;
        Ok(Some(Self { after, rows }))
    }
}

/// Takes the next row of a list, with its id. It says whether it takes another one.
pub(super) type Take<'t, R> = dyn FnMut(&str, &R) -> Result<bool, StoreError> + 't;

/// Answers with the rows that `walk` hands over, in the order of their ids, beginning behind one.
pub(super) fn list<R: Serialize>(
    exchange: &Exchange<'_>,
    member: &str,
    walk: impl FnOnce(&Db, &str, &mut Take<'_, R>) -> Result<(), StoreError>,
) -> Result<Reply, Refusal> {
    let page = Page::asked(exchange)?;
    let mut text = format!("{{\"{member}\":[").into_bytes();
    let (mut rows, mut last, mut is_cut) = (0, String::new(), false);
    let mut take = |id: &str, row: &R| {
        if let Some(page) = &page {
            if rows == page.rows || (rows > 0 && text.len() >= PAGE_BYTES_MAX) {
                is_cut = true;
                return Ok(false);
            }
            id.clone_into(&mut last);
        }
        if rows > 0 {
            text.push(b',');
        }
        rows += 1;
        written(&mut text, row)?;
        Ok(true)
    };
    let after = page.as_ref().map_or("", |page| page.after.as_str());
    exchange.core.store.read(|db| walk(db, after, &mut take))?;
    text.push(b']');
    if is_cut {
        text.extend_from_slice(b",\"next\":");
        written(&mut text, &last)?;
    }
    text.push(b'}');
    Ok(Reply::private_bytes(text.into()))
}

fn written(text: &mut Vec<u8>, value: &impl Serialize) -> Result<(), StoreError> {
    serde_json::to_writer(text, value).map_err(|error| StoreError::Other(Cause::of(error)))
}
