//! A JSON document as a flat list of values.

use crate::diagnostic::Place;

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
#[derive(Debug, Clone, PartialEq)]
pub struct JsonTree {
    pub(super) values: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) value: TreeValue,
    pub(super) parent: Option<TreeId>,
    pub(super) step: Step,
    /// The position behind the last descendant.
    pub(super) end: u32,
}

/// How a value is reached from its parent.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    Root,
    Key(Box<str>),
    Index(u32),
}

/// The position of a value in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TreeId(pub(super) u32);

impl TreeId {
    pub(crate) const ROOT: Self = Self(0);

    /// The position in the order of the document.
    pub(crate) fn order(self) -> u32 {
        self.0
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TreeValue {
    Null,
    Bool(bool),
    /// The numeral as it was written.
    Number(Box<str>),
    Text(Box<str>),
    Array,
    Object,
}

impl JsonTree {
    pub(crate) fn value(&self, id: TreeId) -> &TreeValue {
        self.values.get(id.0 as usize).map_or(&TreeValue::Null, |entry| &entry.value)
    }

    /// The items of an array, or the values of an object's members, in order.
    pub(crate) fn children(&self, id: TreeId) -> impl Iterator<Item = TreeId> {
        let end = self.values.get(id.0 as usize).map_or(0, |entry| entry.end);
        let first = id.0 + 1;
        std::iter::successors((first < end).then_some(TreeId(first)), move |child| {
            let next = self.values.get(child.0 as usize)?.end;
            (next < end).then_some(TreeId(next))
        })
    }

    /// The key of a member of an object; empty for other values.
    pub(crate) fn key(&self, id: TreeId) -> &str {
        match self.values.get(id.0 as usize).map(|entry| &entry.step) {
            Some(Step::Key(key)) => key,
            _ => "",
        }
    }

    /// The first member of an object with a key.
    pub(crate) fn member(&self, id: TreeId, key: &str) -> Option<TreeId> {
        self.children(id).find(|child| self.key(*child) == key)
    }

    /// The value that a JSON Pointer leads to from another value.
    pub(crate) fn find(&self, from: TreeId, pointer: &str) -> Option<TreeId> {
        pointer.split('/').skip(1).try_fold(from, |at, step| {
            let is_it = |child: TreeId| match self.values.get(child.0 as usize).map(|entry| &entry.step) {
                Some(Step::Key(key)) => pointer_step(key) == step,
                Some(Step::Index(index)) => index.to_string() == step,
                Some(Step::Root) | None => false,
            };
            self.children(at).find(|child| is_it(*child))
        })
    }

    pub(crate) fn place(&self, id: TreeId) -> Place {
        place(&self.values, id)
    }

    /// The value at a place.
    pub(crate) fn at(&self, place: &Place) -> Option<&TreeValue> {
        let Place::Json { order, .. } = place else { return None };
        self.values.get(*order as usize).map(|entry| &entry.value)
    }

    /// A value and all that is in it, in document order.
    pub(crate) fn within(&self, id: TreeId) -> impl Iterator<Item = TreeId> {
        let end = self.values.get(id.0 as usize).map_or(0, |entry| entry.end);
        (id.0..end).map(TreeId)
    }

    /// How long a value is as JSON without spaces and escapes.
    pub(crate) fn bytes(&self, id: TreeId) -> usize {
        let length = |of: TreeId| {
            let Some(entry) = self.values.get(of.0 as usize) else { return 0 };
            let is_first = of.0.checked_sub(1).map(TreeId) == entry.parent;
            let before = match &entry.step {
                _ if of == id => 0,
                Step::Key(key) => key.len() + KEY + usize::from(!is_first),
                Step::Root | Step::Index(_) => usize::from(!is_first),
            };
            before + entry.value.bytes()
        };
        self.within(id).map(length).sum()
    }
}

/// The bytes of two quotes and a colon.
pub(super) const KEY: usize = 3;

impl TreeValue {
    /// How long the value itself is as JSON, without what is in it.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Null | Self::Bool(true) => 4,
            Self::Bool(false) => 5,
            Self::Number(numeral) => numeral.len(),
            Self::Text(text) => text.len() + 2,
            Self::Array | Self::Object => 2,
        }
    }
}

/// A key as a step of a JSON Pointer (RFC 6901, section 3).
pub(crate) fn pointer_step(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The JSON Pointer of a value among all values of its document.
pub(super) fn place(values: &[Entry], id: TreeId) -> Place {
    let mut steps = Vec::new();
    let mut at = Some(id);
    while let Some(entry) = at.and_then(|id| values.get(id.0 as usize)) {
        match &entry.step {
            Step::Root => {}
            Step::Key(key) => steps.push(pointer_step(key)),
            Step::Index(index) => steps.push(index.to_string()),
        }
        at = entry.parent;
    }
    let pointer: String = steps.iter().rev().flat_map(|step| ["/", step]).collect();
    Place::Json { pointer: pointer.into(), order: id.0 }
}
