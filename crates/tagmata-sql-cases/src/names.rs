//! Names of tables, columns and keys, and the words of hosts: plain ones, and ones that break what does not quote.

use crate::dice::Dice;
use tagmata_sql::Dialect;

/// What would mean something if it were not quoted, or not bound.
pub(crate) const HOSTILE: &[&str] = &[
    "\"",
    "\"\"",
    "'",
    "''",
    "`",
    "``",
    "\\",
    "\\'",
    "\\\"",
    "' OR '1'='1",
    "\"; DROP TABLE x; --",
    "-- ",
    "/*",
    "*/",
    "#",
    ";",
    "%s",
    "%",
    "%%",
    "%(a)s",
    "?",
    "??",
    "$1",
    ":a",
    "@a",
    "{p1:String}",
    "{0}",
    "{",
    "}",
    "[a]",
    "(",
    "a.b",
    "$.a",
    "/a/~0",
    "\u{201c}",
    "\u{2019}",
    "\u{ff07}",
    "\u{2028}",
    "\n",
    "\t",
    "select",
    "NULL",
    "é",
    "e\u{301}",
    "İ",
    "\u{200b}",
];

/// Names that no two things share, even where case is ignored.
#[derive(Debug, Clone)]
pub(crate) struct Namer {
    dialect: Dialect,
    is_hostile: bool,
    count: usize,
}

impl Namer {
    pub(crate) fn new(dialect: Dialect, is_hostile: bool) -> Self {
        Self { dialect, is_hostile, count: 0 }
    }

    /// The name of a table or a column.
    pub(crate) fn name(&mut self, about: &str, dice: &mut Dice) -> String {
        self.count += 1;
        let about: String = about.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
        match self.is_hostile {
            false => format!("{about}_{}", self.count),
            true => format!("{}{about}{}{}", dice.pick(HOSTILE), dice.pick(HOSTILE), self.count),
        }
    }

    /// A key in a JSON object: paths of some databases cannot quote all of them.
    pub(crate) fn key(&mut self, about: &str, dice: &mut Dice) -> String {
        self.count += 1;
        let may_have = |c: char| match self.dialect {
            Dialect::Sqlite => !['"', '\\'].contains(&c),
            Dialect::Mysql => c.is_ascii() && !c.is_control() && !['"', '\\', '/'].contains(&c),
            Dialect::Spark => !['\'', '\\', '?'].contains(&c),
            _ => true,
        };
        let name = match self.is_hostile {
            false => about.to_owned(),
            true => format!("{}{about}{}{}", dice.pick(HOSTILE), dice.pick(HOSTILE), self.count),
        };
        let key = name.chars().filter(|c| may_have(*c)).collect::<String>();
        // Whatever was left out, no two are the same.
        let key = if key == about { key } else { format!("{key}{}", self.count) };
        match self.dialect {
            Dialect::Mysql => key.trim_start_matches('-').to_owned(),
            Dialect::Spark => key.trim_start().to_owned(),
            _ => key,
        }
    }

    /// A word of the host, with a number that tells it from others.
    pub(crate) fn word(&mut self, about: &str, dice: &mut Dice) -> String {
        self.count += 1;
        let hostile = if self.is_hostile { dice.pick(HOSTILE) } else { "" };
        format!("{hostile}{about}-{}", self.count)
    }
}
