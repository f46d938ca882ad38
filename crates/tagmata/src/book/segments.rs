//! Segments: made, changed, listed.

use super::book::Book;
use super::outcome::{Created, Outcome};
use crate::change::{Command, NewSegment, Ref, SegmentPatch, Stamp};
use crate::error::{Error, Result};
use crate::live::Effects;
use crate::model::{Field, not_there};
use crate::value::{ContactId, MemberSet, SegmentId, Symbol};
use std::collections::BTreeMap;

/// A segment as lists show it.
///
/// ```
/// use tagmata::{Book, NewSegment, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// book.create_segment(NewSegment::dynamic("VIP FR", "status=vip and country=FR"), now)?;
/// let vips = &book.segments()[0];
/// assert_eq!((vips.name.as_str(), vips.kind(), vips.count), ("VIP FR", "dynamic", Some(0)));
/// assert_eq!(vips.filter.as_deref(), Some(r#"status = "vip" and country = "FR""#));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SegmentInfo {
    /// Its id.
    pub id: SegmentId,
    /// Its name.
    pub name: String,
    /// The canonical text of the filter, if it is dynamic.
    pub filter: Option<String>,
    /// How many members it has; `None` if it is broken or stands on a broken segment.
    pub count: Option<u64>,
    /// Who is pinned into a dynamic segment.
    pub always_in: MemberSet,
    /// Who is pinned out of a dynamic segment.
    pub always_out: MemberSet,
    /// Why it cannot be evaluated.
    pub error: Option<Error>,
}

impl SegmentInfo {
    /// Whether its filter decides who is in it.
    #[must_use]
    pub fn is_dynamic(&self) -> bool {
        self.filter.is_some()
    }

    /// The kind in one word: `static` or `dynamic`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        if self.is_dynamic() { "dynamic" } else { "static" }
    }
}

impl Book {
    /// Makes a segment.
    ///
    /// ```
    /// use tagmata::{Book, Draft, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("country", "FR"), now)?.id;
    /// let list = book.create_segment(NewSegment::with_members("Fair", [zoe]), now)?.id;
    /// let created = book.create_segment(NewSegment::dynamic("French", "country = FR"), now)?;
    /// assert!(created.outcome.effects.entered[&created.id].contains(zoe));
    /// assert_eq!(book.segments_of(zoe)?, [list, created.id]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadName`](crate::Code::BadName) and [`Code::NameTaken`](crate::Code::NameTaken); the errors of a filter;
    /// [`Code::SegmentCycle`](crate::Code::SegmentCycle).
    pub fn create_segment(
        &mut self,
        segment: NewSegment,
        stamp: impl Into<Stamp>,
    ) -> Result<Created<SegmentId>> {
        self.run_definition(&Command::CreateSegments(vec![segment]), stamp, SegmentId::new)
    }

    /// Makes several segments at once (Superlogica: several groups are created at once).
    ///
    /// ```
    /// use tagmata::{Book, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let ids = book.create_segments(["Nord", "Sud"].map(NewSegment::fixed), now)?.id;
    /// assert_eq!(book.schema().segment("sud"), Some(ids[1]));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Book::create_segment`]; none is made then.
    pub fn create_segments(
        &mut self,
        segments: impl IntoIterator<Item = NewSegment>,
        stamp: impl Into<Stamp>,
    ) -> Result<Created<Vec<SegmentId>>> {
        let command = Command::CreateSegments(segments.into_iter().collect());
        self.run_definitions(&command, stamp, SegmentId::new)
    }

    /// Gives a dynamic segment another filter or other pins.
    ///
    /// ```
    /// use tagmata::{Book, Draft, NewSegment, SegmentPatch, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("country", "FR"), now)?.id;
    /// let ana = book.create_contact(Draft::new().set("country", "ES"), now)?.id;
    /// let french = book.create_segment(NewSegment::dynamic("French", "country = FR"), now)?.id;
    /// // Whatever the filter says, Ana is in it, and Zoé is not.
    /// let outcome = book.update_segment(french, SegmentPatch::new().always_in([ana]).always_out([zoe]), now)?;
    /// assert_eq!(outcome.effects.entered[&french].to_numbers(), [1]);
    /// assert_eq!(outcome.effects.left[&french].to_numbers(), [0]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Book::create_segment`]; [`Code::WrongSegmentKind`](crate::Code::WrongSegmentKind) for a static segment.
    pub fn update_segment(
        &mut self,
        segment: impl Into<Ref<SegmentId>>,
        patch: SegmentPatch,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        self.run(&Command::UpdateSegment { segment: segment.into(), patch }, stamp)
    }

    /// Who would enter and leave a dynamic segment by another filter or other pins. Nothing changes.
    ///
    /// ```
    /// use tagmata::{Book, Draft, NewSegment, SegmentPatch, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("country", "FR"), now)?.id;
    /// let vips = book.create_segment(NewSegment::dynamic("VIPs", "status = vip"), now)?.id;
    /// let effects = book.preview_segment(vips, SegmentPatch::new().filter("country = FR"))?;
    /// assert!(effects.entered[&vips].contains(zoe));
    /// assert!(book.members(vips)?.is_empty());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Book::update_segment`].
    pub fn preview_segment(
        &mut self,
        segment: impl Into<Ref<SegmentId>>,
        patch: SegmentPatch,
    ) -> Result<Effects> {
        let (segment, now) = (segment.into(), self.now());
        let (_, outcome) = self.preview(now, |book| book.update_segment(segment, patch, now))?;
        Ok(outcome.effects)
    }

    /// Gives a segment another name; the old one keeps working in stored filters until another segment takes it.
    ///
    /// ```
    /// use tagmata::{Book, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_segments(["Nord", "Sud"].map(NewSegment::fixed), now)?;
    /// book.rename_segment("Nord", "Région Nord", now)?;
    /// assert_eq!(book.count("segments has Nord")?, 0); // the old name works
    /// assert_eq!(book.rename_segment("Sud", "région nord", now).unwrap_err().code().as_str(), "E0803");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::NameTaken`](crate::Code::NameTaken), where a merge is proposed; [`Code::BadName`](crate::Code::BadName).
    pub fn rename_segment(
        &mut self,
        segment: impl Into<Ref<SegmentId>>,
        name: &str,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        self.run(&Command::RenameSegment { segment: segment.into(), name: name.to_owned() }, stamp)
    }

    /// Deletes a segment; its contacts stay (ExpertConnect: contacts lose it). By `force` even one that other segments use:
    /// those are broken then, which never means empty.
    ///
    /// ```
    /// use tagmata::{Book, Code, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_segment(NewSegment::fixed("Nord"), now)?;
    /// let others = book.create_segment(NewSegment::dynamic("Others", "not segments has Nord"), now)?.id;
    /// assert_eq!(book.delete_segment("Nord", false, now).unwrap_err().code(), Code::InUse);
    /// book.delete_segment("Nord", true, now)?;
    /// assert_eq!(book.members(others).unwrap_err().code(), Code::BrokenSegment);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::InUse`](crate::Code::InUse) with the names of the users.
    pub fn delete_segment(
        &mut self,
        segment: impl Into<Ref<SegmentId>>,
        force: bool,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        self.run(&Command::DeleteSegment { segment: segment.into(), force }, stamp)
    }

    /// Makes a dynamic segment static, with the members that it has now.
    ///
    /// ```
    /// use tagmata::{Book, Draft, NewSegment, Patch, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("country", "FR"), now)?.id;
    /// book.create_segment(NewSegment::dynamic("French", "country = FR"), now)?;
    /// book.freeze_segment("French", now)?;
    /// book.update_contacts(zoe, Patch::new().set("country", "ES"), now)?;
    /// assert!(book.members("French")?.contains(zoe));
    /// assert_eq!(book.segment("French")?.kind(), "static");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::WrongSegmentKind`](crate::Code::WrongSegmentKind) for a static segment,
    /// [`Code::BrokenSegment`](crate::Code::BrokenSegment) for a broken one.
    pub fn freeze_segment(
        &mut self,
        segment: impl Into<Ref<SegmentId>>,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        self.run(&Command::FreezeSegment(segment.into()), stamp)
    }

    /// All segments with the counts of their members, in the order in which they were made.
    ///
    /// ```
    /// use tagmata::{Book, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_segment(NewSegment::fixed("Nord"), now)?;
    /// book.create_segment(NewSegment::dynamic("New", "created_at in last 30 days"), now)?;
    /// let shown: Vec<_> = book.segments().iter().map(|segment| format!("{}: {}", segment.name, segment.kind())).collect();
    /// assert_eq!(shown, ["Nord: static", "New: dynamic"]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn segments(&self) -> Vec<SegmentInfo> {
        let all: Vec<SegmentId> = self.state.schema.segment_entries().map(|(id, _)| id).collect();
        self.segment_infos(&all)
    }

    /// One segment, by its id or name, with the count of its members.
    ///
    /// ```
    /// use tagmata::{Book, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let north = book.create_segment(NewSegment::fixed("Nord"), now)?.id;
    /// assert_eq!(book.segment("NORD")?.id, north);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::UnknownSegment`](crate::Code::UnknownSegment) for a name that is none,
    /// [`Code::NotFound`](crate::Code::NotFound) for an id that is no segment's. A broken segment says so itself.
    pub fn segment(&self, segment: impl Into<Ref<SegmentId>>) -> Result<SegmentInfo> {
        let segment = segment.into().resolve(&self.state.schema)?;
        self.segment_infos(&[segment]).pop().ok_or_else(not_there)
    }

    fn segment_infos(&self, all: &[SegmentId]) -> Vec<SegmentInfo> {
        let state = &self.state;
        let by_hand = match all.iter().any(|id| state.segments.get(*id).is_none()) {
            true => state.symbol_counts(Field::SEGMENTS),
            false => BTreeMap::new(),
        };
        let is_sound = |id: &SegmentId| state.segments.refuse_broken([*id], &state.schema);
        let dynamic: Vec<SegmentId> = all
            .iter()
            .copied()
            .filter(|id| state.segments.get(*id).is_some() && is_sound(id).is_ok())
            .collect();
        let counts = state.member_counts(&dynamic, self.now);
        let counts: BTreeMap<_, _> = dynamic.into_iter().zip(counts).collect();
        let info = |id: SegmentId| {
            let definition = state.segments.get(id);
            let pins = definition.map(|definition| definition.pins().clone()).unwrap_or_default();
            let count = match definition {
                Some(_) => counts.get(&id).copied(),
                None => Some(by_hand.get(&id.into()).copied().unwrap_or_default()),
            };
            SegmentInfo {
                id,
                name: state.schema.segment_name(id).to_owned(),
                filter: definition.map(|definition| definition.current_text(&state.schema)),
                count,
                always_in: &pins.always_in & state.table.live(),
                always_out: &pins.always_out & state.table.live(),
                error: is_sound(&id).err(),
            }
        };
        all.iter().copied().map(info).collect()
    }

    /// The segments that can be evaluated, in the order in which they were made.
    pub(super) fn sound_segments(&self) -> Vec<SegmentId> {
        let state = &self.state;
        let is_sound = |id: &SegmentId| state.segments.refuse_broken([*id], &state.schema).is_ok();
        state.schema.segment_entries().map(|(id, _)| id).filter(is_sound).collect()
    }

    /// The segments that a contact is in, static and dynamic, in the order in which they were made.
    ///
    /// ```
    /// use tagmata::{Book, Draft, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let leads = book.create_segment(NewSegment::dynamic("Leads", "status = lead"), now)?.id;
    /// let north = book.create_segment(NewSegment::fixed("Nord"), now)?.id;
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// assert_eq!(book.segments_of(zoe)?, [leads]);
    /// book.add_to_segment(zoe, north, now)?;
    /// assert_eq!(book.segments_of(zoe)?, [leads, north]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::NotFound`](crate::Code::NotFound) for an id that is nobody's. Broken segments are left out.
    pub fn segments_of(&self, contact: ContactId) -> Result<Vec<SegmentId>> {
        let state = &self.state;
        state.require(contact)?;
        let dynamic = self.live.segments_of(contact, state, self.now);
        let by_hand = state.set_of(contact, Field::SEGMENTS);
        let is_in = |segment: &SegmentId| match state.segments.get(*segment) {
            Some(_) => dynamic.binary_search(segment).is_ok(),
            None => by_hand.contains(&Symbol::from(*segment)),
        };
        Ok(state.schema.segment_entries().map(|(segment, _)| segment).filter(is_in).collect())
    }
}
