//! Writes the contacts of the benchmarks, and what happened with them:
//! `cargo run --release -p tagmata-benches -- 1000000 contacts.csv interactions.csv`.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::Path;
use std::process::ExitCode;

use tagmata_benches::{write_contacts, write_interactions};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (count, contacts, interactions) = match arguments.as_slice() {
        [count, contacts] => (count, contacts, None),
        [count, contacts, interactions] => (count, contacts, Some(interactions)),
        _ => {
            return refuse(
                "say how many contacts, and the path of the file; then, that of the file of interactions",
            );
        }
    };
    let Ok(count) = count.parse() else {
        return refuse(&format!("`{count}` is not a number of contacts"));
    };
    let written = write(contacts, |file| write_contacts(file, count));
    let written = written.and_then(|()| match interactions {
        Some(path) => write(path, |file| write_interactions(file, count)),
        None => Ok(()),
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => refuse(&reason),
    }
}

fn write(path: &str, content: impl FnOnce(BufWriter<File>) -> io::Result<()>) -> Result<(), String> {
    let parent = Path::new(path).parent().unwrap_or(Path::new(""));
    let made = fs::create_dir_all(parent).and_then(|()| File::create(path));
    made.and_then(|file| content(BufWriter::new(file))).map_err(|error| format!("`{path}`: {error}"))
}

fn refuse(reason: &str) -> ExitCode {
    eprintln!("error: {reason}");
    ExitCode::FAILURE
}
