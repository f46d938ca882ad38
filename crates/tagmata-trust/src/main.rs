//! Does one thing with one hostile input of a given size, so that somebody can count what that costs.
//!
//! Without arguments it lists the inputs, each with the smaller of the sizes at which it is to be measured.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a panic is how it says that an input is not what it should be"
)]

mod filters;
mod documents;
mod files;
mod changes;

use std::env::args;
use std::process::ExitCode;

/// A name, the smaller size, and what is done with an input of a size.
type Input = (&'static str, usize, fn(usize));

fn inputs() -> impl Iterator<Item = &'static Input> {
    filters::INPUTS.iter().chain(documents::INPUTS).chain(files::INPUTS).chain(changes::INPUTS)
}

fn main() -> ExitCode {
    let given: Vec<String> = args().skip(1).collect();
    match given.as_slice() {
        [] => {
            for (name, size, _) in inputs() {
                println!("{size}\t{name}");
            }
            ExitCode::SUCCESS
        }
        [name, size] => match (inputs().find(|(known, ..)| known == name), size.parse()) {
            (Some((.., run)), Ok(size)) => {
                run(size);
                ExitCode::SUCCESS
            }
            _ => usage(),
        },
        _ => usage(),
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: tagmata-trust [NAME SIZE]");
    ExitCode::from(2)
}
