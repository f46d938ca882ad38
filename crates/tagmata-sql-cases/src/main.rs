//! Writes cases for a database as lines of JSON, or asks SQLite.

use lexopt::{Arg, Parser, ValueExt};
use std::io::{BufWriter, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use tagmata_sql::Dialect;
use tagmata_sql_cases::{Budget, cases, sqlite};

const HELP: &str = "\
usage: tagmata-sql-cases DIALECT [--seed N] [--filters N] [--one-in N] [--random]

Writes cases as lines of JSON: tables, statements and what they have to find. SQLite is asked at once.
  --seed N      where chance begins; 1 if nothing is said
  --filters N   how many filters are drawn; 500 if nothing is said
  --one-in N    only one of so many statements, by chance
  --random      only what is drawn: not the suites, hostile values and limits
";

fn main() -> ExitCode {
    match read(Parser::from_env()) {
        Ok(Some((Dialect::Sqlite, budget))) => ask_sqlite(budget),
        Ok(Some((dialect, budget))) => write(dialect, budget),
        Ok(None) => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}\n\n{HELP}");
            ExitCode::from(2)
        }
    }
}

fn read(mut arguments: Parser) -> Result<Option<(Dialect, Budget)>, lexopt::Error> {
    let mut dialect = None;
    let mut budget = Budget { seed: 1, filters: 500, with_fixed: true, one_in: 1 };
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Value(name) if dialect.is_none() => {
                dialect = Some(name.string()?.parse().map_err(|error: tagmata::Error| error.to_string())?);
            }
            Arg::Long("seed") => budget.seed = arguments.value()?.parse()?,
            Arg::Long("filters") => budget.filters = arguments.value()?.parse()?,
            Arg::Long("one-in") => budget.one_in = arguments.value()?.parse::<NonZeroUsize>()?.get(),
            Arg::Long("random") => budget.with_fixed = false,
            Arg::Long("help") | Arg::Short('h') => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some((dialect.ok_or("no database given")?, budget)))
}

fn write(dialect: Dialect, budget: Budget) -> ExitCode {
    let mut out = BufWriter::new(std::io::stdout().lock());
    cases(dialect, budget, |case| {
        if serde_json::to_writer(&mut out, &case).is_err() || out.write_all(b"\n").is_err() {
            // Nobody reads on, who has said why.
            std::process::exit(1);
        }
    });
    ExitCode::SUCCESS
}

fn ask_sqlite(budget: Budget) -> ExitCode {
    /// So many mismatches are shown.
    const SHOWN: usize = 5;
    let (mut statements, mut mismatches) = (0, 0);
    cases(Dialect::Sqlite, budget, |case| {
        statements += case.statements.len();
        case.refused.iter().for_each(|refusal| println!("refused: {refusal}"));
        for mismatch in sqlite::check(&case) {
            mismatches += 1;
            if mismatches <= SHOWN {
                println!("{mismatch}\n");
            }
        }
    });
    println!("sqlite: {statements} statements, {mismatches} mismatches");
    ExitCode::from(u8::from(mismatches > 0))
}
