//! The way of every write: read, change what is named, send everything, read back, compare.

use std::future::Future;

use http::{HeaderMap, HeaderValue, Method, header};

use super::console::Console;
use super::edit::{Planned, check_unmoved, compare};
use super::error::{Error, Result};
use super::rows::{List, Pages, Row, Rows};
use super::{As, Client, condition};
use crate::resource::{Offers, Resource};
use clawctl_wire::binding::Binding;
use clawctl_wire::connection::Connection;
use clawctl_wire::credential::Credential;
use clawctl_wire::error::code;
use clawctl_wire::fusion::FusionConfig;
use clawctl_wire::health::Extension;
use clawctl_wire::policy::Policy;
use clawctl_wire::rule::Rule;
use clawctl_wire::user::AccessUser;

/// What the client looks at beside the description of a resource.
pub trait Kept: Resource + Row {
    /// Refuses what must not be written, whatever is there.
    fn admit(_id: &Self::Id, _console: Console) -> Result<()> {
        Ok(())
    }

    /// Refuses what must not become of it.
    fn allow(
        &self,
        _client: &Client,
        _console: Console,
    ) -> impl Future<Output = Result<()>> + Send {
        std::future::ready(Ok(()))
    }
}

impl Kept for Policy {}
impl Kept for Connection {}
impl Kept for Credential {}
impl Kept for Binding {}
impl Kept for FusionConfig {}

impl Kept for AccessUser {
    fn admit(email: &str, console: Console) -> Result<()> {
        console.check_user(email)
    }
}

impl Kept for Rule {
    async fn allow(&self, client: &Client, console: Console) -> Result<()> {
        client.check_rule_for_console(self, console).await
    }
}

/// The list of a resource.
trait Listed: Resource {
    const LIST: &'static List = &List {
        path: Self::KIND.path,
        name: Self::KIND.list_name,
        at: match Self::KIND.list() {
            Some(at) => at,
            None => &[],
        },
        pages: match Self::KIND.has_pages {
            true => Pages::InProcess,
            false => Pages::None,
        },
    };
}

impl<R: Resource> Listed for R {}

/// What becomes of an edit of something that the router does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfMissing {
    Fail,
    Create,
}

impl Client {
    /// What the router adds to the contract.
    pub async fn offers(&self) -> Result<Offers> {
        Ok(Offers::of(self.health().await?))
    }

    /// All things of a kind.
    pub async fn all<R: Kept>(&self) -> Result<Vec<R>> {
        self.list(R::LIST).await
    }

    /// The same, one after the other.
    pub async fn rows_of<R: Kept>(&self) -> Result<Rows<'_, R>> {
        self.rows(R::LIST).await
    }

    /// One thing. A router that cannot read one is asked for all.
    pub async fn one<R: Kept>(&self, id: &R::Id) -> Result<R> {
        Ok(self.look_up(id).await?.0)
    }

    /// The same, or nothing where the router has none.
    pub async fn find_one<R: Kept>(&self, id: &R::Id) -> Result<Option<R>> {
        match self.one(id).await {
            Err(Error::Missing { .. }) => Ok(None),
            found => found.map(Some),
        }
    }

    pub(super) async fn look_up<R: Kept>(&self, id: &R::Id) -> Result<(R, Option<HeaderValue>)> {
        let (noun, place) = (R::KIND.noun, R::place(id));
        let missing = |said: Option<&Error>| Error::missing(noun, &id.to_string(), said);
        if R::KIND.list().is_none() {
            let only = self.get(&place.path(), &As::Admin, R::KIND.list_name).await?;
            return Ok((only, None));
        }
        if !R::KIND.is_read_one || !self.has(Extension::ReadOne).await? {
            let found = self.find(R::LIST, noun, &place.name(), |it: &R| *it.id() == *id).await?;
            return found.map(|it| (it, None)).ok_or_else(|| missing(None));
        }
        match self.get_with_headers(&place.path(), &As::Admin, noun).await {
            Ok((it, headers)) => Ok((it, headers.get(header::ETAG).cloned())),
            Err(e) if Some(e.code()) == R::KIND.unknown => Err(missing(Some(&e))),
            Err(e) => Err(e),
        }
    }

    /// Thinks an edit of what is there through, without sending it.
    pub async fn plan_edit<R: Kept>(&self, id: &R::Id, edit: &R::Edit) -> Result<Planned<R>> {
        self.plan_put(id, edit, IfMissing::Fail, Console::Guard).await
    }

    /// The same for something that is perhaps created, or that locks somebody out.
    pub async fn plan_put<R: Kept>(
        &self,
        id: &R::Id,
        edit: &R::Edit,
        missing: IfMissing,
        console: Console,
    ) -> Result<Planned<R>> {
        R::admit(id, console)?;
        let (before, base, etag) = match (self.look_up::<R>(id).await, missing) {
            (Err(e @ Error::Missing { .. }), IfMissing::Create) => {
                (None, R::with_id(id).ok_or(e)?, None)
            }
            (found, _) => {
                let (there, etag) = found?;
                (Some(there.clone()), there, etag)
            }
        };
        let after = R::apply(edit, &base);
        after.check().map_err(Error::Fusion)?;
        after.allow(self, console).await?;
        Ok(Planned { before, after, etag })
    }

    /// Plans a thing that must not exist yet.
    pub async fn plan_new<R: Kept>(&self, new: R) -> Result<Planned<R>> {
        self.plan_new_with(new, Console::Guard).await
    }

    /// The same for something that locks somebody out.
    pub async fn plan_new_with<R: Kept>(&self, new: R, console: Console) -> Result<Planned<R>> {
        let id = new.id();
        if self.find_one::<R>(&id).await?.is_some() {
            return Err(Error::Exists { noun: R::KIND.noun, id: id.to_string() });
        }
        drop(id);
        new.allow(self, console).await?;
        Ok(Planned { before: None, after: new, etag: None })
    }

    /// Writes what was planned, reads it back and compares.
    pub async fn write<R: Kept>(&self, planned: &Planned<R>) -> Result<R> {
        let Planned { before, after, .. } = planned;
        after.check().map_err(Error::Fusion)?;
        let offers = if R::KIND.is_read_one { self.offers().await? } else { Offers::default() };
        let mut needs = after.needs().into_iter();
        if let Some((extension, flag)) = needs.find(|(extension, _)| !offers.has(*extension)) {
            return Err(Error::NeedsExtension { extension, flag: flag.to_owned() });
        }
        let (noun, id) = (R::KIND.noun, after.id());
        let name = id.to_string();
        let body = after.sent(offers);
        let headers = self.precondition(planned).await?;
        let path = R::place(&id).path();
        let written = self.call(Method::PUT, &path, &As::Admin, headers, Some(&body)).await;
        let moved = match written {
            Ok(_) => false,
            Err(e) if e.code() == code::REVISION_MISMATCH => true,
            Err(e) if Some(e.code()) == R::KIND.unknown => {
                return Err(Error::missing(noun, &name, Some(&e)));
            }
            Err(e) if e.code() == code::UNKNOWN_POLICY => {
                return Err(self.which_policy_is_missing(after.policies(), e).await);
            }
            Err(e) => return Err(e),
        };
        let changed = || match before {
            None => Error::Exists { noun, id: name.clone() },
            Some(_) => Error::Changed { noun, id: name.clone() },
        };
        let read = match self.one::<R>(&id).await {
            Err(_) if moved => return Err(changed()),
            read => read?,
        };
        match compare(noun, &name, &body, &read.sent(offers)) {
            // The write was carried out, its answer got lost, and the repetition met its own trace.
            Ok(()) => Ok(read),
            Err(_) if moved => Err(changed()),
            Err(e) => Err(e),
        }
    }

    /// The revision that was read, where there are revisions. Where a kind has none, the state is
    /// read once more instead.
    async fn precondition<R: Kept>(&self, planned: &Planned<R>) -> Result<HeaderMap> {
        let Planned { before, after, etag } = planned;
        if R::KIND.is_read_one {
            return self.guard(before.is_none(), etag.as_ref()).await;
        }
        let id = after.id();
        let now = self.find_one::<R>(&id).await?.map(|it| it.body());
        let before = before.as_ref().map(R::body);
        check_unmoved(R::KIND.noun, &id.to_string(), before, now)?;
        Ok(HeaderMap::new())
    }

    /// The precondition of a write, on a router that understands one.
    pub(super) async fn guard(
        &self,
        creates: bool,
        etag: Option<&HeaderValue>,
    ) -> Result<HeaderMap> {
        if !self.has(Extension::Revision).await? {
            return Ok(HeaderMap::new());
        }
        if creates {
            let any = HeaderValue::from_static("*");
            return Ok(condition(header::IF_NONE_MATCH, Some(&any)));
        }
        Ok(condition(header::IF_MATCH, etag))
    }

    /// A router says only that one of them does not exist.
    pub(super) async fn which_policy_is_missing(&self, ids: Vec<String>, said: Error) -> Error {
        if let [id] = ids.as_slice() {
            return Error::missing("policy", id, Some(&said));
        }
        let Ok(known) = self.policies().await else { return said };
        let missing = ids.iter().find(|id| !known.iter().any(|policy| policy.policy_id == **id));
        match missing {
            Some(id) => Error::missing("policy", id, Some(&said)),
            None => said,
        }
    }
}
