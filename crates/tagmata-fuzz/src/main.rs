//! Writes what a fuzzer begins with, and runs targets on files: `tagmata-fuzz seeds FOLDER`, `tagmata-fuzz run TARGET FILE…`.
#![allow(clippy::indexing_slicing, reason = "patterns of slices")]

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;
use tagmata_fuzz::TARGETS;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["seeds", folder] => seeds(Path::new(folder)),
        ["run", target, files @ ..] => run(target, files),
        _ => Err(io::Error::other("usage: tagmata-fuzz seeds FOLDER | run TARGET FILE…")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Writes the seeds of each target into a folder of its own, and tells the names of the targets.
fn seeds(folder: &Path) -> io::Result<()> {
    for target in TARGETS {
        let folder = folder.join(target.name);
        fs::create_dir_all(&folder)?;
        for (at, seed) in (target.seeds)().iter().enumerate() {
            fs::write(folder.join(format!("seed-{at:04}")), seed)?;
        }
        println!("{}", target.name);
    }
    Ok(())
}

fn run(name: &str, files: &[&str]) -> io::Result<()> {
    let known = TARGETS.iter().find(|target| target.name == name);
    let target = known.ok_or_else(|| {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        io::Error::other(format!("`{name}` is no target: say {}", names.join(", ")))
    })?;
    for file in files {
        println!("{file}");
        (target.run)(&fs::read(file)?);
    }
    Ok(())
}
