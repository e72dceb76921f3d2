//! The parameters of a query.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::exchange::Exchange;
use crate::refusal::Refusal;

/// The longest name that is looked for.
const VALUE_CHARS_MAX: usize = 512;

/// The parameters of a query. None is ignored: one that means nothing would else be taken to have
/// filtered something.
pub(super) struct Params<'a> {
    given: BTreeMap<Cow<'a, str>, Cow<'a, str>>,
    /// What a mistake is refused with.
    code: &'static str,
}

impl<'a> Params<'a> {
    pub(super) fn of(exchange: &Exchange<'a>, code: &'static str) -> Result<Self, Refusal> {
        let query = exchange.request.uri().query().unwrap_or("");
        let mut params = Self { given: BTreeMap::new(), code };
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            if params.given.contains_key(&name) {
                return Err(params.refused(&name, "may be given once"));
            }
            params.given.insert(name, value);
        }
        Ok(params)
    }

    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        self.given.remove(name).map(Cow::into_owned)
    }

    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let value = self.take(name);
        match value.as_ref().map(|value| value.chars().count()) {
            Some(chars) if !(1..=VALUE_CHARS_MAX).contains(&chars) => {
                Err(self.refused(name, &format!("takes 1 to {VALUE_CHARS_MAX} characters")))
            }
            _ => Ok(value),
        }
    }

    pub(super) fn number<N: std::str::FromStr>(
        &mut self,
        name: &str,
    ) -> Result<Option<N>, Refusal> {
        let value = self.take(name).map(|value| value.parse());
        value.transpose().map_err(|_| self.refused(name, "takes a whole number"))
    }

    /// After all that means something was taken.
    pub(super) fn end(mut self) -> Result<(), Refusal> {
        match self.given.pop_first() {
            Some((name, _)) => Err(self.refused(&name, "means nothing here")),
            None => Ok(()),
        }
    }

    pub(super) fn refused(&self, name: &str, why: &str) -> Refusal {
        let name: String = name.chars().take(VALUE_CHARS_MAX).collect();
        Refusal::bad(self.code, format!("`{}` {why}", name.escape_debug()))
    }
}
