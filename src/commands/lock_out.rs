//! The one flag that lets the administrator of a console be locked out.

use clap::Args;

use crate::client::Console;

#[derive(Debug, Clone, Copy, Args)]
pub struct LockOutFlag {
    /// Go on although it locks `admin@local`, the administrator of a ClawRouter's own console, out
    #[arg(long)]
    lock_out_console: bool,
}

impl LockOutFlag {
    pub fn console(self) -> Console {
        if self.lock_out_console { Console::LockOut } else { Console::Guard }
    }
}
