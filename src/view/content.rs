//! How a retained request looks.

use std::io;

use jiff::Timestamp;

use super::{Cell, Machine, Page, View};
use clawctl_wire::content::RetainedRequest;

/// A request that was kept, with its prompt in clear.
pub struct Content {
    pub request: RetainedRequest,
    /// Nothing but the body?
    pub body_only: bool,
}

impl View for Content {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let request = &self.request;
        if !self.body_only {
            page.heading(&format!("Request {}", request.request_id))?;
            page.fields(vec![
                ("content", Cell::new(&request.content_ref)),
                ("made at", time(Some(request.occurred_at_ms))),
                ("kept until", time(request.expires_at_ms)),
                ("tenant", Cell::new(&request.tenant_id)),
                ("policy", Cell::new(&request.policy_id)),
                ("key", Cell::optional(request.credential_id.as_ref())),
                ("principal", Cell::optional(request.principal_id.as_ref())),
                ("provider", Cell::new(&request.provider)),
                ("capability", Cell::new(&request.capability)),
                ("model", Cell::optional(request.model.as_ref())),
            ])?;
            page.blank()?;
        }
        let body = serde_json::to_string_pretty(&request.body)?;
        body.lines().try_for_each(|line| page.line(line))
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        if self.body_only {
            return machine.one(&self.request.body);
        }
        machine.one(&self.request)
    }
}

fn time(ms: Option<i64>) -> Cell {
    let time = ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    Cell::optional(time.map(|time| format!("{time:.0}")))
}
