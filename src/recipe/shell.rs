//! Assignments that a shell carries out, for `eval`.

use super::KEY_VARIABLE;

/// A shell, as far as its assignments differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Shell {
    /// Any POSIX shell
    Sh,
    Bash,
    Zsh,
    Fish,
    Powershell,
}

impl Shell {
    /// By the path that a login shell is known by.
    pub fn of_path(path: &str) -> Self {
        match path.rsplit('/').next().unwrap_or(path) {
            "bash" => Self::Bash,
            "zsh" => Self::Zsh,
            "fish" => Self::Fish,
            "pwsh" | "powershell" => Self::Powershell,
            _ => Self::Sh,
        }
    }

    /// The command that carries out what another one prints.
    pub fn evaluation(self, command: &str) -> String {
        match self {
            Self::Fish => format!("{command} | source"),
            Self::Powershell => format!("{command} | Out-String | Invoke-Expression"),
            Self::Sh | Self::Bash | Self::Zsh => format!("eval \"$({command})\""),
        }
    }
}

/// The usual addresses, each with the variable that its key is looked for in.
const ADDRESSES: [(&str, &str, &str); 3] = [
    ("OPENAI_BASE_URL", "/v1", "OPENAI_API_KEY"),
    ("ANTHROPIC_BASE_URL", "", "ANTHROPIC_API_KEY"),
    ("GOOGLE_GEMINI_BASE_URL", "/v1/native/google-gemini", "GEMINI_API_KEY"),
];

/// Points the usual variables at the router. The key is only named, so that it is on no screen and
/// in no history.
pub fn assignments(shell: Shell, url: &str, variable: &str) -> String {
    let mut text = String::new();
    for (address, path, key) in ADDRESSES {
        text.push_str(&assign(shell, address, &format!("{url}{path}")));
        if key != variable {
            text.push_str(&refer(shell, key, variable));
        }
    }
    if variable != KEY_VARIABLE {
        text.push_str(&refer(shell, KEY_VARIABLE, variable));
    }
    text
}

/// Takes them away again; the variable with the key itself stays.
pub fn removals(shell: Shell, variable: &str) -> String {
    let names = ADDRESSES.iter().flat_map(|(address, _, key)| [*address, *key]);
    let names = names.chain([KEY_VARIABLE]).filter(|name| *name != variable);
    names
        .map(|name| match shell {
            Shell::Fish => format!("set -e {name}\n"),
            Shell::Powershell => format!("Remove-Item Env:{name} -ErrorAction Ignore\n"),
            Shell::Sh | Shell::Bash | Shell::Zsh => format!("unset {name}\n"),
        })
        .collect()
}

fn assign(shell: Shell, name: &str, value: &str) -> String {
    let value = quoted(shell, value);
    match shell {
        Shell::Fish => format!("set -gx {name} {value}\n"),
        Shell::Powershell => format!("$env:{name} = {value}\n"),
        Shell::Sh | Shell::Bash | Shell::Zsh => format!("export {name}={value}\n"),
    }
}

fn refer(shell: Shell, name: &str, variable: &str) -> String {
    match shell {
        Shell::Fish => format!("set -gx {name} ${variable}\n"),
        Shell::Powershell => format!("$env:{name} = $env:{variable}\n"),
        Shell::Sh | Shell::Bash | Shell::Zsh => format!("export {name}=\"${variable}\"\n"),
    }
}

/// A text that the shell reads as itself.
pub fn quoted(shell: Shell, text: &str) -> String {
    match shell {
        Shell::Powershell => format!("'{}'", text.replace('\'', "''")),
        Shell::Fish => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
        Shell::Sh | Shell::Bash | Shell::Zsh => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

/// Can this be the name of a variable in every shell?
pub fn is_variable(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn the_key_is_named_and_never_there() {
        let text = assignments(Shell::Fish, "https://r.example", "MY_KEY");
        assert!(text.contains("set -gx OPENAI_BASE_URL 'https://r.example/v1'\n"), "{text}");
        assert!(text.contains("set -gx OPENAI_API_KEY $MY_KEY\n"), "{text}");
        let text = assignments(Shell::Powershell, "https://r.example", "OPENAI_API_KEY");
        assert!(text.contains("$env:ANTHROPIC_API_KEY = $env:OPENAI_API_KEY\n"), "{text}");
        assert!(
            !text.contains("$env:OPENAI_API_KEY = "),
            "a variable is not its own value: {text}"
        );
        assert!(!removals(Shell::Sh, "OPENAI_API_KEY").contains("unset OPENAI_API_KEY\n"));
    }

    /// Every shell that is here reads what is meant for it.
    #[test]
    fn a_real_shell_reads_every_text_as_itself() {
        let nasty = "it's \"$HOME\" `id` \\ 'x' $(id) ; * ~ \\' end";
        for (shell, program) in [(Shell::Sh, "sh"), (Shell::Bash, "bash"), (Shell::Fish, "fish")] {
            let script = match shell {
                Shell::Fish => format!("{}printf %s \"$X\"", assign(shell, "X", nasty)),
                _ => format!(
                    "eval \"$(printf %s {})\"; printf %s \"$X\"",
                    quoted(shell, &assign(shell, "X", nasty))
                ),
            };
            let Ok(output) = Command::new(program).args(["-c", &script]).output() else { continue };
            assert_eq!(String::from_utf8_lossy(&output.stdout), nasty, "{program}: {script}");
        }
    }

    #[test]
    fn a_shell_is_known_by_its_path() {
        let check = |path, shell| assert_eq!(Shell::of_path(path), shell, "{path}");
        check("/bin/zsh", Shell::Zsh);
        check("/usr/bin/fish", Shell::Fish);
        check("/usr/local/bin/pwsh", Shell::Powershell);
        check("/bin/dash", Shell::Sh);
    }

    #[test]
    fn names_of_variables_are_plain() {
        assert!(is_variable("CLAWROUTER_API_KEY") && is_variable("_x1"));
        for bad in ["", "1A", "A-B", "A B", "A;id", "É"] {
            assert!(!is_variable(bad), "{bad}");
        }
    }
}
