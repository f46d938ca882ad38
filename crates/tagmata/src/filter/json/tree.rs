//! A JSON document as a flat list of values.

use crate::diagnostic::{Diagnostic, Place};
use crate::error::{Error, ErrorKind, Result};
use crate::filter::build::{too_deep, too_long};
use crate::filter::lexer::string_too_long;
use crate::model::Limits;

/// A JSON document: values in document order, each with the position behind its last descendant.
///
/// Duplicate keys are kept, so that they can be reported.
///
/// ```
/// use tagmata::{Filter, JsonTree, Limits, Schema};
/// let tree = JsonTree::parse(r#"{"v": 1, "filter": {"op": "everyone"}}"#, &Limits::default())?;
/// assert_eq!(Filter::from_tree(&tree, &Schema::default())?.to_string(), "everyone");
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct JsonTree {
    values: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    value: TreeValue,
    parent: Option<TreeId>,
    step: Step,
    /// The position behind the last descendant.
    end: u32,
}

/// How a value is reached from its parent.
#[derive(Debug, Clone)]
enum Step {
    Root,
    Key(Box<str>),
    Index(u32),
}

/// The position of a value in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::filter) struct TreeId(u32);

impl TreeId {
    pub(in crate::filter) const ROOT: Self = Self(0);

    /// The position in the order of the document.
    pub(in crate::filter) fn order(self) -> u32 {
        self.0
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(in crate::filter) enum TreeValue {
    Null,
    Bool(bool),
    /// The numeral as it was written.
    Number(Box<str>),
    Text(Box<str>),
    Array,
    Object,
}

impl JsonTree {
    pub(in crate::filter) fn value(&self, id: TreeId) -> &TreeValue {
        self.values.get(id.0 as usize).map_or(&TreeValue::Null, |entry| &entry.value)
    }

    /// The items of an array, or the values of an object's members, in order.
    pub(in crate::filter) fn children(&self, id: TreeId) -> impl Iterator<Item = TreeId> {
        let end = self.values.get(id.0 as usize).map_or(0, |entry| entry.end);
        let first = id.0 + 1;
        std::iter::successors((first < end).then_some(TreeId(first)), move |child| {
            let next = self.values.get(child.0 as usize)?.end;
            (next < end).then_some(TreeId(next))
        })
    }

    /// The key of a member of an object; empty for other values.
    pub(in crate::filter) fn key(&self, id: TreeId) -> &str {
        match self.values.get(id.0 as usize).map(|entry| &entry.step) {
            Some(Step::Key(key)) => key,
            _ => "",
        }
    }

    /// The first member of an object with a key.
    pub(in crate::filter) fn member(&self, id: TreeId, key: &str) -> Option<TreeId> {
        self.children(id).find(|child| self.key(*child) == key)
    }

    pub(in crate::filter) fn place(&self, id: TreeId) -> Place {
        place(&self.values, id)
    }
}

/// The JSON Pointer of a value among all values of its document.
fn place(values: &[Entry], id: TreeId) -> Place {
    let mut steps = Vec::new();
    let mut at = Some(id);
    while let Some(entry) = at.and_then(|id| values.get(id.0 as usize)) {
        match &entry.step {
            Step::Root => {}
            Step::Key(key) => steps.push(key.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => steps.push(index.to_string()),
        }
        at = entry.parent;
    }
    let pointer: String = steps.iter().rev().flat_map(|step| ["/", step]).collect();
    Place::Json { pointer: pointer.into(), order: id.0 }
}

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
    limits: Limits,
    values: Vec<Entry>,
    /// The arrays and objects that are open, with the number of their values so far.
    open: Vec<(TreeId, u32)>,
    key: Option<Box<str>>,
    /// How long the document is so far as JSON without spaces and escapes.
    bytes: usize,
}

impl JsonTreeBuilder {
    /// A builder for one document.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self { limits: *limits, values: Vec::new(), open: Vec::new(), key: None, bytes: 0 }
    }

    /// Adds `null`.
    ///
    /// # Errors
    /// [`Code::SourceTooLong`](crate::Code::SourceTooLong) if the document is larger than any filter.
    pub fn null(&mut self) -> Result<()> {
        self.add(TreeValue::Null, 4).map(|_| ())
    }

    /// Adds `true` or `false`.
    ///
    /// # Errors
    /// As [`null`](Self::null).
    pub fn bool(&mut self, value: bool) -> Result<()> {
        self.add(TreeValue::Bool(value), if value { 4 } else { 5 }).map(|_| ())
    }

    /// Adds a number by its numeral, such as `12.50`.
    ///
    /// # Errors
    /// As [`null`](Self::null).
    pub fn number(&mut self, numeral: &str) -> Result<()> {
        self.add(TreeValue::Number(numeral.into()), numeral.len()).map(|_| ())
    }

    /// Adds a string.
    ///
    /// # Errors
    /// As [`null`](Self::null); [`Code::StringTooLong`](crate::Code::StringTooLong) for a string over the limit.
    pub fn text(&mut self, text: &str) -> Result<()> {
        let id = self.add(TreeValue::Text(text.into()), text.len() + 2)?;
        if text.len() > self.limits.string {
            return Err(self.refused(string_too_long(text.len(), &self.limits), id));
        }
        Ok(())
    }

    /// Names the value that comes next, inside an object.
    pub fn key(&mut self, key: &str) {
        self.bytes += key.len() + 3; // two quotes and a colon
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
        let id = self.add(value, 2)?;
        // A group is an object and its list of arguments; around the deepest stand the document and a value.
        if self.open.len() > 2 * self.limits.nesting + 8 {
            return Err(self.refused(too_deep(self.limits.nesting, &Place::Whole), id));
        }
        self.open.push((id, 0));
        Ok(())
    }

    fn add(&mut self, value: TreeValue, bytes: usize) -> Result<TreeId> {
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
        self.values.push(Entry { value, parent, step, end: id.0 + 1 });
        self.bytes += bytes;
        if self.bytes > self.limits.json() {
            return Err(Error::new(ErrorKind::Filter, too_long(None, self.limits.json())));
        }
        Ok(id)
    }

    fn refused(&self, diagnostic: Diagnostic, id: TreeId) -> Error {
        Error::new(ErrorKind::Filter, diagnostic.at(&place(&self.values, id)))
    }
}
