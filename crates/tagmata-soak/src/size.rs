//! How much there is, and for how long.

use lexopt::{Arg, Parser};

/// What is asked of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// How long it goes on.
    pub(crate) seconds: u64,
    pub(crate) contacts: u64,
    /// Dynamic ones.
    pub(crate) segments: usize,
    /// Where the random numbers begin.
    pub(crate) seed: u64,
}

impl Size {
    /// Reads the arguments.
    ///
    /// # Errors
    /// What is none, or no number.
    pub(crate) fn read(mut arguments: Parser) -> Result<Self, String> {
        let mut size = Self { seconds: 3_600, contacts: 100_000, segments: 1_000, seed: 1 };
        while let Some(argument) = arguments.next().map_err(|error| error.to_string())? {
            let Arg::Long(name) = argument else { return Err(argument.unexpected().to_string()) };
            let name = name.to_owned();
            let given = arguments.value().map_err(|error| error.to_string())?;
            let given = given.to_string_lossy();
            let number: u64 = given.parse().map_err(|_| format!("`{given}` is no number for `--{name}`"))?;
            match name.as_str() {
                "seconds" => size.seconds = number,
                "contacts" => size.contacts = number.max(100),
                "segments" => size.segments = usize::try_from(number).unwrap_or(usize::MAX),
                "seed" => size.seed = number,
                _ => {
                    return Err(format!(
                        "`--{name}` is not known: say --seconds, --contacts, --segments or --seed"
                    ));
                }
            }
        }
        Ok(size)
    }
}
