//! The examples over the shipped files, and those in the documentation.
//!
//! The counts and sums were taken from the files by other means than this library.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::LazyLock;
use tagmata::{Filter, NewField, Schema, ValueType};
use tagmata_testkit::examples::{built, expected, printed as printed_by};

const PACKAGE: &str = env!("CARGO_MANIFEST_DIR");

static FILTER: LazyLock<String> = LazyLock::new(|| built(PACKAGE, "filter"));

#[test]
fn the_programs_print_what_those_of_the_other_languages_print() {
    for program in ["automation", "filter"] {
        assert_eq!(printed_by(PACKAGE, program), expected(program), "{program}");
    }
}

fn run(arguments: &[&str]) -> Output {
    Command::new(&*FILTER).args(arguments).output().unwrap()
}

fn printed(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{arguments:?}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What is said when nothing can be done, with the exit code.
fn refused(arguments: &[&str]) -> (Option<i32>, String) {
    let output = run(arguments);
    assert!(output.stdout.is_empty(), "{arguments:?}\n{}", String::from_utf8_lossy(&output.stdout));
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn without_arguments_the_shipped_files_are_read_and_the_tour_is_printed() {
    let tour = printed(&[]);
    for line in [
        "contacts-fr.csv: 320 rows read, 15 of them refused (windows-1252, separator `;`)",
        "contactos-es.csv: 260 rows read, 18 of them refused (UTF-8, separator `,`)",
        "── 9 of 547 contacts match",
    ] {
        assert!(tour.lines().any(|other| other == line), "{line}\n\n{tour}");
    }
    let names = [
        "Dirk Pirard",
        "Gérard Verdier",
        "Joëlle Maréchal",
        "Lœtitia Séguéla",
        "Agustín Suárez Agüero",
        "Yésica Muñoz Díaz",
        "Fermín Cáceres Pérez",
        "Tomás Ibáñez Yáñez",
        "Lucía Cárdenas",
    ];
    let matches = tour.lines().skip_while(|line| !line.contains("contacts match")).skip(3);
    let listed: Vec<&str> = matches
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.trim().split("  ").next())
        .collect();
    assert_eq!(listed, names);
    // One contact that is in, one that is out, and a wrong filter with its place marked.
    assert!(
        tour.contains("\n  yes: all of") && tour.contains("\n  no: all of") && tour.contains("^^^^"),
        "{tour}"
    );
}

#[test]
fn filters_of_the_command_line_match_as_many_contacts_as_the_files_say() {
    let table: &[(&str, usize)] = &[
        ("everyone", 547),
        ("status = lead", 175),
        ("status is empty", 21),
        ("country = FR", 226),
        ("country in (ES, AR) and billed >= 100000", 43),
        ("billed between 1000 and 1234.56", 2),
        ("client_type = Despacho", 176),
        ("newsletter is true", 295),
        ("not newsletter is true", 252),
        ("software has all (Sage, EBP)", 30),
        ("software is empty", 82),
        (r#"segments has "région NORD""#, 62),
        (r#"segments has any ("Région Nord", "Region Nord")"#, 63),
        (r#"tags has "dit \"le Grand\"""#, 4),
        (r#"tags has "riego; goteo""#, 5),
        ("count(tags) >= 2", 82),
        ("created_at in last 12 months", 64),
        ("created_at in last year", 67),
        ("birthday anniversary in next 14 days", 13),
        ("birthday > today", 2),
        (r#"email ends with "@EXAMPLE.fr""#, 128),
        (r#"organization contains "œ""#, 30),
    ];
    for (filter, count) in table {
        let report = printed(&["--filter", filter]);
        assert!(report.contains(&format!("── {count} of 547 contacts match\n")), "{filter}\n{report}");
    }
    let report = printed(&["--filter", "created_at in last 12 months", "--now", "2024-01-01T00:00:00Z"]);
    assert!(report.contains("── 76 of 547 contacts match\n"), "`--now` moves the question:\n{report}");
}

#[test]
fn the_other_spellings_read_back_as_the_same_filter() {
    for spelling in ["json", "tree"] {
        let stored = printed(&["--to", spelling]);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("filter.{spelling}"));
        std::fs::write(&path, stored).unwrap();
        let report = printed(&["--json", path.to_str().unwrap()]);
        assert!(report.contains("── 9 of 547 contacts match\n"), "{spelling}\n{report}");
    }
}

#[test]
fn a_contact_is_explained_by_name() {
    let report = printed(&["--filter", "billed > 20000", "--explain", "AGUSTIN SUAREZ AGUERO"]);
    assert!(
        report.contains("── Why Agustín Suárez Agüero matches\n\n  yes: billed > 20000 (307774.32)\n"),
        "{report}"
    );
}

#[test]
fn a_wrong_filter_is_drawn_and_ends_with_code_2() {
    let (code, message) = refused(&["--filter", "biled > 1000"]);
    assert_eq!(code, Some(2));
    assert!(message.contains("E0201") && message.contains("1 | biled > 1000\n  | ^^^^^\n"), "{message}");
}

#[test]
fn wrong_arguments_list_what_is_allowed() {
    for arguments in [&["--fliter", "everyone"] as &[&str], &["-x"], &["--to", "yaml"], &["--filter"]] {
        let (code, message) = refused(arguments);
        assert_eq!(code, Some(2), "{arguments:?}");
        assert!(
            message.starts_with("error: ") && message.contains("--explain NAME"),
            "{arguments:?}\n{message}"
        );
    }
    let (code, message) = refused(&["no-such-file.csv"]);
    assert!(code == Some(2) && message.starts_with("error: no-such-file.csv: "), "{message}");
}

/// What stands between fences with a word, on a page of the documentation.
fn fenced(page: &str, word: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(page);
    let text = std::fs::read_to_string(path).unwrap();
    let blocks: Vec<&str> = text.split(&format!("\n```{word}\n")).skip(1).collect();
    assert!(!blocks.is_empty(), "{page} has no {word}");
    blocks.into_iter().map(|block| block.split("\n```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_filters_in_the_documentation_are_filters() {
    let mut schema = Schema::default();
    let options = |key: &str, value_type, names: &[&str]| {
        names.iter().fold(NewField::new(key, value_type), |field, name| field.option(*name))
    };
    for field in [
        NewField::new("billed", ValueType::Number).label("Amount billed"),
        NewField::new("employees", ValueType::Number),
        NewField::new("newsletter", ValueType::Bool),
        NewField::new("birthday", ValueType::Date),
        options("client_type", ValueType::Select, &["farm", "dealer"]),
        options("software", ValueType::MultiSelect, &["Sage", "EBP", "Isagri", "Ekylibre"]),
    ] {
        schema.define_field(field).unwrap();
    }
    for tag in ["vip", "fidèle", "référence", "à rappeler"] {
        schema.define_tag(tag).unwrap();
    }
    for segment in ["Région Nord", "Région Sud", "Ne plus contacter"] {
        schema.define_segment(segment).unwrap();
    }
    let mut filters = Vec::new();
    for line in fenced("filter-language.md", "filter").iter().flat_map(|block| block.lines()) {
        filters.push(Filter::parse(line, &schema).unwrap_or_else(|error| panic!("{line}\n{error}")));
    }
    for json in fenced("filter-json.md", "json") {
        filters.push(Filter::from_json(&json, &schema).unwrap_or_else(|error| panic!("{json}\n{error}")));
    }
    for filter in filters {
        assert_eq!(Filter::parse(&filter.to_string(), &schema).unwrap(), filter);
        assert_eq!(Filter::from_json(&filter.to_json(&schema), &schema).unwrap(), filter);
    }
}
