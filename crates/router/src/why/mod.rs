//! Which decision the router would take about a request, and why.
//!
//! [`crate::Router::why`] asks this router's own database, [`Snapshot::why`] what can be seen of a router
//! elsewhere. Both walk the same way as a request, through the very functions that decide about
//! one; what differs is where they look the facts up. Nothing is sent, reserved or written down.

mod chain;
mod embedded;
mod parts;
mod request;
mod reserves;
mod snapshot;
mod words;

use http::Method;
use jiff::Timestamp;

use self::chain::Chain;
pub use self::request::{BadSketch, Request, RouteChoice, Sketch};
pub use self::reserves::reserves;
pub use self::snapshot::{Identified, Proof, Snapshot};
use super::account::{self, Account, Claim};
use super::decision::{self, Ask, Check, Config, Demand, KeyFacts, Outcome, Selection, Standing};
use super::manifest::{Manifest, Manifests};
use super::refusal::Refusal;
use super::{auth, exchange, forward, route};
use clawctl_wire::fusion::FusionConfig;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::Policy;
use clawctl_wire::why::Explanation;

/// As whom a request would come.
#[derive(Debug, Clone, Copy)]
pub enum Asker<'a> {
    /// The text of a key.
    Key(&'a clawctl_secret::Secret),
    /// The holder of the key with this id.
    KeyId(&'a str),
    /// Some key of this policy.
    Policy(&'a str),
}

/// A request that nobody makes.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    pub asker: Asker<'a>,
    pub request: &'a Request,
    /// What the request says of its session.
    pub session: Option<&'a str>,
}

/// Something that is known, or why it is not.
enum Seen<T> {
    Known(T),
    Unseen(String),
}

/// Whose request it is.
enum Who<'a> {
    /// What was given is no key.
    NoKey,
    UnknownKey,
    Key {
        id: &'a str,
        proof: Proof,
        facts: KeyFacts,
    },
    SomeKey,
}

/// What a decision rests on.
struct Facts<'a> {
    now: Timestamp,
    who: Who<'a>,
    policy: Option<&'a Policy>,
    /// Whom a principal-scoped budget counts; unknown where no key was named.
    principal: Option<&'a str>,
    manifests: &'a Manifests,
    config: &'a Config<'a>,
    sight: &'a dyn Sight,
}

/// What is known of the model that stands for several others.
struct Fusion {
    config: FusionConfig,
    /// Whether the requests of these are worded as here, so that they are of the same length.
    is_worded_here: bool,
}

/// What the requests that one of a client's is made of have set aside so far.
struct Held {
    of_others: Vec<(Account, Micros)>,
    /// Whether that is exactly what is set aside there.
    is_exact: bool,
}

/// Where the rest is looked up, when it turns out which it is.
trait Sight {
    /// Whether the connection to a provider is switched on, and its budget.
    fn connection(&self, manifest: &Manifest) -> (bool, Option<Micros>);

    /// Whether there is something to authenticate with at the provider; and what that is.
    fn upstream(
        &self,
        selection: &Selection<'_>,
        policy: &Policy,
        principal: &str,
    ) -> Result<Seen<String>, Refusal>;

    /// What is spent and reserved of a budget.
    fn taken(&self, account: &Account) -> Seen<Micros>;

    fn fusion(&self) -> Seen<Fusion>;

    /// Whether it is a router of another make, whose versions differ in what they refuse.
    fn is_of_another_make(&self) -> bool;
}

/// Walks the way of a request, and notes what is met.
fn explain(facts: &Facts<'_>, request: &Request) -> Explanation {
    let mut chain = Chain::new(facts, request);
    let refusal = walk(facts, request, &mut chain).err();
    chain.end(refusal)
}

fn walk(facts: &Facts<'_>, request: &Request, chain: &mut Chain) -> Result<(), Refusal> {
    let (path, query) = request.split_path();
    let path = route::canonical(path);
    let found = route::forwarded(&request.method, &path).ok_or_else(Refusal::no_route);
    let known =
        found.and_then(|route| decision::provider_of(facts.manifests, route).map(|_| route));
    let route = chain.check(Check::Route, known, || words::route(request))?;
    check_key(facts, chain)?;
    let body = chain
        .check(Check::Length, exchange::checked_length(&request.body), || words::length(request))?;
    let Some(policy) = facts.policy else {
        return Err(Refusal::internal("a key without a policy passed"));
    };
    let ask = Ask { route, method: &request.method, query, body };
    match decision::select(facts.manifests, facts.config, &ask, &forward::adapt) {
        Ok(selection) => {
            chain.selected(&selection);
            chain.pass(Check::Request, words::selection(&selection));
            admit(facts, policy, &selection, &mut Held::alone(), chain)
        }
        Err(refusal) if decision::is_several(&refusal) => {
            parts::walk(facts, policy, request, &ask, chain)
        }
        Err(refusal) => chain.quietly(Check::Request, Err(refusal)),
    }
}

/// Whether the key may be used at all.
fn check_key(facts: &Facts<'_>, chain: &mut Chain) -> Result<(), Refusal> {
    match &facts.who {
        Who::NoKey => chain.check(Check::Key, Err(auth::no_key()), String::new),
        Who::UnknownKey => chain.check(Check::Key, Err(auth::unknown_key()), String::new),
        Who::SomeKey => {
            chain.skip(Check::Key, "no key was named: any that works, of this policy".to_owned());
            let enabled = facts.policy.is_none_or(|policy| policy.enabled);
            let policy = decision::PolicyFacts { enabled, is_the_keys: true };
            let some = KeyFacts { enabled: true, expires_at: None, policy: Some(policy) };
            let told = |check| (check == Check::PolicyEnabled).then(|| words::key(check, facts));
            chain.walk(told, |note| decision::check_key(&some, facts.now, note))
        }
        Who::Key { id, proof, facts: key } => {
            chain.pass(Check::Key, format!("there is a key `{id}`"));
            match proof {
                Proof::Given => chain.pass(Check::Secret, "the secret is the right one".to_owned()),
                Proof::Wrong => {
                    chain.check(Check::Secret, Err(auth::wrong_secret()), String::new)?;
                }
                Proof::Assumed => {
                    chain
                        .skip(Check::Secret, "taken for granted: only the id was given".to_owned());
                }
            }
            let told = |check| Some(words::key(check, facts));
            chain.walk(told, |note| decision::check_key(key, facts.now, note))
        }
    }
}

/// Whether the policy may have it, and whether its budgets have room.
fn admit(
    facts: &Facts<'_>,
    policy: &Policy,
    selection: &Selection<'_>,
    held: &mut Held,
    chain: &mut Chain,
) -> Result<(), Refusal> {
    let principal = facts.principal.unwrap_or_default();
    let (connection_enabled, provider_budget) = facts.sight.connection(selection.manifest);
    let standing = Standing { policy, principal, connection_enabled, provider_budget };
    let mut found = Ok(Seen::Known(String::new()));
    let upstream = || {
        found = facts.sight.upstream(selection, policy, principal);
        found.as_ref().map(drop).map_err(Refusal::clone)
    };
    let mut steps = Vec::new();
    let admitted = decision::admit(selection, &standing, upstream, &mut |step| steps.push(step));
    let is_open = selection.is_of_open_cost() && facts.sight.is_of_another_make();
    for step in steps {
        match (step.outcome, &admitted) {
            (Outcome::Refused, Err(refusal)) if is_open && step.check == Check::Price => {
                chain.unseen(step.check, words::of_another_make(refusal));
                return Ok(());
            }
            (Outcome::Refused, Err(refusal)) => chain.refuse(step.check, refusal),
            _ => match (step.check, &found) {
                (Check::Upstream, Ok(Seen::Unseen(why))) => chain.unseen(step.check, why.clone()),
                (Check::Upstream, Ok(Seen::Known(how))) => chain.pass(step.check, how.clone()),
                _ => chain.note(step, words::admitted(step, &standing, selection)),
            },
        }
    }
    let ((), demand) = admitted?;
    let unpriceable = standing.policy.request_cost_micros.is_none()
        && selection
            .model
            .as_ref()
            .is_some_and(|model| model.pricing.is_some() && model.token_pricing().is_none());
    if unpriceable {
        // Its price is not for tokens, and what is counted instead is not seen from here.
        for claim in &demand.claims {
            let taken = match taken(facts, claim, held) {
                Seen::Known(taken) => Some(taken),
                Seen::Unseen(_) => None,
            };
            chain.budget(claim, taken);
            chain.unseen(ledger_of(claim), words::NOT_TOKENS.to_owned());
        }
        return Ok(());
    }
    let cost = demand.estimate.micros;
    chain.costs(&demand);
    for claim in &demand.claims {
        let check = ledger_of(claim);
        match taken(facts, claim, held) {
            Seen::Unseen(why) => {
                chain.budget(claim, None);
                chain.unseen(check, why);
            }
            Seen::Known(taken) if !held.is_exact => {
                chain.budget(claim, Some(taken));
                chain.unknown(check, words::room(claim, taken, cost));
            }
            Seen::Known(taken) => {
                chain.budget(claim, Some(taken));
                if account::fits(claim.limit, taken, cost) {
                    chain.pass(check, words::room(claim, taken, cost));
                    continue;
                }
                let refusal = decision::no_room(claim, taken, cost);
                // A client is not told what a provider's budget is, but an administrator is.
                let detail = match claim.account {
                    Account::Policy { .. } => refusal.message.to_string(),
                    Account::Provider { .. } => words::room(claim, taken, cost),
                };
                chain.refuse_with(check, detail);
                return Err(refusal);
            }
        }
    }
    held.add(&demand);
    Ok(())
}

fn ledger_of(claim: &Claim) -> Check {
    match claim.account {
        Account::Policy { .. } => Check::PolicyLedger,
        Account::Provider { .. } => Check::ProviderLedger,
    }
}

fn taken(facts: &Facts<'_>, claim: &Claim, held: &Held) -> Seen<Micros> {
    match &claim.account {
        Account::Policy { principal: Some(_), .. } if facts.principal.is_none() => {
            Seen::Unseen("each principal has a budget of its own, and no key was named".to_owned())
        }
        account => match facts.sight.taken(account) {
            Seen::Known(taken) => Seen::Known(taken.saturating_add(held.of(account))),
            unseen @ Seen::Unseen(_) => unseen,
        },
    }
}

impl Held {
    /// For a request that is not part of another.
    fn alone() -> Self {
        Self { of_others: Vec::new(), is_exact: true }
    }

    fn of(&self, account: &Account) -> Micros {
        let own = self.of_others.iter().filter(|(holder, _)| holder == account);
        own.fold(Micros::ZERO, |sum, (_, micros)| sum.saturating_add(*micros))
    }

    fn add(&mut self, demand: &Demand) {
        let micros = demand.estimate.micros;
        let claims = demand.claims.iter();
        self.of_others.extend(claims.map(|claim| (claim.account.clone(), micros)));
    }
}

impl Request {
    /// The path, and what stands behind the question mark.
    fn split_path(&self) -> (&str, Option<&str>) {
        match self.path.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (&self.path, None),
        }
    }
}

/// Whether a text is a method that requests are made with.
pub fn method(word: &str) -> Option<Method> {
    let upper = word.to_ascii_uppercase();
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"].contains(&upper.as_str());
    known.then(|| upper.parse().ok()).flatten()
}
