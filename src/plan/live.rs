//! What a router has, read in bulk and looked up by id.

use std::collections::{BTreeMap, HashMap};

use crate::resource::Offers;
use clawctl_wire::binding::Binding;
use clawctl_wire::connection::Connection;
use clawctl_wire::credential::Credential;
use clawctl_wire::fusion::FusionConfig;
use clawctl_wire::grant::Grant;
use clawctl_wire::lineage::Lineage;
use clawctl_wire::policy::Policy;
use clawctl_wire::rule::Rule;
use clawctl_wire::user::AccessUser;

/// The state of a router, as far as a manifest can speak of it.
#[derive(Debug, Default)]
pub struct Live {
    pub policies: BTreeMap<String, Policy>,
    /// Those that were asked for, of all that there are.
    pub keys: BTreeMap<String, Credential>,
    /// How many enabled keys there are under each policy, whether they were asked for or not.
    pub enabled_keys: HashMap<String, usize>,
    /// In the order of the router.
    pub providers: Vec<Connection>,
    pub grants: BTreeMap<String, Grant>,
    pub users: BTreeMap<String, AccessUser>,
    pub bindings: Vec<Binding>,
    pub rules: BTreeMap<String, Rule>,
    /// `None` where the router does not have it, or it was not asked for.
    pub fusion: Option<FusionConfig>,
    /// Hashes of the secrets of these keys, by the id, where they were asked for and told.
    pub hashes: Option<HashMap<String, String>>,
    pub offers: Offers,
    /// Sections of a manifest that this router has no routes for, as one that is older than they.
    pub lacks: Vec<&'static str>,
}

impl Live {
    /// Enabled keys that took the place of others, by the id of the first, as their ids tell.
    pub(super) fn successors(&self) -> HashMap<&str, Vec<&Credential>> {
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for (id, key) in self.keys.iter().filter(|(_, key)| key.enabled) {
            let Lineage { base, since } = Lineage::of(id);
            if since.is_some() {
                found.entry(base).or_default().push(key);
            }
        }
        found
    }

    /// Counts a key, and keeps it if it was asked for. There may be very many others.
    pub fn add_key(&mut self, key: Credential, is_asked_for: bool) {
        if key.enabled {
            match self.enabled_keys.get_mut(&key.policy_id) {
                Some(count) => *count += 1,
                None => drop(self.enabled_keys.insert(key.policy_id.clone(), 1)),
            }
        }
        if is_asked_for {
            self.keys.insert(key.credential_id.clone(), key);
        }
    }
}
