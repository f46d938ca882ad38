//! Runs a program of a guide: `tagmata-guides docs/guides/rust.md:30`, by the line at which its block begins.

use std::process::ExitCode;

/// Where a program stands, and how it is run.
type Program = (&'static str, fn() -> ExitCode);

include!(concat!(env!("OUT_DIR"), "/programs.rs"));

fn main() -> ExitCode {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    match PROGRAMS.iter().find(|(place, _)| *place == wanted) {
        Some((_, run)) => run(),
        None => {
            let places: Vec<&str> = PROGRAMS.iter().map(|(place, _)| *place).collect();
            eprintln!("`{wanted}` is no program: say {}", places.join(", "));
            ExitCode::FAILURE
        }
    }
}
