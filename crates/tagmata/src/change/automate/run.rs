//! Rules fire one after the other, and again by what the others did, until nothing fires.

use super::automated::{Automated, Automatic};
use super::engine::{Engine, Enrolment};
use super::happened::{changed, interactions, of_kind, touched, with_status_set};
use super::records::Records;
use crate::automation::{ACTIVE, Actions, DefaultRule, LEAD, Rule, Says, Trigger};
use crate::change::fact::Fact;
use crate::filter::{Filter, Uses};
use crate::model::Field;
use crate::state::{Due, Needs, State};
use crate::table::Wanted;
use crate::time::Timestamp;
use crate::value::{ContactId, MemberSet, RuleId, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

impl State {
    /// Facts, and behind them what rules make of them; first of all, what one rule does to those who are enrolled.
    pub(crate) fn automate(
        &self,
        facts: Vec<Fact>,
        enrolment: Option<Enrolment>,
        now: Timestamp,
        so_far: &Automated,
    ) -> Automatic {
        let switches = self.rules.switches;
        let mut automated = so_far.clone();
        automated.settle(&with_status_set(&facts, self.schema.statuses_in_order().next()));
        // What a change itself breaks or makes does not fire by it.
        let is_stable = |id: RuleId| !facts.iter().any(|fact| fact.redefines(id));
        let rules: Vec<(RuleId, &Arc<Rule>)> =
            self.rules.iter().filter(|(id, rule)| rule.is_enabled && is_stable(*id)).collect();
        let defaults =
            DefaultRule::ALL.into_iter().filter(|rule| switches.fires(*rule)).map(DefaultRule::kind);
        let own = rules.iter().filter_map(|(_, rule)| rule.says()?.trigger.interaction());
        let due = interactions(&facts, now, defaults.chain(own));
        // Default rules fire on interactions only.
        if rules.is_empty() && enrolment.is_none() && due.is_empty() {
            return Automatic { by: vec![None; facts.len()], facts, automated };
        }
        let by = vec![None; facts.len()];
        let (records, crossed) = (Records::new(self, now, now), BTreeMap::new());
        let mut engine = Engine { state: self, records, by, automated, due, crossed, are_stored: false };
        facts.into_iter().for_each(|fact| engine.records.push(fact));
        if let Some(Enrolment { rule, actions, contacts }) = enrolment {
            engine.automated.note(rule, &contacts);
            engine.act(rule, &actions, &contacts);
        }
        engine.run(&rules)
    }

    /// What rules make of interactions whose time has come, and of filters that have become true for some of these contacts since
    /// the instant just before.
    pub(crate) fn automate_due(
        &self,
        due: Due,
        crossed: BTreeMap<RuleId, MemberSet>,
        just_before: Timestamp,
        now: Timestamp,
    ) -> Automatic {
        let rules: Vec<(RuleId, &Arc<Rule>)> =
            self.rules.iter().filter(|(_, rule)| rule.is_enabled).collect();
        let (records, automated) = (Records::new(self, just_before, now), Automated::default());
        Engine { state: self, records, by: Vec::new(), automated, due, crossed, are_stored: true }.run(&rules)
    }
}

impl Engine<'_> {
    fn run(mut self, rules: &[(RuleId, &Arc<Rule>)]) -> Automatic {
        let switches = self.state.rules.switches;
        // How many facts each rule has looked at.
        let mut seen = vec![None; rules.len()];
        let mut is_first = true;
        loop {
            let before = self.records.overlay.facts().len();
            for ((id, rule), seen) in rules.iter().zip(&mut seen) {
                let so_far = seen.replace(self.records.overlay.facts().len());
                if let Some(says) = rule.says() {
                    self.fire(*id, says, so_far);
                }
            }
            // They fire on interactions only, and no rule makes one.
            if std::mem::take(&mut is_first) {
                for rule in DefaultRule::ALL.into_iter().filter(|rule| switches.fires(*rule)) {
                    self.fire_default(rule);
                }
            }
            if self.records.overlay.facts().len() == before {
                let Self { records, by, automated, .. } = self;
                return Automatic { facts: records.overlay.into_facts(), by, automated };
            }
        }
    }

    /// Fires a rule for those for whom its time has come, if there is something new about them since it has looked at so many facts.
    fn fire(&mut self, id: RuleId, says: &Says, seen: Option<usize>) {
        let facts = self.records.overlay.facts();
        let mut occasion = match &says.trigger {
            Trigger::Interaction(kind) => of_kind(&self.due, *kind),
            Trigger::Field(field) => changed(facts, *field),
            Trigger::Filter(filter) => {
                let mut those = touched(facts, &self.needs([&**filter]));
                those.add_all(self.crossed.get(&id).unwrap_or(&MemberSet::new()));
                those
            }
        };
        if let Some(seen) = seen {
            let new = facts.get(seen..).unwrap_or_default();
            let mut news = touched(new, &self.needs(says.filters()));
            if let Trigger::Field(field) = &says.trigger {
                news.add_all(&changed(new, *field));
            }
            occasion = &occasion & &news;
        }
        let mut contacts = self.automated.open_to(id, &occasion & self.records.overlay.live());
        if let Trigger::Filter(filter) = &says.trigger {
            contacts = self.matching(filter, contacts);
            contacts.remove_all(&self.records.matched(filter, &contacts));
        }
        if let Some(condition) = says.condition.as_deref() {
            contacts = self.matching(condition, contacts);
        }
        if !contacts.is_empty() {
            self.automated.note(id, &contacts);
            self.act(id, &says.actions, &contacts);
        }
    }

    /// What filters look at.
    fn needs<'f>(&self, filters: impl IntoIterator<Item = &'f Filter>) -> Needs {
        let mut uses = Uses::default();
        filters.into_iter().for_each(|filter| uses.extend(&filter.plan().uses()));
        Needs::of(&uses, &self.state.segments)
    }

    /// Those who match a filter by now; nobody where it cannot be evaluated.
    fn matching(&self, filter: &Filter, contacts: MemberSet) -> MemberSet {
        match contacts.is_empty() || !self.records.can_be_asked(filter) {
            true => MemberSet::new(),
            false => self.records.matching(filter, &contacts),
        }
    }

    /// Makes active clients of those leads with whom there was the first interaction of a kind.
    fn fire_default(&mut self, rule: DefaultRule) {
        if !self.state.schema.has_status(ACTIVE) {
            return;
        }
        let happened = &of_kind(&self.due, rule.kind()) & self.records.overlay.live();
        let open = self.automated.open_to(rule.id(), happened);
        let trace = self.records.overlay.trace(Field::STATUS);
        let lead = Some(Value::One(LEAD.into()));
        // Those of this very instant that are stored already are the ones whose time has come.
        let until = self.records.now.as_micros().saturating_add(i64::from(!self.are_stored));
        let before = i64::MIN..until;
        let earlier = Wanted { kind: rule.kind(), labelled: None, during: Some(&before) };
        let had_one = |contact: ContactId| {
            self.state.table.recorded().of_contact(contact, &earlier, |any: &mut bool, _, _| *any = true)
        };
        let is_meant =
            |contact: &ContactId| !had_one(*contact) && self.records.overlay.value(*contact, &trace) == lead;
        let contacts: MemberSet = open.iter().filter(is_meant).collect();
        if !contacts.is_empty() {
            self.automated.note(rule.id(), &contacts);
            self.act(rule.id(), &Actions::of_default_rules(), &contacts);
        }
    }
}
