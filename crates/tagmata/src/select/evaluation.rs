//! The members of filters by algebra on sets: a walk over trees, with a stack of its own.

use super::columns::Columns;
use super::leaf::{Index, Leaf, in_static_segment};
use super::paths::Paths;
use super::signed::{Members, Signed};
use super::tree::{Edge, Node, Tree};
use crate::filter::{Filter, Predicate, Quantifier};
use crate::segment::DynamicSegment;
use crate::state::State;
use crate::time::{Calendar, Timestamp};
use crate::value::{MemberSet, SegmentId};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Questions to one state as of one instant. Each dynamic segment is evaluated once, when it is first needed.
#[derive(Debug)]
pub(super) struct Evaluation<'a> {
    columns: Columns<'a>,
    now: Timestamp,
    paths: Paths,
    /// The filters of the dynamic segments that may be needed.
    trees: BTreeMap<SegmentId, Rc<Tree<'a>>>,
    /// Their members, as far as they were needed.
    known: BTreeMap<SegmentId, Signed<'a>>,
}

/// Parts that all have to be true, while they are evaluated one after the other.
#[derive(Debug)]
struct Frame<'a> {
    tree: Rc<Tree<'a>>,
    parts: Vec<Edge>,
    next: usize,
    /// Whom the parts so far left.
    left: Signed<'a>,
    /// Whether only those were asked whom the parts of another frame had left.
    among_survivors: bool,
    /// Whether the parent asks for the complement, where this is the root of a tree.
    negated: bool,
    /// The segment whose members these are.
    segment: Option<SegmentId>,
}

/// Members that were found. Where only survivors were asked, nobody else is among them.
#[derive(Debug)]
struct Found<'a> {
    members: Signed<'a>,
    among_survivors: bool,
}

/// An answer whose last step is not taken yet: counting can do without it.
#[derive(Debug)]
pub(super) struct Answer<'a> {
    columns: Columns<'a>,
    left: Signed<'a>,
    last: Option<Signed<'a>>,
    negated: bool,
}

impl<'a> Answer<'a> {
    pub(super) fn count(&self) -> u64 {
        let everybody = self.columns.len();
        let count = match &self.last {
            Some(last) => self.left.common_len(last, everybody),
            None => self.left.len(everybody),
        };
        if self.negated { everybody.saturating_sub(count) } else { count }
    }

    pub(super) fn signed(self) -> Signed<'a> {
        let members = match self.last {
            Some(last) => self.left.and(last),
            None => self.left,
        };
        members.turned(self.negated)
    }

    pub(super) fn into_set(self) -> MemberSet {
        let everybody = self.columns.everybody();
        self.signed().into_members(everybody).into_set()
    }
}

impl<'a> Evaluation<'a> {
    /// Prepares for questions about some segments and those that they stand on.
    pub(super) fn new(
        state: &'a State,
        segments: impl IntoIterator<Item = SegmentId>,
        now: Timestamp,
        paths: Paths,
    ) -> Self {
        let columns = Columns { state };
        let mut needed: Vec<SegmentId> = state.segments.used_by(segments).into_iter().collect();
        needed.sort_by_key(|segment| state.segments.depth(*segment));
        let mut trees: BTreeMap<SegmentId, Rc<Tree<'a>>> = BTreeMap::new();
        for segment in needed {
            if let Some(filter) = state.segments.get(segment).and_then(DynamicSegment::filter) {
                let cost_of = |segment| trees.get(&segment).map_or(0, |tree| tree.cost());
                let tree = Tree::new(filter.plan(), now, columns, cost_of);
                trees.insert(segment, Rc::new(tree));
            }
        }
        Self { columns, now, paths, trees, known: BTreeMap::new() }
    }

    /// What it is expected to cost to find the members of a segment.
    pub(super) fn cost_of(&self, segment: SegmentId) -> u64 {
        self.trees.get(&segment).map_or(0, |tree| tree.cost())
    }

    fn tree_of(&self, filter: &'a Filter) -> Tree<'a> {
        Tree::new(filter.plan(), self.now, self.columns, |segment| self.cost_of(segment))
    }

    /// The answer to a filter, among some contacts or among all.
    pub(super) fn answer(&mut self, filter: &'a Filter, among: Option<&'a MemberSet>) -> Answer<'a> {
        let mut frame = Frame::of(Rc::new(self.tree_of(filter)), None);
        if let Some(among) = among {
            frame.keep_whole();
            frame.left = Members::Stored(among).into();
        }
        self.run(frame)
    }

    /// How many contacts match a filter. Those of a single condition are not found where their number is known.
    pub(super) fn count(&mut self, filter: &'a Filter) -> u64 {
        let tree = self.tree_of(filter);
        let known = match (self.paths, tree.node(tree.root)) {
            (Paths::Cheapest | Paths::Indexes, Some((Node::Leaf(leaf), _))) => leaf.count(self.columns),
            _ => None,
        };
        match known {
            Some(count) if tree.root.negated => self.columns.len().saturating_sub(count),
            Some(count) => count,
            None => self.run(Frame::of(Rc::new(tree), None)).count(),
        }
    }

    /// The members of a segment.
    pub(super) fn members_of(&mut self, segment: SegmentId) -> Signed<'a> {
        if let Some(frame) = self.unknown(&[segment]) {
            self.run(frame);
        }
        self.known_members(segment)
    }

    /// Whom a condition applies to by itself.
    pub(super) fn applies_to(&mut self, predicate: &'a Predicate, calendar: &Calendar) -> Signed<'a> {
        let leaf = Leaf::new(predicate, self.now, calendar);
        match &leaf.index {
            Index::Segments(quantifier, segments) => {
                for segment in *segments {
                    self.members_of(*segment);
                }
                self.of_segments(*quantifier, segments)
            }
            _ => leaf.members(self.columns, self.now),
        }
    }

    /// Evaluates a frame, and whatever it turns out to need.
    fn run(&mut self, frame: Frame<'a>) -> Answer<'a> {
        let mut frames = vec![frame];
        let mut found: Option<Found<'a>> = None;
        let nothing = Answer { columns: self.columns, left: Signed::nobody(), last: None, negated: false };
        loop {
            let is_root = frames.len() == 1;
            let Some(frame) = frames.last_mut() else { return nothing };
            if let Some(found) = found.take() {
                let is_last = frame.next + 1 >= frame.parts.len();
                if is_root && is_last && frame.segment.is_none() {
                    let last = found.members.turned(frame.is_next_negated());
                    let left = std::mem::replace(&mut frame.left, Signed::nobody());
                    return Answer { columns: self.columns, left, last: Some(last), negated: frame.negated };
                }
                frame.keep(found);
            }
            if let Some(edge) = frame.open_part() {
                match self.step(frame, edge) {
                    Step::Found(members) => found = Some(members),
                    Step::Open(frame) => frames.push(frame),
                }
                continue;
            }
            let Some(done) = frames.pop() else { return nothing };
            match done.segment {
                Some(segment) => {
                    let members = self.with_pins(segment, done.left.turned(done.negated));
                    self.known.insert(segment, members);
                    if is_root {
                        return nothing;
                    }
                }
                None if is_root => {
                    return Answer {
                        columns: self.columns,
                        left: done.left,
                        last: None,
                        negated: done.negated,
                    };
                }
                None => {
                    found = Some(Found { members: done.left, among_survivors: done.among_survivors });
                }
            }
        }
    }

    /// Evaluates a part of a frame, or says what has to be evaluated before.
    fn step(&self, frame: &mut Frame<'a>, edge: Edge) -> Step<'a> {
        let tree = Rc::clone(&frame.tree);
        let Some((node, estimate)) = tree.node(edge) else {
            return Step::Found(Found { members: Signed::nobody(), among_survivors: false });
        };
        let everybody = self.columns.len();
        let among_survivors = match self.paths {
            Paths::Cheapest => {
                let known = matches!(node, Node::Leaf(leaf) if self.knows_all(leaf));
                !known && estimate.asking(frame.left.len(everybody)) < estimate.whole
            }
            Paths::Survivors => true,
            Paths::Records | Paths::Indexes | Paths::Scans => false,
        };
        if among_survivors {
            frame.see_survivors(self.columns.everybody());
        }
        match node {
            Node::All(parts) => Step::Open(Frame {
                tree: Rc::clone(&tree),
                parts: parts.clone(),
                next: 0,
                left: if among_survivors { frame.left.clone() } else { Signed::everybody() },
                among_survivors,
                negated: false,
                segment: None,
            }),
            Node::Leaf(leaf) => {
                let members = match (&leaf.index, self.paths) {
                    _ if among_survivors => leaf.among(self.columns, self.now, &frame.left.set).into(),
                    (_, Paths::Scans) => leaf.scanned(self.columns, self.now),
                    (Index::Segments(quantifier, segments), _) => match self.unknown(segments) {
                        Some(frame) => return Step::Open(frame),
                        None => self.of_segments(*quantifier, segments),
                    },
                    _ => leaf.members(self.columns, self.now),
                };
                Step::Found(Found { members, among_survivors })
            }
        }
    }

    /// Whether the members of the dynamic segments of a condition about segments were found before.
    fn knows_all(&self, leaf: &Leaf<'a>) -> bool {
        !leaf.segments().is_empty() && self.unknown(leaf.segments()).is_none()
    }

    /// The evaluation of the first of some segments whose members are not known yet.
    fn unknown(&self, segments: &[SegmentId]) -> Option<Frame<'a>> {
        segments.iter().filter(|segment| !self.known.contains_key(segment)).find_map(|segment| {
            let tree = self.trees.get(segment)?;
            Some(Frame::of(Rc::clone(tree), Some(*segment)))
        })
    }

    /// The members of segments that are known, any of them or all.
    fn of_segments(&self, quantifier: Quantifier, segments: &[SegmentId]) -> Signed<'a> {
        let all = segments.iter().map(|segment| self.known_members(*segment));
        match quantifier {
            Quantifier::All => all.fold(Signed::everybody(), Signed::and),
            _ => all.fold(Signed::nobody(), Signed::or),
        }
    }

    /// The members of a segment that was evaluated, or that has no filter: it is static, or broken.
    fn known_members(&self, segment: SegmentId) -> Signed<'a> {
        match self.known.get(&segment) {
            Some(members) => members.clone(),
            None if self.columns.state.segments.get(segment).is_some() => {
                self.with_pins(segment, Signed::nobody())
            }
            None => in_static_segment(self.columns, segment),
        }
    }

    /// The members of a dynamic segment, where its filter has these.
    fn with_pins(&self, segment: SegmentId, members: Signed<'a>) -> Signed<'a> {
        let Some(definition) = self.columns.state.segments.get(segment) else { return members };
        let (pins, everybody) = (definition.pins(), self.columns.everybody());
        let mut members = members;
        if !pins.always_in.is_empty() {
            members = members.or((&pins.always_in & everybody).into());
        }
        if !pins.always_out.is_empty() {
            members = members.and(Signed::from(&pins.always_out & everybody).turned(true));
        }
        members
    }
}

/// What came of a part.
enum Step<'a> {
    Found(Found<'a>),
    /// This is evaluated first: the part itself or, for a segment, what the part needs.
    Open(Frame<'a>),
}

impl<'a> Frame<'a> {
    /// The evaluation of a whole tree.
    fn of(tree: Rc<Tree<'a>>, segment: Option<SegmentId>) -> Self {
        let (parts, negated) = match tree.node(tree.root) {
            Some((Node::All(parts), _)) => (parts.clone(), tree.root.negated),
            _ => (vec![tree.root], false),
        };
        Self { tree, parts, next: 0, left: Signed::everybody(), among_survivors: false, negated, segment }
    }

    /// Makes the complement of the root a part: the survivors are not those of its parts then.
    fn keep_whole(&mut self) {
        if self.negated {
            self.parts = vec![self.tree.root];
            self.negated = false;
        }
    }

    /// The next part, unless nobody is left to be asked.
    fn open_part(&self) -> Option<Edge> {
        self.parts.get(self.next).copied().filter(|_| !self.left.is_nobody())
    }

    fn is_next_negated(&self) -> bool {
        self.parts.get(self.next).is_some_and(|edge| edge.negated)
    }

    /// Takes in what was found for the next part.
    fn keep(&mut self, found: Found<'a>) {
        let negated = self.is_next_negated();
        self.next += 1;
        if found.among_survivors && !negated {
            self.left = found.members;
            return;
        }
        let left = std::mem::replace(&mut self.left, Signed::nobody());
        self.left = left.and(found.members.turned(negated));
    }

    /// Makes those that are left a plain set.
    fn see_survivors(&mut self, everybody: &'a MemberSet) {
        let left = std::mem::replace(&mut self.left, Signed::nobody());
        self.left = left.into_members(everybody).into();
    }
}
