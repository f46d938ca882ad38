//! `cargo xtask instructions`: how the cost of hostile inputs grows with their size, by instructions rather than by a clock.

use std::process::Command;

use crate::cargo::cargo;
use crate::program::target;
use crate::stop::Stop;
use crate::tools::Tool;

/// Twice as much input may take so many times as many instructions: linear work takes 2, with a logarithm a little more, work in the square 4.
const MOST: f64 = 2.3;

/// What counts instructions.
const COUNTER: &str = "valgrind";

/// What the tests count for: cheap inputs for each kind of reader.
const IN_TESTS: [&str; 13] = [
    "text: brackets",
    "text: a list",
    "text: errors",
    "text: quotes that are not closed",
    "near names",
    "folding: combining marks",
    "contains: repeated texts",
    "JSON: keys",
    "definitions: options",
    "mapping: fields",
    "commit: contacts",
    "file: rows for one contact",
    "interactions: deleted among others to come",
];

/// The step of the tests.
pub(crate) fn test() -> Result<(), String> {
    run(&IN_TESTS.map(str::to_owned)).map_err(|stop| stop.to_string())
}

/// Counts for the inputs that are named, or for all.
pub(crate) fn run(names: &[String]) -> Result<(), Stop> {
    Tool::Valgrind.find().map_err(Stop::Failed)?;
    let program = built().map_err(Stop::Failed)?;
    let inputs = inputs(&program).map_err(Stop::Failed)?;
    if let Some(unknown) = names.iter().find(|name| !inputs.iter().any(|(known, _)| known == *name)) {
        let all: Vec<&str> = inputs.iter().map(|(name, _)| name.as_str()).collect();
        return Err(Stop::Usage(format!("`{unknown}` is no input: say one of\n  {}", all.join("\n  "))));
    }
    let mut grown = Vec::new();
    println!("{:>8} {:>16} {:>7}  input", "size", "instructions", "growth");
    for (name, size) in inputs.iter().filter(|(name, _)| names.is_empty() || names.contains(name)) {
        let counts = [1, 2, 4].map(|times| count(&program, name, size * times));
        let [one, two, four] = match counts {
            [Ok(one), Ok(two), Ok(four)] => [one, two, four],
            [Err(error), ..] | [_, Err(error), _] | [.., Err(error)] => return Err(Stop::Failed(error)),
        };
        // What does not hang on the size is in all three, and in no difference.
        let growth = (four - two) / (two - one).max(1.0);
        println!("{:>8} {two:>16.0} {growth:>7.2}  {name}", size * 2);
        if growth > MOST {
            grown.push(format!("{name} ({growth:.2})"));
        }
    }
    match grown.is_empty() {
        true => Ok(()),
        false => {
            Err(Stop::Failed(format!("more than {MOST} times as many instructions: {}", grown.join(", "))))
        }
    }
}

/// The program with the inputs, as tests build it.
fn built() -> Result<String, String> {
    cargo(&["build", "-p", "tagmata-trust", "--locked"], &[])?;
    Ok(target().join("debug").join("tagmata-trust").to_string_lossy().into_owned())
}

/// The inputs with their smallest sizes.
fn inputs(program: &str) -> Result<Vec<(String, usize)>, String> {
    let listed = Command::new(program).output().map_err(|error| format!("`{program}`: {error}"))?;
    let lines = String::from_utf8_lossy(&listed.stdout).into_owned();
    let read = |line: &str| {
        let (size, name) = line.split_once('\t')?;
        Some((name.to_owned(), size.parse().ok()?))
    };
    lines.lines().map(|line| read(line).ok_or_else(|| format!("`{program}` said `{line}`"))).collect()
}

/// How many instructions an input of a size takes.
fn count(program: &str, name: &str, size: usize) -> Result<f64, String> {
    let run = Command::new(COUNTER)
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", program, name, &size.to_string()])
        .output()
        .map_err(|error| format!("`{COUNTER}`: {error}"))?;
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    if !run.status.success() {
        return Err(format!("`{program} {name:?} {size}` ended with {}:\n{said}", run.status));
    }
    counted(&said).ok_or_else(|| format!("`{COUNTER}` told no number of instructions:\n{said}"))
}

/// The number in `==7== Collected : 1234`.
fn counted(said: &str) -> Option<f64> {
    let (_, behind) = said.split_once("Collected : ")?;
    behind.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn the_number_of_instructions_is_found() {
        assert_eq!(counted("==7== Events    : Ir\n==7== Collected : 1234\n==7==\n"), Some(1234.0));
        assert_eq!(counted("==7== Events    : Ir\n"), None);
    }
}
