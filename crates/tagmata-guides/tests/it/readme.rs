//! What the README shows beside programs: filters, their other spellings, and an error as it is drawn.

use tagmata::{Filter, NewField, Schema, ValueType};
use tagmata_guides::page::{Block, blocks};
use tagmata_guides::pages::pages;

fn readme() -> String {
    pages().unwrap().into_iter().find(|(path, _)| path == "README.md").unwrap().1
}

/// The blocks of one language.
fn of(language: &str) -> Vec<Block> {
    blocks(&readme()).into_iter().filter(|block| block.is_program(language)).collect()
}

fn schema() -> Schema {
    let mut schema = Schema::default();
    let software = ["Sage", "EBP"]
        .iter()
        .fold(NewField::new("software", ValueType::MultiSelect), |field, name| field.option(*name));
    for field in [
        NewField::new("billed", ValueType::Number).label("Montant facturé"),
        NewField::new("employees", ValueType::Number),
        NewField::new("birthday", ValueType::Date),
        software,
    ] {
        schema.define_field(field).unwrap();
    }
    for tag in ["vip", "a", "b"] {
        schema.define_tag(tag).unwrap();
    }
    for segment in ["Région Nord", "Ne plus contacter"] {
        schema.define_segment(segment).unwrap();
    }
    schema
}

/// What stands between backquotes, as many at its end as at its beginning.
fn spans(line: &str) -> Vec<&str> {
    let (mut spans, mut rest) = (Vec::new(), line);
    while let Some(start) = rest.find('`') {
        let inner = rest[start..].trim_start_matches('`');
        let fence = &rest[start..rest.len() - inner.len()];
        let (span, behind) = inner.split_once(fence).unwrap();
        spans.push(span.trim());
        rest = behind;
    }
    spans
}

#[test]
fn spans_are_what_stands_between_backquotes() {
    assert_eq!(spans("a `b`, `` `c` > 1 `` d"), ["b", "`c` > 1"]);
}

#[test]
fn the_filters_of_the_table_are_filters() {
    let (readme, schema) = (readme(), schema());
    let table = readme.split("## The filter language\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    let mut filters = 0;
    for row in rows.iter().filter(|row| !row.starts_with("| combining")) {
        for filter in spans(row) {
            let read = Filter::parse(filter, &schema).unwrap_or_else(|error| panic!("{filter}\n{error}"));
            assert_eq!(Filter::parse(&read.to_string(), &schema).unwrap(), read);
            filters += 1;
        }
    }
    assert!(filters >= 20, "{filters}");
    let combined = "(everyone or nobody) and not nobody # a comment";
    assert!(Filter::parse(combined, &schema).is_ok());
}

#[test]
fn the_three_spellings_are_one_filter() {
    let schema = schema();
    let filter = Filter::parse("status != lead", &schema).unwrap();
    let [canonical, tree] = &of("json")[..] else { panic!("the README has other blocks of JSON") };
    assert_eq!(filter.to_json(&schema), canonical.text.trim());
    assert_eq!(filter.to_query_builder(&schema).unwrap(), tree.text.trim());
    for block in [canonical, tree] {
        assert_eq!(Filter::from_json(&block.text, &schema).unwrap(), filter);
    }
}

#[test]
fn the_error_is_drawn_so() {
    let error = Filter::parse("biled > 1000 and created_at in last day", &schema()).unwrap_err();
    assert_eq!(error.render(), of("text").pop().unwrap().text.trim_end());
}
