#[derive(Debug, clap::Args)]
pub struct Man {}
pub fn run(_: &crate::ctx::Ctx, _: Man) -> crate::error::Result<crate::error::Exit> {
    Ok(crate::error::Exit::DONE)
}
