//! What a rule is.

use super::rule_text::RuleText;
use super::says::Says;
use crate::error::Error;
use crate::filter::Uses;
use crate::model::Schema;

/// A rule as a fact holds it.
///
/// Books make rules of a [`NewRule`](crate::NewRule), and describe them by [`Book::rules`](crate::Book::rules).
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    pub(crate) name: Box<str>,
    pub(crate) is_enabled: bool,
    body: Body,
    uses: Uses,
}

#[derive(Debug, Clone, PartialEq)]
enum Body {
    Sound(Says),
    /// What it used was deleted by force: it says what it said, and never fires.
    Broken {
        text: Box<RuleText>,
        error: Error,
    },
}

impl Rule {
    pub(crate) fn new(name: &str, is_enabled: bool, says: Says) -> Self {
        let uses = says.uses();
        Self { name: name.into(), is_enabled, body: Body::Sound(says), uses }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is switched on.
    #[must_use]
    pub fn is_enabled(&self) -> bool {
        self.is_enabled
    }

    /// Why it is broken, if it is.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        match &self.body {
            Body::Sound(_) => None,
            Body::Broken { error, .. } => Some(error),
        }
    }

    /// What it says by the names of a schema; what it said, if it is broken.
    #[must_use]
    pub fn text(&self, schema: &Schema) -> RuleText {
        match &self.body {
            Body::Sound(says) => RuleText::of(says, schema),
            Body::Broken { text, .. } => (**text).clone(),
        }
    }

    /// What it says; nothing if it is broken.
    pub(crate) fn says(&self) -> Option<&Says> {
        match &self.body {
            Body::Sound(says) => Some(says),
            Body::Broken { .. } => None,
        }
    }

    /// What it says, or what it said and why it is broken.
    pub(crate) fn body(&self) -> Result<&Says, (&RuleText, &Error)> {
        match &self.body {
            Body::Sound(says) => Ok(says),
            Body::Broken { text, error } => Err((text, error)),
        }
    }

    /// The same rule with another name, or switched on or off.
    pub(crate) fn renamed(&self, name: &str, is_enabled: bool) -> Self {
        Self { name: name.into(), is_enabled, ..self.clone() }
    }

    /// The same rule, which cannot fire any more.
    pub(crate) fn broken(&self, error: Error, schema: &Schema) -> Self {
        Self::broken_from(&self.name, self.is_enabled, self.text(schema), error)
    }

    /// A rule that is broken, with what it said.
    pub(crate) fn broken_from(name: &str, is_enabled: bool, text: RuleText, error: Error) -> Self {
        let body = Body::Broken { text: Box::new(text), error };
        Self { name: name.into(), is_enabled, body, uses: Uses::default() }
    }

    /// Whether both are the same rule by the same name, whatever the words of their filters.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.name == other.name
            && self.is_enabled == other.is_enabled
            && match (self.says(), other.says()) {
                (Some(ours), Some(theirs)) => ours.is_like(theirs),
                _ => self.body == other.body,
            }
    }

    /// What has to be there.
    pub(crate) fn uses(&self) -> &Uses {
        &self.uses
    }
}
