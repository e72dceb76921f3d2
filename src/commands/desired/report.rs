//! Showing a plan, in the format that was asked for.

use std::fs::OpenOptions;
use std::io::Write;

use crate::ctx::Ctx;
use crate::env;
use crate::error::{Error, Exit, Result};
use crate::plan::Plan;
use crate::plan::action::Verb;
use crate::plan::manifest::Manifest;
use crate::ui::Report;
use crate::view::ci::{self, GithubPlan, JunitPlan};
use crate::view::plan::{PlanView, Step, Summary, Use};

/// A plan as it is shown.
pub(in crate::commands) fn view(
    ctx: &Ctx,
    manifest: &Manifest,
    plan: &Plan,
    used: Use,
) -> PlanView {
    let mut summary = Summary { unchanged: plan.unchanged, ..Summary::default() };
    for action in &plan.actions {
        match action.verb() {
            Verb::Create => summary.create += 1,
            Verb::Change => summary.change += 1,
            Verb::Disable => summary.disable += 1,
        }
    }
    let step = |action: &crate::plan::action::Action| Step {
        verb: action.verb(),
        change: action.change.clone(),
        file: action.place.map(|place| manifest.name(place).to_owned()),
        line: action.place.map(|place| place.line).filter(|line| *line > 0),
        column: action.place.map(|place| place.column).filter(|column| *column > 0),
        outcome: None,
        pass: None,
    };
    PlanView {
        router: ctx.journal_target(),
        summary,
        changes: plan.actions.iter().map(step).collect(),
        notes: plan.notes.clone(),
        used,
    }
}

/// Shows it; for GitHub Actions the summary of the job gets it too.
pub(in crate::commands) fn show(ctx: &Ctx, view: PlanView) -> Result<Exit> {
    match ctx.ui.look().report {
        None => ctx.show(view),
        Some(Report::Junit) => ctx.show(JunitPlan(&view)),
        Some(Report::Github) => {
            if let Some(path) = ctx.env.get(env::GITHUB_STEP_SUMMARY) {
                let added = OpenOptions::new().create(true).append(true).open(&path);
                let added =
                    added.and_then(|mut file| file.write_all(ci::summary(&view).as_bytes()));
                added.map_err(|e| {
                    Error::failed(format!("cannot add to the job summary `{path}`")).cause(e)
                })?;
            }
            ctx.show(GithubPlan(&view))
        }
    }
}
