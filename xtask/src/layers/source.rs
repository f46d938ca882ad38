//! One file: its tokens without what is compiled for tests only, and how many lines of it are code.

use std::collections::BTreeSet;

use super::tokens::{Token, Tokens};

/// One file.
#[derive(Debug, Default)]
pub(super) struct Source {
    /// Its tokens, without the items under `#[cfg(test)]`.
    pub(super) tokens: Tokens,
    /// The modules in files of their own that only tests have: `#[cfg(test)] mod laws;`.
    pub(super) test_modules: Vec<String>,
    /// Its lines that are neither blank nor comment, tests included.
    pub(super) code_lines: usize,
}

impl Source {
    pub(super) fn of(text: &str) -> Self {
        let all = Tokens::of(text);
        let lines: BTreeSet<usize> = all.iter().flat_map(|token| token.line..=token.last_line).collect();
        let (tokens, test_modules) = without_tests(&all);
        Self { tokens, test_modules, code_lines: lines.len() }
    }
}

fn without_tests(all: &Tokens) -> (Tokens, Vec<String>) {
    let mut kept: Vec<Token> = Vec::new();
    let mut test_modules = Vec::new();
    let mut at = 0;
    while let Some(token) = all.get(at) {
        if is_test_attribute(all, at) {
            let item = after_attributes(all, at);
            if let Some(end) = end_of_item(all, item) {
                if all.text(item) == "mod" && all.text(item + 2) == ";" {
                    test_modules.push(all.text(item + 1).to_owned());
                }
                at = end;
                continue;
            }
        }
        kept.push(token.clone());
        at += 1;
    }
    (Tokens::new(kept), test_modules)
}

/// `#[cfg(test)]`, or `#[cfg(all(test, …))]`.
fn is_test_attribute(tokens: &Tokens, at: usize) -> bool {
    let starts = |words: &[&str]| words.iter().enumerate().all(|(i, word)| tokens.text(at + i) == *word);
    starts(&["#", "[", "cfg", "(", "test", ")", "]"])
        || starts(&["#", "[", "cfg", "(", "all", "(", "test", ","])
}

/// Where the item begins that the attribute at `at` stands over, past further attributes and a visibility.
fn after_attributes(tokens: &Tokens, mut at: usize) -> usize {
    while tokens.text(at) == "#" {
        at = after_group(tokens, at + 1);
    }
    if tokens.text(at) == "pub" {
        at += 1;
        if tokens.text(at) == "(" {
            at = after_group(tokens, at);
        }
    }
    at
}

/// The position behind the bracket that closes the one at `at`.
fn after_group(tokens: &Tokens, mut at: usize) -> usize {
    let mut depth = 0_usize;
    while at < tokens.len() {
        match tokens.text(at) {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
        if depth == 0 {
            break;
        }
    }
    at
}

/// The position behind the item: its `;`, or its body in braces. Nothing when no item begins here, but a field or an
/// arm of a `match`.
fn end_of_item(tokens: &Tokens, mut at: usize) -> Option<usize> {
    let first = tokens.text(at);
    let is_import = first == "use";
    if !matches!(
        first,
        "mod"
            | "use"
            | "fn"
            | "async"
            | "impl"
            | "const"
            | "static"
            | "struct"
            | "enum"
            | "trait"
            | "type"
            | "macro_rules"
    ) {
        return None;
    }
    while at < tokens.len() {
        match tokens.text(at) {
            ";" => return Some(at + 1),
            "{" if !is_import => return Some(after_group(tokens, at)),
            "(" | "[" | "{" => at = after_group(tokens, at),
            _ => at += 1,
        }
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::Source;

    fn kept(text: &str) -> String {
        let source = Source::of(text);
        source.tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn items_for_tests_are_left_out() {
        let table = [
            ("a; #[cfg(test)] mod tests { use super::b; fn f() { x } } c", "a ; c"),
            ("#[cfg(test)]\n#[expect(dead_code, reason = \"x\")]\nmod tests { } c", "c"),
            ("#[cfg(test)] pub(crate) mod tests { { } } c", "c"),
            ("#[cfg(test)] use super::{a, b::{c}}; d", "d"),
            ("#[cfg(test)] fn f(x: [u8; 2]) { } d", "d"),
            ("#[cfg(test)] impl A { } d", "d"),
            ("#[cfg(test)] struct A; d", "d"),
            ("#[cfg(all(test, feature = \"render\"))] mod m { } d", "d"),
            ("#[cfg(not(test))] mod m { }", "# [ cfg ( not ( test ) ) ] mod m { }"),
            ("struct S { #[cfg(test)] a: u8, b: u8 }", "struct S { # [ cfg ( test ) ] a : u8 , b : u8 }"),
            ("#[derive(Debug)] struct S;", "# [ derive ( Debug ) ] struct S ;"),
        ];
        for (text, expected) in table {
            assert_eq!(kept(text), expected, "{text}");
        }
    }

    #[test]
    fn test_modules_in_files_are_remembered() {
        let source = Source::of("mod a;\n#[cfg(test)]\nmod laws;\n#[cfg(test)] mod t { mod inner; }");
        assert_eq!(source.test_modules, ["laws"]);
    }

    #[test]
    fn code_lines_are_neither_blank_nor_comment() {
        let table = [
            ("", 0),
            ("\n\n// a\n/* b\n c */\n", 0),
            ("fn a() {\n\n    // b\n    c(); // d\n}\n", 3),
            ("let a = \"x\n\ny\";\n", 3),
            ("#[cfg(test)]\nmod tests {\n}\n", 3),
        ];
        for (text, expected) in table {
            assert_eq!(Source::of(text).code_lines, expected, "{text}");
        }
    }
}
