//! Rules: made, tried, changed, listed; default rules switched on and off.

use super::book::Book;
use super::outcome::{Created, Outcome};
use crate::automation::{Automation, DefaultRule, Rule, RuleText};
use crate::change::{Command, Decision, NewRule, Ref, RulePatch, Stamp};
use crate::error::{Error, Result};
use crate::state::Cause;
use crate::value::RuleId;
use std::sync::Arc;

/// What a rule is.
///
/// ```
/// use tagmata::{Book, NewRule, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let id = book.add_rule(NewRule::when("nameless", "name is empty").set_status("inactive"), now)?.id;
/// let rule = &book.rules()[0];
/// assert_eq!((rule.id, rule.name.as_str(), rule.is_enabled), (id, "nameless", true));
/// assert_eq!(rule.text.when.as_deref(), Some("name is empty"));
/// assert!(rule.error.is_none());
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct RuleInfo {
    /// Its number.
    pub id: RuleId,
    /// Its name.
    pub name: String,
    /// Whether it is switched on.
    pub is_enabled: bool,
    /// What it says.
    pub text: RuleText,
    /// Why it never fires, if it is broken or a segment is that it stands on.
    pub error: Option<Error>,
}

impl Book {
    /// Makes a rule. It fires by later changes, by what files bring and by what other rules do; existing contacts are enrolled only if
    /// it says so.
    ///
    /// In one commit, rules fire in their order, each at most once for a contact, and the default rules last; then again by what they
    /// did, until nothing fires. Of several that would set the status of a contact the first one does, and none overrules
    /// whoever made the change. Undo fires no rule.
    ///
    /// ```
    /// use tagmata::{Book, Code, Draft, NewRule, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé").set("country", "FR"), now)?.id;
    ///
    /// let french = NewRule::when("french", "country = FR").add_tags(["france"]).apply_to_existing(true);
    /// book.add_rule(french, now)?;
    /// assert!(book.matches(zoe, "tags has france")?);
    ///
    /// let other = NewRule::when("not french", "country = FR").remove_tags(["france"]);
    /// assert_eq!(book.add_rule(other, now).unwrap_err().code(), Code::RuleConflict);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// All that is wrong with its parts at once, each problem in its part, such as `/condition`: [`Error::source_of`] has the text of
    /// a filter. Those of its filters and names; [`Code::BadRule`](crate::Code::BadRule) for a rule that does nothing,
    /// [`Code::RuleConflict`](crate::Code::RuleConflict) if another one always fires together with it and does the opposite. Rules
    /// that only may are told of in [`Outcome::warnings`], and so are default rules that give way to it, and actions for nothing.
    pub fn add_rule(&mut self, rule: NewRule, stamp: impl Into<Stamp>) -> Result<Created<RuleId>> {
        self.run_definition(&Command::AddRule(Box::new(rule)), stamp, RuleId::new)
    }

    /// Makes a rule another one. What it did stays.
    ///
    /// ```
    /// use tagmata::{Book, NewRule, RulePatch, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.add_rule(NewRule::on("paid", "payment").add_tags(["client"]), now)?;
    /// book.update_rule("paid", RulePatch::new().on("invoice").rename("invoiced"), now)?;
    /// assert_eq!(book.rules()[0].text.on.as_deref(), Some("invoice"));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::UnknownRule`](crate::Code::UnknownRule), and those of [`Book::add_rule`].
    pub fn update_rule(
        &mut self,
        rule: impl Into<Ref<RuleId>>,
        patch: RulePatch,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        self.run(&Command::UpdateRule { rule: rule.into(), patch: Box::new(patch) }, stamp)
    }

    /// Deletes a rule. What it did stays.
    ///
    /// ```
    /// use tagmata::{Book, Draft, NewRule, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.add_rule(NewRule::on("thanks", "payment").add_tags(["client"]), now)?;
    /// book.delete_rule("thanks", now)?;
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// book.record(zoe, "payment", now, None, None, now)?;
    /// assert!(book.rules().is_empty() && book.tags().iter().all(|(_, count)| *count == 0));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::UnknownRule`](crate::Code::UnknownRule).
    pub fn delete_rule(&mut self, rule: impl Into<Ref<RuleId>>, stamp: impl Into<Stamp>) -> Result<Outcome> {
        self.run(&Command::DeleteRule(rule.into()), stamp)
    }

    /// All rules in their order, without the default rules.
    ///
    /// ```
    /// use tagmata::{Book, NewRule, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.add_rule(NewRule::on("thanks", "payment").add_tags(["client"]), now)?;
    /// let [rule] = &book.rules()[..] else { panic!("one rule") };
    /// assert_eq!((rule.name.as_str(), rule.text.on.as_deref()), ("thanks", Some("payment")));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn rules(&self) -> Vec<RuleInfo> {
        let state = &self.state;
        let info = |(id, rule): (RuleId, &Arc<Rule>)| RuleInfo {
            id,
            name: rule.name().to_owned(),
            is_enabled: rule.is_enabled(),
            text: rule.text(&state.schema),
            error: rule.error().cloned().or_else(|| {
                let segments = rule.uses().segments.iter().copied();
                state.segments.refuse_broken(segments, &state.schema).err()
            }),
        };
        state.rules.iter().map(info).collect()
    }

    /// Whom a rule would touch if it were applied to existing contacts now, switched on or off, and what else would follow. Nothing
    /// changes.
    ///
    /// ```
    /// use tagmata::{Book, Draft, NewRule, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé").set("country", "FR"), now)?.id;
    /// book.add_rule(NewRule::when("french", "country = FR").add_tags(["france"]), now)?;
    /// assert_eq!(book.preview_rule("french")?.commit.contacts().to_numbers(), [zoe.get()]);
    /// assert_eq!(book.count("tags has france")?, 0);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::UnknownRule`](crate::Code::UnknownRule), [`Code::BrokenRule`](crate::Code::BrokenRule),
    /// [`Code::BatchOpen`](crate::Code::BatchOpen) in a batch.
    pub fn preview_rule(&mut self, rule: impl Into<Ref<RuleId>>) -> Result<Outcome> {
        let enrolment = self.state.decide_rule_on_existing(&rule.into(), self.now)?;
        let cause = Cause::Rule(enrolment.rule);
        let automatic = self.state.automate(Vec::new(), Some(enrolment), self.now, &self.automated());
        let decision = Decision::new(automatic, cause, Stamp::new(self.now));
        self.preview_decision(Decision { after: self.revision, ..decision })
    }

    /// Switches default rules on or off, by their names, and all of them by the master switch. They never touch existing contacts.
    /// Own rules to which one gives way that is switched on are told of in [`Outcome::warnings`].
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.set_automation(None, [("first_invoice", false)], now)?;
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// book.record(zoe, "invoice", now, None, None, now)?;
    /// assert!(book.matches(zoe, "status = lead")?);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::UnknownRule`](crate::Code::UnknownRule) for a name that no default rule has.
    pub fn set_automation<'r>(
        &mut self,
        lead_to_active: Option<bool>,
        rules: impl IntoIterator<Item = (&'r str, bool)>,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        let rules = rules.into_iter().map(|(name, is_on)| (name.to_owned(), is_on)).collect();
        self.run(&Command::SetAutomation { lead_to_active, rules }, stamp)
    }

    /// The switches of the default rules.
    ///
    /// ```
    /// use tagmata::{Book, DefaultRule, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.set_automation(None, [("first_invoice", false)], now)?;
    /// assert!(book.automation().is_on(DefaultRule::FirstPayment));
    /// assert!(!book.automation().is_on(DefaultRule::FirstInvoice));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn automation(&self) -> Automation {
        self.state.rules.switches
    }

    /// The name of a rule, which may be a default rule; nothing if it was deleted.
    #[must_use]
    pub fn rule_name(&self, rule: RuleId) -> &str {
        match DefaultRule::of_id(rule) {
            Some(default) => default.as_str(),
            None => self.state.rules.get(rule).map(|rule| rule.name()).unwrap_or_default(),
        }
    }
}
