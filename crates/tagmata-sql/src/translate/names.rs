//! Names of the host's tables and columns: checked and quoted.

use crate::dialect::{Dialect, Longest};
use crate::error::{Result, bad_mapping, shown};
use crate::fragment::{Fragment, MARK};
use crate::mapping::TableName;

/// A name, quoted.
pub(super) fn name(dialect: Dialect, name: &str) -> Result<String> {
    let grammar = dialect.grammar();
    let refused = |why: &str| {
        let shown = shown(name);
        bad_mapping(
            format!("`{shown}` is no name of a table or column of {dialect}: {why}"),
            "give its real name",
        )
    };
    if name.is_empty() {
        return Err(refused("it is empty"));
    }
    if name.contains(MARK) {
        return Err(refused("it contains U+0000"));
    }
    // PostgreSQL would cut it, and mean another column.
    let too_long = match grammar.longest_name {
        Longest::Bytes(most) if name.len() > most => Some(format!("it has more than {most} bytes")),
        Longest::Characters(most) if name.chars().count() > most => {
            Some(format!("it has more than {most} characters"))
        }
        _ => None,
    };
    if let Some(why) = too_long {
        return Err(refused(&why));
    }
    let mut quoted = String::with_capacity(name.len() + 2);
    quoted.push(grammar.quote);
    for c in name.chars() {
        if c == grammar.quote {
            quoted.push(c);
        }
        if c == '\\' && grammar.escapes {
            quoted.push(c);
        }
        quoted.push(c);
    }
    quoted.push(grammar.quote);
    Ok(quoted)
}

/// A table under a short name.
pub(super) fn table(dialect: Dialect, table: &TableName, alias: &str) -> Result<Fragment> {
    if table.parts().is_empty() {
        return Err(bad_mapping(
            "a table has no name",
            "name it, as `\"contacts\"` or `[\"crm\", \"contacts\"]`",
        ));
    }
    let parts = table.parts().iter().map(|part| name(dialect, part)).collect::<Result<Vec<_>>>()?;
    Ok(Fragment::raw(format!("{} AS {alias}", parts.join("."))))
}

/// A column of a table that has a short name. It always has it: a name alone that is no column is a text to SQLite.
pub(super) fn column(dialect: Dialect, alias: &str, column: &str) -> Result<Fragment> {
    Ok(Fragment::raw(format!("{alias}.{}", name(dialect, column)?)))
}

/// A function of the host, which is a plain word, maybe within others.
pub(super) fn function(name: &str) -> Result<&str> {
    let is_word = |word: &str| {
        let mut chars = word.chars();
        chars.next().is_some_and(|c| c == '_' || c.is_ascii_alphabetic())
            && chars.all(|c| c == '_' || c.is_ascii_alphanumeric())
    };
    match name.split('.').all(is_word) {
        true => Ok(name),
        false => {
            let shown = shown(name);
            Err(bad_mapping(
                format!("`{shown}` is no name of a function"),
                "use ASCII letters, digits and `_`",
            ))
        }
    }
}
