//! A plan turn by turn: what may go on together goes on together, and the first failure lets
//! nothing new begin.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use super::one::{Fetched, One, Written};
use crate::commands::desired::lock_file::LockFile;
use crate::commands::several::several;
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::plan::Plan;
use crate::plan::action::{Action, Verb};
use crate::plan::live::Live;
use crate::view::plan::{Done, Outcome, PlanView};
use clawctl_wire::policy::Policy;

pub(super) struct Terms {
    pub(super) refresh: bool,
    pub(super) concurrency: usize,
    pub(super) secrets: Fetched,
}

/// Carries it out, notes in the view what became of each change, and gives the first failure.
pub(super) async fn carry_out(
    ctx: &Ctx,
    plan: &Plan,
    live: Live,
    lock: &mut LockFile,
    terms: Terms,
    view: &mut PlanView,
) -> Result<Option<Error>> {
    let policies: HashMap<String, Policy> = live.policies.into_iter().collect();
    let one = One {
        ctx,
        client: ctx.client()?,
        refresh: terms.refresh,
        policies: RefCell::new(policies),
        secrets: RefCell::new(terms.secrets),
    };
    let one = &one;
    let (stopped, done, total) = (Cell::new(false), Cell::new(0), plan.actions.len());
    let (stopped, done) = (&stopped, &done);
    let mut first: Option<Error> = None;
    let mut from = 0;
    while from < total {
        let turn = plan.actions[from].turn();
        let to = from + plan.actions[from..].iter().take_while(|a| a.turn() == turn).count();
        let actions = &plan.actions[from..to];
        if !stopped.get() {
            let makes: Vec<_> = actions.iter().filter_map(|action| action.makes()).collect();
            lock.about_to_make(&makes)?;
        }
        let lock_cell = RefCell::new(&mut *lock);
        let lock_cell = &lock_cell;
        let work = actions.iter().map(|action| async move {
            if stopped.get() {
                return None;
            }
            ctx.ui.progress_of(done.get(), total, &action.thing());
            let written = one.carry_out(action).await;
            let written = note(&mut lock_cell.borrow_mut(), action, written);
            done.set(done.get() + 1);
            if written.is_err() {
                stopped.set(true);
            }
            Some(written)
        });
        let outcomes = several(terms.concurrency, work).await;
        for (index, outcome) in outcomes.into_iter().enumerate() {
            let (outcome, error) = told(outcome);
            view.changes[from + index].outcome = Some(outcome);
            let Some(error) = error else { continue };
            match &mut first {
                None => first = Some(error),
                Some(_) => ctx.ui.failure(&error),
            }
        }
        from = to;
    }
    ctx.ui.progress_done();
    lock.write()?;
    Ok(first)
}

/// Notes in the lock whether a thing was made, or disabled, or brought back.
fn note(lock: &mut LockFile, action: &Action, written: Result<Written>) -> Result<Written> {
    let Some((noun, id, fingerprint)) = action.makes() else {
        let written = written?;
        let is_pruned = action.verb() == Verb::Disable;
        lock.pruned(action.change.noun, &action.change.id, is_pruned)?;
        return Ok(written);
    };
    match written {
        Ok(written) => {
            lock.made_it(&noun, &id, &fingerprint)?;
            Ok(written)
        }
        // Somebody else made it, and keeps it, even if it looks the same. An issue of a key may
        // have begun before that.
        Err(error) if error.exit == Exit::CONFLICT && noun != "key" => {
            lock.made_by_another(&noun, &id, &fingerprint)?;
            Err(error)
        }
        Err(error) => Err(error),
    }
}

fn told(outcome: Option<Result<Written>>) -> (Outcome, Option<Error>) {
    match outcome {
        None => (Outcome { outcome: Done::Skipped, error: None, delivered_to: Vec::new() }, None),
        Some(Ok(Written { delivered_to })) => {
            (Outcome { outcome: Done::Done, error: None, delivered_to }, None)
        }
        Some(Err(error)) => {
            // What a reader of stdout needs is the exit code, and that stays.
            let said = Some(error.message.clone()).filter(|_| error.exit != Exit::DONE);
            let outcome = Outcome { outcome: Done::Failed, error: said, delivered_to: Vec::new() };
            (outcome, Some(error))
        }
    }
}
