//! `cargo xtask fuzz`: a fuzzer looks for bytes for which something does not hold, one target after the other.

use std::fs;
use std::path::Path;
use std::process::Command;

use lexopt::{Arg, Parser};

use crate::cargo::cargo;
use crate::program::{target, workspace};
use crate::stop::Stop;
use crate::tools::{Tool, installed, nightly};

/// How long each target is run where nobody says it.
const SECONDS: u32 = 600;

/// The release of the fuzzer's tool that is installed where there is none.
const TOOL: &str = "0.13";

/// What is to be looked for, and for how long.
pub(crate) struct Hunt {
    /// The targets; all if none is named.
    names: Vec<String>,
    /// For each of them.
    seconds: u32,
}

impl Hunt {
    /// All targets, each for so many seconds.
    pub(crate) fn short(seconds: u32) -> Self {
        Self { names: Vec::new(), seconds }
    }

    /// Reads the arguments of the command; nothing when help was asked for.
    pub(crate) fn read(mut arguments: Parser) -> Result<Option<Self>, Stop> {
        let mut hunt = Self { names: Vec::new(), seconds: SECONDS };
        while let Some(argument) = arguments.next()? {
            match argument {
                Arg::Value(name) => hunt.names.push(name.to_string_lossy().into_owned()),
                Arg::Long("seconds") => {
                    let given = arguments.value()?.to_string_lossy().into_owned();
                    let wrong = |_| Stop::Usage(format!("`{given}` is not a number of seconds"));
                    hunt.seconds = given.parse().map_err(wrong)?;
                }
                Arg::Long("help") | Arg::Short('h') => return Ok(None),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(Some(hunt))
    }
}

/// Runs the targets that are named, or all.
pub(crate) fn run(Hunt { names, seconds }: &Hunt) -> Result<(), Stop> {
    Tool::Nightly.find().map_err(Stop::Failed)?;
    let tool = installed("cargo-fuzz", TOOL).map_err(Stop::Failed)?;
    let seeds = target().join("fuzz-seeds");
    let all = seeds_of(&seeds).map_err(Stop::Failed)?;
    if let Some(unknown) = names.iter().find(|name| !all.contains(name)) {
        return Err(Stop::Usage(format!("`{unknown}` is no target: say {}", all.join(", "))));
    }
    let (limit, targets) = (format!("-max_total_time={seconds}"), target().join("fuzz"));
    let mut failed = Vec::new();
    for name in all.iter().filter(|name| names.is_empty() || names.contains(name)) {
        let corpus = workspace().join("fuzz/corpus").join(name);
        fs::create_dir_all(&corpus).map_err(|error| Stop::Failed(error.to_string()))?;
        let (targets, corpus, seeds) = (shown(&targets), shown(&corpus), shown(&seeds.join(name)));
        let fuzzer = ["run", "--fuzz-dir", "fuzz", "--target-dir", &targets, name, &corpus, &seeds];
        let limits = ["--", &limit, "-timeout=60", "-rss_limit_mb=3072", "-print_final_stats=1"];
        // The sanitizers need a nightly compiler.
        if nightly("cargo-fuzz", &tool, &[&fuzzer[..], &limits[..]].concat(), &[]).is_err() {
            failed.push(name.as_str());
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(Stop::Failed(format!("something was found, as fuzz/artifacts shows: {}", failed.join(", "))))
}

/// Writes the seeds of all targets; the names of these.
fn seeds_of(folder: &Path) -> Result<Vec<String>, String> {
    cargo(&["build", "-p", "tagmata-fuzz", "--locked"], &[])?;
    let program = target().join("debug").join("tagmata-fuzz");
    let written = Command::new(program).arg("seeds").arg(folder).output();
    let written = written.map_err(|error| format!("tagmata-fuzz: {error}"))?;
    match written.status.success() {
        true => Ok(String::from_utf8_lossy(&written.stdout).lines().map(str::to_owned).collect()),
        false => Err(String::from_utf8_lossy(&written.stderr).into_owned()),
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
