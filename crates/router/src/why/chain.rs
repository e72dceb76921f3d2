//! The checks that were made, one after the other, and the explanation that they are.

use super::Facts;
use super::Who;
use super::request::Request;
use crate::account::{Account, Claim};
use crate::decision::{self, Check, Demand, Outcome, Selection};
use crate::refusal::Refusal;
use clawctl_wire::fusion::FusionStage;
use clawctl_wire::money::Micros;
use clawctl_wire::why::{BudgetView, CostAtMost, Explanation, Mark, Part, Step, Verdict};

/// An explanation under way.
pub(super) struct Chain {
    told: Explanation,
    /// What is set aside, if nothing refuses it.
    would_reserve: Micros,
}

impl Chain {
    pub(super) fn new(facts: &Facts<'_>, request: &Request) -> Self {
        let key_id = match &facts.who {
            Who::Key { id, .. } => Some((*id).to_owned()),
            _ => None,
        };
        let told = Explanation {
            verdict: Verdict::Passes,
            status: None,
            code: None,
            message: None,
            reserved_micros: Micros::ZERO,
            key_id,
            policy_id: facts.policy.map(|policy| policy.policy_id.clone()),
            principal: facts.principal.map(str::to_owned),
            method: request.method.to_string(),
            path: request.path.clone(),
            body_bytes: request.body.len() as u64,
            provider: None,
            endpoint: None,
            capability: None,
            model: None,
            upstream_model: None,
            estimate: None,
            budgets: Vec::new(),
            steps: Vec::new(),
            parts: Vec::new(),
            unseen: Vec::new(),
        };
        Self { told, would_reserve: Micros::ZERO }
    }

    fn push(&mut self, check: Check, mark: Mark, detail: String) {
        self.told.steps.push(Step { check: word(check).to_owned(), mark, detail });
    }

    pub(super) fn pass(&mut self, check: Check, detail: String) {
        self.push(check, Mark::Passed, detail);
    }

    pub(super) fn skip(&mut self, check: Check, detail: String) {
        self.push(check, Mark::Skipped, detail);
    }

    /// What a refusal says of itself; nothing is said where all went well.
    pub(super) fn quietly<T>(
        &mut self,
        check: Check,
        result: Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        if let Err(refusal) = &result {
            self.refuse(check, refusal);
        }
        result
    }

    pub(super) fn refuse(&mut self, check: Check, refusal: &Refusal) {
        self.refuse_with(check, refusal.message.to_string());
    }

    /// A refusal with more detail than the client is told.
    pub(super) fn refuse_with(&mut self, check: Check, detail: String) {
        self.push(check, Mark::Refused, detail);
    }

    pub(super) fn unseen(&mut self, check: Check, why: String) {
        self.told.unseen.push(why.clone());
        self.unknown(check, why);
    }

    /// A check that may go either way, for a reason that was told.
    pub(super) fn unknown(&mut self, check: Check, detail: String) {
        self.push(check, Mark::Unknown, detail);
    }

    /// Why no amount is sure.
    pub(super) fn unknown_amounts(&mut self, why: &str) {
        self.told.unseen.push(why.to_owned());
    }

    /// A step of the decision that was no refusal.
    pub(super) fn note(&mut self, step: decision::Step, detail: String) {
        let mark = if step.outcome == Outcome::Idle { Mark::Skipped } else { Mark::Passed };
        self.push(step.check, mark, detail);
    }

    /// One check and how it went.
    pub(super) fn check<T>(
        &mut self,
        check: Check,
        result: Result<T, Refusal>,
        detail: impl FnOnce() -> String,
    ) -> Result<T, Refusal> {
        match &result {
            Ok(_) => self.pass(check, detail()),
            Err(refusal) => self.refuse(check, refusal),
        }
        result
    }

    /// Checks that say themselves which they are. Those without words are not worth any.
    pub(super) fn walk(
        &mut self,
        told: impl Fn(Check) -> Option<String>,
        work: impl FnOnce(&mut dyn FnMut(decision::Step)) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let mut steps = Vec::new();
        let result = work(&mut |step| steps.push(step));
        for step in steps {
            match (&result, told(step.check)) {
                (Err(refusal), _) if step.outcome == Outcome::Refused => {
                    self.refuse(step.check, refusal);
                }
                (_, Some(detail)) => self.note(step, detail),
                (_, None) => {}
            }
        }
        result
    }

    /// It is known what was asked for.
    pub(super) fn selected(&mut self, selection: &Selection<'_>) {
        let told = &mut self.told;
        told.provider = Some(selection.manifest.provider.id.clone());
        told.endpoint = Some(selection.endpoint.id.clone());
        told.capability = Some(selection.capability.to_owned());
        let model = selection.model.as_deref();
        told.model = model.map(|model| model.id.clone());
        told.upstream_model = model.map(|model| model.upstream.clone());
    }

    pub(super) fn costs(&mut self, demand: &Demand) {
        let estimate = &demand.estimate;
        self.told.estimate = Some(CostAtMost {
            micros: estimate.micros,
            basis: estimate.basis.clone(),
            input_tokens: estimate.input_tokens,
            output_tokens: estimate.output_tokens,
        });
        if !demand.claims.is_empty() {
            self.would_reserve = estimate.micros;
        }
    }

    pub(super) fn budget(&mut self, claim: &Claim, taken: Option<Micros>) {
        let scope = match &claim.account {
            Account::Policy { principal: Some(_), .. } => "principal",
            Account::Policy { principal: None, .. } => "policy",
            Account::Provider { .. } => "provider",
        };
        self.told.budgets.push(BudgetView {
            scope: scope.to_owned(),
            limit_micros: claim.limit,
            taken_micros: taken,
            remaining_micros: taken.map(|taken| claim.limit.saturating_sub(taken)),
        });
    }

    /// What becomes of the whole is what becomes of this part.
    pub(super) fn goes_on_as(&mut self, part: &Explanation) {
        let told = &mut self.told;
        told.provider.clone_from(&part.provider);
        told.endpoint.clone_from(&part.endpoint);
        told.capability.clone_from(&part.capability);
        told.model.clone_from(&part.model);
        told.upstream_model.clone_from(&part.upstream_model);
        told.estimate.clone_from(&part.estimate);
        told.budgets.clone_from(&part.budgets);
        told.steps.extend_from_slice(&part.steps);
    }

    /// One of several requests that this one is.
    pub(super) fn part(
        &mut self,
        stage: FusionStage,
        index: Option<u64>,
        asked: &str,
        part: Explanation,
    ) {
        self.would_reserve = self.would_reserve.saturating_add(part.reserved_micros);
        self.told.unseen.extend(part.unseen);
        self.told.parts.push(Part {
            stage,
            index,
            verdict: part.verdict,
            status: part.status,
            code: part.code,
            message: part.message,
            reserved_micros: part.reserved_micros,
            provider: part.provider,
            model: part.model.unwrap_or_else(|| asked.to_owned()),
            upstream_model: part.upstream_model,
            estimate: part.estimate,
            budgets: part.budgets,
            steps: part.steps,
        });
    }

    /// What all of it comes to.
    pub(super) fn end(self, refusal: Option<Refusal>) -> Explanation {
        let Self { mut told, would_reserve } = self;
        let blind = told.steps.iter().any(|step| step.mark == Mark::Unknown);
        match refusal {
            // It is refused either way; but something before that may refuse it with other words.
            Some(_) if blind => told.verdict = Verdict::Refused,
            Some(refusal) => {
                told.verdict = Verdict::Refused;
                told.status = Some(refusal.status.as_u16());
                told.code = Some(refusal.code.to_owned());
                told.message = Some(refusal.message.into_owned());
            }
            None => {
                told.reserved_micros = would_reserve;
                if blind {
                    told.verdict = Verdict::Unknown;
                } else {
                    told.status = Some(200);
                }
            }
        }
        told
    }
}

/// The name of a check, for scripts.
fn word(check: Check) -> &'static str {
    match check {
        Check::Route => "route",
        Check::Key => "key",
        Check::Secret => "secret",
        Check::PolicyExists => "policy",
        Check::KeyEnabled => "key_enabled",
        Check::KeyExpiry => "key_expiry",
        Check::PolicyEnabled => "policy_enabled",
        Check::Generation => "generation",
        Check::Length => "length",
        Check::Request => "request",
        Check::ProviderScope => "provider_scope",
        Check::ModelScope => "model_scope",
        Check::Connection => "connection",
        Check::Upstream => "upstream",
        Check::PathParams => "path_params",
        Check::PolicyBudget => "policy_budget",
        Check::ProviderBudget => "provider_budget",
        Check::Price => "price",
        Check::PolicyLedger => "policy_ledger",
        Check::ProviderLedger => "provider_ledger",
    }
}
