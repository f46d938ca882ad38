//! One condition: an operand, an operator, its values.

use super::cursor::{Cursor, Parse};
use crate::filter::ast::{
    Aggregate, At, Comparison, Condition, Function, Matching, Name, Operand, Quantifier, Source, Test,
};
use crate::filter::token::TokenKind;
use crate::text::{is_keyword, quoted};

/// The operators that a reader may have had in mind.
const OPERATORS: [&str; 17] = [
    "=",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "in",
    "between",
    "contains",
    "starts with",
    "ends with",
    "has",
    "is empty",
    "before",
    "after",
    "on",
    "anniversary",
];

impl Cursor<'_, '_> {
    pub(super) fn condition(&mut self) -> Parse<Condition> {
        let operand = self.operand()?;
        let start = self.place();
        let (negated, test) = self.operator(&operand)?;
        Ok(Condition { operand, negated, test: At::new(test, self.since(&start)) })
    }

    pub(super) fn operand(&mut self) -> Parse<Operand> {
        let place = self.place();
        match self.peek() {
            TokenKind::Label(text) => {
                self.advance();
                Ok(Operand::Field(Name { text: text.as_ref().into(), quoted: true, place }))
            }
            TokenKind::Word(word) => {
                if *self.ahead(1) == TokenKind::Open {
                    if let Some(function) = Function::read(word) {
                        return self.aggregate(function);
                    }
                    if !is_keyword(word) {
                        let help = format!(
                            "functions are {}",
                            crate::text::list(&Function::ALL.map(Function::as_str))
                        );
                        return self.unexpected("a field or a function", &[], Some(&help));
                    }
                }
                if is_keyword(word) {
                    return self.unexpected(
                        "a field",
                        &[],
                        Some("a field with such a label is written in backquotes"),
                    );
                }
                self.advance();
                Ok(Operand::Field(Name { text: (*word).into(), quoted: false, place }))
            }
            TokenKind::Text(_) => self.unexpected(
                "a field",
                &[],
                Some("fields are words, or labels in backquotes; double quotes are for values"),
            ),
            _ => self.unexpected("a condition", &[], None),
        }
    }

    /// `count(payment labelled "x" in last 90 days)`; the function and the bracket are next.
    fn aggregate(&mut self, function: Function) -> Parse<Operand> {
        let start = self.place();
        self.advance();
        self.advance();
        let place = self.place();
        let (text, is_label) = match self.peek() {
            TokenKind::Word(word) => (Box::from(*word), false),
            TokenKind::Label(text) => (text.as_ref().into(), true),
            _ => return self.unexpected("a kind of interaction", &[], None),
        };
        self.advance();
        let of = Name { text, quoted: is_label, place };
        let labelled = match self.eat_word("labelled") {
            true => Some(self.string("labelled")?),
            false => None,
        };
        let during = self.during()?;
        if !self.eat(&TokenKind::Close) {
            let expected =
                [")", "labelled", "in last", "in next", "in this", "between", "before", "after", "on"];
            return self.unexpected("`)`", &expected, None);
        }
        let aggregate = Aggregate { function, of, source: Source::Either, labelled, during };
        Ok(Operand::Aggregate(At::new(Box::new(aggregate), self.since(&start))))
    }

    pub(super) fn string(&mut self, after: &str) -> Parse<At<Box<str>>> {
        let TokenKind::Text(text) = self.peek() else {
            let help = format!("write `{after} \"…\"`");
            return self.unexpected(&format!("a string after `{after}`"), &[], Some(&help));
        };
        let string = At::new(text.as_ref().into(), self.place());
        self.advance();
        Ok(string)
    }

    /// The operator with its values, and whether it is negated.
    fn operator(&mut self, operand: &Operand) -> Parse<(bool, Test)> {
        let comparison = match self.peek() {
            TokenKind::Equal => Some((false, Comparison::Equal)),
            TokenKind::NotEqual => Some((true, Comparison::Equal)),
            TokenKind::Less => Some((false, Comparison::Less)),
            TokenKind::LessOrEqual => Some((false, Comparison::LessOrEqual)),
            TokenKind::Greater => Some((false, Comparison::Greater)),
            TokenKind::GreaterOrEqual => Some((false, Comparison::GreaterOrEqual)),
            _ => None,
        };
        if let Some((negated, comparison)) = comparison {
            self.advance();
            return Ok((negated, Test::Compare(comparison, self.value()?)));
        }
        if self.eat_word("is") {
            return self.is_test();
        }
        let negated = self.eat_word("not");
        match self.word_operator()? {
            Some((flips, test)) => Ok((negated ^ flips, test)),
            None => {
                let name = match operand {
                    Operand::Field(name) => quoted(&name.text),
                    Operand::Aggregate(aggregate) => format!("`{}(…)`", aggregate.it.function.as_str()),
                };
                let wanted = match negated {
                    true => "an operator after `not`".to_owned(),
                    false => format!("an operator after {name}"),
                };
                let help = match (negated, self.is_word(0, "is")) {
                    (true, true) => Some("write `is not empty`, `is not true` or `is not false`"),
                    _ => None,
                };
                self.unexpected(&wanted, &OPERATORS, help)
            }
        }
    }

    fn is_test(&mut self) -> Parse<(bool, Test)> {
        let negated = self.eat_word("not");
        let test = match () {
            () if self.eat_word("empty") => Test::Empty,
            () if self.eat_word("true") => Test::Is(true),
            () if self.eat_word("false") => Test::Is(false),
            () => {
                let help = Some("use `=` and `!=` for values");
                return self.unexpected("`empty`, `true` or `false`", &["empty", "true", "false"], help);
            }
        };
        Ok((negated, test))
    }

    /// An operator that starts with a word, and whether the word itself negates (`has none`).
    fn word_operator(&mut self) -> Parse<Option<(bool, Test)>> {
        if let Some(window) = self.window()? {
            return Ok(Some((false, Test::During(window))));
        }
        if let Some(position) = self.position() {
            return Ok(Some((false, Test::Position(position, self.value()?))));
        }
        let test = match () {
            () if self.eat_word("in") => Test::In(self.list("in")?),
            () if self.eat_word("between") => {
                let low = self.value()?;
                self.expect_word("and", "between")?;
                Test::Between(low, self.value()?)
            }
            () if self.eat_word("contains") => Test::Match(Matching::Contains, self.string("contains")?),
            () if self.eat_word("starts") => {
                self.expect_word("with", "starts")?;
                Test::Match(Matching::StartsWith, self.string("starts with")?)
            }
            () if self.eat_word("ends") => {
                self.expect_word("with", "ends")?;
                Test::Match(Matching::EndsWith, self.string("ends with")?)
            }
            () if self.eat_word("has") => return self.has().map(Some),
            () if self.eat_word("more") => Test::Distance(self.distance(true)?),
            () if self.eat_word("less") => Test::Distance(self.distance(false)?),
            () if self.eat_word("anniversary") => Test::Anniversary(self.anniversary()?),
            () => return Ok(None),
        };
        Ok(Some((false, test)))
    }

    /// What follows `has`: `any all none only` are keywords only before a bracket.
    fn has(&mut self) -> Parse<(bool, Test)> {
        let quantifiers = [
            ("any", false, Quantifier::Any),
            ("all", false, Quantifier::All),
            ("none", true, Quantifier::Any),
            ("only", false, Quantifier::Only),
        ];
        for (word, flips, quantifier) in quantifiers {
            if self.is_word(0, word) && *self.ahead(1) == TokenKind::Open {
                self.advance();
                return Ok((flips, Test::Has(quantifier, self.list(&format!("has {word}"))?)));
            }
        }
        if *self.peek() == TokenKind::Open {
            let help = Some("write `has any (…)`, `has all (…)`, `has none (…)` or `has only (…)`");
            return self.unexpected("a value", &["any", "all", "none", "only"], help);
        }
        Ok((false, Test::Has(Quantifier::One, vec![self.value()?])))
    }
}
