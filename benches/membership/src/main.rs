//! Measures what it costs to keep membership current, and writes the tables into a document:
//! `cargo xtask membership`, or `membership DOCUMENT CONTACTS SEGMENTS…`.

use std::path::Path;
use std::process::ExitCode;

use tagmata_membership::{Measured, measure, measure_relative, rows, write};

/// So many segments that look at the clock.
const RELATIVE: usize = 100;
/// One row of a file is imported for so many contacts.
const CONTACTS_PER_ROW: u64 = 100;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), String> {
    let [document, contacts, segments @ ..] = arguments else {
        return Err("say the path of the document, how many contacts, and how many segments".to_owned());
    };
    let number = |text: &String| text.parse::<u64>().map_err(|_| format!("`{text}` is not a number"));
    let contacts = number(contacts)?;
    let sizes = segments.iter().map(number).collect::<Result<Vec<_>, _>>()?;

    println!("{RELATIVE} relative segments");
    let relative = measure_relative(contacts, RELATIVE);
    let file = rows(contacts / CONTACTS_PER_ROW, contacts);
    let mut measured: Vec<Measured> = Vec::new();
    for size in [0].into_iter().chain(sizes) {
        println!("{size} segments");
        let size = usize::try_from(size).map_err(|_| format!("`{size}` segments are too many"))?;
        let with_time = !measured.iter().any(Measured::is_slow);
        measured.push(measure(contacts, size, &file, with_time));
        // Each time, so that a run that is stopped has not been for nothing.
        write(Path::new(document), contacts, &measured, &relative)?;
    }

    let wrong: Vec<&String> = measured.iter().chain([&relative.0]).flat_map(|one| one.wrong()).collect();
    match wrong.first() {
        None => Ok(()),
        Some(first) => Err(format!("{} effects are wrong; {first}", wrong.len())),
    }
}
