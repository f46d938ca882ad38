//! Trees of canonical JSON to asts.

use super::operators::{OPERATORS, Operator};
use crate::diagnostic::{Code, Diagnostic};
use crate::filter::ast::{At, NodeId, NodeKind};
use crate::filter::build::Builder;
use crate::json::{Reader, TreeId};

/// The version of the format that is written, and the only one that is read.
pub(super) const VERSION: &str = "1";

/// Reads `{"v": 1, "filter": …}`. Where the report has errors afterwards, the ast may be incomplete.
pub(in crate::filter) fn read(reader: &mut Reader<'_, '_>, builder: &mut Builder<'_>, root: TreeId) {
    reader.check_keys(root, &["v", "filter"]);
    if !reader.is_of_version(root, VERSION, "filter format") {
        return;
    }
    if let Some(filter) = reader.required(root, "filter") {
        walk(reader, builder, filter);
    }
}

enum Task {
    Read(TreeId),
    /// The children are there: so many of them.
    Group {
        id: TreeId,
        is_and: bool,
        count: usize,
    },
    Negate(TreeId),
}

/// Reads a node and all below it, with a stack of its own.
fn walk(reader: &mut Reader<'_, '_>, builder: &mut Builder<'_>, root: TreeId) {
    let mut tasks = vec![Task::Read(root)];
    let mut done: Vec<NodeId> = Vec::new();
    while let Some(task) = tasks.pop() {
        if builder.is_over() {
            return;
        }
        let (id, kind) = match task {
            Task::Read(id) if reader.is_full_at(id) => return,
            Task::Read(id) => match reader.node(id, &mut tasks) {
                Some(kind) => (id, kind),
                None => continue,
            },
            Task::Negate(id) => match done.pop() {
                Some(arg) => (id, NodeKind::Not(arg)),
                None => continue,
            },
            Task::Group { id, is_and, count } => {
                let args = done.split_off(done.len().saturating_sub(count));
                reader.recall_id(id);
                match args.as_slice() {
                    // A group of one is that one; it takes over the id where it has none.
                    [only] => {
                        builder.name(*only, reader.node.take());
                        done.push(*only);
                        continue;
                    }
                    _ if is_and => (id, NodeKind::And(args)),
                    _ => (id, NodeKind::Or(args)),
                }
            }
        };
        if !matches!(kind, NodeKind::Condition(_) | NodeKind::Search(_)) {
            reader.recall_id(id);
        }
        let place = reader.tree.place(id);
        done.push(builder.push(kind, place, reader.node.take(), reader.report));
    }
}

impl Reader<'_, '_> {
    /// A node without children, or `None` with the tasks that make a node of its children.
    fn node(&mut self, id: TreeId, tasks: &mut Vec<Task>) -> Option<NodeKind> {
        self.node = None;
        let invalid = Some(NodeKind::Invalid);
        if self.is_object(id).is_none() {
            return invalid;
        }
        self.note_id(id);
        let Some(op) = self.required(id, "op") else { return invalid };
        let Some(word) = self.text(op) else { return invalid };
        match word {
            "and" | "or" => {
                self.check_keys(id, &["op", "id", "args"]);
                let args = self.required(id, "args").and_then(|args| self.arguments(args));
                let Some(args) = args else { return invalid };
                tasks.push(Task::Group { id, is_and: word == "and", count: args.len() });
                tasks.extend(args.into_iter().rev().map(Task::Read));
                None
            }
            "not" => {
                self.check_keys(id, &["op", "id", "arg"]);
                let Some(arg) = self.required(id, "arg") else { return invalid };
                tasks.extend([Task::Negate(id), Task::Read(arg)]);
                None
            }
            "everyone" | "nobody" => {
                self.check_keys(id, &["op", "id"]);
                Some(if word == "everyone" { NodeKind::Everyone } else { NodeKind::Nobody })
            }
            "search" => {
                self.check_keys(id, &["op", "id", "value"]);
                let phrase = self.required(id, "value").and_then(|value| self.string(value));
                phrase.map(|At { it, place }| NodeKind::Search(At::new(it, place))).or(invalid)
            }
            _ => match Operator::read(word) {
                Some((negated, operator)) => {
                    let condition = self.condition(id, negated, operator);
                    condition.map(|condition| NodeKind::Condition(Box::new(condition))).or(invalid)
                }
                None => {
                    let groups = ["and", "or", "not", "everyone", "nobody", "search"].into_iter();
                    let all: Vec<&str> = groups.chain(OPERATORS.iter().map(|(word, ..)| *word)).collect();
                    self.unknown_word::<()>("operator", word, &all, op);
                    invalid
                }
            },
        }
    }

    fn arguments(&mut self, id: TreeId) -> Option<Vec<TreeId>> {
        let args = self.items(id)?;
        if args.is_empty() {
            let help = "add a condition, or write `everyone` or `nobody`";
            return self
                .refuse_at(Diagnostic::new(Code::EmptyList, "the group has no conditions").help(help), id);
        }
        Some(args)
    }
}
