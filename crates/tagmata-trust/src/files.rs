//! CSV files.

use crate::Input;
use crate::filters::book;
use std::io::Cursor;
use tagmata::{ExportOptions, ImportOptions, Timestamp};

pub(crate) const INPUTS: &[Input] = &[
    // Below a hundred rows, a row costs a little less.
    ("file: rows", 200, |n| {
        import(&format!("{HEADER}{}", many(n, |at| format!("FR,Zoe,M,zoe{at}@example.com,a,\n"))))
    }),
    ("file: rows that are rejected", 50, |n| {
        import(&format!("{HEADER}{}", many(n, |at| format!("Utopia,Zoe,M,zoe{at},a,\n"))))
    }),
    ("file: rows for one contact", 50, |n| {
        import(&format!("{HEADER}{}", "FR,Zoe,M,zoe@example.com,a,\n".repeat(n)))
    }),
    ("file: columns", 250, |n| {
        import(&format!(
            "{HEADER_LINE},{}x\nFR,Zoe,M,zoe@example.com,a,,{}\n",
            many(n, |at| format!("c{at},")),
            ",".repeat(n)
        ))
    }),
    ("file: columns of one name", 250, |n| import(&format!("{HEADER_LINE},{}x\n", "Email,".repeat(n)))),
    ("file: ignored columns of one name", 250, |n| {
        import(&format!("{HEADER_LINE},{}x\nFR,Zoe,M,zoe@example.com,a,,{}\n", "c,".repeat(n), ",".repeat(n)))
    }),
    ("file: tags in a cell", 125, |n| {
        import(&format!("{HEADER}FR,Zoe,M,zoe@example.com,a,{}\n", many(n, |at| format!("t{at};"))))
    }),
    ("file: the same tag in a cell", 125, |n| {
        import(&format!("{HEADER}FR,Zoe,M,zoe@example.com,a,{}\n", "t;".repeat(n)))
    }),
    ("file: a long cell", 5_000, |n| {
        import(&format!("{HEADER}FR,Zoe,M,zoe@example.com,{},\n", "x".repeat(n)))
    }),
    ("file: a cell of quotes", 5_000, |n| {
        import(&format!("{HEADER}FR,Zoe,M,zoe@example.com,\"{}\",\n", "\"\"".repeat(n)))
    }),
    ("file: a quote that is not closed", 5_000, |n| import(&format!("{HEADER}\"{}", "a,\n".repeat(n)))),
    ("file: blank lines", 5_000, |n| import(&format!("{HEADER}{}", "\n".repeat(n)))),
];

const HEADER_LINE: &str = "Country,First name,Last name,Email,note,Tags";
const HEADER: &str = "Country,First name,Last name,Email,note,Tags\n";

fn many(n: usize, piece: impl Fn(usize) -> String) -> String {
    (0..n).map(piece).collect()
}

/// Imports a file that may be right, and exports the book.
fn import(file: &str) {
    let mut book = book();
    let now: Timestamp = book.now();
    // One thread, so that nothing hangs on who is first.
    if let Ok(report) = book.import(Cursor::new(file), &ImportOptions::new().threads(1), now) {
        assert!(report.created + report.updated + report.rejected + report.unchanged < u64::MAX);
    }
    assert!(book.export(Vec::new(), "everyone", None, ExportOptions::new()).is_ok());
}
