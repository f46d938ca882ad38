//! The rules about a single file: its size, its name, globs, and that a `mod.rs` is a table of contents.

use super::modules::File;
use super::references::Form;
use super::violation::Violation;

/// The most lines of code in one file.
pub(super) const MOST_CODE_LINES: usize = 600;

/// Names that say nothing about what is inside.
const EMPTY_NAMES: &[&str] = &["utils", "util", "common", "helpers", "helper", "prelude"];

/// What begins an item that a table of contents has no place for.
const ITEM_WORDS: &[&str] =
    &["fn", "impl", "struct", "enum", "union", "trait", "const", "static", "type", "macro_rules"];

/// What is wrong with the file at this path below `src`.
pub(super) fn check(path: &str, file: &File) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut add = |line, message| violations.push(Violation { file: path.to_owned(), line, message });

    let lines = file.source.code_lines;
    if lines > MOST_CODE_LINES {
        add(1, format!("has {lines} code lines: at most {MOST_CODE_LINES}"));
    }
    for part in path.trim_end_matches(".rs").split('/') {
        if EMPTY_NAMES.contains(&part) {
            add(1, format!("is called {part}: name it after what it does"));
        }
    }
    for reference in &file.contents.references {
        if reference.form == Form::Glob {
            add(reference.line, "imports with a glob: list the names".to_owned());
        }
    }

    let name = path.rsplit('/').next().unwrap_or(path);
    if name == "mod.rs" {
        for token in file.source.tokens.iter().filter(|token| ITEM_WORDS.contains(&token.text.as_str())) {
            add(token.line, format!("holds `{}`: a mod.rs is a table of contents", token.text));
        }
    } else if !matches!(name, "lib.rs" | "main.rs") {
        for module in &file.contents.modules {
            add(module.line, format!("declares {}: a room lists its files in a mod.rs", module.name));
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::{File, check};

    fn violations(path: &str, text: &str) -> Vec<String> {
        check(path, &File::of(text)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn good_files_pass() {
        let table = [
            (
                "filter/mod.rs",
                "//! fn\n#![expect(clippy::type_complexity, reason = \"enum\")]\nmod a;\npub(crate) use a::B;",
            ),
            ("filter/mod.rs", "mod a;\n#[cfg(test)]\nmod tests { use super::*; fn f() {} }"),
            ("filter/a.rs", "use super::b; fn f(x: u8) -> u8 { x * 2 }\n#[cfg(test)] mod laws;"),
            ("commons.rs", ""),
            ("lib.rs", "mod a; fn f() {}"),
        ];
        for (path, text) in table {
            assert_eq!(violations(path, text), Vec::<String>::new(), "{path}: {text}");
        }
        assert_eq!(violations("a.rs", &"x;\n\n// y\n".repeat(600)), Vec::<String>::new());
    }

    #[test]
    fn bad_files_do_not() {
        let table: &[(&str, &str, &[&str])] = &[
            ("filter/utils.rs", "", &["filter/utils.rs:1: is called utils: name it after what it does"]),
            ("common/mod.rs", "", &["common/mod.rs:1: is called common: name it after what it does"]),
            ("a.rs", "\nuse super::b::{C, d::*};", &["a.rs:2: imports with a glob: list the names"]),
            ("a.rs", "mod b;", &["a.rs:1: declares b: a room lists its files in a mod.rs"]),
            (
                "a/mod.rs",
                "mod b;\npub struct C;\nimpl C { fn d() {} }",
                &[
                    "a/mod.rs:2: holds `struct`: a mod.rs is a table of contents",
                    "a/mod.rs:3: holds `impl`: a mod.rs is a table of contents",
                    "a/mod.rs:3: holds `fn`: a mod.rs is a table of contents",
                ],
            ),
        ];
        for (path, text, expected) in table {
            assert_eq!(&violations(path, text), expected, "{path}: {text}");
        }
        assert_eq!(violations("a.rs", &"x;\n".repeat(601)), ["a.rs:1: has 601 code lines: at most 600"]);
    }
}
