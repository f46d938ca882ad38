//! Effects by the names of segments.

use super::effects::Effects;
use crate::value::{MemberSet, SegmentId};
use std::collections::{BTreeMap, HashMap};

/// Who entered and who left which segments, by their names, each of which is there once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NamedEffects {
    /// Who is in a segment now and was not before.
    pub entered: Vec<(String, MemberSet)>,
    /// Who was in a segment before and is not now.
    pub left: Vec<(String, MemberSet)>,
}

impl Effects {
    /// The same by the names of segments, as an outcome or a schema has them. In a batch a segment may take the name of one that the batch
    /// deleted: what is told of a name is about both.
    ///
    /// ```
    /// use tagmata::{Book, Draft, NewSegment, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_segment(NewSegment::dynamic("Leads", "status = lead"), now)?;
    /// let outcome = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.outcome;
    /// let named = outcome.effects.by_name(|segment| outcome.segment_name(segment, book.schema()));
    /// assert_eq!(named.entered[0].0, "Leads");
    /// assert!(named.left.is_empty());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn by_name<'a>(&self, name: impl Fn(SegmentId) -> &'a str) -> NamedEffects {
        let named = |all: &BTreeMap<SegmentId, MemberSet>| {
            let (mut named, mut places) = (Vec::<(String, MemberSet)>::new(), HashMap::new());
            for (segment, members) in all {
                let name = name(*segment);
                match places.get(name).and_then(|place: &usize| named.get_mut(*place)) {
                    Some((_, others)) => others.add_all(members),
                    None => {
                        places.insert(name, named.len());
                        named.push((name.to_owned(), members.clone()));
                    }
                }
            }
            named
        };
        NamedEffects { entered: named(&self.entered), left: named(&self.left) }
    }
}
