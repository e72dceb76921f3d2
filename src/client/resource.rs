//! Any thing that the admin API keeps, so that its earlier state can be restored.

use http::{HeaderMap, HeaderValue, Method, header};
use serde_json::{Map, Value};

use super::edit::compare;
use super::error::{Error, Result};
use super::{As, Client, Console};
use clawctl_wire::error::code;
use clawctl_wire::health::Extension;
use clawctl_wire::resource::Resource;
use clawctl_wire::rule::Reconcile;

/// A thing as it is now, with the revision that it was read at.
#[derive(Debug)]
pub struct ReadResource {
    /// Nothing where there is none.
    pub state: Option<Value>,
    etag: Option<HeaderValue>,
}

impl Client {
    pub async fn read_resource(&self, resource: &Resource) -> Result<ReadResource> {
        if resource.kind.is_read_one && self.has(Extension::ReadOne).await? {
            let path = resource.path();
            return match self.get_with_headers(&path, &As::Admin, resource.kind.noun).await {
                Ok((state, headers)) => Ok(ReadResource {
                    state: Some(state),
                    etag: headers.get(header::ETAG).cloned(),
                }),
                Err(e) if e.status() == Some(404) => Ok(ReadResource { state: None, etag: None }),
                Err(e) => Err(e),
            };
        }
        let (noun, path) = (resource.kind.noun, resource.list_path());
        let Some(member) = resource.kind.list() else {
            let state = self.get(path, &As::Admin, noun).await?;
            return Ok(ReadResource { state: Some(state), etag: None });
        };
        let state = self.find_raw(path, noun, member, |row| resource.is(row)).await?;
        Ok(ReadResource { state, etag: None })
    }

    /// Writes what a thing is to be, reads it back and compares.
    pub async fn write_resource(
        &self,
        resource: &Resource,
        read: &ReadResource,
        body: &Map<String, Value>,
    ) -> Result<Value> {
        match resource.kind.noun {
            "user" => Console::Guard.check_user(&resource.name())?,
            "rule" => self.check_reconcile_for_console(&Reconcile::All, Console::Guard).await?,
            _ => {}
        }
        let headers = match &read.etag {
            Some(etag) => self.guard(false, Some(etag)).await?,
            None => HeaderMap::new(),
        };
        let (noun, id) = (resource.kind.noun, resource.name());
        let sent = Value::Object(body.clone());
        let path = resource.path();
        let refused = match self.call(Method::PUT, &path, &As::Admin, headers, Some(&sent)).await {
            Err(e) if e.code() == code::REVISION_MISMATCH => true,
            written => written.map(|_| false)?,
        };
        let now = self.read_resource(resource).await?.state;
        let now = now.ok_or_else(|| Error::missing(noun, &id, None))?;
        let mut visible = body.clone();
        for unseen in ["allProviders", "keepSecret", "secretSha256"] {
            visible.remove(unseen);
        }
        match compare(noun, &id, &Value::Object(visible), &now) {
            // A repetition after a lost answer meets its own trace.
            Ok(()) => Ok(now),
            Err(_) if refused => Err(Error::Changed { noun, id }),
            Err(e) => Err(e),
        }
    }
}
