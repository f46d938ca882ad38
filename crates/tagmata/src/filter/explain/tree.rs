//! The explanation as a tree, as data and as text.

use super::parts::Part;
use super::until::answers;
use super::values::Viewer;
use crate::filter::ast::NodeId;
use crate::filter::compiled::Filter;
use crate::filter::evaluate::Membership;
use crate::filter::plan::PlanNode;
use crate::model::{Contact, Schema};
use crate::time::Timestamp;
use std::fmt;

/// Why a contact matches a filter, or does not.
///
/// `Display` draws it as an indented text.
///
/// ```
/// use tagmata::{ContactId, Draft, Filter, Schema, StaticSegments};
/// let schema = Schema::default();
/// let filter = Filter::parse("created_at in last 30 days", &schema)?;
/// let zoe = Draft::new().set("created_at", "2026-11-01T10:00:00Z").read(ContactId::new(0), &schema)?;
/// let why = filter.explain(&zoe, "2026-11-22T09:30:00Z".parse()?, &StaticSegments, &schema);
/// assert!(why.verdict());
/// assert_eq!(why.valid_until(), Some("2026-12-01T10:00:00Z".parse()?));
/// assert_eq!(why.nodes().len(), 1);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    nodes: Vec<Explained>,
}

/// One node of the filter, with its answer.
///
/// ```
/// use tagmata::{ContactId, Draft, Filter, Schema, StaticSegments};
/// let schema = Schema::default();
/// let filter = Filter::parse("status = active and email is empty", &schema)?;
/// let zoe = Draft::new().set("status", "lead").read(ContactId::new(0), &schema)?;
/// let why = filter.explain(&zoe, "2026-11-22T09:30:00Z".parse()?, &StaticSegments, &schema);
/// let [status, email, root] = why.nodes() else { unreachable!() };
/// assert_eq!((status.text.as_str(), status.verdict, status.decides), ("status = \"active\"", false, true));
/// assert_eq!(status.value.as_deref(), Some("\"lead\""));
/// assert_eq!((email.verdict, email.decides), (true, false));
/// assert_eq!((root.text.as_str(), root.verdict, root.children.len()), ("all of", false, 2));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// The condition in canonical text; `all of`, `any of` or `not` for a group.
    pub text: String,
    /// The answer for the contact.
    pub verdict: bool,
    /// Whether this node decided: if every deciding condition were the other way round, so would be the whole.
    pub decides: bool,
    /// What a condition looked at, in words.
    pub value: Option<String>,
    /// An instant before which the answer certainly holds, if the contact does not change; `None` for ever.
    pub valid_until: Option<Timestamp>,
    /// The `"id"` of the JSON node.
    pub id: Option<String>,
    /// The nodes below.
    pub children: Vec<NodeId>,
}

impl Filter {
    /// Why a contact matches as of an instant, or does not.
    ///
    /// ```
    /// use tagmata::{ContactId, Draft, Filter, Schema, StaticSegments};
    /// let schema = Schema::default();
    /// let filter = Filter::parse("status = lead and created_at in last 30 days", &schema)?;
    /// let draft = Draft::new().set("status", "lead").set("created_at", "2026-11-01T10:00:00Z");
    /// let contact = draft.read(ContactId::new(0), &schema)?;
    /// let why = filter.explain(&contact, "2026-11-22T09:30:00Z".parse()?, &StaticSegments, &schema);
    /// assert_eq!(why.to_string(), "\
    /// yes: all of, until 2026-12-01T10:00:00Z
    ///   yes: status = \"lead\" (\"lead\")
    ///   yes: created_at in last 30 days (2026-11-01T10:00:00Z), until 2026-12-01T10:00:00Z");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn explain(
        &self,
        contact: &Contact,
        now: Timestamp,
        membership: &dyn Membership,
        schema: &Schema,
    ) -> Explanation {
        let plan = self.plan();
        let answers = answers(plan, contact, now, membership);
        let viewer = Viewer { schema, contact, now, calendar: plan.calendar(), membership };
        let mut nodes = Vec::with_capacity(answers.len());
        for ((part, planned), (verdict, valid_until)) in
            self.parts(schema).into_iter().zip(plan.nodes()).zip(answers)
        {
            let Part { text, id, children } = part;
            let value = match planned {
                PlanNode::Condition { predicate, .. } => Some(viewer.subject(predicate)),
                _ => None,
            };
            nodes.push(Explained { text, verdict, decides: false, value, valid_until, id, children });
        }
        decide(&mut nodes, plan.nodes());
        Explanation { nodes }
    }
}

/// Marks the nodes that decide, from the root down: of a group, the parts that have its answer.
fn decide(nodes: &mut [Explained], planned: &[PlanNode]) {
    if let Some(root) = nodes.last_mut() {
        root.decides = true;
    }
    for (at, planned) in planned.iter().enumerate().rev() {
        let Some(Explained { decides: true, verdict, children, .. }) = nodes.get(at) else { continue };
        let (verdict, children) = (*verdict, children.clone());
        for child in children {
            if let Some(child) = nodes.get_mut(child.index()) {
                child.decides = matches!(planned, PlanNode::Not(_)) || child.verdict == verdict;
            }
        }
    }
}

impl Explanation {
    /// The explanation of what a person decided, in words.
    pub(crate) fn by_hand(verdict: bool, why: &str) -> Self {
        let (text, value, valid_until, id, children) = (why.to_owned(), None, None, None, Vec::new());
        Self { nodes: vec![Explained { text, verdict, decides: true, value, valid_until, id, children }] }
    }

    /// Whether the contact matches.
    #[must_use]
    pub fn verdict(&self) -> bool {
        self.nodes.last().is_some_and(|root| root.verdict)
    }

    /// An instant before which the answer certainly holds, if the contact does not change; `None` for ever.
    #[must_use]
    pub fn valid_until(&self) -> Option<Timestamp> {
        self.nodes.last().and_then(|root| root.valid_until)
    }

    /// Where the whole filter is among the [`nodes`](Self::nodes): a walk down the children starts here.
    ///
    /// ```
    /// use tagmata::{Contact, ContactId, Filter, Schema, StaticSegments};
    /// let schema = Schema::default();
    /// let (zoe, now) = (Contact::new(ContactId::new(0)), "2026-11-22T09:30:00Z".parse()?);
    /// let filter = Filter::parse("status = lead or email is empty", &schema)?;
    /// let why = filter.explain(&zoe, now, &StaticSegments, &schema);
    /// let root = &why.nodes()[why.root().index()];
    /// let children: Vec<&str> = root.children.iter().map(|id| why.nodes()[id.index()].text.as_str()).collect();
    /// assert_eq!((root.text.as_str(), children), ("any of", vec!["status = \"lead\"", "email is empty"]));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn root(&self) -> NodeId {
        NodeId::new(self.nodes.len().saturating_sub(1))
    }

    /// All nodes of the filter, children before parents, the root last; never empty.
    #[must_use]
    pub fn nodes(&self) -> &[Explained] {
        &self.nodes
    }

    /// The conditions that decided.
    ///
    /// ```
    /// use tagmata::{ContactId, Draft, Filter, Schema, StaticSegments};
    /// let schema = Schema::default();
    /// let filter = Filter::parse("status = lead or country = FR", &schema)?;
    /// let zoe = Draft::new().set("status", "lead").read(ContactId::new(0), &schema)?;
    /// let why = filter.explain(&zoe, "2026-11-22T09:30:00Z".parse()?, &StaticSegments, &schema);
    /// assert_eq!(why.deciding().map(|node| node.text.as_str()).collect::<Vec<_>>(), ["status = \"lead\""]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn deciding(&self) -> impl Iterator<Item = &Explained> {
        self.nodes.iter().filter(|node| node.decides && node.children.is_empty())
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut open = vec![(self.root(), 0_usize)];
        let mut is_first = true;
        // Where every condition decides there is nothing to point out.
        let marks = self.nodes.iter().any(|node| node.children.is_empty() && !node.decides);
        while let Some((id, depth)) = open.pop() {
            let Some(node) = self.nodes.get(id.index()) else { continue };
            if !std::mem::take(&mut is_first) {
                f.write_str("\n")?;
            }
            let verdict = if node.verdict { "yes" } else { "no" };
            write!(f, "{:indent$}{verdict}: {}", "", node.text, indent = 2 * depth)?;
            if let Some(value) = &node.value {
                write!(f, " ({value})")?;
            }
            if let Some(until) = node.valid_until {
                write!(f, ", until {until}")?;
            }
            if marks && node.decides && node.children.is_empty() {
                f.write_str(" <- decides")?;
            }
            open.extend(node.children.iter().rev().map(|child| (*child, depth + 1)));
        }
        Ok(())
    }
}
