//! What a file declares and names: its `mod` lines, its imports, and its paths from `crate`, `super` or `self`.

use super::source::Source;
use super::tokens::{Tokens, is_word};

/// What one file declares and names, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) modules: Vec<Declaration>,
    pub(super) references: Vec<Reference>,
}

/// `mod name;`
#[derive(Debug)]
pub(super) struct Declaration {
    pub(super) name: String,
    pub(super) line: usize,
}

/// A path, as it is written, with groups taken apart: `use super::{a, b::C}` is `super::a` and `super::b::C`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// The modules with a body, within the file, around it.
    pub(super) inside: Vec<String>,
    pub(super) path: Vec<String>,
    pub(super) line: usize,
    pub(super) form: Form,
}

/// How a path is used.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The end of a `use`, and the name it has from there on.
    Import(String),
    /// `use path::*`
    Glob,
    /// Anywhere else.
    Mention,
}

impl Contents {
    pub(super) fn of(source: &Source) -> Self {
        let mut scan =
            Scan { tokens: &source.tokens, at: 0, depth: 0, inside: Vec::new(), found: Self::default() };
        while scan.at < source.tokens.len() {
            scan.step();
        }
        scan.found
    }
}

struct Scan<'t> {
    tokens: &'t Tokens,
    at: usize,
    /// Braces open here.
    depth: usize,
    /// The modules with a body that are open here, each with the depth outside it.
    inside: Vec<(String, usize)>,
    found: Contents,
}

impl<'t> Scan<'t> {
    fn text(&self, ahead: usize) -> &'t str {
        self.tokens.text(self.at + ahead)
    }

    fn add(&mut self, path: Vec<String>, line: usize, form: Form) {
        let inside = self.inside.iter().map(|(name, _)| name.clone()).collect();
        self.found.references.push(Reference { inside, path, line, form });
    }

    fn step(&mut self) {
        match self.text(0) {
            "mod" if is_word(self.text(1)) && self.text(2) == ";" => {
                if self.inside.is_empty() {
                    let line = self.tokens.line(self.at);
                    self.found.modules.push(Declaration { name: self.text(1).to_owned(), line });
                }
                self.at += 3;
            }
            "mod" if is_word(self.text(1)) && self.text(2) == "{" => {
                self.inside.push((self.text(1).to_owned(), self.depth));
                self.depth += 1;
                self.at += 3;
            }
            // `impl Trait + use<'a>` is no import.
            "use" if self.text(1) != "<" => {
                self.at += 1;
                self.import(&[]);
            }
            "crate" | "super" | "self" if self.text(1) == "::" => self.mention(),
            "{" => {
                self.depth += 1;
                self.at += 1;
            }
            "}" => {
                self.depth = self.depth.saturating_sub(1);
                self.inside.pop_if(|(_, outside)| *outside == self.depth);
                self.at += 1;
            }
            _ => self.at += 1,
        }
    }

    fn mention(&mut self) {
        let line = self.tokens.line(self.at);
        let mut path = vec![self.text(0).to_owned()];
        self.at += 1;
        while self.text(0) == "::" && is_word(self.text(1)) {
            path.push(self.text(1).to_owned());
            self.at += 2;
        }
        self.add(path, line, Form::Mention);
    }

    /// One branch of a `use`, after `prefix`.
    fn import(&mut self, prefix: &[String]) {
        let mut path = prefix.to_vec();
        loop {
            let line = self.tokens.line(self.at);
            match self.text(0) {
                "{" => return self.import_group(&path),
                "*" => {
                    self.at += 1;
                    return self.add(path, line, Form::Glob);
                }
                "::" => {
                    // `use ::name` starts from the names of other crates.
                    if path.is_empty() {
                        path.push(String::new());
                    }
                    self.at += 1;
                }
                word if is_word(word) => {
                    self.at += 1;
                    if self.text(0) != "::" {
                        return self.import_end(path, word, line);
                    }
                    path.push(word.to_owned());
                }
                "}" | ";" | "" => return,
                _ => {
                    self.at += 1;
                    return;
                }
            }
        }
    }

    fn import_group(&mut self, prefix: &[String]) {
        self.at += 1;
        loop {
            match self.text(0) {
                "}" => {
                    self.at += 1;
                    return;
                }
                ";" | "" => return,
                "," => self.at += 1,
                _ => self.import(prefix),
            }
        }
    }

    fn import_end(&mut self, mut path: Vec<String>, word: &str, line: usize) {
        if word != "self" || path.is_empty() {
            path.push(word.to_owned());
        }
        let mut name = path.last().cloned().unwrap_or_default();
        if self.text(0) == "as" {
            name = self.text(1).to_owned();
            self.at += 2;
        }
        self.add(path, line, Form::Import(name));
    }
}

#[cfg(test)]
mod tests {
    use super::{Contents, Form};
    use crate::layers::source::Source;

    /// One line for each reference: `line: path`, with ` as name` for an import and `::*` for a glob.
    fn references(text: &str) -> Vec<String> {
        let contents = Contents::of(&Source::of(text));
        let shown = contents.references.iter().map(|reference| {
            let mut path = reference.inside.iter().map(|name| format!("{name}/")).collect::<String>();
            path += &reference.path.join("::");
            match &reference.form {
                Form::Import(name) => format!("{}: {path} as {name}", reference.line),
                Form::Glob => format!("{}: {path}::*", reference.line),
                Form::Mention => format!("{}: {path}", reference.line),
            }
        });
        shown.collect()
    }

    #[test]
    fn imports_are_taken_apart() {
        let table: &[(&str, &[&str])] = &[
            ("use crate::a;", &["1: crate::a as a"]),
            ("pub(crate) use a::B as C;", &["1: a::B as C"]),
            (
                "use super::{\n    b,\n    c::{self, D, e::{F, G as H}},\n};",
                &[
                    "2: super::b as b",
                    "3: super::c as c",
                    "3: super::c::D as D",
                    "3: super::c::e::F as F",
                    "3: super::c::e::G as H",
                ],
            ),
            ("use {crate::a, std::fmt};", &["1: crate::a as a", "1: std::fmt as fmt"]),
            ("use crate::{a::*, b};", &["1: crate::a::*", "1: crate::b as b"]),
            ("use super::super::a;", &["1: super::super::a as a"]),
            ("use ::csv::Reader;", &["1: ::csv::Reader as Reader"]),
            ("use crate as own; use self::a;", &["1: crate as own", "1: self::a as a"]),
            ("macro_rules! m { () => { use $crate::a; } }", &["1: crate::a"]),
        ];
        for (text, expected) in table {
            assert_eq!(&references(text), expected, "{text}");
        }
    }

    #[test]
    fn paths_are_found_outside_imports() {
        let table: &[(&str, &[&str])] = &[
            ("fn f(x: &crate::a::B) { super::c::d::<u8>() }", &["1: crate::a::B", "1: super::c::d"]),
            ("impl<T: self::a::B> crate::C for T {}", &["1: self::a::B", "1: crate::C"]),
            ("fn f(self) -> impl I + use<'a> { self.g(\"crate::a\") /* crate::b */ }", &[]),
            ("pub(crate) struct A; pub(super) fn f() {}", &[]),
            ("x!(crate::a::B, other::crate_name)", &["1: crate::a::B"]),
            (
                "mod m { mod n { use super::a; } super::b(); } crate::c()",
                &["1: m/n/super::a as a", "1: m/super::b", "1: crate::c"],
            ),
        ];
        for (text, expected) in table {
            assert_eq!(&references(text), expected, "{text}");
        }
    }

    #[test]
    fn declarations_keep_their_order() {
        let text = "mod b;\npub mod a;\n#[cfg(feature = \"x\")]\npub(crate) mod c;\nmod inline { mod d; }\n#[cfg(test)] mod t;";
        let contents = Contents::of(&Source::of(text));
        let modules: Vec<_> =
            contents.modules.iter().map(|module| (module.name.as_str(), module.line)).collect();
        assert_eq!(modules, [("b", 1), ("a", 2), ("c", 4)]);
    }
}
