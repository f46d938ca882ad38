//! A short run: the long one is `cargo xtask soak`.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::process::Command;

fn soak(arguments: &[&str]) -> (bool, String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_tagmata-soak")).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (run.status.success(), text(run.stdout), text(run.stderr))
}

#[test]
fn a_small_book_holds() {
    let (is_well, told, wrong) = soak(&["--seconds", "20", "--contacts", "1500", "--segments", "80"]);
    assert!(is_well, "{told}\n{wrong}");
    let last = told.lines().last().unwrap();
    assert!(last.starts_with("all holds: ") && last.ends_with(" the book and its file are sound"), "{told}");
    // Somebody was killed, or nothing was tried.
    let killed =
        told.lines().filter(|line| line.contains(" killed ")).any(|line| !line.contains("killed 0 times"));
    assert!(killed, "{told}");
}

#[test]
fn wrong_arguments_are_told() {
    let table: &[(&[&str], &str)] = &[
        (
            &["--second", "20"],
            "error: `--second` is not known: say --seconds, --contacts, --segments or --seed\n",
        ),
        (&["--seconds", "long"], "error: `long` is no number for `--seconds`\n"),
    ];
    for (arguments, expected) in table {
        let (is_well, _, wrong) = soak(arguments);
        assert_eq!((is_well, wrong.as_str()), (false, *expected));
    }
}
