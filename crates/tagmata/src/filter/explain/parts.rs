//! The parts of a filter in words.

use crate::filter::ast::{Node, NodeId, NodeKind};
use crate::filter::compiled::Filter;
use crate::filter::print::Quoted;
use crate::model::Schema;

/// A condition or group of a filter, as explanations name it.
pub(crate) struct Part {
    /// The condition in canonical text; `all of`, `any of` or `not` for a group.
    pub(crate) text: String,
    /// The `"id"` of the JSON node.
    pub(crate) id: Option<String>,
    /// The parts below.
    pub(crate) children: Vec<NodeId>,
}

impl Filter {
    /// The parts with the names that things have now, at the positions of the nodes of the plan.
    pub(crate) fn parts(&self, schema: &Schema) -> Vec<Part> {
        self.current_ast(schema).nodes().iter().map(part).collect()
    }
}

fn part(node: &Node) -> Part {
    let (text, children) = match &node.kind {
        NodeKind::Everyone => ("everyone".to_owned(), Vec::new()),
        NodeKind::Nobody | NodeKind::Invalid => ("nobody".to_owned(), Vec::new()),
        NodeKind::And(args) => ("all of".to_owned(), args.clone()),
        NodeKind::Or(args) => ("any of".to_owned(), args.clone()),
        NodeKind::Not(arg) => ("not".to_owned(), vec![*arg]),
        NodeKind::Search(phrase) => (format!("search {}", Quoted(&phrase.it)), Vec::new()),
        NodeKind::Condition(condition) => (condition.to_string(), Vec::new()),
    };
    Part { text, id: node.id.as_deref().map(str::to_owned), children }
}
