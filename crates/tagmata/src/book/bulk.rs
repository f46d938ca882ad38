//! Bulk actions: tags, statuses and static segments of many contacts, and the way back.

use super::book::Book;
use super::outcome::Outcome;
use crate::change::{Command, Commit, Ref, Selection, Stamp};
use crate::error::Result;
use crate::value::{SegmentId, StatusId, TagId};

impl Book {
    /// Gives contacts tags, which are made if they are new.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// book.add_tags("status = lead", ["vip", "newsletter"], now)?;
    /// book.remove_tags(zoe, ["VIP"], now)?;
    /// assert_eq!(book.select("tags has only (newsletter)")?.to_numbers(), [zoe.get()]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of a [`Selection`]; [`Code::BadName`](crate::Code::BadName) for a name that is none.
    pub fn add_tags(
        &mut self,
        selection: impl Into<Selection>,
        tags: impl IntoIterator<Item = impl Into<Ref<TagId>>>,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        let tags = tags.into_iter().map(Into::into).collect();
        self.run(&Command::AddTags { selection: selection.into(), tags }, stamp)
    }

    /// Takes tags from contacts.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_contact(Draft::new().set("tags", ["vip", "web"]), now)?;
    /// let outcome = book.remove_tags("tags has vip", ["VIP"], now)?;
    /// assert_eq!((outcome.commit.contacts().len(), book.count("tags has vip")?), (1, 0));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of a [`Selection`]; [`Code::UnknownTag`](crate::Code::UnknownTag) for a tag that there is not.
    pub fn remove_tags(
        &mut self,
        selection: impl Into<Selection>,
        tags: impl IntoIterator<Item = impl Into<Ref<TagId>>>,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        let tags = tags.into_iter().map(Into::into).collect();
        self.run(&Command::RemoveTags { selection: selection.into(), tags }, stamp)
    }

    /// Gives contacts a status by hand: any status, at any time (vcita: a person can always set any status).
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_contact(Draft::new().set("first_name", "Zoé"), now)?;
    /// book.set_status("status = lead", "active", now)?;
    /// assert_eq!((book.count("status = lead")?, book.count("status = active")?), (0, 1));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of a [`Selection`]; [`Code::UnknownStatus`](crate::Code::UnknownStatus) for a status that there is not.
    pub fn set_status(
        &mut self,
        selection: impl Into<Selection>,
        status: impl Into<Ref<StatusId>>,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        self.run(&Command::SetStatus { selection: selection.into(), status: status.into() }, stamp)
    }

    /// Puts contacts into a static segment.
    ///
    /// ```
    /// use tagmata::{Book, Draft, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// let north = book.create_segment(NewSegment::fixed("Nord"), now)?.id;
    /// book.add_to_segment(zoe, "nord", now)?;
    /// assert!(book.members(north)?.contains(zoe));
    /// book.remove_from_segment(zoe, north, now)?;
    /// assert!(book.members(north)?.is_empty());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of a [`Selection`]; [`Code::WrongSegmentKind`](crate::Code::WrongSegmentKind) for a dynamic segment, where
    /// pins are proposed.
    pub fn add_to_segment(
        &mut self,
        selection: impl Into<Selection>,
        segment: impl Into<Ref<SegmentId>>,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        self.run(&Command::AddToSegment { selection: selection.into(), segment: segment.into() }, stamp)
    }

    /// Takes contacts out of a static segment.
    ///
    /// ```
    /// use tagmata::{Book, Draft, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// let fair = book.create_segment(NewSegment::with_members("Fair", [zoe]), now)?.id;
    /// let outcome = book.remove_from_segment("created_at today", fair, now)?;
    /// assert!(outcome.effects.left[&fair].contains(zoe));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Book::add_to_segment`].
    pub fn remove_from_segment(
        &mut self,
        selection: impl Into<Selection>,
        segment: impl Into<Ref<SegmentId>>,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        self.run(&Command::RemoveFromSegment { selection: selection.into(), segment: segment.into() }, stamp)
    }

    /// Undoes a commit: its facts are turned round, the last one first. Nothing that came later is overwritten.
    ///
    /// The undo is a commit itself, and can be undone.
    ///
    /// ```
    /// use tagmata::{Book, Code, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// let active = book.set_status(zoe, "active", now)?;
    /// let vip = book.set_status(zoe, "vip", now)?;
    ///
    /// let error = book.undo(&active.commit, now).unwrap_err();
    /// assert_eq!((error.code(), error.contacts()), (Code::ChangedSince, &[zoe.get()][..]));
    /// book.undo(&vip.commit, now)?;
    /// book.undo(&active.commit, now)?;
    /// assert_eq!(book.count("status = lead")?, 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::ChangedSince`](crate::Code::ChangedSince) with the contacts whose values are others by now, or for a
    /// definition that is another by now or in use. Nothing has changed then.
    pub fn undo(&mut self, commit: &Commit, stamp: impl Into<Stamp>) -> Result<Outcome> {
        self.run(&Command::Undo { commit: Box::new(commit.clone()), force: false }, stamp)
    }

    /// Undoes as much of a commit as nothing stands against. What a later commit made stays, and so does
    ///
    /// - a contact that the commit made and that has changed since, with all the commit gave it;
    /// - a contact that it deleted and that cannot come back, and with it those that were merged with it;
    /// - definitions that it changed together, if one of them is another by now or in use.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// book.create_contact(Draft::new().set("first_name", "Léo"), now)?;
    /// let active = book.set_status("everyone", "active", now)?;
    /// book.set_status(zoe, "vip", now)?;
    /// book.undo_by_force(&active.commit, now)?;
    /// assert_eq!((book.count("status = vip")?, book.count("status = lead")?), (1, 1));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::NotFound`](crate::Code::NotFound) for a commit of another book.
    pub fn undo_by_force(&mut self, commit: &Commit, stamp: impl Into<Stamp>) -> Result<Outcome> {
        self.run(&Command::Undo { commit: Box::new(commit.clone()), force: true }, stamp)
    }
}
