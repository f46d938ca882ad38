//! Whom a change is about.

use crate::book::Book;
use crate::convert::{IdsArg, Options, contact_id, contact_ids, refuse, whole};
use crate::filters::{Filter, Written, is_document};
use crate::segment::Segment;
use napi::bindgen_prelude::{ClassInstance, Either, Either3, Either6, JsValue, Uint32ArraySlice, Unknown};
use napi::{Result, ValueType};
use napi_derive::napi;
use tagmata::{ContactId, Limits, MemberSet};

/// Contacts as JavaScript names them.
pub(crate) type SelectionArg<'env> = Either6<
    String,
    Uint32ArraySlice<'env>,
    ClassInstance<'env, Filter>,
    ClassInstance<'env, Segment>,
    ClassInstance<'env, Selection>,
    Unknown<'env>,
>;

/// Contacts by a filter, a segment or their ids; without some of them, and with the number that there must be.
#[derive(Clone)]
#[napi]
pub struct Selection {
    who: Who,
    except: Vec<ContactId>,
    expected: Option<u64>,
}

#[derive(Clone)]
enum Who {
    Contacts(MemberSet),
    Filter(Written),
    Segment(Segment),
}

#[napi]
impl Selection {
    /// Selects contacts. Where there are more or fewer of them than expected, nothing is changed.
    #[napi(constructor)]
    pub fn new(
        #[napi(ts_arg_type = "SelectionLike")] of: SelectionArg<'_>,
        #[napi(ts_arg_type = "SelectionOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Self> {
        let options = Options::of("Selection", options, &["exclude", "expect"])?;
        let mut selection = Self::of("of", of, &Limits::default())?;
        if let Some(ids) = options.get_as::<IdsArg<'_>>("exclude")? {
            selection.except.extend(contact_ids("exclude", ids)?);
        }
        if let Some(count) = options.get("expect")? {
            selection.expected = Some(whole("expect", "a number of contacts", count)?);
        }
        Ok(selection)
    }

    fn of(name: &str, given: SelectionArg<'_>, limits: &Limits) -> Result<Self> {
        let filter = |given| Written::of(name, given, limits).map(Who::Filter);
        let contacts = |ids: Vec<ContactId>| Who::Contacts(ids.into_iter().collect());
        let who = match given {
            Either6::A(text) => filter(Either3::A(text))?,
            Either6::B(ids) => contacts(contact_ids(name, Either::A(ids))?),
            Either6::C(checked) => filter(Either3::B(checked))?,
            Either6::D(segment) => Who::Segment(segment.as_ref().clone()),
            Either6::E(selection) => return Ok(selection.as_ref().clone()),
            Either6::F(other) if other.is_array()? => contacts(contact_ids(name, Either::B(other))?),
            Either6::F(other) if other.get_type()? == ValueType::Number => {
                contacts(vec![contact_id(name, other)?])
            }
            Either6::F(other) if is_document(&other)? => filter(Either3::C(other))?,
            Either6::F(other) => return refuse(name, "a filter, a segment, ids or a selection", &other),
        };
        Ok(Self { who, except: Vec::new(), expected: None })
    }
}

impl Book {
    /// The contacts that are meant, as the book takes them.
    pub(crate) fn selection(&self, name: &str, given: SelectionArg<'_>) -> Result<tagmata::Selection> {
        let limits = self.read(|book| Ok(book.schema().settings().limits))?;
        let Selection { who, except, expected } = Selection::of(name, given, &limits)?;
        let selection = match who {
            Who::Contacts(contacts) => tagmata::Selection::from(contacts),
            Who::Filter(written) => tagmata::Selection::filter(written.source(&self.home)?),
            Who::Segment(segment) => tagmata::Selection::segment(segment.reference(&self.home)),
        };
        let selection = selection.except(except);
        Ok(match expected {
            Some(count) => selection.expect(count),
            None => selection,
        })
    }
}
