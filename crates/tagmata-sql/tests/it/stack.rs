//! The deepest legal filters and the longest chains of segments become SQL on a thread with 256 KiB of stack, in every dialect, or are refused
//! as too large for the database (docs/limits.md).

use crate::world::{book, mapping, now};
use tagmata::{Book, Code, Error, Limits, NewSegment};
use tagmata_sql::{Compiler, Dialect, Mapping, SegmentsFrom};
use tagmata_testkit::deepest::{chain, documents, on_a_small_stack, over_the_chain, texts};

/// What was written, or too large.
fn fits<T>(written: Result<T, Error>, about: &str) {
    if let Err(error) = written {
        assert_eq!(error.code(), Code::StatementTooLarge, "{about}: {error:.300}");
    }
}

#[test]
fn statements_of_the_deepest_filters() {
    on_a_small_stack(|| {
        let mut book = book();
        let segments = chain(&mut book, now());
        let mut filters: Vec<_> =
            texts().iter().map(|(name, text)| (*name, book.filter(text.as_str()).unwrap())).collect();
        for (name, json) in documents() {
            filters.push((name, tagmata::Filter::from_json(&json, book.schema()).unwrap()));
        }
        filters.push(("a chain of segments", book.filter(over_the_chain()).unwrap()));
        for dialect in Dialect::ALL {
            let mapping = mapping(dialect);
            let compiler = Compiler::new(dialect, &mapping, &book);
            for (name, filter) in &filters {
                let about = format!("{dialect}: {name}");
                fits(compiler.select(filter), &about);
                // One of the three is enough where a statement is long.
                if *name != "JSON nodes" && *name != "wide groups" {
                    fits(compiler.count(filter), &about);
                    fits(compiler.condition(filter), &about);
                    fits(compiler.segments_from(SegmentsFrom::Members).select(filter), &about);
                }
            }
            fits(compiler.members(&segments), "members");
            fits(compiler.differences(&segments), "differences");
        }
    });
}

/// As many segments in a row as a book can have, whatever its limits are.
#[test]
fn statements_of_the_longest_chains_that_limits_can_be_raised_to() {
    on_a_small_stack(|| {
        let limits = Limits { segment_depth: usize::MAX, ..Limits::default() };
        let mut book = Book::builder().limits(limits).build(now());
        let mut ids = Vec::new();
        for at in 0..=32 {
            let filter = if at == 0 {
                "status = lead".to_owned()
            } else {
                format!("segments has S{} or country = FR", at - 1)
            };
            ids.push(
                book.create_segment(NewSegment::dynamic(format!("S{at}"), filter.as_str()), now())
                    .unwrap()
                    .id,
            );
        }
        let filter = book.filter("segments has S31").unwrap();
        for dialect in Dialect::ALL {
            let mapping = mapping(dialect);
            let compiler = Compiler::new(dialect, &mapping, &book);
            fits(compiler.select(&filter), "a chain");
            fits(compiler.members(&ids), "members");
        }
    });
}

#[test]
fn mappings_as_deep_as_anybody_likes() {
    on_a_small_stack(|| {
        for depth in [100, 100_000] {
            let deep = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            for json in [
                deep.clone(),
                format!(r#"{{"contacts": {deep}}}"#),
                format!(r#"{{"contacts": {{"table": {deep}, "id": "id"}}}}"#),
                format!("{{\"contacts\":{}", r#"{"table":"#.repeat(depth)),
            ] {
                assert_eq!(Mapping::from_json(&json).unwrap_err().code(), Code::BadMapping);
            }
        }
        let keys = vec!["k"; 10_000];
        let path = serde_json::json!({"contacts": {"table": "t", "id": "id"}, "fields": {"billed": {"column": "c", "path": keys}}});
        let (book, mapping) = (book(), Mapping::from_json(&path.to_string()).unwrap());
        for dialect in Dialect::ALL {
            let compiler = Compiler::new(dialect, &mapping, &book);
            fits(compiler.select(&book.filter("billed > 1").unwrap()), "a long path");
        }
    });
}
