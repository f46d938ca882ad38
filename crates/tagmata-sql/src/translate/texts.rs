//! Texts: by their folds, or for a search by their folds without accents.

use super::fields::As;
use super::translator::Translator;
use crate::error::Result;
use crate::fragment::Fragment;
use crate::mapping::{FieldMapping, Folding};
use tagmata::{Code, Diagnostic, Error, Field, FieldId, Matching, TextTest};

/// What counts as white space: Unicode's White_Space.
const WHITE_SPACE: &str = "\t\n\u{b}\u{c}\r \u{85}\u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}";

/// What a text is looked at as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As `fold` makes it.
    Folded,
    /// As `accent_fold` makes it.
    Searched,
}

impl Form {
    /// The column that has texts in this form, and what makes it where there is none.
    fn of(self, mapping: &FieldMapping) -> (Option<&String>, Option<&Folding>) {
        match self {
            Self::Folded => (mapping.folded.as_ref(), mapping.fold.as_ref()),
            Self::Searched => (mapping.searchable.as_ref(), mapping.search_fold.as_ref()),
        }
    }

    /// The function of this library that gives it.
    fn function(self) -> &'static str {
        match self {
            Self::Folded => "fold",
            Self::Searched => "accent_fold",
        }
    }
}

impl Translator<'_> {
    pub(super) fn text_test(&mut self, field: FieldId, test: &TextTest) -> Result<Fragment> {
        self.on_text(field, Form::Folded, |this, text| this.text_condition(text, test))
    }

    /// A condition on a text in one of its forms, which holds for none that is missing.
    fn on_text(
        &mut self,
        field: FieldId,
        form: Form,
        condition: impl FnOnce(&mut Self, &Fragment) -> Fragment,
    ) -> Result<Fragment> {
        if field == Field::NAME && self.mapping_if(field).is_none() {
            let name = self.name(form)?;
            return Ok(condition(self, &name));
        }
        let (mapping, key) = (self.mapping(field)?, self.key(field));
        self.on_field(mapping, |this, alias| {
            let text = this.text_as(mapping, alias, form, key)?;
            let condition = condition(this, &text);
            // A function is called once: it gives a text for each text.
            let is_kept = form.of(mapping).0.is_some();
            let guard = if is_kept { text } else { this.value(mapping, alias, As::Text)? };
            Ok(this.guarded(true, &guard, condition))
        })
    }

    /// The name: the first and the last one, with a space between them where there are both. It is empty where there is neither.
    fn name(&mut self, form: Form) -> Result<Fragment> {
        let mut parts = Vec::new();
        for field in [Field::FIRST_NAME, Field::LAST_NAME] {
            let (mapping, key) = (self.mapping(field)?, self.key(field));
            // Both are asked of one row, so that neither can be in rows of another table.
            if mapping.link.is_some() && self.joins.is_none() {
                return Err(crate::error::bad_mapping(
                    format!("`name` is made of `{key}`, which is in another table"),
                    "say where `name` is, or keep `first_name` and `last_name` in columns of contacts",
                ));
            }
            let mut text = Fragment::default();
            let _ = self.on_field(mapping, |this, alias| {
                text = this.text_as(mapping, alias, form, key)?;
                Ok(Fragment::default())
            })?;
            parts.push(Fragment::fill("COALESCE({0}, '')", &[&text]));
        }
        let grammar = self.grammar();
        let [first, last] = parts.as_slice() else { return Ok(Fragment::default()) };
        let spaced = Fragment::fill(grammar.concat, &[first, &Fragment::raw("' '")]);
        let both = Fragment::fill(grammar.concat, &[&spaced, last]);
        Ok(Fragment::fill(grammar.trim, &[&both]))
    }

    /// A text of a row in one of its forms: null or empty where it is missing.
    pub(super) fn text_as(
        &mut self,
        mapping: &FieldMapping,
        alias: &str,
        form: Form,
        key: &str,
    ) -> Result<Fragment> {
        let (column, folding) = form.of(mapping);
        if let Some(column) = column {
            return self.column(alias, column);
        }
        let written = self.value(mapping, alias, As::Text)?;
        let grammar = self.grammar();
        match (folding, form, grammar.native_fold) {
            (Some(Folding::Function(function)), _, _) => {
                let function = super::names::function(function)?;
                self.needs_function(function, form.function());
                Ok(Fragment::fill(&format!("{function}({{0}})"), &[&written]))
            }
            (Some(Folding::Native), Form::Folded, Some(fold)) => {
                Ok(Fragment::fill(fold, &[&written, &self.text(WHITE_SPACE)]))
            }
            (Some(Folding::Native), _, _) => {
                let what = form.function();
                Err(crate::error::bad_mapping(
                    format!(
                        "{} has no function that is known to give what `{what}` gives",
                        self.world.dialect
                    ),
                    "keep the text in a column, or name a function that gives it",
                ))
            }
            (None, _, _) if self.world.choices.approximate_text => {
                let message = format!("`{key}` is compared by what {} calls lower case", self.world.dialect);
                let help = match form {
                    Form::Folded => "letters such as `ß`, `İ` or `ς` may compare otherwise",
                    Form::Searched => {
                        "accents count, and letters such as `ß`, `İ` or `ς` may compare otherwise"
                    }
                };
                self.warn(key, Diagnostic::new(Code::TextApproximated, message).help(help));
                let trimmed = Fragment::fill(grammar.trim, &[&written]);
                Ok(Fragment::fill(grammar.lower, &[&trimmed]))
            }
            (None, form, _) => {
                let what = form.function();
                let entry = if form == Form::Folded { "folded" } else { "searchable" };
                let message = format!(
                    "{} does not compare the texts of `{key}` as filters do: the mapping has no `{entry}` for it",
                    self.world.dialect
                );
                let help = format!("name a column with what `{what}` gives, or accept approximate text");
                Err(Error::sql(Diagnostic::new(Code::ApproximateText, message).help(help), []))
            }
        }
    }

    /// A condition on a text that is not null.
    pub(super) fn text_condition(&self, text: &Fragment, test: &TextTest) -> Fragment {
        match test {
            TextTest::OneOf(texts) => {
                let texts: Vec<String> = texts.iter().map(|text| text.to_string()).collect();
                self.is_one_of_texts(text, &texts)
            }
            TextTest::Match(matching, part) => self.matches(text, *matching, part),
        }
    }

    fn matches(&self, text: &Fragment, matching: Matching, part: &str) -> Fragment {
        let grammar = self.grammar();
        if part.contains('\0') && !grammar.takes_nul {
            return Fragment::raw("FALSE");
        }
        let text = self.binary(text);
        let bound = |text: &str| Fragment::fill(grammar.binary_param, &[&self.text(text)]);
        let chars = Fragment::raw(part.chars().count().to_string());
        let bytes = Fragment::raw(part.len().to_string());
        match (matching, following(part)) {
            (Matching::Contains, _) => {
                let pattern = bound(&format!("%{}%", escaped(part)));
                Fragment::fill(grammar.contains, &[&text, &bound(part), &pattern])
            }
            (Matching::EndsWith, _) => {
                let pattern = bound(&format!("%{}", escaped(part)));
                Fragment::fill(grammar.ends_with, &[&text, &bound(part), &chars, &bytes, &pattern])
            }
            (Matching::StartsWith, Some(next)) => {
                Fragment::fill(grammar.starts_with, &[&text, &bound(part), &bound(&next), &bytes])
            }
            // Nothing stands behind what starts with the last character there is.
            (Matching::StartsWith, None) => Fragment::fill("{0} >= {1}", &[&text, &bound(part)]),
        }
    }

    pub(super) fn phone_test(&mut self, field: FieldId, test: &TextTest) -> Result<Fragment> {
        // A number is kept with its `+`, and asked for by its digits.
        let test = match test {
            TextTest::OneOf(digits) => {
                TextTest::OneOf(digits.iter().map(|digits| format!("+{digits}").into()).collect())
            }
            TextTest::Match(Matching::StartsWith, digits) => {
                TextTest::Match(Matching::StartsWith, format!("+{digits}").into())
            }
            other => other.clone(),
        };
        let mapping = self.mapping(field)?;
        self.on_field(mapping, |this, alias| {
            let number = this.value(mapping, alias, As::Text)?;
            let condition = this.text_condition(&number, &test);
            Ok(this.guarded(this.is_nullable(mapping), &number, condition))
        })
    }

    pub(super) fn search(&mut self, phrase: &str, digits: Option<&str>) -> Result<Fragment> {
        let mut found = Vec::new();
        for field in [Field::NAME, Field::EMAIL] {
            found.push(self.on_text(field, Form::Searched, |this, text| {
                this.matches(text, Matching::Contains, phrase)
            })?);
        }
        if let Some(digits) = digits {
            found.push(self.phone_test(Field::MOBILE, &TextTest::Match(Matching::Contains, digits.into()))?);
        }
        Ok(Fragment::combined(found, "OR"))
    }

    /// Whether a text is missing.
    pub(super) fn text_is_missing(&mut self, field: FieldId) -> Result<Fragment> {
        if field == Field::NAME && self.mapping_if(field).is_none() {
            let missing = [Field::FIRST_NAME, Field::LAST_NAME].map(|part| self.text_is_missing(part));
            let missing = missing.into_iter().collect::<Result<Vec<_>>>()?;
            return Ok(Fragment::combined(missing, "AND"));
        }
        let mapping = self.mapping(field)?;
        let is_there = self.on_field(mapping, |this, alias| {
            Ok(match &mapping.folded {
                Some(folded) => {
                    let folded = this.column(alias, folded)?;
                    Fragment::fill("({0} IS NOT NULL AND {0} <> '')", &[&folded])
                }
                None => {
                    let written = this.value(mapping, alias, As::Text)?;
                    this.is_filled(&written)
                }
            })
        })?;
        Ok(is_there.negated())
    }

    /// Whether anything but white space is in a text.
    pub(super) fn is_filled(&self, text: &Fragment) -> Fragment {
        let filled = Fragment::fill(self.grammar().is_filled, &[text, &self.text(WHITE_SPACE)]);
        self.guarded(true, text, filled)
    }
}

/// A text as a part of a pattern of `LIKE`, whose own marks it has escaped.
fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| matches!(c, '\\' | '%' | '_').then_some('\\').into_iter().chain([c])).collect()
}

/// The first text behind all texts that start with another one, by code points.
fn following(text: &str) -> Option<String> {
    let mut chars: Vec<char> = text.chars().collect();
    while let Some(last) = chars.pop() {
        let next = match last {
            '\u{d7ff}' => Some('\u{e000}'),
            c => char::from_u32(u32::from(c) + 1),
        };
        if let Some(next) = next {
            chars.push(next);
            return Some(chars.into_iter().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::following;

    #[test]
    fn what_follows_stands_behind_all_that_start_so() {
        let table = [
            ("a", Some("b")),
            ("az\u{10ffff}", Some("a{")),
            ("\u{d7ff}", Some("\u{e000}")),
            ("\u{10ffff}", None),
        ];
        for (text, next) in table {
            assert_eq!(following(text).as_deref(), next, "{text:?}");
        }
    }
}
