//! Changes a durable book at random for a long time, in a program that is killed again and again, while other programs read the book.
//!
//! One program conducts: it makes the book, starts one that writes and two that read, kills them, and starts others. What holds is
//! looked at by each of them all the time, and in the end:
//!
//! - what was answered before a kill is there after it;
//! - the effects of the changes are how the members of segments differ, for the writer and for the readers;
//! - the book and its file are sound ([`StoredBook::check`](tagmata_sqlite::StoredBook::check));
//! - writer and readers have the same members in all segments;
//! - a reader that was there all the time has no more memory than one that opens the book in the end.
#![expect(clippy::expect_used, clippy::panic, reason = "what does not hold ends the program")]

mod memory;
mod digest;
mod protocol;
mod size;
mod start;
mod acts;
mod watcher;
mod writer;
mod reader;
mod child;
mod tally;
mod conduct;

use std::path::Path;
use std::process::ExitCode;

use crate::size::Size;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["write", path, seed] => writer::run(Path::new(path), seed.parse().expect("a seed")),
        ["read", path, _] => reader::run(Path::new(path)),
        ["look", path, _] => reader::look(Path::new(path)),
        _ => match Size::read(lexopt::Parser::from_env()).and_then(conduct::run) {
            Ok(()) => {}
            Err(reason) => {
                eprintln!("error: {reason}");
                return ExitCode::FAILURE;
            }
        },
    }
    ExitCode::SUCCESS
}
