//! Provider connections.

use http::{HeaderMap, Method};

use super::edit::{Change, Planned, compare};
use super::error::{Error, Result};
use super::rows::List;
use super::{As, Client};
use clawctl_wire::connection::Connection;
use clawctl_wire::error::code;
use clawctl_wire::money::Micros;

const NOUN: &str = "provider";
const LIST: List = List::new("/v1/admin/connections", "provider list", &["connections"]);

/// What is to become of a provider's connection. Whatever is not named stays.
#[derive(Debug, Clone, Default)]
pub struct ConnectionEdit {
    pub enabled: Option<bool>,
    pub label: Change<String>,
    pub budget: Change<Micros>,
}

impl ConnectionEdit {
    pub fn apply(&self, connection: &Connection) -> Connection {
        let Self { enabled, label, budget } = self;
        let mut after = connection.clone();
        if let Some(yes) = enabled {
            after.enabled = *yes;
        }
        label.apply(&mut after.label);
        match budget {
            Change::Keep => {}
            Change::Clear => after.monthly_budget_micros = Some(None),
            Change::Set(amount) => after.monthly_budget_micros = Some(Some(*amount)),
        }
        after
    }
}

impl Client {
    pub async fn connections(&self) -> Result<Vec<Connection>> {
        self.list(&LIST).await
    }

    pub async fn connection(&self, id: &str) -> Result<Connection> {
        let is_it = |connection: &Connection| connection.provider_id == id;
        let found = self.find(&LIST, NOUN, id, is_it).await?;
        found.ok_or_else(|| Error::missing(NOUN, id, None))
    }

    /// Thinks an edit through without sending it.
    pub async fn plan_connection_edit(
        &self,
        id: &str,
        edit: &ConnectionEdit,
    ) -> Result<Planned<Connection>> {
        let before = self.connection(id).await?;
        let after = edit.apply(&before);
        Ok(Planned { before: Some(before), after, etag: None })
    }

    /// Writes what was planned, reads it back and compares.
    pub async fn write_connection(&self, planned: &Planned<Connection>) -> Result<Connection> {
        let id = planned.after.provider_id.as_str();
        if let Some(before) = &planned.before {
            // There is no precondition for connections, so the state is read once more instead.
            let now = self.connection(id).await?;
            if now.put_body() != before.put_body() {
                return Err(Error::Changed { noun: NOUN, id: id.to_owned() });
            }
        }
        let body = planned.after.put_body();
        let path = format!("/v1/admin/connections/{id}");
        match self.call(Method::PUT, &path, &As::Admin, HeaderMap::new(), Some(&body)).await {
            Err(e) if e.code() == code::UNKNOWN_PROVIDER => Err(Error::missing(NOUN, id, Some(&e))),
            Err(e) => Err(e),
            Ok(_) => {
                let read = self.connection(id).await?;
                compare(NOUN, id, &body, &read.put_body())?;
                Ok(read)
            }
        }
    }
}
