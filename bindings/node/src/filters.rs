//! Filters in their three spellings.

use crate::book::{Book, Home};
use crate::convert::{parse, refuse, text, tree};
use crate::errors::{diagnostics, refused};
use napi::bindgen_prelude::{ClassInstance, Either, Either3, JsValue, Unknown};
use napi::{Env, Result, ValueType};
use napi_derive::napi;
use std::rc::Rc;
use tagmata::{Access, FilterSource, JsonTree, JsonTreeBuilder, Limits, query_builder_fields};

/// A filter as JavaScript hands it over: its text, one that was checked, or an object.
pub(crate) type FilterArg<'env> = Either3<String, ClassInstance<'env, Filter>, Unknown<'env>>;

/// What takes a filter, in words.
const TAKES: &str = "text, an object or a checked filter";

/// A filter as it was given; which names it may use is up to the book that reads it.
#[derive(Clone)]
pub(crate) enum Written {
    Text(String),
    Tree(Rc<JsonTree>),
    Checked(Rc<Checked>),
}

/// A filter and the book whose ids it holds.
pub(crate) struct Checked {
    filter: tagmata::Filter,
    home: Home,
}

impl Written {
    pub(crate) fn of(name: &str, given: FilterArg<'_>, limits: &Limits) -> Result<Self> {
        Ok(match given {
            Either3::A(text) => Self::Text(text),
            Either3::B(filter) => Self::Checked(Rc::clone(&filter.checked)),
            Either3::C(object) if is_document(&object)? => {
                Self::Tree(Rc::new(tree(name, object, JsonTreeBuilder::new(limits))?))
            }
            Either3::C(other) => return refuse(name, TAKES, &other),
        })
    }

    /// The filter, as the book of `home` takes it. One of another book is read there anew.
    pub(crate) fn source(&self, home: &Home) -> Result<FilterSource> {
        match self {
            Self::Text(text) => Ok(FilterSource::from(text.as_str())),
            Self::Tree(tree) => Ok(FilterSource::from((**tree).clone())),
            Self::Checked(checked) if home.understands(&checked.home) => {
                Ok(FilterSource::from(&checked.filter))
            }
            Self::Checked(checked) => Ok(FilterSource::from(checked.filter.to_string())),
        }
    }
}

/// Whether a value may be a document of JSON.
pub(crate) fn is_document(value: &Unknown<'_>) -> Result<bool> {
    let is_list = value.is_array()? || value.is_typedarray()? || value.is_date()?;
    Ok(value.get_type()? == ValueType::Object && !is_list)
}

/// A filter that a book has checked: it means the same in each of its spellings.
#[napi]
pub struct Filter {
    pub(crate) checked: Rc<Checked>,
    json: String,
    tree: tagmata::Result<String>,
    fields: Vec<String>,
    lints: String,
}

#[napi]
impl Filter {
    fn new(filter: tagmata::Filter, home: &Home, source: Option<&str>) -> Result<Self> {
        let lints = diagnostics(filter.lints(), source).to_string();
        home.read(|book| {
            let schema = book.schema();
            let (json, tree) = (filter.to_json(schema), filter.to_query_builder(schema));
            let fields =
                filter.fields().into_iter().map(|field| schema.field_key(field).to_owned()).collect();
            let checked = Rc::new(Checked { filter, home: home.clone() });
            Ok(Self { checked, json, tree, fields, lints })
        })
    }

    /// Reads a filter that was stored as JSON, canonical or of a query builder.
    #[napi]
    pub fn from_json(
        #[napi(ts_arg_type = "Book")] book: Either<ClassInstance<'_, Book>, Unknown<'_>>,
        #[napi(ts_arg_type = "string")] json: Unknown<'_>,
    ) -> Result<Self> {
        let book = match book {
            Either::A(book) => book,
            Either::B(other) => return refuse("book", "a book", &other),
        };
        let json = text("json", json)?;
        let filter = book.read(|book| {
            let filter = tagmata::Filter::from_json(&json, book.schema())?;
            book.filter(filter)
        })?;
        Self::new(filter, &book.home, Some(&json))
    }

    /// The book of the filter for a call that comes by no batch, and the filter as that call takes it.
    pub(crate) fn outside_batch(&self) -> Result<(Home, FilterSource)> {
        let home = Home { access: Access::Direct, ..self.checked.home.clone() };
        let source = Written::Checked(Rc::clone(&self.checked)).source(&home)?;
        Ok((home, source))
    }

    /// The canonical text.
    #[napi(js_name = "toString")]
    pub fn text(&self) -> String {
        self.checked.filter.to_string()
    }

    /// The canonical JSON, to be stored.
    #[napi]
    pub fn to_json(&self) -> String {
        self.json.clone()
    }

    /// The canonical JSON as an object.
    #[napi(ts_return_type = "CanonicalFilter")]
    pub fn to_object<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        parse(env, &self.json)
    }

    /// The tree of a query builder (react-querybuilder).
    #[napi(ts_return_type = "QueryBuilderGroup")]
    pub fn to_query_builder<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        parse(env, self.tree.as_deref().map_err(|error| refused(error.clone()))?)
    }

    /// The keys of the fields that it reads.
    #[napi(getter)]
    pub fn fields(&self) -> Vec<String> {
        self.fields.clone()
    }

    /// Warnings: what may not say what its author thinks.
    #[napi(getter, ts_return_type = "Diagnostic[]")]
    pub fn lints<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        parse(env, &self.lints)
    }
}

#[napi]
impl Book {
    /// A filter as it was given.
    pub(crate) fn written(&self, name: &str, given: FilterArg<'_>) -> Result<Written> {
        match given {
            Either3::A(text) => Ok(Written::Text(text)),
            given => Written::of(name, given, &self.read(|book| Ok(book.schema().settings().limits))?),
        }
    }

    /// A filter as it was given, as the book takes it.
    pub(crate) fn filter_source(&self, name: &str, given: FilterArg<'_>) -> Result<FilterSource> {
        self.written(name, given)?.source(&self.home)
    }

    /// Reads a filter: from its text, from canonical JSON, or from the tree of a query builder.
    #[napi]
    pub fn filter(&self, #[napi(ts_arg_type = "FilterLike")] filter: FilterArg<'_>) -> Result<Filter> {
        let written = self.written("filter", filter)?;
        let source = written.source(&self.home)?;
        let filter = self.read(|book| book.filter(source))?;
        let text = match &written {
            Written::Text(text) => Some(text.as_str()),
            Written::Tree(_) | Written::Checked(_) => None,
        };
        Filter::new(filter, &self.home, text)
    }

    /// The fields as a query builder takes them (react-querybuilder): operators, editors and values included.
    #[napi(ts_return_type = "QueryBuilderField[]")]
    pub fn query_builder_fields<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        parse(env, &self.read(|book| Ok(query_builder_fields(book.schema())))?)
    }
}
