//! Telling what is wrong with manifests.

use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::plan::manifest::Problem;
use crate::ui::Report;
use crate::view::ci::{GithubProblems, JunitProblems};
use crate::view::problems::{ProblemRow, Problems};

/// Says every problem, in the format that was asked for.
pub(in crate::commands) fn tell(ctx: &Ctx, names: &[String], problems: &[Problem]) -> Result<Exit> {
    let rows: Vec<_> = problems.iter().map(|problem| ProblemRow::new(names, problem)).collect();
    let view = Problems { valid: false, files: names.to_vec(), problems: rows };
    match (ctx.ui.look().report, ctx.ui.look().format) {
        (Some(Report::Github), _) => return ctx.show(GithubProblems(view)),
        (Some(Report::Junit), _) => return ctx.show(JunitProblems(view)),
        (None, Some(_)) => return ctx.show(view),
        (None, None) => {}
    }
    for row in &view.problems {
        let error = Error::usage(row.line_of_text()).hint_if(row.suggestion.clone());
        ctx.ui.error(&error);
    }
    Ok(Exit::USAGE)
}
