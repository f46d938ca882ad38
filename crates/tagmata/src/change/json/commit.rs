//! Whole commits, fact by fact.

use super::out::Out;
use crate::change::commit::{Commit, Entry};
use crate::change::fact::Fact;
use crate::model::Schema;
use crate::state::Cause;

impl Commit {
    /// The commit as JSON for people, in one line: what it says by the names of a schema, mostly the present ones, and by numbers
    /// where something has no name any more. Lists of contacts and interactions have at most so many items; their `count` says how
    /// many there are. It cannot be read back: that is what [`to_bytes`](Self::to_bytes) is for.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Stamp, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// let commit = book.add_tags(zoe, ["gold"], Stamp::new(now).by("ana"))?.commit;
    /// assert_eq!(commit.to_json(book.schema(), 10), concat!(
    ///     r#"{"commit":2,"at":"2026-11-24T09:00:00Z","actor":"ana","cause":"call","facts":["#,
    ///     r#"{"fact":"name","of":"tags","number":0,"old":null,"new":"gold"},"#,
    ///     r#"{"fact":"linked","field":"tags","name":"gold","count":1,"contacts":[0]}]}"#,
    /// ));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn to_json(&self, schema: &Schema, most: usize) -> String {
        let mut out = Out::new(schema, most);
        out.json.open();
        out.counted("commit", self.number());
        out.json.member("at", &self.at().to_string());
        out.json.key("actor");
        out.maybe(self.actor(), Out::text_of);
        out.json.member("cause", self.cause().as_str());
        match self.cause() {
            Cause::Call | Cause::Import => {}
            Cause::Undo(commit) => out.counted("undone", *commit),
            Cause::Rule(rule) => out.counted("rule", rule.get().into()),
        }
        out.json.key("facts");
        out.list(self.facts.iter().zip(&self.entries), |out, (fact, entry)| {
            out.json.open();
            out.fact(fact);
            if let (Entry { is_added: true, origin, .. }, Cause::Rule(rule)) = (entry, &entry.origin.cause)
                && origin.commit == self.number()
            {
                out.counted("by_rule", rule.get().into());
            }
            out.json.close();
        });
        out.json.close();
        out.json.finish()
    }
}

impl Out<'_> {
    /// The members of a fact, with so many items of each list at most.
    fn fact(&mut self, fact: &Fact) {
        match fact {
            Fact::Created(rows) => {
                self.json.member("fact", "created");
                self.rows(rows);
            }
            Fact::Deleted(rows) => {
                self.json.member("fact", "deleted");
                self.rows(rows);
            }
            Fact::Set { field, contacts, old, new } => {
                self.json.member("fact", "set");
                self.columns(*field, contacts, (old, new));
            }
            Fact::Linked { field, symbol, contacts } | Fact::Unlinked { field, symbol, contacts } => {
                let is_linked = matches!(fact, Fact::Linked { .. });
                self.json.member("fact", if is_linked { "linked" } else { "unlinked" });
                self.json.key("field");
                self.field(*field);
                self.json.key("name");
                self.symbol(*field, *symbol);
                self.counted("count", contacts.len());
                self.json.key("contacts");
                self.contacts(contacts);
            }
            Fact::Recorded(interactions) => {
                self.json.member("fact", "recorded");
                self.interactions(interactions);
            }
            Fact::Erased(interactions) => {
                self.json.member("fact", "erased");
                self.interactions(interactions);
            }
            Fact::Alias { field, key, old, new } => {
                self.json.member("fact", "key");
                self.json.key("field");
                self.field(*field);
                self.json.member("key", key);
                self.before_and_after(*old, *new, |out, contact| out.maybe(contact, Self::contact));
            }
            Fact::Merged { kept, other } => {
                self.json.member("fact", "merged");
                self.json.key("kept");
                self.contact(*kept);
                self.json.key("other");
                self.contact(*other);
            }
            Fact::Schema(edit) => self.schema_edit(edit),
            Fact::Segment { segment, old, new } => {
                self.json.member("fact", "segment");
                self.json.key("segment");
                self.segment(*segment);
                self.before_and_after(old, new, |out, segment| {
                    out.maybe(segment.as_deref(), |out, segment| out.definition(segment));
                });
            }
            Fact::Automation(edit) => self.automation_edit(edit),
        }
    }
}
