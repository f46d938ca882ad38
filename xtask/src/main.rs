//! The commands that people and CI run; `cargo xtask help` lists them.

mod program;
mod cargo;
mod stop;
mod tools;
mod steps;
mod layers;
mod links;
mod npm;
mod node;
mod crm;
mod virtual_environment;
mod wheel;
mod python;
mod engines;
mod deny;
mod api;
mod miri;
mod instructions;
mod test;
mod lint;
mod bench;
mod peers;
mod sql_bench;
mod membership;
mod random;
mod fuzz;
mod soak;
mod trust;

use std::ffi::OsString;
use std::process::ExitCode;

use lexopt::{Arg, Parser};

use crate::engines::Choice;
use crate::stop::Stop;
use crate::tools::Tool;

const HELP: &str = "\
usage: cargo xtask COMMAND

commands:
  test [STEP…] [--engines NAMES|all] [--require NAMES]
                   run the tests and build the examples; the step `engines` asks the databases that are named, or SQLite and
                   PostgreSQL; `miri` and `instructions` do a small part of what the commands of these names do; what is missing is
                   skipped with a line that says so, and fails where it is required: a database, `nightly`, `miri` or `valgrind`
  lint [STEP…] [--require NAMES]
                   formatting, clippy, layers, links, documentation, `deny`, and `api --check`, which is skipped without a nightly
                   compiler unless `nightly` is required
  layers           check that a module uses only modules listed above it, and the shape of files
  bench [ARG…]     run the benchmarks; the arguments go to `cargo bench`
  peers [CONTACTS…]
                   compare with other programs, with a million contacts if no number is given, and write the tables of
                   docs/performance.md; further numbers say with how many contacts to measure how costs grow
  sql-bench [CONTACTS]
                   compare statements that tagmata writes with statements by hand, in PostgreSQL and DuckDB, with a million contacts
                   if no number is given, and write the tables to target/sql-bench.md
  membership [CONTACTS [SEGMENTS…]]
                   measure what keeping membership current costs, with a million contacts and 1000, 10000 and 100000 dynamic
                   segments if no numbers are given, and write the tables of docs/performance.md
  random [CASES]   run the random tests with many cases, 100000 if no number is given
  engines [FILTERS] [--engines NAMES|all] [--require NAMES]
                   ask databases many filters that are drawn anew, 5000 if no number is given
  crm [--contacts N] [--port P]
                   build and serve the contact page of examples/node/crm, with the sample files or with so many drawn contacts
  soak [--seconds N] [--contacts N] [--segments N] [--seed N]
                   change a durable book at random while its programs are killed and others read it: for an hour, with 100000 contacts
                   and 1000 dynamic segments, if nothing is said
  fuzz [TARGET…] [--seconds N]
                   let a fuzzer look for input for which something does not hold, 600 seconds for each target if nothing is said;
                   a nightly compiler is needed
  api [--check]    write the public items of the crates to docs/api, or say how the lists there differ from the crates; a nightly
                   compiler is needed
  deny             check the licences, versions and sources of all dependencies
  miri             run tests of the core in an interpreter that notices undefined behaviour; a nightly compiler is needed
  instructions [INPUT…]
                   count the instructions that hostile inputs of growing sizes take, under valgrind, and fail where they grow faster
                   than the inputs; all of them take some minutes
  trust [STEP…]    what docs/trust.md lists and the tests have no time for: miri, instructions, fuzz and soak, the last two for a short time

With STEP names, only these steps run, and what they need has to be there. `cargo xtask test` and `cargo xtask lint` are what CI runs.
";

const COMMANDS: &str = "test, lint, layers, bench, peers, sql-bench, membership, random, engines, crm, soak, fuzz, api, deny, miri, instructions or trust";

fn main() -> ExitCode {
    match dispatch(Parser::from_env()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            eprintln!("error: {stop}");
            stop.exit_code()
        }
    }
}

fn dispatch(mut arguments: Parser) -> Result<(), Stop> {
    let command = match arguments.next()? {
        Some(Arg::Value(command)) => command,
        Some(Arg::Long("help") | Arg::Short('h')) => return help(),
        Some(other) => return Err(other.unexpected().into()),
        None => return Err(Stop::Usage(format!("no command given: say {COMMANDS}\n\n{HELP}"))),
    };
    match command.to_str() {
        Some("test") => {
            let (mut choice, mut tools) = (Choice::default(), Vec::new());
            let names = words(arguments, &["engines", "require"], |option, names| match option {
                "engines" => choice.name(names),
                _ => {
                    for name in names.split(',') {
                        match Tool::named(name) {
                            Ok(tool) => tools.push(tool),
                            Err(no_tool) => choice
                                .require(name)
                                .map_err(|no_database| Stop::Usage(format!("{no_database}; {no_tool}")))?,
                        }
                    }
                    Ok(())
                }
            });
            match names? {
                Some(names) => steps::run(&test::steps(choice), &names, &tools),
                None => help(),
            }
        }
        Some("lint") => {
            let mut tools = Vec::new();
            let names = words(arguments, &["require"], |_, names| {
                for name in names.split(',') {
                    tools.push(Tool::named(name)?);
                }
                Ok(())
            });
            match names? {
                Some(names) => steps::run(&lint::steps(), &names, &tools),
                None => help(),
            }
        }
        Some("layers") => alone("layers", arguments, layers::run),
        Some("bench") => {
            let further: Vec<OsString> = arguments.raw_args()?.collect();
            bench::run(&further).map_err(Stop::Failed)
        }
        Some("peers") => match step_names(arguments)? {
            Some(sizes) => peers::run(&sizes),
            None => help(),
        },
        Some("sql-bench") => match step_names(arguments)? {
            Some(sizes) => sql_bench::run(&sizes),
            None => help(),
        },
        Some("membership") => match step_names(arguments)? {
            Some(numbers) => membership::run(&numbers),
            None => help(),
        },
        Some("random") => match step_names(arguments)? {
            Some(arguments) => random::run(&arguments),
            None => help(),
        },
        Some("engines") => {
            let mut choice = Choice::default();
            let filters = words(arguments, &["engines", "require"], |option, names| match option {
                "engines" => choice.name(names),
                _ => choice.require(names),
            });
            match filters? {
                Some(filters) => engines::run(&filters, &choice),
                None => help(),
            }
        }
        Some("soak") => {
            let further: Vec<String> =
                arguments.raw_args()?.map(|one| one.to_string_lossy().into_owned()).collect();
            soak::run(&further)
        }
        Some("fuzz") => match fuzz::Hunt::read(arguments)? {
            Some(hunt) => fuzz::run(&hunt),
            None => help(),
        },
        Some("api") => match api::Lists::read(arguments)? {
            Some(lists) => api::run(&lists),
            None => help(),
        },
        Some("deny") => alone("deny", arguments, deny::run),
        Some("miri") => alone("miri", arguments, miri::run),
        Some("instructions") => match step_names(arguments)? {
            Some(inputs) => instructions::run(&inputs),
            None => help(),
        },
        Some("trust") => match step_names(arguments)? {
            Some(names) => steps::run(&trust::steps(), &names, &Tool::ALL),
            None => help(),
        },
        Some("crm") => match crm::Start::read(arguments)? {
            Some(start) => crm::run(&start).map_err(Stop::Failed),
            None => help(),
        },
        Some("help") => help(),
        _ => {
            let shown = command.to_string_lossy();
            Err(Stop::Usage(format!("`{shown}` is not a command: say {COMMANDS}")))
        }
    }
}

/// Runs a command that takes no arguments.
fn alone(name: &str, arguments: Parser, run: impl FnOnce() -> Result<(), String>) -> Result<(), Stop> {
    match step_names(arguments)?.as_deref() {
        Some([]) => run().map_err(Stop::Failed),
        Some(_) => Err(Stop::Usage(format!("`{name}` takes no arguments"))),
        None => help(),
    }
}

/// The words that follow a command without options; nothing when help was asked for.
fn step_names(arguments: Parser) -> Result<Option<Vec<String>>, Stop> {
    words(arguments, &[], |_, _| Ok(()))
}

/// The words that follow a command, whose options are read with their values as they come; nothing when help was asked for.
fn words(
    mut arguments: Parser,
    options: &[&str],
    mut read: impl FnMut(&str, &str) -> Result<(), Stop>,
) -> Result<Option<Vec<String>>, Stop> {
    let mut words = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Value(word) => words.push(word.to_string_lossy().into_owned()),
            Arg::Long("help") | Arg::Short('h') => return Ok(None),
            Arg::Long(option) if options.contains(&option) => {
                let option = option.to_owned();
                read(&option, &arguments.value()?.to_string_lossy())?;
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(words))
}

fn help() -> Result<(), Stop> {
    print!("{HELP}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Parser, Stop, dispatch};

    fn refusal(arguments: &[&str]) -> String {
        match dispatch(Parser::from_args(arguments)) {
            Err(Stop::Usage(message)) => message,
            other => panic!("{arguments:?} gave {other:?}"),
        }
    }

    #[test]
    fn wrong_usage_lists_the_choices() {
        let table: &[(&[&str], &str)] = &[
            (
                &["tset"],
                "`tset` is not a command: say test, lint, layers, bench, peers, sql-bench, membership, random, engines, crm, soak, fuzz, api, deny, miri, instructions or trust",
            ),
            (
                &["test", "rusty"],
                "`rusty` is not a step: say rust, examples, engines, miri, instructions, python, node or crm",
            ),
            (
                &["lint", "format"],
                "`format` is not a step: say fmt, clippy, layers, links, docs, deny or api",
            ),
            (&["layers", "fmt"], "`layers` takes no arguments"),
            (&["peers", "1000"], "`1000` is not a number of contacts: at least 20000"),
            (&["sql-bench", "1000"], "`1000` is not a number of contacts: at least 20000"),
            (&["sql-bench", "20000", "30000"], "`sql-bench` takes one number of contacts"),
            (&["membership", "1000"], "`1000` is not a number of contacts: at least 20000"),
            (&["membership", "20000", "0"], "`0` is not a number of segments: at least 1"),
            (&["random", "many"], "`many` is not a number of cases"),
            (&["engines", "many"], "`many` is not a number of filters"),
            (&["engines", "1", "2"], "`engines` takes one number of filters"),
            (&["fuzz", "--seconds", "long"], "`long` is not a number of seconds"),
            (&["crm", "--contacts", "0"], "`0` is not a number of contacts: 1 to 10000000"),
            (&["crm", "--port", "http"], "`http` is not a port: 0 to 65535"),
            (
                &["test", "--engines", "sqlite,oracle"],
                "`oracle` is no database: say sqlite, postgres, duckdb, mysql, clickhouse, spark or all",
            ),
            (
                &["test", "--require", "sqlite,db2"],
                "`db2` is no database: say sqlite, postgres, duckdb, mysql, clickhouse, spark or all; `db2` is no tool: say nightly, miri or valgrind",
            ),
            (&["lint", "--require", "sqlite"], "`sqlite` is no tool: say nightly, miri or valgrind"),
            (&["lint", "--engines", "sqlite"], "invalid option '--engines'"),
            (
                &["engines", "--require", "db2"],
                "`db2` is no database: say sqlite, postgres, duckdb, mysql, clickhouse, spark or all",
            ),
        ];
        for (arguments, message) in table {
            assert_eq!(&refusal(arguments), message);
        }
        assert!(refusal(&[]).starts_with(
            "no command given: say test, lint, layers, bench, peers, sql-bench, membership, random, engines, crm, soak, fuzz, api, deny, miri, instructions or trust\n"
        ));
    }

    #[test]
    fn help_is_no_error() {
        for arguments in
            [["--help", ""], ["-h", ""], ["help", ""], ["test", "--help"], ["lint", "-h"], ["crm", "-h"]]
        {
            assert!(dispatch(Parser::from_args(arguments)).is_ok(), "{arguments:?}");
        }
    }
}
