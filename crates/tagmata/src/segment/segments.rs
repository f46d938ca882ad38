//! All dynamic segments, and who is in them.

use super::definition::DynamicSegment;
use super::dependencies::Dependencies;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind, Result};
use crate::filter::{Filter, Matcher, Membership, StaticSegments};
use crate::model::{Contact, Schema, not_there};
use crate::text::quoted;
use crate::time::Timestamp;
use crate::value::{ContactId, SegmentId};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The dynamic segments of a book; a segment that is not here is static.
///
/// ```
/// use tagmata::{ContactId, Draft, DynamicSegment, Filter, Membership, Schema, Segments};
/// let mut schema = Schema::default();
/// let french = schema.define_segment("French")?;
/// let mut segments = Segments::default();
/// segments.define(french, DynamicSegment::new(Filter::parse("country = FR", &schema)?), &schema)?;
///
/// let zoe = Draft::new().set("country", "FR").read(ContactId::new(0), &schema)?;
/// let now = segments.at("2026-11-22T09:30:00Z".parse()?);
/// assert!(now.membership().contains(french, &zoe));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Segments {
    pub(super) dynamic: BTreeMap<SegmentId, Arc<DynamicSegment>>,
    pub(super) dependencies: Dependencies,
}

impl Segments {
    /// Makes a segment dynamic, or gives it another definition.
    ///
    /// ```
    /// use tagmata::{Code, DynamicSegment, Filter, Schema, Segments};
    /// let mut schema = Schema::default();
    /// let (north, south) = (schema.define_segment("Nord")?, schema.define_segment("Sud")?);
    /// let uses = |text: &str| Filter::parse(text, &schema).map(DynamicSegment::new);
    /// let mut segments = Segments::default();
    /// segments.define(north, uses("segments has Sud")?, &schema)?;
    /// let error = segments.define(south, uses("not segments has Nord")?, &schema).unwrap_err();
    /// assert_eq!(error.code(), Code::SegmentCycle);
    /// assert!(segments.get(south).is_none());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::SegmentCycle`] if it would use itself, [`Code::SegmentsTooDeep`] if it or a segment that uses it would
    /// stand on too long a chain of segments, [`Code::NotFound`] if the schema has no such segment. Nothing has changed then.
    pub fn define(&mut self, segment: SegmentId, definition: DynamicSegment, schema: &Schema) -> Result<()> {
        if !schema.has_segment(segment) {
            return Err(not_there());
        }
        self.check_definition(segment, schema.segment_name(segment), &definition, schema)?;
        self.set(segment, Some(Arc::new(definition)));
        Ok(())
    }

    /// Whether a segment, which may be new, can have a definition: without a circle or too long a chain.
    pub(crate) fn check_definition(
        &self,
        segment: SegmentId,
        name: &str,
        definition: &DynamicSegment,
        schema: &Schema,
    ) -> Result<()> {
        let uses: Vec<_> = definition.uses().segments.iter().copied().collect();
        let named = |id: SegmentId| quoted(if id == segment { name } else { schema.segment_name(id) });
        let circle = self.dependencies.circle(segment, &uses);
        if !circle.is_empty() {
            let path: Vec<_> = circle.iter().map(|id| named(*id)).collect();
            let message = format!("the segment {} would be made from itself", quoted(name));
            return Err(Error::conflict(
                Diagnostic::new(Code::SegmentCycle, message)
                    .help(format!("it goes in a circle: {}", path.join(" uses "))),
            ));
        }
        let depths = self.dependencies.depths_with(segment, &uses);
        let deepest = depths.iter().max_by_key(|(_, depth)| **depth);
        match deepest {
            Some((deepest, depth)) if *depth > schema.settings().limits.segments_in_a_row() => {
                Err(Error::conflict(too_deep(&format!("the segment {}", named(*deepest)), schema)))
            }
            _ => Ok(()),
        }
    }

    /// Gives a segment a definition that was checked, or makes it static.
    pub(crate) fn set(&mut self, segment: SegmentId, definition: Option<Arc<DynamicSegment>>) {
        match definition {
            Some(definition) => {
                self.dependencies.set(segment, definition.uses().segments.iter().copied().collect());
                self.dynamic.insert(segment, definition);
            }
            None => {
                self.dependencies.set(segment, Vec::new());
                self.dynamic.remove(&segment);
            }
        }
    }

    /// How many uses follow each other below a segment: more than below all that it uses.
    pub(crate) fn depth(&self, segment: SegmentId) -> usize {
        self.dependencies.depth_of(&[segment])
    }

    /// All dynamic segments.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (SegmentId, &Arc<DynamicSegment>)> {
        self.dynamic.iter().map(|(id, definition)| (*id, definition))
    }

    /// The definition of a dynamic segment, to be kept.
    pub(crate) fn shared(&self, segment: SegmentId) -> Option<Arc<DynamicSegment>> {
        self.dynamic.get(&segment).cloned()
    }

    /// Segments, and all that stand on them.
    pub(crate) fn users_of(&self, segments: impl IntoIterator<Item = SegmentId>) -> BTreeSet<SegmentId> {
        self.dependencies.users_of(segments)
    }

    /// Segments, and all that they stand on.
    pub(crate) fn used_by(&self, segments: impl IntoIterator<Item = SegmentId>) -> BTreeSet<SegmentId> {
        self.dependencies.used_by(segments)
    }

    /// Whether all segments that these stand on, and these themselves, can be evaluated.
    ///
    /// # Errors
    /// [`Code::BrokenSegment`] if one of them is broken.
    pub(crate) fn refuse_broken(
        &self,
        segments: impl IntoIterator<Item = SegmentId>,
        schema: &Schema,
    ) -> Result<()> {
        for id in self.dependencies.used_by(segments) {
            if let Some(error) = self.get(id).and_then(DynamicSegment::error) {
                let message = format!("the segment {} is broken", quoted(schema.segment_name(id)));
                let why = error.diagnostics().first().map_or("", Diagnostic::message);
                let help = format!("{why}; give it another filter, or delete it");
                return Err(Error::conflict(Diagnostic::new(Code::BrokenSegment, message).help(help)));
            }
        }
        Ok(())
    }

    /// Whether a filter stands on too long a chain of segments.
    ///
    /// ```
    /// use tagmata::{Code, DynamicSegment, Filter, Limits, Schema, Segments, Settings};
    /// let limits = Limits { segment_depth: 1, ..Limits::default() };
    /// let mut schema = Schema::new(Settings { limits, ..Settings::default() });
    /// schema.define_segment("Sud")?;
    /// let north = schema.define_segment("Nord")?;
    /// let mut segments = Segments::default();
    /// segments.define(north, DynamicSegment::new(Filter::parse("segments has Sud", &schema)?), &schema)?;
    /// assert!(segments.check(&Filter::parse("segments has Sud", &schema)?, &schema).is_ok());
    /// let error = segments.check(&Filter::parse("segments has Nord", &schema)?, &schema).unwrap_err();
    /// assert_eq!(error.code(), Code::SegmentsTooDeep);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::SegmentsTooDeep`] if it does.
    pub fn check(&self, filter: &Filter, schema: &Schema) -> Result<()> {
        match self.dependencies.depth_of(&filter.segments()) > schema.settings().limits.segments_in_a_row() {
            true => Err(Error::new(ErrorKind::Filter, too_deep("the filter", schema))),
            false => Ok(()),
        }
    }

    /// The definition of a dynamic segment.
    ///
    /// ```
    /// use tagmata::{DynamicSegment, Filter, Schema, Segments};
    /// let mut schema = Schema::default();
    /// let (french, manual) = (schema.define_segment("French")?, schema.define_segment("By hand")?);
    /// let mut segments = Segments::default();
    /// segments.define(french, DynamicSegment::new(Filter::parse("country = FR", &schema)?), &schema)?;
    /// let filter = segments.get(french).map(|segment| segment.filter_text());
    /// assert_eq!(filter.as_deref(), Some("country = \"FR\""));
    /// assert!(segments.get(manual).is_none());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn get(&self, segment: SegmentId) -> Option<&DynamicSegment> {
        self.dynamic.get(&segment).map(|definition| &**definition)
    }

    /// The segments as of an instant.
    ///
    /// ```
    /// use tagmata::{ContactId, Draft, DynamicSegment, Filter, Membership, Schema, Segments};
    /// let mut schema = Schema::default();
    /// let recent = schema.define_segment("Recent")?;
    /// let mut segments = Segments::default();
    /// let filter = Filter::parse("created_at in last 30 days", &schema)?;
    /// segments.define(recent, DynamicSegment::new(filter), &schema)?;
    /// let zoe = Draft::new().set("created_at", "2026-11-01T10:00:00Z").read(ContactId::new(0), &schema)?;
    /// assert!(segments.at("2026-11-22T09:30:00Z".parse()?).membership().contains(recent, &zoe));
    /// assert!(!segments.at("2026-12-22T09:30:00Z".parse()?).membership().contains(recent, &zoe));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn at(&self, now: Timestamp) -> SegmentsAt<'_> {
        self.bound(self.dynamic.keys().copied(), now)
    }

    /// Some segments as of an instant, with those that they use.
    pub(crate) fn bound(
        &self,
        segments: impl IntoIterator<Item = SegmentId>,
        now: Timestamp,
    ) -> SegmentsAt<'_> {
        let wanted = self.dependencies.used_by(segments);
        let bound = wanted.into_iter().filter_map(|id| {
            let definition = self.get(id)?;
            Some((id, (definition, definition.filter().map(|filter| filter.plan().at(now)))))
        });
        SegmentsAt { now, dynamic: bound.collect() }
    }
}

fn too_deep(what: &str, schema: &Schema) -> Diagnostic {
    let most = schema.settings().limits.segments_in_a_row();
    Diagnostic::new(Code::SegmentsTooDeep, format!("{what} refers to segments more than {most} deep"))
        .help("write out the filter of one of the segments, or make one of them static")
}

/// [`Segments`] as of one instant.
///
/// ```
/// use tagmata::{Contact, ContactId, DynamicSegment, Filter, Membership, Schema, Segments};
/// let mut schema = Schema::default();
/// let nameless = schema.define_segment("Nameless")?;
/// let mut segments = Segments::default();
/// segments.define(nameless, DynamicSegment::new(Filter::parse("name is empty", &schema)?), &schema)?;
/// let now = segments.at("2026-11-22T09:30:00Z".parse()?);
/// let contacts = [0, 1].map(|id| Contact::new(ContactId::new(id)));
/// assert!(contacts.iter().all(|contact| now.membership().contains(nameless, contact)));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug)]
pub struct SegmentsAt<'a> {
    now: Timestamp,
    /// A broken segment has no matcher.
    dynamic: BTreeMap<SegmentId, (&'a DynamicSegment, Option<Matcher<'a>>)>,
}

impl SegmentsAt<'_> {
    /// The membership of contacts. Each segment is evaluated at most once for a contact, however often it is used.
    #[must_use]
    pub fn membership(&self) -> SegmentMembership<'_> {
        SegmentMembership { at: self, contains: RefCell::default(), valid_until: RefCell::default() }
    }
}

/// Which segments a contact is in. It remembers what it found: make a new one when a contact has changed.
///
/// ```
/// use tagmata::{ContactId, Draft, DynamicSegment, Filter, Membership, Schema, Segments};
/// let mut schema = Schema::default();
/// let recent = schema.define_segment("Recent")?;
/// let mut segments = Segments::default();
/// let filter = Filter::parse("created_at in last 30 days", &schema)?;
/// segments.define(recent, DynamicSegment::new(filter), &schema)?;
/// let zoe = Draft::new().set("created_at", "2026-11-01T10:00:00Z").read(ContactId::new(0), &schema)?;
/// let now = segments.at("2026-11-22T09:30:00Z".parse()?);
/// assert_eq!(now.membership().valid_until(recent, &zoe), Some("2026-12-01T10:00:00Z".parse()?));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug)]
pub struct SegmentMembership<'a> {
    at: &'a SegmentsAt<'a>,
    contains: Known<bool>,
    valid_until: Known<Option<Timestamp>>,
}

/// Answers that were found already.
type Known<T> = RefCell<BTreeMap<(SegmentId, ContactId), T>>;

fn once<T: Copy>(known: &Known<T>, key: (SegmentId, ContactId), find: impl FnOnce() -> T) -> T {
    if let Some(found) = known.borrow().get(&key) {
        return *found;
    }
    let found = find();
    known.borrow_mut().insert(key, found);
    found
}

impl Membership for SegmentMembership<'_> {
    fn contains(&self, segment: SegmentId, contact: &Contact) -> bool {
        let Some((definition, matcher)) = self.at.dynamic.get(&segment) else {
            return StaticSegments.contains(segment, contact);
        };
        once(&self.contains, (segment, contact.id()), || {
            let matches = || matcher.as_ref().is_some_and(|matcher| matcher.matches(contact, self));
            definition.pin(contact.id()).unwrap_or_else(matches)
        })
    }

    fn valid_until(&self, segment: SegmentId, contact: &Contact) -> Option<Timestamp> {
        let (definition, _) = self.at.dynamic.get(&segment)?;
        once(&self.valid_until, (segment, contact.id()), || match definition.pin(contact.id()) {
            Some(_) => None,
            None => definition.filter()?.plan().valid_until(contact, self.at.now, self),
        })
    }
}
