//! One rule: `{"field": "status", "operator": "=", "value": "lead"}`.

use super::operators::{RuleOperator, all, of_type, read};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::error::Report;
use crate::filter::ast::{
    At, Comparison, Condition, During, Function, Literal, LiteralKind, Name, NodeKind, Operand, Quantifier,
    Test,
};
use crate::filter::json::Operator;
use crate::filter::parser::operand;
use crate::json::{Reader, TreeId, TreeValue};
use crate::model::Schema;
use crate::text::quoted;
use crate::time::{Direction, Window};
use crate::value::{Number, ValueType};

/// What react-querybuilder puts where nothing was chosen yet.
pub(super) const PLACEHOLDER: &str = "~";

/// The pseudo-field of full-text search; no field can have this key, which is a keyword.
pub(super) const SEARCH: &str = "search";

impl Reader<'_, '_> {
    pub(super) fn rule(&mut self, id: TreeId, schema: &Schema) -> Option<NodeKind> {
        self.note_id(id);
        self.check_keys(
            id,
            &["id", "path", "field", "operator", "value", "valueSource", "disabled", "muted"],
        );
        self.active(id, "rule")?;
        self.own_value(id)?;
        let (field, operator) = (self.chosen(id, "field"), self.chosen(id, "operator"));
        let (field, operator) = (field?, operator?);
        let (field_text, name) = (self.text(field)?, self.text(operator)?);
        if field_text == SEARCH {
            if name != "contains" {
                let message = format!("`{SEARCH}` has no rule operator {}", quoted(name));
                let diagnostic = Diagnostic::new(Code::UnknownRuleOperator, message).expecting(["contains"]);
                return self.refuse_at(diagnostic, operator);
            }
            let value = self.given(id)?;
            return self.string(value).map(NodeKind::Search);
        }
        let operand = self.operand(field, field_text)?;
        let value_type = type_of(&operand, schema);
        let operators = of_type(value_type);
        let is_known = all().any(|other| other == name);
        if is_known && is_unknown_field(&operand, schema) {
            // The check reports the name; which operators and values it takes, nobody knows.
            let (operator, test) = (self.tree.place(operator), At::new(Test::Empty, self.tree.place(id)));
            let condition = Condition { operand, negated: false, operator: At::new((), operator), test };
            return Some(NodeKind::Condition(Box::new(condition)));
        }
        let operator_place = self.tree.place(operator);
        let (negated, operator) = match read(name, value_type).filter(|_| operators.contains(&name)) {
            Some(found) => found,
            None if is_known => return self.unsuitable(&operand, value_type, name, operator),
            None => {
                let message = format!("there is no rule operator {}", quoted(name));
                let diagnostic = Diagnostic::new(Code::UnknownRuleOperator, message);
                return self.not_among(diagnostic, name, &operators, operator);
            }
        };
        let (test, place) = match operator {
            RuleOperator::Plain(Operator::Empty) => (Test::Empty, self.tree.place(id)),
            _ => {
                let value = self.given(id)?;
                (self.rule_test(operator, value, value_type)?, self.tree.place(value))
            }
        };
        let operator = At::new((), operator_place);
        Some(NodeKind::Condition(Box::new(Condition {
            operand,
            negated,
            operator,
            test: At::new(test, place),
        })))
    }

    /// Reports an operator that the type of the field does not have.
    fn unsuitable<T>(
        &mut self,
        operand: &Operand,
        value_type: ValueType,
        name: &str,
        at: TreeId,
    ) -> Option<T> {
        let message = format!("`{operand}` is of type `{value_type}`, which has no `{name}`");
        let mut diagnostic =
            Diagnostic::new(Code::OperatorNotAllowed, message).expecting(of_type(value_type));
        if value_type.is_set() && matches!(name, "=" | "!=") {
            let help = if name == "=" { "write `contains`" } else { "write `doesNotContain`" };
            diagnostic = diagnostic.help(help);
        }
        self.refuse_at(diagnostic, at)
    }

    /// A muted or disabled rule or group would be dropped by other readers; here it is an error.
    pub(super) fn active(&mut self, id: TreeId, what: &str) -> Option<()> {
        for key in ["muted", "disabled"] {
            if let Some(flag) = self.tree.member(id, key)
                && *self.tree.value(flag) != TreeValue::Bool(false)
            {
                let diagnostic = Diagnostic::new(Code::InactiveRule, format!("this {what} is {key}"))
                    .help("switch it on or take it out: a filter does not drop conditions silently");
                return self.refuse_at(diagnostic, flag);
            }
        }
        Some(())
    }

    /// Values that name another field are not supported.
    fn own_value(&mut self, id: TreeId) -> Option<()> {
        match self.tree.member(id, "valueSource") {
            Some(source) if *self.tree.value(source) != TreeValue::Text("value".into()) => {
                let message = "fields are compared with values, not with other fields";
                let diagnostic = Diagnostic::new(Code::UnsupportedRule, message).expecting(["value"]);
                self.refuse_at(diagnostic.help("`valueSource` is `value` or left out"), source)
            }
            _ => Some(()),
        }
    }

    /// A field or operator that was chosen.
    fn chosen(&mut self, id: TreeId, key: &str) -> Option<TreeId> {
        let member = self.required(id, key)?;
        match self.tree.value(member) {
            TreeValue::Text(text) if text.is_empty() || **text == *PLACEHOLDER => {
                let diagnostic = Diagnostic::new(Code::IncompleteRule, format!("no {key} is chosen"));
                self.refuse_at(diagnostic.help("complete the rule or take it out"), member)
            }
            TreeValue::Text(_) => Some(member),
            _ => self.wrong(member, "a string"),
        }
    }

    /// A value that was filled in.
    fn given(&mut self, id: TreeId) -> Option<TreeId> {
        let member = self.tree.member(id, "value");
        let is_blank = match member.map(|member| self.tree.value(member)) {
            None | Some(TreeValue::Null) => true,
            Some(TreeValue::Text(text)) => text.is_empty() || **text == *PLACEHOLDER,
            Some(_) => false,
        };
        match member {
            Some(member) if !is_blank => Some(member),
            member => {
                let diagnostic = Diagnostic::new(Code::IncompleteRule, "no value is given");
                let help = "complete the rule or take it out; `null` and `notNull` are the operators for missing values";
                self.refuse_at(diagnostic.help(help), member.unwrap_or(id))
            }
        }
    }

    /// A key, or an aggregate as filters write it: `count(payment in last 90 days)`.
    fn operand(&mut self, at: TreeId, text: &str) -> Option<Operand> {
        let place = self.tree.place(at);
        if !text.contains('(') {
            return Some(Operand::Field(Name { text: text.into(), quoted: false, place }));
        }
        let mut report = Report::new(self.limits.diagnostics);
        let read = operand(text, self.limits, &mut report);
        for diagnostic in report.into_errors() {
            self.refuse::<()>(diagnostic, &place);
        }
        let mut operand = read?;
        move_to(&mut operand, &place);
        Some(operand)
    }

    fn rule_test(&mut self, operator: RuleOperator, value: TreeId, value_type: ValueType) -> Option<Test> {
        let operator = match operator {
            RuleOperator::Window(direction) => return self.rule_window(direction, value).map(Test::During),
            RuleOperator::Plain(operator) => operator,
        };
        Some(match operator {
            Operator::Compare(Comparison::Equal) if value_type == ValueType::Bool => {
                match self.typed(value, value_type)?.it {
                    LiteralKind::Bool(value) => Test::Is(value),
                    _ => return self.wrong(value, "true or false"),
                }
            }
            Operator::Compare(comparison) => Test::Compare(comparison, self.typed(value, value_type)?),
            Operator::Position(position) => Test::Position(position, self.typed(value, value_type)?),
            Operator::Has(Quantifier::One) => {
                Test::Has(Quantifier::One, vec![self.typed(value, value_type)?])
            }
            Operator::In => Test::In(self.typed_list(value, value_type)?),
            Operator::Has(quantifier) => Test::Has(quantifier, self.typed_list(value, value_type)?),
            Operator::Between => match <[Literal; 2]>::try_from(self.typed_list(value, value_type)?) {
                Ok([low, high]) => Test::Between(low, high),
                Err(values) => {
                    let message = format!("`between` takes two values, not {}", values.len());
                    return self.refuse_at(
                        Diagnostic::new(Code::WrongJsonType, message).expecting(["two values"]),
                        value,
                    );
                }
            },
            Operator::Match(_)
            | Operator::Empty
            | Operator::Is(_)
            | Operator::During
            | Operator::Distance { .. }
            | Operator::Anniversary => return self.test(operator, value),
        })
    }

    /// `{"n": 30, "unit": "day"}`, also with `"calendar": true`, or `{"period": "month"}`.
    fn rule_window(&mut self, direction: Direction, value: TreeId) -> Option<Window> {
        self.is_object(value)?;
        if direction == Direction::This || self.tree.member(value, "period").is_some() {
            self.check_keys(value, &["period"]);
            let day = match direction {
                Direction::This => r#"the operator `during` with the value `{"day": "today"}`"#,
                Direction::Last | Direction::Next => r#"`{"n": 1, "unit": "day"}`"#,
            };
            let unit = self.required(value, "period").and_then(|period| self.period(period, day))?;
            return Some(Window::Period { direction, unit });
        }
        self.counted_window(value, "n", direction)
    }

    /// A value by the type of its field: editors send numbers and yes or no as text.
    fn typed(&mut self, value: TreeId, value_type: ValueType) -> Option<Literal> {
        match self.tree.value(value) {
            TreeValue::Text(text) => self.typed_text(text, value, value_type),
            TreeValue::Null => {
                let diagnostic = Diagnostic::new(Code::WrongJsonType, "null is no value");
                self.refuse_at(diagnostic.help("use `null` or `notNull` for missing values"), value)
            }
            _ => self.literal(value),
        }
    }

    fn typed_text(&mut self, text: &str, at: TreeId, value_type: ValueType) -> Option<Literal> {
        let kind = match value_type {
            ValueType::Number | ValueType::Id => match text.trim().parse::<Number>() {
                Ok(number) => LiteralKind::Number(number),
                Err(error) => return self.refuse_at(error.into_diagnostic(), at),
            },
            ValueType::Bool if text == "true" => LiteralKind::Bool(true),
            ValueType::Bool if text == "false" => LiteralKind::Bool(false),
            _ => LiteralKind::Text(text.into()),
        };
        Some(At::new(kind, self.tree.place(at)))
    }

    /// A list, or one text with commas between the values; `\,` is a comma inside a value.
    fn typed_list(&mut self, value: TreeId, value_type: ValueType) -> Option<Vec<Literal>> {
        const HELP: &str = "name at least one value or take the rule out";
        if let TreeValue::Text(text) = self.tree.value(value) {
            let parts = split_commas(text);
            self.check_length(parts.len(), value, HELP)?;
            let read: Vec<_> = parts.iter().map(|part| self.typed_text(part, value, value_type)).collect();
            return read.into_iter().collect();
        }
        let items = self.items(value)?;
        self.check_length(items.len(), value, HELP)?;
        self.all(items, |reader, item| reader.typed(item, value_type))
    }
}

/// The values between commas, trimmed; blank ones are no values.
fn split_commas(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek() == Some(&',') => {
                chars.next();
                if let Some(part) = parts.last_mut() {
                    part.push(',');
                }
            }
            ',' => parts.push(String::new()),
            c => {
                if let Some(part) = parts.last_mut() {
                    part.push(c);
                }
            }
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

fn is_unknown_field(operand: &Operand, schema: &Schema) -> bool {
    matches!(operand, Operand::Field(name) if schema.field_by_key(&name.text).is_none())
}

/// The type of an operand; text where the name is unknown, which the check reports.
pub(super) fn type_of(operand: &Operand, schema: &Schema) -> ValueType {
    match operand {
        Operand::Field(name) => {
            schema.field_by_key(&name.text).map_or(ValueType::Text, |field| field.value_type())
        }
        Operand::Aggregate(aggregate) => match aggregate.it.function {
            Function::First | Function::Last => ValueType::DateTime,
            _ => ValueType::Number,
        },
    }
}

/// Gives all parts of an operand the place of the string that it was read from.
fn move_to(operand: &mut Operand, place: &Place) {
    match operand {
        Operand::Field(name) => name.place = place.clone(),
        Operand::Aggregate(aggregate) => {
            aggregate.place = place.clone();
            aggregate.it.of.place = place.clone();
            if let Some(label) = &mut aggregate.it.labelled {
                label.place = place.clone();
            }
            match &mut aggregate.it.during {
                None => {}
                Some(During::Window(window)) => window.place = place.clone(),
                Some(During::Position(_, moment)) => moment.place = place.clone(),
                Some(During::Between(low, high)) => {
                    low.place = place.clone();
                    high.place = place.clone();
                }
            }
        }
    }
}
