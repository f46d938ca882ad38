//! Folds that a database makes itself, held to those of the library for every character.

use crate::statements::{Answer, Case, Statement};
use crate::table::{Kind, Table};
use serde_json::json;
use tagmata::{Book, Timestamp};
use tagmata_sql::{Compiler, Dialect, FieldMapping, Folding, Mapping};

/// So many characters are in one text, which has to be shorter than what filters take.
const IN_TEXT: usize = 700;

/// A text is found by itself, if the database folds all its characters as the library does.
pub(crate) fn characters(dialect: Dialect) -> Case {
    let now: Timestamp = "2026-11-22T09:30:00Z".parse().unwrap();
    let book = Book::builder().build(now);
    let memo = FieldMapping::column("memo").fold(Folding::Native);
    let mapping = Mapping::new("texts", "id").field("source", memo);
    let compiler = Compiler::new(dialect, &mapping, &book);

    let mut table = Table::new("texts".to_owned(), &[("id", Kind::Integer), ("memo", Kind::Text)]);
    let mut statements = Vec::new();
    // Those beyond are not assigned, or for private use.
    let mut all: Vec<char> = ('\u{1}'..='\u{323af}').chain('\u{e0000}'..='\u{e01ef}').collect();
    // Letters of Unicode 17 fold where a program knows of them.
    all.retain(|c| !matches!(c, '\u{a7ce}'..='\u{a7d5}' | '\u{16ea0}'..='\u{16ebf}'));
    for (id, characters) in all.chunks(IN_TEXT).enumerate() {
        // Apart from one another, so that none of them is composed with the one before it.
        let text: String = characters.iter().flat_map(|c| ['|', *c]).chain(['|']).collect();
        table.rows.push(vec![json!(id), json!(text)]);
        let filter = book.filter(format!("source = {}", quoted(&text)).as_str()).unwrap();
        let sql = compiler.select(&filter).unwrap();
        statements.push(Statement {
            about: format!("characters from U+{:04X}", u32::from(characters[0])),
            text: sql.text,
            params: sql.params,
            is_format: false,
            answer: Answer::Ids(vec![i64::try_from(id).unwrap()]),
        });
    }
    let about = "all characters".to_owned();
    Case { about, tables: vec![table], folds: [].into(), statements, refused: Vec::new() }
}

/// A text in a filter.
fn quoted(text: &str) -> String {
    let escape = |c: char| if matches!(c, '"' | '\\') { format!("\\{c}") } else { c.to_string() };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}
