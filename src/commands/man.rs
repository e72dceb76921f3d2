use std::io;
use std::path::PathBuf;

use clap::{Args, Command, ValueHint};
use clap_mangen::Man as Page;
use clap_mangen::roff::{Roff, bold, roman};

use super::topics;
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::view::Nothing;

/// Write the manual pages into a folder
///
/// One page for each command: `clawctl.1`, `clawctl-key.1`, `clawctl-key-issue.1` and so on.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl man ~/.local/share/man/man1 && man clawctl-key-issue")]
pub struct Man {
    /// The folder; it is made if it is not there
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    folder: PathBuf,
}

/// `words` is everything that clawctl understands.
pub fn run(ctx: &Ctx, args: Man, words: Command) -> Result<Exit> {
    let pages = pages(words).map_err(|e| Error::failed("cannot make the pages").cause(e))?;
    let folder = args.folder.display();
    if ctx.settings.dry_run {
        ctx.ui.status(format!("{} pages would be written to {folder}", pages.len()));
        return ctx.show(Nothing);
    }
    let failed = |e| Error::failed(format!("cannot write to `{folder}`")).cause(e);
    std::fs::create_dir_all(&args.folder).map_err(failed)?;
    for (name, page) in &pages {
        std::fs::write(args.folder.join(name), page).map_err(failed)?;
    }
    ctx.ui.status(format!("{} pages are written to {folder}", pages.len()));
    ctx.show(Nothing)
}

/// Every page under its file name.
pub fn pages(words: Command) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut root = words.disable_help_subcommand(true);
    root.build();
    let mut pages = Vec::new();
    add(&root, "clawctl", &mut pages)?;
    Ok(pages)
}

fn add(command: &Command, name: &str, pages: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    pages.push((format!("{name}.1"), page(command, name)?));
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        add(sub, &format!("{name}-{}", sub.get_name()), pages)?;
    }
    Ok(())
}

fn page(command: &Command, name: &str) -> io::Result<Vec<u8>> {
    // In the name line a page is one word, as `man` wants it.
    let command = command.clone().display_name(name.to_owned()).version(env!("CARGO_PKG_VERSION"));
    let source = concat!("clawctl ", env!("CARGO_PKG_VERSION"));
    let is_root = name == "clawctl";
    let has_verbs = command.has_subcommands();
    let has_examples = command.get_after_help().is_some() && !is_root;
    let man = Page::new(command).title(name.to_uppercase()).source(source).manual("clawctl manual");
    let mut out = Vec::new();
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    if has_verbs {
        man.render_subcommands_section(&mut out)?;
    }
    // The root's own epilogue is the two tables that follow.
    if has_examples {
        let mut section = Vec::new();
        man.render_extra_section(&mut section)?;
        out.extend_from_slice(renamed(&section).as_bytes());
    }
    table(&mut out, "EXIT STATUS", topics::exit_codes(name))?;
    table(&mut out, "ENVIRONMENT", topics::environment())?;
    Ok(out)
}

/// What stands below the help begins with examples, and clap_mangen calls it "EXTRA".
fn renamed(section: &[u8]) -> String {
    let text = String::from_utf8_lossy(section);
    text.replacen(".SH EXTRA\n", ".SH EXAMPLES\n", 1).replacen("Examples:\n", "", 1)
}

fn table(
    out: &mut Vec<u8>,
    heading: &str,
    rows: impl Iterator<Item = (String, String)>,
) -> io::Result<()> {
    let mut roff = Roff::new();
    roff.control("SH", [heading]);
    for (term, meaning) in rows {
        roff.control("TP", []);
        roff.text([bold(term)]);
        roff.text([roman(meaning)]);
    }
    roff.to_writer(out)
}
