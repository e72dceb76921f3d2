//! The path of an endpoint with its parameters filled in.

use http::StatusCode;

use super::Selection;
use super::select::Config;
use crate::manifest::template;
use crate::refusal::Refusal;
use clawctl_wire::error::code;
use clawctl_wire::percent;
use clawctl_wire::provider::Endpoint;

/// What a parameter may be, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// One segment, without a slash.
    Segment,
    /// One segment, in which a slash is written as an escape.
    Opaque,
    /// Segments with slashes between them.
    Relative,
}

impl Style {
    fn of(endpoint: &Endpoint, param: &str) -> Self {
        match endpoint.path_param_styles.get(param).map(String::as_str) {
            Some("opaque_segment") => Self::Opaque,
            Some("relative_path") => Self::Relative,
            _ => Self::Segment,
        }
    }

    /// Whether a value stays where it is put. Clients and servers resolve dots even where they are
    /// escaped, so no style takes a segment that consists of them.
    fn takes(self, value: &str) -> bool {
        let plain = |segment: &str| !matches!(segment, "" | "." | "..");
        let control = value.chars().any(char::is_control);
        !control
            && match self {
                Self::Segment => plain(value) && !value.contains(['/', '\\']),
                Self::Opaque => {
                    value.split(['/', '\\']).all(|part| !matches!(part, "." | ".."))
                        && !value.is_empty()
                }
                Self::Relative => value.split('/').all(plain) && !value.contains('\\'),
            }
    }

    fn write(self, out: &mut String, value: &str) {
        if self == Self::Relative {
            for (index, segment) in value.split('/').enumerate() {
                if index > 0 {
                    out.push('/');
                }
                percent::encode(out, segment);
            }
        } else {
            percent::encode(out, value);
        }
    }
}

/// Checks the parameters that a path needs.
pub(super) fn check(selection: &Selection<'_>) -> Result<(), Refusal> {
    for name in &selection.endpoint.path_params {
        let Some(value) = param(selection, name) else {
            let message = format!("the path needs `{name}`");
            return Err(Refusal::bad(code::MISSING_PATH_PARAM, message));
        };
        if !Style::of(selection.endpoint, name).takes(value) {
            let message = format!("`{name}` cannot stand in this path");
            return Err(Refusal::bad(code::INVALID_PATH_PARAM, message));
        }
    }
    Ok(())
}

/// The path of a selection's endpoint, ready to be put behind the provider's address. What is not
/// one of its parameters is taken from the provider's configuration.
pub(crate) fn fill_path(selection: &Selection<'_>, config: &Config<'_>) -> Result<String, Refusal> {
    check(selection)?;
    let endpoint = selection.endpoint;
    let value = |name: &str| {
        let mut written = String::new();
        if endpoint.path_params.iter().any(|known| known == name) {
            Style::of(endpoint, name).write(&mut written, param(selection, name)?);
        } else {
            let configured = template::configured(&selection.manifest.provider, name, config)?;
            Style::Relative.takes(&configured).then_some(())?;
            Style::Relative.write(&mut written, &configured);
        }
        Some(written)
    };
    let filled = template::fill(&endpoint.path, value);
    filled.map(std::borrow::Cow::into_owned).ok_or_else(|| {
        let message = "a part of this provider's address is not configured";
        let status = StatusCode::SERVICE_UNAVAILABLE;
        Refusal::new(status, code::PROVIDER_NOT_CONFIGURED, message)
    })
}

fn param<'s>(selection: &'s Selection<'_>, name: &str) -> Option<&'s str> {
    let found = selection.path_params.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests;
