//! The command line.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt as _};
use tagmata::Timestamp;

const USAGE: &str = "\
usage: filter [FILE…] [OPTION…]

Without FILE, the two files of examples/data are read, and without a filter they get one of their own; without a
filter, all contacts of other files match.

  --filter TEXT    the filter, as text
  --json FILE      the filter, from a file: canonical JSON or a query-builder tree
  --now INSTANT    the instant of the question, in RFC 3339; if not given 2026-11-22T09:30:00Z,
                   so that the output is the same every day
  --explain NAME   say why the contacts with NAME in their names match, or do not
  --to SPELLING    print the filter as `json`, or as the `tree` of a query builder, and nothing else
  --help           print this";

const NOW: &str = "2026-11-22T09:30:00Z";
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/data");

pub(crate) struct Arguments {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) filter: Source,
    pub(crate) now: Timestamp,
    pub(crate) explain: Option<String>,
    pub(crate) to: Option<Spelling>,
}

/// Where the filter comes from.
pub(crate) enum Source {
    Default,
    Text(String),
    Json(String),
}

/// How a filter is written.
pub(crate) enum Spelling {
    Json,
    Tree,
}

/// What is asked for, unless that is help.
pub(crate) fn read() -> Result<Option<Arguments>, Box<dyn Error>> {
    let say_usage = |error: Box<dyn Error>| match error.is::<lexopt::Error>() {
        true => format!("{error}\n\n{USAGE}").into(),
        false => error,
    };
    parse(Parser::from_env()).map_err(say_usage)
}

fn parse(mut parser: Parser) -> Result<Option<Arguments>, Box<dyn Error>> {
    let (mut files, mut filter, mut explain, mut to) = (Vec::new(), None, None, None);
    let mut now = NOW.parse()?;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Value(file) => files.push(PathBuf::from(file)),
            Arg::Long("filter") if filter.is_none() => filter = Some(Source::Text(parser.value()?.string()?)),
            Arg::Long("json") if filter.is_none() => {
                let path = PathBuf::from(parser.value()?);
                let json =
                    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
                filter = Some(Source::Json(json));
            }
            Arg::Long("filter" | "json") => {
                return Err(lexopt::Error::from("there is a filter already").into());
            }
            Arg::Long("now") => now = parser.value()?.string()?.parse()?,
            Arg::Long("explain") => explain = Some(parser.value()?.string()?),
            Arg::Long("to") => match parser.value()?.string()?.as_str() {
                "json" => to = Some(Spelling::Json),
                "tree" => to = Some(Spelling::Tree),
                other => {
                    let message = format!("`{other}` is not a spelling: say json or tree");
                    return Err(lexopt::Error::from(message).into());
                }
            },
            Arg::Long("help") | Arg::Short('h') => {
                println!("{USAGE}");
                return Ok(None);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let mut otherwise = Source::Text("everyone".to_owned());
    if files.is_empty() {
        files.extend(["contacts-fr.csv", "contactos-es.csv"].map(|name| PathBuf::from(DATA).join(name)));
        otherwise = Source::Default;
    }
    Ok(Some(Arguments { files, filter: filter.unwrap_or(otherwise), now, explain, to }))
}
