//! Makes deeds happen to a book.

use crate::conformance::{draft_of, patch_of, read_filter};
use crate::generate::{Deed, Linked};
use proptest::sample::Index;
use serde_json::{Map, Value, json};
use std::io::Cursor;
use tagmata::{
    Amount, Book, Commit, ContactId, ExportOptions, Field, ImportOptions, InteractionQuery, MemberSet,
    NewInteractions, NewRule, Outcome, Result, Selection, Timestamp,
};

/// There are no more contacts than about this, so that the oracle does not take too long.
const MANY: usize = 240;
/// More bytes than a column of texts leaves unused.
const LONG: usize = 70_000;
/// Tags that no filter names.
const MORE_TAGS: [&str; 7] = ["more 1", "more 2", "more 3", "more 4", "more 5", "more 6", "more 7"];
/// What no patch changes.
const READ_ONLY: [&str; 3] = ["updated_at", "status_changed_at", "interactions"];
/// Contacts that segments pin: to merge them into others would change what the segments are.
const PINNABLE: u32 = 3;

/// An interaction of a contact of the oracle.
struct Happened<'v> {
    kind: &'v str,
    at: Timestamp,
    amount: Option<Amount>,
    label: Option<&'v str>,
}

fn happened(values: &Value) -> Vec<Happened<'_>> {
    let all = values.get("interactions").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let amount = |one: &Value| match &one["amount"] {
        Value::Null => None,
        Value::String(amount) => Some(amount.parse::<Amount>().unwrap()),
        number => Some(number.to_string().parse().unwrap()),
    };
    let each = all.iter().map(|interaction| Happened {
        kind: interaction["kind"].as_str().unwrap(),
        at: interaction["at"].as_str().unwrap().parse().unwrap(),
        amount: amount(interaction),
        label: interaction["label"].as_str(),
    });
    each.collect()
}

/// A book and what happened to it.
#[derive(Debug)]
pub struct Past {
    /// As it is by now.
    pub book: Book,
    now: Timestamp,
    commits: Vec<Commit>,
}

impl Past {
    /// A book to which nothing happened yet.
    #[must_use]
    pub fn of(book: Book) -> Self {
        let now = book.now();
        Self { book, now, commits: Vec::new() }
    }

    /// Makes something happen; whether it did. What a book refuses does not happen.
    pub fn perform(&mut self, deed: &Deed) -> bool {
        let done = match deed {
            Deed::Create(values, copies) => self.create(values, *copies),
            Deed::Update(who, values) => self.chosen(who).is_some_and(|who| {
                let patch = self.whole_patch(values);
                self.note(|book, now| book.update_contacts(who, patch_of(&patch), now))
            }),
            Deed::UpdateAll(whom, values, field) => {
                let whole = self.whole_patch(values);
                let fields: Vec<&String> =
                    whole.as_object().unwrap().keys().filter(|key| *key != "external_id").collect();
                let key = field.get(&fields);
                let patch = json!({key.as_str(): whole[key.as_str()]});
                let whom = self.selection(whom);
                self.note(|book, now| book.update_contacts(whom, patch_of(&patch), now))
            }
            Deed::Delete(some) => {
                let some: Vec<_> = some.iter().filter_map(|who| self.chosen(who)).collect();
                self.note(|book, now| book.delete_contacts(some, now))
            }
            Deed::Merge(who, others) => self.chosen(who).is_some_and(|who| {
                let others: Vec<_> = others.iter().filter_map(|other| self.chosen(other)).collect();
                let others = others.into_iter().filter(|other| *other != who && other.get() >= PINNABLE);
                let others: Vec<_> = others.collect();
                self.note(|book, now| book.merge_contacts(who, others, now))
            }),
            Deed::Link(what, whom, added) => {
                let whom = self.selection(whom);
                self.note(|book, now| match (what, added) {
                    (Linked::Tag(tag), true) => book.add_tags(whom, [tag.as_str()], now),
                    (Linked::Tag(tag), false) => book.remove_tags(whom, [tag.as_str()], now),
                    (Linked::Segment(name), true) => book.add_to_segment(whom, name.as_str(), now),
                    (Linked::Segment(name), false) => book.remove_from_segment(whom, name.as_str(), now),
                })
            }
            Deed::Record(who, values) => self.chosen(who).is_some_and(|who| self.record(who, values)),
            Deed::RecordAll(whom, values) => self.record_all(whom, values),
            Deed::Unrecord(whom, values, one) => self.unrecord(whom, values, one),
            Deed::Rule(filter, tag) => {
                let filter = read_filter(filter, self.book.schema()).unwrap();
                let rule = NewRule::when(format!("rule {}", self.book.rules().len()), filter);
                self.note(|book, now| {
                    book.add_rule(rule.add_tags([tag.as_str()]), now).map(|made| made.outcome)
                })
            }
            Deed::Forget(who, field) => self.chosen(who).is_some_and(|who| self.forget(who, field)),
            Deed::Retag(who, seed) => self.chosen(who).is_some_and(|who| self.retag(who, *seed)),
            Deed::Import => self.import(),
            Deed::Undo(back, force) => self.undo(*back, *force),
            Deed::Drop(deeds) => {
                self.book.begin_batch(self.now).unwrap();
                let commits = self.commits.len();
                let done = deeds.iter().filter(|deed| self.perform(deed)).count();
                self.book.drop_batch().unwrap();
                self.commits.truncate(commits);
                done > 0
            }
            Deed::Ask => true,
        };
        let wrong = self.book.check();
        assert!(wrong.is_empty(), "{}\nafter {deed:?}", wrong.join("\n"));
        done
    }

    fn note(&mut self, change: impl FnOnce(&mut Book, Timestamp) -> Result<Outcome>) -> bool {
        match change(&mut self.book, self.now) {
            Ok(outcome) if !outcome.commit.is_empty() => {
                self.commits.push(outcome.commit);
                true
            }
            _ => false,
        }
    }

    fn everybody(&self) -> Vec<ContactId> {
        self.book.select("everyone").unwrap().iter().collect()
    }

    fn chosen(&self, who: &Index) -> Option<ContactId> {
        let everybody = self.everybody();
        (!everybody.is_empty()).then(|| *who.get(&everybody))
    }

    fn selection(&self, whom: &Value) -> Selection {
        Selection::filter(read_filter(whom, self.book.schema()).unwrap())
    }

    fn create(&mut self, values: &Value, copies: usize) -> bool {
        if self.everybody().len() + copies > MANY {
            return false;
        }
        let others = (0..copies).map(|_| {
            let mut other = values.clone();
            other["external_id"] = Value::Null;
            other
        });
        let mut all = vec![values.clone()];
        all.extend(others);
        let made = all.iter().filter(|values| {
            self.note(|book, now| book.create_contact(draft_of(values), now).map(|created| created.outcome))
        });
        made.count() > 0
    }

    /// The values of a contact for every field that can be patched; null for those that it lacks.
    fn whole_patch(&self, values: &Value) -> Value {
        let keys =
            self.book.schema().fields().filter(|field| ![Field::ID, Field::NAME].contains(&field.id()));
        let keys =
            keys.map(|field| self.book.schema().field_key(field.id())).filter(|key| !READ_ONLY.contains(key));
        let required = |key: &str| ["status", "created_at"].contains(&key);
        let given =
            |key: &str| values.get(key).and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty());
        let kept = keys.filter(|key| !required(key) || given(key));
        let patch = kept.map(|key| (key.to_owned(), values.get(key).cloned().unwrap_or(Value::Null)));
        Value::Object(patch.collect::<Map<_, _>>())
    }

    fn record(&mut self, who: ContactId, values: &Value) -> bool {
        let all = happened(values);
        let recorded = all.iter().filter(|one| {
            self.note(|book, now| book.record(who, one.kind, one.at, one.amount, one.label, now))
        });
        recorded.count() > 0
    }

    fn record_all(&mut self, whom: &Value, values: &Value) -> bool {
        let filter = read_filter(whom, self.book.schema()).unwrap();
        let (all, contacts) = (happened(values), self.book.select(filter));
        let mut new = NewInteractions::new();
        for one in &all {
            for contact in contacts.iter().flat_map(MemberSet::iter) {
                new.push(contact, one.kind, one.at, one.amount, one.label);
            }
        }
        self.note(|book, now| book.record_many(new, now))
    }

    fn unrecord(&mut self, whom: &Value, values: &Value, one: &Index) -> bool {
        let all = happened(values);
        let whom = self.selection(whom);
        !all.is_empty() && {
            let one = one.get(&all);
            let query = InteractionQuery::new().kind(one.kind).since(one.at);
            self.note(|book, now| book.delete_interactions(whom, query, now))
        }
    }

    fn forget(&mut self, who: ContactId, field: &Index) -> bool {
        let texts = ["account_number", "first_name", "last_name", "organization", "source"];
        let key = field.get(&texts);
        let before = self.book.record_of(&self.book.contact(who).unwrap()).get(key).cloned().unwrap();
        let mut set = |value: tagmata::Input| {
            self.note(|book, now| book.update_contacts(who, tagmata::Patch::new().set(*key, value), now))
        };
        set("ß".repeat(LONG / 2).into()) && set(before)
    }

    fn retag(&mut self, who: ContactId, seed: u64) -> bool {
        for tag in MORE_TAGS {
            // It may be there.
            let _ = self.note(|book, now| book.define_tag(tag, now).map(|created| created.outcome));
        }
        let mut bits = seed | 1;
        let changed = (0..60).filter(|_| {
            bits ^= bits << 13;
            bits ^= bits >> 7;
            bits ^= bits << 17;
            let tags: Vec<&str> = MORE_TAGS
                .into_iter()
                .enumerate()
                .filter(|(at, _)| bits >> at & 1 == 1)
                .map(|(_, tag)| tag)
                .collect();
            self.note(|book, now| book.update_contacts(who, patch_of(&json!({"tags": tags})), now))
        });
        changed.count() > 40
    }

    fn import(&mut self) -> bool {
        if self.everybody().len() * 2 > MANY {
            return false;
        }
        let mut file = Vec::new();
        self.book.export(&mut file, "everyone", None, ExportOptions::new()).unwrap();
        let mut made = 0;
        self.note(|book, now| {
            let report = book.import(Cursor::new(file), &ImportOptions::new().match_by([]), now)?;
            made = report.created;
            Ok(report.outcome)
        }) && made > 0
    }

    fn undo(&mut self, back: usize, force: bool) -> bool {
        let Some(at) = self.commits.len().checked_sub(1 + back) else { return false };
        let commit = self.commits.remove(at);
        self.note(|book, now| match force {
            true => book.undo_by_force(&commit, now),
            false => book.undo(&commit, now),
        })
    }
}
