//! The page that the tables go into, between two markers.

use std::fs;
use std::path::Path;
use std::thread::available_parallelism;
use std::time::{SystemTime, UNIX_EPOCH};

use tagmata::Timestamp;

use crate::format::count;
use crate::run::Measured;
use crate::table::{goals, others, updates};

const BEGIN: &str = "<!-- membership: begin -->";
const END: &str = "<!-- membership: end -->";

/// Puts the tables between the markers of a document.
///
/// # Errors
///
/// When the document cannot be read or written, or has no markers.
pub fn write(
    path: &Path,
    contacts: u64,
    measured: &[Measured],
    relative: &(Measured, Vec<u64>),
) -> Result<(), String> {
    let problem = |error| format!("`{}`: {error}", path.display());
    let old = fs::read_to_string(path).map_err(problem)?;
    let parts = old.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let (before, after) =
        parts.ok_or_else(|| format!("`{}` has no `{BEGIN}` and `{END}`", path.display()))?;
    let (relative, crossings) = relative;
    let parts = [
        machine(contacts),
        goals(measured, relative, crossings),
        updates(measured),
        others(measured, relative),
        agreement(measured, relative),
    ];
    fs::write(path, format!("{before}{BEGIN}\n{}\n{END}{after}", parts.join("\n\n"))).map_err(problem)
}

/// Whether all ways to find out who moves say the same.
fn agreement(measured: &[Measured], relative: &Measured) -> String {
    let wrong = measured.iter().chain([relative]).map(|one| one.wrong().len()).sum::<usize>();
    match wrong {
        0 => "All ways found the same moves.".to_owned(),
        wrong => format!("They disagree {wrong} times."),
    }
}

fn machine(contacts: u64) -> String {
    let line_of = |file: &str, start: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix(start)?.split_once(':'));
        line.map(|(_, value)| value.trim().to_owned())
    };
    let processor =
        line_of("/proc/cpuinfo", "model name").unwrap_or_else(|| "an unknown processor".to_owned());
    let cores = available_parallelism().map_or(1, usize::from);
    let kibibytes =
        line_of("/proc/meminfo", "MemTotal").and_then(|size| size.split(' ').next()?.parse::<f64>().ok());
    let memory = kibibytes.unwrap_or_default() / f64::from(1 << 20);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!(
        "Measured on {} with {} contacts. {processor}, {cores} cores, {memory:.0} GiB of memory; {} {}.",
        today(),
        count(contacts),
        std::env::consts::OS,
        kernel.trim(),
    )
}

/// The day, in UTC.
fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let micros = i64::try_from(seconds).unwrap_or_default() * 1_000_000;
    let now = Timestamp::from_micros(micros).map(|now| now.to_string()).unwrap_or_default();
    now.chars().take_while(|letter| *letter != 'T').collect()
}
