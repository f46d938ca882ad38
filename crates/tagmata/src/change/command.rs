//! All that can be asked of a book, as data.

use super::commit::Commit;
use super::interactions::{InteractionQuery, NewInteractions};
use super::reference::Ref;
use super::rule::{NewRule, RulePatch};
use super::segment::{NewSegment, SegmentPatch};
use super::selection::Selection;
use crate::model::{Draft, NewField, Patch, Settings};
use crate::time::Timestamp;
use crate::value::{Amount, ContactId, FieldId, KindId, OptionId, RuleId, SegmentId, StatusId, TagId};

/// A change that somebody wants. `Book::decide` says what would become true by it, or why it cannot be.
///
/// Each command has a method of `Book` that makes and runs it; commands by themselves are for hosts that queue, log or
/// transport them.
///
/// ```
/// use tagmata::{Book, Command, Draft, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let decision = book.decide(&Command::CreateContact(Draft::new().set("first_name", "Zoé")), now)?;
/// assert_eq!(book.count("everyone")?, 0);
/// book.apply(decision)?;
/// assert_eq!(book.count("everyone")?, 1);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive] // commands are added when capabilities are
pub enum Command {
    /// Makes a contact.
    CreateContact(Draft),
    /// Gives contacts new values.
    UpdateContacts {
        /// Whom.
        selection: Selection,
        /// The values.
        patch: Patch,
    },
    /// Deletes contacts.
    DeleteContacts(Selection),
    /// Makes several contacts one.
    MergeContacts {
        /// The contact that stays.
        keep: ContactId,
        /// Those that become part of it.
        others: Vec<ContactId>,
    },
    /// Gives contacts tags, which are made if they are new.
    AddTags {
        /// Whom.
        selection: Selection,
        /// The tags.
        tags: Vec<Ref<TagId>>,
    },
    /// Takes tags from contacts.
    RemoveTags {
        /// From whom.
        selection: Selection,
        /// The tags.
        tags: Vec<Ref<TagId>>,
    },
    /// Gives contacts a status by hand.
    SetStatus {
        /// Whom.
        selection: Selection,
        /// The status.
        status: Ref<StatusId>,
    },
    /// Puts contacts into a static segment.
    AddToSegment {
        /// Whom.
        selection: Selection,
        /// The segment.
        segment: Ref<SegmentId>,
    },
    /// Takes contacts out of a static segment.
    RemoveFromSegment {
        /// Whom.
        selection: Selection,
        /// The segment.
        segment: Ref<SegmentId>,
    },
    /// Notes that something happened.
    Record {
        /// With whom.
        contact: ContactId,
        /// The key of the kind of interaction.
        kind: String,
        /// When.
        at: Timestamp,
        /// For how much.
        amount: Option<Amount>,
        /// What it is called.
        label: Option<String>,
    },
    /// Notes all that happened, or nothing.
    RecordMany(Box<NewInteractions>),
    /// Deletes interactions of contacts.
    DeleteInteractions {
        /// Whose.
        selection: Selection,
        /// Which.
        query: InteractionQuery,
    },
    /// Makes segments.
    CreateSegments(Vec<NewSegment>),
    /// Gives a dynamic segment another filter or other pins.
    UpdateSegment {
        /// The segment.
        segment: Ref<SegmentId>,
        /// What is to be another.
        patch: SegmentPatch,
    },
    /// Gives a segment another name.
    RenameSegment {
        /// The segment.
        segment: Ref<SegmentId>,
        /// Its new name.
        name: String,
    },
    /// Deletes a segment. Its contacts stay.
    DeleteSegment {
        /// The segment.
        segment: Ref<SegmentId>,
        /// Even if other segments use it; they are broken then.
        force: bool,
    },
    /// Makes a dynamic segment static, with the members that it has.
    FreezeSegment(Ref<SegmentId>),
    /// Makes a tag ahead of its use.
    DefineTag(String),
    /// Gives a tag another name.
    RenameTag {
        /// The tag.
        tag: Ref<TagId>,
        /// Its new name.
        name: String,
    },
    /// Deletes a tag. Contacts lose it.
    DeleteTag {
        /// The tag.
        tag: Ref<TagId>,
        /// Even if segments use it; they are broken then.
        force: bool,
    },
    /// Makes a custom field.
    DefineField(NewField),
    /// Gives a field another label, or more options.
    UpdateField {
        /// The field.
        field: Ref<FieldId>,
        /// Its new label.
        label: Option<String>,
        /// New options: keys and labels.
        add_options: Vec<(String, String)>,
    },
    /// Deletes a custom field with all its values.
    DeleteField {
        /// The field.
        field: Ref<FieldId>,
        /// Even if segments use it; they are broken then.
        force: bool,
    },
    /// Gives an option another label.
    RenameOption {
        /// The field.
        field: Ref<FieldId>,
        /// Its option.
        option: Ref<OptionId>,
        /// The new label.
        label: String,
    },
    /// Deletes an option. Contacts lose it.
    DeleteOption {
        /// The field.
        field: Ref<FieldId>,
        /// Its option.
        option: Ref<OptionId>,
        /// Even if segments use it; they are broken then.
        force: bool,
    },
    /// Makes a status, behind the others.
    DefineStatus {
        /// Its key, which never changes.
        key: String,
        /// Its label; made from the key if there is none.
        label: Option<String>,
    },
    /// Gives a status another label or another place.
    UpdateStatus {
        /// The status.
        status: Ref<StatusId>,
        /// Its new label.
        label: Option<String>,
        /// Its new place among the statuses, from 0.
        position: Option<usize>,
    },
    /// Deletes a status.
    DeleteStatus {
        /// The status.
        status: Ref<StatusId>,
        /// The status that its contacts get; needed where it has contacts.
        replacement: Option<Ref<StatusId>>,
        /// Even if segments use it; they are broken then.
        force: bool,
    },
    /// Makes a kind of interaction.
    DefineKind {
        /// Its key.
        key: String,
        /// Whether it says nothing about the contact's own activity.
        outgoing: bool,
    },
    /// Deletes a kind of interaction, of which there are no interactions.
    DeleteKind {
        /// The kind.
        kind: Ref<KindId>,
        /// Even if segments use it; they are broken then.
        force: bool,
    },
    /// Makes a rule, behind the others unless it says where.
    AddRule(Box<NewRule>),
    /// Makes a rule another one.
    UpdateRule {
        /// The rule.
        rule: Ref<RuleId>,
        /// What is to be another.
        patch: Box<RulePatch>,
    },
    /// Deletes a rule. What it did stays.
    DeleteRule(Ref<RuleId>),
    /// Switches default rules on or off.
    SetAutomation {
        /// The master switch; as it was if there is none.
        lead_to_active: Option<bool>,
        /// Default rules by their names, and their switches; others stay as they are.
        rules: Vec<(String, bool)>,
    },
    /// Changes zone, week start, 29 February, default country or limits.
    ChangeSettings(Settings),
    /// Makes a commit untrue again.
    Undo {
        /// The commit.
        commit: Box<Commit>,
        /// Leave out what has changed since, instead of refusing.
        force: bool,
    },
}
