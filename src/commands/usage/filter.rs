//! Which events are meant: flags that every command on events shares.

use clap::Args;
use clap::builder::PossibleValuesParser;
use jiff::Timestamp;

use super::moment;
use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::report::{Dimension, buckets};
use clawctl_wire::id::check_id;
use clawctl_wire::usage_event::EventStatus;
use clawctl_wire::usage_query::UsageFilter;

/// What an event has to say.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Which events")]
pub(super) struct Which {
    /// Only requests under this policy
    #[arg(long, value_name = "ID", add = complete::policies())]
    policy: Option<String>,

    /// Only requests with this key
    #[arg(long, value_name = "ID", add = complete::keys())]
    key: Option<String>,

    /// Only requests of this principal
    #[arg(long, value_name = "EMAIL", add = complete::principals())]
    principal: Option<String>,

    /// Only requests under policies of this tenant
    #[arg(long, value_name = "NAME", add = complete::tenants())]
    tenant: Option<String>,

    /// Only requests to this provider
    #[arg(long, value_name = "ID", add = complete::providers())]
    provider: Option<String>,

    /// Only requests to this model
    #[arg(long, value_name = "ID", add = complete::models())]
    model: Option<String>,

    /// Only requests of this project
    #[arg(long, value_name = "NAME")]
    project: Option<String>,

    /// Only requests of this session
    #[arg(long, value_name = "ID")]
    session: Option<String>,

    /// Only requests of this agent
    #[arg(long, value_name = "ID")]
    agent: Option<String>,

    /// Only requests of this client program
    #[arg(long, value_name = "NAME")]
    client: Option<String>,

    /// Only requests that ended so
    #[arg(long, value_name = "STATUS")]
    #[arg(value_parser = PossibleValuesParser::new(EventStatus::WORDS))]
    status: Option<String>,

    /// Only requests with this request id
    #[arg(long, value_name = "ID")]
    request: Option<String>,
}

/// When it has to have happened.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Which events")]
pub(super) struct When {
    /// From here on: `7d`, `24h`, `today`, `month`, `2026-11-01` or `2026-11-01T12:00Z`
    #[arg(long, value_name = "TIME")]
    since: Option<String>,

    /// Before this, in the same spellings
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
}

impl Which {
    pub(super) fn filter(&self) -> Result<UsageFilter> {
        for id in [&self.policy, &self.key].into_iter().flatten() {
            check_id(id)?;
        }
        let flags = [
            ("--principal", &self.principal),
            ("--tenant", &self.tenant),
            ("--provider", &self.provider),
            ("--model", &self.model),
            ("--project", &self.project),
            ("--session", &self.session),
            ("--agent", &self.agent),
            ("--client", &self.client),
            ("--request", &self.request),
        ];
        // To a router, an empty value is none at all, and everything would be counted.
        if let Some((flag, _)) = flags.into_iter().find(|(_, value)| value.as_deref() == Some("")) {
            return Err(Error::usage(format!("`{flag}` is empty"))
                .hint("leave it out to have every event, or give a value"));
        }
        Ok(UsageFilter {
            policy: self.policy.clone(),
            credential: self.key.clone(),
            principal: self.principal.clone(),
            tenant: self.tenant.clone(),
            provider: self.provider.clone(),
            model: self.model.clone(),
            project: self.project.clone(),
            session: self.session.clone(),
            agent: self.agent.clone(),
            client: self.client.clone(),
            status: self.status.clone(),
            request: self.request.clone(),
            ..UsageFilter::default()
        })
    }
}

impl When {
    /// Adds the window to a filter.
    pub(super) fn narrow(&self, filter: UsageFilter, ctx: &Ctx) -> Result<UsageFilter> {
        let (since, until) = self.read(ctx.now())?;
        Ok(UsageFilter { since, until, ..filter })
    }

    /// The same; what was typed as a length, such as `7d`, begins and ends with a whole unit.
    pub(super) fn narrow_to(
        &self,
        unit: Option<Dimension>,
        filter: UsageFilter,
        ctx: &Ctx,
    ) -> Result<UsageFilter> {
        let (since, until) = self.read(ctx.now())?;
        let unit = match unit {
            // Seven days by month are seven days.
            Some(Dimension::Month) => Dimension::Day,
            Some(unit) => unit,
            None => return Ok(UsageFilter { since, until, ..filter }),
        };
        let whole = |typed: &Option<String>, ms: Option<i64>| {
            let is_length = typed.as_deref().is_some_and(moment::is_length);
            let at = ms.filter(|_| is_length).and_then(|ms| Timestamp::from_millisecond(ms).ok());
            at.map(|at| buckets::floor(unit, at).as_millisecond()).or(ms)
        };
        let since = whole(&self.since, since);
        // A window within one unit stays as it is.
        let until = whole(&self.until, until)
            .filter(|end| since.is_none_or(|since| since < *end))
            .or(until);
        Ok(UsageFilter { since, until, ..filter })
    }

    /// Milliseconds since 1970.
    fn read(&self, now: Timestamp) -> Result<(Option<i64>, Option<i64>)> {
        let read = |text: &Option<String>| -> Result<Option<i64>> {
            let at = text.as_deref().map(|text| moment::parse(text, now)).transpose()?;
            Ok(at.map(Timestamp::as_millisecond))
        };
        let (since, until) = (read(&self.since)?, read(&self.until)?);
        if since.is_some_and(|since| since > now.as_millisecond()) {
            return Err(Error::usage("`--since` is in the future")
                .hint(format!("times are UTC, where it is {now:.0} now")));
        }
        if let (Some(since), Some(until)) = (since, until)
            && since >= until
        {
            return Err(Error::usage("`--until` is not after `--since`")
                .hint("the window begins with `--since` and ends before `--until`"));
        }
        Ok((since, until))
    }
}
