//! The file: a header, and a line for each contact.

use std::io;

use csv::{Terminator, WriterBuilder};

use super::dice::Dice;
use super::person::draw;
use super::words::Words;

/// The header of the file.
pub const COLUMNS: [&str; 19] = [
    "Country code",
    "First name",
    "Last name",
    "Mobile phone number",
    "Email",
    "Account number",
    "Organization",
    "External ID",
    "Segments",
    "Tags",
    "Status",
    "Billed",
    "Employees",
    "Client type",
    "Newsletter",
    "Software",
    "Created at",
    "Last interaction",
    "Birthday",
];

/// Where the random numbers begin. The questions name values that are drawn with this seed.
const SEED: u64 = 7;

/// Writes so many contacts as CSV: about 195 bytes each. A longer list begins with the contacts of a shorter one.
///
/// # Errors
///
/// The errors of the writer.
pub fn write_contacts(out: impl io::Write, count: u64) -> io::Result<()> {
    let mut out = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    out.write_record(COLUMNS)?;
    let (words, mut dice) = (Words::new(), Dice::new(SEED));
    for number in 0..count {
        out.write_record(draw(number, &words, &mut dice))?;
    }
    out.flush()
}
