use std::process::ExitCode;

fn main() -> ExitCode {
    clawctl::cli::main()
}
