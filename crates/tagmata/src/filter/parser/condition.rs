//! One condition: an operand, an operator, its values.

use super::cursor::{Cursor, Parse};
use crate::filter::ast::{
    Aggregate, At, Comparison, Condition, Function, Matching, Name, Operand, Quantifier, Source, Test,
};
use crate::filter::token::TokenKind;
use crate::text::{did_you_mean, is_keyword, list, nearest, quoted};

/// The operators that a condition may have, as far as its type is not looked at.
const OPERATORS: [&str; 29] = [
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
    "has any",
    "has all",
    "has none",
    "has only",
    "is empty",
    "is true",
    "is false",
    "before",
    "after",
    "on",
    "in last",
    "in next",
    "in this",
    "today",
    "more than",
    "less than",
    "anniversary",
];

/// Those that `not` may stand before: signs and `is …` have negations of their own, and `has none` is one.
fn negatable() -> Vec<&'static str> {
    let has_own = |operator: &str| !operator.starts_with(char::is_alphabetic) || operator.starts_with("is ");
    OPERATORS.into_iter().filter(|operator| !has_own(operator) && *operator != "has none").collect()
}

/// What other languages call our operators.
const FOREIGN: [(&str, &str); 12] = [
    ("like", "write `contains`, `starts with` or `ends with` and a string without wildcards"),
    ("ilike", "write `contains`, `starts with` or `ends with` and a string without wildcards"),
    ("matches", "write `contains`, `starts with` or `ends with` and a string without wildcards"),
    ("equals", "write `=`"),
    ("eq", "write `=`"),
    ("ne", "write `!=`"),
    ("gt", "write `>`"),
    ("lt", "write `<`"),
    ("begins", "write `starts with`"),
    ("includes", "write `contains` for text, `has` for sets"),
    ("exists", "write `is not empty`"),
    ("within", "write `in last 30 days` or `between … and …`"),
];

/// The words that an operator can start with.
const OPERATOR_WORDS: [&str; 17] = [
    "in",
    "not",
    "between",
    "contains",
    "starts",
    "ends",
    "has",
    "is",
    "before",
    "after",
    "on",
    "today",
    "yesterday",
    "tomorrow",
    "more",
    "less",
    "anniversary",
];

/// The most words that a label is looked for in.
const MOST_WORDS: usize = 8;

const LABELLED_DURING: [&str; 11] = [
    ")",
    "labelled",
    "in last",
    "in next",
    "in this",
    "today",
    "yesterday",
    "between",
    "before",
    "after",
    "on",
];

const DURING: [&str; 10] =
    [")", "in last", "in next", "in this", "today", "yesterday", "between", "before", "after", "on"];

impl Cursor<'_, '_> {
    pub(super) fn condition(&mut self) -> Parse<Condition> {
        let operand = self.operand()?;
        let start = self.place();
        let (negated, test) = self.operator(&operand)?;
        let place = self.since(&start);
        Ok(Condition { operand, negated, operator: At::new((), place.clone()), test: At::new(test, place) })
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
                        let functions = Function::ALL.map(Function::as_str);
                        let near = did_you_mean(&nearest(word, functions));
                        let help = near.unwrap_or_else(|| format!("functions are {}", list(&functions)));
                        return self.unexpected("a field or a function", &functions, Some(&help));
                    }
                }
                if let Some(function) = Function::read(word) {
                    let help = format!(
                        "write what it is made of in brackets, such as `{}(payment)`",
                        function.as_str()
                    );
                    return self.unexpected("a field", &[], Some(&help));
                }
                if word.eq_ignore_ascii_case("and") || word.eq_ignore_ascii_case("or") {
                    return self.unexpected("a condition", &[], None);
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
            _ => return self.unexpected("a kind of interaction or a set", &[], None),
        };
        self.advance();
        let of = Name { text, quoted: is_label, place };
        let labelled = match self.eat_word("labelled") {
            true => Some(self.string("labelled")?),
            false => None,
        };
        let during = self.during()?;
        if !self.eat(&TokenKind::Close) {
            let (wanted, expected) = match (&labelled, &during) {
                (_, Some(_)) => ("`)`", [")"].as_slice()),
                (Some(_), None) => ("a time or `)`", DURING.as_slice()),
                (None, None) => ("`labelled`, a time or `)`", LABELLED_DURING.as_slice()),
            };
            return self.unexpected(wanted, expected, None);
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
            None if negated => {
                let help = match self.peek() {
                    TokenKind::Equal => Some("write `!=`"),
                    _ if self.is_word(0, "is") => {
                        Some("write `is not empty`, `is not true` or `is not false`")
                    }
                    _ => None,
                };
                self.unexpected("an operator after `not`", &negatable(), help)
            }
            None => {
                let name = match operand {
                    Operand::Field(name) => quoted(&name.text),
                    Operand::Aggregate(aggregate) => format!("`{}(…)`", aggregate.it.function.as_str()),
                };
                let help = self.instead_of_operator(operand);
                self.unexpected(&format!("an operator after {name}"), &OPERATORS, help.as_deref())
            }
        }
    }

    /// What the author may have meant with something that is no operator.
    fn instead_of_operator(&self, operand: &Operand) -> Option<String> {
        let TokenKind::Word(word) = self.peek() else { return None };
        if let Some((_, help)) = FOREIGN.iter().find(|(foreign, _)| word.eq_ignore_ascii_case(foreign)) {
            return Some((*help).to_owned());
        }
        let near = nearest(word, OPERATORS);
        if !near.is_empty() {
            return did_you_mean(&near);
        }
        // `Montant facturé > 1000`: a label without its backquotes.
        let (Operand::Field(name), Some(first)) = (operand, self.at.checked_sub(1)) else { return None };
        let more = (0..MOST_WORDS).take_while(|by| self.is_part_of_label(*by)).count();
        let label = self.written(first, self.at + more);
        let is_label = !name.quoted && (self.is_sign(more) || self.is_operator_word(more));
        is_label.then(|| format!("a label of several words stands in backquotes: `` `{label}` ``"))
    }

    fn is_part_of_label(&self, by: usize) -> bool {
        matches!(self.ahead(by), TokenKind::Word(_)) && !self.is_operator_word(by)
    }

    fn is_operator_word(&self, by: usize) -> bool {
        OPERATOR_WORDS.iter().any(|word| self.is_word(by, word))
    }

    fn is_sign(&self, by: usize) -> bool {
        use TokenKind::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        matches!(self.ahead(by), Equal | NotEqual | Less | LessOrEqual | Greater | GreaterOrEqual)
    }

    fn is_test(&mut self) -> Parse<(bool, Test)> {
        let negated = self.eat_word("not");
        let test = match () {
            () if self.eat_word("empty") => Test::Empty,
            () if self.eat_word("true") => Test::Is(true),
            () if self.eat_word("false") => Test::Is(false),
            () => {
                let help =
                    match self.is_word(0, "null") || self.is_word(0, "missing") || self.is_word(0, "blank") {
                        true if negated => "write `is not empty`",
                        true => "write `is empty`",
                        false => "use `=` and `!=` for values",
                    };
                return self.unexpected(
                    "`empty`, `true` or `false`",
                    &["empty", "true", "false"],
                    Some(help),
                );
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
