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
    for (name, help) in environment() {
        let _ = writeln!(text, "  {name:<36}  {help}");
    }
    text.push_str(
        "\nMoney is written `$50`, `50usd` or `0.75`; zero blocks, and only `--no-budget` means \
         unlimited.\nTimes are UTC. No flag takes a secret as its value.",
    );
    text
}

/// The exit codes that a command can end with. `page` is its name with dashes, as in
/// `clawctl-key-inspect`: a meaning that begins with another command is none of its own.
pub fn exit_codes(page: &str) -> impl Iterator<Item = (String, String)> {
    let words =
        page.strip_prefix("clawctl").unwrap_or(page).trim_start_matches('-').replace('-', " ");
    Exit::TABLE.iter().filter_map(move |(exit, meaning)| {
        let own = match meaning.split_once(": ") {
            Some((command @ ("budget check" | "key inspect" | "why"), meaning))
                if !words.is_empty() =>
            {
                (command == words).then_some(meaning)?
            }
            _ => meaning,
        };
        Some((exit.0.to_string(), own.to_owned()))
    })
}

/// Every variable with what it is for.
pub fn environment() -> impl Iterator<Item = (String, String)> {
    env::ALL.iter().map(|variable| (variable.name.to_owned(), variable.help.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_its_own_exit_codes_alone() {
        let codes = |page| exit_codes(page).map(|(code, _)| code).collect::<Vec<_>>();
        assert!(codes("clawctl").contains(&"36".to_owned()));
        assert!(!codes("clawctl-key-list").contains(&"36".to_owned()));
        let inspect: Vec<_> = exit_codes("clawctl-key-inspect").collect();
        assert!(inspect.contains(&("30".to_owned(), "not a key".to_owned())));
        assert!(!codes("clawctl-key-inspect").contains(&"20".to_owned()));
        assert!(codes("clawctl-key-list").contains(&"5".to_owned()));
        assert!(codes("clawctl-why").contains(&"40".to_owned()));
        assert!(!codes("clawctl-key-list").contains(&"40".to_owned()));
    }
}
