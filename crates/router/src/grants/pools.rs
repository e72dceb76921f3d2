//! All grants of one version of the database, by provider.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::OpenGrant;
use super::select::Candidate;
use super::states::Noted;
use crate::grant::record::{GrantRecord, Secrets};
use crate::grant::seal::{SealError, Sealer};
use crate::grant::state::State;
use crate::store::{Db, StoreError, grants};
use clawctl_wire::grant::GrantKind;
use clawctl_wire::policy::Policy;
use clawctl_wire::provider::Provider;

/// A keychain that was locked may be open by then.
const TRIED_AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(30);

pub(crate) struct Pools {
    by_provider: HashMap<String, Vec<Member>>,
}

/// One grant, with what is remembered about it.
pub(crate) struct Member {
    pub(crate) record: GrantRecord,
    revision: String,
    weight: f64,
    /// What was last written down of this revision, by whatever process.
    written: Option<State>,
    opened: Mutex<Opened>,
}

enum Opened {
    NotYet,
    Open(Arc<OpenGrant>),
    Failed { at: Timestamp, error: SealError },
}

impl Pools {
    pub(crate) fn read(db: &Db) -> Result<Self, StoreError> {
        let mut states = grants::states(db)?;
        let mut by_provider: HashMap<_, Vec<_>> = HashMap::new();
        for record in grants::all(db)? {
            let written = states.remove(&record.key);
            let member = Member::new(record, written);
            by_provider.entry(member.record.provider.clone()).or_default().push(member);
        }
        Ok(Self { by_provider })
    }

    pub(crate) fn of(&self, provider: &str) -> impl Iterator<Item = &Member> {
        self.by_provider.get(provider).into_iter().flatten()
    }

    /// Those that a policy may use: its own, and those of its tenant.
    pub(crate) fn visible(&self, provider: &str, policy: &Policy) -> impl Iterator<Item = &Member> {
        self.of(provider).filter(|member| member.record.is_visible_to(policy))
    }
}

impl Member {
    fn new(record: GrantRecord, written: Option<State>) -> Self {
        let revision = record.revision();
        Self {
            weight: record.facts.weight.as_f64().unwrap_or(1.0),
            written: written.filter(|state| state.revision == revision),
            opened: Mutex::new(Opened::NotYet),
            revision,
            record,
        }
    }

    pub(super) fn candidate<'m>(&'m self, noted: &'m Noted, now: Timestamp) -> Candidate<'m> {
        Candidate {
            key: &self.record.key,
            usable: self.record.is_usable(now) && !self.failed_lately(now),
            priority: self.record.facts.priority,
            weight: self.weight,
            state: self.state(noted),
        }
    }

    pub(super) fn state<'m>(&'m self, noted: &'m Noted) -> Option<&'m State> {
        noted.of(&self.record.key, &self.revision, self.written.as_ref())
    }

    pub(super) fn count_choice(&self, noted: &mut Noted, now: Timestamp) {
        noted.chosen(&self.record.key, &self.revision, self.written.as_ref(), now);
    }

    /// The grant with its secrets, opened once.
    pub(super) fn open(
        &self,
        sealer: &Sealer,
        provider: &Provider,
        now: Timestamp,
    ) -> Result<Arc<OpenGrant>, SealError> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Opened::Open(open) = &*opened {
            return Ok(Arc::clone(open));
        }
        match self.record.secrets(sealer) {
            Ok(secrets) => {
                let open = Arc::new(self.record.opened(secrets, provider));
                *opened = Opened::Open(Arc::clone(&open));
                Ok(open)
            }
            Err(error) => {
                *opened = Opened::Failed { at: now, error: error.clone() };
                Err(error)
            }
        }
    }

    fn failed_lately(&self, now: Timestamp) -> bool {
        match &*self.opened.lock().unwrap_or_else(PoisonError::into_inner) {
            Opened::Failed { at, .. } => now.duration_since(*at).abs() < TRIED_AGAIN_AFTER,
            _ => false,
        }
    }

    /// Why it could not be opened, if that was tried.
    pub(super) fn trouble(&self) -> Option<SealError> {
        match &*self.opened.lock().unwrap_or_else(PoisonError::into_inner) {
            Opened::Failed { error, .. } => Some(error.clone()),
            _ => None,
        }
    }
}

impl GrantRecord {
    /// Which of its secrets a request carries: an OAuth grant its token, any other its key.
    pub(crate) fn opened(&self, secrets: Secrets, provider: &Provider) -> OpenGrant {
        let Secrets { credential, access_token, bundle, .. } = secrets;
        let token_first = matches!(self.facts.kind, GrantKind::Oauth | GrantKind::Subscription);
        let is_token = access_token.is_some() && (token_first || credential.is_none());
        let can_renew = self.facts.refresh.is_some() || provider.auth.refresh.is_some();
        OpenGrant {
            updated_at: self.updated_at,
            token_type: is_token.then(|| self.facts.token_type.clone()),
            key: self.key.clone(),
            revision: self.revision(),
            account_id: self.facts.account_id.clone(),
            secret: if is_token { access_token } else { credential },
            bundle,
            expires_at: self.expires_at(),
            refreshable: is_token && self.facts.has_refresh_token && can_renew,
        }
    }
}
