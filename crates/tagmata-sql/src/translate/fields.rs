//! Where the values of fields are.

use super::rows::Rows;
use super::translator::{CONTACT, Translator};
use crate::dialect::Path;
use crate::error::{Result, bad_mapping, shown, unmapped};
use crate::fragment::Fragment;
use crate::mapping::{FieldMapping, Format, LinkTable};
use crate::param::Param;
use tagmata::FieldId;

/// A type that values in JSON are read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum As {
    Text,
    Number,
    Integer,
    Flag,
}

impl<'a> Translator<'a> {
    pub(super) fn key(&self, field: FieldId) -> &'a str {
        self.world.schema.field_key(field)
    }

    /// The mapping of a field, if there is one.
    pub(super) fn mapping_if(&self, field: FieldId) -> Option<&'a FieldMapping> {
        self.world.mapping.fields.get(self.key(field))
    }

    pub(super) fn mapping(&self, field: FieldId) -> Result<&'a FieldMapping> {
        self.mapping_if(field).ok_or_else(|| {
            let key = self.key(field);
            unmapped(
                format!("the mapping does not say where `{key}` is"),
                format!("add `\"{key}\": {{\"column\": …}}` to its `fields`"),
            )
        })
    }

    /// A condition on the one value of a field, wherever it is. It is given the short name of the table with the columns, holds for
    /// no row without a value, and is never unknown.
    pub(super) fn on_field(
        &mut self,
        mapping: &FieldMapping,
        condition: impl FnOnce(&mut Self, &str) -> Result<Fragment>,
    ) -> Result<Fragment> {
        match &mapping.link {
            None => condition(self, CONTACT),
            Some(link) if self.joins.is_some() => {
                let alias = self.join_row(link)?;
                condition(self, &alias)
            }
            Some(link) => {
                let rows = self.rows(link)?;
                let condition = condition(self, &rows.alias)?;
                self.exist(&rows.and(condition))
            }
        }
    }

    /// The column of a field in a table, or what a JSON object there has.
    pub(super) fn value(&self, mapping: &FieldMapping, alias: &str, read_as: As) -> Result<Fragment> {
        let Some(column) = &mapping.column else {
            return Err(bad_mapping("the mapping of a field has no column", "add `\"column\"`"));
        };
        let column = self.column(alias, column)?;
        if mapping.path.is_empty() {
            return Ok(column);
        }
        let json = &self.grammar().json;
        let template = match read_as {
            As::Text => json.text,
            As::Number => json.number,
            As::Integer => json.integer,
            As::Flag => json.boolean,
        };
        Ok(Fragment::fill(template, &[&self.in_json(&column, &mapping.path)?]))
    }

    /// What a JSON object has at the end of a path.
    pub(super) fn in_json(&self, column: &Fragment, path: &[String]) -> Result<Fragment> {
        let json = &self.grammar().json;
        if path.is_empty() {
            return Ok(Fragment::fill(json.whole, &[column]));
        }
        let path = match json.path {
            Path::Keys => {
                let keys: Vec<Fragment> = path.iter().map(|key| self.text(key)).collect();
                Fragment::join(&keys, ", ")
            }
            Path::List => Fragment::param(Param::Texts(path.to_vec())),
            Path::Pointer => {
                let escaped = path.iter().map(|key| key.replace('~', "~0").replace('/', "~1"));
                self.text(&escaped.fold(String::new(), |path, key| format!("{path}/{key}")))
            }
            Path::Dollar => self.json_path(path, |c| !['"', '\\'].contains(&c), ".\"", "\"")?,
            Path::Ascii => self.json_path(path, is_written_as_it_is, ".\"", "\"")?,
            Path::Brackets => self.json_path(path, |c| !['\'', '\\'].contains(&c), "['", "']")?,
        };
        Ok(Fragment::fill(json.at, &[column, &path]))
    }

    /// A path whose keys stand between two texts, and have only some characters: what it cannot quote would mean another key.
    fn json_path(
        &self,
        path: &[String],
        may_have: fn(char) -> bool,
        before: &str,
        behind: &str,
    ) -> Result<Fragment> {
        let grammar = self.grammar();
        let is_refused = |key: &&String| {
            let is_misread = match grammar.json.path {
                // MariaDB finds no key that begins with a minus.
                Path::Ascii => key.starts_with('-'),
                // Spark skips white space before a key, and takes an asterisk for all keys.
                Path::Brackets => key.starts_with(char::is_whitespace) || key.contains('?') || *key == "*",
                _ => false,
            };
            is_misread || !key.chars().all(may_have)
        };
        if let Some(key) = path.iter().find(is_refused) {
            let help = match grammar.json.path {
                Path::Ascii => {
                    "keys there are of ASCII, begin with no `-`, and have no quotes, slashes and backslashes"
                }
                Path::Brackets => {
                    "keys there have no quotes, question marks and backslashes, and begin with no white space"
                }
                _ => "keys there have no quotes and no backslashes",
            };
            let message = format!("a path of {} cannot lead to the key `{}`", self.world.dialect, shown(key));
            return Err(bad_mapping(message, help));
        }
        Ok(self.text(&path.iter().fold("$".to_owned(), |path, key| format!("{path}{before}{key}{behind}"))))
    }

    /// How the values of a field are kept, which is one of some formats.
    pub(super) fn format(
        &self,
        given: Option<Format>,
        or: Format,
        allowed: &[Format],
        what: &str,
    ) -> Result<Format> {
        let format = given.unwrap_or(or);
        if allowed.contains(&format) {
            return Ok(format);
        }
        let names: Vec<&str> = allowed.iter().map(|format| format.as_str()).collect();
        Err(bad_mapping(
            format!("{what} cannot be kept as `{}`", format.as_str()),
            format!("say {}", names.join(", ")),
        ))
    }

    /// A condition on a value that may be null: never unknown.
    pub(super) fn guarded(&self, nullable: bool, value: &Fragment, condition: Fragment) -> Fragment {
        match nullable {
            true => Fragment::fill("({0} IS NOT NULL AND {1})", &[value, &condition]),
            false => condition,
        }
    }

    /// Whether a value may be null: that of a JSON object, or of a row that may not be there, always.
    pub(super) fn is_nullable(&self, mapping: &FieldMapping) -> bool {
        mapping.nullable || !mapping.path.is_empty() || (mapping.link.is_some() && self.joins.is_some())
    }

    /// Whether a field has no value, where its values are of the database's own types.
    pub(super) fn is_null(&mut self, mapping: &FieldMapping, read_as: As) -> Result<Fragment> {
        let has_value = self.on_field(mapping, |this, alias| {
            let value = this.value(mapping, alias, read_as)?;
            Ok(match this.is_nullable(mapping) {
                true => Fragment::fill("{0} IS NOT NULL", &[&value]),
                false => Fragment::raw("TRUE"),
            })
        })?;
        Ok(has_value.negated())
    }

    /// Whether the contact is one of some.
    pub(super) fn id_test(&self, ids: impl Iterator<Item = i64>) -> Result<Fragment> {
        let ids: Vec<i64> = ids.collect();
        Ok(self.is_one_of_integers(&self.id()?, &ids))
    }

    /// The rows of a link table that have a value, and that value.
    pub(super) fn linked(&mut self, link: &LinkTable, mapping: &FieldMapping) -> Result<(Rows, Fragment)> {
        let rows = self.rows(link)?;
        let value = self.value(mapping, &rows.alias, As::Text)?;
        Ok(match mapping.nullable {
            true => {
                let is_there = Fragment::fill("{0} IS NOT NULL", &[&value]);
                (rows.and(is_there), value)
            }
            false => (rows, value),
        })
    }
}

/// Whether a character in a key of a JSON document is never written as an escape: MariaDB does not find keys that are.
fn is_written_as_it_is(c: char) -> bool {
    (' '..='~').contains(&c) && !['"', '\\', '/'].contains(&c)
}
