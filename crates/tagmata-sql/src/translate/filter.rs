//! Whole filters.

use super::translator::Translator;
use crate::error::Result;
use crate::fragment::Fragment;
use tagmata::{Calendar, Code, Diagnostic, Filter, NodeId, PlanNode, Predicate};

/// So many conditions may a statement have, with those of the segments that it is made of.
const MOST_CONDITIONS: usize = 200_000;

impl Translator<'_> {
    /// The condition of a filter: true or false for every row, never unknown. What is wrong is told by [`finish`](Self::finish).
    pub(crate) fn filter(&mut self, filter: &Filter) -> Fragment {
        let plan = filter.plan();
        let calendar = *plan.calendar();
        let mut written: Vec<Option<Fragment>> = Vec::with_capacity(plan.nodes().len());
        for node in plan.nodes() {
            let fragment = match node {
                PlanNode::Everyone => Fragment::raw("TRUE"),
                PlanNode::Nobody => Fragment::raw("FALSE"),
                PlanNode::And(args) => Fragment::combined(take(&mut written, args), "AND"),
                PlanNode::Or(args) => Fragment::combined(take(&mut written, args), "OR"),
                PlanNode::Not(arg) => Fragment::combined(take(&mut written, &[*arg]), "AND").negated(),
                PlanNode::Condition { predicate, negated } => self.condition(predicate, *negated, &calendar),
            };
            written.push(Some(fragment));
        }
        written.pop().flatten().unwrap_or_else(|| Fragment::raw("FALSE"))
    }

    /// A condition, or its complement; `FALSE` where it cannot be written.
    fn condition(&mut self, predicate: &Predicate, negated: bool, calendar: &Calendar) -> Fragment {
        self.conditions += 1;
        if self.conditions > MOST_CONDITIONS {
            let message =
                format!("the segments within each other come to more than {MOST_CONDITIONS} conditions");
            let problem = Diagnostic::new(Code::StatementTooLarge, message);
            self.problem(&[problem.help("read segments from a table of members")]);
            return Fragment::raw("FALSE");
        }
        match self.predicate(predicate, calendar) {
            Ok(positive) if negated => positive.negated(),
            Ok(positive) => positive,
            Err(error) => {
                self.problem(error.diagnostics());
                Fragment::raw("FALSE")
            }
        }
    }

    fn predicate(&mut self, predicate: &Predicate, calendar: &Calendar) -> Result<Fragment> {
        match predicate {
            Predicate::Text { field, test } => self.text_test(*field, test),
            Predicate::Phone { field, test } => self.phone_test(*field, test),
            Predicate::Number { field, test } => self.number_test(*field, test),
            Predicate::Bool { field, value } => self.flag_test(*field, *value),
            Predicate::OneOf { field, symbols } => self.one_of(*field, symbols),
            Predicate::Set { field, quantifier, symbols } => self.set_test(*field, *quantifier, symbols),
            Predicate::Segments { quantifier, segments } => self.segments_test(*quantifier, segments),
            Predicate::Id { ids } => self.id_test(ids.iter().map(|id| i64::from(id.get()))),
            Predicate::Date { field, test } => self.date_test(*field, test, calendar),
            Predicate::Instant { source, test } => self.instant_test(source, test, calendar),
            Predicate::Measure { measure, test } => self.measure_test(measure, test, calendar),
            Predicate::Size { field, test } => self.size_test(*field, test),
            Predicate::Missing(subject) => self.missing(subject, calendar),
            Predicate::Search { phrase, digits } => self.search(phrase, digits.as_deref()),
        }
    }
}

/// What was written for some nodes, each of which has one parent.
fn take(written: &mut [Option<Fragment>], args: &[NodeId]) -> Vec<Fragment> {
    args.iter().filter_map(|arg| written.get_mut(arg.index()).and_then(Option::take)).collect()
}
