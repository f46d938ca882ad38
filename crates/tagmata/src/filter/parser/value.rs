//! Values: strings, words, numbers, moments, and lists of them.

use super::cursor::{Cursor, Parse};
use crate::diagnostic::{Code, Diagnostic};
use crate::filter::ast::{At, Literal, LiteralKind};
use crate::filter::token::TokenKind;
use crate::text::quoted;
use crate::time::{Anchor, Count, Moment, Unit};

impl Cursor<'_, '_> {
    pub(super) fn value(&mut self) -> Parse<Literal> {
        let start = self.place();
        let kind = match self.peek() {
            TokenKind::Text(text) => LiteralKind::Text(text.as_ref().into()),
            TokenKind::Number(number) => LiteralKind::Number(*number),
            TokenKind::Moment(moment) => LiteralKind::Moment(*moment),
            TokenKind::Word(word) => return self.word_or_moment(word),
            TokenKind::Label(_) => {
                return self.unexpected(
                    "a value",
                    &[],
                    Some("backquotes are for fields; values stand in double quotes"),
                );
            }
            TokenKind::Open => {
                return self.unexpected(
                    "a value",
                    &[],
                    Some("a list follows `in`, `has any`, `has all`, `has none` or `has only`"),
                );
            }
            TokenKind::Plus if matches!(self.ahead(1), TokenKind::Number(_)) => {
                let help = "phone numbers stand in double quotes, such as `\"+33612345678\"`; other numbers have no `+`";
                return self.unexpected("a value", &[], Some(help));
            }
            TokenKind::MonthDay(_) => {
                return self.unexpected("a value", &[], Some("a day of the year follows `anniversary on`"));
            }
            _ => return self.unexpected("a value", &[], None),
        };
        self.advance();
        Ok(At::new(kind, start))
    }

    /// A word, or `now` or `today` with an offset.
    fn word_or_moment(&mut self, word: &str) -> Parse<Literal> {
        let start = self.place();
        let is_connective = |by| self.is_word(by, "and") || self.is_word(by, "or");
        let starts_condition =
            matches!(self.ahead(1), TokenKind::Word(_) | TokenKind::Label(_) | TokenKind::Open)
                && !is_connective(1);
        if is_connective(0) && starts_condition {
            // A value was forgotten: behind a value called `and`, a condition ends.
            return self.unexpected("a value", &[], None);
        }
        self.advance();
        let anchor = match word {
            word if word.eq_ignore_ascii_case("now") => Anchor::Now,
            word if word.eq_ignore_ascii_case("today") => Anchor::Today,
            _ => return Ok(At::new(LiteralKind::Word(word.into()), start)),
        };
        let count = match self.peek() {
            TokenKind::Plus => {
                self.advance();
                self.count("+")?
            }
            TokenKind::Minus => {
                self.advance();
                self.count("-")?.negated()
            }
            // `now -30 days`: the minus belongs to the number.
            TokenKind::Number(number) if number.value() < 0.0 => self.count("-")?,
            _ => return Ok(At::new(LiteralKind::Word(word.into()), start)),
        };
        let moment = Moment::Relative { anchor, offset: Some(count) };
        Ok(At::new(LiteralKind::Moment(moment), self.since(&start)))
    }

    /// `n unit`; the sign, if the number has one, is kept.
    pub(super) fn count(&mut self, after: &str) -> Parse<Count> {
        let n = self.whole_number(after)?;
        Ok(Count { n, unit: self.unit()? })
    }

    pub(super) fn whole_number(&mut self, after: &str) -> Parse<i32> {
        let TokenKind::Number(number) = self.peek() else {
            return self.unexpected(&format!("a number after `{after}`"), &[], None);
        };
        let (value, place) = (number.value(), self.place());
        let magnitude = value.abs();
        let allowed = magnitude >= 1.0 && magnitude <= f64::from(Count::MOST) && value.fract() == 0.0;
        if !allowed || (value < 0.0 && after != "-") {
            let diagnostic = bad_count(self.written(self.at, self.at + 1));
            return self.refuse(diagnostic, &place, None);
        }
        self.advance();
        #[expect(clippy::cast_possible_truncation, reason = "a whole number of at most 10,000")]
        Ok(value as i32)
    }

    pub(super) fn unit(&mut self) -> Parse<Unit> {
        let unit = match self.peek() {
            TokenKind::Word(word) => Unit::read(word),
            _ => None,
        };
        match unit {
            Some(unit) => {
                self.advance();
                Ok(unit)
            }
            None => self.unexpected("a unit of time", &Unit::ALL.map(Unit::as_str), None),
        }
    }

    /// `(value, …)` with at least one value; a comma may follow the last.
    pub(super) fn list(&mut self, after: &str) -> Parse<Vec<Literal>> {
        let start = self.place();
        if !self.eat(&TokenKind::Open) {
            let help = format!("write `{after} (\"a\", \"b\")`");
            return self.unexpected(&format!("a list after `{after}`"), &["("], Some(&help));
        }
        let mut values = Vec::new();
        loop {
            if self.eat(&TokenKind::Close) {
                break;
            }
            values.push(self.value()?);
            if self.eat(&TokenKind::Comma) || *self.peek() == TokenKind::Close {
                continue;
            }
            return self.unexpected("`,` or `)`", &[",", ")"], None);
        }
        let place = self.since(&start);
        if values.is_empty() {
            let help = "name at least one value; `nobody` is the filter that no contact matches";
            return self.refuse(Diagnostic::new(Code::EmptyList, "the list is empty"), &place, Some(help));
        }
        if values.len() > self.limits.list_items {
            let diagnostic = list_too_long(values.len(), self.limits.list_items);
            return self.refuse(diagnostic, &place, None);
        }
        Ok(values)
    }
}

/// A number that is no count of units, for every spelling.
pub(in crate::filter) fn bad_count(written: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::BadCount, format!("{} is not a count of units", quoted(written)));
    diagnostic.help("a count is a whole number from 1 to 10,000")
}

/// A list over the limit, for every spelling.
pub(in crate::filter) fn list_too_long(length: usize, most: usize) -> Diagnostic {
    let message = format!("the list has {length} items; {most} are allowed");
    Diagnostic::new(Code::ListTooLong, message).help("give the contacts a tag or a segment and use that")
}
