//! The tree of modules of one crate, built from its `mod` lines, and what a path in it leads to.

use std::collections::{BTreeMap, BTreeSet};

use super::references::{Contents, Form, Reference};
use super::source::Source;
use super::violation::Violation;

/// How many re-exports are followed from one name to the next; more is a circle.
const MOST_HOPS: usize = 16;

/// The files of one `src` folder: by their path below it, with `/`.
pub(super) type Files = BTreeMap<String, File>;

/// One file, read.
#[derive(Debug)]
pub(super) struct File {
    pub(super) source: Source,
    pub(super) contents: Contents,
}

impl File {
    pub(super) fn of(text: &str) -> Self {
        let source = Source::of(text);
        let contents = Contents::of(&source);
        Self { source, contents }
    }
}

/// One module that has a file.
#[derive(Debug)]
pub(super) struct Module<'f> {
    /// Its names from the root of the crate; empty for the root.
    pub(super) path: Vec<String>,
    /// Its file below `src`.
    pub(super) file: String,
    /// The modules it declares, in the order of the `mod` lines.
    pub(super) children: Vec<&'f str>,
    pub(super) contents: &'f Contents,
}

/// The modules of one crate, without those that only tests have.
#[derive(Debug)]
pub(super) struct Modules<'f> {
    by_path: BTreeMap<Vec<String>, Module<'f>>,
    /// Every file that belongs to the crate, those for tests included.
    pub(super) files: BTreeSet<String>,
    /// Declarations without a file.
    pub(super) violations: Vec<Violation>,
}

/// Where a path leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) module: Vec<String>,
    /// Whether the path names the module itself, and not an item in it.
    pub(super) is_module: bool,
}

impl<'f> Modules<'f> {
    /// The crate whose root is this file, `lib.rs` or `main.rs`.
    pub(super) fn of(root: &str, files: &'f Files) -> Self {
        let mut modules = Self { by_path: BTreeMap::new(), files: BTreeSet::new(), violations: Vec::new() };
        modules.add(Vec::new(), root, files, false);
        modules
    }

    fn add(&mut self, path: Vec<String>, name: &str, files: &'f Files, only_tests: bool) {
        let Some(file) = files.get(name) else { return };
        self.files.insert(name.to_owned());
        let below = folder_of_children(name);
        for test in &file.source.test_modules {
            if let Some(found) = find(files, &below, test) {
                self.add(child(&path, test), &found, files, true);
            }
        }
        let mut children: Vec<&str> = Vec::new();
        for declared in &file.contents.modules {
            if children.contains(&declared.name.as_str()) {
                continue;
            }
            children.push(&declared.name);
            match find(files, &below, &declared.name) {
                Some(found) => {
                    self.add(child(&path, &declared.name), &found, files, only_tests);
                }
                None => self.violations.push(Violation {
                    file: name.to_owned(),
                    line: declared.line,
                    message: format!("declares {}, which has no file", declared.name),
                }),
            }
        }
        if !only_tests {
            let module =
                Module { path: path.clone(), file: name.to_owned(), children, contents: &file.contents };
            self.by_path.insert(path, module);
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Module<'f>> {
        self.by_path.values()
    }

    pub(super) fn get(&self, path: &[String]) -> Option<&Module<'f>> {
        self.by_path.get(path)
    }

    /// What a reference in this module leads to; nothing when that is another crate.
    pub(super) fn target(&self, module: &Module<'_>, reference: &Reference) -> Option<Target> {
        Some(self.follow(&self.absolute(module, reference, MOST_HOPS)?, MOST_HOPS))
    }

    /// The reference from the root of the crate on.
    fn absolute(&self, module: &Module<'_>, reference: &Reference, hops: usize) -> Option<Vec<String>> {
        let mut base: Vec<String> = [module.path.as_slice(), &reference.inside].concat();
        let mut rest = reference.path.as_slice();
        match reference.path.first()?.as_str() {
            "crate" => {
                base.clear();
                rest = rest.get(1..)?;
            }
            "self" | "super" => {
                while let Some((first, after)) = rest.split_first() {
                    match first.as_str() {
                        "self" => {}
                        "super" => {
                            base.pop()?;
                        }
                        _ => break,
                    }
                    rest = after;
                }
            }
            child if module.children.contains(&child) => {}
            // A name that another `use` of the same module brought in.
            name => {
                let import = import_of(module, name).filter(|import| *import != reference)?;
                base = self.absolute(module, import, hops.checked_sub(1)?)?;
                rest = rest.get(1..)?;
            }
        }
        base.extend_from_slice(rest);
        Some(base)
    }

    /// Walks down from the root, through re-exports to the module that has the item itself.
    fn follow(&self, path: &[String], hops: usize) -> Target {
        let mut here = Vec::new();
        for (i, name) in path.iter().enumerate() {
            let Some(module) = self.by_path.get(&here) else { break };
            if module.children.contains(&name.as_str()) {
                here.push(name.clone());
                continue;
            }
            let further = import_of(module, name).zip(hops.checked_sub(1)).and_then(|(import, hops)| {
                let mut further = self.absolute(module, import, hops)?;
                further.extend_from_slice(path.get(i + 1..)?);
                Some(self.follow(&further, hops))
            });
            return further.unwrap_or(Target { module: here, is_module: false });
        }
        Target { module: here, is_module: true }
    }
}

/// The import that brings this name into a module, as a re-export does.
fn import_of<'m>(module: &'m Module<'_>, name: &str) -> Option<&'m Reference> {
    module.contents.references.iter().find(|reference| {
        reference.inside.is_empty() && matches!(&reference.form, Form::Import(as_name) if as_name == name)
    })
}

fn child(path: &[String], name: &str) -> Vec<String> {
    path.iter().map(String::as_str).chain([name]).map(str::to_owned).collect()
}

/// The folder of the files that this file declares as modules: its own for `lib.rs`, `main.rs` and `mod.rs`, else one
/// with its name.
fn folder_of_children(file: &str) -> String {
    let (folder, name) = file.rsplit_once('/').map_or(("", file), |(folder, name)| (folder, name));
    let own = match name {
        "lib.rs" | "main.rs" | "mod.rs" => "",
        other => other.trim_end_matches(".rs"),
    };
    [folder, own].into_iter().filter(|part| !part.is_empty()).map(|part| format!("{part}/")).collect()
}

fn find(files: &Files, folder: &str, module: &str) -> Option<String> {
    [format!("{folder}{module}.rs"), format!("{folder}{module}/mod.rs")]
        .into_iter()
        .find(|file| files.contains_key(file))
}

#[cfg(test)]
mod tests {
    use super::{File, Files, Modules};

    fn files(texts: &[(&str, &str)]) -> Files {
        texts.iter().map(|(name, text)| ((*name).to_owned(), File::of(text))).collect()
    }

    #[test]
    fn paths_lead_to_the_file_that_has_the_item() {
        let files = files(&[
            ("lib.rs", "mod value; mod filter; pub use filter::{Plan, ast as tree}; pub use std::fmt;"),
            ("value.rs", ""),
            (
                "filter/mod.rs",
                "pub mod ast; mod plan; mod json; pub use plan::Plan; use self::ast::Node as N; pub use json::write as out; pub use crate::filter::round as trip; pub use super::filter::trip as round;",
            ),
            ("filter/ast.rs", ""),
            ("filter/plan.rs", ""),
            ("filter/json/mod.rs", "mod read; mod write; pub use write::to_text; pub use write;"),
            ("filter/json/read.rs", ""),
            ("filter/json/write.rs", ""),
        ]);
        let modules = Modules::of("lib.rs", &files);
        assert_eq!(modules.files.len(), files.len());
        let table = [
            ("value::Value", "value", false),
            ("value", "value", true),
            ("filter", "filter", true),
            ("filter::ast::Node::new", "filter/ast", false),
            ("filter::Plan", "filter/plan", false),
            ("Plan::new", "filter/plan", false),
            ("tree::Node", "filter/ast", false),
            ("tree", "filter/ast", true),
            ("filter::N", "filter/ast", false),
            ("filter::json::to_text", "filter/json/write", false),
            ("filter::out", "filter/json/write", true),
            ("filter::out::x", "filter/json/write", false),
            ("filter::json::own_item", "filter/json", false),
            ("fmt::Debug", "", false),
            ("filter::trip", "filter", false),
        ];
        for (path, module, is_module) in table {
            let path: Vec<String> = path.split("::").map(str::to_owned).collect();
            let target = modules.follow(&path, super::MOST_HOPS);
            assert_eq!((target.module.join("/").as_str(), target.is_module), (module, is_module), "{path:?}");
        }
    }

    #[test]
    fn a_declaration_needs_a_file() {
        let files = files(&[
            ("lib.rs", "mod a;\nmod b;\n#[cfg(test)] mod laws;"),
            ("a.rs", "#[cfg(test)] mod tests;"),
            ("a/tests.rs", "mod more;"),
            ("a/tests/more.rs", ""),
            ("laws/mod.rs", ""),
            ("orphan.rs", ""),
        ]);
        let modules = Modules::of("lib.rs", &files);
        let violations: Vec<_> = modules.violations.iter().map(ToString::to_string).collect();
        assert_eq!(violations, ["lib.rs:2: declares b, which has no file"]);
        assert!(!modules.files.contains("orphan.rs"));
        assert_eq!(modules.files.len(), 5);
        assert_eq!(modules.iter().map(|module| module.file.as_str()).collect::<Vec<_>>(), ["lib.rs", "a.rs"]);
    }
}
