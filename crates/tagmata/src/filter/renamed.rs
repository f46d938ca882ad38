//! Filters follow what they name to its new name.

use super::ast::{Ast, LiteralKind, NodeKind, Test};
use super::compiled::Filter;
use super::plan::PlanNode;
use crate::value::FieldId;

impl Filter {
    /// The same filter with another name for a tag or segment; `None` if it does not have the old one.
    ///
    /// Filters keep the names that things have now, since an old name may be given to something else.
    pub(crate) fn renamed(&self, field: FieldId, old: &str, new: &str) -> Option<Self> {
        let mut nodes = self.ast().nodes().to_vec();
        let mut has_old = false;
        for (node, plan) in nodes.iter_mut().zip(self.plan().nodes()) {
            let PlanNode::Condition { predicate, .. } = plan else { continue };
            let NodeKind::Condition(condition) = &mut node.kind else { continue };
            let Test::Has(_, names) = &mut condition.test.it else { continue };
            if predicate.field() != Some(field) {
                continue;
            }
            for name in names {
                if matches!(&name.it, LiteralKind::Text(text) if **text == *old) {
                    name.it = LiteralKind::Text(new.into());
                    has_old = true;
                }
            }
        }
        has_old.then(|| self.with_ast(Ast::new(nodes)))
    }
}
