//! What the names of tags and segments in cells stand for.

use super::options::{ImportOptions, UnknownSegments};
use crate::change::{Fact, require_static};
use crate::csv::{CellValue, CsvRow, InvalidValues, Problem, sentence};
use crate::diagnostic::Code;
use crate::error::{Error, Result};
use crate::model::{Field, NewNames};
use crate::state::State;
use crate::table::Hasher;
use crate::value::{FieldId, SegmentId, Symbol, SymbolSet};
use std::collections::HashMap;
use std::sync::Arc;

/// The tags and segments that rows name. Each spelling is looked up once.
pub(super) struct Names<'s> {
    state: &'s State,
    unknown: UnknownSegments,
    /// Whether a name that cannot be one rejects its row.
    bad_names_reject: bool,
    tags: List<'s>,
    segments: List<'s>,
}

/// The names of one kind.
struct List<'s> {
    new: NewNames<'s>,
    spellings: HashMap<Box<str>, Named, Hasher>,
    /// The same by the address of a spelling, which rows share: most are found without being read. Each is held, so that no
    /// other one comes to its address.
    shared: HashMap<usize, (Arc<str>, Named), Hasher>,
    /// What the names of the row that was checked last come to, in their order.
    checked: Vec<Named>,
}

/// What a spelling comes to.
#[derive(Clone)]
enum Named {
    /// Something has this name.
    Known(Symbol),
    /// It is made when a row that has it is accepted.
    New,
    /// It cannot be given to contacts.
    Refused(Arc<Refusal>),
}

struct Refusal {
    code: Code,
    message: String,
    rejects: bool,
}

impl Named {
    fn refused(error: Error, rejects: bool) -> Self {
        let diagnostic = error.into_diagnostic();
        let (code, message) = (diagnostic.code(), sentence(&diagnostic));
        Self::Refused(Arc::new(Refusal { code, message, rejects }))
    }
}

/// What is wrong with the names of a row.
#[derive(Default)]
pub(super) struct NameProblems {
    /// What rejects the row.
    pub(super) refused: Vec<Problem>,
    /// Names without which the row is imported.
    pub(super) skipped: Vec<Problem>,
}

impl<'s> Names<'s> {
    pub(super) fn new(state: &'s State, options: &ImportOptions) -> Self {
        let list = |new| List {
            new,
            spellings: HashMap::default(),
            shared: HashMap::default(),
            checked: Vec::new(),
        };
        Self {
            state,
            unknown: options.unknown_segments,
            bad_names_reject: options.reading.invalid_values == InvalidValues::Reject,
            tags: list(state.schema.new_tags()),
            segments: list(state.schema.new_segments()),
        }
    }

    /// What is wrong with the names of a row. Nothing is made yet: the row may be rejected.
    pub(super) fn check(&mut self, row: &CsvRow) -> NameProblems {
        let mut problems = NameProblems::default();
        for field in [Field::TAGS, Field::SEGMENTS] {
            self.list(field).checked.clear();
            let Some(CellValue::Names(names)) = row.get(field) else { continue };
            for name in names.iter() {
                let named = self.named(field, name);
                if let Named::Refused(refusal) = &named {
                    let (code, message) = (refusal.code, refusal.message.clone());
                    let problem = row.problem_with(Some(field), code, message, Some(name));
                    let list = if refusal.rejects { &mut problems.refused } else { &mut problems.skipped };
                    list.push(problem);
                }
                self.list(field).checked.push(named);
            }
        }
        problems
    }

    /// The tags or segments of a cell of the row that was checked last and is accepted, which are made if they are new; empty
    /// where all were skipped.
    ///
    /// # Errors
    /// None: what cannot be made was found by [`check`](Self::check).
    pub(super) fn set(&mut self, field: FieldId, names: &[Arc<str>]) -> Result<SymbolSet> {
        let checked = std::mem::take(&mut self.list(field).checked);
        let mut symbols = Vec::with_capacity(names.len());
        for (name, named) in names.iter().zip(&checked) {
            match named {
                Named::Known(symbol) => symbols.push(*symbol),
                Named::New => symbols.push(self.make(field, name)?),
                Named::Refused(_) => {}
            }
        }
        // The room of the list is of use for the next row.
        self.list(field).checked = checked;
        Ok(symbols.into_iter().collect())
    }

    fn list(&mut self, field: FieldId) -> &mut List<'s> {
        if field == Field::TAGS { &mut self.tags } else { &mut self.segments }
    }

    fn named(&mut self, field: FieldId, name: &Arc<str>) -> Named {
        /// Spellings that are not shared would be held to no use.
        const MOST: usize = 1 << 14;
        if let Some((_, named)) = self.list(field).shared.get(&address(name)) {
            return named.clone();
        }
        let known = self.list(field).spellings.get(&**name).cloned();
        let named = known.unwrap_or_else(|| {
            let named = self.look_up(field, name);
            self.list(field).spellings.insert((&**name).into(), named.clone());
            named
        });
        // What is new is known soon.
        if !matches!(named, Named::New) && self.list(field).shared.len() < MOST {
            self.list(field).shared.insert(address(name), (Arc::clone(name), named.clone()));
        }
        named
    }

    fn look_up(&mut self, field: FieldId, name: &str) -> Named {
        if let Some(number) = self.list(field).new.find(name) {
            let is_static = match field {
                Field::SEGMENTS => require_static(self.state, SegmentId::new(number)),
                _ => Ok(()),
            };
            return match is_static {
                Ok(()) => Named::Known(Symbol::new(number)),
                Err(error) => Named::refused(error, false),
            };
        }
        if field == Field::SEGMENTS && self.unknown != UnknownSegments::Create {
            let rejects = self.unknown == UnknownSegments::Reject;
            return Named::refused(self.state.schema.unknown_segment(name), rejects);
        }
        match self.list(field).new.check(name) {
            Ok(()) => Named::New,
            Err(error) => Named::refused(error, self.bad_names_reject),
        }
    }

    fn make(&mut self, field: FieldId, name: &str) -> Result<Symbol> {
        let list = self.list(field);
        let symbol = Symbol::new(list.new.find_or_add(name)?);
        list.spellings.insert(name.into(), Named::Known(symbol));
        Ok(symbol)
    }

    /// The facts that make what is new.
    pub(super) fn into_facts(self) -> impl Iterator<Item = Fact> {
        let edits = self.tags.new.into_edits().into_iter().chain(self.segments.new.into_edits());
        edits.map(Fact::Schema)
    }
}

fn address(name: &Arc<str>) -> usize {
    Arc::as_ptr(name).addr()
}
