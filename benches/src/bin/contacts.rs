//! Writes the contacts of the benchmarks: `cargo run --release -p tagmata-benches -- 1000000 contacts.csv`.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;
use std::process::ExitCode;

use tagmata_benches::write_contacts;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [count, path] = arguments.as_slice() else {
        return refuse("say how many contacts, and the path of the file");
    };
    let Ok(count) = count.parse() else {
        return refuse(&format!("`{count}` is not a number of contacts"));
    };
    let path = Path::new(path);
    let made = fs::create_dir_all(path.parent().unwrap_or(path)).and_then(|()| File::create(path));
    match made.and_then(|file| write_contacts(BufWriter::new(file), count)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => refuse(&format!("`{}`: {error}", path.display())),
    }
}

fn refuse(reason: &str) -> ExitCode {
    eprintln!("error: {reason}");
    ExitCode::FAILURE
}
