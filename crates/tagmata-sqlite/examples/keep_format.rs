//! Writes the book that is kept of the format as it is now, into a file that must not be there: see `tests/formats`.
//!
//! ```sh
//! cargo run -p tagmata-sqlite --example keep_format -- crates/tagmata-sqlite/tests/formats/1.db
//! ```

use tagmata_sqlite::OpenOptions;

#[path = "../tests/formats/book_1.rs"]
mod book_1;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("say which file")?;
    if std::path::Path::new(&path).exists() {
        return Err(format!("{path} is kept already: a format that was published does not change").into());
    }
    let options = OpenOptions::new().settings(book_1::settings()?).materialize_segments(true);
    let mut book = options.open(&path, book_1::now()?)?;
    book_1::fill(&mut book, book_1::now()?)?;
    book.close()?;
    Ok(())
}
