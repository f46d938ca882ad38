//! A filter as people hold it: checked, canonical, ready.

use super::ast::{Ast, At, Node, NodeKind};
use super::build::Builder;
use super::check::check;
use super::current::with_current_names;
use super::evaluate::{Membership, StaticSegments};
use super::json;
use super::parser::parse;
use super::plan::{Plan, Predicate};
use super::query_builder;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::error::{ErrorKind, Report, Result};
use crate::json::{JsonTree, Reader, TreeId, Writer};
use crate::model::{Contact, Field, Schema};
use crate::time::Timestamp;
use crate::value::{FieldId, SegmentId};
use std::borrow::Cow;
use std::fmt;

/// A filter that a schema has accepted.
///
/// Its `Display` is the canonical text: keys, brackets wherever `and` and `or` mix, quoted strings, one space.
///
/// ```
/// use tagmata::{ContactId, Draft, Filter, Schema};
/// let schema = Schema::default();
/// let filter = Filter::parse("Status=Lead AND NOT email ends with \"@example.com\"", &schema)?;
/// assert_eq!(filter.to_string(), r#"status = "lead" and not email ends with "@example.com""#);
///
/// let zoe = Draft::new().set("status", "lead").set("email", "zoe@example.org").read(ContactId::new(0), &schema)?;
/// assert!(filter.matches(&zoe, "2026-11-22T09:30:00Z".parse()?));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Filter {
    ast: Ast,
    plan: Plan,
    lints: Vec<Diagnostic>,
}

impl Filter {
    /// Reads a filter text.
    ///
    /// ```
    /// use tagmata::{Filter, Schema};
    /// let schema = Schema::default();
    /// assert_eq!(Filter::parse("Status=Lead", &schema)?.to_string(), r#"status = "lead""#);
    /// let error = Filter::parse("biled > 10 and status = laed", &schema).unwrap_err();
    /// let codes: Vec<_> = error.diagnostics().iter().map(|problem| problem.code().as_str()).collect();
    /// assert_eq!(codes, ["E0201", "E0202"]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// An error of kind [`ErrorKind::Filter`] with all problems of the text, at most
    /// [`Limits::diagnostics`](crate::Limits::diagnostics), in the order of the text.
    pub fn parse(text: &str, schema: &Schema) -> Result<Self> {
        let limits = &schema.settings().limits;
        let mut report = Report::new(limits.diagnostics);
        let ast = parse(text, limits, &mut report);
        // A text that is too long is not kept with its error, of which it has no place.
        Self::checked(&ast, schema, report, (text.len() <= limits.source).then_some(text))
    }

    /// Reads canonical JSON, or a query-builder tree as JSON.
    ///
    /// ```
    /// use tagmata::{Filter, Schema};
    /// let stored = r#"{"v": 1, "filter": {"op": "=", "field": "status", "value": "lead"}}"#;
    /// let filter = Filter::from_json(stored, &Schema::default())?;
    /// assert_eq!(filter.to_string(), r#"status = "lead""#);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`parse`](Self::parse); problems are placed by JSON Pointers, but a text that is not JSON
    /// ([`Code::BadJson`]) by its bytes.
    pub fn from_json(json: &str, schema: &Schema) -> Result<Self> {
        Self::from_tree(&JsonTree::parse(json, &schema.settings().limits)?, schema)
    }

    /// Reads a tree: canonical JSON if it has the key `v`, a query-builder group if it has the key `combinator`.
    ///
    /// ```
    /// use tagmata::{Filter, JsonTree, Limits, Schema};
    /// let group = r#"{"combinator":"or","rules": [{"field":"status", "operator":"=", "value":"lead"}]}"#;
    /// let filter = Filter::from_tree(&JsonTree::parse(group, &Limits::default())?, &Schema::default())?;
    /// assert_eq!(filter.to_string(), r#"status = "lead""#);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`from_json`](Self::from_json).
    pub fn from_tree(tree: &JsonTree, schema: &Schema) -> Result<Self> {
        Self::from_part(tree, TreeId::ROOT, schema)
    }

    /// Reads a filter that is part of a larger document.
    ///
    /// # Errors
    /// As [`from_tree`](Self::from_tree); places are those of the document.
    pub(crate) fn from_part(tree: &JsonTree, root: TreeId, schema: &Schema) -> Result<Self> {
        let limits = &schema.settings().limits;
        let mut report = Report::new(limits.diagnostics);
        let mut builder = Builder::new(limits);
        let mut reader = Reader { tree, limits, report: &mut report, node: None };
        if reader.is_within_limits(root).is_some() && reader.is_object(root).is_some() {
            let has = |key| tree.member(root, key).is_some();
            match () {
                () if has("v") || has("filter") => json::read(&mut reader, &mut builder, root),
                () if has("combinator") || has("rules") => {
                    query_builder::read(&mut reader, &mut builder, root, schema)
                }
                () => {
                    let message = "this is neither a stored filter, which has the key `v`, nor a query-builder tree, which has the key `combinator`";
                    let help = match () {
                        () if has("op") => "write `{\"v\": 1, \"filter\": …}` around it",
                        () if has("operator") => {
                            "write `{\"combinator\": \"and\", \"rules\": […]}` around it"
                        }
                        () => "a stored filter starts with `{\"v\": 1, \"filter\":`",
                    };
                    let diagnostic = Diagnostic::new(Code::MissingKey, message).help(help);
                    reader.refuse_at::<()>(diagnostic.expecting(["v", "combinator"]), root);
                }
            }
        }
        Self::checked(&builder.finish(), schema, report, None)
    }

    /// The canonical JSON of the filter, which [`from_json`](Self::from_json) reads back as the same filter.
    ///
    /// ```
    /// use tagmata::{Filter, Schema};
    /// let schema = Schema::default();
    /// let json = Filter::parse("status = lead", &schema)?.to_json(&schema);
    /// assert_eq!(json, r#"{"v":1,"filter":{"op":"=","field":"status","value":"lead"}}"#);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn to_json(&self, schema: &Schema) -> String {
        json::write(&self.current_ast(schema), schema)
    }

    /// Writes the canonical JSON of the filter as a value of a larger document.
    pub(crate) fn write(&self, out: &mut Writer<'_>, schema: &Schema) {
        json::write_into(out, &self.current_ast(schema));
    }

    /// The filter as a react-querybuilder tree, in JSON.
    ///
    /// # Errors
    /// [`Code::NotExpressible`] if a tree cannot say what the filter says, such as `everyone`.
    ///
    /// ```
    /// use tagmata::{Filter, Schema};
    /// let schema = Schema::default();
    /// let tree = Filter::parse("status != lead", &schema)?.to_query_builder(&schema)?;
    /// assert_eq!(tree, r#"{"combinator":"and","rules":[{"field":"status","operator":"!=","value":"lead"}]}"#);
    /// assert_eq!(Filter::from_json(&tree, &schema)?.to_string(), r#"status != "lead""#);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn to_query_builder(&self, schema: &Schema) -> Result<String> {
        query_builder::write(&self.current_ast(schema), schema)
    }

    /// The filter `search "…"` of what somebody typed into a search box.
    ///
    /// # Errors
    /// An error of kind [`ErrorKind::Filter`]: [`Code::EmptyOperand`] for a phrase with nothing in it,
    /// [`Code::StringTooLong`] for one over the limit.
    pub(crate) fn search(phrase: &str, schema: &Schema) -> Result<Self> {
        let limits = &schema.settings().limits;
        let mut report = Report::new(limits.diagnostics);
        if phrase.len() > limits.string {
            report.push(limits.string_too_long(phrase.len()));
        }
        let kind = NodeKind::Search(At::new(phrase.into(), Place::Whole));
        let ast = Ast::new(vec![Node { kind, place: Place::Whole, id: None }]);
        Self::checked(&ast, schema, report, None)
    }

    /// What an ast means, or all problems that reading and checking it found.
    pub(super) fn checked(
        ast: &Ast,
        schema: &Schema,
        mut report: Report,
        text: Option<&str>,
    ) -> Result<Self> {
        // An empty ast has its problem in the report already; of an incomplete one, what is there is checked all the same.
        let checked = if ast.nodes().is_empty() { None } else { check(ast, schema, &mut report) };
        match checked {
            Some((ast, plan)) => Ok(Self { ast, plan, lints: report.into_lints() }),
            None => Err(report.into_error(ErrorKind::Filter, text)),
        }
    }

    /// What was written, in canonical form.
    pub(super) fn ast(&self) -> &Ast {
        &self.ast
    }

    /// What the filter means, to be changed without changing what it says.
    pub(super) fn plan_mut(&mut self) -> &mut Plan {
        &mut self.plan
    }

    /// The same with other warnings.
    pub(super) fn with_lints(self, lints: Vec<Diagnostic>) -> Self {
        Self { lints, ..self }
    }

    /// The ast with the names that tags and segments have now.
    pub(super) fn current_ast(&self, schema: &Schema) -> Cow<'_, Ast> {
        with_current_names(&self.ast, &self.plan, schema)
    }

    /// The canonical text, with the names that tags and segments have now.
    pub(crate) fn to_text(&self, schema: &Schema) -> String {
        self.current_ast(schema).to_string()
    }

    /// What the filter means.
    ///
    /// ```
    /// use tagmata::{Filter, PlanNode, Schema};
    /// let filter = Filter::parse("nobody", &Schema::default())?;
    /// assert_eq!(filter.plan().nodes(), [PlanNode::Nobody]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Warnings: conditions that may not say what their author thinks.
    ///
    /// ```
    /// use tagmata::{Filter, Schema};
    /// let filter = Filter::parse("source != web", &Schema::default())?;
    /// assert_eq!(filter.lints()[0].message(), "this is also true for contacts without `source`");
    /// assert_eq!(filter.lints()[0].help_text(), Some("add `and source is not empty` to leave them out"));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn lints(&self) -> &[Diagnostic] {
        &self.lints
    }

    /// Whether a contact that is in static segments only matches, as of an instant.
    ///
    /// For many contacts, or dynamic segments, take [`Plan::at`].
    ///
    /// ```
    /// use tagmata::{ContactId, Draft, Filter, Schema};
    /// let schema = Schema::default();
    /// let filter = Filter::parse("created_at more than 2 weeks ago", &schema)?;
    /// let zoe = Draft::new().set("created_at", "2026-11-01T10:00:00Z").read(ContactId::new(0), &schema)?;
    /// assert!(filter.matches(&zoe, "2026-11-22T09:30:00Z".parse()?));
    /// assert!(!filter.matches(&zoe, "2026-11-08T09:30:00Z".parse()?));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn matches(&self, contact: &Contact, now: Timestamp) -> bool {
        self.matches_among(contact, now, &StaticSegments)
    }

    /// Whether a contact matches, as of an instant, where segments may be dynamic.
    ///
    /// ```
    /// use tagmata::{ContactId, Draft, DynamicSegment, Filter, Schema, Segments};
    /// let mut schema = Schema::default();
    /// let french = schema.define_segment("French")?;
    /// let mut segments = Segments::default();
    /// segments.define(french, DynamicSegment::new(Filter::parse("country = FR", &schema)?), &schema)?;
    ///
    /// let filter = Filter::parse("segments has French", &schema)?;
    /// let zoe = Draft::new().set("country", "FR").read(ContactId::new(0), &schema)?;
    /// let now = "2026-11-22T09:30:00Z".parse()?;
    /// assert!(filter.matches_among(&zoe, now, &segments.at(now).membership()));
    /// assert!(!filter.matches(&zoe, now));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn matches_among(&self, contact: &Contact, now: Timestamp, membership: &dyn Membership) -> bool {
        self.plan.at(now).matches(contact, membership)
    }

    /// The fields that the filter reads, ascending, each once.
    ///
    /// ```
    /// use tagmata::{Field, Filter, Schema};
    /// let filter = Filter::parse("status = lead or search \"mart\"", &Schema::default())?;
    /// assert_eq!(filter.fields(), [Field::NAME, Field::EMAIL, Field::MOBILE, Field::STATUS]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn fields(&self) -> Vec<FieldId> {
        let mut fields: Vec<FieldId> = Vec::new();
        for predicate in self.plan.conditions() {
            match predicate {
                Predicate::Search { .. } => fields.extend([Field::NAME, Field::EMAIL, Field::MOBILE]),
                _ => fields.extend(predicate.field()),
            }
        }
        fields.sort_unstable();
        fields.dedup();
        fields
    }

    /// The segments that the filter refers to, ascending, each once.
    ///
    /// ```
    /// use tagmata::{Filter, Schema};
    /// let mut schema = Schema::default();
    /// let (north, south) = (schema.define_segment("Nord")?, schema.define_segment("Sud")?);
    /// let filter = Filter::parse("segments has any (Sud, Nord) and not segments has Sud", &schema)?;
    /// assert_eq!(filter.segments(), [north, south]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn segments(&self) -> Vec<SegmentId> {
        let mut all: Vec<SegmentId> = Vec::new();
        for predicate in self.plan.conditions() {
            match predicate {
                Predicate::Segments { segments, .. } => all.extend(segments),
                Predicate::Set { field, symbols, .. } if *field == Field::SEGMENTS => {
                    all.extend(symbols.iter().map(|symbol| SegmentId::new(symbol.get())));
                }
                _ => {}
            }
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether both mean the same, whatever the words, in one calendar.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.plan.nodes() == other.plan.nodes()
    }
}

impl PartialEq for Filter {
    /// Filters are equal when they say the same in the same structure; places and ids of nodes do not count.
    fn eq(&self, other: &Self) -> bool {
        self.ast == other.ast && self.plan == other.plan
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ast.fmt(f)
    }
}

/// The fields of a schema as react-querybuilder takes them, in JSON: operators, editors and values included.
///
/// The aggregates of every kind of interaction are fields too, such as `count(payment)`, and so is `search`.
///
/// ```
/// let fields = tagmata::query_builder_fields(&tagmata::Schema::default());
/// assert!(fields.contains(r#"{"name":"status","label":"Status","datatype":"status""#));
/// ```
#[must_use]
pub fn query_builder_fields(schema: &Schema) -> String {
    query_builder::fields(schema)
}
