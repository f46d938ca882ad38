//! The interactions are what the comparison says they are, and tagmata takes all of them, whichever way they come.

use std::io::Cursor;

use tagmata::InteractionOptions;
use tagmata_benches::{
    INTERACTIONS_PER_CONTACT, book, book_with_interactions, interaction_queries, now, write_interactions,
};

#[test]
fn a_file_and_many_at_once_are_the_same() {
    let mut file = Vec::new();
    write_interactions(&mut file, 2_000).expect("interactions in memory");
    let mut imported = book(2_000);
    for (created, unchanged) in [(2_000 * INTERACTIONS_PER_CONTACT, 0), (0, 2_000 * INTERACTIONS_PER_CONTACT)]
    {
        let report = imported.import(Cursor::new(&file), &InteractionOptions::new(), now()).expect("a file");
        assert_eq!((report.created, report.unchanged, report.rejected), (created, unchanged, 0));
        assert_eq!((report.ignored_columns, report.problems), (Vec::new(), Vec::new()));
    }
    let recorded = book_with_interactions(2_000);
    for query in interaction_queries() {
        let found = imported.select(query.filter).expect("a filter");
        assert_eq!(recorded.select(query.filter).expect("a filter"), found, "{query}");
        assert!(!found.is_empty() && found.len() < 2_000, "{query}: {}", found.len());
    }
}
