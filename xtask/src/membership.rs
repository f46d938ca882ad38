//! `cargo xtask membership`: what keeping membership current costs; the tables go into a document.

use crate::cargo::cargo;
use crate::program::DOCUMENT;
use crate::stop::Stop;

/// How many contacts when no number is given.
const CONTACTS: u64 = 1_000_000;

/// Fewer contacts are not enough for a file of them to be imported.
const FEWEST: u64 = 20_000;

/// How many dynamic segments when only the number of contacts is given.
const SEGMENTS: [u64; 3] = [1_000, 10_000, 100_000];

/// Measures with as many contacts as the first number says, and with as many segments as each of the others does.
pub(crate) fn run(arguments: &[String]) -> Result<(), Stop> {
    let mut numbers = arguments.iter();
    let contacts = numbers.next().map_or(Ok(CONTACTS), |contacts| number(contacts, FEWEST, "contacts"))?;
    let mut segments: Vec<u64> =
        numbers.map(|segments| number(segments, 1, "segments")).collect::<Result<_, _>>()?;
    if segments.is_empty() {
        segments.extend(SEGMENTS);
    }
    let mut call = ["run", "--release", "-p", "tagmata-membership", "--features", "peer", "--locked", "--"]
        .map(str::to_owned)
        .to_vec();
    call.push(DOCUMENT.to_owned());
    call.extend([contacts].iter().chain(&segments).map(u64::to_string));
    cargo(&call, &[]).map_err(Stop::Failed)
}

fn number(text: &str, fewest: u64, what: &str) -> Result<u64, Stop> {
    let number = text.parse().ok().filter(|number| *number >= fewest);
    number.ok_or_else(|| Stop::Usage(format!("`{text}` is not a number of {what}: at least {fewest}")))
}
