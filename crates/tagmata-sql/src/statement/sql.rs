//! Statements, ready to be run.

use super::words;
use crate::dialect::{Dialect, Marks};
use crate::error::Result;
use crate::fragment::{Fragment, MARK};
use crate::param::Param;
use std::str::FromStr;
use tagmata::{Code, Diagnostic, Error, Timestamp};

/// A statement, or a condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Sql {
    /// The text, with a mark for each parameter.
    pub text: String,
    /// The parameters, in the order of their marks; those of ClickHouse are named `p1`, `p2` and so on.
    pub params: Vec<Param>,
    /// Until when the text and the parameters stay the same while time moves on: from then on other days or instants count. `None` where
    /// they never change. A window that moves with the clock, such as `in last 30 days` of an instant, is another one at any moment.
    pub valid_until: Option<Timestamp>,
    /// What the caller should know.
    pub warnings: Vec<Diagnostic>,
}

/// How parameters are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Placeholders {
    /// As the database has them: `?`, `$1` of PostgreSQL, `{p1:String}` of ClickHouse.
    #[default]
    Native,
    /// `%s`, as many drivers of Python want them; each other `%` is doubled.
    Format,
}

impl Placeholders {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Native, Self::Format];

    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Format => "format",
        }
    }
}

impl FromStr for Placeholders {
    type Err = Error;

    /// Reads one of `native` and `format`.
    ///
    /// ```
    /// use tagmata_sql::Placeholders;
    /// assert_eq!("format".parse::<Placeholders>()?, Placeholders::Format);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadSetting`](tagmata::Code::BadSetting) for every other word.
    fn from_str(word: &str) -> Result<Self, Error> {
        words::option("placeholders", word, Self::ALL, Self::as_str)
    }
}

/// Writes the marks of a fragment, and checks that it is not larger than the database takes.
pub(super) fn written(
    fragment: &Fragment,
    dialect: Dialect,
    placeholders: Placeholders,
) -> Result<(String, Vec<Param>)> {
    let grammar = dialect.grammar();
    if fragment.params.len() > grammar.most_params {
        return Err(too_large(format!(
            "{dialect} takes at most {} parameters, and this needs {}",
            grammar.most_params,
            fragment.params.len()
        )));
    }
    if fragment.depth > grammar.deepest {
        return Err(too_large(format!(
            "{dialect} takes expressions at most {} deep, and this is {} deep",
            grammar.deepest, fragment.depth
        )));
    }
    let mut text = String::with_capacity(fragment.text.len() + fragment.params.len() * 4);
    let mut params = fragment.params.iter();
    let mut count = 0_usize;
    for c in fragment.text.chars() {
        match c {
            MARK => {
                count += 1;
                if let Some(param) = params.next() {
                    let kind = param_type(param, dialect);
                    text.push_str(&mark(grammar.marks, placeholders, count, kind));
                }
            }
            '%' if placeholders == Placeholders::Format => text.push_str("%%"),
            c => text.push(c),
        }
    }
    let params = fragment.params.iter().map(|param| bound(param, grammar.types.lists_are_json)).collect();
    Ok((text, params))
}

fn mark(marks: Marks, placeholders: Placeholders, count: usize, kind: &str) -> String {
    match (marks, placeholders) {
        (Marks::Typed, _) => format!("{{p{count}:{kind}}}"),
        (_, Placeholders::Format) => kind.replace("{0}", "%s"),
        (Marks::Dollar, Placeholders::Native) => kind.replace("{0}", &format!("${count}")),
        (Marks::Question, Placeholders::Native) => kind.replace("{0}", "?"),
    }
}

fn param_type(param: &Param, dialect: Dialect) -> &'static str {
    let types = &dialect.grammar().types;
    match param {
        Param::Text(_) => types.text,
        Param::Integer(_) => types.integer,
        Param::Number(_) => types.number,
        Param::Bool(_) => types.boolean,
        Param::Texts(_) => types.texts,
        Param::Integers(_) => types.integers,
        Param::Numbers(_) => types.numbers,
    }
}

/// A parameter as the database takes it.
fn bound(param: &Param, lists_are_json: bool) -> Param {
    match param {
        Param::Texts(_) | Param::Integers(_) | Param::Numbers(_) if lists_are_json => {
            Param::Text(serde_json::to_string(param).unwrap_or_default())
        }
        other => other.clone(),
    }
}

fn too_large(message: String) -> Error {
    let problem = Diagnostic::new(Code::StatementTooLarge, message);
    Error::sql(problem.help("ask for fewer segments at once, or read segments from a table of members"), [])
}
