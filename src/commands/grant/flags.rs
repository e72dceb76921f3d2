//! What can be said of a grant beside its secrets, wherever it can be said.

use std::collections::BTreeMap;

use clap::Args;
use serde_json::Number;
use url::Url;

use crate::client::{Change, GrantEdit};
use crate::commands::policy::flags::words;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use clawctl_wire::grant::{GrantKind, GrantRefresh, PRIORITY_MAX, WEIGHT_MAX, plain_number};

#[derive(Debug, Clone, Default, Args)]
pub(super) struct GrantFlags {
    /// What sort of secret it is: `api-key`, `bearer`, `oauth`
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,

    /// A label to know it by
    #[arg(long, value_name = "TEXT")]
    label: Option<String>,

    /// No label
    #[arg(long, conflicts_with = "label")]
    no_label: bool,

    /// Grants with the lowest number are used before all others: 0 to 1000000, else 100
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    priority: Option<u64>,

    /// Share of requests that it takes, where its policy chooses by weight; else 1
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    weight: Option<f64>,

    /// When its access token ends: `1h`, `2027-01-31T12:00:00Z`
    #[arg(long, value_name = "WHEN")]
    expires: Option<String>,

    /// Its access token does not end
    #[arg(long, conflicts_with = "expires")]
    no_expires: bool,

    /// Scope that its access token has; repeat it for more
    #[arg(long = "token-scope", value_name = "WORD", value_delimiter = ',')]
    token_scopes: Vec<String>,

    /// Word before its access token in a header; else `Bearer`
    #[arg(long, value_name = "WORD")]
    token_type: Option<String>,

    /// Account at the provider that it belongs to
    #[arg(long, value_name = "ID")]
    account: Option<String>,

    /// No account
    #[arg(long, conflicts_with = "account")]
    no_account: bool,

    /// Where its access token is renewed; the refresh token is sent there
    #[arg(long, value_name = "URL", help_heading = "Renewing an access token")]
    token_url: Option<Url>,

    /// Id of the OAuth client that it was given to
    #[arg(long, value_name = "ID", requires = "token_url")]
    #[arg(help_heading = "Renewing an access token")]
    client_id: Option<String>,

    /// Name of the router's setting that holds the client's id
    #[arg(long, value_name = "NAME", requires = "token_url", conflicts_with = "client_id")]
    #[arg(help_heading = "Renewing an access token")]
    client_id_config: Option<String>,

    /// Name of the router's setting that holds the client's secret
    #[arg(long, value_name = "NAME", requires = "token_url")]
    #[arg(help_heading = "Renewing an access token")]
    client_secret_config: Option<String>,

    /// Something else to send along that is no secret, such as `audience=api`; repeat it for more
    #[arg(long = "refresh-param", value_name = "NAME=TEXT", requires = "token_url")]
    #[arg(help_heading = "Renewing an access token")]
    refresh_params: Vec<String>,

    /// Nothing says where its access token is renewed
    #[arg(long, conflicts_with = "token_url", help_heading = "Renewing an access token")]
    no_refresh: bool,
}

/// What must not be written on a command line, where others can read it.
const SECRET_PARAMS: [&str; 5] =
    ["client_secret", "refresh_token", "assertion", "client_assertion", "password"];

impl GrantFlags {
    pub(super) fn kind(&self) -> Option<GrantKind> {
        self.kind.as_deref().map(kind)
    }

    pub(super) fn edit(&self, ctx: &Ctx) -> Result<GrantEdit> {
        if self.priority.is_some_and(|priority| priority > PRIORITY_MAX) {
            return Err(Error::usage(format!("`--priority` goes from 0 to {PRIORITY_MAX}")));
        }
        let weight = self.weight.map(weight).transpose()?;
        let label = self.label.as_deref().map(|text| words("--label", text)).transpose()?;
        let account = self.account.as_deref().map(|text| words("--account", text)).transpose()?;
        let ends = self.expires.as_deref();
        let ends = ends.map(|text| crate::commands::key::expiry::parse(text, ctx.now()));
        let scopes = &self.token_scopes;
        Ok(GrantEdit {
            kind: self.kind(),
            label: Change::of(label, self.no_label),
            token_type: self.token_type.clone(),
            expires_at: Change::of(ends.transpose()?.map(|end| end.to_string()), self.no_expires),
            scopes: (!scopes.is_empty()).then(|| scopes.clone()),
            account_id: Change::of(account, self.no_account),
            priority: self.priority,
            weight,
            refresh: Change::of(self.refresh()?, self.no_refresh),
            ..GrantEdit::default()
        })
    }

    fn refresh(&self) -> Result<Option<GrantRefresh>> {
        let Some(url) = &self.token_url else { return Ok(None) };
        let mut extra_params = BTreeMap::new();
        for text in &self.refresh_params {
            let Some((name, value)) = text.split_once('=').filter(|(name, _)| !name.is_empty())
            else {
                // What stands there is not repeated: it could be a secret.
                return Err(Error::usage("`--refresh-param` takes NAME=TEXT"));
            };
            if SECRET_PARAMS.contains(&name.to_lowercase().as_str()) {
                return Err(Error::usage(format!(
                    "`{name}` is a secret, and a command line can be read by others"
                ))
                .hint("name the router's setting that holds it with `--client-secret-config`"));
            }
            extra_params.insert(name.to_owned(), value.to_owned());
        }
        Ok(Some(GrantRefresh {
            token_url: url.as_str().to_owned(),
            client_id: self.client_id.clone(),
            client_id_config: self.client_id_config.clone(),
            client_secret_config: self.client_secret_config.clone(),
            extra_params,
        }))
    }
}

/// A share of requests, as a router writes it.
pub(super) fn weight(typed: f64) -> Result<Number> {
    let number = plain_number(typed).filter(|_| typed > 0.0 && typed <= WEIGHT_MAX);
    number
        .ok_or_else(|| Error::usage(format!("`--weight` is more than 0 and at most {WEIGHT_MAX}")))
}

/// A kind as it is typed; the wire has underscores. A router may know kinds that this does not.
fn kind(word: &str) -> GrantKind {
    GrantKind::from(word.trim().to_lowercase().replace('-', "_").as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_typed_with_dashes() {
        assert_eq!(kind("api-key"), GrantKind::ApiKey);
        assert_eq!(kind("API_KEY"), GrantKind::ApiKey);
        assert_eq!(kind("of-tomorrow"), GrantKind::Other("of_tomorrow".into()));
    }

    #[test]
    fn a_secret_is_not_taken_from_the_command_line() {
        let flags = |param: &str| GrantFlags {
            token_url: Some("https://x.example/token".parse().unwrap()),
            refresh_params: vec![param.to_owned()],
            ..GrantFlags::default()
        };
        let fine = flags("audience=api").refresh().unwrap().unwrap();
        assert_eq!(fine.extra_params["audience"], "api");
        for bad in ["client_secret=canary", "Password=canary", "canary"] {
            let error = flags(bad).refresh().unwrap_err();
            assert!(!error.message.contains("canary"), "{error}");
        }
    }
}
