//! Lists: pages, presets, and contacts in batches.

use crate::book::Book;
use crate::contact::{Contact, record};
use crate::convert::{IdsArg, Options, contact_id, contact_ids, ids, whole};
use crate::filters::FilterArg;
use crate::selection::SelectionArg;
use napi::bindgen_prelude::{Object, Uint32ArraySlice, Unknown};
use napi::{Env, Result};
use napi_derive::napi;
use tagmata::PageQuery;

/// A page of a list.
#[napi(object, object_from_js = false)]
pub struct Page {
    /// How many contacts the whole list has.
    pub total: f64,
    /// The contacts of the page, in the order of the list.
    #[napi(ts_type = "Contact[]")]
    pub contacts: Vec<Contact>,
}

/// A filter that every book has, to start a list with.
#[napi(object)]
pub struct Preset {
    /// What it is called in `page`; never changes. That of a status is `status:` and its key.
    pub key: String,
    /// What people see.
    pub label: String,
    /// The text of its filter.
    pub filter: String,
}

#[napi]
impl Book {
    /// A page of a list: a preset, a filter and a search, which all have to match; by last name if nothing else is said.
    #[napi]
    pub fn page(&self, #[napi(ts_arg_type = "PageOptions")] options: Option<Unknown<'_>>) -> Result<Page> {
        let allowed = ["filter", "preset", "search", "sort", "offset", "limit", "after"];
        let given = Options::of("page", options, &allowed)?;
        let mut query = PageQuery::new();
        if let Some(filter) = given.get_as::<FilterArg<'_>>("filter")? {
            query = query.filter(self.filter_source("filter", filter)?);
        }
        if let Some(preset) = given.text("preset")? {
            query = query.preset(preset);
        }
        if let Some(search) = given.text("search")? {
            query = query.search(search);
        }
        if let Some(sort) = given.text("sort")? {
            query = query.sort(sort);
        }
        if let Some(offset) = given.get("offset")? {
            query = query.offset(whole("offset", "a number of contacts", offset)?);
        }
        if let Some(limit) = given.get("limit")? {
            query = query.limit(whole("limit", "a number of contacts", limit)?);
        }
        if let Some(contact) = given.get("after")? {
            query = query.after(contact_id("after", contact)?);
        }
        self.read(|book| {
            let page = book.page(&query)?;
            let contacts = Contact::all(book, &page.contacts, &self.home)?;
            Ok(Page { total: page.total as f64, contacts })
        })
    }

    /// The filters that every book has, in the order in which they are offered; one for each status among them.
    #[napi]
    pub fn presets(&self) -> Result<Vec<Preset>> {
        let presets = self.read(|book| Ok(book.presets()))?;
        let preset =
            |tagmata::Preset { key, label, filter, .. }: tagmata::Preset| Preset { key, label, filter };
        Ok(presets.into_iter().map(preset).collect())
    }

    /// The contacts of a selection, for `forEach`, once it is known that they may come in batches of that size.
    #[napi(skip_typescript)]
    pub fn selected<'env>(
        &self,
        env: &'env Env,
        selection: SelectionArg<'_>,
        options: Option<Unknown<'_>>,
    ) -> Result<Uint32ArraySlice<'env>> {
        const SIZE: &str = "batch";
        let selection = self.selection("selection", selection)?;
        let given = Options::of("forEach", options, &[SIZE])?.get(SIZE)?;
        let size = given.map(|size| whole(SIZE, "a number of contacts", size)).transpose()?;
        let selected = self.read(|book| {
            if let Some(size) = size {
                book.batches(tagmata::Selection::contacts([]), size)?;
            }
            book.selected(selection)
        })?;
        ids(env, &selected)
    }

    /// Contacts as plain objects, for `forEach`; without those that have been deleted since.
    #[napi(skip_typescript)]
    pub fn records<'env>(&self, env: &'env Env, contacts: IdsArg<'_>) -> Result<Vec<Object<'env>>> {
        let contacts = contact_ids("contacts", contacts)?;
        let records = self.read(|book| {
            let there: Vec<_> =
                contacts.into_iter().filter_map(|contact| book.contact(contact).ok()).collect();
            let plain = |record: tagmata::Record<'_>| {
                let values = record.values.into_iter().map(|(key, value)| (key.to_owned(), value));
                (record.id, values.collect::<Vec<_>>())
            };
            Ok(book.records(&there).into_iter().map(plain).collect::<Vec<_>>())
        })?;
        records.iter().map(|(id, values)| record(env, *id, values)).collect()
    }
}
