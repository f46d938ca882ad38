//! The databases that answer filters as SQL: each runs the cases of `tagmata-sql-cases`, as many as are asked for.

use crate::cargo::cargo;
use crate::program::{last_line, target};
use crate::stop::Stop;
use crate::virtual_environment::VirtualEnvironment;

/// A database, by the name of its dialect.
struct Engine {
    name: &'static str,
    /// The name of its environment; none where it is asked from Rust.
    environment: Option<&'static str>,
    /// Whether it is asked where nobody says which.
    is_default: bool,
    /// One of how many statements is asked: Spark needs a second for each.
    one_in: u32,
    /// A program of the examples that needs the database, and the package.
    example: Option<&'static [&'static str]>,
}

/// All segments of a book on a cluster, compared with those of a book in memory.
const CLUSTER: &[&str] = &["examples/python/cluster.py", "--contacts", "3000", "--memory", "1g", "--check"];

/// All databases, those first that are asked without being named.
const ENGINES: [Engine; 6] = [
    Engine { environment: None, is_default: true, ..engine("sqlite", "") },
    Engine { is_default: true, ..engine("postgres", "engine-postgres") },
    engine("duckdb", "engine-duckdb"),
    engine("mysql", "engine-mysql"),
    engine("clickhouse", "engine-clickhouse"),
    Engine { one_in: 10, example: Some(CLUSTER), ..engine("spark", "engine-spark") },
];

const fn engine(name: &'static str, environment: &'static str) -> Engine {
    Engine { name, environment: Some(environment), is_default: false, one_in: 1, example: None }
}

/// How many filters `cargo xtask engines` draws when no number is given, and how many the tests draw.
const FILTERS: u32 = 5000;
const IN_TESTS: u32 = 500;

/// Which databases are asked, and which of them have to be there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    named: Option<Vec<String>>,
    required: Vec<String>,
}

impl Choice {
    /// Only these, or all.
    pub(crate) fn name(&mut self, names: &str) -> Result<(), Stop> {
        self.named = Some(match names {
            "all" => ENGINES.iter().map(|engine| engine.name.to_owned()).collect(),
            names => known(names)?,
        });
        Ok(())
    }

    /// These are no longer skipped where they are not installed.
    pub(crate) fn require(&mut self, names: &str) -> Result<(), Stop> {
        self.required.extend(known(names)?);
        Ok(())
    }

    fn has(&self, engine: &Engine) -> bool {
        let is_named = match &self.named {
            Some(names) => names.iter().any(|name| name == engine.name),
            None => engine.is_default,
        };
        is_named || self.requires(engine)
    }

    fn requires(&self, engine: &Engine) -> bool {
        self.required.iter().any(|name| name == engine.name)
    }
}

/// Names with commas between them.
fn known(names: &str) -> Result<Vec<String>, Stop> {
    let names = names.split(',').map(|name| match ENGINES.iter().any(|engine| engine.name == name) {
        true => Ok(name.to_owned()),
        false => {
            let all: Vec<&str> = ENGINES.iter().map(|engine| engine.name).collect();
            Err(Stop::Usage(format!("`{name}` is no database: say {} or all", all.join(", "))))
        }
    });
    names.collect()
}

/// The step of the tests: the suites, hostile values, limits, and some filters that are drawn.
pub(crate) fn test(choice: &Choice) -> Result<(), String> {
    run_each(choice, IN_TESTS, "1")
}

/// Runs many filters, and other ones each time.
pub(crate) fn run(arguments: &[String], choice: &Choice) -> Result<(), Stop> {
    let filters = match arguments {
        [] => FILTERS,
        [filters] => {
            filters.parse().map_err(|_| Stop::Usage(format!("`{filters}` is not a number of filters")))?
        }
        _ => return Err(Stop::Usage("`engines` takes one number of filters".to_owned())),
    };
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seed = now.map_or(1, |since| since.as_secs()).to_string();
    run_each(choice, filters, &seed).map_err(Stop::Failed)
}

fn run_each(choice: &Choice, filters: u32, seed: &str) -> Result<(), String> {
    cargo(&["build", "-p", "tagmata-sql-cases", "--locked"], &[])?;
    let program = target().join("debug").join("tagmata-sql-cases").to_string_lossy().into_owned();
    let (mut lines, mut failed) = (Vec::new(), Vec::new());
    for engine in ENGINES.iter().filter(|engine| choice.has(engine)) {
        let (filters, one_in) = (filters.to_string(), engine.one_in.to_string());
        let cases = ["--seed", seed, "--filters", &filters, "--one-in", &one_in];
        let (line, outcome) = match ask(engine, &program, &cases, choice.requires(engine)) {
            Ok(asked) => asked,
            Err(error) => (format!("{}: {error}", engine.name), Err(error)),
        };
        lines.push(line);
        if outcome.is_err() {
            failed.push(engine.name);
        }
    }
    println!();
    for line in lines {
        println!("{line}");
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", "))) }
}

/// What a database came to, in one line, and whether it is right.
fn ask(
    engine: &Engine,
    program: &str,
    cases: &[&str],
    is_required: bool,
) -> Result<(String, Result<(), String>), String> {
    let Some(environment) = engine.environment else {
        return last_line(program, &[&[engine.name], cases].concat(), "");
    };
    let requirements = format!("crates/tagmata-sql-cases/engines/requirements-{}.txt", engine.name);
    let python = VirtualEnvironment::prepare(environment, &requirements)?;
    let required = if is_required { "--required" } else { "--if-installed" };
    let arguments = ["-m", "engines", required, engine.name, program];
    let (line, outcome) = python.last_line("crates/tagmata-sql-cases", &[&arguments[..], cases].concat())?;
    if let Some(example) = engine.example
        && outcome.is_ok()
        && !line.starts_with("SKIPPED")
    {
        python.install_package(&[])?;
        python.run("", example)?;
    }
    Ok((line, outcome))
}

#[cfg(test)]
mod tests {
    use super::{Choice, ENGINES};

    #[test]
    fn who_is_required_is_asked() {
        let table: [(Option<&str>, Option<&str>, &[&str]); 5] = [
            (None, None, &["sqlite", "postgres"]),
            (Some("duckdb,spark"), None, &["duckdb", "spark"]),
            (Some("duckdb"), Some("mysql"), &["duckdb", "mysql"]),
            (None, Some("clickhouse"), &["sqlite", "postgres", "clickhouse"]),
            (Some("all"), None, &["sqlite", "postgres", "duckdb", "mysql", "clickhouse", "spark"]),
        ];
        for (named, required, expected) in table {
            let mut choice = Choice::default();
            assert!(named.is_none_or(|names| choice.name(names).is_ok()));
            assert!(required.is_none_or(|names| choice.require(names).is_ok()));
            let asked: Vec<&str> =
                ENGINES.iter().filter(|engine| choice.has(engine)).map(|engine| engine.name).collect();
            assert_eq!(asked, expected, "{named:?} {required:?}");
        }
    }
}
