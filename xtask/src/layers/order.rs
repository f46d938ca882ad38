//! The rule of the layers: a module uses only modules that its room, or `lib.rs`, lists before it.

use std::collections::BTreeSet;

use super::modules::{Module, Modules, Target};
use super::references::{Form, Reference};
use super::violation::Violation;

/// The references that go against the order, each once.
pub(super) fn check(modules: &Modules<'_>) -> BTreeSet<Violation> {
    let mut violations = BTreeSet::new();
    for module in modules.iter() {
        for reference in &module.contents.references {
            if let Some(message) = modules
                .target(module, reference)
                .and_then(|target| judge(modules, module, reference, &target))
            {
                violations.insert(Violation { file: module.file.clone(), line: reference.line, message });
            }
        }
    }
    violations
}

fn judge(
    modules: &Modules<'_>,
    module: &Module<'_>,
    reference: &Reference,
    target: &Target,
) -> Option<String> {
    let shared = module.path.iter().zip(&target.module).take_while(|(own, other)| own == other).count();
    let room = modules.get(module.path.get(..shared)?)?;
    let Some(own) = module.path.get(shared) else {
        // The target is the module itself, or in its room.
        return None;
    };
    let Some(other) = target.module.get(shared) else {
        // The target is a room around the module: with its name, anything in it could be reached unseen.
        let names_room = target.is_module && matches!(reference.form, Form::Import(_));
        let name = room.path.last().map_or("the whole crate", String::as_str);
        return names_room
            .then(|| format!("imports {name}, which it is part of: name the file that is meant"));
    };
    let place = |name: &str| room.children.iter().position(|child| *child == name);
    if place(other) <= place(own) {
        return None;
    }
    let route = if reference.path.contains(other) {
        String::new()
    } else {
        format!(" (through `{}`)", reference.path.join("::"))
    };
    Some(format!("uses {other}{route}, which comes later in {}", room.file))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::layers::modules::{File, Files, Modules};

    /// A crate with three rooms, in which one file has this text.
    fn violations(changed: &str, text: &str) -> Vec<String> {
        let crate_files = [
            (
                "lib.rs",
                "mod text;\nmod filter;\nmod table;\npub use filter::{Plan, parse};\npub use table::Table;",
            ),
            ("text.rs", ""),
            (
                "filter/mod.rs",
                "mod ast;\nmod lexer;\nmod json;\nmod check;\npub use check::{Plan, check};\npub use json::read::from_json;",
            ),
            ("filter/ast.rs", ""),
            ("filter/lexer.rs", ""),
            ("filter/json/mod.rs", "mod write; mod read;"),
            ("filter/json/write.rs", ""),
            ("filter/json/read.rs", ""),
            ("filter/check.rs", ""),
            ("table/mod.rs", "mod columns;\npub use columns::Table;"),
            ("table/columns.rs", ""),
        ];
        let files: Files = crate_files
            .iter()
            .map(|(name, usual)| ((*name).to_owned(), File::of(if *name == changed { text } else { usual })))
            .collect();
        assert!(files.contains_key(changed), "{changed}");
        check(&Modules::of("lib.rs", &files)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn upwards_is_allowed() {
        let table = [
            ("text.rs", "use std::fmt; use csv::Reader; use filter_crate::x;"),
            ("text.rs", "use self::inner::A; mod inner { use super::B; pub struct A; }"),
            ("filter/lexer.rs", "use super::ast::Node; use crate::text::fold; use crate::filter::ast;"),
            ("filter/lexer.rs", "use super::lexer::own;"),
            ("filter/lexer.rs", "// super::check\n/// [`crate::table`]\nconst A: &str = \"crate::table\";"),
            (
                "filter/lexer.rs",
                "#[cfg(test)]\nmod tests { use super::super::check; use crate::table::Table; }",
            ),
            ("filter/check.rs", "use super::json::read::from_json; use super::{ast, from_json as f};"),
            ("filter/json/read.rs", "use super::super::ast; use super::write::w; use crate::filter::lexer;"),
            ("table/columns.rs", "use crate::{Plan, filter::{self, ast::Node}, parse};"),
            ("table/columns.rs", "macro_rules! m { () => { $crate::filter::Plan } }"),
        ];
        for (file, text) in table {
            assert_eq!(violations(file, text), Vec::<String>::new(), "{file}: {text}");
        }
    }

    #[test]
    fn downwards_is_a_violation() {
        let table: &[(&str, &str, &[&str])] = &[
            ("text.rs", "\nuse crate::filter;", &["text.rs:2: uses filter, which comes later in lib.rs"]),
            (
                "text.rs",
                "fn f() { crate::filter::ast::x() }",
                &["text.rs:1: uses filter, which comes later in lib.rs"],
            ),
            (
                "text.rs",
                "use crate::Plan;",
                &["text.rs:1: uses filter (through `crate::Plan`), which comes later in lib.rs"],
            ),
            (
                "text.rs",
                "use super::Table;",
                &["text.rs:1: uses table (through `super::Table`), which comes later in lib.rs"],
            ),
            (
                "filter/lexer.rs",
                "use super::check::Plan;",
                &["filter/lexer.rs:1: uses check, which comes later in filter/mod.rs"],
            ),
            (
                "filter/lexer.rs",
                "use crate::filter::check;",
                &["filter/lexer.rs:1: uses check, which comes later in filter/mod.rs"],
            ),
            (
                "filter/lexer.rs",
                "use super::Plan;",
                &[
                    "filter/lexer.rs:1: uses check (through `super::Plan`), which comes later in filter/mod.rs",
                ],
            ),
            (
                "filter/lexer.rs",
                "use crate::Plan;",
                &[
                    "filter/lexer.rs:1: uses check (through `crate::Plan`), which comes later in filter/mod.rs",
                ],
            ),
            (
                "filter/lexer.rs",
                "use super::{\n    ast,\n    check::{Plan, check},\n    from_json,\n};\nuse crate::{table::Table, text};",
                &[
                    "filter/lexer.rs:3: uses check, which comes later in filter/mod.rs",
                    "filter/lexer.rs:4: uses json (through `super::from_json`), which comes later in filter/mod.rs",
                    "filter/lexer.rs:6: uses table, which comes later in lib.rs",
                ],
            ),
            (
                "filter/lexer.rs",
                "use super::json::write::{a, b};",
                &["filter/lexer.rs:1: uses json, which comes later in filter/mod.rs"],
            ),
            (
                "filter/json/write.rs",
                "use super::read;",
                &["filter/json/write.rs:1: uses read, which comes later in filter/json/mod.rs"],
            ),
            (
                "filter/json/write.rs",
                "use super::super::check;",
                &["filter/json/write.rs:1: uses check, which comes later in filter/mod.rs"],
            ),
            (
                "filter/json/write.rs",
                "mod inner { use super::super::read; }",
                &["filter/json/write.rs:1: uses read, which comes later in filter/json/mod.rs"],
            ),
            (
                "filter/mod.rs",
                "mod ast; pub use crate::table::Table;",
                &["filter/mod.rs:1: uses table, which comes later in lib.rs"],
            ),
            (
                "filter/lexer.rs",
                "use crate::filter::{self, ast};",
                &["filter/lexer.rs:1: imports filter, which it is part of: name the file that is meant"],
            ),
            (
                "text.rs",
                "use crate as own;",
                &["text.rs:1: imports the whole crate, which it is part of: name the file that is meant"],
            ),
        ];
        for (file, text, expected) in table {
            assert_eq!(&violations(file, text), expected, "{file}: {text}");
        }
    }
}
