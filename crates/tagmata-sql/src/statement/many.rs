//! The members of many segments, in one pass over the contacts.

use super::compiler::{Compiler, ended};
use super::sql::Sql;
use crate::error::Result;
use crate::fragment::Fragment;
use crate::translate::Translator;
use std::collections::BTreeSet;
use tagmata::{Code, Diagnostic, Error, Ref, SegmentId};

/// Statements that bring a table of members up to date for some segments.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The segments that the statements are about.
    pub segments: Vec<SegmentId>,
    /// Finds who is to be added: the columns `segment_id` and `contact_id`, so that `INSERT INTO members (segment_id, contact_id) …` takes it.
    pub entered: Sql,
    /// Finds who is to be removed, in the same columns.
    pub left: Sql,
}

impl Compiler<'_> {
    /// The segments that are named, or all of them, in the order in which they were made.
    ///
    /// ```
    /// use tagmata::{Book, NewSegment, Ref, Timestamp};
    /// use tagmata_sql::{Compiler, Dialect, Mapping};
    /// let now: Timestamp = "2026-11-22T09:30:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let french = book.create_segment(NewSegment::dynamic("French", "country = FR"), now)?.id;
    /// let swiss = book.create_segment(NewSegment::dynamic("Swiss", "country = CH"), now)?.id;
    /// let mapping = Mapping::new("contacts", "id");
    /// let compiler = Compiler::new(Dialect::Spark, &mapping, &book);
    /// assert_eq!(compiler.segments(None)?, [french, swiss]);
    /// assert_eq!(compiler.segments(Some(&[Ref::from("swiss")]))?, [swiss]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::UnknownSegment`] for a name that is none, [`Code::NotFound`] for an id that is no segment's.
    pub fn segments(&self, named: Option<&[Ref<SegmentId>]>) -> Result<Vec<SegmentId>, Error> {
        match named {
            Some(named) => named.iter().map(|segment| segment.resolve(self.schema)).collect(),
            None => Ok(self.schema.segment_entries().map(|(id, _)| id).collect()),
        }
    }

    /// Statements that find the members of segments: rows of the columns `segment_id`, the number of the segment, and `contact_id`.
    ///
    /// Each statement passes over the contacts once, and over each other table once, however many segments it is about. There is one,
    /// or a few where there are more segments than a statement takes. A segment that is named twice is asked for once.
    ///
    /// ```
    /// use tagmata::{Book, NewSegment, Timestamp};
    /// use tagmata_sql::{Compiler, Dialect, FieldMapping, Mapping};
    /// let now: Timestamp = "2026-11-22T09:30:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let french = book.create_segment(NewSegment::dynamic("French", "country = FR"), now)?.id;
    /// let swiss = book.create_segment(NewSegment::dynamic("Swiss", "country = CH"), now)?.id;
    /// let mapping = Mapping::new("contacts", "id").field("country", FieldMapping::column("country").not_null());
    /// let statements = Compiler::new(Dialect::Duckdb, &mapping, &book).members(&[french, swiss])?;
    /// assert_eq!(statements.len(), 1);
    /// assert_eq!(statements[0].params.len(), 2);
    /// assert_eq!(Compiler::new(Dialect::Duckdb, &mapping, &book).members(&[french, swiss, french])?, statements);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`condition`](Self::condition); [`Code::UnknownSegment`] if a segment is not there.
    pub fn members(&self, segments: &[SegmentId]) -> Result<Vec<Sql>, Error> {
        self.in_parts(segments, |part| {
            self.write(true, |translator| {
                let rows = self.members_of(translator, part)?;
                Ok(Fragment::fill(&ended("{0}", self.dialect), &[&rows]))
            })
        })
    }

    /// Statements that find how the table of members of the mapping differs from the members of segments.
    ///
    /// ```
    /// use tagmata::{Book, NewSegment, Timestamp};
    /// use tagmata_sql::{Compiler, Dialect, Mapping};
    /// let now: Timestamp = "2026-11-22T09:30:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let french = book.create_segment(NewSegment::dynamic("French", "country = FR"), now)?.id;
    /// let mapping = Mapping::from_json(r#"{
    ///     "contacts": {"table": "people", "id": "id"},
    ///     "fields": {"country": {"column": "country"}},
    ///     "members": {"table": "segment_members", "segment": "segment_id", "contact": "contact_id"}
    /// }"#)?;
    /// let [difference] = &Compiler::new(Dialect::Postgres, &mapping, &book).differences(&[french])?[..] else { panic!() };
    /// // INSERT INTO segment_members (segment_id, contact_id) takes what the first finds; what the second finds is deleted.
    /// assert_eq!(difference.segments, [french]);
    /// assert!(difference.entered.text.contains("people") && difference.left.text.contains("segment_members"));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`members`](Self::members); [`Code::Unmapped`] if the mapping has no such table.
    pub fn differences(&self, segments: &[SegmentId]) -> Result<Vec<Difference>, Error> {
        self.in_parts(segments, |part| {
            Ok(Difference {
                segments: part.to_vec(),
                entered: self.write(true, |translator| self.entered(translator, part))?,
                left: self.write(true, |translator| self.left(translator, part))?,
            })
        })
    }

    /// Does something for all segments, or for as many at once as a statement takes.
    fn in_parts<T>(
        &self,
        segments: &[SegmentId],
        write: impl Fn(&[SegmentId]) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut seen = BTreeSet::new();
        let segments: Vec<SegmentId> =
            segments.iter().copied().filter(|segment| seen.insert(*segment)).collect();
        let mut written = Vec::new();
        let mut parts: Vec<&[SegmentId]> =
            segments.chunks(self.dialect.grammar().spread.most).rev().collect();
        while let Some(part) = parts.pop() {
            match write(part) {
                Ok(statement) => written.push(statement),
                Err(error) if error.code() == Code::StatementTooLarge && part.len() > 1 => {
                    let (first, second) = part.split_at(part.len() / 2);
                    parts.extend([second, first]);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(written)
    }

    /// A row for each segment and each of its members.
    fn members_of(&self, translator: &mut Translator<'_>, segments: &[SegmentId]) -> Result<Fragment> {
        let spread = self.dialect.grammar().spread;
        let mut answers = Vec::with_capacity(segments.len());
        for segment in segments {
            let condition = self.is_in(translator, *segment)?;
            let number = segment.get();
            answers.push(Fragment::fill(
                &format!("CASE WHEN {{0}} THEN {number}{} END", spread.otherwise),
                &[&condition],
            ));
        }
        let list = Fragment::fill(spread.list, &[&Fragment::join(&answers, ", ")]);
        let segment = Fragment::fill(spread.segment, &[&list]);
        let from = Fragment::fill(spread.from, &[&list]);
        let own = translator.is_own()?;
        let is_one = (!spread.is_one.is_empty()).then(|| Fragment::raw(spread.is_one));
        let conditions: Vec<Fragment> = own.into_iter().chain(is_one).collect();
        let filtered = match conditions.is_empty() {
            true => Fragment::default(),
            false => Fragment::fill(" WHERE {0}", &[&Fragment::combined(conditions, "AND")]),
        };
        let parts =
            [&segment, &translator.id()?, &translator.contacts()?, &translator.joined()?, &from, &filtered];
        Ok(Fragment::fill("SELECT {0} AS segment_id, {1} AS contact_id FROM {2}{3}{4}{5}", &parts))
    }

    /// Whether a contact is in a segment, by its filter or by where static ones are kept.
    fn is_in(&self, translator: &mut Translator<'_>, segment: SegmentId) -> Result<Fragment> {
        if self.schema.segment_name(segment).is_empty() {
            let message = format!("there is no segment with the number {}", segment.get());
            return Err(Error::sql(Diagnostic::new(Code::UnknownSegment, message), []));
        }
        match self.segments.get(segment) {
            Some(definition) => translator.inlined(segment, definition),
            None => translator.is_static_member(segment),
        }
    }

    fn entered(&self, translator: &mut Translator<'_>, segments: &[SegmentId]) -> Result<Fragment> {
        let rows = self.members_of(translator, segments)?;
        let known = translator.known_members(segments)?;
        let is_known = Fragment::fill(
            "EXISTS (SELECT 1 FROM ({0}) AS k WHERE k.segment_id = n.segment_id AND k.contact_id = n.contact_id)",
            &[&known],
        );
        let parts = [&rows, &is_known.negated()];
        Ok(Fragment::fill(
            &ended("SELECT n.segment_id, n.contact_id FROM ({0}) AS n WHERE {1}", self.dialect),
            &parts,
        ))
    }

    fn left(&self, translator: &mut Translator<'_>, segments: &[SegmentId]) -> Result<Fragment> {
        let rows = self.members_of(translator, segments)?;
        let known = translator.known_members(segments)?;
        let is_member = Fragment::fill(
            "EXISTS (SELECT 1 FROM ({0}) AS n WHERE n.segment_id = k.segment_id AND n.contact_id = k.contact_id)",
            &[&rows],
        );
        let parts = [&known, &is_member.negated()];
        Ok(Fragment::fill(
            &ended("SELECT k.segment_id, k.contact_id FROM ({0}) AS k WHERE {1}", self.dialect),
            &parts,
        ))
    }
}
