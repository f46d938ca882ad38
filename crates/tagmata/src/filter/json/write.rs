//! Asts to canonical JSON.

use super::operators::Operator;
use super::read::VERSION;
use crate::filter::ast::{
    Aggregate, Ast, Condition, During, Literal, Node, NodeId, NodeKind, Operand, Position, Source,
};
use crate::json::Writer;
use crate::model::Schema;
use json_event_parser::JsonEvent;

/// The canonical JSON of a checked ast, in one line without spaces.
pub(in crate::filter) fn write(ast: &Ast, schema: &Schema) -> String {
    let mut out = Writer::new(schema);
    write_into(&mut out, ast);
    out.finish()
}

/// Writes the canonical JSON of a checked ast where a value belongs.
pub(in crate::filter) fn write_into(out: &mut Writer<'_>, ast: &Ast) {
    out.open();
    out.key("v");
    out.number(VERSION);
    out.key("filter");
    out.ast(ast);
    out.close();
}

enum Task {
    Node(NodeId),
    /// The end of a list of arguments, if there is one, and of its object.
    End {
        list: bool,
    },
}

impl Writer<'_> {
    fn ast(&mut self, ast: &Ast) {
        let mut tasks = vec![Task::Node(ast.root())];
        while let Some(task) = tasks.pop() {
            let id = match task {
                Task::End { list } => {
                    if list {
                        self.event(JsonEvent::EndArray);
                    }
                    self.close();
                    continue;
                }
                Task::Node(id) => id,
            };
            let Some(node) = ast.get(id) else { continue };
            self.node(node, &mut tasks);
        }
    }

    fn node(&mut self, node: &Node, tasks: &mut Vec<Task>) {
        self.open();
        self.key("op");
        match &node.kind {
            NodeKind::And(args) | NodeKind::Or(args) => {
                self.text(if matches!(node.kind, NodeKind::And(_)) { "and" } else { "or" });
                self.id(node);
                self.key("args");
                self.event(JsonEvent::StartArray);
                tasks.push(Task::End { list: true });
                tasks.extend(args.iter().rev().map(|arg| Task::Node(*arg)));
                return;
            }
            NodeKind::Not(arg) => {
                self.text("not");
                self.id(node);
                self.key("arg");
                tasks.extend([Task::End { list: false }, Task::Node(*arg)]);
                return;
            }
            NodeKind::Everyone => self.text("everyone"),
            NodeKind::Nobody | NodeKind::Invalid => self.text("nobody"),
            NodeKind::Search(phrase) => {
                self.text("search");
                self.member("value", &phrase.it);
            }
            NodeKind::Condition(condition) => self.condition(condition),
        }
        self.id(node);
        self.close();
    }

    fn id(&mut self, node: &Node) {
        if let Some(id) = &node.id {
            self.member("id", id);
        }
    }

    fn condition(&mut self, condition: &Condition) {
        self.text(Operator::of(&condition.test.it).word(condition.negated));
        match &condition.operand {
            Operand::Field(name) => self.member("field", &name.text),
            Operand::Aggregate(aggregate) => {
                self.key("aggregate");
                self.aggregate(&aggregate.it);
            }
        }
        if Operator::of(&condition.test.it).has_value() {
            self.key("value");
            self.value(&condition.test.it);
        }
    }

    fn aggregate(&mut self, aggregate: &Aggregate) {
        self.open();
        self.member("fn", aggregate.function.as_str());
        let is_field = match aggregate.source {
            Source::Field => true,
            Source::Kind => false,
            Source::Either => self.schema.kind(&aggregate.of.text).is_none(),
        };
        self.member(if is_field { "field" } else { "kind" }, &aggregate.of.text);
        if let Some(label) = &aggregate.labelled {
            self.member("labelled", &label.it);
        }
        if let Some(during) = &aggregate.during {
            self.key("during");
            match during {
                During::Window(window) => self.window(window.it),
                During::Position(position, moment) => self.positioned(*position, moment),
                During::Between(low, high) => {
                    self.open();
                    self.key("between");
                    self.list(&[low.clone(), high.clone()]);
                    self.close();
                }
            }
        }
        self.close();
    }

    fn positioned(&mut self, position: Position, moment: &Literal) {
        self.open();
        self.key(position.as_str());
        self.literal(moment);
        self.close();
    }
}
