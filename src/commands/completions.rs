#[derive(Debug, clap::Args)]
pub struct Completions {}
pub fn run(_: &crate::ctx::Ctx, _: Completions) -> crate::error::Result<crate::error::Exit> {
    Ok(crate::error::Exit::DONE)
}
