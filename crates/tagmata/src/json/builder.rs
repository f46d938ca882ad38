//! Trees are built value by value, within bounds.

use super::bounds::Bounds;
use super::tree::{Entry, JsonTree, KEY, Step, TreeId, TreeValue, place};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::model::Limits;

/// Builds a [`JsonTree`] from values that arrive in document order: from text, or from the objects of a host language.
///
/// ```
/// use tagmata::{Filter, JsonTreeBuilder, Limits, Schema};
/// let mut tree = JsonTreeBuilder::new(&Limits::default());
/// tree.begin_object()?;
/// tree.key("v");
/// tree.number("1")?;
/// tree.key("filter");
/// tree.begin_object()?;
/// tree.key("op");
/// tree.text("everyone")?;
/// tree.end();
/// tree.end();
/// let filter = Filter::from_tree(&tree.finish(), &Schema::default())?;
/// assert_eq!(filter.to_string(), "everyone");
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug)]
pub struct JsonTreeBuilder {
    bounds: Bounds,
    values: Vec<Entry>,
    /// The arrays and objects that are open, with the number of their values so far.
    open: Vec<(TreeId, u32)>,
    key: Option<Box<str>>,
    /// How long the document is so far as JSON without spaces and escapes.
    bytes: usize,
}

impl JsonTreeBuilder {
    /// A builder for one filter.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self::within(Bounds::Filter(*limits))
    }

    /// A builder for a document of definitions, as `Book::apply_definitions` takes it.
    ///
    /// ```
    /// use tagmata::{Book, JsonTreeBuilder, Limits, Prune, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut tree = JsonTreeBuilder::for_definitions(&Limits::default());
    /// tree.begin_object()?;
    /// tree.key("v");
    /// tree.number("1")?;
    /// tree.key("tags");
    /// tree.begin_array()?;
    /// tree.text("vip")?;
    /// let mut book = Book::builder().build(now);
    /// book.apply_definitions(&tree.finish(), Prune::Keep, now)?;
    /// assert!(book.schema().tag("VIP").is_some());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn for_definitions(limits: &Limits) -> Self {
        Self::within(Bounds::Definitions(*limits))
    }

    pub(super) fn within(bounds: Bounds) -> Self {
        Self { bounds, values: Vec::new(), open: Vec::new(), key: None, bytes: 0 }
    }

    /// Adds `null`.
    ///
    /// # Errors
    /// [`Code::SourceTooLong`](crate::Code::SourceTooLong) if the document is larger than it may be.
    pub fn null(&mut self) -> Result<()> {
        self.add(TreeValue::Null).map(|_| ())
    }

    /// Adds `true` or `false`.
    ///
    /// # Errors
    /// As [`null`](Self::null).
    pub fn bool(&mut self, value: bool) -> Result<()> {
        self.add(TreeValue::Bool(value)).map(|_| ())
    }

    /// Adds a number by its numeral, such as `12.50`.
    ///
    /// # Errors
    /// As [`null`](Self::null).
    pub fn number(&mut self, numeral: &str) -> Result<()> {
        self.add(TreeValue::Number(numeral.into())).map(|_| ())
    }

    /// Adds a string.
    ///
    /// # Errors
    /// As [`null`](Self::null); [`Code::StringTooLong`](crate::Code::StringTooLong) for a string in a filter that is over the limit.
    pub fn text(&mut self, text: &str) -> Result<()> {
        let id = self.add(TreeValue::Text(text.into()))?;
        match self.bounds.string_too_long(text.len()) {
            Some(diagnostic) => Err(self.refused(diagnostic, id)),
            None => Ok(()),
        }
    }

    /// Names the value that comes next, inside an object.
    pub fn key(&mut self, key: &str) {
        self.bytes += key.len() + KEY;
        self.key = Some(key.into());
    }

    /// Begins an array; its items follow, then [`end`](Self::end).
    ///
    /// # Errors
    /// As [`null`](Self::null); [`Code::NestingTooDeep`](crate::Code::NestingTooDeep) if too many arrays and objects are open.
    pub fn begin_array(&mut self) -> Result<()> {
        self.begin(TreeValue::Array)
    }

    /// Begins an object; its keys and values follow, then [`end`](Self::end).
    ///
    /// # Errors
    /// As [`begin_array`](Self::begin_array).
    pub fn begin_object(&mut self) -> Result<()> {
        self.begin(TreeValue::Object)
    }

    /// Ends the array or object that was begun last.
    pub fn end(&mut self) {
        if let Some((id, _)) = self.open.pop() {
            let end = self.next();
            if let Some(entry) = self.values.get_mut(id.0 as usize) {
                entry.end = end;
            }
        }
    }

    /// The document.
    #[must_use]
    pub fn finish(mut self) -> JsonTree {
        while !self.open.is_empty() {
            self.end();
        }
        JsonTree { values: self.values }
    }

    fn next(&self) -> u32 {
        // Bounded by the limit on bytes, of which every value has at least one.
        u32::try_from(self.values.len()).unwrap_or(u32::MAX)
    }

    fn begin(&mut self, value: TreeValue) -> Result<()> {
        let id = self.add(value)?;
        if self.open.len() > self.bounds.open() {
            return Err(self.refused(self.bounds.too_deep(), id));
        }
        self.open.push((id, 0));
        Ok(())
    }

    fn add(&mut self, value: TreeValue) -> Result<TreeId> {
        if self.values.len() >= self.bounds.values() {
            return Err(self.bounds.too_many());
        }
        let id = TreeId(self.next());
        let (parent, step) = match self.open.last_mut() {
            None => (None, Step::Root),
            Some((parent, count)) => {
                self.bytes += usize::from(*count > 0); // a comma
                *count += 1;
                let index = *count - 1;
                (Some(*parent), self.key.take().map_or(Step::Index(index), Step::Key))
            }
        };
        self.bytes += value.bytes();
        self.values.push(Entry { value, parent, step, end: id.0 + 1 });
        match self.bytes > self.bounds.bytes() {
            true => Err(self.bounds.too_long(None)),
            false => Ok(id),
        }
    }

    fn refused(&self, diagnostic: Diagnostic, id: TreeId) -> Error {
        self.bounds.refused(diagnostic.at(&place(&self.values, id)))
    }
}
