use clap::Parser;

use super::*;

#[derive(Parser)]
struct Words {
    #[command(flatten)]
    globals: Globals,
}

fn target(words: &[&str], env: Environment, file: &str) -> Result<(Target, Source)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    std::fs::write(&path, file).unwrap();
    let config = Config::load(&path)?;
    let words = Words::parse_from([&["x"], words].concat());
    choose_target(&words.globals, &env, &config)
}

const FILE: &str = "current = \"prod\"\n[contexts.prod]\nurl = \"https://prod.example\"\n\
                    [contexts.dev]\nurl = \"https://dev.example\"\n";

#[test]
fn a_flag_beats_the_environment_which_beats_the_file() {
    let check = |words: &[&str], env, file, host: Option<&str>, source| {
        let (target, from) = target(words, env, file).unwrap();
        let found = match &target {
            Target::Embedded => None,
            Target::Remote { url, .. } => url.host_str().map(str::to_owned),
        };
        assert_eq!((found.as_deref(), from), (host, source));
    };
    let none = Environment::given([]);
    let url = Environment::given([("CLAWROUTER_BASE_URL", "https://env.example")]);
    let dev = Environment::given([("CLAWCTL_CONTEXT", "dev")]);
    check(&[], none.clone(), "", None, Source::Default);
    check(&[], none.clone(), FILE, Some("prod.example"), Source::ContextsFile);
    check(&[], url.clone(), FILE, Some("env.example"), Source::Variable("CLAWROUTER_BASE_URL"));
    check(&[], dev, FILE, Some("dev.example"), Source::Variable("CLAWCTL_CONTEXT"));
    check(&["--context", "dev"], url.clone(), FILE, Some("dev.example"), Source::Flag("--context"));
    check(&["--context", "embedded"], url.clone(), FILE, None, Source::Flag("--context"));
    check(&["--url", "https://f.example"], url, FILE, Some("f.example"), Source::Flag("--url"));
}

#[test]
fn two_answers_of_one_rank_are_not_chosen_between() {
    let both = Environment::given([
        ("CLAWROUTER_BASE_URL", "https://a.example"),
        ("CLAWCTL_CONTEXT", "dev"),
    ]);
    assert!(target(&[], both, FILE).is_err());
}

#[test]
fn lengths_of_time_are_read() {
    let check = |text: &str, seconds| {
        assert_eq!(parse_duration(text), Ok(Duration::from_secs(seconds)), "{text}");
    };
    check("30s", 30);
    check("90d", 90 * 86_400);
    check("2h 30m", 9000);
    for bad in ["", "soon", "-5s", "1mo", "5"] {
        assert!(parse_duration(bad).is_err(), "{bad}");
    }
}
