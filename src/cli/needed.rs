//! The part of all words that one line needs.
//!
//! clap hands every global flag down to every command before it looks at the line: hundreds of
//! copies of which one counts, and most of the memory that a short command touches.

use std::ffi::{OsStr, OsString};
use std::mem;

use clap::{Command, CommandFactory as _, Subcommand as _};

use super::Root;

/// Words that understand `line`, which is without the program's name, as all of them would.
pub(super) fn words(line: &[OsString]) -> Command {
    let first = line.first().map_or(OsStr::new(""), OsString::as_os_str);
    let mut nouns = super::Command::augment_subcommands(Command::default());
    if let Some(noun) = nouns.find_subcommand_mut(first) {
        return Root::command().subcommand(mem::take(noun));
    }
    let whole = Root::command().subcommands(nouns.get_subcommands_mut().map(mem::take));
    let is_flag = first.as_encoded_bytes().starts_with(b"-");
    if is_flag && line.len() > 1 {
        // A command may follow, and its flags may come before it.
        return whole;
    }
    // Help, the version, or nothing that there is.
    whole.mut_args(|flag| flag.global(false))
}

#[cfg(test)]
mod tests {
    use super::super::{Cli, parse};
    use super::*;

    const LINES: [&str; 20] = [
        "",
        "--help",
        "-h",
        "--version",
        "-V",
        "--nope",
        "--url",
        "-o",
        "keyy list",
        "help",
        "key",
        "key --help",
        "keys list -h",
        "key list --nope",
        "key list --url http://127.0.0.1:1 -o json",
        "--url http://127.0.0.1:1 -o json key list",
        "-o json --version",
        "-q --help",
        "policy set team --budget $5 --dry-run",
        "status --output nothing",
    ];

    /// What was understood, or what is said of it.
    fn outcome(words: Command, line: &[OsString]) -> String {
        match parse(words, [&[OsString::from("clawctl")], line].concat()) {
            Ok(understood) => format!("{understood:?}"),
            Err(e) => format!("{:?} {}", e.kind(), e.render().ansi()),
        }
    }

    #[test]
    fn a_line_is_understood_as_the_whole_would() {
        for line in LINES {
            let line: Vec<_> = line.split_whitespace().map(OsString::from).collect();
            let few = words(&line);
            assert_eq!(outcome(few, &line), outcome(Cli::command(), &line), "{line:?}");
        }
    }

    #[test]
    fn only_what_is_named_gets_the_flags() {
        let line = [OsString::from("keys"), OsString::from("list")];
        let few = words(&line);
        assert_eq!(few.get_subcommands().map(Command::get_name).collect::<Vec<_>>(), ["key"]);
        let help = words(&[OsString::from("--help")]);
        assert!(help.get_arguments().all(|flag| !flag.is_global_set()));
    }
}
