//! The deepest and the largest filters that are legal, and a thread with a stack that is as small as those of small servers.

use tagmata::{Book, NewSegment, SegmentId, Timestamp};

/// How deep a filter may be nested.
const NESTING: usize = 64;

/// How many segments may refer to one another in a row.
const SEGMENTS: usize = 16;

/// Runs in a thread with 256 KiB of stack: what overflows it ends the whole process.
///
/// # Panics
/// If what was run does.
pub fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(256 * 1024).spawn(run).expect("a thread starts");
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

/// Filters as text, each as deep as may be, over the fields that every book has.
#[must_use]
pub fn texts() -> Vec<(&'static str, String)> {
    let repeated = |piece: &str, inner: &str, behind: &str, depth: usize| {
        format!("{}{inner}{}", piece.repeat(depth), behind.repeat(depth))
    };
    let groups = (0..NESTING).fold("status = lead".to_owned(), |inner, level| {
        let word = if level % 2 == 0 { "or" } else { "and" };
        let inner = if level == 0 { inner } else { format!("({inner})") };
        format!("id = {level} {word} {inner}")
    });
    // A level has as many conditions as fit into a text.
    let wide = (0..NESTING - 1).fold("status = lead".to_owned(), |inner, level| {
        let word = if level % 2 == 0 { "or" } else { "and" };
        let conditions = vec!["id=1"; 80].join(&format!(" {word} "));
        let inner = if level == 0 { inner } else { format!("({inner})") };
        format!("{conditions} {word} {inner}")
    });
    vec![
        ("brackets", repeated("(", "status = lead", ")", NESTING)),
        ("nots", repeated("not ", "status = lead", "", NESTING)),
        ("nots of brackets", repeated("not (", "status = lead", ")", NESTING / 2)),
        ("groups", groups),
        ("wide groups", wide),
        (
            "aggregates",
            repeated("not (", "count(payment) > 1 or sum(payment in last 90 days) > 3", ")", NESTING / 2 - 1),
        ),
    ]
}

/// The same as JSON and as trees of a query builder, and one with as many nodes as may be.
#[must_use]
pub fn documents() -> Vec<(&'static str, String)> {
    const LEAF: &str = r#"{"op":"=","field":"status","value":"lead"}"#;
    const RULE: &str = r#"{"field":"status","operator":"=","value":"lead"}"#;
    let repeated = |before: &str, inner: &str, behind: &str, depth: usize| {
        format!("{}{inner}{}", before.repeat(depth), behind.repeat(depth))
    };
    let filter = |node: &str| format!(r#"{{"v":1,"filter":{node}}}"#);
    let and = format!(r#"{{"op":"and","args":[{LEAF},"#);
    let or = format!(r#"{{"op":"or","args":[{LEAF},"#);
    vec![
        ("JSON nots", filter(&repeated(r#"{"op":"not","arg":"#, LEAF, "}", NESTING))),
        ("JSON groups", filter(&repeated(&format!("{and}{or}"), LEAF, "]}]}", NESTING / 2))),
        (
            "JSON nots of groups",
            filter(&repeated(&format!(r#"{{"op":"not","arg":{and}"#), LEAF, "]}}", NESTING / 2)),
        ),
        ("JSON nodes", filter(&format!(r#"{{"op":"or","args":[{}]}}"#, vec![LEAF; 9_999].join(",")))),
        (
            "groups of rules",
            repeated(&format!(r#"{{"combinator":"and","rules":[{RULE},"#), RULE, "]}", NESTING),
        ),
        (
            "negated groups of rules",
            repeated(r#"{"combinator":"or","not":true,"rules":["#, RULE, "]}", NESTING),
        ),
    ]
}

/// Makes the longest chain of segments in a book, each with a filter that is as deep as may be over the one before. The last one is what a
/// filter may refer to.
///
/// # Panics
/// If a segment is refused.
pub fn chain(book: &mut Book, now: Timestamp) -> Vec<SegmentId> {
    let nots = "not ".repeat(NESTING);
    let mut ids: Vec<SegmentId> = Vec::new();
    for at in 0..SEGMENTS {
        let filter = match at {
            0 => format!("{nots}status = lead"),
            _ => format!("{nots}segments has \"deep {}\"", at - 1),
        };
        let segment = NewSegment::dynamic(format!("deep {at}"), filter.as_str());
        ids.push(book.create_segment(segment, now).expect("the segment is legal").id);
    }
    ids
}

/// A filter that is as deep as may be over the longest chain of segments.
#[must_use]
pub fn over_the_chain() -> String {
    format!("{}segments has \"deep {}\"", "not ".repeat(NESTING), SEGMENTS - 1)
}
