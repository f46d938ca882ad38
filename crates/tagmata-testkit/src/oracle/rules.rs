//! Rules by the letter of `docs/automation.md` and without haste: one contact after the other, filters by the [`Oracle`].

use crate::oracle::Oracle;
use crate::oracle::contact::{interactions, present, time};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A rule, with its filters as canonical JSON. It says one of `on` and `when`.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its name.
    pub name: String,
    /// The kind of interaction or the field on which it fires.
    pub on: Option<String>,
    /// The filter on which it fires when it becomes true.
    pub when: Option<Value>,
    /// The filter that must be true as well.
    pub condition: Option<Value>,
    /// What it does.
    pub actions: Vec<Action>,
}

/// One thing that a rule or a person does to a contact.
#[derive(Debug, Clone)]
pub enum Action {
    /// Gives a value to a field, the status included; null clears it.
    Set(String, Value),
    /// Gives or takes a tag, or puts into a static segment or takes out of it.
    Link {
        /// `tags` or `segments`.
        field: &'static str,
        /// The tag or the segment.
        name: String,
        /// Whether it is given.
        added: bool,
    },
    /// Records an interaction; no rule does.
    Record(Value),
}

/// One change, as a person makes it.
#[derive(Debug, Clone)]
pub enum Deed {
    /// A new contact, as it comes.
    Create(Value),
    /// Something is done to contacts.
    Do(Vec<usize>, Action),
}

/// A change of the status of a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusChange {
    /// The status before.
    pub from: String,
    /// The status after.
    pub to: String,
    /// The rule that made it, if one did.
    pub by: Option<String>,
}

/// Contacts, and what happens to them.
#[derive(Debug, Clone)]
pub struct Automaton {
    oracle: Oracle,
    now: DateTime<Utc>,
    /// The rules in their order.
    pub rules: Vec<Rule>,
    /// The kinds of interactions whose default rules are switched on.
    pub defaults: Vec<&'static str>,
    /// The contacts, each at the place of its number, in the format of `conformance/README.md`.
    pub contacts: Vec<(String, Value)>,
    /// How the status of each contact changed.
    pub statuses: Vec<Vec<StatusChange>>,
}

/// "A rule fires at most once for a contact in one commit (in a batch: in all of it)".
#[derive(Debug, Default)]
struct Commit {
    fired: BTreeSet<(String, usize)>,
    /// "Whoever is first sets the status: the change itself, then the first rule that would; the others leave it alone."
    settled: BTreeSet<usize>,
}

/// What happened to contacts in one change, rules included.
#[derive(Debug, Default)]
struct News {
    /// Fields with another value.
    changed: BTreeSet<(usize, String)>,
    /// Interactions by their kinds, which have happened.
    happened: BTreeSet<(usize, String)>,
    /// Whether they were recorded earlier, and only their time has come.
    is_due: bool,
}

impl Automaton {
    /// Nobody, with nothing to happen.
    pub fn new(oracle: Oracle, now: DateTime<Utc>) -> Self {
        let (rules, contacts, statuses) = (Vec::new(), Vec::new(), Vec::new());
        Self { oracle, now, rules, defaults: Vec::new(), contacts, statuses }
    }

    /// What several changes in one commit come to.
    pub fn commit(&mut self, deeds: &[Deed], now: DateTime<Utc>) {
        self.advance(now);
        let mut commit = Commit::default();
        for deed in deeds {
            let (before, mut news) = (self.contacts.clone(), News::default());
            match deed {
                Deed::Create(contact) => self.create(contact, &mut news, &mut commit),
                Deed::Do(who, action) => {
                    for contact in who {
                        self.act(*contact, action, None, &mut news, &mut commit);
                    }
                }
            }
            self.fire(&before, &mut news, &mut commit);
        }
    }

    /// "An interaction with a date to come […] fires when its time comes: `advance`, and every change that moves the book on to its
    /// own instant, makes a commit at the time of the interaction".
    pub fn advance(&mut self, now: DateTime<Utc>) {
        let all = |of: &Self| -> BTreeSet<DateTime<Utc>> {
            of.contacts.iter().flat_map(|(_, contact)| interactions(contact).map(time)).collect()
        };
        for at in all(self).into_iter().filter(|at| self.now < *at && *at <= now).collect::<Vec<_>>() {
            self.now = at;
            let mut news = News { is_due: true, ..News::default() };
            for (id, (_, contact)) in self.contacts.iter().enumerate() {
                let due = interactions(contact).filter(|one| time(one) == at);
                news.happened.extend(due.map(|one| (id, kind(one).to_owned())));
            }
            let before = self.contacts.clone();
            self.fire(&before, &mut news, &mut Commit::default());
        }
        self.now = now;
    }

    fn create(&mut self, given: &Value, news: &mut News, commit: &mut Commit) {
        let id = self.contacts.len();
        let mut contact = given.clone();
        if present(&contact, "status").is_none() {
            contact["status"] = "lead".into();
        }
        // "A new contact that comes with another status than the first one has been given it."
        if contact["status"] != "lead" {
            commit.settled.insert(id);
        }
        // "A new contact has another value wherever it has one."
        let keys = contact.as_object().expect("an object").keys();
        let keys = keys.filter(|key| *key != "interactions" && present(&contact, key).is_some());
        news.changed.extend(keys.map(|key| (id, key.clone())));
        let happened = interactions(&contact).filter(|one| time(one) <= self.now);
        news.happened.extend(happened.map(|one| (id, kind(one).to_owned())));
        self.contacts.push((format!("c{id}"), contact));
        self.statuses.push(Vec::new());
    }

    /// Does something to a contact. "What is so already is no change."
    fn act(&mut self, id: usize, action: &Action, by: Option<&str>, news: &mut News, commit: &mut Commit) {
        let contact = &mut self.contacts[id].1;
        match action {
            Action::Set(field, value) => {
                let is_settled = field == "status" && by.is_some() && !commit.settled.insert(id);
                if is_settled || contact[field.as_str()] == *value {
                    return;
                }
                let old = std::mem::replace(&mut contact[field.as_str()], value.clone());
                if field == "status" {
                    commit.settled.insert(id);
                    let text = |status: &Value| status.as_str().expect("a status").to_owned();
                    let by = by.map(str::to_owned);
                    self.statuses[id].push(StatusChange { from: text(&old), to: text(value), by });
                }
                news.changed.insert((id, field.clone()));
            }
            Action::Link { field, name, added } => {
                let mut names: BTreeSet<String> = named(contact, field);
                if if *added { names.insert(name.clone()) } else { names.remove(name) } {
                    contact[*field] = json!(names);
                    news.changed.insert((id, (*field).to_owned()));
                }
            }
            Action::Record(interaction) => {
                let mut all: Vec<Value> = interactions(contact).cloned().collect();
                all.push(interaction.clone());
                contact["interactions"] = json!(all);
                if time(interaction) <= self.now {
                    news.happened.insert((id, kind(interaction).to_owned()));
                }
            }
        }
    }

    /// "**In one commit** rules fire in their order, the default rules last; each sees what those before it did. Then they look again
    /// at what the others did, until nothing fires."
    fn fire(&mut self, before: &[(String, Value)], news: &mut News, commit: &mut Commit) {
        loop {
            let mut has_fired = false;
            for rule in self.rules.clone() {
                for id in 0..self.contacts.len() {
                    let once = (rule.name.clone(), id);
                    if !commit.fired.contains(&once) && self.fires(&rule, id, before, news) {
                        commit.fired.insert(once);
                        has_fired = true;
                        for action in &rule.actions {
                            self.act(id, action, Some(&rule.name), news, commit);
                        }
                    }
                }
            }
            for kind in self.defaults.clone() {
                let name = format!("first_{kind}");
                for id in 0..self.contacts.len() {
                    let once = (name.clone(), id);
                    if !commit.fired.contains(&once) && self.fires_by_default(kind, id, before, news) {
                        commit.fired.insert(once);
                        has_fired = true;
                        let action = Action::Set("status".to_owned(), "active".into());
                        self.act(id, &action, Some(&name), news, commit);
                    }
                }
            }
            if !has_fired {
                return;
            }
        }
    }

    fn fires(&self, rule: &Rule, id: usize, before: &[(String, Value)], news: &News) -> bool {
        let has_occasion = match (&rule.on, &rule.when) {
            (Some(on), _) => {
                // "`name` is first and last name joined by a space".
                let fields = if on == "name" { vec!["first_name", "last_name"] } else { vec![on.as_str()] };
                let is_changed = |field: &str| news.changed.contains(&(id, field.to_owned()));
                news.happened.contains(&(id, on.clone())) || fields.into_iter().any(is_changed)
            }
            // "a contact matches that did not before the change; a new contact did not"
            (None, Some(when)) => {
                let did = id < before.len() && self.oracle.matches(when, before, id, self.now);
                !did && self.matches(when, id)
            }
            (None, None) => false,
        };
        has_occasion && rule.condition.as_ref().is_none_or(|condition| self.matches(condition, id))
    }

    fn matches(&self, filter: &Value, id: usize) -> bool {
        self.oracle.matches(filter, &self.contacts, id, self.now)
    }

    /// "the contact is `lead` at that moment; no other interaction of the kind with the contact has happened".
    fn fires_by_default(&self, of: &str, id: usize, before: &[(String, Value)], news: &News) -> bool {
        let has_happened = |one: &Value| time(one) < self.now || time(one) == self.now && !news.is_due;
        let has_other = before.get(id).is_some_and(|(_, contact)| {
            interactions(contact).any(|one| kind(one) == of && has_happened(one))
        });
        news.happened.contains(&(id, of.to_owned())) && self.contacts[id].1["status"] == "lead" && !has_other
    }
}

fn kind(interaction: &Value) -> &str {
    interaction["kind"].as_str().expect("a kind")
}

fn named(contact: &Value, field: &str) -> BTreeSet<String> {
    let all = contact[field].as_array().into_iter().flatten();
    all.map(|name| name.as_str().expect("a name").to_owned()).collect()
}
