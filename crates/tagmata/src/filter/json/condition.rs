//! Conditions in JSON.

use super::operators::Operator;
use crate::diagnostic::{Code, Diagnostic};
use crate::filter::ast::{
    Aggregate, At, Condition, Distance, During, Function, Name, Operand, Position, Quantifier, Source, Test,
};
use crate::json::{Reader, TreeId, TreeValue};

impl Reader<'_, '_> {
    /// The condition of an object whose `"op"` is known.
    pub(super) fn condition(&mut self, id: TreeId, negated: bool, operator: Operator) -> Option<Condition> {
        let is_aggregate = self.tree.member(id, "aggregate").is_some();
        let key = if is_aggregate { "aggregate" } else { "field" };
        match operator.has_value() {
            true => self.check_keys(id, &["op", "id", key, "value"]),
            false => self.check_keys(id, &["op", "id", key]),
        }
        let subject = match self.tree.member(id, key) {
            Some(subject) => Some(subject),
            None => {
                let message = "a condition has one of the keys `field` and `aggregate`";
                self.refuse_at(
                    Diagnostic::new(Code::MissingKey, message).expecting(["field", "aggregate"]),
                    id,
                )
            }
        };
        let value = if operator.has_value() { self.required(id, "value") } else { Some(id) };
        let operand = subject.and_then(|subject| match is_aggregate {
            true => self.aggregate(subject).map(Operand::Aggregate),
            false => self.name(subject).map(Operand::Field),
        });
        let test = value.and_then(|value| self.test(operator, value));
        let place = self.tree.place(value?);
        let op = self.tree.member(id, "op").map_or_else(|| place.clone(), |op| self.tree.place(op));
        Some(Condition { operand: operand?, negated, operator: At::new((), op), test: At::new(test?, place) })
    }

    fn name(&mut self, id: TreeId) -> Option<Name> {
        Some(Name { text: self.text(id)?.into(), quoted: false, place: self.tree.place(id) })
    }

    /// The test of an operator, with the value that it is given.
    pub(in crate::filter) fn test(&mut self, operator: Operator, value: TreeId) -> Option<Test> {
        Some(match operator {
            Operator::Compare(comparison) => Test::Compare(comparison, self.literal(value)?),
            Operator::In => Test::In(self.literals(value)?),
            Operator::Between => {
                let (low, high) = self.pair(value)?;
                Test::Between(low, high)
            }
            Operator::Match(matching) => Test::Match(matching, self.string(value)?),
            Operator::Has(Quantifier::One) => Test::Has(Quantifier::One, vec![self.literal(value)?]),
            Operator::Has(quantifier) => Test::Has(quantifier, self.literals(value)?),
            Operator::Empty => Test::Empty,
            Operator::Is(expected) => Test::Is(expected),
            Operator::Position(position) => Test::Position(position, self.literal(value)?),
            Operator::During => Test::During(self.window(value)?),
            Operator::Distance { more, ago } => {
                Test::Distance(Distance { more, count: self.count(value)?, ago })
            }
            Operator::Anniversary => Test::Anniversary(self.anniversary(value)?),
        })
    }

    fn aggregate(&mut self, id: TreeId) -> Option<At<Box<Aggregate>>> {
        self.is_object(id)?;
        let of_field = self.tree.member(id, "field").is_some();
        match of_field {
            true => self.check_keys(id, &["fn", "field"]),
            false => self.check_keys(id, &["fn", "kind", "labelled", "during"]),
        }
        let function = self.required(id, "fn").and_then(|function| self.function(function));
        let of = self.required(id, if of_field { "field" } else { "kind" }).and_then(|of| self.name(of));
        let (mut labelled, mut during) = (None, None);
        if !of_field {
            if let Some(member) = self.tree.member(id, "labelled") {
                labelled = Some(self.string(member)?);
            }
            if let Some(member) = self.tree.member(id, "during") {
                during = Some(self.during(member)?);
            }
        }
        let source = if of_field { Source::Field } else { Source::Kind };
        let aggregate = Aggregate { function: function?, of: of?, source, labelled, during };
        Some(At::new(Box::new(aggregate), self.tree.place(id)))
    }

    fn function(&mut self, id: TreeId) -> Option<Function> {
        let word = self.text(id)?;
        match Function::ALL.into_iter().find(|function| function.as_str() == word) {
            Some(function) => Some(function),
            None => self.unknown_word("function", word, &Function::ALL.map(Function::as_str), id),
        }
    }

    /// When the interactions of an aggregate happened.
    fn during(&mut self, id: TreeId) -> Option<During> {
        self.is_object(id)?;
        for position in [Position::Before, Position::After, Position::On] {
            if let Some(moment) = self.tree.member(id, position.as_str()) {
                self.check_keys(id, &[position.as_str()]);
                return Some(During::Position(position, self.literal(moment)?));
            }
        }
        if let Some(pair) = self.tree.member(id, "between") {
            self.check_keys(id, &["between"]);
            let (low, high) = self.pair(pair)?;
            return Some(During::Between(low, high));
        }
        if !["last", "next", "this", "day"].iter().any(|key| self.tree.member(id, key).is_some()) {
            let expected = ["last", "next", "this", "day", "before", "after", "on", "between"];
            let message = "`during` has one of the keys `last`, `next`, `this`, `day`, `before`, `after`, `on` or `between`";
            return self.refuse_at(Diagnostic::new(Code::MissingKey, message).expecting(expected), id);
        }
        Some(During::Window(At::new(self.window(id)?, self.tree.place(id))))
    }

    /// Notes the `"id"` of an object, which is a string.
    pub(in crate::filter) fn note_id(&mut self, id: TreeId) {
        self.recall_id(id);
        if self.node.is_none()
            && let Some(member) = self.tree.member(id, "id")
        {
            self.wrong::<()>(member, "a string");
        }
    }

    /// Takes up again the `"id"` of an object that was noted before.
    pub(in crate::filter) fn recall_id(&mut self, id: TreeId) {
        self.node = match self.tree.member(id, "id").map(|member| self.tree.value(member)) {
            Some(TreeValue::Text(text)) => Some(text.clone()),
            _ => None,
        };
    }
}
