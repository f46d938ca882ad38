//! One condition: which predicate it is, by the type of its operand.

use super::aggregates::Made;
use super::checker::Checker;
use super::operators::{instead, operators, spelled, words};
use super::times::{Grain, compared, is_reversed, positioned};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::filter::ast::{
    At, Comparison, Condition, Literal, LiteralKind, Matching, Operand, Quantifier, Test,
};
use crate::filter::json::Operator;
use crate::filter::plan::{InstantSource, Predicate, RangeTest, Subject, TextTest, TimeTest};
use crate::model::Field;
use crate::text::{digits, fold_operand};
use crate::value::{Number, SegmentId, SymbolSet, ValueType};
use std::ops::Bound;

/// A condition in canonical form, and what it means.
pub(super) struct Checked {
    pub(super) condition: Condition,
    pub(super) predicate: Predicate,
}

/// A test in canonical form, and what it means.
type Tested = Option<(Test, Predicate)>;

impl Checker<'_> {
    pub(super) fn condition(&mut self, condition: &Condition) -> Option<Checked> {
        let (operand, tested) = match &condition.operand {
            Operand::Field(name) => {
                let (field, name) = self.field(name)?;
                let subject = self.schema.field_key(field.id()).to_owned();
                (Operand::Field(name), self.of_field(&subject, field, condition)?)
            }
            Operand::Aggregate(aggregate) => {
                let (kept, made) = self.aggregate(aggregate)?;
                let operand = Operand::Aggregate(kept);
                let subject = operand.to_string();
                (operand, self.of_aggregate(&subject, made, condition)?)
            }
        };
        let (test, predicate) = tested;
        let test = At::new(test, condition.test.place.clone());
        let operator = condition.operator.clone();
        Some(Checked {
            condition: Condition { operand, negated: condition.negated, operator, test },
            predicate,
        })
    }

    fn of_field(&mut self, subject: &str, field: &Field, condition: &Condition) -> Tested {
        let (id, test) = (field.id(), &condition.test.it);
        if matches!(test, Test::Empty) && field.value_type() != ValueType::Id {
            return Some((Test::Empty, Predicate::Missing(Subject::Field(id))));
        }
        match field.value_type() {
            ValueType::Text | ValueType::Email => {
                let (test, text) = self.text_test(subject, field.value_type(), condition)?;
                Some((test, Predicate::Text { field: id, test: text }))
            }
            ValueType::Phone => {
                let (test, text) = self.phone_test(subject, condition)?;
                Some((test, Predicate::Phone { field: id, test: text }))
            }
            ValueType::Number => {
                let read = |checker: &mut Self, literal: &Literal| {
                    checker.number(subject, literal).map(Number::value)
                };
                let (test, range) = self.range_test(subject, condition, read)?;
                Some((test, Predicate::Number { field: id, test: range }))
            }
            ValueType::Date => {
                let (test, time) = self.time_test(subject, Grain::Days, condition)?;
                Some((test, Predicate::Date { field: id, test: time }))
            }
            ValueType::DateTime => {
                let (test, time) = self.time_test(subject, Grain::Instants, condition)?;
                Some((test, Predicate::Instant { source: InstantSource::Field(id), test: time }))
            }
            ValueType::Bool => {
                let value = self.bool_test(subject, condition)?;
                Some((Test::Is(value), Predicate::Bool { field: id, value }))
            }
            ValueType::Select | ValueType::Status | ValueType::Country => {
                let (test, symbols) = self.symbols(subject, field, condition)?;
                Some((test, Predicate::OneOf { field: id, symbols }))
            }
            ValueType::MultiSelect | ValueType::Tags | ValueType::Segments => {
                self.set_test(subject, field, condition)
            }
            ValueType::Id => {
                let (test, ids) = match test {
                    Test::Compare(Comparison::Equal, literal) => (test.clone(), vec![self.id(literal)?]),
                    Test::In(values) => (test.clone(), self.each(values, Self::id)?),
                    _ => return self.not_allowed(subject, field.value_type(), condition),
                };
                let mut ids = ids;
                ids.sort_unstable();
                Some((test, Predicate::Id { ids: ids.into() }))
            }
        }
    }

    fn of_aggregate(&mut self, subject: &str, made: Made, condition: &Condition) -> Tested {
        let is_empty = matches!(condition.test.it, Test::Empty);
        match made {
            Made::Measure(measure) if is_empty => {
                Some((Test::Empty, Predicate::Missing(Subject::Measure(measure))))
            }
            Made::Instant(source) if is_empty => {
                Some((Test::Empty, Predicate::Missing(Subject::Instant(source))))
            }
            Made::Measure(measure) => {
                let (test, range) = self.amount_test(subject, condition)?;
                Some((test, Predicate::Measure { measure, test: range }))
            }
            Made::Size(field) if is_empty => Some((Test::Empty, Predicate::Missing(Subject::Size(field)))),
            Made::Size(field) => {
                let (test, range) = self.amount_test(subject, condition)?;
                Some((test, Predicate::Size { field, test: range }))
            }
            Made::Instant(source) => {
                let (test, time) = self.time_test(subject, Grain::Instants, condition)?;
                Some((test, Predicate::Instant { source, test: time }))
            }
        }
    }

    /// Reads every item of a list, so that all problems are found, until the report is full.
    fn each<T>(
        &mut self,
        values: &[Literal],
        mut read: impl FnMut(&mut Self, &Literal) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut all = Some(Vec::with_capacity(values.len()));
        for value in values {
            match (read(self, value), &mut all) {
                (Some(item), Some(all)) => all.push(item),
                (None, _) if self.is_full_at(&value.place) => return None,
                _ => all = None,
            }
        }
        all
    }

    fn text_test(
        &mut self,
        subject: &str,
        value_type: ValueType,
        condition: &Condition,
    ) -> Option<(Test, TextTest)> {
        match &condition.test.it {
            Test::Compare(Comparison::Equal, literal) => {
                let (kept, folded) = self.text(subject, value_type, literal)?;
                Some((Test::Compare(Comparison::Equal, kept), TextTest::OneOf([folded].into())))
            }
            Test::In(values) => {
                let read =
                    self.each(values, |checker, literal| checker.text(subject, value_type, literal))?;
                let (kept, folded): (Vec<_>, Vec<_>) = read.into_iter().unzip();
                Some((Test::In(kept), one_of(folded)))
            }
            test @ Test::Match(matching, operand) => {
                let folded = fold_operand(&operand.it);
                if folded.is_empty() {
                    return self.empty_operand(*matching, condition);
                }
                Some((test.clone(), TextTest::Match(*matching, folded.into())))
            }
            _ => self.not_allowed(subject, value_type, condition),
        }
    }

    fn phone_test(&mut self, subject: &str, condition: &Condition) -> Option<(Test, TextTest)> {
        match &condition.test.it {
            Test::Compare(Comparison::Equal, literal) => {
                let (kept, digits) = self.phone(subject, literal)?;
                Some((Test::Compare(Comparison::Equal, kept), TextTest::OneOf([digits].into())))
            }
            Test::In(values) => {
                let read = self.each(values, |checker, literal| checker.phone(subject, literal))?;
                let (kept, digits): (Vec<_>, Vec<_>) = read.into_iter().unzip();
                Some((Test::In(kept), one_of(digits)))
            }
            test @ Test::Match(matching, operand) => {
                let digits = digits(&operand.it);
                if digits.is_empty() {
                    return self.empty_operand(*matching, condition);
                }
                Some((test.clone(), TextTest::Match(*matching, digits.into())))
            }
            _ => self.not_allowed(subject, ValueType::Phone, condition),
        }
    }

    fn empty_operand<T>(&mut self, matching: Matching, condition: &Condition) -> Option<T> {
        let place = match &condition.test.it {
            Test::Match(_, operand) => operand.place.clone(),
            _ => condition.test.place.clone(),
        };
        let is_phone = matches!(&condition.test.it, Test::Match(_, operand) if !operand.it.is_empty());
        let (what, help) = match is_phone {
            true => ("no digit", "phone numbers are compared by their digits"),
            false => {
                ("nothing", "every text contains nothing: write `is not empty` for contacts with a value")
            }
        };
        let message = format!("`{}` is followed by a string with {what} in it", matching.as_text());
        self.refuse(Diagnostic::new(Code::EmptyOperand, message).help(help), &place)
    }

    fn amount_test(&mut self, subject: &str, condition: &Condition) -> Option<(Test, RangeTest<i128>)> {
        let read = |checker: &mut Self, literal: &Literal| {
            checker.amount(subject, literal).map(|amount| i128::from(amount.micros()))
        };
        self.range_test(subject, condition, read)
    }

    fn range_test<T: PartialOrd + Copy>(
        &mut self,
        subject: &str,
        condition: &Condition,
        mut read: impl FnMut(&mut Self, &Literal) -> Option<T>,
    ) -> Option<(Test, RangeTest<T>)> {
        use Bound::{Excluded, Included, Unbounded};
        let test = &condition.test.it;
        let range = match test {
            Test::Compare(comparison, literal) => {
                let value = read(self, literal)?;
                match comparison {
                    Comparison::Equal => RangeTest::Between(Included(value), Included(value)),
                    Comparison::Less => RangeTest::Between(Unbounded, Excluded(value)),
                    Comparison::LessOrEqual => RangeTest::Between(Unbounded, Included(value)),
                    Comparison::Greater => RangeTest::Between(Excluded(value), Unbounded),
                    Comparison::GreaterOrEqual => RangeTest::Between(Included(value), Unbounded),
                }
            }
            Test::Between(low, high) => {
                let (low_value, high_value) = (read(self, low), read(self, high));
                let (low_value, high_value) = (low_value?, high_value?);
                if low_value > high_value {
                    self.reversed(low, high, &condition.test.place);
                }
                RangeTest::Between(Included(low_value), Included(high_value))
            }
            Test::In(values) => RangeTest::OneOf(self.each(values, read)?.into()),
            _ => return self.not_allowed(subject, ValueType::Number, condition),
        };
        Some((test.clone(), range))
    }

    fn time_test(&mut self, subject: &str, grain: Grain, condition: &Condition) -> Option<(Test, TimeTest)> {
        let (test, place) = (&condition.test.it, &condition.test.place);
        let time = match test {
            Test::Compare(comparison, literal) => {
                let (kept, moment) = self.moment(subject, grain, literal)?;
                return Some((Test::Compare(*comparison, kept), compared(*comparison, moment)));
            }
            Test::Position(position, literal) => {
                let (kept, moment) = self.moment(subject, grain, literal)?;
                return Some((Test::Position(*position, kept), positioned(*position, moment)));
            }
            Test::Between(low, high) => {
                let (low, high) = (self.moment(subject, grain, low), self.moment(subject, grain, high));
                let ((kept_low, low), (kept_high, high)) = (low?, high?);
                if is_reversed(low, high) {
                    self.reversed(&kept_low, &kept_high, place);
                }
                return Some((Test::Between(kept_low, kept_high), TimeTest::Between(low, high)));
            }
            Test::During(window) => self.window(subject, grain, *window, place)?,
            Test::Distance(distance) => self.distance(subject, grain, *distance, place)?,
            Test::Anniversary(anniversary) => self.anniversary(subject, *anniversary, place)?,
            _ => {
                let value_type = if grain == Grain::Days { ValueType::Date } else { ValueType::DateTime };
                return self.not_allowed(subject, value_type, condition);
            }
        };
        Some((test.clone(), time))
    }

    fn bool_test(&mut self, subject: &str, condition: &Condition) -> Option<bool> {
        match &condition.test.it {
            Test::Is(value) => Some(*value),
            Test::Compare(Comparison::Equal, literal) => match &literal.it {
                LiteralKind::Bool(value) => Some(*value),
                LiteralKind::Word(word) if word.eq_ignore_ascii_case("true") => Some(true),
                LiteralKind::Word(word) if word.eq_ignore_ascii_case("false") => Some(false),
                _ => self.wrong_type(subject, ValueType::Bool, literal),
            },
            _ => self.not_allowed(subject, ValueType::Bool, condition),
        }
    }

    fn symbols(&mut self, subject: &str, field: &Field, condition: &Condition) -> Option<(Test, SymbolSet)> {
        match &condition.test.it {
            Test::Compare(Comparison::Equal, literal) => {
                let (kept, symbol) = self.symbol(field, literal)?;
                Some((Test::Compare(Comparison::Equal, kept), [symbol].into_iter().collect()))
            }
            Test::In(values) => {
                let read = self.each(values, |checker, literal| checker.symbol(field, literal))?;
                let (kept, symbols): (Vec<_>, Vec<_>) = read.into_iter().unzip();
                Some((Test::In(kept), symbols.into_iter().collect()))
            }
            _ => self.not_allowed(subject, field.value_type(), condition),
        }
    }

    fn set_test(&mut self, subject: &str, field: &Field, condition: &Condition) -> Tested {
        let Test::Has(quantifier, values) = &condition.test.it else {
            return self.not_allowed(subject, field.value_type(), condition);
        };
        let read = self.each(values, |checker, literal| checker.symbol(field, literal))?;
        let (kept, symbols): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        let test = Test::Has(*quantifier, kept);
        // Dynamic segments are members of no stored set, so that only `has only` looks at the set alone.
        let quantifier = if *quantifier == Quantifier::One { Quantifier::Any } else { *quantifier };
        let predicate = match field.value_type() {
            ValueType::Segments if quantifier != Quantifier::Only => {
                let segments = symbols.iter().map(|symbol| SegmentId::new(symbol.get())).collect();
                Predicate::Segments { quantifier, segments }
            }
            _ => Predicate::Set { field: field.id(), quantifier, symbols: symbols.into_iter().collect() },
        };
        Some((test, predicate))
    }

    fn not_allowed<T>(&mut self, subject: &str, value_type: ValueType, condition: &Condition) -> Option<T> {
        let (test, place) = (&condition.test.it, &condition.operator.place);
        let (written, allowed) = match place {
            Place::Json { .. } => (Operator::of(test).word(condition.negated), words(value_type)),
            _ => (spelled(test, condition.negated), operators(value_type).to_vec()),
        };
        let message = format!("`{subject}` is of type `{value_type}`, which has no `{written}`");
        let diagnostic = Diagnostic::new(Code::OperatorNotAllowed, message).expecting(allowed);
        self.refuse(diagnostic.help_if(instead(subject, value_type, condition)), place)
    }
}

fn one_of(mut texts: Vec<Box<str>>) -> TextTest {
    texts.sort_unstable();
    texts.dedup();
    TextTest::OneOf(texts.into())
}
