//! Asts to groups of rules.

use super::operators::{RuleOperator, name};
use super::rule::{PLACEHOLDER, SEARCH, type_of};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind, Result};
use crate::filter::ast::{Ast, Condition, LiteralKind, Node, NodeId, NodeKind, Test};
use crate::filter::json::Operator;
use crate::json::Writer;
use crate::model::Schema;
use crate::text::quoted;
use crate::time::Window;
use json_event_parser::JsonEvent;

enum Task {
    Node(NodeId),
    EndGroup,
}

/// The tree of a checked ast as JSON.
///
/// # Errors
/// [`Code::NotExpressible`] if a tree cannot say what the filter says.
pub(in crate::filter) fn write(ast: &Ast, schema: &Schema) -> Result<String> {
    let mut out = Writer::new(schema);
    let is_group = match ast.get(ast.root()).map(|node| &node.kind) {
        Some(NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Not(_)) => true,
        Some(_) | None => false,
    };
    let mut tasks = Vec::new();
    if !is_group {
        out.begin_group(true, false, None);
        tasks.push(Task::EndGroup);
    }
    tasks.push(Task::Node(ast.root()));
    while let Some(task) = tasks.pop() {
        match task {
            Task::EndGroup => {
                out.event(JsonEvent::EndArray);
                out.close();
            }
            Task::Node(id) => {
                if let Some(node) = ast.get(id) {
                    out.rules_of(ast, node, &mut tasks)?;
                }
            }
        }
    }
    Ok(out.finish())
}

impl Writer<'_> {
    fn begin_group(&mut self, is_and: bool, is_not: bool, id: Option<&str>) {
        self.open();
        if let Some(id) = id {
            self.member("id", id);
        }
        self.member("combinator", if is_and { "and" } else { "or" });
        if is_not {
            self.key("not");
            self.event(JsonEvent::Boolean(true));
        }
        self.key("rules");
        self.event(JsonEvent::StartArray);
    }

    fn rules_of(&mut self, ast: &Ast, node: &Node, tasks: &mut Vec<Task>) -> Result<()> {
        let mut is_not = false;
        let mut group = node;
        let mut id = node.id.as_deref();
        if let NodeKind::Not(arg) = &node.kind {
            is_not = true;
            match ast.get(*arg) {
                Some(inner @ Node { kind: NodeKind::And(_) | NodeKind::Or(_), .. }) => {
                    id = id.or(inner.id.as_deref());
                    group = inner;
                }
                _ => {
                    self.begin_group(true, true, id);
                    tasks.extend([Task::EndGroup, Task::Node(*arg)]);
                    return Ok(());
                }
            }
        }
        match &group.kind {
            NodeKind::And(args) | NodeKind::Or(args) => {
                self.begin_group(matches!(group.kind, NodeKind::And(_)), is_not, id);
                tasks.push(Task::EndGroup);
                tasks.extend(args.iter().rev().map(|arg| Task::Node(*arg)));
                Ok(())
            }
            NodeKind::Search(phrase) if *phrase.it == *PLACEHOLDER => Err(placeholder()),
            NodeKind::Search(phrase) => {
                self.begin_rule(id, SEARCH, "contains");
                self.member("value", &phrase.it);
                self.close();
                Ok(())
            }
            NodeKind::Condition(condition) => self.rule_of(id, condition),
            NodeKind::Everyone => Err(not_expressible("`everyone` has no rule", "take it out of the filter")),
            NodeKind::Nobody => Err(not_expressible("`nobody` has no rule", "take it out of the filter")),
            NodeKind::Not(_) | NodeKind::Invalid => Ok(()),
        }
    }

    fn begin_rule(&mut self, id: Option<&str>, field: &str, operator: &str) {
        self.open();
        if let Some(id) = id {
            self.member("id", id);
        }
        self.member("field", field);
        self.member("operator", operator);
    }

    fn rule_of(&mut self, id: Option<&str>, condition: &Condition) -> Result<()> {
        let (test, negated) = (&condition.test.it, condition.negated);
        let value_type = type_of(&condition.operand, self.schema);
        let operator = match test {
            Test::Is(_) => RuleOperator::Plain(Operator::Compare(crate::filter::ast::Comparison::Equal)),
            Test::During(
                Window::Rolling { direction, .. }
                | Window::Calendar { direction, .. }
                | Window::Period { direction, .. },
            ) => RuleOperator::Window(*direction),
            _ => RuleOperator::Plain(Operator::of(test)),
        };
        let Some(name) = name(operator, negated, value_type) else {
            let message = format!("{} has no rule operator", quoted(&condition.to_string()));
            return Err(not_expressible(&message, "turn the condition round"));
        };
        if values_of(test).any(|text| text == PLACEHOLDER) {
            return Err(placeholder());
        }
        let field = condition.operand.to_string();
        let most = self.schema.settings().limits.string;
        if field.len() > most {
            let message = format!(
                "{} has {} bytes, more than the {most} of a rule's field",
                quoted(&field),
                field.len()
            );
            return Err(not_expressible(&message, "take a shorter label"));
        }
        self.begin_rule(id, &field, name);
        self.key("value");
        match test {
            Test::Empty => self.event(JsonEvent::Null),
            Test::Is(value) => self.event(JsonEvent::Boolean(*value)),
            Test::During(window) => self.rule_window(*window),
            _ => self.value(test),
        }
        self.close();
        Ok(())
    }

    fn rule_window(&mut self, window: Window) {
        let (Window::Rolling { count, .. } | Window::Calendar { count, .. }) = window else {
            if let Window::Period { unit, .. } = window {
                self.open();
                self.member("period", unit.as_str());
                self.close();
            } else {
                self.window(window);
            }
            return;
        };
        self.open();
        self.key("n");
        self.number(&count.n.to_string());
        self.member("unit", count.unit.as_str());
        if matches!(window, Window::Calendar { .. }) {
            self.key("calendar");
            self.event(JsonEvent::Boolean(true));
        }
        self.close();
    }
}

/// The texts that a test compares with.
fn values_of(test: &Test) -> impl Iterator<Item = &str> {
    let literals = match test {
        Test::Compare(_, value) | Test::Position(_, value) => std::slice::from_ref(value),
        Test::In(values) | Test::Has(_, values) => values.as_slice(),
        _ => &[],
    };
    let operand = match test {
        Test::Match(_, text) => Some(&*text.it),
        _ => None,
    };
    let texts = literals.iter().filter_map(|literal| match &literal.it {
        LiteralKind::Text(text) => Some(&**text),
        _ => None,
    });
    texts.chain(operand)
}

fn placeholder() -> Error {
    let message = format!("`{PLACEHOLDER}` stands for a missing choice in query builders");
    not_expressible(&message, "take another value")
}

fn not_expressible(message: &str, help: &str) -> Error {
    Error::new(ErrorKind::Filter, Diagnostic::new(Code::NotExpressible, message).help(help))
}
