//! The programs in Rust of the guides and of the README print what stands below them.

use std::process::Command;
use tagmata_guides::page::{Block, blocks, output};
use tagmata_guides::pages::{pages, repository};

/// What a program prints, in a folder with the files of its page.
fn printed(place: &str, blocks: &[Block]) -> String {
    let folder = tempfile::tempdir().unwrap();
    for block in blocks {
        if let Some(name) = block.attribute("file") {
            std::fs::write(folder.path().join(name), &block.text).unwrap();
        }
    }
    let program = Command::new(env!("CARGO_BIN_EXE_tagmata-guides"));
    let run = { program }.arg(place).current_dir(folder.path()).output().unwrap();
    assert!(run.status.success(), "{place}\n{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn the_programs_print_what_stands_below_them() {
    let mut compared = 0;
    for (path, text) in pages().unwrap() {
        let blocks = blocks(&text);
        let programs = blocks.iter().enumerate().filter(|(_, block)| block.is_program("rust"));
        for (at, block) in programs {
            let place = format!("{path}:{}", block.line);
            let printed = printed(&place, &blocks);
            match output(&blocks, at) {
                Some(expected) => assert_eq!(printed, expected, "{place}"),
                None => assert_eq!(path, "README.md", "{place} does not say what it prints"),
            }
            compared += 1;
        }
    }
    assert!(compared >= 4, "{compared}");
}

/// The parts of an excerpt stand between lines of `…`; all are in the file, in their order, whatever is before or between them.
fn is_excerpt(excerpt: &str, file: &str) -> bool {
    let mut rest = file;
    excerpt.split_inclusive('\n').collect::<Vec<_>>().split(|line| line.trim() == "…").all(|part| match rest
        .split_once(part.concat().trim_matches('\n'))
    {
        Some((_, behind)) => {
            rest = behind;
            true
        }
        None => false,
    })
}

#[test]
fn excerpts_are_in_their_files() {
    for (path, text) in pages().unwrap() {
        for block in blocks(&text) {
            if let Some(file) = block.attribute("excerpt") {
                let whole = std::fs::read_to_string(repository().join(file)).unwrap();
                assert!(is_excerpt(&block.text, &whole), "{path}:{}: not so in {file}", block.line);
            }
        }
    }
}

#[test]
fn an_excerpt_has_its_parts_in_their_order() {
    let file = "a = 1\n\nb = 2\n    c = 3\n";
    for (excerpt, expected) in [
        ("a = 1\n", true),
        ("a = 1\n…\nb = 2\n    c = 3\n", true),
        ("a = 1\n    …\n    c = 3\n", true),
        ("b = 2\n…\na = 1\n", false),
        ("a = 1\nb = 2\n", false),
        ("a = 2\n", false),
    ] {
        assert_eq!(is_excerpt(excerpt, file), expected, "{excerpt}");
    }
}
