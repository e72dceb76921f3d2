//! Events and their sums by any filter (extension `usage.query`), and what was kept of a request.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::form_urlencoded;

use super::error::{Error, Result};
use super::rows::Bin;
use super::{As, Client};
use clawctl_wire::content::RetainedRequest;
use clawctl_wire::error::code;
use clawctl_wire::health::Extension;
use clawctl_wire::usage::{DailyUsage, ProviderUsage, UsageSnapshot};
use clawctl_wire::usage_query::{
    EVENTS_PATH, EventPage, EventQuery, GROUPS_PATH, GroupPage, UsageFilter,
};

impl Client {
    /// One page of events.
    pub async fn usage_events(&self, query: &EventQuery) -> Result<EventPage> {
        let mut events = Vec::new();
        let mut bins = [Bin::new("usage events", &["events"], &mut events)];
        let page = self.query(EVENTS_PATH, &[], query, "page of events", &mut bins).await?;
        drop(bins);
        Ok(EventPage { events, ..page })
    }

    /// The sums of the groups that events fall into.
    pub async fn usage_groups(&self, by: &[&str], filter: &UsageFilter) -> Result<GroupPage> {
        let (mut groups, by) = (Vec::new(), by.join(","));
        let mut bins = [Bin::new("groups of events", &["groups"], &mut groups)];
        let by = [("by", by.as_str())];
        let page = self.query(GROUPS_PATH, &by, filter, "groups of events", &mut bins).await?;
        drop(bins);
        Ok(GroupPage { groups, ..page })
    }

    /// The events of a query, page by page.
    pub fn usage_pages(&self, query: EventQuery) -> EventPages<'_> {
        EventPages { client: self, next: Some(query) }
    }

    /// What was kept of a request, with its prompt in clear.
    pub async fn content(&self, tenant: &str, reference: &str) -> Result<RetainedRequest> {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("tenant", tenant)
            .append_pair("ref", reference)
            .finish();
        let path = format!("/v1/admin/content?{query}");
        match self.get(&path, &As::Admin, "retained request").await {
            Err(said) if said.code() == code::CONTENT_NOT_FOUND => {
                Err(Error::missing("content", reference, Some(&said)))
            }
            answer => answer,
        }
    }

    async fn query<T: DeserializeOwned>(
        &self,
        path: &str,
        more: &[(&str, &str)],
        query: &impl Serialize,
        what: &str,
        bins: &mut [Bin<'_>],
    ) -> Result<T> {
        self.require(Extension::UsageQuery, path).await?;
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        pairs.extend_pairs(more);
        if let Ok(Value::Object(members)) = serde_json::to_value(query) {
            for (name, value) in members {
                match value {
                    Value::String(text) => pairs.append_pair(&name, &text),
                    other => pairs.append_pair(&name, &other.to_string()),
                };
            }
        }
        let path = format!("/v1/admin/{path}?{}", pairs.finish());
        self.gather(&path, &As::Admin, what, bins).await
    }
}

/// The lists in a usage answer.
#[derive(Default)]
pub(super) struct UsageRows {
    providers: Vec<ProviderUsage>,
    daily: Vec<DailyUsage>,
    events: Vec<Value>,
}

impl UsageRows {
    pub(super) fn bins(&mut self) -> [Bin<'_>; 3] {
        [
            Bin::new("usage by provider", &["usage", "providers"], &mut self.providers),
            Bin::new("usage by day", &["usage", "daily"], &mut self.daily),
            Bin::new("usage events", &["usage", "events"], &mut self.events),
        ]
    }

    /// Puts them back where they were.
    pub(super) fn into(self, around: UsageSnapshot) -> UsageSnapshot {
        let Self { providers, daily, events } = self;
        UsageSnapshot { providers, daily: around.daily.map(|_| daily), events, ..around }
    }
}

/// Pages that are fetched one after the other; none is kept.
pub struct EventPages<'c> {
    client: &'c Client,
    /// What to ask for next. Nothing after the last page.
    next: Option<EventQuery>,
}

impl EventPages<'_> {
    /// The next page, as long as there is one. After a failure the same page is asked for again.
    pub async fn next(&mut self) -> Result<Option<EventPage>> {
        let Some(query) = &self.next else { return Ok(None) };
        let page = self.client.usage_events(query).await?;
        // A cursor that stands still would be asked for ever.
        let moved = page.next_cursor.is_some() && page.next_cursor != query.cursor;
        self.next = moved.then(|| EventQuery { cursor: page.next_cursor.clone(), ..query.clone() });
        Ok(Some(page))
    }

    /// Is there more to ask for?
    pub fn has_more(&self) -> bool {
        self.next.is_some()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use bytes::Bytes;
    use http::{Request, Response};
    use serde_json::json;

    use super::*;
    use crate::client::{Answering, Credentials, Transport};

    /// A router that hands out `pages` and writes down what it was asked.
    fn router(extensions: Value, pages: Vec<Value>) -> (Client, Arc<Mutex<Vec<String>>>) {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, pages) = (Arc::clone(&asked), Mutex::new(pages.into_iter()));
        let handler = move |request: Request<Bytes>| {
            let path = request.uri().to_string();
            let answer = match path.as_str() {
                "/v1/health" => json!({"ok": true, "extensions": extensions}),
                _ => {
                    log.lock().unwrap().push(path);
                    pages.lock().unwrap().next().unwrap()
                }
            };
            let answer: Answering =
                Box::pin(std::future::ready(Ok(Response::new(answer.to_string().into()))));
            answer
        };
        let transport =
            Transport::InProcess { handler: Box::new(handler), place: "here".to_owned() };
        (Client::new(transport, Credentials::default()), asked)
    }

    fn page(events: usize, next: Option<&str>) -> Value {
        let events: Vec<_> = (0..events).map(|n| json!({"id": n})).collect();
        let window = json!({"sinceMs": 0, "untilMs": 9, "retainedSinceMs": 0});
        json!({"events": events, "nextCursor": next, "window": window})
    }

    #[tokio::test]
    async fn pages_follow_the_cursor_to_the_last() {
        let given = vec![page(2, Some("a b")), page(2, Some("c")), page(1, None)];
        let (client, asked) = router(json!(["usage.query"]), given);
        let filter = UsageFilter {
            since: Some(7),
            model: Some("openai/gpt&x".to_owned()),
            ..UsageFilter::default()
        };
        let query = EventQuery { filter, limit: Some(2), ..EventQuery::default() };
        let mut pages = client.usage_pages(query);
        let mut count = 0;
        while let Some(page) = pages.next().await.unwrap() {
            count += page.events.len();
        }
        assert_eq!((count, pages.has_more()), (5, false));
        let rest = "limit=2&model=openai%2Fgpt%26x&since=7";
        let path = "/v1/admin/usage/events";
        let expected = [
            format!("{path}?{rest}"),
            format!("{path}?cursor=a+b&{rest}"),
            format!("{path}?cursor=c&{rest}"),
        ];
        assert_eq!(*asked.lock().unwrap(), expected);
    }

    #[tokio::test]
    async fn a_cursor_that_stands_still_ends_it() {
        let given = vec![page(1, Some("a")), page(1, Some("a"))];
        let (client, _) = router(json!(["usage.query"]), given);
        let mut pages = client.usage_pages(EventQuery::default());
        assert!(pages.next().await.unwrap().is_some());
        assert!(pages.next().await.unwrap().is_some());
        assert!(pages.next().await.unwrap().is_none());
    }

    #[tokio::test]
    async fn nothing_is_sent_to_a_router_that_would_not_understand() {
        let (client, asked) = router(json!([]), Vec::new());
        let error = client.usage_groups(&["day"], &UsageFilter::default()).await.unwrap_err();
        assert!(matches!(error, Error::NeedsExtension { .. }), "{error}");
        assert!(asked.lock().unwrap().is_empty());
    }
}
