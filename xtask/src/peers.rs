//! `cargo xtask peers`: tagmata and what one would take instead, compared in one run; the tables go into a document.

use std::path::PathBuf;

use crate::cargo::cargo;
use crate::program::{DOCUMENT, target};
use crate::stop::Stop;
use crate::virtual_environment::VirtualEnvironment;

/// How many contacts when no number is given.
const CONTACTS: u64 = 1_000_000;

/// Fewer contacts do not have all the tags that are asked for.
const FEWEST: u64 = 20_000;

/// Compares with as many contacts as the first number says. How costs grow is measured with a tenth of them, with all, and with
/// the further numbers.
pub(crate) fn run(arguments: &[String]) -> Result<(), Stop> {
    let mut sizes = arguments.iter().map(|size| number(size)).collect::<Result<Vec<_>, _>>()?;
    if sizes.is_empty() {
        sizes.push(CONTACTS);
    }
    compare(&sizes).map_err(Stop::Failed)
}

fn number(size: &str) -> Result<u64, Stop> {
    let number = size.parse().ok().filter(|number| *number >= FEWEST);
    number.ok_or_else(|| Stop::Usage(format!("`{size}` is not a number of contacts: at least {FEWEST}")))
}

fn compare(sizes: &[u64]) -> Result<(), String> {
    let python = VirtualEnvironment::prepare("peers", "benches/peers/requirements.txt")?;
    python.install_package(&["--release"])?;

    let contacts = sizes.first().copied().unwrap_or(CONTACTS);
    let mut arguments =
        vec!["benches/peers/compare.py".to_owned(), folder(contacts), "--document".to_owned()];
    arguments.push(DOCUMENT.to_owned());
    for size in [contacts / 10].iter().chain(sizes) {
        let file = PathBuf::from(folder(*size)).join("contacts.csv");
        let draw = ["run", "--release", "-p", "tagmata-benches", "--locked", "--", &size.to_string()];
        let interactions = PathBuf::from(folder(*size)).join("interactions.csv");
        let files = [file.to_string_lossy(), interactions.to_string_lossy()];
        // What happened with the contacts is asked of the first number of them only.
        let files: Vec<&str> =
            files.iter().map(AsRef::as_ref).take(1 + usize::from(*size == contacts)).collect();
        cargo(&[&draw[..], &files].concat(), &[])?;
        arguments.extend(["--growth".to_owned(), folder(*size)]);
    }
    python.run("", &arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Where so many contacts are.
fn folder(contacts: u64) -> String {
    target().join("contacts").join(contacts.to_string()).to_string_lossy().into_owned()
}
