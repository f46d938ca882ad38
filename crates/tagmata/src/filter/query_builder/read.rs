//! Groups of rules to asts.

use super::rule::PLACEHOLDER;
use crate::diagnostic::{Code, Diagnostic};
use crate::filter::ast::{NodeId, NodeKind};
use crate::filter::build::Builder;
use crate::json::{Reader, TreeId, TreeValue};
use crate::model::Schema;

enum Task {
    Read {
        id: TreeId,
        depth: usize,
    },
    /// The rules are there: so many of them.
    Group {
        id: TreeId,
        is_and: bool,
        is_not: bool,
        count: usize,
    },
}

/// Reads a tree of groups and rules. Where the report has errors afterwards, the ast may be incomplete.
pub(in crate::filter) fn read(
    reader: &mut Reader<'_, '_>,
    builder: &mut Builder<'_>,
    root: TreeId,
    schema: &Schema,
) {
    let mut tasks = vec![Task::Read { id: root, depth: 0 }];
    let mut done: Vec<NodeId> = Vec::new();
    while let Some(task) = tasks.pop() {
        if builder.is_over() {
            return;
        }
        match task {
            Task::Read { id, .. } if reader.is_full_at(id) => return,
            Task::Read { id, depth } if reader.is_group(id) => {
                if depth > reader.limits.nesting {
                    let place = reader.tree.place(id);
                    reader.report.push(reader.limits.filter_too_deep().at(&place));
                    return;
                }
                match reader.group(id) {
                    Some((group, rules)) => {
                        tasks.push(group);
                        tasks.extend(rules.into_iter().rev().map(|id| Task::Read { id, depth: depth + 1 }));
                    }
                    None => {
                        let place = reader.tree.place(id);
                        done.push(builder.push(NodeKind::Invalid, place, None, reader.report));
                    }
                }
            }
            Task::Read { id, .. } => {
                let kind = reader.rule_or_problem(id, schema).unwrap_or(NodeKind::Invalid);
                let place = reader.tree.place(id);
                done.push(builder.push(kind, place, reader.node.take(), reader.report));
            }
            Task::Group { id, is_and, is_not, count } => {
                let rules = done.split_off(done.len().saturating_sub(count));
                reader.recall_id(id);
                let place = reader.tree.place(id);
                let name = reader.node.take();
                let node = match rules.as_slice() {
                    // A group of one is that one; it takes over the id where it has none.
                    [only] => {
                        if !is_not {
                            builder.name(*only, name.clone());
                        }
                        *only
                    }
                    _ => {
                        let kind = if is_and { NodeKind::And(rules) } else { NodeKind::Or(rules) };
                        let own = if is_not { None } else { name.clone() };
                        builder.push(kind, place.clone(), own, reader.report)
                    }
                };
                done.push(match is_not {
                    true => builder.push(NodeKind::Not(node), place, name, reader.report),
                    false => node,
                });
            }
        }
    }
}

impl Reader<'_, '_> {
    fn is_group(&self, id: TreeId) -> bool {
        self.tree.member(id, "combinator").is_some() || self.tree.member(id, "rules").is_some()
    }

    /// What is to be done with a group, and its rules.
    fn group(&mut self, id: TreeId) -> Option<(Task, Vec<TreeId>)> {
        self.note_id(id);
        self.check_keys(id, &["id", "path", "combinator", "rules", "not", "disabled", "muted"]);
        self.active(id, "group")?;
        self.one_combinator(id)?;
        let (combinator, rules) = (self.required(id, "combinator"), self.required(id, "rules"));
        let (combinator, rules) = (combinator?, rules?);
        let is_and = match self.text(combinator)? {
            "and" => true,
            "or" => false,
            PLACEHOLDER => {
                let diagnostic = Diagnostic::new(Code::IncompleteRule, "no combinator is chosen");
                let diagnostic = diagnostic.help("choose `and` or `or`").expecting(["and", "or"]);
                return self.refuse_at(diagnostic, combinator);
            }
            "xor" => {
                let diagnostic =
                    Diagnostic::new(Code::UnsupportedRule, "the combinator `xor` is not supported")
                        .help("write it with `and`, `or` and `not`: one group of both, and not all of them")
                        .expecting(["and", "or"]);
                return self.refuse_at(diagnostic, combinator);
            }
            other => return self.unknown_word("combinator", other, &["and", "or"], combinator),
        };
        let is_not = match self.tree.member(id, "not") {
            None => false,
            Some(flag) => self.flag(flag)?,
        };
        let rules = self.items(rules)?;
        if rules.is_empty() {
            let diagnostic = Diagnostic::new(Code::EmptyGroup, "the group has no rules")
                .help("add a rule or take the group out; it would match every contact elsewhere");
            return self.refuse_at(diagnostic, id);
        }
        Some((Task::Group { id, is_and, is_not, count: rules.len() }, rules))
    }

    /// Combinators between the rules of a group, of which only the first is reported.
    fn one_combinator(&mut self, id: TreeId) -> Option<()> {
        let rules = self.tree.member(id, "rules");
        let between = rules.and_then(|rules| {
            self.tree.children(rules).find(|rule| matches!(self.tree.value(*rule), TreeValue::Text(_)))
        });
        match between {
            None => Some(()),
            Some(between) => {
                let diagnostic =
                    Diagnostic::new(Code::UnsupportedRule, "combinators between rules are not supported")
                        .help("give each group one `combinator`, and nest groups");
                self.refuse_at(diagnostic, between)
            }
        }
    }

    fn rule_or_problem(&mut self, id: TreeId, schema: &Schema) -> Option<NodeKind> {
        self.node = None;
        self.is_object(id)?;
        self.rule(id, schema)
    }
}
