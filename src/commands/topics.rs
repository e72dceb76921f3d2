//! What stands below the help of every command: exit codes, environment, money.

use std::fmt::Write;

use crate::env;
use crate::error::Exit;

/// The end of `clawctl --help`.
pub fn root_epilogue() -> String {
    let mut text = String::from("Exit codes:\n");
    for (exit, meaning) in Exit::TABLE {
        let _ = writeln!(text, "  {:>3}  {meaning}", exit.0);
    }
    text.push_str("\nEnvironment:\n");
    for variable in env::ALL {
        let _ = writeln!(text, "  {:<36}  {}", variable.name, variable.help.trim());
    }
    text.push_str(
        "\nMoney is written `$50`, `50usd` or `0.75`; zero blocks, and only `--no-budget` means \
         unlimited.\nTimes are UTC. No flag takes a secret as its value.",
    );
    text
}
