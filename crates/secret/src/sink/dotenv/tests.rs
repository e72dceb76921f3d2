use std::process::Command;

use proptest::prelude::*;

use super::*;

fn edit(file: &str) -> Result<String, BadEnvFile> {
    set(file.as_bytes(), "KEY", "new").map(|bytes| String::from_utf8(bytes.to_vec()).unwrap())
}

#[test]
fn the_value_is_replaced_in_its_own_style() {
    let check = |before: &str, after: &str| assert_eq!(edit(before).as_deref(), Ok(after));
    check("KEY=old\n", "KEY=new\n");
    check("KEY=old", "KEY=new");
    check("KEY=old\r\nB=2\r\n", "KEY=new\r\nB=2\r\n");
    check("KEY=\"old one\" # why\n", "KEY=\"new\" # why\n");
    check("KEY='o\\'\n", "KEY='new'\n");
    check("KEY=\"o\\\"ld\"\n", "KEY=\"new\"\n");
    check("  export\tKEY = old value  # why\n", "  export\tKEY = new  # why\n");
    check("KEY=\nB=2\n", "KEY=new\nB=2\n");
    check("KEY=  # none yet\n", "KEY=new  # none yet\n");
    check("KEY=#old\n", "KEY=new\n");
    check("KEY=a#b\n", "KEY=new\n");
    check("\u{feff}KEY=old\n", "\u{feff}KEY=new\n");
    check("# KEY=was\nMYKEY=1\nKEY2=2\nKEY=old\n\n", "# KEY=was\nMYKEY=1\nKEY2=2\nKEY=new\n\n");
    check("A=\"one\ntwo\"\nKEY=old\n", "A=\"one\ntwo\"\nKEY=new\n");
    check("A='one\ntwo\\'\nKEY=old\n", "A='one\ntwo\\'\nKEY=new\n");
}

#[test]
fn a_missing_name_is_added_at_the_end_in_the_files_own_style() {
    let check = |before: &str, after: &str| assert_eq!(edit(before).as_deref(), Ok(after));
    check("", "KEY=new\n");
    check("A=1\n", "A=1\nKEY=new\n");
    check("A=1", "A=1\nKEY=new\n");
    check("A=1\r\nB=2", "A=1\r\nB=2\r\nKEY=new\r\n");
    check("export A=1\nexport B=2\n", "export A=1\nexport B=2\nexport KEY=new\n");
    check("export A=1\nB=2\n", "export A=1\nB=2\nKEY=new\n");
    check("# KEY=old\nexport KEY\n", "# KEY=old\nexport KEY\nKEY=new\n");
    check("exportKEY=1\n", "exportKEY=1\nKEY=new\n");
    check("export=1\n", "export=1\nKEY=new\n");
}

#[test]
fn what_can_be_read_in_two_ways_is_left_alone() {
    let check = |file: &str, why| assert_eq!(edit(file), Err(why), "{file:?}");
    check("KEY=1\nA=2\nexport KEY=3\n", BadEnvFile::Twice { first: 1, second: 3 });
    check("A=1\nKEY=\"one\ntwo\"\n", BadEnvFile::ManyLines { line: 2 });
    check("KEY=one\\\ntwo\n", BadEnvFile::ManyLines { line: 1 });
    check("KEY= #\\\n", BadEnvFile::ManyLines { line: 1 });
    check("A=\"x\nKEY=old\ny\"\n", BadEnvFile::InsideQuotes { line: 2 });
    check("A=\"x\nB=2\n", BadEnvFile::OpenQuote { line: 1 });
    check("A=x\\\nKEY=old\n", BadEnvFile::Continued { line: 2 });
    check("A=x\\\n", BadEnvFile::Continued { line: 2 });
    check("A=x\\", BadEnvFile::Continued { line: 2 });
    check("KEY=\"a\"b\n", BadEnvFile::Unclear { line: 1 });
    check("KEY=a\"b c\"\n", BadEnvFile::Unclear { line: 1 });
    check("KEY=a\rB=2\n", BadEnvFile::Unclear { line: 1 });
    check("A=1\0\n", BadEnvFile::NotText);
}

#[test]
fn every_refusal_says_what_to_do_and_repeats_nothing() {
    for file in ["KEY=canary\nKEY=canary2\n", "KEY=\"canary\nx\"\n", "A=\"canary\n"] {
        let why = edit(file).unwrap_err();
        assert!(why.hint().is_some());
        assert!(!format!("{why} {why:?} {:?}", why.hint()).contains("canary"));
    }
}

#[test]
fn a_shell_reads_the_new_value() {
    let dir = tempfile::tempdir().unwrap();
    for file in ["", "KEY='old'", "export KEY=\"old\" # x\n", "A='1\n2'\nKEY=old\n", "A=1\\\\\n"] {
        let path = dir.path().join("env");
        std::fs::write(&path, edit(file).unwrap()).unwrap();
        let script = ". \"$0\"; printf %s \"$KEY\"";
        let output = Command::new("sh").args(["-c", script]).arg(&path).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), "new", "{file:?}");
    }
}

/// Lines as they occur, bits that break parsers, and plain noise.
fn files() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        4 => "[ \t]{0,2}(export )?(KEY|A|B_2)[ ]{0,1}=[ ]{0,1}[a-z0-9#\"'` \\\\]{0,12}",
        2 => "(KEY|A)=(\"[a-z #]{0,6}\"|'[a-z #]{0,6}'|[a-z]{0,6})([ ]{1,2}#[a-z\"']{0,5})?",
        1 => "#[ -~]{0,10}",
        1 => "[ \t]{0,3}",
        1 => "\\PC{0,10}",
    ];
    let end = prop_oneof![6 => Just("\n"), 2 => Just("\r\n"), 1 => Just("\r"), 1 => Just("\n\n")];
    let text = prop::collection::vec((line, end), 0..8).prop_map(|lines| {
        lines.into_iter().flat_map(|(line, end)| [line, end.to_owned()]).collect::<String>()
    });
    prop_oneof![
        6 => (text.clone(), any::<bool>()).prop_map(|(mut text, cut)| {
            if cut {
                text.pop();
            }
            text.into_bytes()
        }),
        1 => prop::collection::vec(any::<u8>(), 0..60),
        1 => (text, prop::collection::vec(any::<u8>(), 0..8)).prop_map(|(text, noise)| {
            [text.as_bytes(), &noise, b"\nKEY=old\n"].concat()
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 4000, ..Default::default() })]

    #[test]
    fn only_the_value_changes_and_it_reads_back(file in files(), value in "[A-Za-z0-9_-]{1,50}") {
        let Ok(before) = scan(&file, "KEY") else { return Ok(()) };
        let Ok(new) = set(&file, "KEY", &value) else {
            prop_assert!(before.continued_at_end.is_some() && before.assignment.is_none());
            return Ok(());
        };
        let after = scan(&new, "KEY").unwrap().assignment.unwrap().value;
        prop_assert_eq!(&new[after.clone()], value.as_bytes());
        match before.assignment {
            Some(Assignment { value: old, .. }) => {
                prop_assert_eq!(&new[..after.start], &file[..old.start]);
                prop_assert_eq!(&new[after.end..], &file[old.end..]);
            }
            None => {
                prop_assert!(new.starts_with(&file));
                let added = String::from_utf8(new[file.len()..].to_vec()).unwrap();
                let line = added.trim_start_matches(['\r', '\n']).trim_end();
                let line = line.strip_prefix("export ").unwrap_or(line);
                prop_assert_eq!(line, format!("KEY={value}"));
            }
        }
        // A second edit finds the same place: nothing is added twice.
        let again = set(&new, "KEY", &value).unwrap();
        prop_assert_eq!(again, new);
    }

    #[test]
    fn no_file_makes_it_panic(file in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = set(&file, "KEY", "v");
    }
}
