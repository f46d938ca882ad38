//! Who uses what is to be deleted.

use crate::automation::{AutomationEdit, Rule};
use crate::change::fact::Fact;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind, Result};
use crate::filter::Uses;
use crate::segment::DynamicSegment;
use crate::state::State;
use crate::text::quoted;
use crate::value::{RuleId, SegmentId};
use std::sync::Arc;

impl State {
    /// The facts that break the segments and rules that use something that is deleted.
    ///
    /// # Errors
    /// [`Code::InUse`] with the names of the users, unless it is deleted by force.
    pub(super) fn release(
        &self,
        what: &str,
        force: bool,
        uses_it: impl Fn(&Uses) -> bool,
    ) -> Result<Vec<Fact>> {
        let segments: Vec<(SegmentId, &Arc<DynamicSegment>)> =
            self.segments.iter().filter(|(_, definition)| uses_it(definition.uses())).collect();
        let rules: Vec<(RuleId, &Arc<Rule>)> =
            self.rules.iter().filter(|(_, rule)| uses_it(rule.uses())).collect();
        let is_used = !segments.is_empty() || !rules.is_empty();
        if is_used && !force {
            let segments = segments.iter().map(|(id, _)| self.schema.segment_name(*id)).collect();
            return Err(in_use(what, segments, rules.iter().map(|(_, rule)| rule.name()).collect()));
        }
        let gone = |code, message| Error::new(ErrorKind::Conflict, Diagnostic::new(code, message));
        let error = gone(Code::BrokenSegment, format!("its filter uses {what}, which was deleted"));
        let broken = segments.into_iter().map(|(segment, definition)| Fact::Segment {
            segment,
            old: Some(Arc::clone(definition)),
            new: Some(Arc::new(definition.broken(error.clone(), &self.schema))),
        });
        let error = gone(Code::BrokenRule, format!("it uses {what}, which was deleted"));
        let broken_rules = rules.into_iter().map(|(id, rule)| {
            let new = Some(Arc::new(rule.broken(error.clone(), &self.schema)));
            Fact::Automation(AutomationEdit::Rule { rule: id, old: Some(Arc::clone(rule)), new })
        });
        Ok(broken.chain(broken_rules).collect())
    }
}

fn in_use(what: &str, segments: Vec<&str>, rules: Vec<&str>) -> Error {
    const MOST: usize = 5;
    let counted = |count: usize, noun: &str| {
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {noun}{plural}"))
    };
    let counts = [counted(segments.len(), "segment"), counted(rules.len(), "rule")];
    let counts = counts.into_iter().flatten().collect::<Vec<_>>().join(" and ");
    let whom = if rules.is_empty() { "their filters" } else { "them" };
    let all: Vec<String> = segments.into_iter().chain(rules).map(str::to_owned).collect();
    let mut names: Vec<String> = all.iter().take(MOST).map(|name| quoted(name)).collect();
    if all.len() > MOST {
        names.push("…".to_owned());
    }
    let message = format!("{what} is used by {counts}: {}", names.join(", "));
    let help = format!("change {whom} first, or delete it by `force`, which breaks them");
    Error::conflict(Diagnostic::new(Code::InUse, message).help(help).expecting(all))
}
